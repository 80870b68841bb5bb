import { describe, expect, test } from 'vitest';
import { KubernetesVersion, Outcome } from '../../../../lib';
import { findingsIn } from '../../../support/checker';

type Spec = Record<string, any>;

function refusedIn(object: any, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([object], { target })
    .filter(({ ruleId, outcome }) => ruleId.startsWith('api/') && outcome === Outcome.VIOLATED).map(({ path }) => path);
}

function claimOf(more: Spec): any {
  return {
    apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'checkpoints', namespace: 'ml' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '500Gi' } }, ...more },
  };
}

const SNAPSHOT = { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'epoch-12' };
const CLAIM = { kind: 'PersistentVolumeClaim', name: 'base' };

describe('a claim', () => {
  test.each<[string, Spec, string[]]>([
    ['of the usual form', {}, []],
    ['without modes', { accessModes: [] }, ['spec.accessModes']],
    ['with one mode beside ReadWriteOncePod', { accessModes: ['ReadWriteOncePod', 'ReadWriteMany'] }, ['spec.accessModes']],
    ['with an unknown mode, told once', { accessModes: ['ReadWriteOnce', 'RWX'] }, ['spec.accessModes']],
    ['of no size', { resources: { requests: { storage: '0' } } }, ['spec.resources[storage]']],
    ['with a limit alone', { resources: { limits: { storage: '1Gi' } } }, ['spec.resources[storage]']],
    ['of no class', { storageClassName: '' }, []],
    ['of a class that cannot be', { storageClassName: 'Fast_SSD' }, ['spec.storageClassName']],
    ['with a selector that cannot be', { selector: { matchLabels: { 'a b': 'c' } } }, ['spec.selector.matchLabels']],
    ['from a snapshot', { dataSourceRef: SNAPSHOT }, []],
    ['from a snapshot, said twice', { dataSource: SNAPSHOT, dataSourceRef: SNAPSHOT }, []],
    ['from two sources', { dataSource: CLAIM, dataSourceRef: SNAPSHOT }, ['spec']],
    ['from one claim, once with an empty group', { dataSource: CLAIM, dataSourceRef: { ...CLAIM, apiGroup: '' } }, ['spec']],
    ['from a snapshot without its group', { dataSourceRef: { ...SNAPSHOT, apiGroup: '' } }, ['spec.dataSourceRef']],
    ['the same in the older field, which is dropped', { dataSource: { ...SNAPSHOT, apiGroup: undefined } }, []],
    ['from another namespace, which is dropped with all that is wrong', { dataSourceRef: { kind: 'X', namespace: 'Not A Name' } }, []],
    ['from a group that cannot be', { dataSourceRef: { ...SNAPSHOT, apiGroup: 'snapshot.storage.k8s.io/v1' } }, ['spec.dataSourceRef.apiGroup']],
    ['with attributes that cannot be', { volumeAttributesClassName: 'A B' }, ['spec.volumeAttributesClassName']],
  ])('%s', (_, spec, expected) => {
    expect(refusedIn(claimOf(spec))).toEqual(expected);
  });

  test('whose size is no quantity is told so, and no more', () => {
    const resources = { requests: { storage: '10GB' } };
    expect(findingsIn([claimOf({ resources, storageClassName: '' })]).map(({ ruleId }) => ruleId).filter(id => id.startsWith('api/'))).toEqual(['api/quantity']);
    const set = {
      apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'train', namespace: 'ml' },
      spec: {
        serviceName: 'train', selector: { matchLabels: { app: 'train' } },
        template: { metadata: { labels: { app: 'train' } }, spec: { containers: [{ name: 'c', image: 'registry.example.com/trainer:1.4' }] } },
        volumeClaimTemplates: [{ metadata: { name: 'checkpoints' }, spec: claimOf({ resources }).spec }],
      },
    };
    expect(findingsIn([set]).map(({ ruleId }) => ruleId).filter(id => /quantity|size/.test(id))).toEqual(['api/quantity']);
  });

  test('what older releases do not look at yet', () => {
    const attributes = claimOf({ volumeAttributesClassName: 'A B' });
    expect(refusedIn(attributes, KubernetesVersion.V1_33)).toEqual([]);
    expect(refusedIn(attributes, KubernetesVersion.V1_34)).toHaveLength(1);
    const group = claimOf({ dataSourceRef: { ...SNAPSHOT, apiGroup: 'A B' } });
    expect(refusedIn(group, KubernetesVersion.V1_28)).toEqual([]);
    expect(refusedIn(group, KubernetesVersion.V1_29)).toHaveLength(1);
  });

  test('of an ephemeral volume is judged as it stands: nothing of it is dropped before', () => {
    const volumeClaimTemplate = { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, dataSource: { kind: 'VolumeSnapshot', name: 's' } } };
    const pod = {
      apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' },
      spec: { containers: [{ name: 'c', image: 'registry.example.com/trainer:1.4' }], volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate } }] },
    };
    expect(refusedIn(pod)).toEqual(['spec.volumes[0].ephemeral.volumeClaimTemplate.spec.dataSource']);
  });
});

