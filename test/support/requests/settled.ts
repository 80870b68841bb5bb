import { KubernetesVersion } from '../../../lib';
import type { EngineId } from '../../../lib/training/engines/engine-spec';
import type { FrameworkId } from '../../../lib/training/frameworks/framework-spec';
import { CAPABILITIES, type Capability } from '../../../lib/training/pairs';
import { type Plan, planOf } from './plan';
import type {
  CheckpointRequest, ContainerRequest, EndRequest, EngineRequest, EnvRequest, FrameworkRequest, JobRequest, NodesRequest, PlacementRequest,
  Request, SchedulingRequest,
} from './types';

type Option = keyof FrameworkRequest;

const { V1_29, V1_31, V1_34 } = KubernetesVersion;
const TORCHRUN: readonly Option[] = ['processesPerWorker', 'port', 'maxRestarts'];
const MPIRUN: readonly Option[] = ['processesPerWorker', 'exportedVariables', 'launcherMemoryMiB', 'launcherCpuMillis', 'launcherNodeSelector'];
const OPTIONS: Readonly<Record<FrameworkId, readonly Option[]>> = {
  torchrun: TORCHRUN,
  torchrunElastic: [...TORCHRUN, 'minWorkers', 'joinSeconds'],
  pytorchPlain: ['interpreter', 'port'],
  deepspeed: TORCHRUN,
  accelerate: [...TORCHRUN, 'mixedPrecision', 'configFile'],
  horovod: [...MPIRUN, 'launcherArguments'],
  mpi: [...MPIRUN, 'launcherArguments'],
  tensorflow: ['port'],
  tensorflowParameterServer: [
    'parameterServers', 'serverMemoryMiB', 'serverCpuMillis', 'chiefMemoryMiB', 'chiefCpuMillis', 'serverNodeSelector', 'evaluator', 'port',
  ],
  jax: ['port'],
};
/** Frameworks whose launcher hands on the exit code of the script. */
const KEEPS_EXIT_CODES: readonly FrameworkId[] = ['pytorchPlain', 'tensorflow', 'tensorflowParameterServer', 'jax'];
const BY_JOB: readonly EngineId[] = ['indexedJob', 'jobSet', 'trainJob'];
/** Devices that one cloud has alone. */
const CLOUD_OF_DEVICE: Readonly<Partial<Record<string, NodesRequest['cloud']>>> = { neuron: 'eks', neuronCore: 'eks', efa: 'eks', tpu: 'gke' };

/** A request without what does not go together, so that the library takes it. */
export function settled(request: Request): Request {
  const { target } = request;
  let { job } = request;
  const set = (props: Partial<JobRequest>): void => { job = { ...job, ...props }; };

  set({ workers: job.accelerator?.kind === 'tpu' ? 2 : job.workers });
  set({ accelerator: job.accelerator?.kind === 'dra' && target < V1_34 ? undefined : job.accelerator });
  set({ accelerator: job.accelerator?.kind === 'tpu' && !takesTpus(job) ? undefined : job.accelerator });
  set({ checkpoints: checkpointsFor(job) });
  set({ framework: job.framework && frameworkFor(job.framework, job, planOf(job)) });
  const plan = planOf(job);
  set({ engine: job.engine && engineFor(job.engine, plan.engine) });
  if (plan.engine === 'mpiJob') set(ofMpi(job));
  set({ ending: endFor(job.ending, plan, target) });
  set({ fabric: job.accelerator?.kind === 'tpu' && job.fabric?.kind === 'efa' ? undefined : job.fabric });
  set({ runAsUser: job.fabric?.kind === 'rdma' && job.fabric.ipcLock ? 0 : job.runAsUser });
  if (plan.engine === 'mpiJob' && job.runAsUser === 0) set({ runAsUser: 1, fabric: undefined });
  set({ nodes: job.nodes && nodesFor(job) });
  set({ nodeSelector: withoutKeys(job.nodeSelector, job.nodes) });
  set({ serviceAccount: job.identity ? undefined : job.serviceAccount });
  set({ scheduling: schedulingFor(job.scheduling, plan) });
  set({ placement: placementFor(job, plan) });
  // a gang waits for pods that OrderedReady does not make
  if (job.engine && job.scheduling && job.scheduling.kind !== 'kueue') set({ engine: { ...job.engine, podManagement: undefined } });
  set({ initContainers: named('init', job.initContainers), sidecars: target < V1_29 ? undefined : named('side', job.sidecars) });
  return { ...request, job };
}

function takesTpus({ framework }: JobRequest): boolean {
  return ['torchrun', 'pytorchPlain', 'tensorflow', 'jax'].includes(framework?.id ?? 'torchrun');
}

function checkpointsFor(job: JobRequest): CheckpointRequest | undefined {
  const { checkpoints, framework } = job;
  if (checkpoints?.kind === 'perWorker') {
    const { engine } = planOf(job);
    if (!CAPABILITIES[engine].includes('perWorkerClaims') || framework?.id === 'tensorflowParameterServer') return undefined;
    // a restart of the group would delete the claims
    return engine === 'leaderWorkerSet' ? { ...checkpoints, whenDeleted: 'Retain' } : checkpoints;
  }
  // its servers write parts of one checkpoint
  return checkpoints && framework?.id === 'tensorflowParameterServer' ? { ...checkpoints, directoryPerWorker: undefined } : checkpoints;
}

