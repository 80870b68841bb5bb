import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AzureDisk } from '../../../lib/storage/drivers/azure/azure-disk';
import { AzureDiskCaching } from '../../../lib/storage/drivers/azure/azure-disk-props';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, sizeOf, untyped, warningsOf } from './tier-of';

const FSTYPE = { 'csi.storage.k8s.io/fstype': 'ext4' };
const SET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/d';

test('a disk is kept and made where its pod runs', () => {
  expect(classOf(AzureDisk.premiumSsd())).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'disk.csi.azure.com',
    parameters: { skuName: 'Premium_LRS', ...FSTYPE },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
});

test.each<[string, StorageBackend, Record<string, string>]>([
  ['standardHdd', AzureDisk.standardHdd(), { skuName: 'Standard_LRS' }],
  ['standardSsd', AzureDisk.standardSsd(), { skuName: 'StandardSSD_LRS' }],
  ['zone-redundant standardSsd', AzureDisk.standardSsd({ zoneRedundant: true }), { skuName: 'StandardSSD_ZRS' }],
  ['zone-redundant premiumSsd', AzureDisk.premiumSsd({ zoneRedundant: true }), { skuName: 'Premium_ZRS' }],
  ['cached premiumSsd', AzureDisk.premiumSsd({ cachingMode: AzureDiskCaching.READ_ONLY }), { skuName: 'Premium_LRS', cachingMode: 'ReadOnly' }],
  ['premiumSsd with a key', AzureDisk.premiumSsd({ diskEncryptionSetId: SET }), { skuName: 'Premium_LRS', diskEncryptionSetID: SET }],
  ['premiumSsdV2', AzureDisk.premiumSsdV2(), { skuName: 'PremiumV2_LRS', cachingMode: 'None' }],
  ['premiumSsdV2 with performance', AzureDisk.premiumSsdV2({ iops: 16_000, throughput: 1_000 }), {
    skuName: 'PremiumV2_LRS', cachingMode: 'None', DiskIOPSReadWrite: '16000', DiskMBpsReadWrite: '1000',
  }],
  ['ultra', AzureDisk.ultra({ iops: 100_000, throughput: 4_000 }), {
    skuName: 'UltraSSD_LRS', cachingMode: 'None', DiskIOPSReadWrite: '100000', DiskMBpsReadWrite: '4000',
  }],
])('%s has the parameters that the driver knows', (_, backend, parameters) => {
  expect(classOf(backend).parameters).toEqual({ ...parameters, ...FSTYPE });
  expect(warningsOf(backend)).toEqual([]);
});

test('the file system is carried', () => {
  expect(classOf(AzureDisk.ultra({ fsType: FsType.XFS })).parameters['csi.storage.k8s.io/fstype']).toBe('xfs');
});

const NO_CHOICE = 'it follows the size, only premiumSsdV2 and ultra let one choose';

