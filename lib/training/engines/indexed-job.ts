import { DNS_LABEL_MAX } from '../../private/name-forms';
import type { EngineSpec, WorkloadRequest } from './engine-spec';
import { completionIndex, podFailurePolicy, podReplacement } from './job-spec';

/** One pod for each index, until each has succeeded once. */
export const indexedJob: EngineSpec = {
  id: 'indexedJob',
  name: 'Indexed Job',
  factory: 'Engine.indexedJob()',
  apiVersion: 'batch/v1',
  kind: 'Job',
  restartPolicy: 'Never',
  maxWorkers: 100_000,
  // the hostname of the last pod, `<name>-<index>`, is a DNS label
  maxNameLength: ([{ replicas }]) => DNS_LABEL_MAX - `-${replicas - 1}`.length,
  place: ({ name, target }) => ({
    address: index => `${name}-${index}.${name}`,
    index: { kind: 'field', path: completionIndex(target) },
  }),
  objects: request => [{
    id: 'Resource',
    props: {
      apiVersion: indexedJob.apiVersion,
      kind: indexedJob.kind,
      metadata: { name: request.name, labels: request.labels, ...(request.annotations && { annotations: request.annotations }) },
      spec: specOf(request),
    },
  }],
};

function specOf(request: WorkloadRequest): Record<string, unknown> {
  const [{ role, template }] = request.roles;
  return {
    completionMode: 'Indexed',
    completions: role.replicas,
    parallelism: role.replicas,
    // the API counts pods: one incident of a collective fails every worker
    backoffLimit: request.restarts * role.replicas,
    ...podFailurePolicy(request, template.spec.containers[0].name, 'Ignore'),
    ...podReplacement(request.target),
    ...(request.firstDecides && { successPolicy: { rules: [{ succeededIndexes: '0' }] } }),
    ...(request.deadlineSeconds !== undefined && { activeDeadlineSeconds: request.deadlineSeconds }),
    ...(request.ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished: request.ttlSecondsAfterFinished }),
    template: { ...template, spec: { ...template.spec, subdomain: request.serviceName } },
  };
}
