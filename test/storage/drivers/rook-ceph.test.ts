import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { CephCsi } from '../../../lib/storage/drivers/ceph/ceph';
import { CephFsMounter, RbdFeature, RbdMounter } from '../../../lib/storage/drivers/ceph/ceph-props';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import { RookCeph } from '../../../lib/storage/drivers/ceph/rook-ceph';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { type Case, withoutSource, withoutSourceOf } from './sources';
import { classOf, errorsOf, saidOf, untyped } from './tier-of';

const SECRET = { name: 'key', inNamespace: 'storage' };

test('a pool has the names that Rook gives, and every Secret in a pair', () => {
  expect(classOf(RookCeph.blockPool({ pool: 'replicapool' }))).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'rook-ceph.rbd.csi.ceph.com',
    parameters: {
      'clusterID': 'rook-ceph',
      'pool': 'replicapool',
      'imageFormat': '2',
      'imageFeatures': 'layering',
      'csi.storage.k8s.io/provisioner-secret-name': 'rook-csi-rbd-provisioner',
      'csi.storage.k8s.io/provisioner-secret-namespace': 'rook-ceph',
      'csi.storage.k8s.io/controller-expand-secret-name': 'rook-csi-rbd-provisioner',
      'csi.storage.k8s.io/controller-expand-secret-namespace': 'rook-ceph',
      'csi.storage.k8s.io/controller-publish-secret-name': 'rook-csi-rbd-provisioner',
      'csi.storage.k8s.io/controller-publish-secret-namespace': 'rook-ceph',
      'csi.storage.k8s.io/node-stage-secret-name': 'rook-csi-rbd-node',
      'csi.storage.k8s.io/node-stage-secret-namespace': 'rook-ceph',
      'csi.storage.k8s.io/fstype': 'ext4',
    },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
  });
});

test('the operator and the cluster can have a namespace each', () => {
  const props = { clusterId: 'storage', operatorNamespace: 'rook-operator' };
  const block = classOf(RookCeph.blockPool({ pool: 'fast', ...props }));
  expect(block.provisioner).toBe('rook-operator.rbd.csi.ceph.com');
  expect(block.parameters.clusterID).toBe('storage');
  expect(block.parameters['csi.storage.k8s.io/provisioner-secret-namespace']).toBe('storage');
  const files = classOf(RookCeph.fileSystem({ fsName: 'myfs', ...props }));
  expect(files.provisioner).toBe('rook-operator.cephfs.csi.ceph.com');
  expect(files.parameters['csi.storage.k8s.io/node-stage-secret-namespace']).toBe('storage');
});

test('CephFS needs no Secret for attaching', () => {
  expect(classOf(RookCeph.fileSystem({ fsName: 'myfs', pool: 'myfs-replicated' })).parameters).toEqual({
    'clusterID': 'rook-ceph',
    'fsName': 'myfs',
    'pool': 'myfs-replicated',
    'csi.storage.k8s.io/provisioner-secret-name': 'rook-csi-cephfs-provisioner',
    'csi.storage.k8s.io/provisioner-secret-namespace': 'rook-ceph',
    'csi.storage.k8s.io/controller-expand-secret-name': 'rook-csi-cephfs-provisioner',
    'csi.storage.k8s.io/controller-expand-secret-namespace': 'rook-ceph',
    'csi.storage.k8s.io/node-stage-secret-name': 'rook-csi-cephfs-node',
    'csi.storage.k8s.io/node-stage-secret-namespace': 'rook-ceph',
  });
});

