import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { findingsIn, linesOf, rulesIn } from '../../../support/checker';

const LONG = 'a'.repeat(64);
const LONGER = 'a'.repeat(254);

function named(apiVersion: string, kind: string, metadata: any, rest: any = {}): any {
  return { apiVersion, kind, metadata, ...rest };
}

const SERVICE = { spec: { ports: [{ port: 80 }] } };
const JOB = { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'trainer', image: 'trainer:1' }] } } } };
const SET = { spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'c:1' }] } } } };

test.each([
  ['v1', 'ConfigMap', {}, ['a.b', '1a', LONG], ['A', 'a_b', 'a..b', '-a', LONGER]],
  ['apps/v1', 'StatefulSet', SET, ['a', '1a'], ['a.b', 'A', LONG]],
  ['v1', 'Namespace', {}, ['a'], ['a.b', LONG]],
  ['v1', 'Service', SERVICE, ['a', '1a'], ['a.b', LONG]],
  ['rbac.authorization.k8s.io/v1', 'Role', {}, ['system:reader', 'A_b', LONGER], ['a/b', '50%', '..']],
  ['policy/v1', 'PodDisruptionBudget', {}, ['A_b'], ['a/b']],
  ['velero.io/v1', 'Restore', { spec: { backupName: 'nightly' } }, ['a.b'], ['a_b']],
  ['acme.io/v1', 'Widget', {}, ['A_b'], ['a/b']],
])('names of %s %s', (apiVersion, kind, rest, good, bad) => {
  const isRefused = (name: string): boolean => rulesIn([named(apiVersion, kind, { name }, rest)]).includes('api/name');
  expect(good.filter(isRefused)).toEqual([]);
  expect(bad.filter(name => !isRefused(name))).toEqual([]);
});

test('the name of a Service starts with a letter before 1.36', () => {
  const services = [named('v1', 'Service', { name: '1a' }, SERVICE)];
  expect(rulesIn(services, { target: KubernetesVersion.V1_35 })).toContain('api/name');
  expect(rulesIn(services)).not.toContain('api/name');
});

describe('generateName', () => {
  test.each([
    ['v1', 'ConfigMap', 'settings-', {}, []],
    ['v1', 'ConfigMap', 'settings.', {}, ['metadata.generateName']],
    ['v1', 'ConfigMap', 'Settings-', {}, ['metadata.generateName']],
    // the dash hides what is before it, but not from the name that is made
    ['v1', 'ConfigMap', 'A-', {}, ['metadata.name']],
    ['apps/v1', 'StatefulSet', 'a.b-', SET, ['metadata.generateName']],
    ['v1', 'ConfigMap', LONG, {}, []],
  ])('%s %s %s', (apiVersion, kind, generateName, rest, paths) => {
    const found = findingsIn([named(apiVersion, kind, { generateName }, rest)]).filter(({ ruleId }) => ruleId === 'api/name');
    expect(found.map(({ path }) => path)).toEqual(paths);
  });

  test('makes names that are too long for Jobs of a CronJob', () => {
    const spec = { schedule: '@daily', jobTemplate: JOB };
    const found = findingsIn([named('batch/v1', 'CronJob', { generateName: 'a'.repeat(50) }, { spec })]);
    expect(found.filter(({ ruleId }) => ruleId === 'api/derived-name')).toHaveLength(1);
  });
});

test('an object has a name', () => {
  expect(linesOf(findingsIn([named('v1', 'ConfigMap', {})]), 'api/name')).toEqual(['metadata.name | a name | none']);
  expect(linesOf(findingsIn([named('v1', 'ConfigMap', { name: '' })]), 'api/name')).toEqual(['metadata.name | a name | ""']);
});

test('where the server makes the name, or nothing is known of the kind, none is asked for', () => {
  expect(rulesIn([named('v1', 'LimitRange', {}), named('kustomize.config.k8s.io/v1beta1', 'Kustomization', {})])).not.toContain('api/name');
});

test('a namespace is not asked for, must have a form, and is ignored where a kind has none', () => {
  expect(rulesIn([named('v1', 'ConfigMap', { name: 'a' })])).toEqual([]);
  expect(rulesIn([named('v1', 'ConfigMap', { name: 'a', namespace: 'a.b' })])).toEqual(['api/namespace']);
  expect(rulesIn([named('v1', 'Namespace', { name: 'a', namespace: 'a.b' })])).toEqual([]);
});

test('metadata of any shape breaks nothing', () => {
  for (const metadata of [undefined, null, 'a', 5, [], { labels: 'a', annotations: [1], finalizers: 'x', ownerReferences: {} }]) {
    expect(() => findingsIn([named('acme.io/v1', 'Widget', metadata)])).not.toThrow();
    expect(() => findingsIn([named('v1', 'ConfigMap', metadata)])).not.toThrow();
  }
});
