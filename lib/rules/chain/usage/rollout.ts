import { titleOf } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { warningRule, type Rule } from '../../engine/rule';
import { countOrPercent } from '../../values/int-or-percent';
import { quoted } from '../../values/quote';
import { factsOf } from '../../train/pod-facts';
import { modesOf, writes, type HeldClaim, type Reach } from './holders';
import { isDrawn, nodeOf } from './placement';

export const ROLLING_UPDATE = warningRule({
  id: 'chain/rolling-update',
  title: 'A Deployment whose claim only one pod or node can have lets go of it before it updates',
  why: 'A rolling update starts the new pod first. It waits for the claim, and the old pod, which has it, waits for the new one: the '
    + 'update hangs for ever.',
  fix: 'set `strategy.type: Recreate`, or use a StatefulSet',
  link: 'https://github.com/kubernetes/kubernetes/issues/115997',
});
export const CRON_OVERLAP = warningRule({
  id: 'chain/cron-overlap',
  title: 'Runs of a CronJob that write to a claim do not overlap',
  why: 'With `concurrencyPolicy: Allow`, the default, a run that takes long is joined by the next one, and both write to the same files.',
  fix: 'set `concurrencyPolicy: Forbid`, or Replace',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
});

export const ROLLOUT_RULES: readonly Rule[] = [ROLLING_UPDATE, CRON_OVERLAP];

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const DEFAULT_SHARE = '25%';
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Judges Deployments that hold a claim of one pod or node. */
export function checkRollout({ claim, name, holders }: HeldClaim, reach: () => Reach): void {
  for (const { pod, copies } of holders) {
    // more than one pod is found by the access mode
    if (pod.subject.manifest.type !== 'apps/Deployment' || copies !== 1 || !surges(pod.controller)) continue;
    const modes = modesOf(claim);
    const isOnePod = modes.includes('ReadWriteOncePod');
    if (!isOnePod && !(modes.length === 1 && modes[0] === 'ReadWriteOnce' && isDisk(reach()) && nodeOf(pod) === undefined && !isDrawn(pod))) continue;
    pod.subject.report(ROLLING_UPDATE, SPEC.fields('strategy', 'type'), {
      expected: `Recreate: claim ${name} is ${isOnePod ? 'ReadWriteOncePod' : 'ReadWriteOnce'}`,
      found: quoted(pod.controller.strategy?.type ?? 'RollingUpdate'),
    });
  }
}

/** Whether it may be one that is attached to a node: pods follow the disk of a node, and reach a network from anywhere. */
function isDisk(reach: Reach): boolean {
  return reach !== 'file' && reach !== 'object' && reach !== 'local';
}

/** Whether the one old pod stays until a new one is ready: shares of one pod are rounded down, so that none may be missing. */
function surges({ strategy = EMPTY }: Json): boolean {
  if ((strategy.type ?? 'RollingUpdate') !== 'RollingUpdate') return false;
  const { maxSurge = DEFAULT_SHARE, maxUnavailable = DEFAULT_SHARE } = strategy.rollingUpdate ?? EMPTY;
  const missing = typeof maxUnavailable === 'string' ? Math.floor((countOrPercent(maxUnavailable) ?? 0) / 100) : maxUnavailable;
  return missing === 0 && countOrPercent(maxSurge) !== 0;
}

/** Judges CronJobs that write to claims. */
export function checkOverlap({ name, holders }: HeldClaim): void {
  for (const holder of holders) {
    const { subject, kind, controller } = holder.pod;
    if (kind !== 'CronJob' || !writes(holder)) continue;
    const spec: Json = subject.json.spec;
    if ((spec.concurrencyPolicy ?? 'Allow') !== 'Allow' || endsInTime(controller, spec.schedule) || isBackup(holder.pod)) continue;
    subject.report(CRON_OVERLAP, SPEC.field('concurrencyPolicy'), {
      expected: `Forbid or Replace: ${titleOf(subject.manifest)} writes to claim ${name}`, found: quoted(spec.concurrencyPolicy ?? 'Allow'),
    });
  }
}

/** Runs of backups are judged with the backups. */
function isBackup(pod: PodSubject): boolean {
  return factsOf(pod).containers.some(container => container.loads.some(({ uploadTo }) => uploadTo !== undefined));
}

/** Whether a run is ended before the next one can start. */
function endsInTime({ activeDeadlineSeconds }: Json, schedule: unknown): boolean {
  return typeof activeDeadlineSeconds === 'number' && typeof schedule === 'string' && activeDeadlineSeconds < shortestOf(schedule);
}

/** Seconds that are at least between two runs, as far as a schedule shows it. */
function shortestOf(schedule: string): number {
  const text = schedule.trim();
  if (text === '@hourly') return HOUR;
  if (text.startsWith('@')) return /^@(daily|midnight|weekly|monthly|yearly|annually)$/.test(text) ? DAY : MINUTE;
  const [minute, hour = '*'] = text.replace(/^(?:CRON_)?TZ=\S+\s+/, '').split(/\s+/);
  if (!/^\d+$/.test(minute)) return MINUTE * stepOf(minute, 60);
  return /^\d+$/.test(hour) ? DAY : HOUR * stepOf(hour, 24);
}

/** Least distance between two values of a field: the one over its end can be shorter than the step. */
function stepOf(field: string, range: number): number {
  const step = Number(/^\*\/(\d+)$/.exec(field)?.[1] ?? 1);
  if (!(step > 0)) return 1;
  return step >= range ? range : range % step || step;
}