function frameworkFor(asked: FrameworkRequest, { workers, accelerator, engine: { implementation } = { id: 'mpiJob' } }: JobRequest, plan: Plan): FrameworkRequest {
  const { framework: id, engine } = plan;
  const options = id === 'deepspeed' && engine === 'mpiJob' ? MPIRUN : OPTIONS[id];
  const taken = Object.fromEntries(options.map(option => [option, asked[option]])) as Partial<FrameworkRequest>;
  // the operator has a port of its own
  const isOperatorsPort = engine === 'trainJob' && ['torchrun', 'deepspeed', 'jax'].includes(id);
  // each process takes the device of its own number
  const processesPerWorker = id === 'horovod' && accelerator ? undefined : taken.processesPerWorker;
  const isAlone = id === 'accelerate' && workers * (processesPerWorker ?? Math.max(1, plan.processes)) === 1 && taken.configFile === undefined;
  return {
    ...taken,
    id,
    processesPerWorker,
    ...isOperatorsPort && { port: undefined },
    ...isAlone && { maxRestarts: undefined },
    ...implementation !== undefined && implementation !== 'OpenMPI' && { exportedVariables: undefined },
    ...id === 'torchrunElastic' && { minWorkers: Math.min(asked.minWorkers!, workers), maxRestarts: asked.maxRestarts || undefined },
  };
}

function engineFor({ id, ...options }: EngineRequest, engine: EngineId): EngineRequest {
  const { podManagement, update, revisionHistoryLimit, implementation, sshAuthMountPath, sshdConfig, sshPort } = options;
  if (engine === 'statefulSet') return { id, podManagement, update, revisionHistoryLimit };
  return engine === 'mpiJob' ? { id, implementation, sshAuthMountPath, sshdConfig, sshPort } : { id };
}

/** Processes that are started by ssh have the variables of the launcher, and mpirun begins another program behind a colon. */
function ofMpi({ command, envValues = {} }: JobRequest): Partial<JobRequest> {
  const isField = ({ kind }: EnvRequest): boolean => kind === 'label' || kind === 'memory';
  return {
    command: command.filter(word => word !== ':'),
    envValues: Object.fromEntries(Object.entries(envValues).filter(([, of]) => !isField(of))),
  };
}

function endFor(asked: EndRequest, { framework, engine, roles }: Plan, target: KubernetesVersion): EndRequest {
  const { restarts, deadlineSeconds, ttlSeconds, success, failOnExitCodes } = asked;
  const given = <T>(capability: Capability, value: T | undefined): T | undefined => (
    CAPABILITIES[engine].includes(capability) ? value : undefined
  );
  return {
    restarts: given('restarts', restarts),
    deadlineSeconds: given('deadline', deadlineSeconds),
    // Kubeflow Trainer must see the end
    ttlSeconds: given('ttlAfterFinished', ttlSeconds !== undefined && engine === 'trainJob' ? Math.max(60, ttlSeconds) : ttlSeconds),
    failOnExitCodes: KEEPS_EXIT_CODES.includes(framework) ? given('failOnExitCodes', failOnExitCodes) : undefined,
    success: given('completion', success && canEnd(success) ? success : undefined),
  };

  function canEnd(when: 'all' | 'first'): boolean {
    if (engine === 'mpiJob') return true;
    if (when === 'all') return roles.length === 1 && (engine !== 'pytorchJob' || framework === 'torchrunElastic');
    if (framework === 'torchrunElastic' && engine === 'pytorchJob') return false;
    return roles.length > 1 || !BY_JOB.includes(engine) || target >= V1_31;
  }
}

/** Of the cloud that has the devices, and with labels that no other asks for. */
function nodesFor({ accelerator, fabric, nodes }: JobRequest): NodesRequest | undefined {
  const wanted = [accelerator?.kind, fabric?.kind].flatMap(kind => CLOUD_OF_DEVICE[kind ?? ''] ?? []);
  if (nodes!.cloud !== 'labelled' && wanted.some(cloud => cloud !== nodes!.cloud)) return undefined;
  return accelerator?.kind === 'tpu' && nodes!.cloud === 'gke' ? { ...nodes!, accelerator: undefined } : nodes;
}

function withoutKeys(labels: JobRequest['nodeSelector'], nodes: NodesRequest | undefined): JobRequest['nodeSelector'] {
  if (!labels || !nodes) return labels;
  const taken = nodes.cloud === 'labelled' ? Object.keys(nodes.labels ?? {}) : ['node.kubernetes.io/instance-type'];
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !taken.includes(key)));
}

function schedulingFor(asked: SchedulingRequest | undefined, { framework, engine }: Plan): SchedulingRequest | undefined {
  // Kueue admits each set by itself
  return asked?.kind === 'kueue' && framework === 'tensorflowParameterServer' && engine === 'statefulSet' ? undefined : asked;
}

function placementFor({ placement, scheduling }: JobRequest, { engine, roles }: Plan): PlacementRequest | undefined {
  if (placement?.kind !== 'exclusive') return placement;
  const isPossible = engine === 'jobSet' && roles.length === 1 && (!scheduling || scheduling.kind === 'kueue');
  return { ...placement, kind: isPossible ? 'exclusive' : 'packed' };
}

function named(prefix: string, containers: readonly ContainerRequest[] | undefined): readonly ContainerRequest[] | undefined {
  return containers?.map((container, i) => ({ ...container, name: `${prefix}-${i}` }));
}
