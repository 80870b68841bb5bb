import type { ClaimSource, ConditionalModeFacts, DriverFacts, VolumeMode, VolumeTypeFacts } from '../driver-facts';

const DISKS = 'https://cloud.google.com/compute/docs/disks';
const PERSISTENT_LINK = `${DISKS}/persistent-disks`;
const EXTREME_LINK = `${DISKS}/extreme-persistent-disk`;
const REGIONAL_LINK = 'https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/regional-pd';
const hyperdiskLink = (type: string) => `${DISKS}/hd-types/${type}`;

/** What a read-only disk is filled from; an empty one could never be. */
const FILLED: readonly ClaimSource[] = ['VolumeSnapshot', 'PersistentVolumeClaim'];

function readOnlyMany(volumeMode: VolumeMode): ConditionalModeFacts[] {
  const mode = 'ReadOnlyMany';
  return [
    {
      mode,
      volumeMode,
      parameter: { name: 'type', notIn: ['hyperdisk-balanced-high-availability', 'hyperdisk-throughput', 'hyperdisk-extreme'] },
      source: FILLED,
      when: 'a claim that is filled from a snapshot or another claim, of a type other than hyperdisk-balanced-high-availability, ' +
        'hyperdisk-throughput and hyperdisk-extreme',
    },
    { mode, volumeMode, parameter: { name: 'type', in: ['hyperdisk-ml'] }, when: 'type hyperdisk-ml (GcpPersistentDisk.hyperdiskMl())' },
  ];
}

/** Types that several machines can write to at a time. */
const SHARED_TYPES = ['pd-balanced', 'pd-ssd', 'hyperdisk-balanced', 'hyperdisk-balanced-high-availability'];

export const GCP_PD: DriverFacts = {
  title: 'Compute Engine Persistent Disk CSI driver',
  provisioner: 'pd.csi.storage.gke.io',
  madeBy: 'GcpPersistentDisk',
  kind: 'block',
  asOf: '2026-08-18, v1.26.0',
  link: 'https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver/blob/master/README.md',
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  conditionalModes: [
    ...readOnlyMany('Filesystem'),
    ...readOnlyMany('Block'),
    { mode: 'ReadWriteMany', volumeMode: 'Block', parameter: { name: 'type', in: SHARED_TYPES }, when: `type ${SHARED_TYPES.join(', ')}` },
  ],
  parameters: [
    {
      name: 'type',
      type: 'enum',
      values: [
        'pd-standard', 'pd-balanced', 'pd-ssd', 'pd-extreme', 'hyperdisk-balanced', 'hyperdisk-balanced-high-availability', 'hyperdisk-ml',
        'hyperdisk-extreme', 'hyperdisk-throughput', 'dynamic',
      ],
    },
    { name: 'replication-type', type: 'enum', values: ['none', 'regional-pd'] },
    { name: 'availability-class', type: 'enum', values: ['none', 'regional-hard-failover'] },
    { name: 'disk-encryption-kms-key', type: 'string' },
    { name: 'labels', type: 'string' },
    { name: 'resource-tags', type: 'string' },
    { name: 'provisioned-iops-on-create', type: 'integer', min: 1 },
    // bytes: without the suffix 250 is read as 1 MiB
    { name: 'provisioned-throughput-on-create', type: 'quantity', pattern: /^\d+(Mi|Gi)$/ },
    { name: 'enable-confidential-storage', type: 'boolean' },
    { name: 'storage-pools', type: 'string' },
    { name: 'data-cache-size', type: 'quantity' },
    { name: 'data-cache-mode', type: 'enum', values: ['writeback', 'writethrough'] },
    { name: 'enable-multi-zone-provisioning', type: 'boolean' },
    // the README has a plural, which the driver refuses
    { name: 'use-allowed-disk-topology', type: 'boolean' },
    // the three go with type dynamic
    { name: 'hyperdisk-type', type: 'string' },
    { name: 'pd-type', type: 'string' },
    { name: 'disk-type-preference', type: 'string' },
    { name: 'csi.storage.k8s.io/fstype', type: 'enum', values: ['ext4', 'xfs', 'btrfs', 'ntfs'] },
  ],
  unknownParameters: 'reject',
  // of Hyperdisks only
  attributes: ['iops', 'throughput'],
  expansion: true,
  snapshots: true,
  snapshotParameters: [
    { name: 'storage-locations', type: 'string' },
    { name: 'snapshot-type', type: 'enum', values: ['snapshots', 'images'] },
    { name: 'image-family', type: 'string' },
    { name: 'labels', type: 'string' },
    { name: 'resource-tags', type: 'string' },
  ],
  cloning: true,
  cloneKeeps: ['zone'],
  topologyKeys: ['topology.gke.io/zone'],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: true,
};

