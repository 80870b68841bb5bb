import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule, infoRule, warningRule, type Rule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { valueOf } from '../../values/quantity';
import { factsOf, mountOver } from '../../train/pod-facts';
import { bytesText, limitOfPod } from './limits';

const EMPTY_DIR_DOCS = 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir';

export const MEMORY_VOLUME_UNLIMITED = warningRule({
  id: 'chain/memory-volume-unlimited',
  title: 'A volume in memory has a size limit',
  why: 'What is written to it counts to the memory of the containers. Without a limit it may take all of it, and the kernel kills the training.',
  fix: 'set `sizeLimit`, for example to a quarter of the memory limit',
  link: EMPTY_DIR_DOCS,
});
export const MEMORY_VOLUMES = errorRule({
  id: 'train/memory-volumes',
  title: 'Volumes in memory leave memory to the processes',
  why: 'What is written to them, /dev/shm among them, counts to the memory of the containers: where they may fill all of it, the kernel '
    + 'kills the training before they are full.',
  fix: 'lower `sizeLimit`, or raise the memory limit',
  link: EMPTY_DIR_DOCS,
});
export const HUGE_PAGES = errorRule({
  id: 'chain/huge-pages',
  title: 'A volume of huge pages has its pages among the resources of the pod',
  why: 'The kubelet does not mount it where no container asks for huge pages of that size, and the pod never starts.',
  fix: 'add the pages, such as hugepages-2Mi, to requests and limits of a container',
  link: 'https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/',
});
export const SCRATCH_TOO_LARGE = warningRule({
  id: 'chain/scratch-too-large',
  title: 'An emptyDir may hold no more than the pod may have on the disk of its node',
  why: 'Its files count to the ephemeral storage of the pod, which is evicted when it uses more than the limits of its containers.',
  fix: 'raise the ephemeral-storage limit, lower `sizeLimit`, or use an ephemeral claim',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
});
export const SCRATCH_UNREQUESTED = infoRule({
  id: 'chain/scratch-unrequested',
  title: 'A pod that fills the disk of its node asks for the space',
  why: 'Without a request for ephemeral storage the pod is placed on nodes whose disks are too small or full, and evicted there first.',
  fix: 'request ephemeral-storage for what the emptyDir will hold',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
});

export const MEMORY_RULES: readonly Rule[] = [
  MEMORY_VOLUME_UNLIMITED, MEMORY_VOLUMES, HUGE_PAGES, SCRATCH_TOO_LARGE, SCRATCH_UNREQUESTED,
];

const HUGE = 'HugePages';
const HUGE_SIZE = 'HugePages-';
const HUGE_RESOURCE = 'hugepages-';
const NONE: readonly never[] = [];
const EMPTY: Json = {};
const LISTS = ['containers', 'initContainers'] as const;
/** Scratch space that is worth asking for. */
const LARGE = 10 * 2 ** 30;

/** Judges the emptyDir volumes of a pod. */
export function checkEmptyDirs(pod: PodSubject): void {
  const volumes: readonly Json[] | undefined = pod.spec.volumes;
  if (volumes === undefined) return;
  let memory = 0;
  let last = -1;
  let disk = 0;
  let lastOnDisk = -1;
  for (let i = 0; i < volumes.length; i++) {
    const { emptyDir } = volumes[i];
    if (emptyDir === undefined) continue;
    const medium: string = emptyDir.medium ?? '';
    const size = valueOf(emptyDir.sizeLimit) ?? 0;
    if (medium === '') {
      disk += size;
      if (size > 0) lastOnDisk = i;
    } else if (medium === 'Memory') {
      if (size > 0) {
        memory += size;
        last = i;
      } else reportUnlimited(pod, i);
    } else if (medium.startsWith(HUGE)) checkHugePages(pod, medium, i);
  }
  if (last >= 0) checkMemory(pod, memory, last);
  if (lastOnDisk >= 0) checkDisk(pod, disk, lastOnDisk);
}

