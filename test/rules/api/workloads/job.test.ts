import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { findingsIn } from '../../../support/checker';

const POD = { restartPolicy: 'Never', containers: [{ name: 'trainer', image: 'trainer:1' }], initContainers: [{ name: 'load', image: 'load:1' }] };

function job(spec: any, labels?: any, name = 'train'): any {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template: { metadata: { labels }, spec: POD }, ...spec } };
}

/** `rule path` of what the API server would refuse. */
function refusals(manifest: any, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([manifest], { target }).filter(({ ruleId }) => ruleId.startsWith('api/')).map(({ ruleId, path }) => `${ruleId.slice(4)} ${path}`);
}

const INDEXED = { completionMode: 'Indexed', completions: 4, parallelism: 4 };

describe('indexes', () => {
  test.each([
    [{ completionMode: 'Indexed' }, []],
    [{ completionMode: 'Indexed', parallelism: 2 }, ['completion-mode spec.completions']],
    [{ completionMode: 'indexed' }, ['completion-mode spec.completionMode']],
    [{ ...INDEXED, parallelism: 100_000 }, []],
    [{ ...INDEXED, parallelism: 100_001 }, ['completion-mode spec.parallelism']],
    [{ ...INDEXED, backoffLimitPerIndex: 0, maxFailedIndexes: 4 }, []],
    [{ ...INDEXED, backoffLimitPerIndex: 0, maxFailedIndexes: 5 }, ['index-limits spec.maxFailedIndexes']],
    [{ ...INDEXED, maxFailedIndexes: 1 }, ['index-limits spec.backoffLimitPerIndex']],
    [{ backoffLimitPerIndex: 1 }, ['index-limits spec.backoffLimitPerIndex']],
    [{ ...INDEXED, completions: 100_001, backoffLimitPerIndex: 1, maxFailedIndexes: 10_000 }, []],
    [{ ...INDEXED, completions: 100_001, backoffLimitPerIndex: 1 }, ['index-limits spec.maxFailedIndexes']],
    [
      { ...INDEXED, completions: 100_001, parallelism: 10_001, backoffLimitPerIndex: 1, maxFailedIndexes: 10_001 },
      ['index-limits spec.maxFailedIndexes', 'index-limits spec.parallelism'],
    ],
  ])('%j', (spec, expected) => expect(refusals(job(spec))).toEqual(expected));

  test('limits of single indexes are dropped before 1.29', () => {
    expect(refusals(job({ backoffLimitPerIndex: 1 }), KubernetesVersion.V1_28)).toEqual([]);
    expect(refusals(job({ backoffLimitPerIndex: 1 }), KubernetesVersion.V1_29)).not.toEqual([]);
  });

  test('pods are called by name and index, without dots', () => {
    expect(refusals(job(INDEXED, undefined, 'a'.repeat(61)))).toEqual([]);
    expect(refusals(job(INDEXED, undefined, 'a'.repeat(62)))).toEqual(['derived-name metadata.name']);
    expect(refusals(job({ ...INDEXED, completions: 11 }, undefined, 'a'.repeat(61)))).toEqual(['derived-name metadata.name']);
    expect(refusals(job(INDEXED, undefined, 'a.b'))).toEqual(['derived-name metadata.name']);
    expect(refusals(job({}, undefined, 'a.b'))).toEqual([]);
    expect(refusals(job({ completionMode: 'Indexed', completions: 0 }, undefined, 'a.b'))).toEqual([]);
  });
});

describe('selector', () => {
  const OWN = { manualSelector: true, selector: { matchLabels: { app: 'a' } } };

  test.each([
    [{}, { app: 'a' }, []],
    [{}, { 'job-name': 'train', 'batch.kubernetes.io/job-name': 'train' }, []],
    [{}, { 'job-name': 'other' }, ['job-selector spec.template.metadata.labels[job-name]']],
    [{}, { 'batch.kubernetes.io/controller-uid': 'a' }, ['job-selector spec.template.metadata.labels[batch.kubernetes.io/controller-uid]']],
    [{ selector: {} }, {}, []],
    [{ selector: { matchLabels: { 'job-name': 'train' } } }, {}, []],
    [{ selector: { matchLabels: { app: 'a' } } }, { app: 'a' }, ['job-selector spec.selector']],
    [{ selector: { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] } }, { app: 'a' }, ['template-labels spec.template.metadata.labels']],
    [{ manualSelector: true }, {}, ['job-selector spec.selector']],
    [OWN, { app: 'a', 'job-name': 'other' }, []],
    [OWN, { app: 'b' }, ['template-labels spec.template.metadata.labels']],
  ])('%j of %j', (spec, labels, expected) => expect(refusals(job(spec, labels))).toEqual(expected));

  test('the name is a label of the pods', () => {
    expect(refusals(job({}, undefined, 'a'.repeat(64)))).toEqual(['job-selector spec.template.labels']);
    expect(refusals(job(OWN, { app: 'a' }, 'a'.repeat(64)))).toEqual([]);
  });
});

