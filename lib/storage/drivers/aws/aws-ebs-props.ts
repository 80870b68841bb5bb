import type { FsType } from '../fs-type';

/**
 * How the file system of a volume is made. A claim for a raw device cannot have any of it.
 *
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 */
export interface AwsEbsFormat {
  /**
   * Bytes of a block.
   *
   * @default - what `mkfs` takes
   */
  readonly blockSize?: number;

  /**
   * Bytes of an inode.
   *
   * @default - what `mkfs` takes
   */
  readonly inodeSize?: number;

  /**
   * Bytes of space for each inode that is made: fewer, for many small files. Only for ext4, whose inodes never grow in number.
   *
   * @default - what `mkfs` takes
   */
  readonly bytesPerInode?: number;

  /**
   * Number of inodes. Only for ext4.
   *
   * @default - what `mkfs` takes
   */
  readonly numberOfInodes?: number;

  /**
   * Whether blocks are given out in clusters, for large files. Only for ext4.
   *
   * @default false
   */
  readonly bigAlloc?: boolean;

  /**
   * Bytes of a cluster, with `bigAlloc`. Only for ext4.
   *
   * @default - what `mkfs` takes
   */
  readonly clusterSize?: number;

  /**
   * Whether directories can be encrypted by the file system. Only for ext4.
   *
   * @default false
   */
  readonly encryption?: boolean;
}

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
   * How the file system is made.
   *
   * @default - as `mkfs` does it
   */
  readonly format?: AwsEbsFormat;

  /**
   * MiB a second, 100 to 300, at which a volume made from a snapshot is read in. AWS bills it. Volumes that are made empty
   * have no use for it.
   *
   * @default - blocks come when they are first read
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/initalize-volume.html
   */
  readonly volumeInitializationRate?: number;

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

/** Options of the volume types whose IOPS are chosen. */
export interface AwsEbsProvisionedProps extends AwsEbsProps {
  /**
   * I/O operations a second for each GiB of the claim, in place of `iops`: at most 500 on gp3, 50 on io1, 1,000 on io2. What
   * comes out above the most that the type has is cut off without a word.
   *
   * @default - `iops`
   * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
   */
  readonly iopsPerGiB?: number;

  /**
   * Whether a claim that is too small for the fewest IOPS of the type gets those; otherwise the driver refuses it. Goes with
   * `iopsPerGiB`.
   *
   * @default false
   */
  readonly allowAutoIopsPerGiBIncrease?: boolean;

  /**
   * Whether the IOPS grow with a claim that is made larger later. Goes with `iopsPerGiB`.
   *
   * @default false
   */
  readonly allowAutoIopsIncreaseOnModify?: boolean;
}

/** Options of `gp3` volumes. */
export interface AwsEbsGp3Props extends AwsEbsProvisionedProps {
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

/** Options of `io1` volumes: one of `iops` and `iopsPerGiB` is needed. */
export interface AwsEbsIo1Props extends AwsEbsProvisionedProps {
  /**
   * I/O operations a second: 100 to 64,000, and at most 50 for each GiB of the claim. Instances that are not built on Nitro
   * reach 32,000.
   *
   * @default - `iopsPerGiB`
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
   */
  readonly iops?: number;
}

/** Options of `io2` volumes: one of `iops` and `iopsPerGiB` is needed. */
export interface AwsEbsIo2Props extends AwsEbsProvisionedProps {
  /**
   * I/O operations a second: 100 to 256,000, and at most 1,000 for each GiB of the claim. Instances that are not built on
   * Nitro reach 32,000.
   *
   * @default - `iopsPerGiB`
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html
   */
  readonly iops?: number;
}
