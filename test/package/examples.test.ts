import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './root';

const EXAMPLES = join(ROOT, 'examples');
const names = readdirSync(EXAMPLES).filter(name => existsSync(join(EXAMPLES, name, 'cdk8s.yaml')));

/** Paths of all files below a folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

describe('every example, as its user runs it', () => {
  test.each(names)('%s: `npx cdk8s synth` writes what is committed', async name => {
    const cwd = join(EXAMPLES, name);
    const out = mkdtempSync(join(tmpdir(), 'example-'));
    try {
      const run = spawnSync('npx', ['cdk8s', 'synth', '--check-upgrade=false', '--output', out], { cwd, encoding: 'utf8' });
      expect(run.stderr + run.stdout).toContain('Synthesizing application');
      expect(run.status).toBe(0);

      const written = filesIn(out);
      const committed = join(cwd, '__snapshots__');
      for (const file of written) await expect(readFileSync(join(out, file), 'utf8')).toMatchFileSnapshot(join(committed, file));
      const stale = filesIn(committed).filter(file => file.endsWith('.yaml') && !written.includes(file));
      expect(stale, 'committed, and no longer written').toEqual([]);
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
