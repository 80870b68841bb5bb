import type { Json } from '../engine/manifest';
import { infoRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { type ContainerFacts, mountOver, pathOf, type PodFacts, volumeOf } from '../train/pod-facts';
import type { Program } from '../train/shell';

export const SOURCE_WRITABLE = infoRule({
  id: 'keep/source-writable',
  title: 'What is only copied from is mounted read-only',
  why: 'A backup or a cache only reads. A mistake in its script should not cost the data that it copies.',
  fix: 'set readOnly: true at the mount, and at the claim of the volume',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts',
});

const COPIERS = new Set(['cp', 'rsync']);
const WRITERS = new Set(['touch', 'mkdir', 'rm', 'mv', 'tee']);

/** Holds the volumes that containers copy from. */
export function checkSources(facts: PodFacts): void {
  for (const container of facts.initContainers) checkContainer(facts, container);
  for (const container of facts.containers) checkContainer(facts, container);
}

function checkContainer(facts: PodFacts, container: ContainerFacts): void {
  if (container.line.programs.length === 0 || container.trains) return;
  for (const { from, uploadTo } of container.loads) {
    if (uploadTo !== undefined && from !== undefined) checkSource(facts, container, from, undefined);
  }
  for (const program of container.line.programs) {
    if (!COPIERS.has(program.name)) continue;
    const [from, to] = placesOf(program);
    if (from !== undefined && to !== undefined) checkSource(facts, container, from, to);
  }
}

function placesOf({ words }: Program): string[] {
  return words.filter(word => word.startsWith('/'));
}

function checkSource(facts: PodFacts, container: ContainerFacts, from: string, to: string | undefined): void {
  const mount = mountOver(container, from);
  if (!mount || mount.readOnly === true || (to !== undefined && mountOver(container, to) === mount)) return;
  const volume = volumeOf(facts, mount.name)?.json;
  const source: Json | undefined = volume?.nfs ?? volume?.persistentVolumeClaim;
  // where another step of the container writes to it, it is not only copied from
  if (!source || source.readOnly === true || writesTo(container, mount)) return;
  const at = (container.json.volumeMounts as readonly Json[]).indexOf(mount);
  facts.pod.subject.report(SOURCE_WRITABLE, pathOf(facts, container).field('volumeMounts').index(at).field('readOnly'), {
    expected: `true for ${mount.mountPath}, which ${container.name} only copies from`, found: quoted(mount.readOnly),
  });
}

function writesTo(container: ContainerFacts, mount: Json): boolean {
  const isIn = (path: string | undefined): boolean => path !== undefined && path.startsWith('/') && mountOver(container, path) === mount;
  for (const { name, words, writes } of container.line.programs) {
    if (writes.some(isIn) || (WRITERS.has(name) && words.some(isIn))) return true;
  }
  return container.loads.some(({ to }) => isIn(to));
}
