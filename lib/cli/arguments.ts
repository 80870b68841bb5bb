import { parseArgs } from 'node:util';
import { nearest } from '../private/nearest';
import type { UsageProblems } from './usage';

/** An option of a command. */
export interface OptionFacts {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What its value is, as the help shows it. */
  readonly value?: string;
  /** What it does, in one line. */
  readonly about: string;
}

/** The arguments of a command. */
export interface Arguments {
  /** Those that belong to no option. */
  readonly positionals: readonly string[];
  /** The last value of an option; undefined where it was not given. */
  readonly text: (option: string) => string | undefined;
  /** Every value of an option. */
  readonly texts: (option: string) => readonly string[];
  readonly flag: (option: string) => boolean;
}

/** Reads the arguments of a command; what it does not know is a problem. */
export function readArguments(args: readonly string[], options: Readonly<Record<string, OptionFacts>>, problems: UsageProblems): Arguments {
  const config = Object.fromEntries(Object.entries(options).map(([name, { type, short }]) => [name, short ? { type, short } : { type }]));
  const { tokens } = parseArgs({
    args: [...args], options: config, allowPositionals: true, strict: false, tokens: true,
  });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (!Object.hasOwn(options, name)) {
      problems.add({ where: rawName, expected: 'an option that there is', found: 'none of this name', fix: fixOf(name, Object.keys(options)) });
    } else if (options[name].type === 'boolean') {
      values.set(name, []);
      if (token.value !== undefined) problems.add({ where: rawName, expected: 'no value', found: JSON.stringify(token.value) });
    } else if (token.value === undefined || token.value === '') {
      problems.add({ where: rawName, expected: options[name].value ?? 'a value', found: 'nothing' });
    } else {
      values.set(name, [...values.get(name) ?? [], token.value]);
    }
  }
  return {
    positionals,
    text: option => values.get(option)?.at(-1),
    texts: option => values.get(option) ?? [],
    flag: option => values.has(option),
  };
}

/** The part of a help text that is about options. */
export function describeOptions(options: Readonly<Record<string, OptionFacts>>): string {
  const rows = Object.entries(options).map(([name, { short, value, about }]) =>
    [`  ${short ? `-${short}, ` : '    '}--${name}${value ? ` <${value}>` : ''}`, about]);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, about]) => `${left.padEnd(width)}  ${about}`).join('\n');
}

function fixOf(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near ? `did you mean --${near}?` : `the options are ${known.map(one => `--${one}`).join(', ')}`;
}
