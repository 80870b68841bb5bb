import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import { errorRule, warningRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { DNS_LABEL_MAX } from '../../private/name-forms';
import { quoted } from '../values/quote';
import { JOB_SET_REFUSES, JOB_SET_WEBHOOK, type JobSetSpec } from './job-set';

const CLAIMS = 'https://github.com/kubernetes-sigs/jobset/tree/main/keps/572-stateful-jobset';

export const JOB_SET_CLAIM = errorRule({
  id: 'silent/job-set-claim',
  title: 'A claim that a JobSet makes has a name of its own, which a container mounts',
  why: `All pods of the JobSet share the claim <template>-<job set>; it becomes a volume of those that mount the template's name. ${JOB_SET_REFUSES}`,
  fix: 'mount the name of the template in a container, and have no volume of that name',
  link: JOB_SET_WEBHOOK,
});

export const JOB_SET_CLAIM_DELETED = warningRule({
  id: 'silent/job-set-claim-deleted',
  title: 'A JobSet says what becomes of the claims that it makes',
  why: 'Claims of a JobSet are deleted with it unless they are said to be retained, and with them the checkpoints. With ttlSecondsAfterFinished that happens by itself.',
  fix: 'set retentionPolicy.whenDeleted: Retain, or Delete where nothing in the claim is to be kept',
  link: CLAIMS,
});

export const JOB_SET_CLAIM_RULES: readonly Rule[] = [JOB_SET_CLAIM, JOB_SET_CLAIM_DELETED];

const NONE: readonly Json[] = [];

/** Judges the claims that a JobSet makes for its pods. */
export function checkJobSetClaims({ subject, spec, path, jobs }: JobSetSpec): void {
  const policies: readonly Json[] | undefined = spec.volumeClaimPolicies;
  if (policies === undefined) return;
  const mounted = namesIn(jobs, pod => containersOf(pod).flatMap(container => container.volumeMounts ?? NONE));
  const volumes = namesIn(jobs, pod => pod.volumes ?? NONE);
  const seen = new Set<string>();
  policies.forEach((policy, i) => {
    const at = path.field('volumeClaimPolicies').index(i);
    const templates: readonly Json[] = policy.templates ?? NONE;
    templates.forEach((template, n) => {
      const name: string = template.metadata?.name ?? '';
      checkTemplate(subject, name, { mounted, volumes, seen }, at.field('templates').index(n).fields('metadata', 'name'));
      seen.add(name);
    });
    if (policy.retentionPolicy?.whenDeleted === undefined && templates.length > 0) reportDeleted(subject, spec, at);
  });
}

function reportDeleted(subject: Subject, spec: Json, path: Path): void {
  const after: number | undefined = spec.ttlSecondsAfterFinished;
  subject.report(JOB_SET_CLAIM_DELETED, path.fields('retentionPolicy', 'whenDeleted'), {
    expected: 'Retain or Delete',
    found: after === undefined ? 'none, which is Delete' : `none, which is Delete, ${after} seconds after the JobSet has finished`,
    ...after === undefined ? {} : { severity: Severity.ERROR },
  });
}

interface Names {
  readonly mounted: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
  readonly seen: ReadonlySet<string>;
}

function checkTemplate(subject: Subject, name: string, { mounted, volumes, seen }: Names, path: Path): void {
  const claim = `${name}-${subject.manifest.name}`;
  const isRuntime = subject.manifest.kind !== 'JobSet';
  if (name === '') subject.report(JOB_SET_CLAIM, path, { expected: 'a name', found: 'none' });
  else if (seen.has(name)) subject.report(JOB_SET_CLAIM, path, { expected: 'a name that no template before it has', found: quoted(name) });
  else if (volumes.has(name)) subject.report(JOB_SET_CLAIM, path, { expected: 'no volume of the same name in a pod', found: quoted(name) });
  else if (!mounted.has(name)) subject.report(JOB_SET_CLAIM, path, { expected: 'a name that a container mounts', found: quoted(name) });
  else if (!isRuntime && claim.length > DNS_LABEL_MAX) {
    subject.report(JOB_SET_CLAIM, path, { expected: `a claim <template>-<job set> of at most ${DNS_LABEL_MAX} characters`, found: `${quoted(claim)} of ${claim.length}` });
  }
}

function containersOf(pod: Json): Json[] {
  return [...pod.containers ?? NONE, ...pod.initContainers ?? NONE];
}

function namesIn(jobs: readonly Json[], of: (pod: Json) => readonly Json[]): ReadonlySet<string> {
  return new Set(jobs.flatMap(job => of(job.template?.spec?.template?.spec ?? {}).map(({ name }): string => name)));
}
