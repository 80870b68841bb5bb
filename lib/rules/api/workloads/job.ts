import { effectiveName } from '../metadata/names';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel, isDnsSubdomain } from '../../../private/name-forms';
import { quoted } from '../../values/quote';
import { checkIndexed } from './indexed';
import { checkJobSelector } from './job-selector';
import { checkNotNegative } from './numbers';
import { checkPodFailurePolicy } from './pod-failure-policy';
import { checkSuccessPolicy } from './success-policy';
import { checkEndingTemplate } from './templates';

export const DERIVED_NAME = errorRule({
  id: 'api/derived-name',
  title: 'A name has room for what a controller puts behind it',
  why: 'The pods of an Indexed Job are called by the job and their index, a Job of a CronJob by the CronJob and the time. The API server '
    + 'refuses a name that becomes too long for a host name by that.',
  fix: 'shorten the name',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode',
});

export const REPLACEMENT_POLICY = errorRule({
  id: 'api/pod-replacement-policy',
  title: 'Pods of a Job are replaced when they failed, or already when they terminate',
  why: 'podReplacementPolicy is TerminatingOrFailed or Failed, and only Failed beside a podFailurePolicy, which has to see how the pod ends. '
    + 'The API server refuses the rest.',
  fix: 'use Failed, or leave `podReplacementPolicy` out',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-replacement-policy',
});

export const MANAGED_BY = errorRule({
  id: 'api/managed-by',
  title: 'Another controller of a Job is named with its domain',
  why: 'managedBy is a path behind a domain, at most 63 characters. The API server refuses anything else.',
  fix: 'name the controller as its documentation does, such as `kueue.x-k8s.io/multikueue`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#delegation-of-managing-a-job-object-to-external-controller',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const COUNTS = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished'];
const HTTP_PATH = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;
const MANAGED_BY_MAX = 63;

/** The first releases that look at a field which earlier ones drop. */
const REPLACEMENT_SINCE = 29;
const SUCCESS_POLICY_SINCE = 31;
const MANAGED_BY_SINCE = 32;

export function checkJob(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  // where both are left out, both become 1
  const { parallelism } = spec;
  const completions: number | undefined = spec.completions ?? (parallelism === undefined ? 1 : undefined);
  checkJobSpec(subject, spec, SPEC, completions);
  checkJobSelector(subject, spec);
  if (spec.completionMode === 'Indexed' && completions !== undefined && completions > 0) checkPodNames(subject, completions);
}

/** The spec of a Job, also where it stands in a CronJob. */
export function checkJobSpec(subject: Subject, spec: Json, path: Path, completions: number | undefined): void {
  checkNotNegative(subject, spec, path, COUNTS);
  checkIndexed(subject, spec, path, completions);
  if (spec.podFailurePolicy !== undefined) checkPodFailurePolicy(subject, spec, path);
  if (spec.successPolicy !== undefined && subject.minor >= SUCCESS_POLICY_SINCE) checkSuccessPolicy(subject, spec, path, completions);
  if (spec.podReplacementPolicy !== undefined && subject.minor >= REPLACEMENT_SINCE) checkReplacement(subject, spec, path);
  if (spec.managedBy !== undefined && subject.minor >= MANAGED_BY_SINCE) checkManagedBy(subject, spec.managedBy, path);
  checkEndingTemplate(subject, spec, path);
}

function checkPodNames(subject: Subject, completions: number): void {
  const name = effectiveName(subject.json.metadata ?? EMPTY);
  const longest = `${name}-${completions - 1}`;
  if (isDnsLabel(longest)) return;
  subject.report(DERIVED_NAME, Path.ROOT.fields('metadata', 'name'), {
    expected: 'a name that is a DNS label of at most 63 characters with the last index behind it', found: quoted(longest),
  });
}

function checkReplacement(subject: Subject, { podReplacementPolicy: policy, podFailurePolicy }: Json, path: Path): void {
  if (policy === 'Failed' || (policy === 'TerminatingOrFailed' && podFailurePolicy === undefined)) return;
  subject.report(REPLACEMENT_POLICY, path.field('podReplacementPolicy'), {
    expected: podFailurePolicy === undefined ? 'Failed or TerminatingOrFailed' : 'Failed beside a podFailurePolicy', found: quoted(policy),
  });
}

function checkManagedBy(subject: Subject, managedBy: string, path: Path): void {
  const slash = managedBy.indexOf('/');
  const isPath = slash > 0 && isDnsSubdomain(managedBy.slice(0, slash)) && HTTP_PATH.test(managedBy.slice(slash + 1));
  if (isPath && managedBy.length <= MANAGED_BY_MAX) return;
  subject.report(MANAGED_BY, path.field('managedBy'), {
    expected: `a domain, / and a path, at most ${MANAGED_BY_MAX} characters altogether`, found: quoted(managedBy),
  });
}