describe('podFailurePolicy', () => {
  const CODES = { operator: 'In', values: [1, 42] };
  const CONDITIONS = [{ type: 'DisruptionTarget' }];
  const AT = 'pod-failure-policy spec.podFailurePolicy.rules[0]';

  test.each([
    [{ action: 'FailJob', onExitCodes: CODES }, []],
    [{ action: 'Ignore', onPodConditions: CONDITIONS }, []],
    [{ action: 'Count', onExitCodes: { ...CODES, containerName: 'load' } }, []],
    [{ action: 'Count', onExitCodes: { operator: 'NotIn', values: [0] } }, []],
    [{ onExitCodes: CODES }, [`${AT}.action`]],
    [{ action: 'Retry', onExitCodes: CODES }, [`${AT}.action`]],
    [{ action: 'FailIndex', onExitCodes: CODES }, [`${AT}.action`]],
    [{ action: 'Ignore' }, [AT]],
    [{ action: 'Ignore', onExitCodes: CODES, onPodConditions: CONDITIONS }, [AT]],
    [{ action: 'Ignore', onExitCodes: { ...CODES, containerName: 'other' } }, [`${AT}.onExitCodes.containerName`]],
    [{ action: 'Ignore', onExitCodes: { values: [1] } }, [`${AT}.onExitCodes.operator`]],
    [{ action: 'Ignore', onExitCodes: { operator: 'In' } }, [`${AT}.onExitCodes.values`]],
    [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [0, 0] } }, ['[0]', '[1]', '[1]'].map(i => `${AT}.onExitCodes.values${i}`)],
    [{ action: 'Ignore', onExitCodes: { operator: 'In', values: [2, 1] } }, [`${AT}.onExitCodes.values`]],
    [{ action: 'Ignore', onExitCodes: { operator: 'In', values: Array.from({ length: 256 }, (_, i) => i + 1) } }, [`${AT}.onExitCodes.values`]],
    [{ action: 'Ignore', onPodConditions: [{ status: 'true' }] }, [`${AT}.onPodConditions[0].type`, `${AT}.onPodConditions[0].status`]],
  ])('%j', (rule, expected) => expect(refusals(job({ podFailurePolicy: { rules: [rule] } }))).toEqual(expected));

  test('has at most 20 rules, and pods that are not started again', () => {
    const rule = { action: 'Ignore', onPodConditions: CONDITIONS };
    expect(refusals(job({ podFailurePolicy: { rules: new Array(21).fill(rule) } }))).toEqual(['pod-failure-policy spec.podFailurePolicy.rules']);
    const template = { spec: { ...POD, restartPolicy: 'OnFailure' } };
    expect(refusals(job({ podFailurePolicy: { rules: [rule] }, template }))).toEqual(['template-restart-policy spec.template.spec.restartPolicy']);
    expect(refusals(job({ template }))).toEqual([]);
  });
});

describe('successPolicy', () => {
  const AT = 'success-policy spec.successPolicy';

  test.each([
    [[{ succeededIndexes: '0,2-3' }], []],
    [[{ succeededIndexes: '' }], []],
    [[{ succeededCount: 4 }], []],
    [[{ succeededIndexes: '0-1', succeededCount: 2 }], []],
    [[], [`${AT}.rules`]],
    [[{}], [`${AT}.rules[0]`]],
    [[{ succeededCount: 5 }], [`${AT}.rules[0].succeededCount`]],
    [[{ succeededIndexes: '0-1', succeededCount: 3 }], [`${AT}.rules[0].succeededCount`]],
    [[{ succeededCount: -1 }], ['negative-number spec.successPolicy.rules[0].succeededCount']],
  ])('%j', (rules, expected) => expect(refusals(job({ ...INDEXED, successPolicy: { rules } }))).toEqual(expected));

  test.each(['4', '1,0', '1,1', '2-1', '1-1', '0-1-2', '0-', 'a', '0, 1', '0-2,2'])('indexes %j', succeededIndexes => {
    expect(refusals(job({ ...INDEXED, successPolicy: { rules: [{ succeededIndexes }] } }))).toEqual([`${AT}.rules[0].succeededIndexes`]);
  });

  test('is for indexes, and dropped before 1.31', () => {
    expect(refusals(job({ successPolicy: { rules: [{ succeededCount: 1 }] } }))).toEqual([AT]);
    expect(refusals(job({ successPolicy: {} }), KubernetesVersion.V1_30)).toEqual([]);
  });
});

test.each([
  ['kueue.x-k8s.io/multikueue', true], ['a/b/c:d', true], ['kueue', false], ['', false], ['/a', false], ['a/', false], ['A/b', false], ['a/b c', false], [`a/${'b'.repeat(61)}`, true],
  [`a/${'b'.repeat(62)}`, false],
])('managedBy %j', (managedBy, isGood) => {
  expect(refusals(job({ managedBy }))).toEqual(isGood ? [] : ['managed-by spec.managedBy']);
  expect(refusals(job({ managedBy }), KubernetesVersion.V1_31)).toEqual([]);
});

test('a Job has to say how its pods restart', () => {
  for (const restartPolicy of [undefined, '', 'Always']) {
    expect(refusals(job({ template: { spec: { ...POD, restartPolicy } } }))).toContain('template-restart-policy spec.template.spec.restartPolicy');
  }
});
