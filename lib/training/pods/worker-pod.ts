import { podSpec } from '../../private/pod';
import { quantityOf, quantityOfBytes } from '../../private/quantity';
import { DEFAULT_USER_ID } from '../../private/security';
import { tolerationOf } from '../../private/tolerations';
import type { EnvVar, PodTemplate, Resources, Toleration } from '../../private/wire';
import { volumesOf } from '../../storage/volumes/mount';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineSpec, Place } from '../engines/engine-spec';
import type { FrameworkSpec, ProcessSpec } from '../frameworks/framework-spec';
import { deviceNodes, devices } from '../nodes/devices';
import { interconnect } from '../nodes/fabric-part';
import { chosenNodes } from '../nodes/node-pool-part';
import type { Wiring } from '../pairs';
import { type Role, workersOnly } from '../roles';
import { scheduledPods } from '../scheduling/pod-group';
import { checkpointMount } from './checkpoint-mount';
import { accountOf, cloudIdentity } from './cloud-identity';
import { dataMounts, mountedData, mountedVolumes, streamedData } from './data';
import { environmentOf } from './environment';
import { INDEX_VARIABLE, ownIndexOf, startOf } from './own-index';
import { mergeParts, type PartContext, type PodConcern, type PodPart } from './pod-part';
import { placement } from './placement';
import { priority } from './priority';
import { registries } from './registries';
import { sharedMemory } from './shared-memory';
import { beside, mountsBeside } from './worker-container';
import { probes } from './worker-probe';

/** What the builder of a job has found out for the pods of a role. */
export interface WorkerContext {
  readonly jobName: string;
  /** Labels that only the pods of this job have. */
  readonly jobLabels: Readonly<Record<string, string>>;
  readonly engine: EngineSpec;
  readonly framework: FrameworkSpec;
  readonly wiring: Wiring;
  readonly role: Role;
  /** All roles of the job. */
  readonly roles: readonly Role[];
  readonly place: Place;
  /** Labels that only the pods of this role have. */
  readonly selector: Readonly<Record<string, string>>;
  readonly processes: ProcessSpec;
  /** Name of the claim of the checkpoints, where all workers share one. */
  readonly claimName?: string;
}

const DEFAULT_GRACE_SECONDS = 120;

/** What decides on which nodes the pods may run, besides the user's own labels. */
const NODE_CONCERNS: readonly PodConcern[] = [deviceNodes, chosenNodes, mountedData, beside];
/** What a job's pods are made of, besides the processes, their memory and the checkpoints. */
const CONCERNS: readonly PodConcern[] = [
  devices, interconnect, ...NODE_CONCERNS, streamedData, placement, priority, cloudIdentity, registries, probes, scheduledPods,
];

