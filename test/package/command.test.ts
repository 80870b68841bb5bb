import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BAD, folderWith, GOOD } from '../support/command';
import { ROOT } from './root';

const MANIFEST = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const COMMAND = join(ROOT, MANIFEST.bin['cdk8s-ml']);

function start(args: readonly string[], cwd: string, input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd, input, encoding: 'utf8', maxBuffer: 1e9 });
  return { status, stdout, stderr };
}

describe('the command of the build', () => {
  const cwd = folderWith({ 'good.yaml': GOOD, 'bad.yaml': BAD });

  test('can be started', () => {
    expect(statSync(COMMAND).mode & 0o111).toBe(0o111);
    expect(start(['--version'], cwd)).toEqual({ status: 0, stdout: `${MANIFEST.version}\n`, stderr: '' });
  });

  test('judges files, patterns and standard input', () => {
    expect(start(['check', 'good.yaml'], cwd)).toEqual({ status: 0, stdout: 'no findings in 1 object, for Kubernetes 1.33\n', stderr: '' });
    expect(start(['check', '*.yaml'], cwd).status).toBe(2);
    expect(start(['check', '-'], cwd, GOOD).status).toBe(0);
  });

  test('tells wrong use without a stack', () => {
    const { status, stdout, stderr } = start(['check', 'nowhere'], cwd);
    expect([status, stdout, stderr]).toEqual([1, '', 'cdk8s-ml check: 1 problem\n  nowhere: expected a file, a folder or a pattern, found nothing of this name\n']);
  });

  test('writes a long report to its end, and stops in silence where nobody reads it', () => {
    const many = folderWith({ 'many.yaml': Array(3000).fill(BAD).join('---\n') });
    const { stdout } = start(['check', 'many.yaml', '-f', 'json'], many);
    expect(JSON.parse(stdout).summary.errors).toBeGreaterThanOrEqual(3000);
    const line = `${process.execPath} ${COMMAND} check many.yaml | head -n 1`;
    expect(spawnSync('sh', ['-c', line], { cwd: many, encoding: 'utf8' })).toMatchObject({ stdout: 'ConfigMap ml/settings\n', stderr: '' });
  });
});

test('what the package needs from others is in the package, and named in NOTICE', () => {
  expect(MANIFEST.dependencies).toBeUndefined();
  const bundle = readFileSync(join(ROOT, 'lib/checker.js'), 'utf8');
  const notice = readFileSync(join(ROOT, 'NOTICE'), 'utf8');
  // the bundler writes a comment above each file that it takes over
  const packages = [...bundle.matchAll(/^\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\/\S+$/gm)].map(([, name]) => name);
  expect(packages.length).toBeGreaterThan(0);
  for (const name of new Set(packages)) expect(notice).toContain(`- ${name} (https://`);
});
