import type { EnvValue } from 'cdk8s-plus-27';
import { quantityOf, quantityOfBytes, bytesOf, MIB } from '../private/quantity';
import { InitRequest, podSpec } from '../private/pod';
import { DEFAULT_USER_ID } from '../private/security';
import { tolerationOf } from '../private/tolerations';
import type { EnvVar, PodTemplate, Resources, Toleration, Volume, VolumeMount } from '../private/wire';
import { annotationsFor, Mount, MountedVolume, nodeLabelsFor, volumesOf } from '../storage/volumes/mount';
import type { DistributedTrainingJobProps } from './distributed-training-job';
import type { Engine } from './engine';
import type { Framework, ProcessSpec } from './framework';

/** What the builder of a job has found out for the pod. */
export interface WorkerContext {
  readonly engine: Engine;
  readonly framework: Framework;
  readonly selector: Readonly<Record<string, string>>;
  readonly processes: ProcessSpec;
  /** Name of the claim of the checkpoints, where all workers share one. */
  readonly claimName?: string;
}

/** Name of the volume at `/dev/shm`. */
export const SHM_VOLUME = 'shared-memory';

/** Variables of the library itself start with it, so that they hide none of the user's. */
export const OWN_VARIABLES = 'CDK8S_ML_';

const POD_NAME = `${OWN_VARIABLES}POD_NAME`;
const DEFAULT_GRACE_SECONDS = 120;

/** The pod template of a job's workers. */
export function workerTemplate(props: DistributedTrainingJobProps, context: WorkerContext): PodTemplate {
  const { engine, framework, processes } = context;
  const user = props.runAsUser ?? DEFAULT_USER_ID;
  const checkpoints = checkpointMount(props, context);
  const upload = uploadSidecar(props, context, checkpoints.mounts);
  return {
    metadata: {
      labels: { ...identityLabels(props), ...props.podLabels, ...context.selector },
      ...annotationsOf(props),
    },
    spec: podSpec({
      containerName: 'worker',
      image: props.image,
      command: processes.command,
      args: processes.args,
      env: [...processes.env, ...checkpoints.env, ...streamEnv(props), ...environmentOf(props)],
      envFrom: credentialsOf(props),
      ports: [{ name: 'rendezvous', containerPort: framework._spec.port }],
      resources: resourcesOf(props),
      mounts: mountsOf(props),
      ownVolumes: [sharedMemory(props), ...checkpoints.volumes],
      ownMounts: [{ name: SHM_VOLUME, mountPath: '/dev/shm' }, ...checkpoints.mounts],
      init: upload && [upload],
      user: { user, group: props.runAsGroup ?? DEFAULT_USER_ID },
      restartPolicy: engine._spec.restartPolicy,
      terminationGracePeriodSeconds: gracePeriodSecondsOf(props),
      ...nodeSelectorOf(props),
      tolerations: tolerationsOf(props),
      serviceAccountName: props.serviceAccount?.name,
    }),
  };
}

/** Seconds between SIGTERM and SIGKILL. */
export function gracePeriodSecondsOf(props: DistributedTrainingJobProps): number {
  return props.terminationGracePeriod?.toSeconds() ?? DEFAULT_GRACE_SECONDS;
}

/** Bytes of `/dev/shm` where none are asked for: a quarter of the memory, in whole MiB. */
export function sharedMemoryBytes(props: DistributedTrainingJobProps): number {
  return props.sharedMemory ? bytesOf(props.sharedMemory) : Math.floor(bytesOf(props.memory) / 4 / MIB) * MIB;
}

function sharedMemory(props: DistributedTrainingJobProps): Volume {
  return { name: SHM_VOLUME, emptyDir: { medium: 'Memory', sizeLimit: quantityOfBytes(sharedMemoryBytes(props)) } };
}

function resourcesOf(props: DistributedTrainingJobProps): Resources {
  const { accelerator, cpu, memory } = props;
  // a device is asked for and limited alike, or the API refuses the pod
  const devices: Record<string, string> = accelerator ? { [accelerator.resourceName]: String(accelerator.count) } : {};
  const limit = { memory: quantityOf(memory), ...devices };
  const disk = mountedVolumes(props).reduce((sum, { diskBytes = 0 }) => sum + diskBytes, 0);
  return {
    limits: limit,
    requests: { ...(cpu && { cpu: cpu.amount }), ...limit, ...(disk > 0 && { 'ephemeral-storage': quantityOfBytes(disk) }) },
  };
}

/** What the user mounts. */
function mountsOf({ datasets = [], volumes = [] }: DistributedTrainingJobProps): Mount[] {
  return [...datasets, ...volumes];
}

/** Volumes that are mounted, each once. */
export function mountedVolumes(props: DistributedTrainingJobProps): MountedVolume[] {
  return [...new Set(mountsOf(props).flatMap(volumesOf))];
}

