import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkIntOrPercent, checkNotOverWhole, countOrPercent } from '../../values/int-or-percent';
import { oneOf, quoted } from '../../values/quote';
import { checkNotNegative } from './numbers';

export const UPDATE_STRATEGY = errorRule({
  id: 'api/update-strategy',
  title: 'A workload is updated by a strategy of its kind',
  why: 'The API server refuses other strategies, and `rollingUpdate` beside a strategy that does not roll.',
  fix: 'use RollingUpdate; or Recreate for a Deployment, OnDelete for a StatefulSet or DaemonSet, without `rollingUpdate`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
});

export const ROLLING_UPDATE = errorRule({
  id: 'api/rolling-update',
  title: 'A rolling update has room to begin: a pod more, or a pod fewer',
  why: 'maxSurge and maxUnavailable are counts or percentages. If both are 0 no pod can be replaced; a DaemonSet takes only one of the two; '
    + 'no more than all pods can be missing. The API server refuses the rest.',
  fix: 'set one of `maxSurge` and `maxUnavailable` to 1 or "25%"',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment',
});

const SPEC = Path.ROOT.field('spec');
const STRATEGY_ROLLING = SPEC.fields('strategy', 'rollingUpdate');
const UPDATE_ROLLING = SPEC.fields('updateStrategy', 'rollingUpdate');
const ROLLING = 'RollingUpdate';
const RECREATE = 'Recreate';
const ON_DELETE = 'OnDelete';
const NONE: Json = {};
const PARTITION = ['partition'];

/** `spec.strategy` of a Deployment. */
export function checkDeploymentStrategy(subject: Subject, strategy: Json = NONE): void {
  const type = strategy.type || ROLLING;
  if (!isKnown(subject, type, [RECREATE, ROLLING], 'strategy')) return;
  const { rollingUpdate } = strategy;
  if (rollingUpdate === undefined) return;
  const path = STRATEGY_ROLLING;
  if (type === RECREATE) {
    subject.report(UPDATE_STRATEGY, path, { expected: 'no rollingUpdate beside Recreate', found: quoted(rollingUpdate) });
    return;
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate;
  checkShares(subject, rollingUpdate, path);
  checkNotOverWhole(subject, ROLLING_UPDATE, maxUnavailable, path, 'maxUnavailable');
  if (countOrPercent(maxSurge) === 0 && countOrPercent(maxUnavailable) === 0) {
    subject.report(ROLLING_UPDATE, path.field('maxUnavailable'), { expected: 'more than 0 where maxSurge is 0', found: quoted(maxUnavailable) });
  }
}

/** `spec.updateStrategy` of a DaemonSet, which may keep `rollingUpdate` beside OnDelete. */
export function checkDaemonStrategy(subject: Subject, strategy: Json = NONE): void {
  const type = strategy.type || ROLLING;
  if (!isKnown(subject, type, [ROLLING, ON_DELETE], 'updateStrategy') || type !== ROLLING || strategy.rollingUpdate === undefined) return;
  const { rollingUpdate } = strategy;
  const { maxSurge = 0, maxUnavailable = 1 } = rollingUpdate;
  const path = UPDATE_ROLLING;
  checkShares(subject, rollingUpdate, path);
  checkNotOverWhole(subject, ROLLING_UPDATE, maxUnavailable, path, 'maxUnavailable');
  checkNotOverWhole(subject, ROLLING_UPDATE, maxSurge, path, 'maxSurge');
  const surge = countOrPercent(maxSurge);
  const unavailable = countOrPercent(maxUnavailable);
  if (surge === 0 && unavailable === 0) {
    subject.report(ROLLING_UPDATE, path.field('maxUnavailable'), { expected: 'more than 0 where maxSurge is 0', found: quoted(maxUnavailable) });
  } else if (surge && unavailable) {
    subject.report(ROLLING_UPDATE, path.field('maxSurge'), { expected: `0 where maxUnavailable is ${quoted(maxUnavailable)}`, found: quoted(maxSurge) });
  }
}

/** `spec.updateStrategy` of a StatefulSet; its maxUnavailable is dropped unseen as long as its feature gate is off. */
export function checkStatefulStrategy(subject: Subject, strategy: Json = NONE): void {
  const type = strategy.type || ROLLING;
  if (!isKnown(subject, type, [ROLLING, ON_DELETE], 'updateStrategy') || strategy.rollingUpdate === undefined) return;
  const path = UPDATE_ROLLING;
  if (type === ROLLING) checkNotNegative(subject, strategy.rollingUpdate, path, PARTITION);
  else subject.report(UPDATE_STRATEGY, path, { expected: `no rollingUpdate beside ${ON_DELETE}`, found: quoted(strategy.rollingUpdate) });
}

function checkShares(subject: Subject, { maxSurge, maxUnavailable }: Json, path: Path): void {
  checkIntOrPercent(subject, ROLLING_UPDATE, maxSurge, path, 'maxSurge');
  checkIntOrPercent(subject, ROLLING_UPDATE, maxUnavailable, path, 'maxUnavailable');
}

function isKnown(subject: Subject, type: string, known: readonly string[], field: string): boolean {
  if (known.includes(type)) return true;
  subject.report(UPDATE_STRATEGY, SPEC.field(field), { expected: `the type ${oneOf(known)}`, found: quoted(type) });
  return false;
}