const MAX_SIZE_GIB = 65_536;
const FOLLOWS_SIZE = 'follows the size, use a Hyperdisk to choose';

function followsSize(name: string, maxIops: number): VolumeTypeFacts {
  return {
    name,
    minSizeGiB: 10,
    maxSizeGiB: MAX_SIZE_GIB,
    iops: { max: maxIops, notSettable: FOLLOWS_SIZE },
    throughput: { max: 1_200, notSettable: FOLLOWS_SIZE },
    link: PERSISTENT_LINK,
  };
}

function regional(type: VolumeTypeFacts, minSizeGiB = type.minSizeGiB): VolumeTypeFacts {
  return { ...type, title: `regional ${type.name}`, minSizeGiB, link: REGIONAL_LINK };
}

const STANDARD: VolumeTypeFacts = { ...followsSize('pd-standard', 7_500), hardDisk: true };
const BALANCED = followsSize('pd-balanced', 80_000);
const SSD = followsSize('pd-ssd', 100_000);

export const GCP_PD_TYPES = {
  standard: STANDARD,
  balanced: BALANCED,
  ssd: SSD,
  regionalStandard: regional(STANDARD, 200),
  regionalBalanced: regional(BALANCED),
  regionalSsd: regional(SSD),
  extreme: {
    name: 'pd-extreme',
    minSizeGiB: 500,
    maxSizeGiB: MAX_SIZE_GIB,
    // the driver's README has 10,000 to 120,000, the provider's page 2,500 to 120,000
    iops: { min: 2_500, olderMin: 10_000, max: 120_000 },
    throughput: { max: 4_000, notSettable: 'follows the IOPS' },
    link: EXTREME_LINK,
  },
  hyperdiskBalanced: {
    name: 'hyperdisk-balanced',
    minSizeGiB: 4,
    maxSizeGiB: MAX_SIZE_GIB,
    // no baseline: what one gets without asking grows with the size
    iops: { min: 2_000, max: 160_000 },
    iopsPerGiB: 500,
    minIopsPerGiB: 500,
    minIopsCeiling: 3_000,
    throughput: { min: 140, max: 2_400 },
    throughputPerIops: 0.25,
    link: hyperdiskLink('hyperdisk-balanced'),
  },
  hyperdiskBalancedHighAvailability: {
    name: 'hyperdisk-balanced-high-availability',
    minSizeGiB: 4,
    maxSizeGiB: MAX_SIZE_GIB,
    iops: { max: 100_000 },
    throughput: { max: 1_200 },
    link: hyperdiskLink('hyperdisk-balanced-ha'),
  },
  hyperdiskMl: {
    name: 'hyperdisk-ml',
    minSizeGiB: 4,
    maxSizeGiB: MAX_SIZE_GIB,
    iops: { max: 19_200_000, notSettable: 'follows the throughput, 16 for each MiB/s' },
    throughput: { min: 400, max: 1_200_000 },
    minThroughputPerGiB: 0.12,
    link: hyperdiskLink('hyperdisk-ml'),
  },
  hyperdiskExtreme: {
    name: 'hyperdisk-extreme',
    minSizeGiB: 64,
    maxSizeGiB: MAX_SIZE_GIB,
    // one page has 500,000 for the newest machines
    iops: { min: 128, max: 500_000, olderMax: 350_000 },
    iopsPerGiB: 1_200,
    minIopsPerGiB: 2,
    throughput: { max: 5_000, notSettable: 'follows the IOPS' },
    link: hyperdiskLink('hyperdisk-extreme'),
  },
  hyperdiskThroughput: {
    name: 'hyperdisk-throughput',
    minSizeGiB: 2_048,
    maxSizeGiB: 32_768,
    iops: { max: 9_600, notSettable: 'follows the throughput, 4 for each MiB/s' },
    throughput: { min: 20, max: 2_400 },
    throughputPerGiB: 90 / 1_024,
    minThroughputPerGiB: 10 / 1_024,
    link: hyperdiskLink('hyperdisk-throughput'),
  },
} satisfies Record<string, VolumeTypeFacts>;
