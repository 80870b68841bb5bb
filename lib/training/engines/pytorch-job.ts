import type { ProblemSink } from '../../findings/collector';
import { MAX_INT32 } from '../../private/int32-checks';
import { DNS_LABEL_MAX } from '../../private/name-forms';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { nearTogether } from '../scheduling/kueue-topology';
import type { EngineSpec, RoleWorkload, WorkloadRequest } from './engine-spec';

/**
 * A master, which is worker 0, and the others; only workers where their number may change. The operator makes each pod by
 * itself, with a Service of its name, and tells its containers their place in variables behind their own.
 */
export const pytorchJob: EngineSpec = {
  id: 'pytorchJob',
  name: 'PyTorchJob',
  factory: 'Engine.pytorchJob()',
  apiVersion: 'kubeflow.org/v1',
  kind: 'PyTorchJob',
  restartPolicy: 'OnFailure',
  containerName: 'pytorch',
  // without it the operator adds one, 23456, and tells all to meet there
  portName: 'pytorchjob-port',
  makesService: true,
  makesPodGroup: 'byFlag',
  maxNameLength: ([{ replicas }]) => DNS_LABEL_MAX - `-worker-${replicas - 1}`.length,
  place: ({ name, minWorkers }) => {
    if (minWorkers !== undefined) {
      const podName = (index: number): string => `${name}-worker-${index}`;
      return { podName, address: podName, index: { kind: 'hostname' } };
    }
    const podName = (index: number): string => index === 0 ? `${name}-master-0` : `${name}-worker-${index - 1}`;
    return { podName, address: podName, index: { kind: 'variable', name: 'RANK' } };
  },
  objects: request => [{
    id: 'Resource',
    props: {
      apiVersion: pytorchJob.apiVersion,
      kind: pytorchJob.kind,
      metadata: { name: request.name, labels: request.labels, ...(request.annotations && { annotations: request.annotations }) },
      spec: {
        nprocPerNode: String(request.processesPerWorker),
        ...elasticPolicy(request),
        pytorchReplicaSpecs: replicaSpecs(request),
        runPolicy: runPolicy(request),
      },
    },
  }],
  checkJob: checkInitContainer,
};

function elasticPolicy({ minWorkers, roles: [{ role }], port }: WorkloadRequest): Record<string, unknown> {
  if (minWorkers === undefined) return {};
  return { elasticPolicy: { rdzvBackend: 'c10d', rdzvPort: port, minReplicas: minWorkers, maxReplicas: role.replicas } };
}

function replicaSpecs({ name, roles: [of], minWorkers }: WorkloadRequest): Record<string, unknown> {
  const { replicas } = of.role;
  if (minWorkers !== undefined) return { Worker: replicaSpec(of, replicas) };
  if (replicas === 1) return { Master: replicaSpec(of, 1) };
  const both = { ...of, template: nearTogether(of.template, name) };
  return { Master: replicaSpec(both, 1), Worker: replicaSpec(both, replicas - 1) };
}

/** The policy of the template is for nothing: the operator takes that of the replicas, and says so in an event. */
function replicaSpec({ template }: RoleWorkload, replicas: number): Record<string, unknown> {
  const { restartPolicy, ...spec } = template.spec;
  return { replicas, restartPolicy, template: { ...template, spec } };
}

function runPolicy(request: WorkloadRequest): Record<string, unknown> {
  const { restarts, roles: [{ role }], deadlineSeconds, ttlSecondsAfterFinished } = request;
  return {
    // the operator counts restarts of containers, every worker's of one incident, and the job fails when it reaches the limit
    backoffLimit: Math.min(MAX_INT32, restarts * role.replicas + 1),
    // the job is done when the first is; what still runs then would run for ever
    cleanPodPolicy: 'Running',
    ...(deadlineSeconds !== undefined && { activeDeadlineSeconds: deadlineSeconds }),
    ...(ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished }),
    ...schedulingPolicy(request),
  };
}

/** For an operator that makes groups of pods itself, because it was started with `--gang-scheduler-name`. */
function schedulingPolicy({ gang, minWorkers, roles: [{ role }] }: WorkloadRequest): Record<string, unknown> {
  if (!gang) return {};
  return {
    schedulingPolicy: {
      minAvailable: minWorkers ?? role.replicas,
      ...(gang.queue !== undefined && { queue: gang.queue }),
      ...(gang.timeoutSeconds !== undefined && { scheduleTimeoutSeconds: gang.timeoutSeconds }),
    },
  };
}

/** The operator's own container, in all pods but the master's, waits for the master's name. */
function checkInitContainer({ workers = 1, framework }: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  if (!(workers > 1) || framework?._spec.minWorkers !== undefined) return;
  sink.warn({
    ruleId: 'sec/operator-container',
    path: 'engine',
    expected: 'pods that a namespace takes which enforces the restricted standard',
    found: 'Engine.pytorchJob(): its operator adds a container without a security context, of the image alpine:3.10, to each worker',
    fix: 'give the operator a `--pytorch-init-container-template-file` with a security context, or label the namespace with pod-security.kubernetes.io/enforce: baseline',
    link: 'https://github.com/kubeflow/training-operator/blob/v1.9.3/pkg/controller.v1/pytorch/initcontainer.go',
  });
}
