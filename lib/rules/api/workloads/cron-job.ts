import { effectiveName } from '../metadata/names';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { scheduleProblem } from '../../values/cron';
import { isTimeZone } from '../../values/time-zone';
import { oneOf, quoted } from '../../values/quote';
import { checkJobSpec, DERIVED_NAME } from './job';
import { JOB_SELECTOR } from './job-selector';
import { checkNotNegative } from './numbers';

export const SCHEDULE = errorRule({
  id: 'api/schedule',
  title: 'A CronJob has a schedule that can be read',
  why: 'The API server refuses a schedule that is not five fields of minute, hour, day, month and weekday, each with values that exist, and '
    + 'a time zone in it.',
  fix: 'use a schedule such as "0 2 * * *", every night at two, and `timeZone` for the zone',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax',
});

export const TIME_ZONE = errorRule({
  id: 'api/time-zone',
  title: 'The time zone of a CronJob is a name of the time zone database',
  why: 'The API server refuses a time zone that it cannot find, and its own local one. Capitals matter; abbreviations and offsets are no names.',
  fix: 'use a name such as `Etc/UTC` or `Europe/Berlin`, or leave `timeZone` out',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones',
});

export const CONCURRENCY_POLICY = errorRule({
  id: 'api/concurrency-policy',
  title: 'Runs of a CronJob may overlap, wait for each other or replace each other',
  why: 'concurrencyPolicy is Allow, Forbid or Replace. The API server refuses anything else.',
  fix: 'use Forbid for backups and whatever else writes to one place',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
});

const SPEC = Path.ROOT.field('spec');
const JOB = SPEC.fields('jobTemplate', 'spec');
const EMPTY: Json = {};
const COUNTS = ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit'];
const POLICIES = ['Allow', 'Forbid', 'Replace'];
/** A Job gets `-` and 10 digits of the time behind the name, and has 63. */
const NAME_MAX = 52;
/** The first release that refuses a time zone in the schedule. */
const NO_ZONE_SINCE = 29;

export function checkCronJob(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  const name = effectiveName(subject.json.metadata ?? EMPTY);
  if (name.length > NAME_MAX) {
    subject.report(DERIVED_NAME, Path.ROOT.fields('metadata', 'name'), { expected: `at most ${NAME_MAX} characters: a Job gets 11 more`, found: `${quoted(name)} of ${name.length}` });
  }
  checkSchedule(subject, spec);
  checkNotNegative(subject, spec, SPEC, COUNTS);
  if (spec.timeZone !== undefined && !isTimeZone(spec.timeZone)) {
    subject.report(TIME_ZONE, SPEC.field('timeZone'), { expected: 'a name of the time zone database', found: quoted(spec.timeZone) });
  }
  if (spec.concurrencyPolicy && !POLICIES.includes(spec.concurrencyPolicy)) {
    subject.report(CONCURRENCY_POLICY, SPEC.field('concurrencyPolicy'), { expected: oneOf(POLICIES), found: quoted(spec.concurrencyPolicy) });
  }
  const job: Json = spec.jobTemplate?.spec ?? EMPTY;
  checkJobSpec(subject, job, JOB, job.completions);
  if (job.selector !== undefined) {
    subject.report(JOB_SELECTOR, JOB.field('selector'), { expected: 'no selector: each Job gets its own', found: quoted(job.selector) });
  }
  if (job.manualSelector === true) {
    subject.report(JOB_SELECTOR, JOB.field('manualSelector'), { expected: 'no manualSelector: each Job gets its own', found: 'true' });
  }
}

function checkSchedule(subject: Subject, { schedule, timeZone }: Json): void {
  if (!schedule) {
    subject.report(SCHEDULE, SPEC.field('schedule'), { expected: 'a schedule', found: quoted(schedule) });
    return;
  }
  const expected = schedule.includes('TZ') && (subject.minor >= NO_ZONE_SINCE || timeZone !== undefined)
    ? 'a schedule without a time zone in it' : scheduleProblem(schedule);
  if (expected !== undefined) subject.report(SCHEDULE, SPEC.field('schedule'), { expected, found: quoted(schedule) });
}
