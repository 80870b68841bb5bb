import type { PodConcern } from './pod-part';

/**
 * Keeps Karpenter and the cluster autoscaler from emptying the nodes of a job to save some: a collective loses all that it has
 * computed since its last checkpoint when it loses one pod. A budget for disruptions would not do: it counts pods that are ready.
 *
 * @see https://karpenter.sh/docs/concepts/disruption/#pod-level-controls
 */
export const KEEP_ANNOTATIONS = {
  'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
  'karpenter.sh/do-not-disrupt': 'true',
};

/** Who comes first on full nodes, and who is moved to empty them. */
export const priority: PodConcern = ({ priorityClass, disruptable }) => ({
  ...(!disruptable && { annotations: KEEP_ANNOTATIONS }),
  ...(priorityClass != null && { spec: { priorityClassName: priorityClass } }),
});
