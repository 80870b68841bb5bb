import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BAD, command, folderWith, GOOD } from '../support/command';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: ml }\nspec:\n  containers: [{ name: a, image: "a:1" }]\n'
  + '  volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]\n';

/** The report on the folder, with a settings file in it. */
async function reportWith(settings: string, args: readonly string[] = [], files: Record<string, string> = { 'bad.yaml': BAD }): Promise<any> {
  const cwd = folderWith({ ...files, 'cdk8s-ml.yaml': settings });
  const { code, stdout, stderr } = await command(['check', '.', '-f', 'json', ...args], { cwd });
  expect(stderr).toBe('');
  return { code, ...JSON.parse(stdout) };
}

describe('the settings file of the folder', () => {
  test('says the target, the threshold and what exists', async () => {
    const settings = 'target: "1.30"\nfailOn: never\nassumeComplete: yes\nexternal: [PersistentVolumeClaim/ml/data]\n';
    const { code, target, findings } = await reportWith(settings, [], { 'pod.yaml': POD, 'bad.yaml': BAD });
    expect([code, target]).toEqual([0, '1.30']);
    expect(findings.map(({ ruleId }: any) => ruleId)).not.toContain('chain/claim-missing');
  });

  test('comes after the options of the call; what exists is added', async () => {
    const { code, target, findings } = await reportWith(
      'target: "1.30"\nfailOn: never\nassumeComplete: true\nexternal: [ConfigMap/ml/x]\n',
      ['--target=1.36', '--fail-on=error', '--external=PersistentVolumeClaim/ml/data'], { 'pod.yaml': POD, 'bad.yaml': BAD },
    );
    expect([code, target]).toEqual([2, '1.36']);
    expect(findings.map(({ ruleId }: any) => ruleId)).not.toContain('chain/claim-missing');
  });

  test('suppresses, with a reason and perhaps an end', async () => {
    const { code, findings, suppressed, summary } = await reportWith('suppressions:\n- { rule: api/*, kind: ConfigMap, reason: a demo, until: 2999-12-31 }\n');
    expect([code, findings, summary.suppressed]).toEqual([0, [], 1]);
    expect(suppressed[0]).toMatchObject({ reason: 'a demo', until: '2999-12-31', finding: { name: 'settings', line: 7 } });
  });

  test('suppresses what is wrong with a text, but not that it cannot be read', async () => {
    const settings = 'suppressions:\n- { rule: out/*, reason: generated }\n';
    const twice = await reportWith(settings, [], { 'a.yaml': GOOD.replace('\ndata:', '\nkind: ConfigMap\ndata:') });
    expect([twice.code, twice.findings, twice.suppressed[0].finding.ruleId]).toEqual([0, [], 'out/duplicate-key']);
    expect((await reportWith(settings, [], { 'a.yaml': 'a: [\n', 'good.yaml': GOOD })).code).toBe(1);
  });

  test('leaves files out, named ones too', async () => {
    const files = { 'a.yaml': GOOD, 'charts/x/templates/b.yaml': '{{ x }}', 'c.bad.yaml': BAD };
    const settings = 'ignore: ["charts/**", "**/*.bad.yaml"]\n';
    expect((await reportWith(settings, ['c.bad.yaml'], files)).objects).toBe(1);
  });

  test('is as the documentation shows it', async () => {
    const [, example] = /```yaml\n([^]+?)```/.exec(readFileSync(join(import.meta.dirname, '../../docs/check.md'), 'utf8')) ?? [];
    expect((await reportWith(example)).target).toBe('1.33');
  });

  test('may be empty', async () => {
    expect((await reportWith('# nothing yet\n')).code).toBe(2);
  });
});

test('a settings file elsewhere is named, and its patterns are meant from there', async () => {
  const cwd = folderWith({ 'ci/settings.yaml': 'failOn: never\nignore: [bad.yaml]\n', 'ci/bad.yaml': BAD, 'bad.yaml': BAD });
  const { code, stdout } = await command(['check', '.', '--config', 'ci/settings.yaml', '-f', 'json'], { cwd });
  expect([code, JSON.parse(stdout).objects]).toEqual([0, 1]);
  expect((await command(['check', 'bad.yaml', '-c', join(cwd, 'ci/settings.yaml')], { cwd })).code).toBe(0);
});

describe('a settings file that is wrong', () => {
  test('is told with every problem and its line', async () => {
    const cwd = folderWith({
      'bad.yaml': BAD,
      'cdk8s-ml.yaml': [
        'target: 1.30', 'failon: error', 'failOn: sometimes', 'assumeComplete: 1', 'external:', '- Secret/ml/hub', '- { kind: Secret }', 'ignore: dist',
        'suppressions:', '- rule: api/selector', '- { rule: api/selectors, reason: x, until: 2027-02-30, names: y }', '- text', 'target: "1.30"',
      ].join('\n'),
    });
    const { code, stderr } = await command(['check', 'bad.yaml'], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatchInlineSnapshot(`
      "cdk8s-ml check: 11 problems
        cdk8s-ml.yaml:13: expected "target" once, found it on line 1 too
          fix: keep one of the two
        cdk8s-ml.yaml:2 failon: expected a key that there is, found none of this name
          fix: did you mean failOn?
        cdk8s-ml.yaml:3 failOn: expected one of error, warning, info, never, found "sometimes"
        cdk8s-ml.yaml:4 assumeComplete: expected true or false, found 1
        cdk8s-ml.yaml:7 external[1]: expected an object with its kind and name, found a plain object
          fix: declare it as 'Secret/ml-training/hub', or as a manifest
        cdk8s-ml.yaml:10 suppressions[0].reason: expected why the finding is lived with, found none
        cdk8s-ml.yaml:11 suppressions[1].names: expected a key that there is, found none of this name
          fix: did you mean name?
        cdk8s-ml.yaml:11 suppressions[1].rule: expected the id of a rule, or \`<family>/*\`, found "api/selectors"
        cdk8s-ml.yaml:11 suppressions[1].until: expected a day such as 2027-01-31, found "2027-02-30"
        cdk8s-ml.yaml:12 suppressions[2]: expected a mapping with rule, reason, until, kind, namespace, name, constructPath, found "text"
        cdk8s-ml.yaml:8 ignore: expected a list, found "dist"
      "
    `);
  });

  test.each([
    ['a: [', 'cdk8s-ml.yaml:1: expected a document of YAML or JSON'],
    ['- a', 'cdk8s-ml.yaml:1: expected a mapping with target, external'],
    ['external: [StorageClas/gp3]', 'cdk8s-ml.yaml:1 external[0]: expected a kind that is known, or its apiVersion as well, found the kind "StorageClas"'],
    ['target: "1.30"\n---\ntarget: "1.31"\n', 'cdk8s-ml.yaml: expected one document, found 2'],
  ])('%j', async (settings, problem) => {
    const { code, stderr } = await command(['check', 'bad.yaml'], { cwd: folderWith({ 'bad.yaml': BAD, 'cdk8s-ml.yaml': settings }) });
    expect([code, stderr]).toEqual([1, expect.stringContaining(problem)]);
  });
});
