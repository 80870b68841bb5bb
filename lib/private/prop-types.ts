import type { Size } from 'cdk8s';
import type { ProblemSink } from '../findings/collector';
import { isSize } from './quantity';
import { described } from './described';

/** What a prop must be, where nobody has checked types: plain JavaScript, or TypeScript that is only stripped of them. */
export interface PropType {
  readonly path: string;
  /** For people: `a Size`. */
  readonly expected: string;
  /** How it is written: `Size.gibibytes(64)`. */
  readonly example: string;
}

/** Reports a value of another type, or none where there must be one. */
export function reportType(value: unknown, { path, expected, example }: PropType, sink: ProblemSink): void {
  const missing = value === undefined || value === null;
  sink.error({
    ruleId: missing ? 'props/required' : 'props/type', path, expected, found: described(value), fix: `set \`${lastOf(path)}\`, as ${example}`,
  });
}

/** Holds the type of a size; false where nothing can be read from it. */
export function checkIsSize(path: string, size: Size | undefined, example: string, sink: ProblemSink): size is Size {
  if (isSize(size)) return true;
  reportType(size, { path, expected: 'a Size', example }, sink);
  return false;
}

/** Holds what is on or off to its type: a text such as `'false'` would be on. */
export function checkSwitch(path: string, value: unknown, sink: ProblemSink): void {
  if (value === undefined || value === null || typeof value === 'boolean') return;
  sink.error({ ruleId: 'props/type', path, expected: 'true or false', found: described(value), fix: `set \`${lastOf(path)}\` to one of them` });
}

/** Holds a list of texts to its type. */
export function checkTexts(path: string, value: unknown, example: string, sink: ProblemSink): value is string[] {
  if (Array.isArray(value) && value.every(one => typeof one === 'string')) return true;
  if (!Array.isArray(value)) {
    reportType(value, { path, expected: 'a list of texts', example }, sink);
    return false;
  }
  value.forEach((one, i) => {
    if (typeof one === 'string') return;
    const plain = typeof one === 'number' || typeof one === 'boolean';
    const fix = one === undefined || one === null ? 'leave it out' : `write it as a text${plain ? `: '${one}'` : ''}`;
    sink.error({ ruleId: 'props/type', path: `${path}[${i}]`, expected: 'a text', found: described(one), fix });
  });
  return false;
}

/** The values of a map that are texts; the others are reported. */
export function textsIn(path: string, value: unknown, example: string, sink: ProblemSink): { [name: string]: string } {
  const texts: { [name: string]: string } = {};
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    sink.error({ ruleId: 'props/type', path, expected: 'texts by their names', found: described(value), fix: `set \`${path}\`, as ${example}` });
    return texts;
  }
  for (const [name, text] of Object.entries(value)) {
    if (typeof text === 'string') {
      texts[name] = text;
      continue;
    }
    const plain = typeof text === 'number' || typeof text === 'boolean';
    sink.error({
      ruleId: 'props/type',
      path: `${path}.${name}`,
      expected: 'a text',
      found: described(text),
      fix: plain ? `write it as a text: '${text}'` : `set \`${name}\` to a text, or leave it out`,
    });
  }
  return texts;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
