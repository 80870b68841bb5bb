import { expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { findingsIn, linesOf, rulesIn } from '../../../support/checker';

function configMap(metadata: any): any {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', ...metadata } };
}

const MOST = 63;

test.each([
  ['app', 'resnet', true],
  ['app.kubernetes.io/name', '', true],
  ['Team_A', 'A.b-c_d', true],
  ['a'.repeat(MOST), 'a'.repeat(MOST), true],
  [`${'a.'.repeat(126)}a/b`, '1', true],
  ['a'.repeat(MOST + 1), '', false],
  ['app', 'a'.repeat(MOST + 1), false],
  ['App.io/name', '', false],
  ['a/b/c', '', false],
  ['/a', '', false],
  ['', '', false],
  ['app', '-a', false],
  ['app', 'a b', false],
  ['constructor', 'prototype', true],
])('label %j: %j', (key, value, isGood) => {
  expect(rulesIn([configMap({ labels: { [key]: value } })])).toEqual(isGood ? [] : ['api/label']);
});

test('keys of annotations may have capitals', () => {
  expect(rulesIn([configMap({ annotations: { 'ACME.io/Paper': 'any text: ä' } })])).toEqual([]);
  expect(rulesIn([configMap({ annotations: { 'a b': '' } })])).toEqual(['api/annotation']);
});

test('annotations are counted in bytes, keys too', () => {
  const LIMIT = 262_144;
  const size = (text: string): string[] => linesOf(findingsIn([configMap({ annotations: { a: text } })]));
  expect(size('x'.repeat(LIMIT - 1))).toEqual([]);
  expect(size('x'.repeat(LIMIT))).toEqual([`metadata.annotations | at most ${LIMIT} bytes of annotations | ${LIMIT + 1} bytes`]);
  expect(size('é'.repeat(LIMIT / 2))).toHaveLength(1);
});

function workload(kind: string, labels: any): any {
  return {
    apiVersion: 'apps/v1', kind, metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web', ...labels } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
    },
  };
}

test('labels of a template stand where the server writes them', () => {
  const found = findingsIn([workload('Deployment', { team: 'a b' })]).filter(({ ruleId }) => ruleId === 'api/label');
  expect(found.map(({ path, found: text }) => `${path} ${text}`)).toEqual(['spec.template.labels "a b" of "team"']);
});

test('the server has always looked at the labels of a StatefulSet', () => {
  expect(rulesIn([workload('StatefulSet', { team: 'a b' })], { target: KubernetesVersion.V1_27 })).toContain('api/label');
});

test('a template in a custom resource is read by its controller later', () => {
  const job = {
    apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'train' },
    spec: {
      replicatedJobs: [{
        name: 'workers',
        template: { spec: { template: { metadata: { labels: { team: 'a b' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'c:1' }] } } } },
      }],
    },
  };
  const found = findingsIn([job]).filter(({ ruleId }) => ruleId.endsWith('/label'));
  expect(found.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([
    'silent/label spec.replicatedJobs[0].template.spec.template.metadata.labels',
  ]);
});

test.each([
  [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b' }, []],
  [{ apiVersion: 'apps/', kind: 'Pod', name: 'a', uid: 'b' }, ['metadata.ownerReferences.apiVersion']],
  [{ kind: 'Pod' }, ['metadata.ownerReferences.apiVersion', 'metadata.ownerReferences.name', 'metadata.ownerReferences.uid']],
  [{ apiVersion: 'v1', kind: 'Event', name: 'a', uid: 'b' }, ['metadata.ownerReferences']],
])('owner %j', (reference, paths) => {
  const found = findingsIn([configMap({ ownerReferences: [reference] })]).filter(({ ruleId }) => ruleId === 'api/owner-reference');
  expect(found.map(({ path }) => path)).toEqual(paths);
});

test('one owner is the controller; the same one twice counts once', () => {
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b', controller: true };
  expect(rulesIn([configMap({ ownerReferences: [owner, owner] })])).toEqual([]);
  expect(rulesIn([configMap({ ownerReferences: [owner, { ...owner, uid: 'c' }] })])).toEqual(['api/owner-reference']);
});

test('finalizers without a domain are those of Kubernetes, but for custom resources', () => {
  const found = linesOf(findingsIn([configMap({ finalizers: ['orphan', 'a.io/b', 'mine', 'a b'] })]));
  expect(found.map(line => line.split(' | ')[0])).toEqual(['metadata.finalizers[2]', 'metadata.finalizers']);
  expect(rulesIn([configMap({ finalizers: ['orphan', 'foregroundDeletion'] })])).toEqual(['api/finalizer']);
  const restore = { apiVersion: 'velero.io/v1', kind: 'Restore', metadata: { name: 'a', finalizers: ['mine'] }, spec: { backupName: 'b' } };
  expect(rulesIn([restore])).not.toContain('api/finalizer');
});
