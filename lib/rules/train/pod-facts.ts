import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { valueOf } from '../values/quantity';
import type { CommandLine } from './command-line';
import type { Launch } from './launcher';
import type { Load } from './loads';
import { startedBy } from './started';

/** A container, and what its text tells of it. */
export interface ContainerFacts {
  readonly json: Json;
  readonly name: string;
  readonly image: string;
  readonly field: 'containers' | 'initContainers';
  readonly index: number;
  readonly line: CommandLine;
  /** The launcher that it starts. */
  readonly launch: Launch | undefined;
  /** What its command downloads and uploads. */
  readonly loads: readonly Load[];
  /** Accelerators that it asks for. */
  readonly accelerators: number;
  /** Those that a process each trains on; 0 where their number does not say how many processes there are. */
  readonly ranks: number;
  /** It trains: it starts a launcher or a training script. */
  readonly trains: boolean;
  /** It is a server of the group, such as a parameter server. */
  readonly serves: boolean;
}

/** A pod, as the rules of training see it. */
export interface PodFacts {
  readonly pod: PodSubject;
  readonly containers: readonly ContainerFacts[];
  readonly initContainers: readonly ContainerFacts[];
  /** The first container that trains. */
  readonly trainer: ContainerFacts | undefined;
  /** An operator tells each process its place, and starts them. */
  readonly isWired: boolean;
}

const NONE: readonly Json[] = [];
const EMPTY: Json = {};
const NO_FACTS: readonly ContainerFacts[] = [];
const ACCELERATOR = /(^|\.|\/)(gpu|tpu|gaudi|npu|neuron(core|device)?)$|\/mig-/;
const TRAINING_NAME = /(^|[-_])(train(er|ing)?|fine-?tun(e|ing)|pretrain(ing)?)([-_]|$)/;
const FRAMEWORK_IMAGE = /(^|\/)(pytorch|tensorflow|horovod|jax|deepspeed|train(er|ing)?|ml-trainer)([-_/:@]|$)/;
/** Controllers whose operators set what launchers read. */
const WIRED = new Set(['PyTorchJob', 'MPIJob', 'TrainingRuntime', 'ClusterTrainingRuntime']);

/** Read once for all checks of a pod. */
export function factsOf(pod: PodSubject): PodFacts {
  return pod.facts ??= read(pod);
}

function read(pod: PodSubject): PodFacts {
  const containers = containersOf(pod, 'containers');
  const initContainers = pod.spec.initContainers ? containersOf(pod, 'initContainers') : NO_FACTS;
  return { pod, containers, initContainers, trainer: containers.find(({ trains }) => trains), isWired: WIRED.has(pod.kind) };
}

function containersOf(pod: PodSubject, field: 'containers' | 'initContainers'): ContainerFacts[] {
  const list: readonly Json[] = pod.spec[field] ?? NONE;
  const facts: ContainerFacts[] = [];
  for (let index = 0; index < list.length; index++) {
    const json = list[index];
    const { line, launch, loads, isTraining, isServer } = startedBy(json);
    const image: string = json.image ?? '';
    const name: string = json.name ?? '';
    const accelerators = acceleratorsOf(json, isAccelerator);
    const ranks = accelerators > 0 && acceleratorsOf(json, isOfManyCores) > 0 ? 0 : accelerators;
    const trains = isTraining || (line.programs.length === 0 && isTrainingByName(pod, name, image, accelerators));
    facts.push({ json, name, image, field, index, line, launch, loads, accelerators, ranks, trains, serves: isServer });
  }
  return facts;
}

/** What it starts is in the image: its name, with the accelerators or the image, has to do. */
function isTrainingByName({ subject, metadata }: PodSubject, name: string, image: string, accelerators: number): boolean {
  if (accelerators === 0 && !FRAMEWORK_IMAGE.test(image)) return false;
  const labels: Json = metadata.labels ?? EMPTY;
  return TRAINING_NAME.test(name) || TRAINING_NAME.test(subject.manifest.name) || TRAINING_NAME.test(String(labels.app ?? ''));
}

/** GPUs and their like, by the name of the resource. */
function acceleratorsOf({ resources }: Json, counts: (resource: string) => boolean): number {
  const limits: Json = resources?.limits ?? resources?.requests ?? EMPTY;
  let sum = 0;
  for (const name in limits) {
    if (counts(name)) sum += valueOf(limits[name]) ?? 0;
  }
  return sum;
}

/** `nvidia.com/gpu`, `google.com/tpu`, `aws.amazon.com/neuron`. */
export function isAccelerator(resource: string): boolean {
  return resource.includes('/') && ACCELERATOR.test(resource);
}

/** A chip of Neuron has several cores with a process each, and one process can drive all TPUs of a host. */
function isOfManyCores(resource: string): boolean {
  return resource === 'aws.amazon.com/neuron' || resource === 'google.com/tpu';
}

/** Where a container stands. */
export function pathOf({ pod }: PodFacts, { field, index }: ContainerFacts): Path {
  return pod.path.field(field).index(index);
}

/** Where the command of a container stands: its last part, which holds the flags. */
export function commandPath(facts: PodFacts, container: ContainerFacts): Path {
  return pathOf(facts, container).field(container.json.args ? 'args' : 'command');
}

/** The last definition of a variable, which counts, and its place. */
export function envOf({ json }: ContainerFacts, name: string): { readonly at: number; readonly entry: Json } | undefined {
  const env: readonly Json[] = json.env ?? NONE;
  for (let at = env.length - 1; at >= 0; at--) if (env[at].name === name) return { at, entry: env[at] };
  return undefined;
}

/** Text of a variable that is written out; undefined where it comes from elsewhere, or is not set. */
export function envText(container: ContainerFacts, name: string): string | undefined {
  const value: unknown = envOf(container, name)?.entry.value;
  return typeof value === 'string' ? value : undefined;
}

/** The mount that a path of a container lies on: the one with the longest path. */
export function mountOver({ json }: ContainerFacts, path: string): Json | undefined {
  const mounts: readonly Json[] = json.volumeMounts ?? NONE;
  let best: Json | undefined;
  let most = -1;
  for (const mount of mounts) {
    const at: string = mount.mountPath ?? '';
    const length = at.endsWith('/') ? at.length - 1 : at.length;
    if (length > most && path.startsWith(at.slice(0, length)) && (path.length === length || path.charCodeAt(length) === 47)) {
      best = mount;
      most = length;
    }
  }
  return best;
}

/** A volume of the pod by its name; undefined for one that a claim template makes. */
export function volumeOf({ pod }: PodFacts, name: string): { readonly at: number; readonly json: Json } | undefined {
  const volumes: readonly Json[] = pod.spec.volumes ?? NONE;
  for (let at = 0; at < volumes.length; at++) if (volumes[at].name === name) return { at, json: volumes[at] };
  return undefined;
}
