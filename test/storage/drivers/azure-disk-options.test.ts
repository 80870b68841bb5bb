import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { AzureDisk } from '../../../lib/storage/drivers/azure/azure-disk';
import { AzureDiskCaching, AzureDiskEncryption, AzureDiskNetworkAccess } from '../../../lib/storage/drivers/azure/azure-disk-props';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { type Case, withoutSource } from './sources';
import { classOf, errorsOf, sizeOf, untyped, warningsOf } from './tier-of';

test('a disk that nodes share has no cache', () => {
  expect(classOf(AzureDisk.premiumSsd({ maxShares: 2 })).parameters).toEqual({
    'skuName': 'Premium_LRS', 'cachingMode': 'None', 'maxShares': '2', 'csi.storage.k8s.io/fstype': 'ext4',
  });
  expect(errorsOf(AzureDisk.premiumSsd({ maxShares: 2, cachingMode: AzureDiskCaching.NONE }))).toEqual([]);
  expect(classOf(AzureDisk.premiumSsd({ maxShares: 1 })).parameters.cachingMode).toBeUndefined();
  expect(sizeOf(AzureDisk.premiumSsd({ maxShares: 2 }), Size.gibibytes(256))).toEqual({ errors: [], warnings: [] });
  expect(sizeOf(AzureDisk.standardSsd({ maxShares: 2 }), Size.gibibytes(4))).toEqual({ errors: [], warnings: [] });
});

test('every option is carried', () => {
  const access = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskAccesses/d';
  const set = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/d';
  expect(classOf(AzureDisk.premiumSsd({
    bursting: true,
    writeAccelerator: true,
    performancePlus: true,
    diskEncryptionSetId: set,
    diskEncryption: AzureDiskEncryption.PLATFORM_AND_CUSTOMER_KEYS,
    resourceGroup: 'ml-disks',
    subscriptionId: 'sub',
    tags: { team: 'vision', stage: 'prod' },
    networkAccess: AzureDiskNetworkAccess.ALLOW_PRIVATE,
    diskAccessId: access,
    publicNetworkAccess: false,
  })).parameters).toEqual({
    'skuName': 'Premium_LRS',
    'enableBursting': 'true',
    'writeAcceleratorEnabled': 'true',
    'enablePerformancePlus': 'true',
    'diskEncryptionSetID': set,
    'diskEncryptionType': 'EncryptionAtRestWithPlatformAndCustomerKeys',
    'resourceGroup': 'ml-disks',
    'subscriptionID': 'sub',
    'tags': 'team=vision,stage=prod',
    'networkAccessPolicy': 'AllowPrivate',
    'diskAccessID': access,
    'publicNetworkAccess': 'Disabled',
    'csi.storage.k8s.io/fstype': 'ext4',
  });
  expect(classOf(AzureDisk.ultra({ logicalSectorSize: 512 })).parameters.LogicalSectorSize).toBe('512');
});

test('a name of AKS is nothing special for another driver', () => {
  expect(warningsOf(AzureDisk.premiumSsd(), { name: 'fast' })).toEqual([]);
  expect(warningsOf(LocalVolumes.localPath(), { name: 'managed-csi' })).toEqual([]);
});

