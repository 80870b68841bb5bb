import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { itemsOf, readExternal } from '../rules/read-manifests';
import { decode, readValues } from '../rules/source';
import { problemOfDeclared } from './declared';
import type { UsageProblems } from './usage';

const FILE_TYPES = ['.yaml', '.yml', '.json'];
const FORM = "'Secret/ml-training/hub', or a file of manifests";

/** What `--external` declares: an object in short, `Secret/ml-training/hub`, or a file of manifests or of such short forms. */
export function readExternals(args: readonly string[], cwd: string, problems: UsageProblems): unknown[] {
  return args.flatMap(arg => {
    if (FILE_TYPES.includes(extname(arg))) return readFile(arg, cwd, problems);
    const problem = problemOfDeclared(arg);
    if (problem === undefined) return [arg];
    if (readExternal(arg)) problems.add({ where: `--external ${arg}`, ...problem });
    else problems.add({ where: '--external', expected: FORM, found: JSON.stringify(arg) });
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
    const problem = problemOfDeclared(object);
    if (problem !== undefined) problems.add({ where, ...problem });
    return problem === undefined;
  });
}

function textOf(path: string): string | undefined {
  try {
    return decode(readFileSync(path));
  } catch {
    return undefined;
  }
}
