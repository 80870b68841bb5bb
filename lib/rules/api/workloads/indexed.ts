import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { checkNotNegative } from './numbers';

export const COMPLETION_MODE = errorRule({
  id: 'api/completion-mode',
  title: 'A Job is NonIndexed or Indexed, and an Indexed one says how many completions it has',
  why: 'The indexes of an Indexed Job run up to its completions, so that the API server refuses one without, and one with more than 100,000 '
    + 'pods at once.',
  fix: 'set `completions`, to `parallelism` for workers that train together',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode',
});

export const INDEX_LIMITS = errorRule({
  id: 'api/index-limits',
  title: 'Limits of failed indexes belong to Indexed Jobs, and fit to their completions',
  why: 'backoffLimitPerIndex and maxFailedIndexes count by index. The API server refuses them without indexes, maxFailedIndexes without '
    + 'backoffLimitPerIndex, and more failed indexes than there can be or than it can keep.',
  fix: 'set `completionMode: Indexed` and `backoffLimitPerIndex`, and `maxFailedIndexes` to no more than `completions`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#backoff-limit-per-index',
});

const INDEXED = 'Indexed';
const NON_INDEXED = 'NonIndexed';
const LIMITS = ['backoffLimitPerIndex', 'maxFailedIndexes'];
const MOST_AT_ONCE = 100_000;
const MOST_FAILED = 100_000;
/** Above so many completions, and with a limit of each index, less is kept. */
const MANY_COMPLETIONS = 100_000;
const MOST_OF_MANY = 10_000;
/** The first release that does not drop the limits. */
const LIMITS_SINCE = 29;

/** @param completions as they are after defaults */
export function checkIndexed(subject: Subject, spec: Json, path: Path, completions: number | undefined): void {
  const { completionMode: mode = NON_INDEXED, parallelism = 1 } = spec;
  if (mode !== INDEXED && mode !== NON_INDEXED) {
    subject.report(COMPLETION_MODE, path.field('completionMode'), { expected: `${NON_INDEXED} or ${INDEXED}`, found: quoted(mode) });
  }
  if (mode === INDEXED && completions === undefined) {
    subject.report(COMPLETION_MODE, path.field('completions'), { expected: 'the number of completions of an Indexed Job', found: 'none' });
  }
  if (mode === INDEXED && parallelism > MOST_AT_ONCE) {
    subject.report(COMPLETION_MODE, path.field('parallelism'), { expected: `at most ${MOST_AT_ONCE} in an Indexed Job`, found: quoted(parallelism) });
  }
  if ((spec.backoffLimitPerIndex === undefined && spec.maxFailedIndexes === undefined) || subject.minor < LIMITS_SINCE) return;
  checkNotNegative(subject, spec, path, LIMITS);
  if (spec.backoffLimitPerIndex === undefined) {
    subject.report(INDEX_LIMITS, path.field('backoffLimitPerIndex'), { expected: 'a limit of each index beside maxFailedIndexes', found: 'none' });
  }
  if (mode === INDEXED) checkLimits(subject, spec, path, completions);
  else if (mode === NON_INDEXED) reportUnindexed(subject, spec, path);
}

function reportUnindexed(subject: Subject, spec: Json, path: Path): void {
  for (const field of LIMITS) {
    if (spec[field] === undefined) continue;
    subject.report(INDEX_LIMITS, path.field(field), { expected: `it only with completionMode ${INDEXED}`, found: quoted(spec[field]) });
  }
}

function checkLimits(subject: Subject, spec: Json, path: Path, completions = 0): void {
  const { maxFailedIndexes: failed, backoffLimitPerIndex, parallelism = 1 } = spec;
  const isMany = completions > MANY_COMPLETIONS && backoffLimitPerIndex !== undefined;
  const most = Math.min(spec.completions ?? completions, isMany ? MOST_OF_MANY : MOST_FAILED);
  if (failed > most) {
    subject.report(INDEX_LIMITS, path.field('maxFailedIndexes'), { expected: `at most ${most} of ${completions} completions`, found: quoted(failed) });
  }
  if (!isMany) return;
  if (failed === undefined) {
    subject.report(INDEX_LIMITS, path.field('maxFailedIndexes'), { expected: `a number where there are more than ${MANY_COMPLETIONS} completions`, found: 'none' });
  }
  if (parallelism > MOST_OF_MANY) {
    subject.report(INDEX_LIMITS, path.field('parallelism'), {
      expected: `at most ${MOST_OF_MANY} where there are more than ${MANY_COMPLETIONS} completions`, found: quoted(parallelism),
    });
  }
}
