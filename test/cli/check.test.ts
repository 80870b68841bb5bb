import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BAD, command, folderWith, GOOD } from '../support/command';

/** Files that findings are about, in their order, each once. */
async function filesIn(args: readonly string[], cwd: string): Promise<string[]> {
  const { stdout } = await command(['check', '--format', 'json', ...args], { cwd });
  return [...new Set((JSON.parse(stdout).findings as { file: string }[]).map(({ file }) => file))];
}

describe('cdk8s-ml check', () => {
  const cwd = folderWith({ 'good.yaml': GOOD, 'bad.yaml': BAD });

  test('ends with 0 where nothing is wrong', async () => {
    expect(await command(['check', 'good.yaml'], { cwd }))
      .toEqual({ code: 0, stdout: 'no findings in 1 object, for Kubernetes 1.33\n', stderr: '' });
  });

  test('ends with 2 and says what is wrong', async () => {
    const { code, stdout, stderr } = await command(['check', 'bad.yaml', '--target=1.36'], { cwd });
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toMatch(/^ConfigMap ml\/settings\n {2}error api\/\S+ at bad\.yaml:7\n/);
    expect(stdout).toContain('    > 7 |   epochs: 90\n');
    expect(stdout).toContain('\n1 error in 1 object, for Kubernetes 1.36\n');
  });

  test('judges all files together', async () => {
    const both = folderWith({
      'claim.yaml': 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: ml }\n'
        + 'spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } }\n',
      'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: ml }\nspec:\n  containers: [{ name: a, image: "a:1" }]\n'
        + '  volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]\n',
    });
    const missing = async (...files: string[]): Promise<boolean> => {
      const { stdout } = await command(['check', '--assume-complete', '--external', 'StorageClass/fast', ...files], { cwd: both });
      return stdout.includes('chain/claim-missing');
    };
    expect(await missing('pod.yaml')).toBe(true);
    expect(await missing('pod.yaml', 'claim.yaml')).toBe(false);
  });

  test('reads standard input', async () => {
    const { code, stdout } = await command(['check', '-'], { cwd, input: `${GOOD}---\n${BAD}` });
    expect(code).toBe(2);
    expect(stdout).toContain(' at <stdin>:15\n');
  });

  test.each([
    [[], { isTerminal: false }, false],
    [[], { isTerminal: true }, true],
    [['--output', 'report.txt'], { isTerminal: true }, false],
    [[], { isTerminal: true, env: { NO_COLOR: '1' } }, false],
    [[], { isTerminal: true, env: { TERM: 'dumb' } }, false],
    [[], { isTerminal: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, true],
    [[], { isTerminal: true, env: { FORCE_COLOR: '0' } }, false],
  ])('colours for %j and %j: %s', async (args, surroundings, expected) => {
    const { stdout } = await command(['check', 'bad.yaml', ...args], { cwd, ...surroundings });
    const text = args.length > 0 ? readFileSync(join(cwd, 'report.txt'), 'utf8') : stdout;
    expect(text.includes('\u001b[')).toBe(expected);
  });

  test.each(['json', 'sarif', 'junit', 'github'])('writes %s', async format => {
    const { code, stdout } = await command(['check', 'bad.yaml', '-f', format], { cwd });
    expect(code).toBe(2);
    expect(stdout).toContain('bad.yaml');
    if (format === 'json' || format === 'sarif') expect(JSON.parse(stdout)).toBeTruthy();
  });
});

describe('the threshold', () => {
  const cwd = folderWith({
    'warning.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: ml }\nspec: { containers: [{ name: a, image: a }] }\n',
    'good.yaml': GOOD, 'bad.yaml': BAD,
  });

  test.each([
    ['good.yaml', 'info', 0], ['bad.yaml', 'error', 2], ['bad.yaml', 'never', 0], ['bad.yaml', 'warning', 2],
  ])('%s with --fail-on %s ends with %i', async (file, threshold, code) => {
    expect((await command(['check', file, '--fail-on', threshold], { cwd })).code).toBe(code);
  });

  test('separates warnings from errors', async () => {
    const { stdout } = await command(['check', 'warning.yaml', '-f', 'json'], { cwd });
    const { errors, warnings } = JSON.parse(stdout).summary;
    expect([errors, warnings > 0]).toEqual([0, true]);
    expect((await command(['check', 'warning.yaml'], { cwd })).code).toBe(0);
    expect((await command(['check', 'warning.yaml', '--fail-on', 'warning'], { cwd })).code).toBe(2);
  });
});