test.each<[string, StorageBackend, string[]]>([
  ['performance of premiumSsd', AzureDisk.premiumSsd(untyped({ iops: 20_000, throughput: 900 })), [
    `driver/iops-not-settable | backend.iops: expected no \`iops\`: ${NO_CHOICE} (Premium_LRS), found 20000 | leave \`iops\` out`,
    `driver/throughput-not-settable | backend.throughput: expected no \`throughput\`: ${NO_CHOICE} (Premium_LRS), found 900 | leave \`throughput\` out`,
  ]],
  ['too much of premiumSsdV2', AzureDisk.premiumSsdV2({ iops: 80_001, throughput: 2_001 }), [
    'driver/iops-over-limit | backend.iops: expected at most 80000 IOPS (PremiumV2_LRS), found 80001 | lower `iops` to 80000',
    'driver/throughput-over-limit | backend.throughput: expected at most 2000 MB/s (PremiumV2_LRS), found 2001 | lower `throughput` to 2000',
  ]],
  ['too little of premiumSsdV2', AzureDisk.premiumSsdV2({ iops: 2_999, throughput: 124 }), [
    'driver/iops-under-limit | backend.iops: expected at least 3000 IOPS (PremiumV2_LRS), found 2999 | raise `iops` to 3000, or leave it out',
    'driver/throughput-under-limit | backend.throughput: expected at least 125 MB/s (PremiumV2_LRS), found 124 | raise `throughput` to 125, or leave it out',
  ]],
  ['more throughput than the IOPS of premiumSsdV2 carry', AzureDisk.premiumSsdV2({ throughput: 751 }), [
    'driver/throughput-ratio | backend.throughput: expected at most 750 MB/s with 3000 IOPS (PremiumV2_LRS gives 0.25 MB/s for each of the IOPS), found 751 | raise `iops` to 3004, or lower `throughput` to 750',
  ]],
  ['too much of ultra', AzureDisk.ultra({ iops: 400_001, throughput: 10_001 }), [
    'driver/iops-over-limit | backend.iops: expected at most 400000 IOPS (UltraSSD_LRS), found 400001 | lower `iops` to 400000',
    'driver/throughput-over-limit | backend.throughput: expected at most 10000 MB/s (UltraSSD_LRS), found 10001 | lower `throughput` to 10000',
  ]],
  ['too little of ultra', AzureDisk.ultra({ iops: 99, throughput: 0 }), [
    'driver/iops-under-limit | backend.iops: expected at least 100 IOPS (UltraSSD_LRS), found 99 | raise `iops` to 100, or leave it out',
    'driver/throughput-under-limit | backend.throughput: expected at least 1 MB/s (UltraSSD_LRS), found 0 | raise `throughput` to 1, or leave it out',
  ]],
  ['more throughput than the IOPS of ultra carry', AzureDisk.ultra({ iops: 500, throughput: 126 }), [
    'driver/throughput-ratio | backend.throughput: expected at most 125 MB/s with 500 IOPS (UltraSSD_LRS gives 0.25 MB/s for each of the IOPS), found 126 | raise `iops` to 504, or lower `throughput` to 125',
  ]],
  ['a cache for premiumSsdV2', AzureDisk.premiumSsdV2(untyped({ cachingMode: 'ReadOnly' })), [
    'driver/caching | backend.cachingMode: expected None: nodes cannot cache these disks (PremiumV2_LRS), found "ReadOnly" | leave `cachingMode` out',
  ]],
  ['the wrong case', AzureDisk.premiumSsd(untyped({ cachingMode: 'readonly' })), [
    'driver/value | backend.cachingMode: expected one of None, ReadOnly, ReadWrite, found "readonly" | use "ReadOnly", or leave `cachingMode` out',
  ]],
  ['three zones for ultra', AzureDisk.ultra(untyped({ zoneRedundant: true })), [
    'driver/zone-redundant-type | backend.zoneRedundant: expected no `zoneRedundant`: only standardSsd and premiumSsd disks are kept in three zones (UltraSSD_LRS), found true | leave `zoneRedundant` out, or use AzureDisk.premiumSsd()',
  ]],
  ['the name of a key', AzureDisk.premiumSsd({ diskEncryptionSetId: 'my-set' }), [
    'driver/encryption-set | backend.diskEncryptionSetId: expected the full resource id of a disk encryption set, found "my-set" | use a value such as /subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskEncryptionSets/<name>',
  ]],
  ['an unknown file system', AzureDisk.premiumSsd(untyped({ fsType: 'zfs' })), [
    'driver/value | backend.fsType: expected one of ext4, xfs, found "zfs" | use "ext4", or leave `fsType` out',
  ]],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});

test('types keep performance and caches where they belong', () => {
  // @ts-expect-error performance follows the size
  AzureDisk.premiumSsd({ iops: 20_000 });
  // @ts-expect-error nodes cannot cache these disks
  AzureDisk.premiumSsdV2({ cachingMode: AzureDiskCaching.READ_ONLY });
  // @ts-expect-error there is no such SKU
  AzureDisk.standardHdd({ zoneRedundant: true });
});

