import { titleOf, type BundleView } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule, infoRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { valueOf } from '../../values/quantity';

export const NAME_TAKEN = errorRule({
  id: 'chain/derived-name',
  title: 'A name that a controller gives is nobody else\'s',
  why: 'A StatefulSet cannot make the pod train-0 where there is one already, and a pod does not start where the claim of its ephemeral '
    + 'volume is there before. Two StatefulSets whose claims have the same names share them.',
  fix: 'give one of the two another name',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-identity',
});
export const CLAIM_ADOPTED = infoRule({
  id: 'chain/adopted-claim',
  title: 'A claim that stands in for one of a StatefulSet is like its template',
  why: 'The StatefulSet takes the claim as it is, and does not change it to what its template says.',
  fix: 'give the claim the class and the size of the template, or another name',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage',
});

export const DERIVED_NAME_RULES: readonly Rule[] = [NAME_TAKEN, CLAIM_ADOPTED];

const FEW = 100;
const NAME_MAX = 253;
const NAME = Path.ROOT.fields('metadata', 'name');
const REQUEST = Path.ROOT.fields('spec', 'resources', 'requests').key('storage');

/** Judges the names of what controllers make against those of the bundle. */
export function checkDerivedNames(view: BundleView): void {
  for (const subject of view.all('Pod')) checkPodName(view, subject);
  for (const subject of view.all('batch/Job')) checkJobName(view, subject);
  for (const claim of view.claims) {
    if (claim.origin === 'claim') checkAdopted(view, claim);
    else if (claim.origin === 'template') checkTemplate(claim, view.claimRivals.get(claim));
    else checkEphemeral(view, claim);
  }
}

/** `train-0` beside the StatefulSet `train`. */
function checkPodName(view: BundleView, subject: Subject): void {
  const { namespace, name, external } = subject.manifest;
  const dash = name.lastIndexOf('-');
  if (external || dash < 0 || !/^(0|[1-9]\d*)$/.test(name.slice(dash + 1))) return;
  const set = view.find('apps/StatefulSet', namespace, name.slice(0, dash));
  if (!set || set.manifest.external) return;
  const first: number = set.json.spec?.ordinals?.start ?? 0;
  const ordinal = Number(name.slice(dash + 1));
  if (ordinal < first || ordinal >= first + (set.json.spec?.replicas ?? 1)) return;
  set.report(NAME_TAKEN, NAME, { expected: `pods of ${titleOf(set.manifest)} to be the only ones of their names`, found: `Pod ${name} of its own` });
}

/** `set-workers-0` beside the JobSet `set` with replicated jobs `workers`. */
function checkJobName(view: BundleView, subject: Subject): void {
  const { namespace, name, external } = subject.manifest;
  if (external || name.length > NAME_MAX || view.all('jobset.x-k8s.io/JobSet').length === 0) return;
  const last = name.lastIndexOf('-');
  for (let dash = name.lastIndexOf('-', last - 1); dash > 0; dash = name.lastIndexOf('-', dash - 1)) {
    const set = view.find('jobset.x-k8s.io/JobSet', namespace, name.slice(0, dash));
    const jobs: readonly Json[] = Array.isArray(set?.json.spec?.replicatedJobs) ? set.json.spec.replicatedJobs : [];
    const role = name.slice(dash + 1, last);
    const index = name.slice(last + 1);
    if (!set || !jobs.some(job => job.name === role && /^(0|[1-9]\d*)$/.test(index) && Number(index) < (job.replicas ?? 1))) continue;
    set.report(NAME_TAKEN, NAME, { expected: `jobs of ${titleOf(set.manifest)} to be the only ones of their names`, found: `Job ${name} of its own` });
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
