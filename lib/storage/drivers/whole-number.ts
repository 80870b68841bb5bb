import type { ProblemSink } from '../../findings/collector';

/** What a number must be. */
export interface NumberLimits {
  readonly path: string;
  readonly min: number;
  /** None where it is left out. */
  readonly max?: number;
  /** `MiB/s`, `days`; none for a plain number. */
  readonly unit?: string;
  readonly link: string;
}

/** Holds a number against its limits. */
export function checkWhole(value: unknown, { path, min, max, unit, link }: NumberLimits, sink: ProblemSink): void {
  if (value === undefined || Number.isInteger(value) && (value as number) >= min && (value as number) <= (max ?? Infinity)) return;
  sink.error({
    ruleId: 'driver/number',
    path,
    expected: `a whole number${unit ? ` of ${unit}` : ''}, ${max === undefined ? `${min} or more` : `${min} to ${max}`}`,
    found: typeof value === 'number' ? String(value) : JSON.stringify(value),
    fix: `set \`${path}\` to ${typeof value === 'number' && value > min && max !== undefined ? max : min}, or leave it out`,
    link,
  });
}
