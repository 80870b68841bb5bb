import type { DriverFacts, VolumeTypeFacts } from '../driver-facts';

export const EBS_PARAMETERS_LINK = 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md';
const LIMITS_LINK = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html';
const AUTO_MODE_LINK = 'https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html';
const TAG = /^[^=]{1,128}=.{0,256}$/s;

export const AWS_EBS: DriverFacts = {
  title: 'Amazon EBS CSI driver',
  provisioner: 'ebs.csi.aws.com',
  madeBy: 'AwsEbs',
  kind: 'block',
  asOf: '2026-08-19, v1.64.0',
  link: EBS_PARAMETERS_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  conditionalModes: [
    { mode: 'ReadWriteMany', volumeMode: 'Block', parameter: { name: 'type', in: ['io2'] }, when: 'type io2 (AwsEbs.io2())' },
  ],
  // `_N` stands for a number that counts up from 1
  parameters: [
    { name: 'type', type: 'enum', values: ['gp2', 'gp3', 'io1', 'io2', 'st1', 'sc1', 'standard'] },
    { name: 'iops', type: 'integer', min: 100, max: 256_000 },
    { name: 'iopsPerGB', type: 'integer', min: 1 },
    { name: 'allowAutoIOPSPerGBIncrease', type: 'boolean' },
    { name: 'allowAutoIOPSIncreaseOnModify', type: 'boolean' },
    { name: 'throughput', type: 'integer', min: 125, max: 2_000 },
    { name: 'encrypted', type: 'boolean' },
    { name: 'kmsKeyId', type: 'string' },
    { name: 'csi.storage.k8s.io/fstype', type: 'enum', values: ['ext3', 'ext4', 'xfs', 'ntfs'] },
    { name: 'blockSize', type: 'integer' },
    { name: 'inodeSize', type: 'integer' },
    { name: 'bytesPerInode', type: 'integer' },
    { name: 'numberOfInodes', type: 'integer' },
    { name: 'ext4BigAlloc', type: 'boolean' },
    { name: 'ext4ClusterSize', type: 'integer' },
    { name: 'ext4EncryptionSupport', type: 'boolean' },
    { name: 'volumeInitializationRate', type: 'integer', min: 100, max: 300 },
    { name: 'blockAttachUntilInitialized', type: 'boolean' },
    { name: 'tagSpecification_N', type: 'string', pattern: TAG },
    // taken, and without effect
    { name: 'blockExpress', type: 'boolean' },
  ],
  unknownParameters: 'reject',
  attributes: ['type', 'iops', 'throughput', 'tagSpecification_N', 'tagDeletion_N'],
  expansion: true,
  snapshots: true,
  snapshotParameters: [
    { name: 'tagSpecification_N', type: 'string', pattern: TAG },
    { name: 'fastSnapshotRestoreAvailabilityZones', type: 'string' },
    { name: 'outpostArn', type: 'string' },
    { name: 'lockMode', type: 'enum', values: ['governance', 'compliance'] },
    { name: 'lockDuration', type: 'integer' },
    { name: 'lockExpirationDate', type: 'string' },
    { name: 'lockCoolOffPeriod', type: 'integer' },
  ],
  cloning: true,
  cloneKeeps: ['zone'],
  topologyKeys: [
    'topology.kubernetes.io/zone', 'topology.ebs.csi.aws.com/zone', 'topology.k8s.aws/zone-id', 'topology.ebs.csi.aws.com/outpost-id',
  ],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: true,
};

/** The driver that EKS Auto Mode has built in: the same parameters under another name. */
export const AWS_EBS_AUTO_MODE: DriverFacts = {
  ...AWS_EBS,
  title: 'EKS Auto Mode block storage',
  provisioner: 'ebs.csi.eks.amazonaws.com',
  madeBy: 'AwsEbs',
  link: AUTO_MODE_LINK,
  topologyKeys: ['topology.kubernetes.io/zone', 'eks.amazonaws.com/compute-type'],
};

const IOPS_FOLLOW_SIZE = 'follows the size, only gp3, io1 and io2 take them';
const THROUGHPUT_FOLLOWS_SIZE = 'follows the size, only gp3 takes one';
const THROUGHPUT_FOLLOWS_IOPS = 'follows the IOPS, only gp3 takes one';

function hardDisk(name: string, most: number): VolumeTypeFacts {
  return {
    name,
    hardDisk: true,
    minSizeGiB: 125,
    maxSizeGiB: 16_384,
    iops: { max: most, notSettable: IOPS_FOLLOW_SIZE },
    throughput: { max: most, notSettable: THROUGHPUT_FOLLOWS_SIZE },
    link: LIMITS_LINK,
  };
}

export const AWS_EBS_TYPES = {
  gp3: {
    name: 'gp3',
    minSizeGiB: 1,
    maxSizeGiB: 65_536,
    olderMaxSizeGiB: 16_384,
    iops: { min: 3_000, max: 80_000, olderMax: 16_000, baseline: 3_000 },
    iopsPerGiB: 500,
    throughput: { min: 125, max: 2_000, olderMax: 1_000, baseline: 125 },
    throughputPerIops: 0.25,
    link: LIMITS_LINK,
  },
  gp2: {
    name: 'gp2',
    minSizeGiB: 1,
    maxSizeGiB: 16_384,
    iops: { min: 100, max: 16_000, notSettable: IOPS_FOLLOW_SIZE },
    throughput: { max: 250, notSettable: THROUGHPUT_FOLLOWS_SIZE },
    link: LIMITS_LINK,
  },
  io1: {
    name: 'io1',
    minSizeGiB: 4,
    maxSizeGiB: 16_384,
    iops: { min: 100, max: 64_000, required: true },
    iopsPerGiB: 50,
    throughput: { max: 1_000, notSettable: THROUGHPUT_FOLLOWS_IOPS },
    link: LIMITS_LINK,
  },
  io2: {
    name: 'io2',
    minSizeGiB: 4,
    maxSizeGiB: 65_536,
    iops: { min: 100, max: 256_000, required: true },
    iopsPerGiB: 1_000,
    throughput: { max: 4_000, notSettable: THROUGHPUT_FOLLOWS_IOPS },
    link: LIMITS_LINK,
  },
  st1: hardDisk('st1', 500),
  sc1: hardDisk('sc1', 250),
  // nobody states what it gives
  magnetic: { name: 'standard', hardDisk: true, minSizeGiB: 1, maxSizeGiB: 1_024, link: LIMITS_LINK },
} satisfies Record<string, VolumeTypeFacts>;