test('ceph-csi without Rook has its own names and the Secrets that are given', () => {
  const nodeSecret = { name: 'node', inNamespace: 'storage' };
  const block = classOf(CephCsi.blockPool({ clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', pool: 'rbd', secret: SECRET, nodeSecret }));
  expect(block.provisioner).toBe('rbd.csi.ceph.com');
  expect(block.parameters['csi.storage.k8s.io/controller-expand-secret-name']).toBe('key');
  expect(block.parameters['csi.storage.k8s.io/node-stage-secret-name']).toBe('node');
  const files = classOf(CephCsi.fileSystem({ clusterId: 'c', fsName: 'myfs', secret: SECRET }));
  expect(files.provisioner).toBe('cephfs.csi.ceph.com');
  expect(files.parameters['csi.storage.k8s.io/node-stage-secret-name']).toBe('key');
});

test('every option of a pool is carried', () => {
  expect(classOf(RookCeph.blockPool({
    pool: 'replicapool',
    dataPool: 'ec-data-pool',
    imageFeatures: [RbdFeature.LAYERING, RbdFeature.EXCLUSIVE_LOCK, RbdFeature.OBJECT_MAP, RbdFeature.FAST_DIFF, RbdFeature.DEEP_FLATTEN],
    mounter: RbdMounter.NBD,
    mapOptions: ['queue_depth=1024', 'read_from_replica=localize'],
    unmapOptions: ['force'],
    mkfsOptions: '-m0',
    fsType: FsType.XFS,
    stripeUnit: Size.kibibytes(64),
    stripeCount: 8,
    objectSize: Size.mebibytes(4),
    encryptionKmsId: 'vault',
    volumeNamePrefix: 'ml-',
  })).parameters).toMatchObject({
    'dataPool': 'ec-data-pool',
    'imageFormat': '2',
    'imageFeatures': 'layering,exclusive-lock,object-map,fast-diff,deep-flatten',
    'mounter': 'rbd-nbd',
    'mapOptions': 'queue_depth=1024,read_from_replica=localize',
    'unmapOptions': 'force',
    'mkfsOptions': '-m0',
    'stripeUnit': '65536',
    'stripeCount': '8',
    'objectSize': '4194304',
    'encrypted': 'true',
    'encryptionKMSID': 'vault',
    'volumeNamePrefix': 'ml-',
    'csi.storage.k8s.io/fstype': 'xfs',
  });
});

test('every option of CephFS is carried', () => {
  expect(classOf(RookCeph.fileSystem({
    fsName: 'myfs', mounter: CephFsMounter.FUSE, kernelMountOptions: ['ms_mode=secure'], fuseMountOptions: ['debug'], backingSnapshot: false,
    encrypted: true, volumeNamePrefix: 'ml-',
  })).parameters).toMatchObject({
    mounter: 'fuse', kernelMountOptions: 'ms_mode=secure', fuseMountOptions: 'debug', backingSnapshot: 'false', encrypted: 'true', volumeNamePrefix: 'ml-',
  });
});

test('a directory that exists is mounted with the Secret that is given', () => {
  const directory = RookCeph.existing({ fsName: 'myfs', rootPath: '/datasets/imagenet', secret: SECRET, operatorNamespace: 'rook-operator' });
  expect(directory.description).toBe('rook-ceph/myfs:/datasets/imagenet');
  expect(directory._source).toEqual({
    csi: {
      driver: 'rook-operator.cephfs.csi.ceph.com',
      volumeHandle: 'rook-ceph-myfs-datasets-imagenet',
      volumeAttributes: { clusterID: 'rook-ceph', fsName: 'myfs', rootPath: '/datasets/imagenet', staticVolume: 'true' },
      nodeStageSecretRef: { name: 'key', namespace: 'storage' },
    },
  });
  expect(saidOf(directory)).toEqual({ errors: [], warnings: [] });
});

test('a tier that says so never grows', () => {
  expect(classOf(RookCeph.blockPool({ pool: 'replicapool' }), { allowExpansion: false }).allowVolumeExpansion).toBe(false);
});

const REFUSED: Case[] = [
  ['a long cluster id', RookCeph.blockPool({ pool: 'replicapool', clusterId: 'a-namespace-that-is-over-36-bytes-long' }), {}, [
    'driver/ceph-cluster-id | backend.clusterId: expected 1 to 36 bytes: the id goes into the handle of every volume, found "a-namespace-that-is-over-36-bytes-long", 38 bytes | use the namespace of the cluster with Rook, else the id of the cluster in the configuration of ceph-csi',
  ]],
  ['no cluster id', CephCsi.blockPool(untyped({ pool: 'replicapool', secret: SECRET })), {}, [
    'driver/ceph-cluster-id | backend.clusterId: expected 1 to 36 bytes: the id goes into the handle of every volume, found none | use the namespace of the cluster with Rook, else the id of the cluster in the configuration of ceph-csi',
  ]],
  ['a provisioner for a namespace', RookCeph.blockPool({ pool: 'replicapool', operatorNamespace: 'rook-ceph.rbd.csi.ceph.com' }), {}, [
    "driver/rook-prefix | backend.operatorNamespace: expected the namespace of Rook's operator alone: its drivers are called <namespace>.rbd.csi.ceph.com and <namespace>.cephfs.csi.ceph.com, found \"rook-ceph.rbd.csi.ceph.com\" | use a value such as rook-ceph, or CephCsi where Rook does not run the drivers",
  ]],
  ['no pool', RookCeph.blockPool(untyped({})), {}, [
    'driver/ceph-name | backend.pool: expected a name without spaces and `/`, found "" | use a value such as replicapool',
  ]],
  ['no file system', RookCeph.fileSystem(untyped({})), {}, [
    'driver/ceph-name | backend.fsName: expected a name without spaces and `/`, found "" | use a value such as myfs',
  ]],
  ['a feature without its base', RookCeph.blockPool({ pool: 'replicapool', imageFeatures: [RbdFeature.LAYERING, RbdFeature.FAST_DIFF] }), {}, [
    'driver/rbd-features | backend.imageFeatures: expected object-map with fast-diff, which is built on it, found layering,fast-diff | add object-map, or leave fast-diff out',
  ]],
  ['an object map without a lock', RookCeph.blockPool({ pool: 'replicapool', imageFeatures: [RbdFeature.OBJECT_MAP] }), {}, [
    'driver/rbd-features | backend.imageFeatures: expected exclusive-lock with object-map, which is built on it, found object-map | add exclusive-lock, or leave object-map out',
  ]],
  ['an unknown feature', RookCeph.blockPool({ pool: 'replicapool', imageFeatures: ['layring'] as never }), {}, [
    'driver/value | backend.imageFeatures[0]: expected one of layering, exclusive-lock, object-map, fast-diff, deep-flatten, found "layring" | use "layering", or leave `imageFeatures[0]` out',
  ]],
  ['an unknown mounter', RookCeph.blockPool({ pool: 'replicapool', mounter: 'nbd' as never }), {}, [
    'driver/value | backend.mounter: expected one of rbd, rbd-nbd, found "nbd" | use "rbd", or leave `mounter` out',
  ]],
  ['an unknown mounter of CephFS', RookCeph.fileSystem({ fsName: 'myfs', mounter: 'ceph-fuse' as never }), {}, [
    'driver/value | backend.mounter: expected one of kernel, fuse, found "ceph-fuse" | use "kernel", or leave `mounter` out',
  ]],
  ['keys without encryption', RookCeph.blockPool({ pool: 'replicapool', encrypted: false, encryptionKmsId: 'vault' }), {}, [
    'driver/kms-without-encrypted | backend.encrypted: expected true: with an encryptionKmsId, volumes are to be encrypted, found false | leave `encrypted` out, or `encryptionKmsId`',
  ]],
  ['half a stripe', RookCeph.blockPool({ pool: 'replicapool', stripeUnit: Size.kibibytes(64) }), {}, [
    'driver/rbd-striping | backend.stripeCount: expected both or neither: stripeUnit says nothing alone, found none | set `stripeCount` too, or leave `stripeUnit` out',
  ]],
  ['the other half of a stripe', RookCeph.blockPool({ pool: 'replicapool', stripeCount: 4 }), {}, [
    'driver/rbd-striping | backend.stripeUnit: expected both or neither: stripeCount says nothing alone, found none | set `stripeUnit` too, or leave `stripeCount` out',
  ]],
  ['no stripes', RookCeph.blockPool({ pool: 'replicapool', stripeUnit: Size.kibibytes(64), stripeCount: 0 }), {}, [
    'driver/number | backend.stripeCount: expected a whole number, 1 or more, found 0 | set `stripeCount` to 1, or leave it out',
  ]],
  ['odd objects', RookCeph.blockPool({ pool: 'replicapool', objectSize: Size.mebibytes(3) }), {}, [
    'driver/rbd-object-size | backend.objectSize: expected a power of two, found 3145728 bytes | use a value such as Size.mebibytes(4)',
  ]],
  ['half a Secret', CephCsi.fileSystem({ clusterId: 'c', fsName: 'myfs', secret: untyped({ name: 'ceph' }) }), {}, [
    'driver/secret | backend.secret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `secret.inNamespace`',
    'driver/expansion-secret | allowExpansion: expected false, or the Secret that CephFS CSI driver grows volumes with: without it claims can ask for more and never get it, found no csi.storage.k8s.io/controller-expand-secret-name and -namespace in the parameters | add both to the parameters of the backend, or set `allowExpansion` to false',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const EXISTING: [name: string, fileSystem: FileSystem, errors: string[], warnings: string[]][] = [
  ['a relative path', RookCeph.existing({ fsName: 'myfs', rootPath: 'imagenet', secret: SECRET }), [
    'driver/ceph-path | rootPath: expected an absolute path, found "imagenet" | use a value such as /datasets/imagenet',
  ], []],
  ['no Secret', RookCeph.existing(untyped({ fsName: 'myfs', rootPath: '/imagenet' })), [
    'driver/secret | secret: expected a Secret: the driver can do nothing without, found none | set `secret`',
  ], []],
  ['no file system and half a Secret', RookCeph.existing(untyped({ rootPath: '/imagenet', secret: { inNamespace: 'storage' } })), [
    'driver/ceph-name | fsName: expected a name without spaces and `/`, found "" | use a value such as myfs',
    'driver/secret | secret.name: expected the name of a Secret, found none | set `secret.name`',
  ], []],
];

test.each(EXISTING)('%s of what exists is told', (_, fileSystem, errors, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings });
  expect(withoutSourceOf(fileSystem)).toEqual([]);
});
