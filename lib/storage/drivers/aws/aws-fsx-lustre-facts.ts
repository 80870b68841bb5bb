import type { DriverFacts, VolumeTypeFacts } from '../driver-facts';

export const FSX_LINK = 'https://github.com/kubernetes-sigs/aws-fsx-csi-driver/blob/master/examples/kubernetes/dynamic_provisioning/README.md';
const CAPACITY_LINK = 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html';
const CLOCK = '([01][0-9]|2[0-3]):[0-5][0-9]';

/** A time of the day, and one of the week that starts with Monday, `1`. */
export const DAILY = new RegExp(`^${CLOCK}$`);
export const WEEKLY = new RegExp(`^[1-7]:${CLOCK}$`);

/** One pod's mount can do what local files can: locks that hold for all nodes. */
export const LUSTRE_MOUNT_OPTIONS: readonly string[] = ['flock'];

export const AWS_FSX_LUSTRE: DriverFacts = {
  title: 'Amazon FSx for Lustre CSI driver',
  provisioner: 'fsx.csi.aws.com',
  madeBy: 'AwsFsxLustre',
  kind: 'file',
  asOf: '2026-04-21, main branch',
  link: FSX_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  // ReadOnlyMany is refused: a shared claim that the pods mount read-only does the same
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  blockModes: [],
  parameters: [
    { name: 'subnetId', type: 'string', required: true },
    { name: 'securityGroupIds', type: 'string' },
    { name: 'deploymentType', type: 'enum', values: ['SCRATCH_1', 'SCRATCH_2', 'PERSISTENT_1', 'PERSISTENT_2'] },
    { name: 'storageType', type: 'enum', values: ['SSD', 'HDD'] },
    { name: 'driveCacheType', type: 'enum', values: ['NONE', 'READ'] },
    { name: 'perUnitStorageThroughput', type: 'enum', values: ['12', '40', '50', '100', '125', '200', '250', '500', '1000'] },
    { name: 'kmsKeyId', type: 'string' },
    { name: 'automaticBackupRetentionDays', type: 'integer', min: 0, max: 35 },
    { name: 'dailyAutomaticBackupStartTime', type: 'string', pattern: DAILY },
    { name: 'copyTagsToBackups', type: 'boolean' },
    { name: 'dataCompressionType', type: 'enum', values: ['NONE', 'LZ4'] },
    { name: 'weeklyMaintenanceStartTime', type: 'string', pattern: WEEKLY },
    { name: 'fileSystemTypeVersion', type: 'enum', values: ['2.10', '2.12', '2.15'] },
    { name: 'extraTags', type: 'string' },
    { name: 's3ImportPath', type: 'string', pattern: /^s3:\/\/.+$/ },
    { name: 's3ExportPath', type: 'string', pattern: /^s3:\/\/.+$/ },
    { name: 'autoImportPolicy', type: 'enum', values: ['NONE', 'NEW', 'NEW_CHANGED', 'NEW_CHANGED_DELETED'] },
    { name: 'efaEnabled', type: 'boolean' },
    { name: 'metadataConfigurationMode', type: 'enum', values: ['AUTOMATIC', 'USER_PROVISIONED'] },
    { name: 'metadataIops', type: 'integer', min: 1_500, max: 192_000 },
  ],
  unknownParameters: 'ignore',
  expansion: true,
  snapshots: false,
  cloning: false,
  // the subnet decides on the zone; pods elsewhere reach it too, and pay for the way
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: true,
};

type Steps = VolumeTypeFacts['sizeSteps'];
const SCRATCH_1_STEPS: Steps = [{ belowGiB: 3_600, stepGiB: 1_200 }, { belowGiB: Infinity, stepGiB: 3_600 }];
const SSD_STEPS: Steps = [{ belowGiB: 1_200, stepGiB: 1_200 }, { belowGiB: Infinity, stepGiB: 2_400 }];

function lustre(name: string, title: string, sizeSteps: Steps, hardDisk = false): VolumeTypeFacts {
  return { name, title, hardDisk, roundsUpToGiB: sizeSteps![0].stepGiB, sizeSteps, link: CAPACITY_LINK };
}

function evenSteps(stepGiB: number): Steps {
  return [{ belowGiB: Infinity, stepGiB }];
}

export const AWS_FSX_LUSTRE_TYPES = {
  scratch1: lustre('SCRATCH_1', 'SCRATCH_1', SCRATCH_1_STEPS),
  scratch2: lustre('SCRATCH_2', 'SCRATCH_2', SSD_STEPS),
  persistent1Ssd: lustre('PERSISTENT_1-SSD', 'PERSISTENT_1 on SSD', SSD_STEPS),
  persistent1Hdd12: lustre('PERSISTENT_1-HDD', 'PERSISTENT_1 on HDD with 12 MB/s for each TiB', evenSteps(6_000), true),
  persistent1Hdd40: lustre('PERSISTENT_1-HDD', 'PERSISTENT_1 on HDD with 40 MB/s for each TiB', evenSteps(1_800), true),
  persistent2Ssd: lustre('PERSISTENT_2-SSD', 'PERSISTENT_2 on SSD', SSD_STEPS),
} satisfies Record<string, VolumeTypeFacts>;

/** MB a second for each TiB that a deployment type is sold with. */
export const LUSTRE_THROUGHPUTS = {
  persistent1Ssd: [50, 100, 200],
  persistent1Hdd: [12, 40],
  persistent2Ssd: [125, 250, 500, 1_000],
} as const;
