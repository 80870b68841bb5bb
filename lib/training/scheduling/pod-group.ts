import type { EngineSpec } from '../engines/engine-spec';
import type { ExtraObjects } from '../extra-objects';
import type { PodConcern } from '../pods/pod-part';
import type { Role } from '../roles';

/** Annotation by which Volcano finds the group of a pod; labels and its own `scheduling.volcano.sh/group-name` it does not read. */
const VOLCANO_MEMBER = 'scheduling.k8s.io/group-name';
/** Label by which the coscheduling plugin does. */
const COSCHEDULING_MEMBER = 'scheduling.x-k8s.io/pod-group';

/** What the pods are told of the scheduler that places them. */
export const scheduledPods: PodConcern = ({ scheduling }, { jobName, engine, role }) => {
  if (!scheduling) return {};
  const { podAnnotations, schedulerName, gang } = scheduling._scheduling;
  // near to each other are those that compute; a launcher or a parameter server needs no node of theirs
  if (!gang) return { annotations: role.accelerated ? podAnnotations : {} };
  const group = groupName(jobName, engine);
  return {
    spec: { schedulerName },
    ...gang.scheduler === 'volcano' ? { annotations: { [VOLCANO_MEMBER]: group } } : { labels: { [COSCHEDULING_MEMBER]: group } },
  };
};

/** The group of all pods of a job, where no controller makes it. */
export const podGroup: ExtraObjects = ({ scheduling, priorityClass }, { jobName, roles, engine, minWorkers }) => {
  const gang = scheduling?._scheduling.gang;
  if (!gang || engine.makesPodGroup === 'always') return [];
  const minMember = leastPods(roles, minWorkers);
  return [{
    id: 'PodGroup',
    props: {
      apiVersion: gang.scheduler === 'volcano' ? 'scheduling.volcano.sh/v1beta1' : 'scheduling.x-k8s.io/v1alpha1',
      kind: 'PodGroup',
      metadata: { name: groupName(jobName, engine), labels: { 'app.kubernetes.io/name': jobName } },
      spec: gang.scheduler === 'volcano'
        ? {
          minMember,
          ...(gang.queue !== undefined && { queue: gang.queue }),
          // by which Volcano puts groups in order; that of the pods does so within one only
          ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
        }
        : { minMember, ...(gang.timeoutSeconds !== undefined && { scheduleTimeoutSeconds: gang.timeoutSeconds }) },
    },
  }];
};

/** Pods that must start together. The launcher is made when the workers are ready: who waits for it before waits for ever. */
export function leastPods(roles: readonly Role[], minWorkers?: number): number {
  return roles.reduce((sum, { name, replicas }) => {
    if (name === 'launcher') return sum;
    return sum + (name === 'worker' ? minWorkers ?? replicas : replicas);
  }, 0);
}

/** An operator that is told to makes a group of the job's name, and takes no other's. */
function groupName(jobName: string, engine?: EngineSpec): string {
  return engine?.makesPodGroup === 'byFlag' ? `${jobName}-gang` : jobName;
}