describe('files', () => {
  const cwd = folderWith({
    'b/2.yml': BAD, 'b/10.yaml': BAD, 'a/1.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 1 } }),
    'a/node_modules/x/3.yaml': BAD, 'a/.git/4.yaml': BAD, 'a/.hidden/5.yaml': BAD, 'a/notes.txt': BAD, 'a/[x].yaml': BAD,
    'a/values.yaml': 'replicas: 2\n---\nimage: x\n', 'empty/readme.md': '', 'nothing.yaml': '# nothing\n', 'no-kind.yaml': 'a: 1\n',
  });

  test('of folders are read in the order of their names, those of other tools left out', async () => {
    expect(await filesIn(['a', 'b'], cwd)).toEqual(['a/.hidden/5.yaml', 'a/1.json', 'a/[x].yaml', 'b/10.yaml', 'b/2.yml']);
    expect((await command(['check', 'a'], { cwd })).stderr).toBe('2 documents without apiVersion and kind left out\n');
  });

  test('of patterns, and files that look like a pattern', async () => {
    expect(await filesIn(['b/*.{yaml,yml}', '*/1.json'], cwd)).toEqual(['b/10.yaml', 'b/2.yml', 'a/1.json']);
    expect(await filesIn(['a/[x].yaml'], cwd)).toEqual(['a/[x].yaml']);
  });

  test('are read once, however often they are named', async () => {
    expect(await filesIn(['b/2.yml', 'b', './b/2.yml', join(cwd, 'b/*.yml')], cwd)).toEqual(['b/2.yml', 'b/10.yaml']);
  });

  test('elsewhere are named by their whole path', async () => {
    expect(await filesIn(['../b/2.yml'], join(cwd, 'a'))).toEqual([join(cwd, 'b/2.yml')]);
  });

  test('that are named are judged even if they are no Kubernetes objects', async () => {
    const { code, stdout, stderr } = await command(['check', 'no-kind.yaml'], { cwd });
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toContain('no-kind.yaml:1');
  });

  test.each([[['nothing.yaml']], [['a/values.yaml', 'nothing.yaml', '--fail-on', 'never'].slice(1)]])('without an object are no success: %j', async args => {
    const { code, stderr } = await command(['check', ...args], { cwd });
    expect([code, stderr]).toEqual([1, 'cdk8s-ml: no Kubernetes object was found, so nothing was checked\n']);
  });

  test('that cannot be read are told, and the others judged', async () => {
    const odd = folderWith({ 'a.yaml': 'a: [\n', 'b.yaml': Buffer.from([0xff, 0x80]), 'c.yaml': BAD });
    mkdirSync(join(odd, 'e.yaml'));
    const { code, stdout } = await command(['check', '.', '-f', 'json'], { cwd: odd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings.map(({ file, line, ruleId }: any) => [file, line, ruleId.split('/')[0]])).toEqual([
      ['a.yaml', 1, 'out'], ['b.yaml', undefined, 'out'], ['c.yaml', 7, 'api'],
    ]);
  });

  test.skipIf(process.getuid?.() === 0)('without the right to read them are told', async () => {
    const odd = folderWith({ 'a.yaml': GOOD });
    chmodSync(join(odd, 'a.yaml'), 0);
    const { code, stdout } = await command(['check', 'a.yaml'], { cwd: odd });
    expect([code, stdout.includes('EACCES')]).toEqual([1, true]);
  });

  test('are found behind links, also where these go round in circles', async () => {
    const linked = folderWith({ 'real/a.yaml': BAD });
    symlinkSync(join(linked, 'real/a.yaml'), join(linked, 'link.yaml'));
    symlinkSync(linked, join(linked, 'real/round'));
    expect(await filesIn(['.'], linked)).toEqual(['real/a.yaml']);
    expect(await filesIn(['link.yaml', '.'], linked)).toEqual(['link.yaml']);
  });

  test('are read once also where a link leads to their folder', async () => {
    const linked = folderWith({ 'base/a.yaml': BAD, 'base/b.yaml': BAD.replace('name: settings', 'name: others') });
    symlinkSync(join(linked, 'base'), join(linked, 'prod'));
    const { stdout } = await command(['check', '.', 'prod', '-f', 'json'], { cwd: linked });
    expect(JSON.parse(stdout)).toMatchObject({ objects: 2, findings: [{ file: 'base/a.yaml' }, { file: 'base/b.yaml' }] });
  });

  test('by the thousand', async () => {
    const many = folderWith(Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`${i % 7}/${i}.yaml`, GOOD.replace('settings', `settings-${i}`)])));
    const { code, stdout } = await command(['check', '.'], { cwd: many });
    expect([code, stdout]).toEqual([0, 'no findings in 2000 objects, for Kubernetes 1.33\n']);
  });
});

