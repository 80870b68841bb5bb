import { nearest } from '../../private/nearest';
import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { INT32_MAX } from '../schema/scalars';
import { oneOf, quoted } from '../values/quote';
import { JOB_SET_REFUSES, JOB_SET_WEBHOOK, jobPath, type JobSetSpec } from './job-set';

export const JOB_SET_ORDER = errorRule({
  id: 'silent/job-set-order',
  title: 'A replicated job depends on ones that stand before it',
  why: `Jobs are started in the order in which they are written. ${JOB_SET_REFUSES}`,
  fix: 'move the job that is depended on to the front',
  link: JOB_SET_WEBHOOK,
});

export const JOB_SET_TARGET = errorRule({
  id: 'silent/job-set-target',
  title: 'Policies of a JobSet are about its own replicated jobs',
  why: JOB_SET_REFUSES,
  fix: 'write the name of a replicated job of the same JobSet',
  link: JOB_SET_WEBHOOK,
});

export const JOB_SET_FAILURE_RULE = errorRule({
  id: 'silent/job-set-failure-rule',
  title: 'Each rule of a failure policy has a name of its own',
  why: JOB_SET_REFUSES,
  fix: 'give each rule another name: letters, digits, _ , and :, of which the first is a letter; or none, and one is made',
  link: JOB_SET_WEBHOOK,
});

export const JOB_SET_SIZE = errorRule({
  id: 'silent/job-set-size',
  title: 'A replicated job makes no more pods than 32 bits count',
  why: JOB_SET_REFUSES,
  fix: 'lower replicas or parallelism',
  link: JOB_SET_WEBHOOK,
});

export const JOB_SET_POLICY_RULES: readonly Rule[] = [JOB_SET_ORDER, JOB_SET_TARGET, JOB_SET_FAILURE_RULE, JOB_SET_SIZE];

const RULE_NAME = /^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/;
const RULE_NAME_MAX = 128;

/** Judges what replicated jobs are to each other, and what the policies say about them. */
export function checkJobSetPolicies(set: JobSetSpec): void {
  const names = new Set<string>();
  for (let i = 0; i < set.jobs.length; i++) {
    checkOrder(set, i, names);
    checkSize(set, i);
    if (set.jobs[i].name !== undefined) names.add(set.jobs[i].name);
  }
  const { subject, spec, path } = set;
  checkTargets(subject, spec.successPolicy?.targetReplicatedJobs, names, path.field('successPolicy'));
  if (spec.failurePolicy?.rules !== undefined) checkFailureRules(subject, spec.failurePolicy.rules as Json[], names, path.fields('failurePolicy', 'rules'));
  if (spec.coordinator !== undefined) checkCoordinator(set, names);
}

function checkOrder({ subject, jobs, path }: JobSetSpec, i: number, before: ReadonlySet<string>): void {
  const needed: Json[] = jobs[i].dependsOn ?? [];
  needed.forEach((one, n) => {
    if (before.has(one.name)) return;
    subject.report(JOB_SET_ORDER, jobPath(path, i).field('dependsOn').index(n).field('name'), {
      expected: i === 0 ? 'no dependsOn in the first replicated job' : `one of the jobs before it: ${oneOf([...before])}`,
      found: quoted(one.name),
    });
  });
}

function checkSize({ subject, jobs, path }: JobSetSpec, i: number): void {
  const replicas: number = jobs[i].replicas ?? 1;
  const parallelism: number = jobs[i].template?.spec?.parallelism ?? 1;
  if (replicas * parallelism <= INT32_MAX) return;
  subject.report(JOB_SET_SIZE, jobPath(path, i).field('replicas'), {
    expected: `at most ${INT32_MAX} pods`, found: `${replicas} replicas of ${parallelism}`,
  });
}

function checkTargets(subject: Subject, targets: readonly string[] | undefined, names: ReadonlySet<string>, path: Path): void {
  targets?.forEach((target, i) => checkTarget(subject, target, names, path.field('targetReplicatedJobs').index(i)));
}

function checkTarget(subject: Subject, target: string, names: ReadonlySet<string>, path: Path): void {
  if (names.has(target)) return;
  const meant = nearest(target, [...names]);
  subject.report(JOB_SET_TARGET, path, {
    expected: `a replicated job: ${oneOf([...names])}`, found: quoted(target), ...meant === undefined ? {} : { fix: `did you mean ${meant}?` },
  });
}

function checkFailureRules(subject: Subject, rules: readonly Json[], names: ReadonlySet<string>, path: Path): void {
  const seen = new Set<string>();
  rules.forEach(({ name, targetReplicatedJobs }, i) => {
    checkTargets(subject, targetReplicatedJobs, names, path.index(i));
    // the webhook makes one up for a rule without
    const own: string = name || `failurePolicyRule${i}`;
    if (!RULE_NAME.test(own) || own.length > RULE_NAME_MAX) {
      subject.report(JOB_SET_FAILURE_RULE, path.index(i).field('name'), {
        expected: `at most ${RULE_NAME_MAX} letters, digits, _ , and :, of which the first is a letter`, found: quoted(own),
      });
    } else if (seen.has(own)) {
      subject.report(JOB_SET_FAILURE_RULE, path.index(i).field('name'), { expected: 'a name that no rule before it has', found: quoted(own) });
    }
    seen.add(own);
  });
}

function checkCoordinator({ subject, spec, path, jobs }: JobSetSpec, names: ReadonlySet<string>): void {
  const { replicatedJob, jobIndex = 0, podIndex = 0 } = spec.coordinator as Json;
  const at = path.field('coordinator');
  if (!names.has(replicatedJob)) return checkTarget(subject, String(replicatedJob ?? ''), names, at.field('replicatedJob'));
  const { replicas = 1, template }: Json = jobs.find(({ name }) => name === replicatedJob)!;
  const { completionMode = 'Indexed', completions, parallelism = 1 }: Json = template?.spec ?? {};
  const pods: number = completions ?? parallelism;
  if (jobIndex < 0 || jobIndex >= replicas) {
    subject.report(JOB_SET_TARGET, at.field('jobIndex'), { expected: `0 to ${replicas - 1}`, found: String(jobIndex) });
  } else if (completionMode !== 'Indexed') {
    subject.report(JOB_SET_TARGET, at.field('replicatedJob'), { expected: 'a job with completionMode Indexed', found: quoted(completionMode) });
  } else if (podIndex < 0 || podIndex >= pods) {
    subject.report(JOB_SET_TARGET, at.field('podIndex'), { expected: `0 to ${pods - 1}`, found: String(podIndex) });
  }
}
