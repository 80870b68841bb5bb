import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../support/checker';

type Parameters = Record<string, string>;

function storageClass(provisioner: string, parameters: Parameters = {}, more: Record<string, any> = {}): any {
  return { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner, parameters, ...more };
}

/** `severity rule path`, of what is wrong with the class itself. */
function foundIn(object: any): string[] {
  return findingsIn([object]).filter(({ ruleId }) => /^silent\/|^chain\/(driver-(parameter|limit)|expansion)$/.test(ruleId))
    .map(({ severity, ruleId, path }) => `${severity} ${ruleId} ${path}`);
}

const SECRET = 'csi.storage.k8s.io/provisioner-secret-';

describe('parameters that every driver has', () => {
  test.each<[string, Parameters, string[]]>([
    ['a file system', { 'csi.storage.k8s.io/fstype': 'ext4' }, []],
    ['one in another case', { 'csi.storage.k8s.io/fsType': 'ext4' }, ['error silent/reserved-parameter parameters[csi.storage.k8s.io/fsType]']],
    ['two file systems', { 'csi.storage.k8s.io/fstype': 'ext4', fstype: 'xfs' }, ['error silent/reserved-parameter parameters[fstype]']],
    ['half a Secret', { [`${SECRET}name`]: 'a' }, [`error silent/reserved-parameter parameters[${SECRET}name]`]],
    ['a Secret of each claim', { [`${SECRET}name`]: "${pvc.name}-${pvc.annotations['team']}", [`${SECRET}namespace`]: '${pvc.namespace}' }, []],
    ['a namespace by the name of the claim', { [`${SECRET}name`]: 'a', [`${SECRET}namespace`]: '${pvc.name}' }, [`error silent/reserved-parameter parameters[${SECRET}namespace]`]],
    ['a name that no Secret has', { [`${SECRET}name`]: 'A B', [`${SECRET}namespace`]: 'a' }, [`error silent/reserved-parameter parameters[${SECRET}name]`]],
    ['anything else of an unknown driver', { whatever: 'x', __proto__x: 'y', constructor: 'z' }, []],
  ])('%s', (_, parameters, expected) => {
    expect(foundIn(storageClass('csi.example.com', parameters))).toEqual(expected);
  });
});