describe('the output file', () => {
  test('is written', async () => {
    const cwd = folderWith({ 'bad.yaml': BAD, 'reports/new/readme.md': '' });
    const { code, stdout, stderr } = await command(['check', 'bad.yaml', '-f', 'sarif', '-o', 'reports/new/a.sarif'], { cwd });
    expect([code, stdout, stderr]).toEqual([2, '', '1 error in 1 object, for Kubernetes 1.33\n']);
    expect(JSON.parse(readFileSync(join(cwd, 'reports/new/a.sarif'), 'utf8')).version).toBe('2.1.0');
  });

  test('is left alone by a call that is wrong', async () => {
    const cwd = folderWith({ 'bad.yaml': BAD, 'report.json': 'before' });
    for (const args of [['nowhere.yaml'], ['bad.yaml', '--formt=json'], ['bad.yaml', '--target=1.2'], ['bad.yaml', '--config', 'nowhere']]) {
      expect((await command(['check', '-o', 'report.json', ...args], { cwd })).code).toBe(1);
    }
    expect(readFileSync(join(cwd, 'report.json'), 'utf8')).toBe('before');
  });

  test('must be one that can be written', async () => {
    const cwd = folderWith({ 'bad.yaml': BAD, 'file': '' });
    expect((await command(['check', 'bad.yaml', '-o', '.'], { cwd })).stderr).toContain('--output: expected a file, found the folder .');
    for (const output of ['file/report.json', 'none/report.json']) {
      const { code, stderr } = await command(['check', 'bad.yaml', '-o', output], { cwd });
      expect([code, stderr]).toEqual([1, expect.stringContaining(`--output: expected a file in a folder that exists, found "${output}"`)]);
    }
    expect(existsSync(join(cwd, 'none'))).toBe(false);
  });

  test('is the standard output as -', async () => {
    const cwd = folderWith({ 'bad.yaml': BAD });
    expect(await command(['check', 'bad.yaml', '-o', '-'], { cwd })).toEqual(await command(['check', 'bad.yaml'], { cwd }));
    expect(existsSync(join(cwd, '-'))).toBe(false);
  });
});

describe('wrong use', () => {
  const cwd = folderWith({ 'good.yaml': GOOD, 'sub/readme.md': '', 'list.yaml': '- Secret/a/b\n- { kind: StorageClass }\n', 'broken.yaml': 'a: [\n' });

  test('is told at once, with every problem', async () => {
    const { code, stdout, stderr } = await command([
      'check', 'nowhere.yaml', '*.xml', 'sub', '--target', '1.20', '--fromat=json', '--fail-on=fatal', '--external', 'hub', '--external=list.yaml',
      '--external=none.yaml', '--external=broken.yaml', '--assume-complete=yes', '--output', '', '--config', 'none.yaml',
    ], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatchInlineSnapshot(`
      "cdk8s-ml check: 13 problems
        --fromat: expected an option that there is, found none of this name
          fix: did you mean --format?
        --assume-complete: expected no value, found "yes"
        --output: expected file, found nothing
        --config none.yaml: expected a settings file, found none that can be read
        --target: expected one of 1.27, 1.28, 1.29, 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, found "1.20"
        --fail-on: expected one of error, warning, info, never, found "fatal"
        --external: expected 'Secret/ml-training/hub', or a file of manifests, found "hub"
        --external list.yaml: expected an object with its kind and name, found a plain object
          fix: declare it as 'Secret/ml-training/hub', or as a manifest
        --external none.yaml: expected a file of manifests, found none that can be read
        --external broken.yaml, line 1: expected a document of YAML or JSON, found unexpected end of the stream within a flow collection
          fix: mend the YAML or JSON at this line
        nowhere.yaml: expected a file, a folder or a pattern, found nothing of this name
        *.xml: expected a pattern of files that there are, found no file
        sub: expected a folder with .yaml, .yml or .json files, found no file
      "
    `);
  });

  test('without arguments shows how it is meant', async () => {
    expect(await command([], { cwd })).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^Usage: cdk8s-ml <command>/) });
    const { code, stderr } = await command(['check'], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('arguments: expected files, folders, patterns or -, found none')]);
  });

  test('of a command that there is not', async () => {
    const { code, stderr } = await command(['chek', 'a'], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^cdk8s-ml: there is no command "chek", did you mean check\?\n/)]);
  });

  test('is never a stack', async () => {
    const { stderr } = await command(['check', '-'], { cwd });
    const odd = await Promise.all(['a\u0000b', 'good.yaml/a', 'x'.repeat(5000), '[', '{', '!(', '***'].map(arg => command(['check', arg], { cwd })));
    for (const one of [{ code: 1, stderr }, ...odd]) {
      expect(one.code).toBe(1);
      expect(one.stderr).not.toMatch(/\n\s+at |unexpected/);
    }
  });
});

