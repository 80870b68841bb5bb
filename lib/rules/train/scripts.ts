import { warningRule } from '../engine/rule';
import { purposeOf } from '../values/purpose';
import { quoted } from '../values/quote';
import { commandPath, type ContainerFacts, mountOver, type PodFacts, volumeOf } from './pod-facts';
import type { Program } from './shell';

const SHELL_DOCS = 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#set';

export const SCRIPT_GOES_ON = warningRule({
  id: 'train/script-goes-on',
  title: 'A script ends when one of its steps fails',
  why: 'A shell goes on after a failed step, and the container ends as well as its last one: half a dataset is marked as complete, and the model of a failed run is published.',
  fix: 'begin the script with set -eu, or start the shell with -euc',
  link: SHELL_DOCS,
});

export const MARKER_TEST = warningRule({
  id: 'train/marker-test',
  title: 'A marker is tested as what it is',
  why: 'touch makes a file, and -d is true for directories only: the work is done again at every start, however often it was done.',
  fix: 'test the marker with -f or -e',
  link: 'https://pubs.opengroup.org/onlinepubs/9799919799/utilities/test.html',
});

export const REGISTRY_COPY = warningRule({
  id: 'train/registry-copy',
  title: 'A model is put into the registry in one step',
  why: 'While a file is copied its readers see the beginning of it, and a copy that is interrupted leaves it so. Servers load such a model, or crash on it.',
  fix: 'copy to a temporary name on the same volume and rename it with mv, which is one step',
  link: 'https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html',
});

export const RETIRED_TOOL = warningRule({
  id: 'train/retired-tool',
  title: 'A loader uses a tool that still works',
  why: 'huggingface-cli says only that it no longer works, and fails, in the releases of huggingface_hub since 1.11.',
  fix: 'use hf download',
  link: 'https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/cli/deprecated_cli.py',
});

/** Steps whose failure matters to what follows. */
const WORK = new Set([
  'cp', 'mv', 'rsync', 'aws', 's5cmd', 'gsutil', 'gcloud', 'rclone', 'azcopy', 'hf', 'huggingface-cli', 'wget', 'curl', 'tar', 'unzip', 'git',
  'pip', 'pip3', 'torchrun', 'accelerate', 'deepspeed', 'horovodrun', 'mpirun', 'pg_dump',
]);
const PYTHON = /^python[\d.]*$/;
/** What it does again and again may fail now and then. */
const LOOPS = /\b(while|until|trap)\b/;
const COPIERS = new Set(['cp', 'rsync', 'install']);

/** Holds shell scripts against what goes wrong in them. */
export function checkScripts(facts: PodFacts): void {
  for (const container of facts.initContainers) checkContainer(facts, container);
  for (const container of facts.containers) checkContainer(facts, container);
}

function checkContainer(facts: PodFacts, container: ContainerFacts): void {
  const { script, programs } = container.line;
  if (programs.length === 0) return;
  for (const { name } of programs) {
    if (name !== 'huggingface-cli') continue;
    facts.pod.subject.report(RETIRED_TOOL, commandPath(facts, container), { expected: 'hf', found: 'huggingface-cli' });
    break;
  }
  checkRegistryCopies(facts, container);
  if (!script || programs.length < 2) return;
  if (!script.stopsOnError && !LOOPS.test(script.text)) checkGoesOn(facts, container);
  checkMarkers(facts, container);
}

function checkGoesOn(facts: PodFacts, container: ContainerFacts): void {
  const { programs } = container.line;
  for (let i = 0; i < programs.length - 1; i++) {
    const { name, guarded, background } = programs[i];
    if (guarded || background || !(WORK.has(name) || PYTHON.test(name))) continue;
    facts.pod.subject.report(SCRIPT_GOES_ON, commandPath(facts, container), {
      expected: `an end when ${name} fails`, found: `a script without set -e, which goes on with ${programs[i + 1].name}`,
    });
    return;
  }
}

/** `touch X` and `[ -d X ]`. */
function checkMarkers(facts: PodFacts, container: ContainerFacts): void {
  const { programs } = container.line;
  let made: Set<string> | undefined;
  for (const { name, words } of programs) if (name === 'touch') for (const word of words) (made ??= new Set()).add(word);
  if (!made) return;
  for (const { name, words } of programs) {
    if (name !== '[' && name !== '[[' && name !== 'test') continue;
    const at = words.indexOf('-d');
    const tested = at < 0 ? undefined : words[at + 1];
    if (tested === undefined || !made.has(tested)) continue;
    facts.pod.subject.report(MARKER_TEST, commandPath(facts, container), { expected: `-f ${tested}, which touch makes`, found: `-d ${tested}` });
    return;
  }
}

function checkRegistryCopies(facts: PodFacts, container: ContainerFacts): void {
  const { programs } = container.line;
  for (let i = 0; i < programs.length; i++) {
    const program = programs[i];
    const to = COPIERS.has(program.name) ? program.words[program.words.length - 1] : downloadsTo(container, program);
    if (to === undefined || !isInRegistry(facts, container, to) || isRenamed(programs, i)) continue;
    facts.pod.subject.report(REGISTRY_COPY, commandPath(facts, container), {
      expected: 'a temporary name, and a rename when the copy is complete', found: `${program.name} to ${quoted(to)}`,
    });
    return;
  }
}

function downloadsTo(container: ContainerFacts, program: Program): string | undefined {
  return container.loads.find(load => load.program === program)?.to;
}

function isRenamed(programs: readonly Program[], from: number): boolean {
  for (let i = from + 1; i < programs.length; i++) if (programs[i].name === 'mv' || programs[i].name === 'ln') return true;
  return false;
}

/** A directory that is mounted to publish models from. */
function isInRegistry(facts: PodFacts, container: ContainerFacts, path: string): boolean {
  const mount = path.startsWith('/') ? mountOver(container, path) : undefined;
  if (!mount || mount.readOnly === true) return false;
  const claim: string | undefined = volumeOf(facts, mount.name)?.json.persistentVolumeClaim?.claimName;
  return purposeOf(mount.mountPath) === 'registry' || purposeOf(mount.name) === 'registry' || (claim !== undefined && purposeOf(claim) === 'registry');
}
