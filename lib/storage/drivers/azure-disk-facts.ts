import type { DriverFacts, VolumeTypeFacts } from './driver-facts';

export const AZURE_DISK_LIMITS_LINK = 'https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types';

export const AZURE_DISK: DriverFacts = {
  title: 'Azure Disk CSI driver',
  provisioner: 'disk.csi.azure.com',
  kind: 'block',
  asOf: '2026-08-22, v1.34',
  link: 'https://github.com/kubernetes-sigs/azuredisk-csi-driver/blob/master/docs/driver-parameters.md',
  dynamicProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  expansion: true,
  snapshots: true,
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
  standardHdd: followsSize('Standard_LRS', 2_000, 500),
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
