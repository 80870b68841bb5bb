import { DNS_LABEL_MAX } from '../../private/name-forms';
import type { Role } from '../roles';
import type { EngineSpec, RoleWorkload, WorkloadRequest } from './engine-spec';
import { completionIndex, podFailurePolicy, podReplacement } from './job-spec';

/** The webhook adds such a suffix to the name of the last pod before it measures it. */
export const JOB_NAME_SUFFIX = '-abcde';

/**
 * Jobs that start, fail and start again together. Each Job fails with its first pod, and the set counts that as one
 * incident, unless a drained or preempted node was the reason.
 */
export const jobSet: EngineSpec = {
  id: 'jobSet',
  name: 'JobSet',
  factory: 'Engine.jobSet()',
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  restartPolicy: 'Never',
  makesService: true,
  maxWorkers: 100_000,
  maxNameLength: roles => DNS_LABEL_MAX - Math.max(...roles.map(role => `-${role.name}-0-${role.replicas - 1}${JOB_NAME_SUFFIX}`.length)),
  place: ({ name, target }, role) => ({
    address: index => `${name}-${role.name}-0-${index}.${name}`,
    index: { kind: 'field', path: completionIndex(target) },
  }),
  objects: request => [{
    id: 'Resource',
    props: {
      apiVersion: jobSet.apiVersion,
      kind: jobSet.kind,
      metadata: { name: request.name, labels: request.labels, ...(request.annotations && { annotations: request.annotations }) },
      spec: jobSetSpec(request, of => of.role.name),
    },
  }],
};

/** The spec of a JobSet, which training runtimes hold too, where jobs have other names. */
export function jobSetSpec(request: WorkloadRequest, jobName: (of: RoleWorkload) => string): Record<string, unknown> {
  const deciding = request.firstDecides && request.roles.length > 1 ? [request.roles[0]] : request.roles.filter(({ role }) => role.ends);
  return {
    network: { enableDNSHostnames: true, publishNotReadyAddresses: true, subdomain: request.serviceName },
    successPolicy: { operator: 'All', ...(deciding.length < request.roles.length && { targetReplicatedJobs: deciding.map(jobName) }) },
    failurePolicy: {
      maxRestarts: request.restarts,
      // the pods of the next attempt would meet those of the last
      restartStrategy: 'BlockingRecreate',
      rules: failureRules(request),
    },
    ...(request.ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished: request.ttlSecondsAfterFinished }),
    replicatedJobs: request.roles.map(of => ({ name: jobName(of), replicas: 1, template: { spec: jobOf(request, of) } })),
  };
}

/** The first that fits counts. A Job says only in its message which rule of its policy it failed by. */
function failureRules({ failOnExitCodes, deadlineSeconds }: WorkloadRequest): Record<string, unknown>[] {
  return [
    ...deadlineSeconds === undefined ? [] : [{ name: 'deadline', action: 'FailJobSet', onJobFailureReasons: ['DeadlineExceeded'] }],
    ...failOnExitCodes.length === 0 ? [] : [{
      name: 'exitCode', action: 'FailJobSet', onJobFailureReasons: ['PodFailurePolicy'], onJobFailureMessagePatterns: ['failed with exit code'],
    }],
    { name: 'disruption', action: 'RestartJobSetAndIgnoreMaxRestarts', onJobFailureReasons: ['PodFailurePolicy'] },
  ];
}

function jobOf(request: WorkloadRequest, { role, template }: RoleWorkload): Record<string, unknown> {
  return {
    completionMode: 'Indexed',
    completions: role.replicas,
    parallelism: role.replicas,
    // elsewhere the first failure is one of all: the set starts again as a whole
    backoffLimit: role.replaceable ? request.restarts * role.replicas : 0,
    ...podFailurePolicy(request, template.spec.containers[0].name, role.replaceable ? 'Ignore' : 'FailJob'),
    ...podReplacement(request.target),
    ...(request.firstDecides && decides(role, request) && { successPolicy: { rules: [{ succeededIndexes: '0' }] } }),
    ...(request.deadlineSeconds !== undefined && { activeDeadlineSeconds: request.deadlineSeconds }),
    template,
  };
}

function decides(role: Role, { roles }: WorkloadRequest): boolean {
  return roles.length === 1 && role.replicas > 1;
}