test('what is deprecated or not everywhere yet is warned of', () => {
  expect(warningsOf(AzureDisk.premiumSsd({ cachingMode: AzureDiskCaching.READ_WRITE }))).toEqual([
    'driver/caching | backend.cachingMode: expected None or ReadOnly: ReadWrite is deprecated, and what is only in the cache is lost with the node, found ReadWrite | leave `cachingMode` out, or use AzureDiskCaching.NONE',
  ]);
  expect(warningsOf(AzureDisk.ultra({ iops: 160_001, throughput: 4_001 }))).toEqual([
    'driver/iops-over-older-limit | backend.iops: expected at most 160000 IOPS where the provider has not raised the limit yet (UltraSSD_LRS), found 160001 | check that your region and machines offer more than 160000 IOPS, or lower `iops`',
    'driver/throughput-over-older-limit | backend.throughput: expected at most 4000 MB/s where the provider has not raised the limit yet (UltraSSD_LRS), found 4001 | check that your region and machines offer more than 4000 MB/s, or lower `throughput`',
  ]);
});

describe('claims', () => {
  test.each<[string, StorageBackend, Size, string]>([
    ['too large', AzureDisk.premiumSsd(), Size.gibibytes(32_768), 'driver/size-over-max | size: expected at most 32767Gi (Premium_LRS), found 32Ti | use Size.gibibytes(32767) or less, or another volume type'],
    ['too small', AzureDisk.standardHdd(), Size.mebibytes(512), 'driver/size-under-min | size: expected at least 1Gi (Standard_LRS), found 512Mi | use Size.gibibytes(1), or another volume type'],
    ['too small for ultra', AzureDisk.ultra(), Size.gibibytes(3), 'driver/size-under-min | size: expected at least 4Gi (UltraSSD_LRS), found 3Gi | use Size.gibibytes(4), or another volume type'],
    ['too large for ultra', AzureDisk.ultra(), Size.tebibytes(65), 'driver/size-over-max | size: expected at most 64Ti (UltraSSD_LRS), found 65Ti | use Size.gibibytes(65536) or less, or another volume type'],
    ['too small for the IOPS of premiumSsdV2', AzureDisk.premiumSsdV2({ iops: 16_000 }), Size.gibibytes(31), 'driver/iops-ratio | size: expected at least 32Gi for 16000 IOPS (PremiumV2_LRS gives 500 IOPS for each GiB), found 31Gi | use Size.gibibytes(32), or lower `iops` of the tier to 15500'],
    ['too small for the IOPS of ultra', AzureDisk.ultra({ iops: 16_000 }), Size.gibibytes(15), 'driver/iops-ratio | size: expected at least 16Gi for 16000 IOPS (UltraSSD_LRS gives 1000 IOPS for each GiB), found 15Gi | use Size.gibibytes(16), or lower `iops` of the tier to 15000'],
  ])('%s are refused', (_, backend, size, line) => {
    expect(sizeOf(backend, size)).toEqual({ errors: [line], warnings: [] });
  });

  test('of 1 GiB get what every disk has', () => {
    expect(sizeOf(AzureDisk.premiumSsdV2({ iops: 3_000 }), Size.gibibytes(1))).toEqual({ errors: [], warnings: [] });
  });
});

test('zones are written with their region', () => {
  expect(classOf(AzureDisk.premiumSsd(), { zones: ['eastus2-1', 'eastus2-2'] }).allowedTopologies).toEqual([
    { matchLabelExpressions: [{ key: 'topology.disk.csi.azure.com/zone', values: ['eastus2-1', 'eastus2-2'] }] },
  ]);
  expect(errorsOf(AzureDisk.premiumSsd(), { zones: ['1'] })).toEqual([
    'driver/zone-format | zones: expected zones as disk.csi.azure.com labels them: eastus2-1, found ["1"] | put the region before the number of the zone',
  ]);
});
