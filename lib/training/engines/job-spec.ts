import { KubernetesVersion } from '../../kubernetes-version';
import { hasReached } from '../../private/target';
import type { WorkloadRequest } from './engine-spec';

const INDEX = 'batch.kubernetes.io/job-completion-index';

/** Where a pod of an Indexed Job finds its index. */
export function completionIndex(target: KubernetesVersion): string {
  return hasReached(target, KubernetesVersion.V1_28) ? `metadata.labels['${INDEX}']` : `metadata.annotations['${INDEX}']`;
}

/** From 1.29 a pod is made anew only when the one before it has failed, as a policy for failures demands. */
export function podReplacement(target: KubernetesVersion): { podReplacementPolicy?: 'Failed' } {
  return hasReached(target, KubernetesVersion.V1_29) ? { podReplacementPolicy: 'Failed' } : {};
}

/** What a failed pod is taken for: a drained or preempted node is nobody's fault, and some exits no restart will mend. */
export function podFailurePolicy(
  { failOnExitCodes }: WorkloadRequest, container: string, onDisruption: 'Ignore' | 'FailJob',
): Record<string, unknown> {
  return {
    podFailurePolicy: {
      rules: [
        { action: onDisruption, onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        ...failOnExitCodes.length > 0
          ? [{ action: 'FailJob', onExitCodes: { containerName: container, operator: 'In', values: [...failOnExitCodes].sort((a, b) => a - b) } }]
          : [],
      ],
    },
  };
}
