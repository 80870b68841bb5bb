import type { EnvValue } from 'cdk8s-plus-27';
import { quantityOf, quantityOfBytes, bytesOf, MIB } from '../private/quantity';
import { podSpec } from '../private/pod';
import { DEFAULT_USER_ID } from '../private/security';
import type { EnvVar, PodTemplate, Resources, Toleration, Volume, VolumeMount } from '../private/wire';
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
  return {
    metadata: {
      labels: { ...props.podLabels, ...context.selector },
      ...(props.podAnnotations && { annotations: { ...props.podAnnotations } }),
    },
    spec: podSpec({
      containerName: 'worker',
      image: props.image,
      command: processes.command,
      args: processes.args,
      env: [...processes.env, ...checkpoints.env, ...environmentOf(props)],
      ports: [{ name: 'rendezvous', containerPort: framework._spec.port }],
      resources: resourcesOf(props),
      mounts: [...props.datasets ?? [], ...props.volumes ?? []],
      ownVolumes: [sharedMemory(props), ...checkpoints.volumes],
      ownMounts: [{ name: SHM_VOLUME, mountPath: '/dev/shm' }, ...checkpoints.mounts],
      user: { user, group: props.runAsGroup ?? DEFAULT_USER_ID },
      restartPolicy: engine._spec.restartPolicy,
      terminationGracePeriodSeconds: gracePeriodSecondsOf(props),
      nodeSelector: props.nodeSelector,
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

function resourcesOf({ accelerator, cpu, memory }: DistributedTrainingJobProps): Resources {
  // a device is asked for and limited alike, or the API refuses the pod
  const devices: Record<string, string> = accelerator ? { [accelerator.resourceName]: String(accelerator.count) } : {};
  const limit = { memory: quantityOf(memory), ...devices };
  return { limits: limit, requests: { ...(cpu && { cpu: cpu.amount }), ...limit } };
}

interface CheckpointMount {
  readonly env: readonly EnvVar[];
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
}

function checkpointMount({ checkpoints }: DistributedTrainingJobProps, { claimName, processes }: WorkerContext): CheckpointMount {
  if (!checkpoints) return { env: [], volumes: [], mounts: [] };
  const mount = { name: checkpoints._volumeName, mountPath: checkpoints.path };
  if (checkpoints._perWorker) return { env: [], volumes: [], mounts: [mount] };
  const volumes = [{ name: mount.name, persistentVolumeClaim: { claimName } }];
  if (!checkpoints._directoryPerWorker) return { env: [], volumes, mounts: [mount] };
  if (processes.env.some(({ name }) => name === processes.rankVariable)) {
    return { env: [], volumes, mounts: [{ ...mount, subPathExpr: `rank-$(${processes.rankVariable})` }] };
  }
  // before Kubernetes 1.28 no field of a StatefulSet's pod holds its index, but its name is as stable
  const podName = { name: POD_NAME, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } };
  return { env: [podName], volumes, mounts: [{ ...mount, subPathExpr: `$(${POD_NAME})` }] };
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
  const asked = tolerations.map(({ key, value, effect }) => ({
    ...(key !== undefined && { key }),
    operator: value === undefined ? 'Exists' : 'Equal',
    ...(value !== undefined && { value }),
    ...(effect !== undefined && { effect }),
  }));
  return [...accelerator ? [accelerator._toleration] : [], ...asked];
}
