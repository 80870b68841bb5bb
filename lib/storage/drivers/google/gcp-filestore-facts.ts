import type { DriverFacts, VolumeTypeFacts } from '../driver-facts';

export const FILESTORE_LINK = 'https://cloud.google.com/filestore/docs/csi-driver';
const TIERS_LINK = 'https://cloud.google.com/filestore/docs/service-tiers';

export const GCP_FILESTORE: DriverFacts = {
  title: 'Filestore CSI driver',
  provisioner: 'filestore.csi.storage.gke.io',
  madeBy: 'GcpFilestore',
  kind: 'file',
  asOf: '2026-06-24, v1.13',
  link: FILESTORE_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'],
  blockModes: [],
  parameters: [
    { name: 'tier', type: 'enum', values: ['standard', 'basic_hdd', 'premium', 'basic_ssd', 'zonal', 'regional', 'enterprise', 'high_scale_ssd'] },
    { name: 'network', type: 'string' },
    { name: 'connect-mode', type: 'enum', values: ['DIRECT_PEERING', 'PRIVATE_SERVICE_ACCESS'] },
    { name: 'reserved-ipv4-cidr', type: 'string' },
    { name: 'reserved-ip-range', type: 'string' },
    { name: 'instance-encryption-kms-key', type: 'string' },
    { name: 'labels', type: 'string' },
    { name: 'resource-tags', type: 'string' },
    { name: 'location', type: 'string' },
    { name: 'mount-options', type: 'string' },
    { name: 'multishare', type: 'boolean' },
    { name: 'max-volume-size', type: 'quantity' },
    { name: 'instance-storageclass-label', type: 'string' },
    { name: 'nfs-export-options-on-create', type: 'string' },
    { name: 'protocol', type: 'enum', values: ['NFS_V3', 'NFS_V4_1'] },
  ],
  unknownParameters: 'reject',
  // of zonal and regional instances
  attributes: ['max-iops', 'max-iops-per-tb'],
  expansion: true,
  // backups, in truth
  snapshots: true,
  snapshotParameters: [
    { name: 'type', type: 'enum', values: ['backup'], required: true },
    { name: 'location', type: 'string' },
  ],
  cloning: false,
  topologyKeys: ['topology.gke.io/zone'],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: true,
};

/** Sizes end here, go on at 10 TiB in other steps, and no instance grows from one band into the other. */
const LOW_BAND_GIB = 9_984;
const HIGH_BAND_STEPS = { belowGiB: Infinity, stepGiB: 2_560 };

function tier(name: string, roundsUpToGiB: number, maxSizeGiB: number, more: Partial<VolumeTypeFacts> = {}): VolumeTypeFacts {
  return { name, roundsUpToGiB, maxSizeGiB, link: TIERS_LINK, ...more };
}

export const GCP_FILESTORE_TYPES = {
  basicHdd: tier('basic_hdd', 100, 65_434, { hardDisk: true }),
  basicSsd: tier('basic_ssd', 2_560, 65_434),
  zonal: tier('zonal', 1_024, 102_400, { sizeSteps: [{ belowGiB: LOW_BAND_GIB, stepGiB: 256 }, HIGH_BAND_STEPS] }),
  // the driver starts at 100 GiB, the page of the tiers at 1 TiB
  regional: tier('regional', 100, 102_400, { olderMinSizeGiB: 1_024, sizeSteps: [{ belowGiB: LOW_BAND_GIB, stepGiB: 1 }, HIGH_BAND_STEPS] }),
  enterprise: tier('enterprise', 1_024, 10_240),
  // shares of an instance: nobody states how small they can be
  enterpriseMultishare: { name: 'enterprise', title: 'enterprise with multishare', link: TIERS_LINK },
  highScaleSsd: tier('high_scale_ssd', 10_240, 102_400, { sizeSteps: [HIGH_BAND_STEPS] }),
} satisfies Record<string, VolumeTypeFacts>;
