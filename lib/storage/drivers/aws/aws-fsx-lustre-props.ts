/** Release of Lustre that a file system runs. */
export enum AwsFsxLustreVersion {
  /** Not for `persistent2Ssd`. */
  V2_10 = '2.10',
  /** For every deployment type. */
  V2_12 = '2.12',
  /** For every deployment type; the driver's own documents do not know it yet. */
  V2_15 = '2.15',
}

/** What becomes of objects of the bucket that come, change or go after the file system was made. */
export enum AwsFsxAutoImport {
  /** Nothing: the file system shows what was there at first. */
  NONE = 'NONE',
  /** New objects appear. */
  NEW = 'NEW',
  /** New and changed objects appear. */
  NEW_CHANGED = 'NEW_CHANGED',
  /** New and changed objects appear, deleted ones go. */
  NEW_CHANGED_DELETED = 'NEW_CHANGED_DELETED',
}

/** How the IOPS for names, directories and attributes are bought. */
export enum AwsFsxMetadataMode {
  /** They follow the size. */
  AUTOMATIC = 'AUTOMATIC',
  /** `metadataIops` says how many. */
  USER_PROVISIONED = 'USER_PROVISIONED',
}

/** Options of every file system of Amazon FSx for Lustre: each claim gets a file system of its own. */
export interface AwsFsxLustreProps {
  /** Subnet, `subnet-…`, that the file system is made in. It decides on the zone. */
  readonly subnetId: string;

  /**
   * Security groups, `sg-…`, of the file system: they must let the nodes in on the ports of Lustre, 988 and 1018 to 1023.
   *
   * @default - the default group of the VPC
   * @see https://docs.aws.amazon.com/fsx/latest/LustreGuide/limit-access-security-groups.html
   */
  readonly securityGroupIds?: string[];

  /**
   * Whether data is compressed, with LZ4.
   *
   * @default false
   */
  readonly compression?: boolean;

  /**
   * When AWS may take the file system away for maintenance: day (`1` is Monday) and time in UTC, `d:HH:MM`.
   *
   * @default '7:09:00'
   */
  readonly weeklyMaintenanceStartTime?: string;

  /**
   * Release of Lustre. The nodes' client must fit it.
   *
   * @default - 2.10; 2.12 for `persistent2Ssd`, 2.15 with a metadata mode
   */
  readonly version?: AwsFsxLustreVersion;

  /**
   * Tags of the file system.
   *
   * @default - the driver's own tags only
   */
  readonly tags?: { [key: string]: string };
}

/** Options of the file systems that can be tied to a bucket: all but `persistent2Ssd`. */
export interface AwsFsxLustreLinkedProps extends AwsFsxLustreProps {
  /**
   * Bucket, or a prefix in it, whose objects appear as files: `s3://acme-datasets/imagenet`.
   *
   * @default - the file system starts empty
   * @see https://github.com/kubernetes-sigs/aws-fsx-csi-driver/blob/master/examples/kubernetes/dynamic_provisioning_s3/README.md
   */
  readonly s3ImportPath?: string;

  /**
   * Where files are written back to, in the bucket of `s3ImportPath`.
   *
   * @default - a prefix that AWS makes up in that bucket
   */
  readonly s3ExportPath?: string;

  /**
   * What becomes of objects that come, change or go later. Goes with `s3ImportPath`.
   *
   * @default AwsFsxAutoImport.NONE
   */
  readonly autoImport?: AwsFsxAutoImport;
}

/** Options of the older file systems that outlive a server: `persistent1Ssd` and `persistent1Hdd`. */
export interface AwsFsxLustrePersistent1Props extends AwsFsxLustreLinkedProps {
  /**
   * MB a second for each TiB: 50, 100 or 200 on SSD, 12 or 40 on hard disks. AWS has no default.
   *
   * @see https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html
   */
  readonly perUnitStorageThroughput: number;

  /**
   * ARN of the KMS key that the data is encrypted with.
   *
   * @default - the account's own key for FSx
   */
  readonly kmsKeyId?: string;

  /**
   * Days that daily backups are kept, 0 to 35; 0 makes none.
   *
   * @default 0
   */
  readonly automaticBackupRetentionDays?: number;

  /**
   * When backups are made, in UTC, `HH:MM`.
   *
   * @default - AWS chooses
   */
  readonly dailyAutomaticBackupStartTime?: string;

  /**
   * Whether backups get the tags of the file system.
   *
   * @default false
   */
  readonly copyTagsToBackups?: boolean;
}

/** Options of `persistent1Hdd`: `perUnitStorageThroughput` is 12 or 40. */
export interface AwsFsxLustrePersistent1HddProps extends AwsFsxLustrePersistent1Props {
  /**
   * Whether an SSD, a fifth of the size, holds what is read often.
   *
   * @default false
   */
  readonly readCache?: boolean;
}

/** Options of `persistent2Ssd`: `perUnitStorageThroughput` is 125, 250, 500 or 1000. It cannot be tied to a bucket here. */
export interface AwsFsxLustrePersistent2SsdProps extends AwsFsxLustreProps {
  /**
   * MB a second for each TiB: 125, 250, 500 or 1000. AWS has no default, and the one of the driver does not fit.
   *
   * @see https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html
   */
  readonly perUnitStorageThroughput: number;

  /**
   * ARN of the KMS key that the data is encrypted with.
   *
   * @default - the account's own key for FSx
   */
  readonly kmsKeyId?: string;

  /**
   * Days that daily backups are kept, 0 to 35; 0 makes none.
   *
   * @default 0
   */
  readonly automaticBackupRetentionDays?: number;

  /**
   * When backups are made, in UTC, `HH:MM`.
   *
   * @default - AWS chooses
   */
  readonly dailyAutomaticBackupStartTime?: string;

  /**
   * Whether backups get the tags of the file system.
   *
   * @default false
   */
  readonly copyTagsToBackups?: boolean;

  /**
   * How the IOPS for metadata are bought.
   *
   * @default - USER_PROVISIONED with `metadataIops`, AUTOMATIC with `efa`, else none of both
   */
  readonly metadataMode?: AwsFsxMetadataMode;

  /**
   * IOPS for metadata: 1500, 3000, 6000, or 12000 and its multiples up to 192000.
   *
   * @default - they follow the size
   * @see https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreMetadataConfiguration.html
   */
  readonly metadataIops?: number;

  /**
   * Whether nodes with an Elastic Fabric Adapter reach the file system through it, past the kernel's network.
   *
   * @default false
   */
  readonly efa?: boolean;
}

/** A file system that exists: `aws fsx describe-file-systems` has all three. */
export interface AwsFsxLustreExistingProps {
  /** Its id, `fs-` and 8 to 40 hexadecimal digits. */
  readonly fileSystemId: string;

  /** Its name in the DNS: `fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com`. */
  readonly dnsName: string;

  /** The name that it is mounted by: `fsx` for SCRATCH_1, 8 letters and digits for others. */
  readonly mountName: string;

  /**
   * Mount options.
   *
   * @default - `flock`
   */
  readonly mountOptions?: string[];
}
