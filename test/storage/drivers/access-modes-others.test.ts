import { PersistentVolumeAccessMode, PersistentVolumeMode } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { conditionsFor, modesFor } from '../../../lib/storage/claims/access';
import { AzureBlob } from '../../../lib/storage/drivers/azure/azure-blob';
import { AzureDisk } from '../../../lib/storage/drivers/azure/azure-disk';
import { AzureFiles } from '../../../lib/storage/drivers/azure/azure-files';
import { StorageDriver } from '../../../lib/storage/drivers/custom/custom-driver';
import { DriverKind } from '../../../lib/storage/drivers/custom/custom-driver-types';
import type { AccessMode, ClaimSource, VolumeMode } from '../../../lib/storage/drivers/driver-facts';
import { JuiceFs } from '../../../lib/storage/drivers/clusters/juicefs';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import { Longhorn } from '../../../lib/storage/drivers/clusters/longhorn';
import { NfsCsi } from '../../../lib/storage/drivers/clusters/nfs';
import { RookCeph } from '../../../lib/storage/drivers/ceph/rook-ceph';
import { TopoLvm } from '../../../lib/storage/drivers/clusters/topolvm';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';

const ONE: AccessMode[] = ['ReadWriteOnce', 'ReadWriteOncePod'];
const ANY: AccessMode[] = [...ONE, 'ReadOnlyMany', 'ReadWriteMany'];
const SECRET = { name: 'key', inNamespace: 'storage' };

function modesOf({ _driver, parameters }: StorageBackend, volumeMode: VolumeMode, source?: ClaimSource): AccessMode[] {
  return modesFor(_driver, { volumeMode, parameters, source });
}

test('a disk of Azure is shared as a raw device only, and with two shares or more', () => {
  const shared = AzureDisk.premiumSsd({ maxShares: 2 });
  expect(modesOf(shared, 'Block')).toEqual([...ONE, 'ReadWriteMany', 'ReadOnlyMany']);
  expect(modesOf(shared, 'Filesystem')).toEqual(ONE);
  for (const backend of [AzureDisk.premiumSsd(), AzureDisk.premiumSsd({ maxShares: 1 })]) {
    expect(modesOf(backend, 'Block')).toEqual(ONE);
    expect(modesOf(backend, 'Filesystem', 'VolumeSnapshot')).toEqual(ONE);
  }
  expect(conditionsFor(shared._driver, 'ReadWriteMany', 'Block')).toEqual(['maxShares is 2 or more']);
  expect(conditionsFor(shared._driver, 'ReadOnlyMany', 'Block')).toEqual(['maxShares is 2 or more']);
});

test.each([
  ['Azure Files', AzureFiles.premium()],
  ['Azure Blob', AzureBlob.container()],
  ['NFS', NfsCsi.share({ server: 'nfs.example.com', share: '/export' })],
])('%s has every mode for files, and no devices', (_, backend) => {
  expect(modesOf(backend, 'Filesystem')).toEqual(ANY);
  expect(modesOf(backend, 'Block')).toEqual([]);
});

test('an image of Ceph is shared as a raw device, and read by many when it is filled from something', () => {
  const backend = RookCeph.blockPool({ pool: 'replicapool' });
  expect(modesOf(backend, 'Block')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(backend, 'Filesystem')).toEqual(ONE);
  for (const source of ['VolumeSnapshot', 'PersistentVolumeClaim'] as const) {
    expect(modesOf(backend, 'Filesystem', source)).toEqual([...ONE, 'ReadOnlyMany']);
    expect(modesOf(backend, 'Block', source)).toEqual([...ONE, 'ReadWriteMany', 'ReadOnlyMany']);
  }
  expect(conditionsFor(backend._driver, 'ReadOnlyMany', 'Filesystem')).toEqual(['it is filled from a snapshot or a claim']);
});

test('CephFS is shared by many, and only read by many when it is filled from a snapshot', () => {
  const backend = RookCeph.fileSystem({ fsName: 'myfs' });
  expect(modesOf(backend, 'Filesystem')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(backend, 'Filesystem', 'PersistentVolumeClaim')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(backend, 'Filesystem', 'VolumeSnapshot')).toEqual([...ONE, 'ReadWriteMany', 'ReadOnlyMany']);
  expect(modesOf(backend, 'Block', 'VolumeSnapshot')).toEqual([]);
});

test('Longhorn shares files always, and raw devices that can migrate', () => {
  expect(modesOf(Longhorn.volumes(), 'Filesystem')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(Longhorn.volumes(), 'Block')).toEqual(ONE);
  expect(modesOf(Longhorn.volumes({ migratable: false }), 'Block')).toEqual(ONE);
  expect(modesOf(Longhorn.volumes({ migratable: true }), 'Block')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(Longhorn.volumes({ migratable: true }), 'Filesystem', 'VolumeSnapshot')).not.toContain('ReadOnlyMany');
});

test('JuiceFS shares files, and claims of it are never only read', () => {
  const backend = JuiceFs.volumes({ secret: SECRET });
  expect(modesOf(backend, 'Filesystem', 'VolumeSnapshot')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(backend, 'Block')).toEqual([]);
});

test('disks of nodes are for one node', () => {
  expect(modesOf(TopoLvm.deviceClass(), 'Filesystem')).toEqual(ONE);
  expect(modesOf(TopoLvm.deviceClass({ thin: true }), 'Block', 'VolumeSnapshot')).toEqual(ONE);
  expect(modesOf(LocalVolumes.preProvisioned(), 'Block')).toEqual(['ReadWriteOnce']);
  expect(modesOf(LocalVolumes.localPath(), 'Filesystem')).toEqual(['ReadWriteOnce']);
  expect(modesOf(LocalVolumes.localPath(), 'Block')).toEqual([]);
  expect(modesOf(LocalVolumes.localPath({ sharedFileSystem: true }), 'Filesystem')).toEqual(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany']);
});

test('the modes of a driver that its user describes have their conditions', () => {
  const driver = StorageDriver.define({
    title: 'Example disks',
    provisioner: 'csi.example.com',
    kind: DriverKind.BLOCK,
    documentation: 'https://example.com/docs',
    conditionalModes: [
      { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, volumeMode: PersistentVolumeMode.BLOCK, parameter: 'shares', minimum: 2 },
      { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY, parameter: 'layout', values: ['cluster', 'shared'] },
      { accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY, fromSource: true },
    ],
  });
  expect(modesOf(driver.volumes(), 'Block')).toEqual([]);
  expect(modesOf(driver.volumes({ parameters: { shares: '1' } }), 'Block')).toEqual([]);
  expect(modesOf(driver.volumes({ parameters: { shares: '2' } }), 'Block')).toEqual(['ReadWriteMany']);
  expect(modesOf(driver.volumes(), 'Filesystem')).toEqual(['ReadWriteOnce']);
  expect(modesOf(driver.volumes({ parameters: { layout: 'shared' } }), 'Filesystem')).toEqual(['ReadWriteOnce', 'ReadWriteMany']);
  expect(modesOf(driver.volumes(), 'Filesystem', 'PersistentVolumeClaim')).toEqual(['ReadWriteOnce', 'ReadOnlyMany']);
  const facts = driver.volumes()._driver;
  expect(conditionsFor(facts, 'ReadWriteMany', 'Block')).toEqual(['shares is 2 or more']);
  expect(conditionsFor(facts, 'ReadWriteMany', 'Filesystem')).toEqual(['layout is cluster or shared']);
  expect(conditionsFor(facts, 'ReadOnlyMany', 'Filesystem')).toEqual(['it is filled from a snapshot or a claim']);
});
