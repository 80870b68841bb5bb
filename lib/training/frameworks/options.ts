import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';

/** A number that a framework takes, and the numbers that it can be. */
export interface WholeNumber {
  readonly path: string;
  readonly value: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly link: string;
}

export const MAX_PORT = 65_535;

/** Holds an option of a framework to a range of whole numbers. */
export function checkWholeNumber({ path, value, min, max, link }: WholeNumber, sink: ProblemSink): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  sink.error({
    ruleId: 'train/framework-option',
    path,
    expected: `a whole number from ${min} to ${max}`,
    found: described(value),
    fix: `set \`${path}\` within the range, or leave it out`,
    link,
  });
}
