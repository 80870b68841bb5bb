import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { errorRule } from '../engine/rule';
import { quoted } from '../values/quote';

export const IMAGE_NAME = errorRule({
  id: 'silent/image-name',
  title: 'The name of an image is one that a runtime can read',
  why: 'The API server takes any text. The kubelet reads it only when the pod is on its node, and leaves the pod in InvalidImageName for ever.',
  fix: 'write registry/repository:tag, as ghcr.io/acme/train:1.4.2, or @sha256: and the digest in place of the tag',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
});

const NONE: readonly Json[] = [];
const LISTS = ['initContainers', 'containers'] as const;
const REPOSITORY_MAX = 255;
const LENGTH_MAX = 600;
const HOST = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?';
const PART = '[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*';
const TAG = /^\w[\w.-]{0,127}$/;
const REPOSITORY = new RegExp(`^(?:${HOST}/)?${PART}(?:/${PART})*$`);
/** Algorithms that runtimes know, and how many digits their digests have. */
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
/** Runtimes take it for the id of an image, which cannot be pulled. */
const ID = /^[a-f0-9]{64}$/;
const PLACEHOLDER = /\{\{|\$[({A-Za-z_]|<[^>]*>|%[({]/;

const GOOD_MAX = 1_000;
/** Names of which nothing was to be said: the same few come again and again. */
const good = new Set<string>();

/** Judges the names of the images of a pod's containers and volumes. */
export function checkImageNames(pod: PodSubject): void {
  const { spec } = pod;
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let i = 0; i < containers.length; i++) {
      const image: string | undefined = containers[i].image;
      if (image && !isGood(image) && !isRefused(pod, image)) report(pod, image, pod.path.field(list).index(i).field('image'));
    }
  }
  const volumes: readonly Json[] = spec.volumes ?? NONE;
  for (let i = 0; i < volumes.length; i++) {
    const reference: string | undefined = volumes[i].image?.reference;
    if (reference && !isGood(reference)) report(pod, reference, pod.path.field('volumes').index(i).fields('image', 'reference'));
  }
}

/** Spaces around the image of a pod are refused by the API server itself. */
function isRefused(pod: PodSubject, image: string): boolean {
  return !pod.isTemplate && image.trim() !== image;
}

function isGood(image: string): boolean {
  if (good.has(image)) return true;
  if (problemOf(image) !== undefined) return false;
  if (good.size >= GOOD_MAX) good.clear();
  good.add(image);
  return true;
}

function report(pod: PodSubject, image: string, path: Path): void {
  const problem = problemOf(image);
  if (problem) pod.subject.report(IMAGE_NAME, path, { ...problem, found: quoted(image) });
}

interface Problem {
  readonly expected: string;
  readonly fix?: string;
}

function problemOf(image: string): Problem | undefined {
  if (PLACEHOLDER.test(image)) {
    return { expected: 'the name of an image', fix: 'fill in the placeholder before the manifest is applied, by `helm template`, kustomize or envsubst' };
  }
  if (/\s/.test(image)) return { expected: 'the name of an image, without spaces', fix: 'leave the spaces out' };
  const at = image.indexOf('@');
  const name = at < 0 ? image : image.slice(0, at);
  if (at >= 0 && !DIGEST.test(image.slice(at + 1))) return { expected: 'a digest behind the @: sha256: and 64 digits of 0-9 and a-f' };
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = hasTag ? name.slice(0, colon) : name;
  if (hasTag && !TAG.test(name.slice(colon + 1))) return { expected: 'a tag of at most 128 letters, digits, _, . and -' };
  return problemOfRepository(repository, image);
}

function problemOfRepository(repository: string, image: string): Problem | undefined {
  if (image.length > LENGTH_MAX || repository.length > REPOSITORY_MAX) return { expected: `a repository of at most ${REPOSITORY_MAX} characters` };
  if (ID.test(image)) return { expected: 'the name of an image, not its id', fix: 'name the repository, with the digest behind an @' };
  if (REPOSITORY.test(repository)) return undefined;
  const small = repository.toLowerCase();
  if (REPOSITORY.test(small)) return { expected: 'a repository in small letters', fix: `use ${small}` };
  return { expected: 'registry/repository:tag' };
}
