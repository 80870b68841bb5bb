import { describe, expect, test } from 'vitest';
import { KubernetesVersion, Severity } from '../../../lib';
import { findingsIn, linesOf } from '../../support/checker';

type Json = Record<string, any>;

function podOf(more: Json, container: Json = {}): any {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'trainer', namespace: 'ml', labels: { app: 'trainer' } },
    spec: { containers: [{ name: 'trainer', image: 'registry.example.com/trainer:1.4', ...container }], ...more },
  };
}

function linesIn(object: any, rule: string, target = KubernetesVersion.V1_36): string[] {
  return linesOf(findingsIn([object], { target }), rule);
}

describe('quantities', () => {
  const severityOf = (memory: string): Severity | undefined =>
    findingsIn([podOf({}, { resources: { limits: { memory } } })]).find(({ ruleId }) => ruleId === 'silent/fraction-of-a-byte')?.severity;

  test.each<[string, Severity | undefined]>([
    ['512m', Severity.ERROR], ['0.5', Severity.ERROR], ['0.1Gi', Severity.WARNING], ['0.5Gi', undefined], ['128974848000m', undefined], ['16Gi', undefined],
  ])('%s of memory', (memory, severity) => {
    expect(severityOf(memory)).toBe(severity);
  });

  test('what was meant is in the fix', () => {
    const [finding] = findingsIn([podOf({}, { resources: { limits: { memory: '512m' } } })]).filter(({ ruleId }) => ruleId === 'silent/fraction-of-a-byte');
    expect(finding).toMatchObject({
      path: 'spec.containers[0].resources.limits[memory]', found: '"512m", which is 0.512 bytes', fix: 'use 512Mi',
    });
  });

  test.each<[string, boolean]>([['100m', false], ['2.3', false], ['500u', true], ['0.0001', true]])('%s of cpu', (cpu, isFound) => {
    expect(linesIn(podOf({}, { resources: { requests: { cpu } } }), 'silent/rounded-quantity')).toHaveLength(isFound ? 1 : 0);
  });
});

describe('volumes', () => {
  const volumes = (...list: Json[]): any => podOf({ volumes: list });

  test('without a source', () => {
    expect(linesIn(volumes({ name: 'ckpt' }), 'silent/volume-source')).toEqual(['spec.volumes[0] | a source | none in the volume "ckpt"']);
    expect(linesIn(volumes({ name: 'ckpt', emptyDir: {} }), 'silent/volume-source')).toEqual([]);
  });

  test.each<[string, boolean]>([
    ['', false], ['Memory', false], ['HugePages', false], ['HugePages-2Mi', false], ['HugePages-x', true], ['memory', true], ['SSD', true],
  ])('medium "%s"', (medium, isFound) => {
    expect(linesIn(volumes({ name: 'shm', emptyDir: { medium } }), 'silent/empty-dir-medium')).toHaveLength(isFound ? 1 : 0);
  });

  test.each<[Json, KubernetesVersion, boolean]>([
    [{ rbd: { monitors: ['a'], image: 'b' } }, KubernetesVersion.V1_30, false],
    [{ rbd: { monitors: ['a'], image: 'b' } }, KubernetesVersion.V1_31, true],
    [{ gitRepo: { repository: 'r' } }, KubernetesVersion.V1_32, false],
    [{ gitRepo: { repository: 'r' } }, KubernetesVersion.V1_33, true],
    [{ glusterfs: { endpoints: 'e', path: 'p' } }, KubernetesVersion.V1_27, true],
  ])('%o in %s', (source, target, isFound) => {
    expect(linesIn(volumes({ name: 'data', ...source }), 'silent/dead-volume-type', target)).toHaveLength(isFound ? 1 : 0);
  });

  test.each<[string[], number]>([
    [['a', 'b'], 0], [['a', 'a'], 1], [['a', 'a/b'], 1], [['a', 'ab', 'a-b'], 0], [['a-b', 'a', 'a/b'], 1],
  ])('files %j', (files, count) => {
    const configMap = { name: 'c', items: files.map((path, i) => ({ key: `k${i}`, path })) };
    expect(linesIn(volumes({ name: 'config', configMap }), 'silent/overlapping-files')).toHaveLength(count);
  });
});

