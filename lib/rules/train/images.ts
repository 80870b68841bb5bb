import type { Rule } from '../engine/rule';
import { errorRule, warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { lineOf, type CommandLine } from './command-line';
import { contentOf, referenceOf, type ImageReference } from './known-images';
import { commandPath, type ContainerFacts, mountOver, pathOf, type PodFacts } from './pod-facts';
import type { Program } from './shell';

const IMAGE_DOCS = 'https://kubernetes.io/docs/concepts/containers/images/#image-names';

export const IMAGE_NOT_PINNED = warningRule({
  id: 'train/image-not-pinned',
  title: 'An image has a version or a digest',
  why: 'A tag that moves gives the workers of one training different builds, and a run of last month cannot be repeated.',
  fix: 'pin the image by a version, or by @sha256:…',
  link: IMAGE_DOCS,
});

export const IMAGE_REGISTRY = warningRule({
  id: 'train/image-registry',
  title: 'Images come from a registry that is still kept',
  why: 'The old registries of Kubernetes get no new images, and are shut down for good without further notice.',
  fix: 'take the image from registry.k8s.io',
  link: 'https://kubernetes.io/blog/2023/03/10/image-registry-redirect/',
});

export const IMAGE_TAG = warningRule({
  id: 'train/image-tag',
  title: 'The tag of an image is one that its publisher uses',
  why: 'Tags of pytorch/pytorch name the CUDA and the cuDNN release and the flavour. A tag without them was never published: the pod stays in ImagePullBackOff.',
  fix: 'use a tag such as 2.7.1-cuda12.8-cudnn9-runtime',
  link: 'https://hub.docker.com/r/pytorch/pytorch/tags',
});

export const PROGRAM_NOT_IN_IMAGE = errorRule({
  id: 'train/program-not-in-image',
  title: 'The image has the programs that the command starts',
  why: 'A program that is not there ends the container, or is a line in the log of a script that goes on without what it was to do.',
  fix: 'use an image that has it, or build one',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
});

export const SCRIPT_NOT_IN_IMAGE = warningRule({
  id: 'train/script-not-in-image',
  title: 'The script that is started is in the image, or in a volume',
  why: 'Images of frameworks have the framework, not the training. Without a volume over its folder there is no such file.',
  fix: 'build an image with the script on top of it, or mount the script from a ConfigMap or a volume',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/',
});

export const INSTALL_AT_START = warningRule({
  id: 'train/install-at-start',
  title: 'What a container needs is in its image',
  why: 'Packages that are installed at the start are other ones tomorrow, are fetched by every pod and at every restart, and fail where the index is down or there is no way out of the cluster.',
  fix: 'build an image with the packages',
  link: 'https://kubernetes.io/docs/concepts/containers/images/',
});

export const IMAGE_RULES: readonly Rule[] = [
  IMAGE_NOT_PINNED, IMAGE_REGISTRY, IMAGE_TAG, PROGRAM_NOT_IN_IMAGE, SCRIPT_NOT_IN_IMAGE, INSTALL_AT_START,
];

const RETIRED = /^(k8s\.gcr\.io|gcr\.io\/google[_-]containers|(us|eu|asia)\.gcr\.io\/k8s-artifacts-prod)\//;
const PYTORCH_TAG = /^\d+\.\d+(\.\d+)?(-cuda[\d.]+-cudnn\d+-(runtime|devel))?$/;
const PYTHON = /^python[\d.]*$/;
const INSTALLERS = new Set(['pip', 'pip3', 'conda', 'mamba', 'uv', 'apt-get', 'apt', 'apk', 'yum', 'dnf', 'microdnf']);
/** Programs that may put a file where there was none. */
const BRINGERS = new Set([
  ...INSTALLERS, 'git', 'curl', 'wget', 'cp', 'mv', 'ln', 'aws', 'gsutil', 'gcloud', 'rclone', 'hf', 'tar', 'unzip', 'tee', 'source', '.', 'install',
]);

/** Holds images, and what is started in them. */
export function checkImages(facts: PodFacts): void {
  for (const container of facts.initContainers) checkContainer(facts, container);
  for (const container of facts.containers) checkContainer(facts, container);
}

function checkContainer(facts: PodFacts, container: ContainerFacts): void {
  if (container.image === '') return;
  const reference = referenceOf(container.image);
  checkReference(facts, container, reference);
  const { line } = container;
  if (line.programs.length > 0) {
    checkPrograms(facts, container, reference, line, 'command');
    checkScript(facts, container, reference);
    checkInstalls(facts, container);
  }
  const hook: readonly string[] | undefined = container.json.lifecycle?.preStop?.exec?.command;
  if (hook) checkPrograms(facts, container, reference, lineOf(hook), 'preStop');
}

function checkReference(facts: PodFacts, container: ContainerFacts, { repository, tag, digest, isTemplate }: ImageReference): void {
  if (isTemplate) return;
  const { subject } = facts.pod;
  if (digest === undefined && (tag === undefined || tag === 'latest')) {
    subject.report(IMAGE_NOT_PINNED, pathOf(facts, container).field('image'), { expected: 'a version or a digest', found: quoted(container.image) });
  }
  if (RETIRED.test(container.image)) {
    subject.report(IMAGE_REGISTRY, pathOf(facts, container).field('image'), { expected: 'an image of registry.k8s.io', found: quoted(container.image) });
  }
  if (repository === 'pytorch/pytorch' && tag !== undefined && tag !== 'latest' && !PYTORCH_TAG.test(tag) && /^\d+\.\d+/.test(tag)) {
    subject.report(IMAGE_TAG, pathOf(facts, container).field('image'), {
      expected: '<version>-cuda<version>-cudnn<version>-runtime or -devel', found: quoted(tag),
    });
  }
}

function checkPrograms(facts: PodFacts, container: ContainerFacts, reference: ImageReference, line: CommandLine, where: 'command' | 'preStop'): void {
  const content = contentOf(reference);
  if (!content || line.viaEntrypoint || brings(line.programs, INSTALLERS) || container.json.env?.some((one: any) => one.name === 'PATH')) return;
  const told = new Set<string>();
  for (const { name, file } of line.programs) {
    if (!content.without.has(name) || told.has(name) || (file !== name && mountOver(container, file))) continue;
    told.add(name);
    const path = where === 'command' ? commandPath(facts, container) : pathOf(facts, container).fields('lifecycle', 'preStop', 'exec', 'command');
    facts.pod.subject.report(PROGRAM_NOT_IN_IMAGE, path, { expected: `a program of ${reference.repository}`, found: `${name}, which is not in it` });
  }
}

function brings(programs: readonly Program[], names: ReadonlySet<string>): boolean {
  return programs.some(({ name }) => names.has(name));
}

/** `python train.py` in an image that only has the framework. */
function checkScript(facts: PodFacts, container: ContainerFacts, reference: ImageReference): void {
  const content = contentOf(reference);
  if (content?.folder === undefined || container.line.viaEntrypoint || container.json.workingDir !== undefined) return;
  const { programs } = container.line;
  for (let i = 0; i < programs.length; i++) {
    const program = programs[i];
    if (BRINGERS.has(program.name) || program.writes.length > 0 || program.name === 'cd') return;
    const script = scriptOf(program, container);
    if (script === undefined) continue;
    const path = script.startsWith('/') ? script : `${content.folder === '/' ? '' : content.folder}/${script}`;
    if (content.files?.some(folder => path.startsWith(folder)) || mountOver(container, path)) return;
    facts.pod.subject.report(SCRIPT_NOT_IN_IMAGE, commandPath(facts, container), {
      expected: `a script of ${reference.repository}, or of a volume`, found: `${quoted(script)}, and no volume over ${path}`,
    });
    return;
  }
}

/** The script that an interpreter or a launcher is given. */
function scriptOf(program: Program, { launch }: ContainerFacts): string | undefined {
  const words = PYTHON.test(program.name) || launch?.program === program ? program.words : undefined;
  if (!words || words.includes('-c')) return undefined;
  const found = words.find((word, i) => word.endsWith('.py') && !word.startsWith('-') && !/[$*]/.test(word) && words[i - 1] !== '-m');
  return found;
}

function checkInstalls(facts: PodFacts, container: ContainerFacts): void {
  for (const { name, words } of container.line.programs) {
    const isModule = PYTHON.test(name) && words[0] === '-m' && words[1] === 'pip';
    if (!isModule && !INSTALLERS.has(name)) continue;
    if (!words.includes('install') && !words.includes('add')) continue;
    facts.pod.subject.report(INSTALL_AT_START, commandPath(facts, container), {
      expected: 'an image that has what the container needs', found: quoted([name, ...words].slice(0, 6).join(' ')),
    });
    return;
  }
}