/** Bytes of memory that volumes may take, `/dev/shm` among them. */
export function memoryOfVolumes(props: DistributedTrainingJobProps): number {
  return mountedVolumes(props).reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, sharedMemoryBytes(props));
}

function annotationsOf(props: DistributedTrainingJobProps): { annotations?: Record<string, string> } {
  const annotations = { ...annotationsFor(mountsOf(props)), ...props.podAnnotations };
  return Object.keys(annotations).length > 0 ? { annotations } : {};
}

/** Labels of the nodes that the workers are held to. */
export function nodeSelectorOf(props: DistributedTrainingJobProps): { nodeSelector?: Record<string, string> } {
  const nodeSelector = { ...nodeLabelsFor(mountsOf(props)), ...props.nodeSelector };
  return Object.keys(nodeSelector).length > 0 ? { nodeSelector } : {};
}

interface CheckpointMount {
  readonly env: readonly EnvVar[];
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
}

function checkpointMount({ checkpoints, workers }: DistributedTrainingJobProps, { claimName, processes }: WorkerContext): CheckpointMount {
  if (!checkpoints) return { env: [], volumes: [], mounts: [] };
  const mount = { name: checkpoints._volumeName, mountPath: checkpoints.path };
  if (checkpoints._perWorker) return { env: [], volumes: [], mounts: [mount] };
  const volumes = [{ name: mount.name, persistentVolumeClaim: { claimName } }];
  if (!checkpoints._directoryPerWorker(workers)) return { env: [], volumes, mounts: [mount] };
  if (rankOf(processes)) {
    return { env: [], volumes, mounts: [{ ...mount, subPathExpr: directoryOf(processes) }] };
  }
  // before Kubernetes 1.28 no field of a StatefulSet's pod holds its index, but its name is as stable
  const podName = { name: POD_NAME, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } };
  return { env: [podName], volumes, mounts: [{ ...mount, subPathExpr: `$(${POD_NAME})` }] };
}

/** The variable with the worker's index; undefined where only its hostname tells, before Kubernetes 1.28. */
function rankOf({ env, rankVariable }: ProcessSpec): EnvVar | undefined {
  return env.find(({ name }) => name === rankVariable);
}

function directoryOf({ rankVariable }: ProcessSpec): string {
  return `rank-$(${rankVariable})`;
}

/** The target has been checked: from Kubernetes 1.29, a field of the pod holds the index. */
function uploadSidecar(
  { checkpoints, workers }: DistributedTrainingJobProps, { processes }: WorkerContext, [mount]: readonly VolumeMount[],
): InitRequest | undefined {
  const own = checkpoints?._perWorker !== undefined || checkpoints?._directoryPerWorker(workers);
  return checkpoints?._upload?._sidecar({
    mount,
    directory: own ? directoryOf(processes) : undefined,
    rankVariable: processes.rankVariable,
    env: [rankOf(processes)!],
  });
}

/** What the streams want; two of one region say it once. */
function streamEnv({ streams = [] }: DistributedTrainingJobProps): EnvVar[] {
  return [...new Map(streams.flatMap(stream => stream._env).map(variable => [variable.name, variable])).values()];
}

function credentialsOf({ streams = [] }: DistributedTrainingJobProps): { secretRef: { name: string } }[] {
  const names = streams.flatMap(({ _credentials: secret }) => secret ? [secret.name] : []);
  return [...new Set(names)].map(name => ({ secretRef: { name } }));
}

function identityLabels({ streams = [], serviceAccount }: DistributedTrainingJobProps): Record<string, string> {
  return serviceAccount ? Object.assign({}, ...streams.map(({ _identityLabels }) => _identityLabels)) as Record<string, string> : {};
}

function environmentOf(props: DistributedTrainingJobProps): EnvVar[] {
  return [
    ...Object.entries(props.envValues ?? {}).map(([name, value]) => referenceOf(name, value)),
    ...Object.entries(props.env ?? {}).map(([name, value]) => ({ name, value })),
  ];
}

/** cdk8s-plus wraps quantities in objects with a `value`; the wire has the value itself. */
function referenceOf(name: string, env: EnvValue): EnvVar {
  if (env.valueFrom === undefined) return { name, value: String(env.value ?? '') };
  const plain = (value: any): any => {
    if (value === null || typeof value !== 'object') return value;
    if (value.constructor !== Object && 'value' in value) return value.value;
    return Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined).map(([key, of]) => [key, plain(of)]));
  };
  return { name, valueFrom: plain(env.valueFrom) };
}

function tolerationsOf({ accelerator, tolerations = [] }: DistributedTrainingJobProps): Toleration[] {
  return [...accelerator ? [accelerator._toleration] : [], ...tolerations.map(tolerationOf)];
}