describe('what is external', () => {
  const cwd = folderWith({ 'good.yaml': GOOD, 'more.yaml': '{ apiVersion: acme.example/v1, kind: Lake, name: a }\n---\n{ kind: Lake, name: b }\n' });

  test.each([
    ['StorageClas/gp3', /--external StorageClas\/gp3: expected a kind that is known, .+, found the kind "StorageClas"\n +fix: did you mean StorageClass\?/],
    ['Lake/ml/a', /fix: declare it with its apiVersion: \{ apiVersion: …, kind: Lake, name: a \}/],
    ['more.yaml', /1 problem\n +--external more\.yaml: expected a kind that is known, or its apiVersion as well, found the kind "Lake"/],
  ])('is of a kind that is known: %s', async (external, expected) => {
    const { code, stderr } = await command(['check', 'good.yaml', '-e', external], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringMatching(expected)]);
  });

  test.each(['StorageClass/gp3', 'Ingress/ml/web', 'TrainJob/ml/resnet'])('may be short: %s', async external => {
    expect((await command(['check', 'good.yaml', '-e', external], { cwd })).code).toBe(0);
  });
});

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('of all by %s', async arg => {
    expect(await command([arg])).toEqual({ code: 0, stdout: expect.stringContaining('check   judges manifests'), stderr: '' });
  });

  test.each([['--help'], ['-h']])('of check by %s, with all options and exit codes', async arg => {
    const { code, stdout } = await command(['check', 'x.yaml', '--target=9', arg]);
    expect(code).toBe(0);
    for (const option of ['target', 'format', 'output', 'config', 'fail-on', 'external', 'assume-complete']) expect(stdout).toContain(`--${option}`);
    expect(stdout).toContain('Exit codes: 0 clean, 1 wrong use or unreadable input, 2 findings');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
  });

  test('stands in the documentation as it is', async () => {
    const { stdout } = await command(['check', '--help']);
    expect(readFileSync(join(import.meta.dirname, '../../docs/check.md'), 'utf8')).toContain(`\`\`\`\n${stdout}\`\`\`\n`);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect([await command(['--version']), await command(['check', '--version'])].map(({ code, stdout }) => [code, stdout]))
      .toEqual([[0, `${version}\n`], [0, `${version}\n`]]);
  });
});

test('as a process of its own', () => {
  const cwd = folderWith({ 'bad.yaml': BAD, 'good.yaml': GOOD });
  const main = join(import.meta.dirname, '../../lib/cli/main.ts');
  const tsx = join(import.meta.dirname, '../../node_modules/.bin/tsx');
  const start = (...args: string[]): string => execFileSync(tsx, [main, 'check', ...args], { cwd, input: GOOD, encoding: 'utf8', stdio: 'pipe' });
  expect(start('good.yaml')).toBe('no findings in 1 object, for Kubernetes 1.33\n');
  expect(start('-')).toBe('no findings in 1 object, for Kubernetes 1.33\n');
  let status: unknown;
  try { start('bad.yaml'); } catch (error) { ({ status } = error as { status: unknown }); }
  expect(status).toBe(2);
  writeFileSync(join(cwd, 'many.yaml'), Array(3000).fill(BAD).join('---\n'));
  expect(existsSync(join(cwd, 'many.yaml'))).toBe(true);
  // a report that does not fit into a pipe at once is written to its end
  const report = execFileSync(tsx, [main, 'check', 'many.yaml', '-f', 'json', '--fail-on', 'never'], { cwd, encoding: 'utf8', maxBuffer: 1e9 });
  expect(JSON.parse(report).summary.errors).toBeGreaterThanOrEqual(3000);
});