describe('parameters of known drivers', () => {
  test.each<[string, string, Parameters, string[]]>([
    ['EBS', 'ebs.csi.aws.com', { type: 'gp3', IOPS: '4000', fsType: 'ext4', tagSpecification_2: 'team=vision' }, []],
    ['an unknown one, of a driver that refuses it', 'ebs.csi.aws.com', { volumeType: 'gp3' }, ['error chain/driver-parameter parameters[volumeType]']],
    ['an unknown one, of a driver that does not', 'efs.csi.aws.com', { provisioningMode: 'efs-ap', fileSystemId: 'fs-0123456789abcdef0', directoryPerms: '750', basepath: '/a' }, ['warning chain/driver-parameter parameters[basepath]']],
    ['one that must be there', 'nfs.csi.k8s.io', { server: 'a' }, ['info chain/driver-parameter parameters[share]']],
    ['a value in another case', 'ebs.csi.aws.com', { Encrypted: 'True' }, ['warning chain/driver-parameter parameters[Encrypted]']],
    ['throughput of a type that takes none', 'ebs.csi.aws.com', { type: 'io2', iops: '16000', throughput: '1000' }, ['error chain/driver-limit parameters[throughput]']],
    ['the same by the older name of the driver', 'kubernetes.io/aws-ebs', { type: 'io2', iopsPerGB: '500', throughput: '1000' }, [
      'warning silent/in-tree-provisioner provisioner', 'error chain/driver-limit parameters[throughput]',
    ]],
    ['too few IOPS for the throughput', 'ebs.csi.aws.com', { type: 'gp3', throughput: '1000' }, ['error chain/driver-limit parameters[throughput]']],
    ['more than an Azure disk gives', 'disk.csi.azure.com', { skuName: 'PremiumV2_LRS', DiskIOPSReadWrite: '90000' }, ['error chain/driver-limit parameters[DiskIOPSReadWrite]']],
    ['Rook in a namespace of its own', 'storage.rbd.csi.ceph.com', { pool: 'p' }, ['info chain/driver-parameter parameters[clusterID]']],
  ])('%s', (_, provisioner, parameters, expected) => {
    expect(foundIn(storageClass(provisioner, parameters))).toEqual(expected);
  });

  test('snapshots and attributes', () => {
    const snapshots = { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass', metadata: { name: 's' }, driver: 'ebs.csi.aws.com', deletionPolicy: 'Retain' };
    expect(foundIn({ ...snapshots, parameters: { encrypted: 'true' } })).toEqual(['error chain/driver-parameter parameters[encrypted]']);
    expect(foundIn({ ...snapshots, parameters: { tagSpecification_1: 'a=b' } })).toEqual([]);
    const attributes = { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttributesClass', metadata: { name: 'a' }, driverName: 'ebs.csi.aws.com' };
    expect(foundIn({ ...attributes, parameters: { iops: '4000' } })).toEqual([]);
    expect(foundIn({ ...attributes, parameters: { encrypted: 'true' } })).toEqual(['error chain/driver-parameter parameters[encrypted]']);
    expect(foundIn({ ...attributes, driverName: 'efs.csi.aws.com', parameters: { a: 'b' } })).toEqual(['error chain/driver-parameter driverName']);
  });

  test('expansion', () => {
    expect(foundIn(storageClass('efs.csi.aws.com', { provisioningMode: 'efs-ap', fileSystemId: 'fs-0123456789abcdef0', directoryPerms: '750' }, { allowVolumeExpansion: true })))
      .toEqual(['warning chain/expansion allowVolumeExpansion']);
  });
});

test.each<[string, string[]]>([
  ['csi.example.com', []],
  ['kubernetes.io/no-provisioner', []],
  ['kubernetes.io/aws-ebs', ['warning silent/in-tree-provisioner provisioner']],
  ['kubernetes.io/host-path', ['warning silent/in-tree-provisioner provisioner']],
  ['kubernetes.io/rbd', ['error silent/in-tree-provisioner provisioner']],
  ['kubernetes.io/nfs', ['error silent/in-tree-provisioner provisioner']],
  ['kubernetes.io/gcePersistentDisk', ['error silent/in-tree-provisioner provisioner']],
])('%s', (provisioner, expected) => {
  expect(foundIn(storageClass(provisioner))).toEqual(expected);
});

describe('mount options', () => {
  const NFS = { server: '10.0.0.12', share: '/exports' };

  test.each<[string, string, Parameters, string[], string[]]>([
    ['of NFS', 'nfs.csi.k8s.io', NFS, ['nfsvers=4.1', 'hard', 'nconnect=8'], []],
    ['with too many connections', 'nfs.csi.k8s.io', NFS, ['nconnect=64'], ['error silent/mount-options mountOptions[0]']],
    ['that lose what is written', 'nfs.csi.k8s.io', NFS, ['hard', 'soft'], ['warning silent/mount-options mountOptions[1]']],
    ['of NFS for a disk', 'ebs.csi.aws.com', {}, ['noatime', 'nfsvers=4.1'], ['error silent/mount-options mountOptions[1]']],
    ['as a command line', 'csi.example.com', {}, ['-o noatime', ''], ['warning silent/mount-options mountOptions[0]', 'error silent/mount-options mountOptions[1]']],
  ])('%s', (_, provisioner, parameters, mountOptions, expected) => {
    expect(foundIn(storageClass(provisioner, parameters, { mountOptions }))).toEqual(expected);
  });

  test('a bucket is mounted with those of a command line', () => {
    const of = (driver: string, mountOptions: string[], volumeAttributes = {}): any => ({
      apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a' },
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany'], mountOptions, csi: { driver, volumeHandle: 'a', volumeAttributes } },
    });
    expect(foundIn(of('s3.csi.aws.com', ['region us-east-1', 'prefix imagenet/', 'metadata-ttl indefinite', '--allow-delete']))).toEqual([]);
    expect(foundIn(of('blob.csi.azure.com', ['-o allow_other', '--file-cache-timeout-in-seconds=120']))).toEqual([]);
    expect(foundIn(of('blob.csi.azure.com', ['-o hard'], { protocol: 'nfs' }))).toEqual(['error silent/mount-options spec.mountOptions[0]']);
    expect(foundIn(of('s3.csi.aws.com', [' ']))).toEqual(['error silent/mount-options spec.mountOptions[0]']);
    expect(foundIn(of('fuse.csi.example.com', ['-o allow_other']))).toEqual(['warning silent/mount-options spec.mountOptions[0]']);
  });

  test('a hostPath is mounted without any', () => {
    const spec = { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/a' }, mountOptions: ['ro'] };
    expect(foundIn({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a' }, spec })).toEqual(['error silent/mount-options spec.mountOptions']);
  });
});
