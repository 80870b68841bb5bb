import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeMode } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { StorageDriver } from '../../../lib/storage/drivers/custom/custom-driver';
import type { StorageDriverProps } from '../../../lib/storage/drivers/custom/custom-driver-props';
import { CloneLimit, DriverKind, DriverParameterType } from '../../../lib/storage/drivers/custom/custom-driver-types';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { VolumeBindingMode } from '../../../lib/storage/tiers/storage-tier';
import { type Case, withoutSource, withoutSourceOf } from './sources';
import { classOf, errorsOf, saidOf, sizeOf, untyped, warningsOf } from './tier-of';

function define(props: Partial<StorageDriverProps>): StorageDriver {
  return StorageDriver.define({
    title: 'Example disks', provisioner: 'csi.example.com', kind: DriverKind.BLOCK, documentation: 'https://example.com/docs', ...props,
  });
}

const TYPED = define({
  iopsParameter: 'iops',
  throughputParameter: 'throughput',
  volumeTypes: [{
    name: 'fast',
    parameters: { type: 'ssd' },
    minSize: Size.gibibytes(10),
    maxSize: Size.tebibytes(16),
    roundsUpTo: Size.gibibytes(20),
    minIops: 100,
    maxIops: 10_000,
    iopsPerGiB: 50,
    minThroughput: 10,
    maxThroughput: 500,
    throughputPerIops: 0.25,
  }],
});

const KNOWN = define({
  parameters: [
    { name: 'type', values: ['ssd', 'hdd'], required: true },
    { name: 'replicas', valueType: DriverParameterType.INTEGER, minimum: 1, maximum: 3 },
    { name: 'encrypted', valueType: DriverParameterType.BOOLEAN },
    { name: 'burst', valueType: DriverParameterType.QUANTITY },
    { name: 'pool', pattern: '[a-z]+' },
  ],
});

test('a driver that its user describes leads to a class like any other', () => {
  expect(classOf(define({ expansion: true, mountOptions: ['noatime'] }).volumes({ parameters: { replicas: '3' } }))).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'csi.example.com',
    parameters: { replicas: '3' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
    mountOptions: ['noatime'],
  });
  expect(warningsOf(define({}).volumes({ parameters: { replicas: '3' } }))).toEqual([]);
});

test('a type brings its parameters, and performance its own', () => {
  const backend = TYPED.volumes({ volumeType: 'fast', iops: 4_000, throughput: 400, parameters: { zone: 'a' } });
  expect(classOf(backend).parameters).toEqual({ type: 'ssd', zone: 'a', iops: '4000', throughput: '400' });
  expect(backend.volumeType).toBe('fast');
  expect(sizeOf(backend, Size.gibibytes(80))).toEqual({ errors: [], warnings: [] });
});

test('parameters that are known and right are taken', () => {
  const parameters = { type: 'ssd', replicas: '3', encrypted: 'true', burst: '10Gi', pool: 'fast', 'csi.storage.k8s.io/fstype': 'xfs' };
  expect(classOf(KNOWN.volumes({ parameters })).parameters).toEqual(parameters);
  expect(warningsOf(KNOWN.volumes({ parameters }))).toEqual([]);
});

test('what it says of itself is what claims are checked against', () => {
  const driver = define({
    asOf: '2026-01-01, v2',
    filesystemModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_WRITE_MANY],
    blockModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE],
    attributes: ['iops'],
    snapshots: true,
    snapshotParameters: [{ name: 'incremental', valueType: DriverParameterType.BOOLEAN }],
    cloning: true,
    cloneKeeps: [CloneLimit.ZONE, CloneLimit.SIZE],
    topologyKeys: ['topology.example.com/zone'],
    sizeEnforced: false,
  }).volumes()._driver;
  expect(driver).toMatchObject({
    asOf: '2026-01-01, v2',
    filesystemModes: ['ReadWriteOnce', 'ReadWriteMany'],
    blockModes: ['ReadWriteOnce'],
    attributes: ['iops'],
    snapshots: true,
    snapshotParameters: [{ name: 'incremental', type: 'boolean' }],
    cloning: true,
    cloneKeeps: ['zone', 'size'],
    topologyKeys: ['topology.example.com/zone'],
    bindingMode: 'WaitForFirstConsumer',
    sizeEnforced: false,
  });
  expect(define({ bindingMode: VolumeBindingMode.WAIT_FOR_FIRST_CONSUMER }).volumes()._driver.bindingMode).toBe('WaitForFirstConsumer');
});