/** The pod template of a role. */
export function workerTemplate(props: DistributedTrainingJobProps, context: WorkerContext): PodTemplate {
  const { engine, framework, processes, role, place } = context;
  const user = props.runAsUser ?? DEFAULT_USER_ID;
  const start = startOf(processes, place.index, context.wiring);
  // what an operator tells the processes itself must not be set beside it
  const own = ownIndexOf(context.wiring === 'operator' ? INDEX_VARIABLE : processes.rankVariable, place);
  const checkpoints = checkpointMount(props, { framework, role, roles: context.roles, own, claimName: context.claimName });
  const others = CONCERNS.map(concern => concern(props, context));
  // sidecars are stopped in the order opposite to their start: the last copy of the checkpoints waits for no other
  const [shared, upload] = [sharedMemory(props, context), { init: checkpoints.init }];
  const parts = mergeParts([shared, { ...checkpoints, init: [] }, ...others, processes.pod ?? {}, ownPart(props, role), upload]);
  const annotations = { ...parts.annotations, ...props.podAnnotations };
  return {
    metadata: {
      labels: { ...parts.labels, ...props.podLabels, ...context.selector },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: podSpec({
      containerName: engine.containerName ?? role.name,
      image: props.image,
      command: start.command,
      args: start.args,
      env: [...unique([...start.env, ...parts.env]).filter(({ name }) => !isUsers(name, props)), ...environmentOf(props)],
      envFrom: parts.envFrom,
      ports: [{ name: engine.portName ?? 'rendezvous', containerPort: (context.wiring === 'operator' ? engine.operatorPort : undefined) ?? framework.port }],
      resources: resourcesOf(props, role, parts),
      mounts: role.readsData ? dataMounts(props) : [],
      ownVolumes: parts.volumes,
      ownMounts: parts.volumeMounts,
      init: parts.init,
      user: { user, group: props.runAsGroup ?? DEFAULT_USER_ID },
      restartPolicy: engine.restartPolicy,
      terminationGracePeriodSeconds: gracePeriodSecondsOf(props),
      ...(Object.keys(parts.nodeSelector).length > 0 && { nodeSelector: parts.nodeSelector }),
      tolerations: withoutRepeats(parts.tolerations),
      serviceAccountName: accountOf(props, context.jobName),
      spec: { ...parts.spec, ...(parts.claims.length > 0 && { resourceClaims: parts.claims }) },
      container: parts.container,
      capabilities: parts.capabilities,
    }),
  };
}

/** Variables of the pods of a role, besides those of the framework and the pod's own index. */
export function variablesOf(props: DistributedTrainingJobProps, context: PartContext): EnvVar[] {
  const parts = mergeParts(CONCERNS.map(concern => concern(props, context)));
  return [...unique(parts.env).filter(({ name }) => !isUsers(name, props)), ...environmentOf(props)];
}

/** Seconds between SIGTERM and SIGKILL. */
export function gracePeriodSecondsOf(props: DistributedTrainingJobProps): number {
  return props.terminationGracePeriod?.toSeconds() ?? DEFAULT_GRACE_SECONDS;
}

/** Labels of the nodes that the workers are held to. */
export function nodeSelectorOf(props: DistributedTrainingJobProps): Readonly<Record<string, string>> {
  const roles = workersOnly(1);
  const context = { jobName: '', jobLabels: {}, role: roles[0], roles };
  return mergeParts([...NODE_CONCERNS.map(concern => concern(props, context)), ownPart(props, context.role)]).nodeSelector;
}

function ownPart({ nodeSelector, tolerations }: DistributedTrainingJobProps, role: Role): PodPart {
  return { nodeSelector: role.nodeSelector ?? nodeSelector ?? undefined, tolerations: (tolerations ?? []).map(tolerationOf) };
}

function resourcesOf(props: DistributedTrainingJobProps, role: Role, { resources, claims }: Required<PodPart>): Resources {
  const limit = { memory: quantityOf(role.memory ?? props.memory), ...resources };
  const cpu = role.cpu ?? (role.accelerated ? props.cpu : undefined);
  const volumes = [...role.readsData ? mountedVolumes(props) : [], ...role.accelerated ? mountsBeside(props).flatMap(volumesOf) : []];
  const disk = [...new Set(volumes)].reduce((sum, { diskBytes = 0 }) => sum + diskBytes, 0);
  return {
    ...(claims.length > 0 && { claims: claims.map(({ name }) => ({ name })) }),
    limits: limit,
    requests: { ...(cpu && { cpu: cpu.amount }), ...limit, ...(disk > 0 && { 'ephemeral-storage': quantityOfBytes(disk) }) },
  };
}

/** The pod's own index is said once, whoever asks for it. */
function unique(env: readonly EnvVar[]): EnvVar[] {
  const seen = new Set<string>();
  return env.filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** A pool of nodes may have the taint of the accelerator, or one that the user names too. */
function withoutRepeats(tolerations: readonly Toleration[]): Toleration[] {
  const isSame = (one: Toleration, other: Toleration): boolean => (
    one.key === other.key && one.operator === other.operator && one.value === other.value && one.effect === other.effect
  );
  return tolerations.filter((one, i) => tolerations.findIndex(other => isSame(one, other)) === i);
}

/** What the user sets, nothing else of the job sets: a name that is there twice hides one of the two. */
function isUsers(name: string, { env, envValues }: DistributedTrainingJobProps): boolean {
  return env?.[name] !== undefined || envValues?.[name] !== undefined;
}
