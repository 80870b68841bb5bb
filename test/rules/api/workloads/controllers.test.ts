import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { findingsIn, linesOf } from '../../../support/checker';

const TEMPLATE = { metadata: { labels: { app: 'web', tier: 'a' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } };

function workload(kind: string, spec: any): any {
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, template: TEMPLATE, ...spec } };
}

function refusals(manifest: any, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([manifest], { target }).filter(({ ruleId }) => ruleId.startsWith('api/')).map(({ ruleId, path }) => `${ruleId.slice(4)} ${path}`);
}

describe('selectors', () => {
  test.each([
    [undefined, ['selector spec.selector']],
    [{}, ['selector spec.selector']],
    [{ matchLabels: {}, matchExpressions: [] }, ['selector spec.selector']],
    [{ matchLabels: { app: 'other' } }, ['template-labels spec.template.metadata.labels']],
    [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] }, []],
    [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['a'] }] }, ['template-labels spec.template.metadata.labels']],
    [{ matchExpressions: [{ key: 'old', operator: 'NotIn', values: ['a'] }] }, []],
    [{ matchExpressions: [{ key: 'old', operator: 'Exists' }] }, ['template-labels spec.template.metadata.labels']],
    [{ matchExpressions: [{ key: 'constructor', operator: 'DoesNotExist' }] }, []],
  ])('%j', (selector, expected) => {
    for (const kind of ['Deployment', 'StatefulSet', 'ReplicaSet']) expect(refusals(workload(kind, { selector }))).toEqual(expected);
  });

  test('a DaemonSet without one is told that its pods do not match', () => {
    expect(refusals(workload('DaemonSet', { selector: undefined }))).toEqual(['template-labels spec.template.metadata.labels']);
    expect(refusals(workload('DaemonSet', { selector: {} }))).toEqual(['selector spec.selector']);
  });

  test('a ReplicationController takes the labels of its template', () => {
    const controller = (spec: any): any => ({ apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'web' }, spec });
    expect(refusals(controller({ template: TEMPLATE }))).toEqual([]);
    expect(refusals(controller({ template: TEMPLATE, selector: { app: 'b' } }))).toEqual(['template-labels spec.template.metadata.labels']);
    expect(refusals(controller({ template: { spec: TEMPLATE.spec } }))).toEqual(['selector spec.selector']);
    expect(refusals(controller({}))).toEqual(['selector spec.selector', 'template-labels spec.template']);
  });
});

describe('strategy of a Deployment', () => {
  const rolling = (rollingUpdate: any): any => ({ strategy: { rollingUpdate } });

  test.each([
    [{ strategy: {} }, []],
    [{ strategy: { type: 'Recreate' } }, []],
    [{ strategy: { type: 'Recreate', rollingUpdate: {} } }, ['update-strategy spec.strategy.rollingUpdate']],
    [{ strategy: { type: 'rolling' } }, ['update-strategy spec.strategy']],
    [rolling({ maxSurge: '200%' }), []],
    [rolling({ maxUnavailable: '101%' }), ['rolling-update spec.strategy.rollingUpdate.maxUnavailable']],
    [rolling({ maxSurge: 0 }), []],
    [rolling({ maxSurge: '0%', maxUnavailable: 0 }), ['rolling-update spec.strategy.rollingUpdate.maxUnavailable']],
    [rolling({ maxSurge: '1', maxUnavailable: -1 }), ['rolling-update spec.strategy.rollingUpdate.maxSurge', 'rolling-update spec.strategy.rollingUpdate.maxUnavailable']],
  ])('%j', (spec, expected) => expect(refusals(workload('Deployment', spec))).toEqual(expected));
});