const REFUSED: Case[] = [
  ['a disk that nobody may attach', AzureDisk.premiumSsd({ maxShares: 0 }), {}, [
    'driver/number | backend.maxShares: expected a whole number, 1 or more, found 0 | set `maxShares` to 1, or leave it out',
  ]],
  ['a shared hard disk', AzureDisk.standardHdd(untyped({ maxShares: 2 })), {}, [
    'driver/shared-disk | backend.maxShares: expected 1: nodes cannot share hard disks (Standard_LRS), found 2 | leave `maxShares` out, or use an SSD',
  ]],
  ['a cache for a shared disk', AzureDisk.premiumSsd({ maxShares: 2, cachingMode: AzureDiskCaching.READ_ONLY }), {}, [
    'driver/caching | backend.cachingMode: expected None: nodes cannot cache disks that they share (Premium_LRS), found "ReadOnly" | leave `cachingMode` out',
  ]],
  ['bursts of a shared disk', AzureDisk.premiumSsd({ maxShares: 2, bursting: true }), {}, [
    'driver/shared-disk | backend.bursting: expected false: disks that nodes share do not burst, found true | leave `bursting` out',
  ]],
  ['a write accelerator for a shared disk', AzureDisk.premiumSsd({ maxShares: 2, writeAccelerator: true }), {}, [
    'driver/shared-disk | backend.writeAccelerator: expected false: disks that nodes share have no write accelerator, found true | leave `writeAccelerator` out',
  ]],
  ['bursts of standardSsd', AzureDisk.standardSsd(untyped({ bursting: true })), {}, [
    'driver/azure-disk-type | backend.bursting: expected no `bursting`: only premiumSsd disks take it (StandardSSD_LRS), found true | leave `bursting` out, or use another volume type',
  ]],
  ['a write accelerator for ultra', AzureDisk.ultra(untyped({ writeAccelerator: true })), {}, [
    'driver/azure-disk-type | backend.writeAccelerator: expected no `writeAccelerator`: only premiumSsd disks take it (UltraSSD_LRS), found true | leave `writeAccelerator` out, or use another volume type',
  ]],
  ['performance plus for premiumSsdV2', AzureDisk.premiumSsdV2(untyped({ performancePlus: true })), {}, [
    'driver/azure-disk-type | backend.performancePlus: expected no `performancePlus`: only standardHdd, standardSsd and premiumSsd disks take it (PremiumV2_LRS), found true | leave `performancePlus` out, or use another volume type',
  ]],
  ['sectors of premiumSsd', AzureDisk.premiumSsd(untyped({ logicalSectorSize: 512 })), {}, [
    'driver/azure-disk-type | backend.logicalSectorSize: expected no `logicalSectorSize`: only premiumSsdV2 and ultra disks take it (Premium_LRS), found 512 | leave `logicalSectorSize` out, or use another volume type',
  ]],
  ['odd sectors', AzureDisk.ultra({ logicalSectorSize: 1024 }), {}, [
    'driver/value | backend.logicalSectorSize: expected 512 or 4096, found 1024 | leave `logicalSectorSize` out: it is 4096 then',
  ]],
  ['texts for switches', AzureDisk.premiumSsd(untyped({ bursting: 'true', publicNetworkAccess: 'Enabled' })), {}, [
    'driver/value | backend.bursting: expected true or false, not a text: drivers take other spellings for false, found "true" | set `bursting` to true or false',
    'driver/value | backend.publicNetworkAccess: expected true or false, not a text: drivers take other spellings for false, found "Enabled" | set `publicNetworkAccess` to true or false',
  ]],
  ['encryption without a key', AzureDisk.premiumSsd({ diskEncryption: AzureDiskEncryption.CUSTOMER_KEY }), {}, [
    'driver/encryption-set | backend.diskEncryptionSetId: expected the disk encryption set with the key: diskEncryption says only how it is used, found none | set `diskEncryptionSetId`, or leave `diskEncryption` out',
  ]],
  ['private access without a disk access', AzureDisk.premiumSsd({ networkAccess: AzureDiskNetworkAccess.ALLOW_PRIVATE }), {}, [
    'driver/disk-access | backend.diskAccessId: expected the disk access that AllowPrivate goes through, found none | set `diskAccessId`',
  ]],
  ['a disk access without private access', AzureDisk.premiumSsd({ diskAccessId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskAccesses/d' }), {}, [
    'driver/disk-access | backend.diskAccessId: expected no disk access: the driver takes one with AllowPrivate only, found "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskAccesses/d" | leave `diskAccessId` out, or set `networkAccess` to AzureDiskNetworkAccess.ALLOW_PRIVATE',
  ]],
  ['the name of a disk access', AzureDisk.premiumSsd({ networkAccess: AzureDiskNetworkAccess.ALLOW_PRIVATE, diskAccessId: 'mine' }), {}, [
    'driver/disk-access | backend.diskAccessId: expected the full resource id of a disk access, found "mine" | use a value such as /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskAccesses/<name>',
  ]],
  ['the wrong case of a network access', AzureDisk.premiumSsd(untyped({ networkAccess: 'denyall' })), {}, [
    'driver/value | backend.networkAccess: expected one of AllowAll, DenyAll, AllowPrivate, found "denyall" | use "DenyAll", or leave `networkAccess` out',
  ]],
  ['a subscription without a resource group', AzureDisk.premiumSsd({ subscriptionId: 's' }), {}, [
    'driver/azure-subscription | backend.resourceGroup: expected a resource group of the subscription: the driver takes subscriptionId only with one, found none | set `resourceGroup`, or leave `subscriptionId` out',
  ]],
  ['tags with commas and equal signs', AzureDisk.premiumSsd({ tags: { 'a=b': 'c', team: 'vision,speech' } }), {}, [
    "driver/azure-tags | backend.tags['a=b']: expected a key of 1 to 512 characters without , = < > % & \\ ? /, found \"a=b\" | use another key",
    "driver/azure-tags | backend.tags['team']: expected a text of up to 256 characters without commas, which divide the tags, found \"vision,speech\" | use a value such as training",
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['a name that AKS owns', AzureDisk.premiumSsd(), { name: 'managed-csi-premium' }, [
    'driver/reserved-class-name | name: expected a name that AKS does not use for a class of its own: it owns default, managed-csi*, azurefile-csi*, azureblob-* and sets them back, found managed-csi-premium | use a name such as ml-managed-csi-premium, or StorageTier.existing() for the class that AKS made',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const SIZES: [name: string, backend: StorageBackend, size: Size, errors: string[], warnings: string[]][] = [
  ['too small to share', AzureDisk.premiumSsd({ maxShares: 2 }), Size.gibibytes(255), [
    'driver/size-under-min | size: expected at least 256Gi (shared Premium_LRS), found 255Gi | use Size.gibibytes(256), or another volume type',
  ], []],
  ['too small to burst', AzureDisk.premiumSsd({ bursting: true }), Size.gibibytes(512), [
    'driver/size-under-min | size: expected at least 513Gi (Premium_LRS with bursting), found 512Gi | use Size.gibibytes(513), or another volume type',
  ], []],
  ['made larger by performance plus', AzureDisk.standardSsd({ performancePlus: true }), Size.gibibytes(512), [], [
    'driver/size-rounded-up | size: expected a size that StandardSSD_LRS with performance plus offers: this one is made, and billed, as 513Gi, found 512Gi | use Size.gibibytes(513)',
  ]],
];

test.each(SIZES)('a claim that is %s is told', (_, backend, size, errors, warnings) => {
  expect(sizeOf(backend, size)).toEqual({ errors, warnings });
});
