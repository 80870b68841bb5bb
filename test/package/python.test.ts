import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, quietEnv } from './root';

test('the build makes a Python package with the constructs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'python-'));
  try {
    execFileSync('npx', ['jsii-pacmak', '--target', 'python', '--code-only', '--outdir', folder], { cwd: ROOT, env: quietEnv() });
    const module = join(folder, 'python/src/cdk8s_ml/__init__.py');
    expect(existsSync(module)).toBe(true);
    const code = readFileSync(module, 'utf8');
    for (const name of ['MlApp', 'StorageTier', 'SharedDataset', 'CheckpointVolume', 'DistributedTrainingJob']) {
      expect(code).toMatch(new RegExp(`^class ${name}\\b`, 'm'));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
