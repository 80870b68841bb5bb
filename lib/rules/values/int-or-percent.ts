import type { Path } from '../engine/path';
import type { Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from './quote';

const PERCENT = /^\d+%$/;

/** A count, `2`, or a share, `25%`, as a number: 2, 25; undefined where it is neither. */
export function countOrPercent(value: number | string): number | undefined {
  if (typeof value === 'number') return value;
  return PERCENT.test(value) ? Number(value.slice(0, -1)) : undefined;
}

/** Reports a value that is no count from 0 and no share. */
export function checkIntOrPercent(subject: Subject, rule: Rule, value: number | string | undefined, parent: Path, field: string): void {
  if (value === undefined) return;
  const number = countOrPercent(value);
  if (number === undefined || number < 0) {
    subject.report(rule, parent.field(field), { expected: 'a whole number from 0, or a percentage such as "25%"', found: quoted(value) });
  }
}

/** Reports a share of more than the whole. */
export function checkNotOverWhole(subject: Subject, rule: Rule, value: number | string | undefined, parent: Path, field: string): void {
  if (typeof value !== 'string') return;
  const percent = countOrPercent(value);
  if (percent !== undefined && percent > 100) {
    subject.report(rule, parent.field(field), { expected: 'at most 100%', found: quoted(value) });
  }
}
