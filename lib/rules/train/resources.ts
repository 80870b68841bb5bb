import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import { errorRule, infoRule, warningRule } from '../engine/rule';
import { valueOf } from '../values/quantity';
import { quoted } from '../values/quote';
import { parameterServerRole } from './parameter-servers';
import { type ContainerFacts, isAccelerator, mountOver, pathOf, type PodFacts, volumeOf } from './pod-facts';

const SHM_DOCS = 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir';
const TAINT_DOCS = 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#example-use-cases';
const RESOURCE_DOCS = 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/';

export const SHARED_MEMORY_MISSING = warningRule({
  id: 'train/shared-memory-missing',
  title: 'A container that trains has shared memory of its own',
  why: '/dev/shm is 64 MiB where nothing is mounted. Workers of a data loader and NCCL pass their data through it, and die of a bus error when it is full.',
  fix: 'mount an emptyDir with medium: Memory and a sizeLimit at /dev/shm',
  link: 'https://github.com/pytorch/pytorch/issues/16979',
});

export const SHARED_MEMORY = errorRule({
  id: 'train/shared-memory',
  title: 'Shared memory leaves memory for the training',
  why: 'What is written to /dev/shm counts to the memory of the container. With a limit as large as the memory itself a full /dev/shm is an out-of-memory kill.',
  fix: 'lower sizeLimit, or raise the memory limit of the container',
  link: SHM_DOCS,
});

export const MEMORY_VOLUME_UNBOUNDED = warningRule({
  id: 'train/memory-volume-unbounded',
  title: 'A container that writes to memory has a memory limit',
  why: 'What is in a volume in memory counts to the container. Without a limit nothing is set aside for it: the node runs out of memory, and kills what it finds.',
  fix: 'set a memory limit that holds the process and the volume',
  link: SHM_DOCS,
});

export const ACCELERATOR_MEMORY = warningRule({
  id: 'train/accelerator-memory',
  title: 'A container with accelerators has a memory limit',
  why: 'Without one it may take the memory of the whole node, and the kernel kills what it finds: often the training next to it.',
  fix: 'set requests and limits of memory',
  link: RESOURCE_DOCS,
});

export const GPU_TOLERATION = infoRule({
  id: 'train/gpu-toleration',
  title: 'Pods that need accelerators tolerate the taint of their nodes',
  why: 'Nodes with accelerators are mostly tainted so that nothing else is placed there. Only some clusters add the toleration by themselves; elsewhere the pod stays Pending.',
  fix: 'add { key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }, or the taint of your nodes, to tolerations',
  link: TAINT_DOCS,
});

export const GPU_IDLE = warningRule({
  id: 'train/gpu-idle',
  title: 'What only moves data asks for no accelerator',
  why: 'The accelerator is taken, and paid for, while files are copied, and trainings wait for it.',
  fix: 'leave the accelerator out of its resources',
  link: RESOURCE_DOCS,
});

export const GPU_UNREQUESTED = infoRule({
  id: 'train/gpu-unrequested',
  title: 'A training with a GPU image asks for a GPU',
  why: 'Without the resource no device is given to the container: it trains on the CPU, or ends because it finds none.',
  fix: 'set resources.limits[nvidia.com/gpu], or use the CPU image, which is smaller',
  link: 'https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/',
});

const SHM = '/dev/shm';
const NONE: readonly Json[] = [];
/** Less than this is lost in the memory of any process. */
const MUCH = 2 ** 30;
/** In jobs of an operator they only start the processes of other pods. */
const STARTERS = new Set(['mpirun', 'horovodrun']);
const GPU_IMAGE = /[:_-][^/]*(cuda|cu1\d\d|gpu|rocm)[^/]*$/;

/** Holds memory and accelerators of trainings against what they need. */
export function checkResources(facts: PodFacts): void {
  const { pod } = facts;
  let asks = false;
  for (const container of facts.containers) {
    if (container.trains && !(facts.isWired && STARTERS.has(container.launch?.kind ?? ''))) checkSharedMemory(facts, container);
    if ((container.trains || container.serves) && container.accelerators === 0) checkUnrequested(facts, container);
    if (container.accelerators === 0) continue;
    asks = true;
    checkMemory(facts, container);
    if (!container.trains && container.loads.some(({ to }) => to !== undefined)) reportIdle(facts, container);
  }
  for (const container of facts.initContainers) {
    if (container.accelerators === 0) continue;
    asks = true;
    if (container.loads.length > 0) reportIdle(facts, container);
  }
  if (asks || picksGpuNodes(pod)) checkToleration(facts);
  checkMemoryVolumes(facts);
}

