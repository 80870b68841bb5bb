import { titleOf, type BundleView } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { infoRule, type Rule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { valueOf } from '../../values/quantity';
import { checkMadeNames, NAME_TAKEN } from './made-names';

export const CLAIM_ADOPTED = infoRule({
  id: 'chain/adopted-claim',
  title: 'A claim that stands in for one of a StatefulSet is like its template',
  why: 'The StatefulSet takes the claim as it is, and does not change it to what its template says.',
  fix: 'give the claim the class and the size of the template, or another name',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage',
});

export const DERIVED_NAME_RULES: readonly Rule[] = [NAME_TAKEN, CLAIM_ADOPTED];

const FEW = 100;
const REQUEST = Path.ROOT.fields('spec', 'resources', 'requests').key('storage');

/** Judges the names of what controllers make against those of the bundle. */
export function checkDerivedNames(view: BundleView): void {
  checkMadeNames(view);
  for (const claim of view.claims) {
    if (claim.origin === 'claim') checkAdopted(view, claim);
    else if (claim.origin === 'template') checkTemplate(claim, view.claimRivals.get(claim));
    else checkEphemeral(view, claim);
  }
}

/** Template `a` of `b-c` and template `a-b` of `c` make claims of the same names. */
function checkTemplate(claim: Claim, other: Claim | undefined): void {
  const { manifest } = claim.subject;
  if (!other || other.subject.manifest.name === manifest.name || !overlap(claim.madeFor!, other.madeFor!)) return;
  const prefix = `${claim.name}-${manifest.name}`;
  claim.subject.report(NAME_TAKEN, claim.path, {
    expected: `claims ${prefix}-<ordinal> to be of ${titleOf(manifest)} alone`, found: `template ${other.name} of ${titleOf(other.subject.manifest)}, which makes claims of the same names`,
  });
}

function overlap(a: PodSubject, b: PodSubject): boolean {
  const from = (pod: PodSubject): number => pod.controller.ordinals?.start ?? 0;
  return Math.max(from(a), from(b)) < Math.min(from(a) + (a.copies ?? 0), from(b) + (b.copies ?? 0));
}

/** `<pod>-<volume>` is there before the pod. */
function checkEphemeral(view: BundleView, { namespace, name, madeFor, path }: Claim): void {
  const pod = madeFor!;
  const { manifest } = pod.subject;
  const names = pod.kind === 'Pod' ? [manifest.name] : pod.kind === 'StatefulSet' ? podNames(pod) : [];
  for (const podName of names) {
    const taken = view.claim(namespace, `${podName}-${name}`);
    if (!taken || taken.subject.manifest.external) continue;
    pod.subject.report(NAME_TAKEN, path, {
      expected: `no claim ${podName}-${name}: it is made for volume ${quoted(name)} of pod ${podName}`, found: `${titleOf(taken.subject.manifest)}, which is another's`,
    });
    return;
  }
}

/** Of a StatefulSet: the first few are enough to see what is taken. */
function podNames({ subject, copies = 0, controller }: PodSubject): string[] {
  const first: number = controller.ordinals?.start ?? 0;
  return Array.from({ length: Math.max(0, Math.min(copies, FEW)) }, (_, i) => `${subject.manifest.name}-${first + i}`);
}

/** A claim that was made before, to start from a snapshot, is adopted: what differs from the template stays so. */
function checkAdopted(view: BundleView, claim: Claim): void {
  if (claim.subject.manifest.external) return;
  const template = view.claimTemplate(claim.namespace, claim.name);
  if (!template) return;
  const size = valueOf(claim.spec.resources?.requests?.storage);
  const wanted = valueOf(template.spec.resources?.requests?.storage);
  if (size === undefined || wanted === undefined || size >= wanted) return;
  claim.subject.report(CLAIM_ADOPTED, REQUEST, {
    expected: `at least ${template.spec.resources.requests.storage}, as template ${template.name} of ${titleOf(template.subject.manifest)}`,
    found: quoted(claim.spec.resources.requests.storage),
  });
}
