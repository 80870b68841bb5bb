import { describe, expect, test } from 'vitest';
import { findingsIn, linesOf } from '../../../support/checker';
import { claim, errorsOf, size, statefulSet, storageClass, volume } from './parts';

const error = 'chain/access-mode PersistentVolumeClaim/data';
const from = (kind: string) => ({ dataSourceRef: { ...kind === 'VolumeSnapshot' && { apiGroup: 'snapshot.storage.k8s.io' }, kind, name: 'src' } });
const of = (provisioner: string, parameters: object = {}) => storageClass('static', { provisioner, parameters });

describe('access modes of a driver', () => {
  test.each<[string, string, object, object, boolean]>([
    ['EBS once', 'ebs.csi.aws.com', {}, { accessModes: ['ReadWriteOnce'] }, true],
    ['EBS once a pod', 'ebs.csi.aws.com', {}, { accessModes: ['ReadWriteOncePod'] }, true],
    ['EBS many', 'ebs.csi.aws.com', {}, { accessModes: ['ReadWriteMany'] }, false],
    ['EBS many, by its older name', 'kubernetes.io/aws-ebs', {}, { accessModes: ['ReadWriteMany'] }, false],
    ['EBS once and read-only many', 'ebs.csi.aws.com', {}, { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'] }, false],
    ['EBS many, raw, of gp3', 'ebs.csi.aws.com', {}, { accessModes: ['ReadWriteMany'], volumeMode: 'Block' }, false],
    ['EBS many, raw, of io2', 'ebs.csi.aws.com', { type: 'io2', iops: '4000' }, { accessModes: ['ReadWriteMany'], volumeMode: 'Block' }, true],
    ['Azure disk many, raw, not shared', 'disk.csi.azure.com', {}, { accessModes: ['ReadWriteMany'], volumeMode: 'Block' }, false],
    ['Azure disk many, raw, shared', 'disk.csi.azure.com', { maxShares: '2', skuName: 'Premium_LRS', cachingMode: 'None' }, { accessModes: ['ReadWriteMany'], volumeMode: 'Block', ...size('512Gi') }, true],
    ['EFS many', 'efs.csi.aws.com', {}, { accessModes: ['ReadWriteMany'] }, true],
    ['EFS raw', 'efs.csi.aws.com', {}, { accessModes: ['ReadWriteOnce'], volumeMode: 'Block' }, false],
    ['PD read-only many, empty', 'pd.csi.storage.gke.io', {}, { accessModes: ['ReadOnlyMany'], ...size('10Gi') }, false],
    ['PD read-only many, of a snapshot', 'pd.csi.storage.gke.io', {}, { accessModes: ['ReadOnlyMany'], ...size('10Gi'), ...from('VolumeSnapshot') }, true],
    ['Hyperdisk ML read-only many', 'pd.csi.storage.gke.io', { type: 'hyperdisk-ml' }, { accessModes: ['ReadOnlyMany'], ...size('10Gi') }, true],
    ['Ceph file system many, of another namespace of Rook', 'my-rook.cephfs.csi.ceph.com', { clusterID: 'c', fsName: 'f' }, { accessModes: ['ReadWriteMany'] }, true],
    ['Ceph blocks many', 'my-rook.rbd.csi.ceph.com', { clusterID: 'c', pool: 'p' }, { accessModes: ['ReadWriteMany'] }, false],
    ['a driver that nobody knows', 'csi.example.com', {}, { accessModes: ['ReadWriteMany'] }, true],
  ])('%s', (_, provisioner, parameters, spec, fits) => {
    const found = errorsOf(of(provisioner, parameters), claim('data', spec)).filter(one => one.startsWith('chain/access'));
    expect(found).toEqual(fits ? [] : [error]);
  });

  test('of a template are told on the StatefulSet', () => {
    const found = findingsIn([of('ebs.csi.aws.com'), statefulSet('train', 2, { accessModes: ['ReadWriteMany'] })]);
    expect(linesOf(found, 'chain/access-mode')).toEqual([
      'spec.volumeClaimTemplates[0].spec.accessModes[0] | a mode that ebs.csi.aws.com gives a file system: ReadWriteOnce, ReadWriteOncePod | "ReadWriteMany"',
    ]);
  });

  test('are unknown where the parameters of a declared class are', () => {
    const shared = claim('data', { accessModes: ['ReadWriteMany'], volumeMode: 'Block' });
    const found = findingsIn([shared], { external: [{ kind: 'StorageClass', name: 'static', provisioner: 'ebs.csi.aws.com' }] });
    expect(found.filter(({ ruleId }) => ruleId === 'chain/access-mode').map(({ outcome }) => outcome)).toEqual(['unresolved']);
  });

  test('do not matter for a claim that takes a volume made by hand', () => {
    const bundle = [of('ebs.csi.aws.com'), volume('a', { accessModes: ['ReadWriteMany'] }), claim('data', { accessModes: ['ReadWriteMany'] })];
    expect(errorsOf(...bundle)).toEqual([]);
  });

  test('hold for volumes made by hand too', () => {
    const disk = (...accessModes: string[]) => volume('a', { accessModes, csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-0123456789abcdef0' } });
    expect(errorsOf(disk('ReadWriteOnce'))).toEqual([]);
    expect(errorsOf(disk('ReadWriteOnce', 'ReadWriteMany'))).toEqual(['chain/access-mode PersistentVolume/a']);
  });
});

test('raw devices of a driver that has none are wrong for their mode, not for their access', () => {
  const raw = claim('data', { accessModes: ['ReadWriteOnce', 'ReadOnlyMany'], volumeMode: 'Block' });
  expect(linesOf(findingsIn([of('efs.csi.aws.com'), raw]), 'chain/access-mode')).toEqual(['spec.volumeMode | Filesystem: efs.csi.aws.com has no raw devices | "Block"']);
});

describe('parameters that a driver needs', () => {
  const EFS = of('efs.csi.aws.com');
  const byHand = volume('efs', { csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-0123456789abcdef0' } });
  const found = (...bundle: any[]) => findingsIn(bundle).filter(({ ruleId }) => ruleId === 'chain/driver-parameter')
    .map(({ severity, path, expected }) => `${severity} ${path} ${expected}`);
  const NEEDED = ['provisioningMode', 'directoryPerms'].map(name => `error parameters[${name}] a value: Amazon EFS CSI driver makes no volumes without it`);
  const UNUSED = ['info parameters provisioningMode, directoryPerms: Amazon EFS CSI driver makes no volumes without'];

  test('are missed where it has to make a volume', () => {
    expect(found(EFS, claim('data'))).toEqual(NEEDED);
    expect(found(EFS, statefulSet('train', 2, {}), byHand)).toEqual(NEEDED);
  });

  test('are of no use where all volumes are made by hand, or there are no claims', () => {
    expect(found(EFS)).toEqual(UNUSED);
    expect(found(EFS, byHand, claim('data'))).toEqual(UNUSED);
    expect(found(EFS, byHand, claim('data', { volumeName: 'efs' }))).toEqual(UNUSED);
    expect(found(of('nfs.csi.k8s.io', { server: 'a' }))).toEqual(['info parameters[share] share: NFS CSI driver makes no volumes without']);
  });
});

describe('sizes of a driver', () => {
  test.each<[string, string, object, string, string[]]>([
    ['gp3, the smallest', 'ebs.csi.aws.com', {}, '1Gi', []],
    ['st1, the smallest', 'ebs.csi.aws.com', { type: 'st1' }, '125Gi', []],
    ['st1, smaller', 'ebs.csi.aws.com', { type: 'st1' }, '124Gi', ['error at least 125Gi (st1)']],
    ['gp2, the largest', 'ebs.csi.aws.com', { type: 'gp2' }, '16Ti', []],
    ['gp2, larger', 'ebs.csi.aws.com', { type: 'gp2' }, '17Ti', ['error at most 16Ti (gp2)']],
    ['gp3, in regions that are behind', 'ebs.csi.aws.com', {}, '20Ti', ['warning at most 16Ti where the provider has not raised the limit yet (gp3)']],
    ['gp3, for its IOPS', 'ebs.csi.aws.com', { type: 'gp3', iops: '16000' }, '20Gi', ['error at least 32Gi for 16000 IOPS (gp3 gives 500 IOPS for each GiB)']],
    ['regional pd-standard', 'pd.csi.storage.gke.io', { 'replication-type': 'regional-pd' }, '100Gi', ['error at least 200Gi (regional pd-standard)']],
    ['pd-standard', 'pd.csi.storage.gke.io', {}, '100Gi', []],
    ['FSx, which comes in steps', 'fsx.csi.aws.com', { deploymentType: 'SCRATCH_2' }, '1200Gi', []],
    ['FSx, between two steps', 'fsx.csi.aws.com', { deploymentType: 'SCRATCH_2' }, '100Gi', [
      'warning a size that SCRATCH_2 offers: this one is made, and billed, as 1200Gi',
    ]],
    ['Azure, by a name in another case', 'disk.csi.azure.com', { skuname: 'UltraSSD_LRS', cachingMode: 'None' }, '2Gi', ['error at least 4Gi (UltraSSD_LRS)']],
    ['EFS, of any size', 'efs.csi.aws.com', {}, '1Mi', []],
  ])('%s', (_, provisioner, parameters, storage, expected) => {
    const found = findingsIn([of(provisioner, parameters), claim('data', { accessModes: ['ReadWriteOnce'], ...size(storage) })]);
    expect(found.filter(({ ruleId }) => ruleId === 'chain/claim-size').map(one => `${one.severity} ${one.expected}`)).toEqual(expected);
  });
});

test('Secrets of a class are looked for where its claims are', () => {
  const parameters = {
    'csi.storage.k8s.io/provisioner-secret-name': 'storage', 'csi.storage.k8s.io/provisioner-secret-namespace': '${pvc.namespace}',
    'csi.storage.k8s.io/node-publish-secret-name': "${pvc.annotations['secret']}", 'csi.storage.k8s.io/node-publish-secret-namespace': 'kube-system',
    'csi.storage.k8s.io/node-stage-secret-name': '${pv.name}', 'csi.storage.k8s.io/node-stage-secret-namespace': 'kube-system',
  };
  const annotated = { ...claim('data', {}, 'two'), metadata: { name: 'data', namespace: 'two', annotations: { secret: 'mine' } } };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'storage', namespace: 'one' } };
  const found = findingsIn([of('csi.example.com', parameters), claim('data', {}, 'one'), annotated, secret]);
  expect(linesOf(found, 'chain/driver-secret')).toEqual([
    'parameters[csi.storage.k8s.io/provisioner-secret-name] | a Secret that exists | "two/storage"',
    'parameters[csi.storage.k8s.io/node-publish-secret-name] | a Secret that exists | "kube-system/mine"',
  ]);
});
