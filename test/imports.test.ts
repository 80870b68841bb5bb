import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const IMPORTS = join(ROOT, 'imports');
const definitions = readdirSync(join(IMPORTS, 'crds'));

test.each(definitions)('%s: the command of the README makes what is committed', file => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  try {
    const readme = readFileSync(join(IMPORTS, 'README.md'), 'utf8');
    const command = readme.split('\n').find(line => line.startsWith(`npx cdk8s import imports/crds/${file} `));
    expect(command, 'the README has the command').toBeDefined();
    const [tool, ...args] = command!.split(' ');
    const run = spawnSync(tool, args.map(arg => arg === 'imports' ? folder : arg), { cwd: ROOT, encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(0);
    const made = readdirSync(folder);
    expect(made.length).toBeGreaterThan(0);
    for (const one of made) expect(readFileSync(join(folder, one), 'utf8') === readFileSync(join(IMPORTS, one), 'utf8'), one).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every import is made of a definition that is here', () => {
  const classes = readdirSync(IMPORTS).filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'));
  expect(classes.map(name => name.replace(/\.ts$/, '.yaml')).sort()).toEqual(definitions.sort());
});

test('definitions hold schemas and no prose', () => {
  for (const file of definitions) expect(readFileSync(join(IMPORTS, 'crds', file), 'utf8')).not.toMatch(/^\s*description:/m);
});