test.each<[string, Json, boolean]>([
  ['a value that takes up the one before', { value: '$(PATH):/opt' }, false],
  ['one that says only itself', { value: '$(PATH)' }, true],
  ['another', { value: '/opt' }, true],
])('a variable twice: %s', (_, second, isFound) => {
  const env = [{ name: 'PATH', value: '/bin' }, { name: 'PATH', ...second }];
  expect(linesIn(podOf({}, { env }), 'silent/env-twice')).toHaveLength(isFound ? 1 : 0);
});

test.each([[52, 0], [53, 1], [63, 1], [64, 0]])('a StatefulSet whose name has %i characters', (length, count) => {
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a'.repeat(length) }, spec: {} };
  expect(linesIn(set, 'silent/stateful-set-name')).toHaveLength(count);
});

describe('what counts no pods', () => {
  const affinityTerm = { topologyKey: 'kubernetes.io/hostname' };

  test('an anti-affinity and a spread without labels', () => {
    const pod = podOf({
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: affinityTerm }] } },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' }],
    });
    expect(linesIn(pod, 'silent/nil-label-selector').map(line => line.split(' | ')[0])).toEqual([
      'spec.topologySpreadConstraints[0].labelSelector',
      'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector',
    ]);
  });

  test.each<[Json | undefined, boolean]>([
    [undefined, true], [{}, true], [{ matchLabels: {} }, true], [{ matchLabels: { app: 'a' } }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, false],
  ])('a budget with the selector %j', (selector, isFound) => {
    const budget = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'b' }, spec: { minAvailable: 1, ...(selector && { selector }) } };
    expect(linesIn(budget, 'silent/disruption-selector')).toHaveLength(isFound ? 1 : 0);
  });
});

describe('data sources', () => {
  const claim = (spec: Json): any => ({
    apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'c', namespace: 'ml' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
  });
  const SNAPSHOT = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 's' };

  test.each<[string, Json, string[]]>([
    ['a snapshot', { dataSource: SNAPSHOT }, []],
    ['a claim', { dataSource: { kind: 'PersistentVolumeClaim', name: 'a' } }, []],
    ['a snapshot without its group', { dataSource: { ...SNAPSHOT, apiGroup: undefined } }, ['silent/data-source-dropped']],
    ['a snapshot with a version', { dataSource: { ...SNAPSHOT, apiGroup: 'snapshot.storage.k8s.io/v1' } }, ['silent/data-source-dropped']],
    ['a populator', { dataSource: { apiGroup: 'example.com', kind: 'Populator', name: 'p' } }, ['silent/data-source-dropped']],
    ['a snapshot of another namespace', { dataSourceRef: { ...SNAPSHOT, namespace: 'prod' } }, ['silent/data-source-namespace']],
    ['a namespace of no text', { dataSourceRef: { ...SNAPSHOT, namespace: '' } }, []],
  ])('%s', (_, spec, expected) => {
    expect(findingsIn([claim(spec)]).map(({ ruleId }) => ruleId).filter(id => id.startsWith('silent/data-source'))).toEqual(expected);
  });

  test('of a claim template, which the controller hands to the same API server', () => {
    const set = {
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'ps', namespace: 'ml' },
      spec: { volumeClaimTemplates: [{ metadata: { name: 'state' }, spec: claim({ dataSourceRef: { ...SNAPSHOT, namespace: 'prod' } }).spec }], template: { spec: { containers: [] } } },
    };
    expect(linesIn(set, 'silent/data-source-namespace')).toEqual(['spec.volumeClaimTemplates[0].spec.dataSourceRef.namespace | no namespace | "prod"']);
  });
});
