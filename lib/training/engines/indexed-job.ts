import { KubernetesVersion } from '../../kubernetes-version';
import { DNS_LABEL_MAX } from '../../private/name-forms';
import { hasReached } from '../../private/target';
import type { EngineSpec, WorkloadRequest } from '../engine';

const INDEX = 'batch.kubernetes.io/job-completion-index';

/** One pod for each index, until each has succeeded once. */
export const indexedJob: EngineSpec = {
  name: 'Indexed Job',
  factory: 'Engine.indexedJob()',
  apiVersion: 'batch/v1',
  kind: 'Job',
  gives: ['completion', 'restarts', 'deadline', 'ttlAfterFinished'],
  restartPolicy: 'Never',
  maxWorkers: 100_000,
  // the hostname of the last pod, `<name>-<index>`, is a DNS label
  maxNameLength: workers => DNS_LABEL_MAX - `-${workers - 1}`.length,
  rankFieldPath: target => hasReached(target, KubernetesVersion.V1_28) ? `metadata.labels['${INDEX}']` : `metadata.annotations['${INDEX}']`,
  spec: request => ({
    completionMode: 'Indexed',
    completions: request.workers,
    parallelism: request.workers,
    // the API counts pods: one incident of a collective fails every worker
    backoffLimit: request.restarts * request.workers,
    // a drained or preempted node is nobody's fault
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
    ...(hasReached(request.target, KubernetesVersion.V1_29) && { podReplacementPolicy: 'Failed' }),
    ...limitsOf(request),
    template: { ...request.template, spec: { ...request.template.spec, subdomain: request.serviceName } },
  }),
};

function limitsOf(request: WorkloadRequest): Record<string, unknown> {
  return {
    ...(request.deadlineSeconds !== undefined && { activeDeadlineSeconds: request.deadlineSeconds }),
    ...(request.ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished: request.ttlSecondsAfterFinished }),
  };
}
