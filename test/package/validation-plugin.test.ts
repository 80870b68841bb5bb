import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from './root';

const out = mkdtempSync(join(tmpdir(), 'validation-'));
afterAll(() => { rmSync(out, { recursive: true }); });

/** `npx cdk8s synth` in the example; plugins that would have to be downloaded are looked for in an empty folder. */
function synth(...args: readonly string[]): { status: number | null; text: string } {
  const cwd = join(ROOT, 'examples/validation-plugin');
  const fixed = ['cdk8s', 'synth', '--check-upgrade=false', '--output', join(out, 'dist'), '--plugins-dir', join(out, 'plugins')];
  const { status, stdout, stderr } = spawnSync('npx', [...fixed, ...args], { cwd, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

describe('cdk8s synth with the validation plugin', () => {
  test('passes a chart that is good', () => {
    const { status, text } = synth();
    expect(text).toContain('Validations ended succesfully');
    expect(status).toBe(0);
  });

  test('fails on a chart that is bad, and says what is wrong with which construct', () => {
    const reports = join(out, 'reports.json');
    const { status, text } = synth('--app', 'npx tsx bad.ts', '--validation-reports-output-file', reports);
    expect(status).toBe(2);
    expect(text).toContain('Validation failed');
    expect(text).toContain('training/workers (Job ml-training/resnet): spec.template.spec.restartPolicy: expected ');
    const [{ violations, summary }] = JSON.parse(readFileSync(reports, 'utf8')).reports;
    expect(summary.status).toBe('failure');
    expect(violations.map(({ ruleName }: any) => ruleName).filter((name: string) => !name.includes('(')).sort())
      .toEqual(['api/template-restart-policy', 'chain/access-mode', 'chain/service-missing', 'chain/volume-mode']);
    expect(violations[0].violatingConstructs[0].constructPath).toBe('training/workers');
  });
});
