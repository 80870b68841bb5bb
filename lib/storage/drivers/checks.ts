import type { ProblemSink } from '../../findings/collector';

/**
 * Holds a value against a closed set. Types do that for TypeScript; plain JavaScript and documents can pass anything, and
 * drivers compare with case.
 */
export function checkOneOf(path: string, value: unknown, allowed: Readonly<Record<string, string>>, link: string, sink: ProblemSink): void {
  const values = Object.values(allowed);
  if (value === undefined || values.includes(value as string)) return;
  const near = values.find(one => typeof value === 'string' && one.toLowerCase() === value.toLowerCase()) ?? values[0];
  sink.error({
    ruleId: 'driver/value',
    path,
    expected: `one of ${values.join(', ')}`,
    found: JSON.stringify(value),
    fix: `use ${JSON.stringify(near)}, or leave \`${path}\` out`,
    link,
  });
}

/** Holds a switch to `true` and `false`: drivers read any other spelling as no. */
export function checkSwitch(path: string, value: unknown, link: string, sink: ProblemSink): void {
  if (value === undefined || typeof value === 'boolean') return;
  sink.error({
    ruleId: 'driver/value',
    path,
    expected: 'true or false, not a text: drivers take other spellings for false',
    found: JSON.stringify(value),
    fix: `set \`${path}\` to true or false`,
    link,
  });
}

/** What a text must look like. */
export interface Shape {
  readonly ruleId: string;
  readonly path: string;
  readonly pattern: RegExp;
  /** What the pattern says, for people. */
  readonly expected: string;
  readonly example: string;
  readonly link: string;
}

/** Holds a text against a pattern. */
export function checkShape(value: unknown, shape: Shape, sink: ProblemSink): void {
  if (value === undefined || typeof value === 'string' && shape.pattern.test(value)) return;
  const { ruleId, path, expected, example, link } = shape;
  sink.error({ ruleId, path, expected, found: JSON.stringify(value), fix: `use a value such as ${example}`, link });
}
