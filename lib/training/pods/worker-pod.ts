import { podSpec } from '../../private/pod';
import { quantityOf, quantityOfBytes } from '../../private/quantity';
import { DEFAULT_USER_ID } from '../../private/security';
import { tolerationOf } from '../../private/tolerations';
import type { EnvVar, PodTemplate, Resources } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineSpec, Place } from '../engines/engine-spec';
import type { FrameworkSpec, ProcessSpec } from '../frameworks/framework-spec';
import { devices } from '../nodes/devices';
import type { Wiring } from '../pairs';
import { type Role, workersOnly } from '../roles';
import { checkpointMount } from './checkpoint-mount';
import { dataMounts, mountedData, mountedVolumes, streamedData } from './data';
import { environmentOf } from './environment';
import { ownIndexOf, startOf } from './own-index';
import { mergeParts, type PodConcern, type PodPart } from './pod-part';
import { sharedMemory } from './shared-memory';

/** What the builder of a job has found out for the pods of a role. */
export interface WorkerContext {
  readonly jobName: string;
  /** Labels that only the pods of this job have. */
  readonly jobLabels: Readonly<Record<string, string>>;
  readonly engine: EngineSpec;
  readonly framework: FrameworkSpec;
  readonly wiring: Wiring;
  readonly role: Role;
  readonly place: Place;
  /** Labels that only the pods of this role have. */
  readonly selector: Readonly<Record<string, string>>;
  readonly processes: ProcessSpec;
  /** Name of the claim of the checkpoints, where all workers share one. */
  readonly claimName?: string;
}

const DEFAULT_GRACE_SECONDS = 120;

/** What decides on which nodes the pods may run, besides the user's own labels. */
const NODE_CONCERNS: readonly PodConcern[] = [mountedData];
/** What a job's pods are made of, besides the processes, their memory and the checkpoints. */
const CONCERNS: readonly PodConcern[] = [devices, ...NODE_CONCERNS, streamedData];

/** The pod template of a role. */
export function workerTemplate(props: DistributedTrainingJobProps, context: WorkerContext): PodTemplate {
  const { engine, framework, processes, role, place } = context;
  const user = props.runAsUser ?? DEFAULT_USER_ID;
  const start = startOf(processes, place.index, context.wiring);
  const own = ownIndexOf(processes.rankVariable, place);
  const checkpoints = checkpointMount(props, { framework, role, own, claimName: context.claimName });
  const others = CONCERNS.map(concern => concern(props, context));
  const parts = mergeParts([sharedMemory(props, context), checkpoints, ...others, ownPart(props)]);
  const annotations = { ...parts.annotations, ...props.podAnnotations };
  return {
    metadata: {
      labels: { ...parts.labels, ...props.podLabels, ...context.selector },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: podSpec({
      containerName: engine.containerName ?? 'worker',
      image: props.image,
      command: start.command,
      args: start.args,
      env: [...unique([...start.env, ...parts.env]), ...environmentOf(props)],
      envFrom: parts.envFrom,
      ports: [{ name: 'rendezvous', containerPort: framework.port }],
      resources: resourcesOf(props, role, parts.resources),
      mounts: role.readsData ? dataMounts(props) : [],
      ownVolumes: parts.volumes,
      ownMounts: parts.volumeMounts,
      init: parts.init,
      user: { user, group: props.runAsGroup ?? DEFAULT_USER_ID },
      restartPolicy: engine.restartPolicy,
      terminationGracePeriodSeconds: gracePeriodSecondsOf(props),
      ...(Object.keys(parts.nodeSelector).length > 0 && { nodeSelector: parts.nodeSelector }),
      tolerations: parts.tolerations,
      serviceAccountName: props.serviceAccount?.name,
      spec: parts.spec,
      container: parts.container,
      capabilities: parts.capabilities,
    }),
  };
}

/** Seconds between SIGTERM and SIGKILL. */
export function gracePeriodSecondsOf(props: DistributedTrainingJobProps): number {
  return props.terminationGracePeriod?.toSeconds() ?? DEFAULT_GRACE_SECONDS;
}

/** Labels of the nodes that the workers are held to. */
export function nodeSelectorOf(props: DistributedTrainingJobProps): Readonly<Record<string, string>> {
  const context = { jobName: '', jobLabels: {}, role: workersOnly(1)[0] };
  return mergeParts([...NODE_CONCERNS.map(concern => concern(props, context)), ownPart(props)]).nodeSelector;
}

function ownPart({ nodeSelector, tolerations = [] }: DistributedTrainingJobProps): PodPart {
  return { nodeSelector, tolerations: tolerations.map(tolerationOf) };
}

function resourcesOf(props: DistributedTrainingJobProps, role: Role, extended: Readonly<Record<string, string>>): Resources {
  const limit = { memory: quantityOf(role.memory ?? props.memory), ...extended };
  const cpu = role.cpu ?? (role.accelerated ? props.cpu : undefined);
  const disk = role.readsData ? mountedVolumes(props).reduce((sum, { diskBytes = 0 }) => sum + diskBytes, 0) : 0;
  return {
    limits: limit,
    requests: { ...(cpu && { cpu: cpu.amount }), ...limit, ...(disk > 0 && { 'ephemeral-storage': quantityOfBytes(disk) }) },
  };
}

/** The pod's own index is said once, whoever asks for it. */
function unique(env: readonly EnvVar[]): EnvVar[] {
  const seen = new Set<string>();
  return env.filter(({ name }) => !seen.has(name) && seen.add(name));
}
