import type { ProblemSink } from '../../findings/collector';
import { StorageBackend } from '../storage-backend';
import { checkOneOf, checkSwitch } from './checks';
import type { DriverFacts, VolumeTypeFacts } from './driver-facts';
import { FS_TYPE_PARAMETER, FsType } from './fs-type';
import type { Performance } from './limits';

const PARAMETERS_LINK = 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md';
const TAGGING_LINK = 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md';
const LIMITS_LINK = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html';
const AUTO_MODE_LINK = 'https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html';

/** @internal */
export const AWS_EBS: DriverFacts = {
  title: 'Amazon EBS CSI driver',
  provisioner: 'ebs.csi.aws.com',
  kind: 'block',
  asOf: '2026-08-19, v1.64.0',
  link: PARAMETERS_LINK,
  dynamicProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  expansion: true,
  snapshots: true,
  cloning: true,
  topologyKeys: [
    'topology.kubernetes.io/zone', 'topology.ebs.csi.aws.com/zone', 'topology.k8s.aws/zone-id', 'topology.ebs.csi.aws.com/outpost-id',
  ],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: true,
};

/**
 * The driver that EKS Auto Mode has built in: the same parameters under another name.
 *
 * @internal
 */
export const AWS_EBS_AUTO_MODE: DriverFacts = {
  ...AWS_EBS,
  title: 'EKS Auto Mode block storage',
  provisioner: 'ebs.csi.eks.amazonaws.com',
  link: AUTO_MODE_LINK,
  topologyKeys: ['topology.kubernetes.io/zone', 'eks.amazonaws.com/compute-type'],
};

/** @internal */
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
  io2: {
    name: 'io2',
    minSizeGiB: 4,
    maxSizeGiB: 65_536,
    iops: { min: 100, max: 256_000, required: true },
    iopsPerGiB: 1_000,
    throughput: { max: 4_000, notSettable: 'follows the IOPS, only gp3 takes one' },
    link: LIMITS_LINK,
  },
  st1: {
    name: 'st1',
    minSizeGiB: 125,
    maxSizeGiB: 16_384,
    iops: { max: 500, notSettable: 'follows the size, only gp3 and io2 take them' },
    throughput: { max: 500, notSettable: 'follows the size, only gp3 takes one' },
    link: LIMITS_LINK,
  },
} satisfies Record<string, VolumeTypeFacts>;

/** Options of every volume type of Amazon EBS. */
export interface AwsEbsProps {
  /**
   * Whether volumes are encrypted.
   *
   * @default true
   */
  readonly encrypted?: boolean;

  /**
   * ARN of the KMS key that volumes are encrypted with. A clone must have the same key as its source.
   *
   * @default - the account's own key for EBS, `aws/ebs`
   */
  readonly kmsKeyId?: string;

  /**
   * File system of the volumes.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Tags of the volumes: at most 50, keys of 1 to 128 characters without `=`, values of up to 256. A value may hold
   * `{{ .PVCNamespace }}`, `{{ .PVCName }}` and `{{ .PVName }}`.
   *
   * @default - the driver's own tags only
   * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether the cluster has EKS Auto Mode, whose built-in driver has another name. Volumes and snapshots of the two drivers
   * cannot be mixed. In a cluster that has other nodes too, keep the pods on nodes of Auto Mode with
   * `allowedTopologies: { 'eks.amazonaws.com/compute-type': ['auto'] }` of the tier.
   *
   * @default false - the driver of the EKS add-on, `ebs.csi.aws.com`
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-storage-class.html
   */
  readonly autoMode?: boolean;
}

/** Options of `gp3` volumes. */
export interface AwsEbsGp3Props extends AwsEbsProps {
  /**
   * I/O operations a second: 3,000 to 80,000, and at most 500 for each GiB of the claim. Above 16,000 only where the region
   * has the limits of late 2025.
   *
   * @default 3000
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
   */
  readonly iops?: number;

  /**
   * MiB a second: 125 to 2,000, and at most a quarter of the IOPS. Above 1,000 only where the region has the limits of
   * late 2025.
   *
   * @default 125
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
   */
  readonly throughput?: number;
}

