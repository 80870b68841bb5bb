import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import { Path } from '../engine/path';
import { infoRule, warningRule, type Rule } from '../engine/rule';
import { quoted } from '../values/quote';
import type { Load } from '../train/loads';
import { commandPath, type ContainerFacts, mountOver, type PodFacts } from '../train/pod-facts';

const CRON_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';

export const BACKUP_OVERLAP = warningRule({
  id: 'keep/backup-overlap',
  title: 'One run of a backup ends before the next begins',
  why: 'A run that takes longer than a period meets the next one: both copy the same files to the same place, and each makes the other slower.',
  fix: 'set concurrencyPolicy: Forbid',
  link: `${CRON_DOCS}#concurrency-policy`,
});

export const BACKUP_GROWS = warningRule({
  id: 'keep/backup-grows',
  title: 'A backup is kept for a time, not for ever',
  why: 'A prefix for each date is a full copy for each run, and nothing deletes the old ones: the bill grows by the whole data every night.',
  fix: 'copy to the same prefix of a bucket with versioning and a lifecycle rule, or use a tool that keeps differences, such as restic',
  link: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html',
});

export const BACKUP_DEADLINE = infoRule({
  id: 'keep/backup-deadline',
  title: 'A run of a backup that hangs is ended',
  why: 'A run that never ends keeps all later ones from starting under Forbid, and piles them up otherwise. Nobody is told.',
  fix: 'set activeDeadlineSeconds of the Job, and startingDeadlineSeconds of the CronJob',
  link: `${CRON_DOCS}#starting-deadline`,
});

export const BACKUP_TIME_ZONE = infoRule({
  id: 'keep/backup-time-zone',
  title: 'The schedule of a backup says its time zone',
  why: 'Without one it is that of the controller manager, which another cluster may have set otherwise.',
  fix: 'set timeZone, as Etc/UTC',
  link: `${CRON_DOCS}#time-zones`,
});

export const BACKUP_JOB_RULES: readonly Rule[] = [BACKUP_OVERLAP, BACKUP_GROWS, BACKUP_DEADLINE, BACKUP_TIME_ZONE];

const SPEC = Path.ROOT.field('spec');
const DATED = /\$?\$[({]\s*(date\b|TIMESTAMP|DATE|NOW|TODAY)|`date\b/;
const DELETES = /\b(s3 rm|s3api delete|gsutil (-m )?rm|storage rm|rclone (delete|purge)|forget --|--max-age|--min-age|lifecycle)\b/;

/** Holds CronJobs that copy volumes to an object store. */
export function checkBackupJobs(facts: PodFacts): void {
  const { pod } = facts;
  if (pod.kind !== 'CronJob') return;
  for (const container of facts.containers) {
    const upload = uploadOf(container);
    if (!upload) continue;
    checkSchedule(pod);
    checkTarget(facts, container, upload);
    return;
  }
}

/** What copies a volume. */
function uploadOf(container: ContainerFacts): Load | undefined {
  return container.loads.find(({ uploadTo, from = '' }) => uploadTo !== undefined && mountOver(container, from) !== undefined);
}

function checkSchedule({ subject, controller }: PodSubject): void {
  const spec: Json = subject.json.spec;
  if (spec.concurrencyPolicy === undefined || spec.concurrencyPolicy === 'Allow') {
    subject.report(BACKUP_OVERLAP, SPEC.field('concurrencyPolicy'), {
      expected: 'Forbid', found: spec.concurrencyPolicy === undefined ? 'none, which is Allow' : '"Allow"',
    });
  }
  if (controller.activeDeadlineSeconds === undefined) {
    subject.report(BACKUP_DEADLINE, SPEC.fields('jobTemplate', 'spec', 'activeDeadlineSeconds'), { expected: 'a time after which a run is ended', found: 'none' });
  }
  if (spec.timeZone === undefined) {
    subject.report(BACKUP_TIME_ZONE, SPEC.field('timeZone'), { expected: 'a time zone', found: 'none, which is that of the controller manager' });
  }
}

function checkTarget(facts: PodFacts, container: ContainerFacts, { uploadTo = '' }: Load): void {
  const { script } = container.line;
  const variable = /\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?/.exec(uploadTo)?.[1];
  const isDated = DATED.test(uploadTo) || (variable !== undefined && script !== undefined && isSetToDate(script.text, variable));
  if (!isDated || (script && DELETES.test(script.text))) return;
  facts.pod.subject.report(BACKUP_GROWS, commandPath(facts, container), {
    expected: 'one place for all runs, or an end of old copies', found: `a new copy for each date, to ${quoted(uploadTo)}`,
  });
}

/** `STAMP=$(date +%F)`, then `s3://backups/$STAMP/`. */
function isSetToDate(text: string, variable: string): boolean {
  const at = text.indexOf(`${variable}=`);
  return at >= 0 && DATED.test(text.slice(at, at + 80));
}
