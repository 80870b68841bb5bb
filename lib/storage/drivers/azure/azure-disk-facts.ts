import type { DriverFacts, ParameterFacts, VolumeTypeFacts } from '../driver-facts';

export const AZURE_DISK_LIMITS_LINK = 'https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types';
export const AZURE_SHARED_DISK_LINK = 'https://learn.microsoft.com/en-us/azure/virtual-machines/disks-shared';
export const AZURE_BURSTING_LINK = 'https://learn.microsoft.com/en-us/azure/virtual-machines/disk-bursting';
export const AZURE_PERFORMANCE_PLUS_LINK = 'https://learn.microsoft.com/en-us/azure/virtual-machines/disks-enable-performance';

const SHARED = { parameter: { name: 'maxShares', min: 2 }, when: 'maxShares is 2 or more' } as const;

const PARAMETERS: readonly ParameterFacts[] = [
  { name: 'skuName', type: 'enum', values: ['Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_LRS', 'Premium_ZRS', 'PremiumV2_LRS', 'UltraSSD_LRS'] },
  // the same by its older name
  { name: 'storageAccountType', type: 'string' },
  { name: 'kind', type: 'enum', values: ['managed'] },
  { name: 'fsType', type: 'enum', values: ['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'ntfs'] },
  { name: 'csi.storage.k8s.io/fstype', type: 'enum', values: ['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'ntfs'] },
  { name: 'cachingMode', type: 'enum', values: ['None', 'ReadOnly', 'ReadWrite'] },
  { name: 'location', type: 'string' },
  { name: 'resourceGroup', type: 'string' },
  { name: 'subscriptionID', type: 'string' },
  { name: 'DiskIOPSReadWrite', type: 'integer', min: 100, max: 400_000 },
  { name: 'DiskMBpsReadWrite', type: 'integer', min: 1, max: 10_000 },
  { name: 'LogicalSectorSize', type: 'enum', values: ['512', '4096'] },
  { name: 'tags', type: 'string' },
  { name: 'tagValueDelimiter', type: 'string' },
  { name: 'diskEncryptionSetID', type: 'string', pattern: /^\/subscriptions\// },
  { name: 'diskEncryptionType', type: 'enum', values: ['EncryptionAtRestWithCustomerKey', 'EncryptionAtRestWithPlatformAndCustomerKeys'] },
  { name: 'writeAcceleratorEnabled', type: 'boolean' },
  { name: 'perfProfile', type: 'enum', values: ['none', 'basic', 'advanced'] },
  { name: 'networkAccessPolicy', type: 'enum', values: ['AllowAll', 'DenyAll', 'AllowPrivate'] },
  { name: 'diskAccessID', type: 'string', pattern: /^\/subscriptions\// },
  { name: 'publicNetworkAccess', type: 'enum', values: ['Enabled', 'Disabled'] },
  { name: 'enableBursting', type: 'boolean' },
  { name: 'enablePerformancePlus', type: 'boolean' },
  { name: 'attachDiskInitialDelay', type: 'integer' },
  { name: 'maxShares', type: 'integer', min: 1 },
  { name: 'diskName', type: 'string' },
  { name: 'useragent', type: 'string' },
];

export const AZURE_DISK: DriverFacts = {
  title: 'Azure Disk CSI driver',
  provisioner: 'disk.csi.azure.com',
  madeBy: 'AzureDisk',
  kind: 'block',
  asOf: '2026-08-22, v1.34',
  link: 'https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md',
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  conditionalModes: [
    { mode: 'ReadWriteMany', volumeMode: 'Block', ...SHARED },
    { mode: 'ReadOnlyMany', volumeMode: 'Block', ...SHARED },
  ],
  parameters: PARAMETERS,
  unknownParameters: 'reject',
  attributes: ['DiskIOPSReadWrite', 'DiskMBpsReadWrite', 'skuName'],
  expansion: true,
  snapshots: true,
  snapshotParameters: [
    { name: 'resourceGroup', type: 'string' },
    { name: 'incremental', type: 'boolean' },
    { name: 'dataAccessAuthMode', type: 'string' },
    { name: 'tags', type: 'string' },
    { name: 'userAgent', type: 'string' },
    { name: 'subscriptionID', type: 'string' },
    { name: 'location', type: 'string' },
    { name: 'instantAccessDurationMinutes', type: 'integer', min: 60, max: 300 },
  ],
  cloning: true,
  topologyKeys: ['topology.disk.csi.azure.com/zone', 'topology.kubernetes.io/zone'],
  zoneFormat: { pattern: /^[a-z0-9]+-[0-9]+$/, example: 'eastus2-1' },
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: true,
};

const MB = 'MB/s';
const FOLLOWS_SIZE = 'follows the size, only premiumSsdV2 and ultra let one choose';

function followsSize(name: string, maxIops: number, maxThroughput: number): VolumeTypeFacts {
  return {
    name,
    minSizeGiB: 1,
    maxSizeGiB: 32_767,
    iops: { max: maxIops, notSettable: FOLLOWS_SIZE },
    throughput: { max: maxThroughput, notSettable: FOLLOWS_SIZE },
    throughputUnit: MB,
    link: AZURE_DISK_LIMITS_LINK,
  };
}

export const AZURE_DISK_TYPES = {
  standardHdd: { ...followsSize('Standard_LRS', 2_000, 500), hardDisk: true },
  standardSsd: followsSize('StandardSSD_LRS', 6_000, 750),
  standardSsdZrs: followsSize('StandardSSD_ZRS', 6_000, 750),
  premiumSsd: followsSize('Premium_LRS', 20_000, 900),
  premiumSsdZrs: followsSize('Premium_ZRS', 20_000, 900),
  premiumSsdV2: {
    name: 'PremiumV2_LRS',
    minSizeGiB: 1,
    maxSizeGiB: 65_536,
    iops: { min: 3_000, max: 80_000, baseline: 3_000 },
    iopsPerGiB: 500,
    throughput: { min: 125, max: 2_000, baseline: 125 },
    throughputUnit: MB,
    throughputPerIops: 0.25,
    link: AZURE_DISK_LIMITS_LINK,
  },
  ultra: {
    name: 'UltraSSD_LRS',
    minSizeGiB: 4,
    maxSizeGiB: 65_536,
    // no baseline: what one gets without asking grows with the size
    iops: { min: 100, max: 400_000, olderMax: 160_000 },
    iopsPerGiB: 1_000,
    throughput: { min: 1, max: 10_000, olderMax: 4_000 },
    throughputUnit: MB,
    throughputPerIops: 0.25,
    link: AZURE_DISK_LIMITS_LINK,
  },
} satisfies Record<string, VolumeTypeFacts>;

/** Smallest Premium SSD that several nodes can attach. */
export const SHARED_PREMIUM_MIN_GIB = 256;
/** Disks of this size and more can burst on demand: more than 512 GiB. */
export const BURSTING_MIN_GIB = 513;
/** What the driver raises a smaller disk with performance plus to. */
export const PERFORMANCE_PLUS_GIB = 513;
