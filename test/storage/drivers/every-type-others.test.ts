import { Chart, Size, Testing, Yaml } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { AzureBlob } from '../../../lib/storage/drivers/azure/azure-blob';
import { AzureBlobProtocol } from '../../../lib/storage/drivers/azure/azure-blob-props';
import { AzureRedundancy } from '../../../lib/storage/drivers/azure/azure-common';
import { AzureDisk } from '../../../lib/storage/drivers/azure/azure-disk';
import { AZURE_DISK_TYPES } from '../../../lib/storage/drivers/azure/azure-disk-facts';
import { AzureFiles } from '../../../lib/storage/drivers/azure/azure-files';
import { AZURE_FILES_TYPES } from '../../../lib/storage/drivers/azure/azure-files-facts';
import { AzureFilesProtocol } from '../../../lib/storage/drivers/azure/azure-files-props';
import { CephCsi } from '../../../lib/storage/drivers/ceph/ceph';
import { StorageDriver } from '../../../lib/storage/drivers/custom/custom-driver';
import { DriverKind } from '../../../lib/storage/drivers/custom/custom-driver-types';
import type { VolumeTypeFacts } from '../../../lib/storage/drivers/driver-facts';
import { JuiceFs } from '../../../lib/storage/drivers/clusters/juicefs';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import { Longhorn, LonghornDataLocality } from '../../../lib/storage/drivers/clusters/longhorn';
import { Nfs, NfsCsi } from '../../../lib/storage/drivers/clusters/nfs';
import { RookCeph } from '../../../lib/storage/drivers/ceph/rook-ceph';
import { TopoLvm } from '../../../lib/storage/drivers/clusters/topolvm';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { SharedDataset } from '../../../lib/storage/datasets/shared-dataset';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { StorageTier } from '../../../lib/storage/tiers/storage-tier';
import { classOf, expectServed, expectSoundRanges, sizeOf, warningsOf } from './tier-of';

const SECRET = { name: 'key', inNamespace: 'storage' };
const EXAMPLE = StorageDriver.define({
  title: 'Example files',
  provisioner: 'csi.example.com',
  kind: DriverKind.FILE,
  documentation: 'https://example.com/docs',
  filesystemModes: [PersistentVolumeAccessMode.READ_WRITE_MANY],
});

/** Disks: their sizes have limits. */
const DISKS: [id: string, backend: StorageBackend, facts: VolumeTypeFacts][] = [
  ['azure-standard-hdd', AzureDisk.standardHdd(), AZURE_DISK_TYPES.standardHdd],
  ['azure-standard-ssd', AzureDisk.standardSsd(), AZURE_DISK_TYPES.standardSsd],
  ['azure-standard-ssd-zrs', AzureDisk.standardSsd({ zoneRedundant: true }), AZURE_DISK_TYPES.standardSsdZrs],
  ['azure-premium-ssd', AzureDisk.premiumSsd(), AZURE_DISK_TYPES.premiumSsd],
  ['azure-premium-ssd-zrs', AzureDisk.premiumSsd({ zoneRedundant: true }), AZURE_DISK_TYPES.premiumSsdZrs],
  ['azure-premium-ssd-v2', AzureDisk.premiumSsdV2(), AZURE_DISK_TYPES.premiumSsdV2],
  ['azure-ultra', AzureDisk.ultra(), AZURE_DISK_TYPES.ultra],
];

/** Shares: small claims are made larger, or some have no limit. */
const SHARES: [id: string, backend: StorageBackend, facts: VolumeTypeFacts][] = [
  ['azure-files-premium', AzureFiles.premium(), AZURE_FILES_TYPES.premium],
  ['azure-files-standard', AzureFiles.standard(), AZURE_FILES_TYPES.standard],
  ['azure-files-premium-v2', AzureFiles.premiumV2(), AZURE_FILES_TYPES.premiumV2],
  ['azure-files-standard-v2', AzureFiles.standardV2(), AZURE_FILES_TYPES.standardV2],
];