test('growing can need a Secret that is there', () => {
  const driver = define({ expansion: true, expansionNeedsSecret: true });
  const parameters = { 'csi.storage.k8s.io/controller-expand-secret-name': 'key', 'csi.storage.k8s.io/controller-expand-secret-namespace': 'storage' };
  expect(errorsOf(driver.volumes({ parameters }))).toEqual([]);
  expect(errorsOf(driver.volumes(), { allowExpansion: false })).toEqual([]);
});

test('a volume that exists is mounted', () => {
  const driver = define({ filesystemModes: [PersistentVolumeAccessMode.READ_WRITE_MANY], mountOptions: ['noatime'] });
  const secret = { name: 'key', inNamespace: 'storage' };
  const volume = driver.existing('vol-1', { volumeAttributes: { share: 'a' }, fsType: 'ext4', nodeStageSecret: secret, nodePublishSecret: secret });
  expect(volume.description).toBe('csi.example.com:vol-1');
  expect(volume._source).toEqual({
    csi: {
      driver: 'csi.example.com',
      volumeHandle: 'vol-1',
      fsType: 'ext4',
      volumeAttributes: { share: 'a' },
      nodeStageSecretRef: { name: 'key', namespace: 'storage' },
      nodePublishSecretRef: { name: 'key', namespace: 'storage' },
    },
  });
  expect(volume._mountOptions).toEqual(['noatime']);
  expect(saidOf(volume)).toEqual({ errors: [], warnings: [] });
});

