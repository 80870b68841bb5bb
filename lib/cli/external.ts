import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { described } from '../private/described';
import { itemsOf, readExternal } from '../rules/read-manifests';
import { decode, readValues } from '../rules/source';
import type { UsageProblems } from './usage';

const FILE_TYPES = ['.yaml', '.yml', '.json'];
const FORM = "'Secret/ml-training/hub', or a file of manifests";

/** What `--external` declares: an object in short, `Secret/ml-training/hub`, or a file of manifests or of such short forms. */
export function readExternals(args: readonly string[], cwd: string, problems: UsageProblems): unknown[] {
  return args.flatMap(arg => {
    if (FILE_TYPES.includes(extname(arg))) return readFile(arg, cwd, problems);
    if (readExternal(arg)) return [arg];
    problems.add({ where: '--external', expected: FORM, found: JSON.stringify(arg) });
    return [];
  });
}

function readFile(arg: string, cwd: string, problems: UsageProblems): unknown[] {
  const where = `--external ${arg}`;
  const text = textOf(resolve(cwd, arg));
  if (text === undefined) {
    problems.add({ where, expected: 'a file of manifests', found: 'none that can be read' });
    return [];
  }
  const { values, findings } = readValues(arg, text);
  for (const { line, expected, found, fix } of findings) problems.add({ where: `${where}, line ${line}`, expected, found, fix });
  const objects = values.flatMap(value => Array.isArray(value) ? value as unknown[] : itemsOf(value));
  return objects.filter(object => {
    const isObject = readExternal(object) !== undefined;
    if (!isObject) problems.add({ where, expected: 'objects with their kind and name', found: described(object) });
    return isObject;
  });
}

function textOf(path: string): string | undefined {
  try {
    return decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
