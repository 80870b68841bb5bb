import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { checkNotNegative } from './numbers';

export const SUCCESS_POLICY = errorRule({
  id: 'api/success-policy',
  title: 'A success policy of an Indexed Job names indexes or counts that the Job can reach',
  why: 'The API server refuses a success policy without indexes to speak of, without rules, and with indexes or counts beyond the '
    + 'completions of the Job.',
  fix: 'set `completionMode: Indexed`, and give each rule `succeededIndexes` such as "0,2-4" below `completions`, or a `succeededCount`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy',
});

const NONE: readonly Json[] = [];
const RULES_MAX = 20;
const INDEXES_MAX = 64 * 1024;
const COUNT = ['succeededCount'];
const INTEGER = /^[+-]?\d+$/;

/** Judges `successPolicy` of the job whose spec stands at `path`. */
export function checkSuccessPolicy(subject: Subject, spec: Json, path: Path, completions: number | undefined): void {
  const at = path.field('successPolicy');
  if (spec.completionMode !== 'Indexed') {
    subject.report(SUCCESS_POLICY, at, { expected: 'it only with completionMode Indexed', found: quoted(spec.completionMode) });
    return;
  }
  const rules: readonly Json[] = spec.successPolicy.rules ?? NONE;
  if (rules.length === 0) subject.report(SUCCESS_POLICY, at.field('rules'), { expected: 'at least one rule', found: 'none' });
  if (rules.length > RULES_MAX) subject.report(SUCCESS_POLICY, at.field('rules'), { expected: `at most ${RULES_MAX} rules`, found: String(rules.length) });
  if (completions === undefined) return;
  for (let i = 0; i < rules.length; i++) checkRule(subject, rules[i], completions, at.field('rules').index(i));
}

function checkRule(subject: Subject, rule: Json, completions: number, path: Path): void {
  const { succeededCount: count, succeededIndexes: indexes } = rule;
  if (count === undefined && indexes === undefined) {
    subject.report(SUCCESS_POLICY, path, { expected: 'succeededCount or succeededIndexes', found: 'neither' });
  }
  const named = indexes === undefined ? completions : countOf(indexes, completions);
  if (named === undefined || (indexes !== undefined && indexes.length > INDEXES_MAX)) {
    subject.report(SUCCESS_POLICY, path.field('succeededIndexes'), {
      expected: `rising indexes and ranges of them below ${completions}, such as "0,2-4"`, found: quoted(indexes),
    });
  }
  if (count === undefined) return;
  checkNotNegative(subject, rule, path, COUNT);
  const most = Math.min(completions, named ?? 0);
  if (count > most) subject.report(SUCCESS_POLICY, path.field('succeededCount'), { expected: `at most the ${most} indexes that there are`, found: quoted(count) });
}

/** How many indexes a text such as `0,2-4` names; undefined where it is none. */
function countOf(text: string, completions: number): number | undefined {
  if (text === '') return 0;
  let last = -1;
  let total = 0;
  for (const part of text.split(',')) {
    const limits = part.split('-');
    if (limits.length > 2 || !limits.every(limit => INTEGER.test(limit) && Number(limit) < completions)) return undefined;
    const [from, to = from] = limits.map(Number);
    if (from <= last || (limits.length === 2 && from >= to)) return undefined;
    total += to - from + 1;
    last = to;
  }
  return total;
}