const REFUSED: Case[] = [
  ['kubernetes.io/aws-ebs', define({ provisioner: 'kubernetes.io/aws-ebs' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/aws-ebs is only translated, where the CSI driver is installed, found kubernetes.io/aws-ebs | use ebs.csi.aws.com',
  ]],
  ['kubernetes.io/cinder', define({ provisioner: 'kubernetes.io/cinder' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/cinder left Kubernetes in 1.26 and is only translated, where the CSI driver is installed, found kubernetes.io/cinder | use cinder.csi.openstack.org',
  ]],
  ['kubernetes.io/rbd', define({ provisioner: 'kubernetes.io/rbd' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/rbd left Kubernetes in 1.31, found kubernetes.io/rbd | use rbd.csi.ceph.com, and make the volumes anew: nothing carries them over',
  ]],
  ['kubernetes.io/glusterfs', define({ provisioner: 'kubernetes.io/glusterfs' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/glusterfs left Kubernetes in 1.26, found kubernetes.io/glusterfs | use another storage: no driver takes its place',
  ]],
  ['kubernetes.io/scaleio', define({ provisioner: 'kubernetes.io/scaleio' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/scaleio left Kubernetes, found kubernetes.io/scaleio | use another storage: no driver takes its place',
  ]],
  ['kubernetes.io/host-path', define({ provisioner: 'kubernetes.io/host-path' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/host-path is for tests of Kubernetes itself, found kubernetes.io/host-path | use rancher.io/local-path',
  ]],
  ['kubernetes.io/nfs', define({ provisioner: 'kubernetes.io/nfs' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/nfs never made volumes for a class, found kubernetes.io/nfs | use nfs.csi.k8s.io',
  ]],
  ['kubernetes.io/fc', define({ provisioner: 'kubernetes.io/fc' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: kubernetes.io/fc never made volumes for a class, found kubernetes.io/fc | make such volumes by hand, or use the driver of who makes the devices',
  ]],
  ['kubernetes.io/no-provisioner', define({ provisioner: 'kubernetes.io/no-provisioner' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: this one marks classes of volumes that are made by hand, found kubernetes.io/no-provisioner | use LocalVolumes.preProvisioned()',
  ]],
  ['kubernetes.io/mine', define({ provisioner: 'kubernetes.io/mine' }).volumes(), {}, [
    'driver/in-tree-provisioner | backend.driver.provisioner: expected the name of a CSI driver: Kubernetes has no driver of its own under this name, found kubernetes.io/mine | use another storage: no driver takes its place',
  ]],
  ['an odd name', define({ provisioner: 'CSI.example.com/' }).volumes(), {}, [
    'driver/definition | backend.driver.provisioner: expected the name of a driver: lower case letters, digits, `-` and `.`, at most 63 characters, found "CSI.example.com/" | use a name such as csi.example.com',
  ]],
  ['a name of 64 characters', define({ provisioner: 'x'.repeat(64) }).volumes(), {}, [
    'driver/definition | backend.driver.provisioner: expected the name of a driver: lower case letters, digits, `-` and `.`, at most 63 characters, found "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" | use a name such as csi.example.com',
  ]],
  ['an odd kind and no documents', define(untyped({ kind: 'disk', documentation: 'none' })).volumes(), {}, [
    'driver/value | backend.driver.kind: expected one of block, file, object, local, found "disk" | use "block", or leave `kind` out',
    'driver/definition | backend.driver.documentation: expected the address of a page, found "none" | use a value such as https://example.com/docs',
  ]],
  ['unknown modes', define({ filesystemModes: ['RWO'] as never, blockModes: ['ReadWriteEverywhere'] as never }).volumes(), {}, [
    'driver/value | backend.driver.filesystemModes[0]: expected one of ReadWriteOnce, ReadWriteOncePod, ReadOnlyMany, ReadWriteMany, found "RWO" | use "ReadWriteOnce", or leave `filesystemModes[0]` out',
    'driver/value | backend.driver.blockModes[0]: expected one of ReadWriteOnce, ReadWriteOncePod, ReadOnlyMany, ReadWriteMany, found "ReadWriteEverywhere" | use "ReadWriteOnce", or leave `blockModes[0]` out',
  ]],
  ['no mode at all', define({ filesystemModes: [] }).volumes(), {}, [
    'driver/definition | backend.driver.filesystemModes: expected one mode or more, or block modes, found none | leave `filesystemModes` out: it is ReadWriteOnce then',
  ]],
  ['devices in a file system', define({ kind: DriverKind.FILE, blockModes: [PersistentVolumeAccessMode.READ_WRITE_ONCE] }).volumes(), {}, [
    'driver/definition | backend.driver.blockModes: expected no raw block modes: drivers of the kind file have no devices, found ReadWriteOnce | leave them out, or use DriverKind.BLOCK',
  ]],
  ['sometimes devices in an object store', define({ kind: DriverKind.OBJECT, conditionalModes: [{ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, volumeMode: PersistentVolumeMode.BLOCK, parameter: 'shared', values: ['true'] }] }).volumes(), {}, [
    'driver/definition | backend.driver.conditionalModes: expected no raw block modes: drivers of the kind object have no devices, found Block | leave them out, or use DriverKind.BLOCK',
  ]],
  ['a mode without its condition', define({ conditionalModes: [{ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }] }).volumes(), {}, [
    'driver/definition | backend.driver.conditionalModes[0]: expected a condition: `parameter`, or `fromSource`, found none | set one, or put the mode among those that every claim gets',
  ]],
  ['a condition without a value', define({ conditionalModes: [{ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, parameter: 'shared' }] }).volumes(), {}, [
    'driver/definition | backend.driver.conditionalModes[0].parameter: expected a parameter with `values` or a `minimum`, found shared | set `values` or `minimum`',
  ]],
  ['a value without a parameter', define({ conditionalModes: [{ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, values: ['true'], fromSource: true }] }).volumes(), {}, [
    'driver/definition | backend.driver.conditionalModes[0].parameter: expected a parameter with `values` or a `minimum`, found no parameter | set `parameter`',
  ]],
  ['parameters that say nothing', define({ parameters: [{ name: '' }, { name: 'a', valueType: DriverParameterType.ENUM }, { name: 'a' }, { name: 'b', valueType: DriverParameterType.INTEGER, minimum: 3, maximum: 1 }, { name: 'c', pattern: '[' }, { name: 'd', valueType: 'number' as never }] }).volumes(), {}, [
    'driver/definition | backend.driver.parameters[0].name: expected a name, found "" | set it',
    'driver/definition | backend.driver.parameters[1].values: expected the words that it takes, found none | set `values`',
    'driver/definition | backend.driver.parameters[2].name: expected a name that no other parameter has, found a | leave one of the two out',
    'driver/definition | backend.driver.parameters[3].minimum: expected at most the maximum, 1, found 3 | exchange the two',
    'driver/definition | backend.driver.parameters[4].pattern: expected a regular expression, found [ | mend it',
    'driver/value | backend.driver.parameters[5].valueType: expected one of string, integer, boolean, enum, quantity, found "number" | use "string", or leave `parameters[5].valueType` out',
  ]],
  ['types that say nothing', define({ volumeTypes: [{ name: 'a', minSize: Size.gibibytes(2), maxSize: Size.gibibytes(1) }, { name: 'a', minIops: 2, maxIops: 1, minThroughput: 2, maxThroughput: 1 }] }).volumes(), {}, [
    'driver/definition | backend.driver.volumeTypes[0].minSize: expected at most `maxSize`, 1Gi, found 2Gi | exchange the two',
    'driver/definition | backend.driver.volumeTypes[1].name: expected a name that no other volume type has, found a | leave one of the two out',
    'driver/definition | backend.driver.volumeTypes[1].minIops: expected at most `maxIops`, 1, found 2 | exchange the two',
    'driver/definition | backend.driver.volumeTypes[1].minThroughput: expected at most `maxThroughput`, 1, found 2 | exchange the two',
  ]],
  ['an odd limit of clones', define({ cloneKeeps: ['node'] as never }).volumes(), {}, [
    'driver/value | backend.driver.cloneKeeps[0]: expected one of zone, class, size, found "node" | use "zone", or leave `cloneKeeps[0]` out',
  ]],
  ['disks of nodes without their key', define({ kind: DriverKind.LOCAL }).volumes(), {}, [
    "driver/definition | backend.driver.topologyKeys: expected the key of the node: a node's own disks are reached from nowhere else, found none | set `topologyKeys`, as to kubernetes.io/hostname",
  ]],
  ['a driver that only mounts', define({ dynamicProvisioning: false }).volumes(), {}, [
    'driver/no-dynamic-provisioning | backend: expected a driver that makes volumes for a class, found csi.example.com, which only serves volumes made by hand | mount what exists with SharedDataset.onFileSystem()',
  ]],
  ['growing without the Secret', define({ expansion: true, expansionNeedsSecret: true }).volumes(), {}, [
    'driver/expansion-secret | allowExpansion: expected false, or the Secret that Example disks grows volumes with: without it claims can ask for more and never get it, found no csi.storage.k8s.io/controller-expand-secret-name and -namespace in the parameters | add both to the parameters of the backend, or set `allowExpansion` to false',
  ]],
  ['an unknown type', TYPED.volumes({ volumeType: 'slow' }), {}, [
    'driver/custom-volumes | backend.volumeType: expected one of fast, found "slow" | use fast',
  ]],
  ['a type of a driver without', define({}).volumes({ volumeType: 'fast' }), {}, [
    'driver/custom-volumes | backend.volumeType: expected no type: the driver is described without any, found "fast" | leave `volumeType` out, or describe it in `volumeTypes`',
  ]],
  ['performance of a driver without', define({}).volumes({ iops: 100, throughput: 100 }), {}, [
    'driver/custom-volumes | backend.iops: expected no `iops`: the driver is described without a parameter for it, found 100 | set `iopsParameter` of the driver, or leave `iops` out',
    'driver/custom-volumes | backend.throughput: expected no `throughput`: the driver is described without a parameter for it, found 100 | set `throughputParameter` of the driver, or leave `throughput` out',
  ]],
  ['too much', TYPED.volumes({ volumeType: 'fast', iops: 10001, throughput: 501 }), {}, [
    'driver/iops-over-limit | backend.iops: expected at most 10000 IOPS (fast), found 10001 | lower `iops` to 10000',
    'driver/throughput-over-limit | backend.throughput: expected at most 500 MiB/s (fast), found 501 | lower `throughput` to 500',
  ]],
  ['too little', TYPED.volumes({ volumeType: 'fast', iops: 99, throughput: 9 }), {}, [
    'driver/iops-under-limit | backend.iops: expected at least 100 IOPS (fast), found 99 | raise `iops` to 100, or leave it out',
    'driver/throughput-under-limit | backend.throughput: expected at least 10 MiB/s (fast), found 9 | raise `throughput` to 10, or leave it out',
  ]],
  ['more throughput than the IOPS carry', TYPED.volumes({ volumeType: 'fast', iops: 100, throughput: 26 }), {}, [
    'driver/throughput-ratio | backend.throughput: expected at most 25 MiB/s with 100 IOPS (fast gives 0.25 MiB/s for each of the IOPS), found 26 | raise `iops` to 104, or lower `throughput` to 25',
  ]],
  ['another value than that of the type', TYPED.volumes({ volumeType: 'fast', parameters: { type: 'hdd' } }), {}, [
    "driver/custom-volumes | backend.parameters['type']: expected ssd, which the type fast stands for, found hdd | leave type out, or use another type",
  ]],
  ['what a refusing driver does not know', define({ rejectsUnknownParameters: true, parameters: [{ name: 'replicas' }] }).volumes({ parameters: { replcas: '3' } }), {}, [
    "driver/unknown-parameter | backend.parameters['replcas']: expected a parameter of Example disks, which makes no volumes where it finds another, found replcas | use replicas",
  ]],
  ['no value where one is needed', KNOWN.volumes(), {}, [
    "driver/parameter-missing | backend.parameters['type']: expected a value: Example disks makes no volumes without it, found none | set type",
  ]],
  ['odd values', KNOWN.volumes({ parameters: { type: 'SSD', replicas: '4', encrypted: 'True', burst: 'much', pool: 'p1' } }), {}, [
    "driver/parameter-value | backend.parameters['type']: expected one of ssd, hdd (Example disks), found \"SSD\" | use \"ssd\"",
    "driver/parameter-value | backend.parameters['replicas']: expected a whole number, 1 or more, at most 3 (Example disks), found \"4\" | use a whole number, 1 or more, at most 3",
    "driver/parameter-value | backend.parameters['encrypted']: expected true or false, in lower case (Example disks), found \"True\" | use true or false, in lower case",
    "driver/parameter-value | backend.parameters['burst']: expected a quantity such as 1Gi (Example disks), found \"much\" | use a quantity such as 1Gi",
    "driver/parameter-value | backend.parameters['pool']: expected a text that matches ^(?:[a-z]+)$ (Example disks), found \"p1\" | use a text that matches ^(?:[a-z]+)$",
  ]],
  ['values that are no text', define({}).volumes({ parameters: untyped({ replicas: 3 }) }), {}, [
    "api/parameters | backend.parameters['replicas']: expected a text: the API takes no other values, found 3 | use \"3\"",
  ]],
  ['no name', define({}).volumes({ parameters: { '': 'x' } }), {}, [
    "api/parameters | backend.parameters['']: expected a name, found \"\" | leave it out",
  ]],
  ['too many', define({}).volumes({ parameters: Object.fromEntries(Array.from({ length: 513 }, (_, i) => [`p${i}`, `x`])) }), {}, [
    'api/parameters | backend.parameters: expected at most 512 parameters, found 513 | use fewer',
  ]],
  ['too long', define({}).volumes({ parameters: { p: 'x'.repeat(256 * 1024) } }), {}, [
    'api/parameters | backend.parameters: expected at most 262144 bytes of names and values, found 262145 | use shorter values',
  ]],
  ['a misspelled reserved name', define({}).volumes({ parameters: { 'csi.storage.k8s.io/fsType': 'ext4' } }), {}, [
    "driver/reserved-parameter | backend.parameters['csi.storage.k8s.io/fsType']: expected a name that external-provisioner knows below csi.storage.k8s.io/, in its case: any other makes provisioning fail, found csi.storage.k8s.io/fsType | use csi.storage.k8s.io/fstype",
  ]],
  ['an unknown reserved name', define({}).volumes({ parameters: { 'csi.storage.k8s.io/anything-at-all': 'x' } }), {}, [
    "driver/reserved-parameter | backend.parameters['csi.storage.k8s.io/anything-at-all']: expected a name that external-provisioner knows below csi.storage.k8s.io/, in its case: any other makes provisioning fail, found csi.storage.k8s.io/anything-at-all | leave it out",
  ]],
  ['a reserved prefix in another case', define({}).volumes({ parameters: { 'CSI.storage.k8s.io/fstype': 'ext4' } }), {}, [
    "driver/reserved-parameter | backend.parameters['CSI.storage.k8s.io/fstype']: expected a name that external-provisioner knows below csi.storage.k8s.io/, in its case: any other makes provisioning fail, found CSI.storage.k8s.io/fstype | use csi.storage.k8s.io/fstype",
  ]],
  ['the name of a Secret alone', define({}).volumes({ parameters: { 'csi.storage.k8s.io/provisioner-secret-name': 'key' } }), {}, [
    "driver/secret-pair | backend.parameters['csi.storage.k8s.io/provisioner-secret-name']: expected csi.storage.k8s.io/provisioner-secret-namespace beside it: the name and the namespace of a Secret go together, found csi.storage.k8s.io/provisioner-secret-name alone | add csi.storage.k8s.io/provisioner-secret-namespace, or leave both out",
  ]],
  ['the namespace of a Secret alone', define({}).volumes({ parameters: { 'csi.storage.k8s.io/node-stage-secret-namespace': 'storage' } }), {}, [
    "driver/secret-pair | backend.parameters['csi.storage.k8s.io/node-stage-secret-namespace']: expected csi.storage.k8s.io/node-stage-secret-name beside it: the name and the namespace of a Secret go together, found csi.storage.k8s.io/node-stage-secret-namespace alone | add csi.storage.k8s.io/node-stage-secret-name, or leave both out",
  ]],
  ['the file system twice', define({}).volumes({ parameters: { 'csi.storage.k8s.io/fstype': 'ext4', 'fstype': 'ext4' } }), {}, [
    "driver/fstype-twice | backend.parameters['fstype']: expected the file system once: external-provisioner refuses fstype beside csi.storage.k8s.io/fstype, found both | leave `fstype` out",
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['what a driver takes no notice of', KNOWN.volumes({ parameters: { type: 'ssd', encryptd: 'true' } }), {}, [
    "driver/unknown-parameter | backend.parameters['encryptd']: expected a parameter of Example disks, which takes no notice of others: the setting is lost, found encryptd | use encrypted",
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const EXISTING: [name: string, fileSystem: FileSystem, errors: string[], warnings: string[]][] = [
  ['an empty handle', define({ filesystemModes: [PersistentVolumeAccessMode.READ_WRITE_MANY] }).existing(''), [
    'driver/volume-handle | volumeHandle: expected what the driver knows the volume by, found "" | use a value such as vol-1',
  ], []],
  ['a driver that only makes', define({ staticProvisioning: false }).existing('vol-1'), [
    'driver/no-static-provisioning | driver: expected a driver that mounts volumes which exist, found csi.example.com, which only makes volumes for claims | use volumes() and a StorageTier',
  ], []],
  ['a name that is none of CSI', define({ provisioner: 'example.com/disks' }).existing('vol-1'), [
    'driver/no-static-provisioning | driver: expected the name of a CSI driver, without `/`, found example.com/disks | mount the volume by other means: it is no CSI volume',
  ], []],
  ['a disk for one node', define({}).existing('vol-1'), [
    'driver/no-static-provisioning | driver: expected a driver whose volumes many nodes can mount, found ReadWriteOnce of csi.example.com | add the mode to `filesystemModes` if the driver has it',
  ], []],
  ['half Secrets', define({ filesystemModes: [PersistentVolumeAccessMode.READ_WRITE_MANY] }).existing('vol-1', { nodeStageSecret: untyped({ name: 'a' }), nodePublishSecret: untyped({ inNamespace: 'b' }) }), [
    'driver/secret | nodeStageSecret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `nodeStageSecret.inNamespace`',
    'driver/secret | nodePublishSecret.name: expected the name of a Secret, found none | set `nodePublishSecret.name`',
  ], []],
  ['soft mounts', define({ kind: DriverKind.FILE, filesystemModes: [PersistentVolumeAccessMode.READ_WRITE_MANY] }).existing('vol-1', { mountOptions: ['soft'] }), [], [
    'driver/nfs-soft | mountOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found soft | replace "soft" with "hard"',
  ]],
];

test.each(EXISTING)('%s of what exists is told', (_, fileSystem, errors, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings });
  expect(withoutSourceOf(fileSystem)).toEqual([]);
});

const SIZES: [name: string, backend: StorageBackend, size: Size, errors: string[], warnings: string[]][] = [
  ['too small', TYPED.volumes({ volumeType: 'fast' }), Size.gibibytes(9), [
    'driver/size-under-min | size: expected at least 10Gi (fast), found 9Gi | use Size.gibibytes(10), or another volume type',
  ], [
    'driver/size-rounded-up | size: expected a size that fast offers: this one is made, and billed, as 20Gi, found 9Gi | use Size.gibibytes(20)',
  ]],
  ['too large', TYPED.volumes({ volumeType: 'fast' }), Size.tebibytes(17), [
    'driver/size-over-max | size: expected at most 16Ti (fast), found 17Ti | use Size.gibibytes(16384) or less, or another volume type',
  ], []],
  ['made larger', TYPED.volumes({ volumeType: 'fast' }), Size.gibibytes(19), [], [
    'driver/size-rounded-up | size: expected a size that fast offers: this one is made, and billed, as 20Gi, found 19Gi | use Size.gibibytes(20)',
  ]],
  ['too small for the IOPS', TYPED.volumes({ volumeType: 'fast', iops: 10000 }), Size.gibibytes(199), [
    'driver/iops-ratio | size: expected at least 200Gi for 10000 IOPS (fast gives 50 IOPS for each GiB), found 199Gi | use Size.gibibytes(200), or lower `iops` of the tier to 9950',
  ], []],
];

test.each(SIZES)('a claim that is %s is told', (_, backend, size, errors, warnings) => {
  expect(sizeOf(backend, size)).toEqual({ errors, warnings });
});
