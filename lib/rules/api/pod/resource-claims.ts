import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { isDnsLabel, isDnsSubdomain } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

/** Before it the server drops claims of devices. */
const CLAIMS_SINCE = 34;

export const RESOURCE_CLAIM = errorRule({
  id: 'api/resource-claim',
  title: 'Claims of devices have names of their own, one source, and are listed by the pod before a container uses them',
  why: 'The API server refuses a claim with neither or both of a claim and a template, a name that is there twice, and a container that uses '
    + 'a claim of which the pod does not know.',
  fix: 'list the claim in `resourceClaims` of the pod with a `resourceClaimName` or a `resourceClaimTemplateName`',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/',
  since: CLAIMS_SINCE,
});

const NONE: readonly Json[] = [];
const listed = new WeakMap<readonly Json[], ReadonlySet<string>>();
const MIRROR = 'kubernetes.io/config.mirror';
const LABEL = 'a DNS label: at most 63 lower case letters, digits and dashes, no dash at either end';

/** Judges the claims that the pod lists. */
export function checkPodClaims(pod: PodSubject): void {
  const { subject } = pod;
  const claims: readonly Json[] = pod.spec.resourceClaims ?? NONE;
  if (claims.length === 0 || subject.minor < CLAIMS_SINCE) return;
  const names = new Set<string>();
  const isMirror = !pod.isTemplate && Object.hasOwn(pod.metadata.annotations ?? {}, MIRROR);
  for (let i = 0; i < claims.length; i++) {
    const path = pod.path.field('resourceClaims').index(i);
    if (isMirror) {
      subject.report(RESOURCE_CLAIM, path, { expected: 'no claims in a static pod', found: quoted(claims[i].name) });
      continue;
    }
    checkName(pod, claims[i].name ?? '', names, path);
    checkSource(pod, claims[i], path);
  }
}

function checkName({ subject }: PodSubject, name: string, names: Set<string>, path: Path): void {
  if (name === '') subject.report(RESOURCE_CLAIM, path.field('name'), { expected: 'a name', found: 'none' });
  else if (names.has(name)) subject.report(RESOURCE_CLAIM, path.field('name'), { expected: 'a name that no other claim has', found: quoted(name) });
  else if (!isDnsLabel(name)) subject.report(RESOURCE_CLAIM, path.field('name'), { expected: LABEL, found: quoted(name) });
  names.add(name);
}

function checkSource({ subject }: PodSubject, { resourceClaimName: claim, resourceClaimTemplateName: template }: Json, path: Path): void {
  if ((claim === undefined) === (template === undefined)) {
    subject.report(RESOURCE_CLAIM, path, { expected: 'resourceClaimName or resourceClaimTemplateName', found: claim === undefined ? 'none' : 'both' });
  }
  if (claim !== undefined && !isDnsSubdomain(claim)) {
    subject.report(RESOURCE_CLAIM, path.field('resourceClaimName'), { expected: 'the name of a ResourceClaim', found: quoted(claim) });
  }
  if (template !== undefined && !isDnsSubdomain(template)) {
    subject.report(RESOURCE_CLAIM, path.field('resourceClaimTemplateName'), { expected: 'the name of a ResourceClaimTemplate', found: quoted(template) });
  }
}

/** Names of the claims that a pod lists, gathered once for all its containers. */
function listedBy(claims: readonly Json[]): ReadonlySet<string> {
  let names = listed.get(claims);
  if (!names) listed.set(claims, names = new Set(claims.map(({ name }) => name as string)));
  return names;
}

/** Judges which of the claims a container uses; `whole` are those used in full, `parts` those of which single requests are used. */
export function checkClaimUses(pod: PodSubject, uses: readonly Json[], path: Path): void {
  const { subject } = pod;
  if (subject.minor < CLAIMS_SINCE) return;
  const names = listedBy(pod.spec.resourceClaims ?? NONE);
  const whole = new Set<string>();
  const parts = new Map<string, Set<string>>();
  for (let i = 0; i < uses.length; i++) {
    const { name = '', request = '' } = uses[i];
    const at = path.index(i);
    if (name === '') {
      subject.report(RESOURCE_CLAIM, at, { expected: 'the name of a claim of the pod', found: 'none' });
      continue;
    }
    if (request !== '' && !whole.has(name) && !isDnsLabel(request)) {
      subject.report(RESOURCE_CLAIM, at.field('request'), { expected: LABEL, found: quoted(request) });
    }
    const others = parts.get(name);
    if (whole.has(name) || (request === '' ? others !== undefined : others?.has(request))) {
      subject.report(RESOURCE_CLAIM, at, { expected: 'a claim or request that the container uses once', found: quoted(name) });
    }
    if (request === '') whole.add(name);
    else if (others) others.add(request);
    else parts.set(name, new Set([request]));
    if (!names.has(name)) subject.report(RESOURCE_CLAIM, at, { expected: 'a claim in resourceClaims of the pod', found: quoted(name) });
  }
}