function reportUnlimited({ subject, path }: PodSubject, i: number): void {
  subject.report(MEMORY_VOLUME_UNLIMITED, path.field('volumes').index(i).fields('emptyDir', 'sizeLimit'), {
    expected: 'a size: the volume is in memory', found: 'none',
  });
}

/** The shared memory of a training alone is judged with the training. */
function isSharedMemory(pod: PodSubject, sum: number, { name, emptyDir }: Json): boolean {
  return valueOf(emptyDir.sizeLimit) === sum && factsOf(pod).containers.some(container => container.trains && mountOver(container, '/dev/shm')?.name === name);
}

function checkMemory(pod: PodSubject, sum: number, at: number): void {
  const limit = limitOfPod(pod, 'memory');
  if (limit === undefined || sum < limit || isSharedMemory(pod, sum, pod.spec.volumes[at])) return;
  pod.subject.report(MEMORY_VOLUMES, pod.path.field('volumes').index(at).fields('emptyDir', 'sizeLimit'), {
    expected: `less than ${bytesText(limit)} in all volumes in memory: that is all the memory that the containers may have`, found: bytesText(sum),
  });
}

function checkDisk(pod: PodSubject, sum: number, at: number): void {
  const path = pod.path.field('volumes').index(at).fields('emptyDir', 'sizeLimit');
  const limit = limitOfPod(pod, 'ephemeral-storage');
  if (limit !== undefined && sum > limit) {
    pod.subject.report(SCRATCH_TOO_LARGE, path, {
      expected: `at most ${bytesText(limit)} in all volumes on the disk: that is all that the containers may use`, found: bytesText(sum),
    });
  } else if (sum >= LARGE && !requests(pod, 'ephemeral-storage')) {
    pod.subject.report(SCRATCH_UNREQUESTED, path, { expected: 'a request for ephemeral-storage', found: `none, for ${bytesText(sum)}` });
  }
}

function requests({ spec }: PodSubject, resource: string): boolean {
  return LISTS.some(list => ((spec[list] ?? NONE) as readonly Json[]).some(({ resources = EMPTY }) =>
    resources.requests?.[resource] !== undefined || resources.limits?.[resource] !== undefined));
}

/** `HugePages` takes the one size that the pod asks for, `HugePages-2Mi` that size. */
function checkHugePages(pod: PodSubject, medium: string, at: number): void {
  const asked = hugePagesOf(pod);
  const wanted = medium.startsWith(HUGE_SIZE) ? valueOf(medium.slice(HUGE_SIZE.length)) : undefined;
  // any other medium is refused for what it is
  if (medium !== HUGE && wanted === undefined) return;
  if (wanted !== undefined ? [...asked.values()].includes(wanted) : new Set(asked.values()).size === 1) return;
  pod.subject.report(HUGE_PAGES, pod.path.field('volumes').index(at).fields('emptyDir', 'medium'), {
    expected: `a container with ${wanted === undefined ? 'huge pages of one size' : `${HUGE_RESOURCE}${medium.slice(HUGE_SIZE.length)}`} among its resources`,
    found: `${quoted(medium)} with ${asked.size === 0 ? 'no huge pages at all' : quoted([...asked.keys()])}`,
  });
}

/** Names of the huge pages that a pod asks for, with the size of a page. */
function hugePagesOf({ spec }: PodSubject): Map<string, number> {
  const sizes = new Map<string, number>();
  const all: readonly Json[] = [spec, ...(spec.containers ?? NONE), ...(spec.initContainers ?? NONE)];
  for (const { resources = EMPTY } of all) {
    for (const list of [resources.requests, resources.limits]) {
      for (const name in list) {
        const size = name.startsWith(HUGE_RESOURCE) ? valueOf(name.slice(HUGE_RESOURCE.length)) : undefined;
        if (size !== undefined) sizes.set(name, size);
      }
    }
  }
  return sizes;
}
