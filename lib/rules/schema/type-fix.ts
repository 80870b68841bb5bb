import type { Path } from '../engine/path';
import { fieldsText } from './suggest';

/** What a field takes, as far as remedies differ. */
export type Wanted = 'text' | 'number' | 'number or text' | 'boolean' | 'list' | 'struct' | 'map';

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const COMMAND = /\.(?:command|args)$/;
/** Text that only a shell understands. */
const SHELL = /["'`$|&;<>\\*?\n]/;
const LONGEST = 60;
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 'y', '1'].map((word): [string, boolean] => [word, true]),
  ...['false', 'no', 'off', 'n', '0'].map((word): [string, boolean] => [word, false]),
]);

/**
 * What to do about a value of another type than that of its field.
 *
 * @param names fields of a struct
 */
export function typeFix(wanted: Wanted, value: unknown, path: Path, names: readonly string[] = []): string {
  switch (wanted) {
    case 'text': return textFix(value);
    case 'number': return numberFix(value);
    case 'number or text': return 'write a whole number without quotes, or a text in quotes';
    case 'boolean': return booleanFix(value);
    case 'list': return listFix(value, path.toString());
    case 'struct': return `${withoutDash(value)}write an object with ${fieldsText(names)}`;
    case 'map': return `${withoutDash(value)}write an object of the form \`key: value\``;
  }
}

/** What a value is where text is wanted: YAML takes more words for true and false than most people know. */
export function wordsOf(value: unknown): string {
  return value === true ? 'true (as YAML reads y, yes, on)' : value === false ? 'false (as YAML reads n, no, off)' : '';
}

function textFix(value: unknown): string {
  if (typeof value === 'boolean') return `write the text in quotes, such as "${value}" or "${value ? 'y' : 'n'}"`;
  if (typeof value === 'number') return `write it in quotes, such as "${value}": without them it is a number`;
  return Array.isArray(value) ? 'write one text, and no list' : 'write a text, and no object';
}

function numberFix(value: unknown): string {
  if (typeof value !== 'string') return 'write a number';
  return NUMBER.test(value) && value.length <= LONGEST ? `take the quotes away: ${value}` : 'write a number, without quotes';
}

function booleanFix(value: unknown): string {
  const meant = BOOLEANS.get(String(value).toLowerCase());
  if (meant === undefined) return 'write true or false, without quotes';
  return `write ${meant}, without quotes`;
}

function listFix(value: unknown, path: string): string {
  if (typeof value === 'object') return 'write a list: put `- ` before each element';
  if (typeof value !== 'string' || value === '' || value.length > LONGEST) return 'write a list, with `- ` before each element';
  if (!COMMAND.test(path) || !value.includes(' ')) return `write a list: [${JSON.stringify(value)}]`;
  if (!SHELL.test(value)) return `write a list with an element for each word: ${elements(value.trim().split(/\s+/))}`;
  return path.endsWith('.command') ? `write a list: ${elements(['sh', '-c', value])}` : 'write a list with an element for each argument';
}

function elements(words: readonly string[]): string {
  return `[${words.map(word => JSON.stringify(word)).join(', ')}]`;
}

function withoutDash(value: unknown): string {
  return Array.isArray(value) ? 'take the `- ` away: ' : '';
}