describe('a PersistentVolume', () => {
  const volume = (more: Spec, metadata: Spec = {}): any => ({
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'imagenet', ...metadata },
    spec: { capacity: { storage: '1Ti' }, accessModes: ['ReadOnlyMany'], csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-0123456789abcdef0' }, ...more },
  });

  test.each<[string, Spec, string[]]>([
    ['of no capacity', { capacity: {} }, ['spec.capacity']],
    ['of more than storage', { capacity: { storage: '1Gi', iops: '1' } }, ['spec.capacity']],
    ['of negative storage', { capacity: { storage: '-1Gi' } }, ['spec.capacity[storage]']],
    ['with a policy of no text', { persistentVolumeReclaimPolicy: '' }, []],
    ['with an affinity of no terms', { nodeAffinity: { required: { nodeSelectorTerms: [] } } }, ['spec.nodeAffinity.required.nodeSelectorTerms']],
    ['with an empty name of attributes', { volumeAttributesClassName: '' }, ['spec.volumeAttributesClassName']],
    ['with attributes, and no driver', { csi: undefined, nfs: { server: 'a', path: '/b' }, volumeAttributesClassName: 'a' }, ['spec.csi']],
  ])('%s', (_, spec, expected) => {
    expect(refusedIn(volume(spec))).toEqual(expected);
  });

  test('the old annotation for mount options is for old types alone', () => {
    const annotations = { 'volume.beta.kubernetes.io/mount-options': 'ro' };
    expect(refusedIn(volume({}, { annotations }))).toEqual(['metadata.annotations.volume.beta.kubernetes.io/mount-options']);
    expect(refusedIn(volume({ csi: undefined, nfs: { server: 'a', path: '/b' } }, { annotations }))).toEqual([]);
  });
});

describe('a class', () => {
  const storageClass = (more: Spec): any => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'csi.example.com', ...more });
  const term = (...values: string[]): Spec => ({ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values }] });

  test.each<[string, Spec, string[]]>([
    ['of the usual form', {}, []],
    ['in upper case, which drivers may have', { provisioner: 'CSI.Example.com' }, []],
    ['with spaces', { provisioner: 'a b' }, ['provisioner']],
    ['that recycles', { reclaimPolicy: 'Recycle' }, ['reclaimPolicy']],
    ['with an empty policy', { reclaimPolicy: '' }, []],
    ['with an empty mode', { volumeBindingMode: '' }, ['volumeBindingMode']],
    ['with a parameter without a name', { parameters: { '': 'a' } }, ['parameters']],
    ['with 513 parameters', { parameters: Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`p${i}`, ''])) }, ['parameters']],
    ['with 256 KiB of them', { parameters: { a: 'x'.repeat(262_143) } }, []],
    ['with a byte more', { parameters: { a: 'x'.repeat(262_144) } }, ['parameters']],
    ['with the same in wide characters', { parameters: { a: 'ü'.repeat(131_072) } }, ['parameters']],
    ['with an empty term', { allowedTopologies: [{}] }, ['allowedTopologies[0].matchLabelExpressions']],
    ['with one term twice, in another order', { allowedTopologies: [term('a', 'b'), term('b', 'a')] }, ['allowedTopologies[1].matchLabelExpressions']],
    ['with terms that differ', { allowedTopologies: [term('a'), term('b')] }, []],
    ['with one value twice', { allowedTopologies: [term('a', 'a')] }, ['allowedTopologies[0].matchLabelExpressions[0].values[1]']],
  ])('%s', (_, more, expected) => {
    expect(refusedIn(storageClass(more))).toEqual(expected);
  });
});

test('a CSIDriver', () => {
  const spec = {
    fsGroupPolicy: 'Never', volumeLifecycleModes: ['Persistent', 'Short'], nodeAllocatableUpdatePeriodSeconds: 9, serviceAccountTokenInSecrets: true,
    tokenRequests: [],
  };
  const driver = { apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', metadata: { name: 'csi.example.com' }, spec };
  expect(refusedIn(driver)).toEqual([
    'spec.fsGroupPolicy', 'spec.volumeLifecycleModes', 'spec.nodeAllocatableUpdatePeriodSeconds', 'spec.serviceAccountTokenInSecrets',
  ]);
  const tokenRequests = [{ audience: 'a', expirationSeconds: 600 }, { audience: 'a' }, { audience: 'b', expirationSeconds: 599 }];
  expect(refusedIn({ ...driver, spec: { tokenRequests } })).toEqual(['spec.tokenRequests[1].audience', 'spec.tokenRequests[2].expirationSeconds']);
});