function checkSharedMemory(facts: PodFacts, container: ContainerFacts): void {
  const mount = mountOver(container, SHM);
  if (mount?.mountPath?.startsWith(SHM) !== true) {
    if (container.accelerators === 0 && servesVariables(container)) return;
    facts.pod.subject.report(SHARED_MEMORY_MISSING, pathOf(facts, container).field('volumeMounts'), {
      severity: container.accelerators > 0 || container.launch ? undefined : Severity.INFO,
      expected: 'an emptyDir in memory at /dev/shm', found: 'none, which is 64 MiB',
    });
    return;
  }
  const limit = valueOf(container.json.resources?.limits?.memory);
  const volume = volumeOf(facts, mount.name);
  const size = volume?.json.emptyDir?.medium === 'Memory' ? valueOf(volume.json.emptyDir.sizeLimit) : undefined;
  if (limit === undefined || size === undefined || size <= limit / 2) return;
  const path = facts.pod.path.field('volumes').index(volume!.at).fields('emptyDir', 'sizeLimit');
  const found = `${volume!.json.emptyDir.sizeLimit} of ${container.json.resources.limits.memory}`;
  if (size >= limit) facts.pod.subject.report(SHARED_MEMORY, path, { expected: `less than the memory limit of ${container.name}`, found });
  else facts.pod.subject.report(SHARED_MEMORY, path, { severity: Severity.WARNING, expected: `at most half of the memory limit of ${container.name}`, found });
}

/** Whether it is a parameter server of TensorFlow, or the chief of some: neither loads data. */
function servesVariables(container: ContainerFacts): boolean {
  const role = parameterServerRole(container);
  return role === 'ps' || role === 'chief';
}

function checkMemory(facts: PodFacts, container: ContainerFacts): void {
  const { json, name } = container;
  if (json.resources?.limits?.memory !== undefined || facts.pod.spec.resources?.limits?.memory !== undefined) return;
  facts.pod.subject.report(ACCELERATOR_MEMORY, pathOf(facts, container).fields('resources', 'limits').key('memory'), {
    expected: `a limit of memory for ${name}, which has accelerators`, found: 'none',
  });
}

function checkUnrequested(facts: PodFacts, container: ContainerFacts): void {
  if (!GPU_IMAGE.test(container.image) || container.json.resources?.claims || facts.pod.spec.resourceClaims) return;
  facts.pod.subject.report(GPU_UNREQUESTED, pathOf(facts, container).fields('resources', 'limits'), {
    expected: `an accelerator for the image ${quoted(container.image)}`, found: 'none',
  });
}

function checkMemoryVolumes(facts: PodFacts): void {
  if (facts.pod.spec.resources?.limits?.memory !== undefined) return;
  const volumes: readonly Json[] = facts.pod.spec.volumes ?? NONE;
  for (let i = 0; i < volumes.length; i++) {
    const { name, emptyDir } = volumes[i];
    if (emptyDir?.medium !== 'Memory' || (valueOf(emptyDir.sizeLimit) ?? 0) < MUCH) continue;
    const writer = facts.containers.find(container => writesUnlimited(container, name));
    if (!writer) continue;
    facts.pod.subject.report(MEMORY_VOLUME_UNBOUNDED, pathOf(facts, writer).fields('resources', 'limits').key('memory'), {
      expected: `a limit of memory for ${writer.name}, which may write ${emptyDir.sizeLimit} to ${name}`, found: 'none',
    });
  }
}

/** Those with accelerators are told of their memory anyway. */
function writesUnlimited({ json, accelerators }: ContainerFacts, volume: string): boolean {
  const mounts: readonly Json[] = json.volumeMounts ?? NONE;
  if (accelerators > 0 || json.resources?.limits?.memory !== undefined) return false;
  return mounts.some(mount => mount.name === volume && mount.readOnly !== true);
}

function reportIdle(facts: PodFacts, container: ContainerFacts): void {
  const limits: Json = container.json.resources.limits ?? container.json.resources.requests;
  const resource = Object.keys(limits).find(isAccelerator)!;
  facts.pod.subject.report(GPU_IDLE, pathOf(facts, container).fields('resources', 'limits').key(resource), {
    expected: `no accelerator for ${container.name}, which only moves data`, found: quoted(limits[resource]),
  });
}

/** Nodes with accelerators by their label, for what has none itself: caches, agents. */
function picksGpuNodes({ spec }: PodSubject): boolean {
  const selector: unknown = spec.nodeSelector;
  if (typeof selector !== 'object' || selector === null) return false;
  for (const [key, value] of Object.entries(selector)) {
    if (/(^|[/.-])gpu([/.-]|$)/.test(key) || /(^|-)gpu(-|$)/.test(String(value))) return true;
  }
  return false;
}

function checkToleration({ pod }: PodFacts): void {
  const tolerations: readonly Json[] = pod.spec.tolerations ?? NONE;
  for (const { key, operator } of tolerations) {
    // not ready and unreachable are tolerated by every pod
    if (key === undefined ? operator === 'Exists' : !key.startsWith('node.kubernetes.io/')) return;
  }
  pod.subject.report(GPU_TOLERATION, pod.path.field('tolerations'), { expected: 'one for the taint of nodes with accelerators', found: 'none' });
}
