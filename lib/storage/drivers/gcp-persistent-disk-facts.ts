import type { DriverFacts, VolumeTypeFacts } from './driver-facts';

const DISKS = 'https://cloud.google.com/compute/docs/disks';
const PERSISTENT_LINK = `${DISKS}/persistent-disks`;
const EXTREME_LINK = `${DISKS}/extreme-persistent-disk`;
const REGIONAL_LINK = 'https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/regional-pd';
const hyperdiskLink = (type: string) => `${DISKS}/hd-types/${type}`;

/** Modes are those of an empty claim: ReadOnlyMany wants a source that it is filled from. */
export const GCP_PD: DriverFacts = {
  title: 'Compute Engine Persistent Disk CSI driver',
  provisioner: 'pd.csi.storage.gke.io',
  kind: 'block',
  asOf: '2026-08-18, v1.26.0',
  link: 'https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver/blob/master/README.md',
  dynamicProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  expansion: true,
  snapshots: true,
  cloning: true,
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

const STANDARD = followsSize('pd-standard', 7_500);
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
