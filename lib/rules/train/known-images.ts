/** A reference to an image, taken apart. */
export interface ImageReference {
  /** Without Docker Hub's own names: `pytorch/pytorch`, `alpine`, `public.ecr.aws/aws-cli/aws-cli`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** Something is still to be filled in: `${IMAGE}`. */
  readonly isTemplate: boolean;
}

/** What is known of the content of a published image. */
export interface ImageContent {
  /** Programs that are often looked for in it, and are not there. */
  readonly without: ReadonlySet<string>;
  /** The folder in which it starts, where it brings no scripts of its own. */
  readonly folder?: string;
  /** Folders with scripts that it does bring. */
  readonly files?: readonly string[];
}

const CACHE_MAX = 500;
const cache = new Map<string, ImageReference>();

/** Takes a reference apart. */
export function referenceOf(image: string): ImageReference {
  let reference = cache.get(image);
  if (!reference) {
    reference = read(image);
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(image, reference);
  }
  return reference;
}

function read(image: string): ImageReference {
  const at = image.indexOf('@');
  const digest = at < 0 ? undefined : image.slice(at + 1);
  const name = at < 0 ? image : image.slice(0, at);
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = (hasTag ? name.slice(0, colon) : name).replace(/^(index\.)?docker\.io\//, '').replace(/^library\//, '');
  return { repository, tag: hasTag ? name.slice(colon + 1) : undefined, digest, isTemplate: /[${}<>]/.test(image) };
}

/** What is known of it; undefined for most. */
export function contentOf({ repository }: ImageReference): ImageContent | undefined {
  return CONTENTS.get(repository);
}

const CLOUD = ['aws', 's5cmd', 'gsutil', 'gcloud', 'az', 'azcopy', 'rclone', 'kubectl'];
const WATCHERS = ['inotifywait', 'inotifywatch', 'fswatch'];
const DISK = ['iostat', 'fio', 'rsync'];
const LAUNCHERS = ['torchrun', 'deepspeed', 'accelerate', 'horovodrun', 'mpirun'];
const PYTHON = ['python', 'python3', 'pip', 'pip3'];
const HUB = ['hf', 'huggingface-cli'];

function without(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names);
}

const AWS_CLI: ImageContent = { without: without(...WATCHERS, ...DISK, ...LAUNCHERS, ...HUB, ...CLOUD.filter(name => name !== 'aws'), 'wget', 'unzip') };
const TINY: ImageContent = { without: without(...WATCHERS, ...DISK.filter(name => name !== 'iostat'), ...LAUNCHERS, ...HUB, ...CLOUD, ...PYTHON, 'bash', 'curl', 'jq', 'git') };
const LINUX: ImageContent = { without: without(...WATCHERS, ...DISK, ...LAUNCHERS, ...HUB, ...CLOUD, ...PYTHON, 'curl', 'wget', 'jq', 'git') };
const MODEL: readonly string[] = [...WATCHERS, ...DISK, ...CLOUD];

/** By repository. What an image has is in the Dockerfiles of its publisher. */
const CONTENTS: ReadonlyMap<string, ImageContent> = new Map<string, ImageContent>([
  ['amazon/aws-cli', AWS_CLI],
  ['public.ecr.aws/aws-cli/aws-cli', AWS_CLI],
  ['alpine', TINY],
  ['busybox', TINY],
  ['debian', LINUX],
  ['ubuntu', LINUX],
  ['python', { without: without(...WATCHERS, ...DISK, ...LAUNCHERS, ...CLOUD, ...HUB), folder: '/' }],
  ['pytorch/pytorch', { without: without(...MODEL, 'horovodrun', 'deepspeed', 'accelerate'), folder: '/workspace' }],
  ['tensorflow/tensorflow', { without: without(...MODEL, ...LAUNCHERS, ...HUB), folder: '/' }],
  ['horovod/horovod', { without: without(...MODEL), folder: '/horovod/examples', files: ['/horovod/examples/', '/examples/'] }],
]);