const ALL: [id: string, backend: StorageBackend][] = [
  ...[...DISKS, ...SHARES].map(([id, backend]): [string, StorageBackend] => [id, backend]),
  ['azure-disk-shared', AzureDisk.premiumSsd({ maxShares: 2 })],
  ['azure-files-premium-zrs', AzureFiles.premium({ zoneRedundant: true })],
  ['azure-files-nfs', AzureFiles.premium({ protocol: AzureFilesProtocol.NFS })],
  ['azure-files-standard-gzrs', AzureFiles.standardV2({ redundancy: AzureRedundancy.GEO_ZONE })],
  ['azure-blob', AzureBlob.container()],
  ['azure-blob-directories', AzureBlob.container({ hierarchicalNamespace: true })],
  ['azure-blob-nfs', AzureBlob.container({ protocol: AzureBlobProtocol.NFS })],
  ['rook-block', RookCeph.blockPool({ pool: 'replicapool' })],
  ['rook-fs', RookCeph.fileSystem({ fsName: 'myfs' })],
  ['ceph-block', CephCsi.blockPool({ clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', pool: 'rbd', secret: SECRET })],
  ['ceph-fs', CephCsi.fileSystem({ clusterId: 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8', fsName: 'myfs', secret: SECRET })],
  ['nfs', NfsCsi.share({ server: 'nfs.example.com', share: '/export/ml' })],
  ['local', LocalVolumes.preProvisioned()],
  ['local-path', LocalVolumes.localPath()],
  ['local-path-shared', LocalVolumes.localPath({ sharedFileSystem: true })],
  ['topolvm', TopoLvm.deviceClass()],
  ['topolvm-legacy', TopoLvm.deviceClass({ deviceClass: 'nvme', legacyName: true, thin: true })],
  ['longhorn', Longhorn.volumes()],
  ['longhorn-encrypted', Longhorn.volumes({ encryptionSecret: SECRET })],
  ['juicefs', JuiceFs.volumes({ secret: SECRET })],
  ['custom', EXAMPLE.volumes({ parameters: { shared: 'true' } })],
];

const EXISTING: [id: string, fileSystem: FileSystem][] = [
  ['azure-files', AzureFiles.existing({ storageAccount: 'mldata', shareName: 'imagenet', secret: SECRET })],
  ['azure-files-nfs', AzureFiles.existing({ storageAccount: 'mlnfs', shareName: 'imagenet', protocol: AzureFilesProtocol.NFS })],
  ['azure-blob', AzureBlob.existing({ storageAccount: 'mldata', container: 'imagenet', secret: SECRET })],
  ['azure-blob-nfs', AzureBlob.existing({ storageAccount: 'mlnfs', container: 'imagenet', protocol: AzureBlobProtocol.NFS })],
  ['rook-fs', RookCeph.existing({ fsName: 'myfs', rootPath: '/datasets/imagenet', secret: SECRET })],
  ['juicefs', JuiceFs.existing({ name: 'imagenet', secret: SECRET })],
  ['custom', EXAMPLE.existing('share-1')],
];

test('every volume type has a factory', () => {
  const facts = [AZURE_DISK_TYPES, AZURE_FILES_TYPES].flatMap(types => Object.values<VolumeTypeFacts>(types));
  expect([...DISKS, ...SHARES].map(([, , type]) => type)).toEqual(facts);
});

test('every backend leads to the class that is on file', async () => {
  const chart = Testing.chart();
  for (const [id, backend] of ALL) new StorageTier(chart, id, { backend, name: id });
  await expect(Yaml.stringify(...Testing.synth(chart))).toMatchFileSnapshot('every-type-others.yaml');
});

test('every file system that exists leads to the volume that is on file', async () => {
  const chart = new Chart(Testing.app(), 'data', { namespace: 'ml' });
  for (const [id, fileSystem] of [...EXISTING, ['nfs', Nfs.existing('10.0.0.5', '/export')] as const]) {
    SharedDataset.onFileSystem(chart, id, { fileSystem, size: Size.tebibytes(1) });
  }
  const volumes = Testing.synth(chart).filter((object: { kind: string }) => object.kind === 'PersistentVolume');
  expect(volumes).toHaveLength(EXISTING.length + 1);
  await expect(Yaml.stringify(...volumes)).toMatchFileSnapshot('every-file-system-others.yaml');
});

test.each(ALL)('%s has parameters of text only, and asks for nothing that warns', (_, backend) => {
  const { parameters = {} } = classOf(backend);
  expect(Object.values(parameters).filter(value => typeof value !== 'string' || value === '')).toEqual([]);
  expect(warningsOf(backend)).toEqual([]);
});

test.each(ALL)('%s waits for its pod where a volume lies somewhere', (_, backend) => {
  const { bindingMode, topologyKeys } = backend._driver;
  expect(bindingMode).toBe(topologyKeys.length > 0 ? 'WaitForFirstConsumer' : 'Immediate');
});

test('the only copy of a volume is made where its pod runs', () => {
  expect(classOf(Longhorn.volumes({ dataLocality: LonghornDataLocality.STRICT_LOCAL })).volumeBindingMode).toBe('WaitForFirstConsumer');
});

test.each(DISKS)('%s takes claims from its smallest to its largest size and no others', (_, backend, facts) => {
  const { minSizeGiB: min = 0, maxSizeGiB: max = 0 } = facts;
  expect(backend.volumeType).toBe(facts.name);
  for (const gib of [min, Math.max(min, 8), max]) expect(sizeOf(backend, Size.gibibytes(gib)).errors).toEqual([]);
  expect(sizeOf(backend, Size.mebibytes(min * 1024 - 1)).errors).toEqual([expect.stringContaining('driver/size-under-min')]);
  expect(sizeOf(backend, Size.gibibytes(max + 1)).errors).toEqual([expect.stringContaining('driver/size-over-max')]);
});

test.each(SHARES)('%s makes small claims larger, and says so', (_, backend, facts) => {
  const { roundsUpToGiB: least, maxSizeGiB: max, olderMinSizeGiB: olderMin } = facts;
  expect(backend.volumeType).toBe(`${facts.name}_LRS`);
  if (least !== undefined) {
    expect(sizeOf(backend, Size.gibibytes(least - 1)).errors).toEqual([]);
    expect(sizeOf(backend, Size.gibibytes(least - 1)).warnings).toEqual([
      expect.stringContaining(olderMin === undefined ? 'driver/size-rounded-up' : 'driver/size-under-older-limit'),
    ]);
    expect(sizeOf(backend, Size.gibibytes(least)).warnings).not.toContainEqual(expect.stringContaining('driver/size-rounded-up'));
  }
  if (max !== undefined) expect(sizeOf(backend, Size.gibibytes(max + 1)).errors).toEqual([expect.stringContaining('driver/size-over-max')]);
});

test.each([...DISKS, ...SHARES])('%s has ranges that can be met', (_, _backend, facts) => expectSoundRanges(facts));

test.each(EXISTING)('%s is mounted without a complaint, by a driver that serves what exists', (_, fileSystem) => expectServed(fileSystem));

test('every volume that exists has a handle of its own', () => {
  const handles = EXISTING.map(([, { _source }]) => _source.csi as { driver: string; volumeHandle: string });
  expect(new Set(handles.map(({ driver, volumeHandle }) => `${driver} ${volumeHandle}`)).size).toBe(handles.length);
});
