import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { definedKinds } from '../lib/rules/schema/definition';

const ROOT = join(import.meta.dirname, '..');
const IMPORTS = join(ROOT, 'imports');
const CRDS = join(IMPORTS, 'crds');
const README = readFileSync(join(IMPORTS, 'README.md'), 'utf8');

const definitions = readdirSync(CRDS);
const commands = README.split('\n').filter(line => line.startsWith('npx cdk8s import imports/crds/'));
const parts = readFileSync(join(IMPORTS, 'parts.yaml'), 'utf8');

/** Everything that stands under a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...name === key ? [inner as unknown] : [], ...valuesOf(key, inner)]);
}

test.each(commands)('%s makes what is committed', command => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    const [tool, ...args] = command.split(' ');
    const run = spawnSync(tool, args.map(arg => arg === 'imports' ? folder : arg), { cwd: ROOT, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const made = readdirSync(folder);
    expect(made.length).toBeGreaterThan(0);
    for (const one of made) expect(readFileSync(join(folder, one), 'utf8') === readFileSync(join(IMPORTS, one), 'utf8'), one).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the README has the command of every class, and the origin of every definition', () => {
  const classes = readdirSync(IMPORTS).filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts')).map(name => name.replace(/\.ts$/, '.yaml'));
  expect(commands.map(command => command.split(' ')[3].replace('imports/crds/', ''))).toEqual(classes);
  for (const file of definitions) expect(README).toContain(`\`${file}\``);
});

test('every version that is served is checked', () => {
  const served = definitions.flatMap(file => parseAllDocuments(readFileSync(join(CRDS, file), 'utf8')).flatMap(document => {
    const { group, names, versions } = document.toJS().spec;
    return (versions as any[]).filter(one => one.served).map(({ name }) => `${group}/${name} ${names.kind}`);
  }));
  expect(definedKinds().sort()).toEqual(served.sort());
});

test('parts are there, and used', () => {
  const used = [...definitions.flatMap(file => parseAllDocuments(readFileSync(join(CRDS, file), 'utf8')).map(document => document.toJS() as unknown)), parse(parts)]
    .flatMap(value => valuesOf('x-part', value));
  expect([...new Set(used)].sort()).toEqual(Object.keys(parse(parts) as object).sort());
});

test('definitions hold schemas and no prose', () => {
  for (const text of [parts, ...definitions.map(file => readFileSync(join(CRDS, file), 'utf8'))]) expect(text).not.toMatch(/^ *description: *\S/m);
});
