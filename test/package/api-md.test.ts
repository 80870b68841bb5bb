import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, quietEnv } from './root';

test('API.md is what jsii-docgen makes of the build', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-md-'));
  try {
    const made = join(folder, 'API.md');
    execFileSync('npx', ['jsii-docgen', '-o', made], { cwd: ROOT, env: quietEnv() });
    const differs = readFileSync(made, 'utf8') !== readFileSync(join(ROOT, 'API.md'), 'utf8');
    expect(differs, 'API.md is out of date: run `npm run build && npm run docs`').toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
