import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { escapePath, globSync, isDynamicPattern } from 'tinyglobby';
import { STANDARD_INPUT_NAME } from '../rules/report/files';
import { nameOf, SETTINGS_FILE, slashed, statsOf } from './names';
import type { UsageProblems } from './usage';

/** Something to read. */
export interface Input {
  /** As reports name it: from the working directory where it is below it. */
  readonly file: string;
  /** Undefined for the standard input. */
  readonly path?: string;
  /** It was found in a folder or by a pattern, where files of other tools may lie as well. */
  readonly wasFound: boolean;
}

export const STANDARD_INPUT = '-';
const MANIFESTS = '**/*.{yaml,yml,json}';
const NEVER = ['**/node_modules/**', '**/.git/**', `**/${SETTINGS_FILE}`];

/**
 * The files that arguments mean: files, folders with all that is below them, patterns, `-`. Each file once, also where links lead
 * to it, those of a folder or pattern in the order of their names.
 *
 * @param ignore patterns of files that are left out, from the working directory
 */
export function findInputs(args: readonly string[], cwd: string, ignore: readonly string[], problems: UsageProblems): Input[] {
  const inputs = new Map<string, Input>();
  const add = (input: Input): void => {
    const key = input.path === undefined ? STANDARD_INPUT : realPathOf(input.path);
    const known = inputs.get(key);
    // of what was only found, the file itself says more than a link to it
    if (known === undefined || (known.wasFound && input.wasFound && input.path === key)) inputs.set(key, input);
  };
  for (const arg of args) {
    if (arg === STANDARD_INPUT) add({ file: STANDARD_INPUT_NAME, wasFound: false });
    else for (const path of pathsOf(arg, cwd, ignore, problems)) add({ ...path, file: nameOf(path.path, cwd) });
  }
  return [...inputs.values()];
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

type Found = Pick<Input, 'wasFound'> & { readonly path: string };

function pathsOf(arg: string, cwd: string, ignore: readonly string[], problems: UsageProblems): Found[] {
  const path = resolve(cwd, arg);
  const kind = kindOf(path);
  if (kind === 'file') return isIgnored(path, cwd, ignore) ? [] : [{ path, wasFound: false }];
  const pattern = kind === 'folder' ? `${escapePath(slashed(path))}/${MANIFESTS}` : slashed(arg);
  if (kind === 'none' && !isDynamicPattern(pattern)) {
    problems.add({ where: arg, expected: 'a file, a folder or a pattern', found: 'nothing of this name' });
    return [];
  }
  const files = find(pattern, cwd, ignore, NEVER);
  if (files.length === 0) {
    const expected = kind === 'folder' ? 'a folder with .yaml, .yml or .json files' : 'a pattern of files that there are';
    problems.add({ where: arg, expected, found: 'no file' });
  }
  return files.map(one => ({ path: one, wasFound: true }));
}

function find(pattern: string, cwd: string, ignore: readonly string[], never: readonly string[]): string[] {
  const found = globSync(pattern, { cwd, ignore: [...never, ...ignore], absolute: true, dot: true, expandDirectories: false });
  return found.map(path => resolve(path)).sort((a, b) => a < b ? -1 : 1);
}

/** A pipe, as of `<(helm template …)`, is no file that a pattern finds. */
function isIgnored(path: string, cwd: string, ignore: readonly string[]): boolean {
  if (ignore.length === 0 || !statsOf(path)?.isFile()) return false;
  return find(escapePath(slashed(path)), cwd, ignore, []).length === 0;
}

function kindOf(path: string): 'file' | 'folder' | 'none' {
  const stats = statsOf(path);
  if (stats === undefined) return 'none';
  return stats.isDirectory() ? 'folder' : 'file';
}
