import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ManifestValidation } from '../../lib';
import type { ValidationViolation } from '../../lib/plugin/context';
import { BAD, folderWith, GOOD } from '../support/command';

interface Told {
  readonly violations: ValidationViolation[];
  status?: string;
  metadata?: Readonly<Record<string, string>>;
}

/** What cdk8s-cli hears of files. */
async function validate(
  files: Readonly<Record<string, string>>, properties: object = {}, metadata: Record<string, { path: string }> = {},
): Promise<Told> {
  const folder = folderWith(files);
  const told: Told = { violations: [] };
  await new ManifestValidation(properties).validate({
    manifests: Object.keys(files).map(name => join(folder, name)),
    metadata,
    logger: { log: () => undefined },
    report: {
      addViolation: violation => { told.violations.push(violation); },
      submit: (status, summary) => { told.status = status; told.metadata = summary; },
    },
  });
  return told;
}

const CLAIM = 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: settings, namespace: ml }\n'
  + 'spec: { accessModes: [ReadWriteOnce], storageClassName: a, resources: { requests: { storage: 1Gi } } }\n';

describe('the validation plugin', () => {
  test('submits a success, with what was checked', async () => {
    expect(await validate({ 'a.yaml': GOOD }, { target: '1.36' })).toEqual({
      violations: [], status: 'success',
      metadata: { Kubernetes: '1.36', Objects: '1', Errors: '0', Warnings: '0', Infos: '0', Unresolved: '0' },
    });
  });

  test('submits a failure with the rule, the construct and the place', async () => {
    const { violations, status } = await validate({ 'a.yaml': BAD }, {}, { settings: { path: 'chart/settings' } });
    expect(status).toBe('failure');
    expect(violations).toEqual([{
      ruleName: expect.stringMatching(/^api\/[a-z-]+$/),
      recommendation: expect.stringMatching(/^chart\/settings \(ConfigMap ml\/settings\): data\S*epochs\S*: expected .+, found /),
      fix: expect.stringMatching(/ \(https:\/\/\S+\)$/),
      violatingResources: [{
        resourceName: 'settings', locations: [expect.stringMatching(/^data\S*epochs\S* \(.*a\.yaml:7\)$/)], manifestPath: expect.stringMatching(/a\.yaml$/),
      }],
    }]);
  });

  test('blames no construct where several objects have the name', async () => {
    const { violations } = await validate({ 'a.yaml': `${BAD}---\n${CLAIM}` }, { external: ['StorageClass/a'] }, { settings: { path: 'chart/claim' } });
    const [{ recommendation, violatingResources: [{ resourceName }] }] = violations;
    expect(recommendation).toMatch(/^ConfigMap ml\/settings: /);
    // a name by which cdk8s-cli finds no construct
    expect(resourceName).toBe('ConfigMap ml/settings');
  });

  test('tells what is no error as such, and does not fail for it', async () => {
    const { violations, status } = await validate({ 'a.yaml': CLAIM });
    expect(violations.map(({ ruleName }) => ruleName)).toContain('chain/class-missing (unresolved)');
    expect(status).toBe('success');
  });

  test('puts findings of one rule together', async () => {
    const { violations } = await validate({ 'a.yaml': BAD, 'b.yaml': BAD.replace('name: settings', 'name: others') });
    expect(violations).toHaveLength(1);
    expect(violations[0].violatingResources).toHaveLength(2);
    expect(violations[0].recommendation.split('\n')).toHaveLength(2);
  });

  test('leaves out what is no Kubernetes object, and tells what cannot be read', async () => {
    const { violations, status } = await validate({ 'a.yaml': GOOD, 'values.yaml': 'a: 1\n', 'broken.yaml': 'a: [\n' });
    expect([status, violations.map(({ ruleName }) => ruleName)]).toEqual(['failure', ['out/unreadable']]);
  });

  test('takes the settings of a checker', async () => {
    const suppressions = [{ rule: 'api/*', reason: 'a demo' }];
    const { status, violations, metadata } = await validate({ 'a.yaml': BAD }, { suppressions });
    expect([status, violations]).toEqual(['success', []]);
    expect(metadata).toMatchObject({ 'Suppressed 1': expect.stringMatching(/^api\/\S+ on ConfigMap settings: a demo$/) });
    expect((await validate({ 'a.yaml': BAD }, { failOn: 'never' })).status).toBe('success');
    expect((await validate({ 'a.yaml': CLAIM }, { assumeComplete: true })).status).toBe('failure');
  });

  test('writes reports of its own', async () => {
    const folder = folderWith({});
    const reports = { sarif: join(folder, 'new/a.sarif'), junit: join(folder, 'a.xml'), json: join(folder, 'a.json') };
    await validate({ 'a.yaml': BAD }, { reports });
    expect(JSON.parse(readFileSync(reports.sarif, 'utf8')).runs[0].results).toHaveLength(1);
    expect(JSON.parse(readFileSync(reports.json, 'utf8')).summary.errors).toBe(1);
    expect(readFileSync(reports.junit, 'utf8')).toContain('failures="1"');
  });

  test('names every property that is wrong', () => {
    const properties = {
      traget: '1.33', target: 1.33, external: 'a', failOn: 'x', suppressions: [{ rule: 'api/*' }], reports: { sarfi: 'a', json: 1 },
    };
    expect(() => new ManifestValidation(properties)).toThrowErrorMatchingInlineSnapshot(`
      [UsageError: 7 problems in the validation ManifestValidation of cdk8s.yaml
        properties.traget: expected a key that there is, found none of this name
          fix: did you mean target?
        properties.target: expected one of 1.27, 1.28, 1.29, 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36, found 1.33
          fix: put it in quotes: without them it is a number
        properties.external: expected a list, found "a"
        properties.failOn: expected one of error, warning, info, never, found "x"
        properties.suppressions[0].reason: expected why the finding is lived with, found none
        properties.reports.sarfi: expected a key that there is, found none of this name
          fix: the keys are text, json, sarif, junit, github
        properties.reports.json: expected a file, found 1]
    `);
    expect(() => new ManifestValidation('a')).toThrow('properties: expected a mapping with target, external');
    expect(existsSync('a')).toBe(false);
  });

  test('needs no properties', () => {
    expect(() => new ManifestValidation()).not.toThrow();
  });
});