/** Options of `io2` volumes. */
export interface AwsEbsIo2Props extends AwsEbsProps {
  /**
   * I/O operations a second: 100 to 256,000, and at most 1,000 for each GiB of the claim. Instances that are not built on
   * Nitro reach 32,000.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
   */
  readonly iops: number;
}

/**
 * Disks of Amazon EBS, for one node at a time.
 *
 * @example
 *
 * new StorageTier(chart, 'fast', { backend: AwsEbs.gp3({ iops: 16000, throughput: 1000 }) });
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export class AwsEbs {
  /** SSD whose IOPS and throughput are bought apart from the size: 1 GiB to 64 TiB. */
  public static gp3(props: AwsEbsGp3Props = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.gp3, props);
  }

  /** SSD for steady, very high IOPS: 4 GiB to 64 TiB. */
  public static io2(props: AwsEbsIo2Props): StorageBackend {
    return backend(AWS_EBS_TYPES.io2, props);
  }

  /** Hard disks for large files that are read from front to back: 125 GiB to 16 TiB. */
  public static st1(props: AwsEbsProps = {}): StorageBackend {
    return backend(AWS_EBS_TYPES.st1, props);
  }

  private constructor() {}
}

/** Plain JavaScript may pass a `throughput` that the types of io2 and st1 do not have: the limits answer it. */
function backend(type: VolumeTypeFacts, props: AwsEbsProps & Performance): StorageBackend {
  const { iops, throughput, tags, encrypted = true } = props;
  const driver = props.autoMode ? AWS_EBS_AUTO_MODE : AWS_EBS;
  return StorageBackend._of({
    driver,
    type,
    performance: { iops, throughput },
    parameters: {
      type: type.name,
      iops,
      throughput,
      encrypted,
      kmsKeyId: props.kmsKeyId,
      [FS_TYPE_PARAMETER]: props.fsType ?? FsType.EXT4,
      ...Object.fromEntries(Object.entries(tags ?? {}).map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`])),
    },
    check: sink => {
      checkSwitch('encrypted', encrypted, driver.link, sink);
      checkOneOf('fsType', props.fsType, FsType, driver.link, sink);
      checkKey(encrypted, props.kmsKeyId, driver.link, sink);
      checkTags(tags ?? {}, sink);
    },
  });
}

function checkKey(encrypted: boolean, kmsKeyId: string | undefined, link: string, sink: ProblemSink): void {
  if (kmsKeyId === undefined || encrypted) return;
  sink.error({
    ruleId: 'driver/kms-without-encrypted',
    path: 'kmsKeyId',
    expected: 'encrypted volumes: EC2 refuses a key for others',
    found: `${JSON.stringify(kmsKeyId)} with encrypted false`,
    fix: 'leave `encrypted` out, or `kmsKeyId`',
    link,
  });
}

const MAX_TAGS = 50;
const RESERVED_TAGS = ['CSIVolumeName', 'CSIVolumeSnapshotName', 'ebs.csi.aws.com/cluster'];
const RESERVED_TAG_PREFIXES = ['aws:', 'kubernetes.io'];

function checkTags(tags: Readonly<Record<string, string>>, sink: ProblemSink): void {
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/tags', path, expected, found, fix, link: TAGGING_LINK });
  const count = Object.keys(tags).length;
  if (count > MAX_TAGS) error('tags', `at most ${MAX_TAGS} tags`, String(count), 'leave some tags out');
  for (const [key, value] of Object.entries(tags)) {
    const path = `tags['${key}']`;
    if (key.length < 1 || key.length > 128 || key.includes('=')) {
      error(path, 'a key of 1 to 128 characters without `=`, at which the driver splits', JSON.stringify(key), 'rename the tag');
    }
    if (RESERVED_TAGS.includes(key) || RESERVED_TAG_PREFIXES.some(prefix => key.startsWith(prefix))) {
      error(path, `none of ${RESERVED_TAGS.join(', ')} and no key that starts with ${RESERVED_TAG_PREFIXES.join(' or ')}`,
        JSON.stringify(key), 'rename the tag');
    }
    if (value.length > 256) error(path, 'a value of at most 256 characters', `${value.length} characters`, 'use a shorter value');
  }
}