describe('strategy of a DaemonSet', () => {
  const rolling = (rollingUpdate: any): any => ({ updateStrategy: { rollingUpdate } });

  test.each([
    [{ updateStrategy: { type: 'OnDelete', rollingUpdate: { maxSurge: 5 } } }, []],
    [{ updateStrategy: { type: 'Recreate' } }, ['update-strategy spec.updateStrategy']],
    [rolling({ maxSurge: 1 }), ['rolling-update spec.updateStrategy.rollingUpdate.maxSurge']],
    [rolling({ maxSurge: 1, maxUnavailable: 0 }), []],
    [rolling({ maxUnavailable: 0 }), ['rolling-update spec.updateStrategy.rollingUpdate.maxUnavailable']],
    [rolling({ maxSurge: '150%', maxUnavailable: '0%' }), ['rolling-update spec.updateStrategy.rollingUpdate.maxSurge']],
  ])('%j', (spec, expected) => expect(refusals(workload('DaemonSet', spec))).toEqual(expected));
});

describe('strategy of a StatefulSet', () => {
  test.each([
    [{ updateStrategy: { type: 'OnDelete' } }, []],
    [{ updateStrategy: { type: 'OnDelete', rollingUpdate: {} } }, ['update-strategy spec.updateStrategy.rollingUpdate']],
    [{ updateStrategy: { rollingUpdate: { partition: -1 } } }, ['negative-number spec.updateStrategy.rollingUpdate.partition']],
    // dropped while its feature gate is off
    [{ updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }, []],
  ])('%j', (spec, expected) => expect(refusals(workload('StatefulSet', spec))).toEqual(expected));
});

test.each([
  ['StatefulSet', { replicas: -1, minReadySeconds: -1, ordinals: { start: -1 }, revisionHistoryLimit: -1 }, ['spec.replicas', 'spec.minReadySeconds', 'spec.ordinals.start']],
  ['Deployment', { replicas: 0, revisionHistoryLimit: -1 }, ['spec.revisionHistoryLimit']],
  ['DaemonSet', { revisionHistoryLimit: -1, minReadySeconds: -1 }, ['spec.minReadySeconds', 'spec.revisionHistoryLimit']],
])('counts of a %s: %j', (kind, spec, paths) => {
  expect(refusals(workload(kind, spec))).toEqual(paths.map(path => `negative-number ${path}`));
});

test('progress is waited for longer than readiness', () => {
  expect(linesOf(findingsIn([workload('Deployment', { minReadySeconds: 600 })]), 'api/progress-deadline'))
    .toEqual(['spec.progressDeadlineSeconds | more than the 600 of minReadySeconds | 600']);
  expect(refusals(workload('Deployment', { minReadySeconds: 599 }))).toEqual([]);
  expect(refusals(workload('Deployment', { progressDeadlineSeconds: 0 }))).toEqual(['progress-deadline spec.progressDeadlineSeconds']);
});

test('pods of what runs for ever restart always, in every release', () => {
  const template = { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: 'Never', activeDeadlineSeconds: 5 } };
  for (const target of [KubernetesVersion.V1_27, KubernetesVersion.V1_36]) {
    for (const kind of ['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet']) {
      expect(refusals(workload(kind, { template }), target)).toEqual([
        'template-restart-policy spec.template.spec.restartPolicy', 'template-deadline spec.template.spec.activeDeadlineSeconds',
      ]);
    }
  }
});

test('without a template there are no containers', () => {
  const selector = { matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }] };
  expect(refusals(workload('Deployment', { selector, template: undefined }))).toContain('containers spec.template.spec.containers');
  expect(refusals({ apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'web' } })).toEqual(['containers template.spec.containers']);
});

test('the name of the Service is looked at since 1.33', () => {
  const set = workload('StatefulSet', { serviceName: 'a.b' });
  const found = [KubernetesVersion.V1_32, KubernetesVersion.V1_33].map(target => findingsIn([set], { target }).map(({ ruleId }) => ruleId));
  expect(found.map(ids => ids.filter(id => id.endsWith('/service-name')))).toEqual([['silent/service-name'], ['api/service-name']]);
});

test('what is empty is filled in', () => {
  expect(refusals(workload('StatefulSet', {
    podManagementPolicy: '', serviceName: '', updateStrategy: { type: '' }, persistentVolumeClaimRetentionPolicy: { whenDeleted: '', whenScaled: 'Delete' },
  }))).toEqual([]);
});
