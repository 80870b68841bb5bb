import type { DriverSecret } from '../secrets';

/** Where the lifecycle of a file system keeps its files. */
export enum AwsEfsStorageClass {
  /** Files stay where reads are fast and free. */
  STANDARD = 'standard',
  /**
   * Files that nobody reads for a while move to where a GiB costs about a twelfth and each read is billed: data sets that
   * wait, not ones that every epoch reads.
   */
  INFREQUENT_ACCESS = 'infrequent-access',
}

/**
 * Where new access points come from and whom their files belong to: exactly one of `fileSystemId`, `fileSystemIdConfigRef`
 * and `fileSystemIdSecretRef` names the file system.
 */
export interface AwsAccessPointsProps {
  /**
   * Id of the file system, `fs-` and 8 to 40 hexadecimal digits. It must exist: the driver makes access points in it only.
   *
   * @default - one of the two below
   */
  readonly fileSystemId?: string;

  /**
   * Key of a ConfigMap that holds the id: `namespace/name/key`.
   *
   * @default - `fileSystemId`
   * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/filesystem-id-resolution.md
   */
  readonly fileSystemIdConfigRef?: string;

  /**
   * Key of a Secret that holds the id: `namespace/name/key`.
   *
   * @default - `fileSystemId`
   * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/filesystem-id-resolution.md
   */
  readonly fileSystemIdSecretRef?: string;

  /**
   * Permissions of the directory of each access point, in octal. Whoever mounts it acts as its owner.
   *
   * @default '700'
   */
  readonly directoryPerms?: string;

  /**
   * User id, 0 or more, that every access point acts as: EFS puts it in place of the id of the process, so pods cannot
   * change owners.
   *
   * @default - the group id that the driver picks for the access point
   */
  readonly uid?: number;

  /**
   * Group id, 0 or more, that every access point acts as.
   *
   * @default - one of the range for each access point
   */
  readonly gid?: number;

  /**
   * First group id that the driver may pick, 1 or more. Unused when both `uid` and `gid` are given.
   *
   * @default 50000
   */
  readonly gidRangeStart?: number;

  /**
   * Last group id that the driver may pick, above `gidRangeStart`. Each access point takes one; a file system has room for
   * 10,000.
   *
   * @default 60000 - written out, because the driver's code and its documents disagree on the default
   */
  readonly gidRangeEnd?: number;

  /**
   * Directory in which those of the access points are made.
   *
   * @default - the root of the file system
   */
  readonly basePath?: string;

  /**
   * Directory of an access point below `basePath`, of fixed text and `${.PVC.name}`, `${.PVC.namespace}` and `${.PV.name}`.
   * The whole path may have 100 characters and 5 slashes.
   *
   * @default '/${.PV.name}'
   */
  readonly subPathPattern?: string;

  /**
   * Whether the driver adds a random id to `subPathPattern`, so that no two claims share a directory.
   *
   * @default true
   */
  readonly ensureUniqueDirectory?: boolean;

  /**
   * Whether the driver tags the access points it makes.
   *
   * @default true
   */
  readonly enableTagging?: boolean;
}

/** Options of access points of Amazon EFS. */
export interface AwsEfsAccessPointsProps extends AwsAccessPointsProps {
  /**
   * Where the file system keeps files that are rarely read. This says what the lifecycle of the file system is set to; no
   * class sets it (`aws efs put-lifecycle-configuration` does). It becomes the `volumeType` of the tier.
   *
   * @default AwsEfsStorageClass.STANDARD
   * @see https://docs.aws.amazon.com/efs/latest/ug/storage-classes.html
   */
  readonly storageClass?: AwsEfsStorageClass;

  /**
   * Zone whose mount target is used for a file system of another account, as `us-east-1a`.
   *
   * @default - any
   */
  readonly az?: string;

  /**
   * Secret with the role in the account of the file system, where that is another one. Its keys are `awsRoleArn`, and
   * `externalId` and `crossaccount` where they are needed.
   *
   * @default - the file system is in the account of the cluster
   */
  readonly roleSecret?: DriverSecret;

  /**
   * Whether pods must be in the zone of the file system, which is of the One Zone kind. Claims then wait for their pod.
   *
   * @default false - a One Zone file system is reached from other zones too, slower and at a price
   */
  readonly enforceZoneAffinity?: boolean;

  /**
   * Whether a claim of the same name and namespace finds the access point of its predecessor again.
   *
   * @default false
   */
  readonly reuseAccessPoint?: boolean;
}

/** How an existing file system is mounted. */
export interface AwsEfsExistingProps {
  /**
   * Absolute path of the directory to mount; with an access point, below its root.
   *
   * @default - the root
   */
  readonly path?: string;

  /**
   * Access point to mount through, `fsap-` and 8 to 40 hexadecimal digits.
   *
   * @default - none
   */
  readonly accessPointId?: string;

  /**
   * Whether the data is encrypted on its way, by TLS. Access points cannot go without.
   *
   * @default true
   */
  readonly encryptInTransit?: boolean;

  /**
   * IPv4 address of the mount target.
   *
   * @default - the one of the node's zone
   */
  readonly mountTargetIp?: string;

  /**
   * Whether the file system is in another account, whose zones have other names.
   *
   * @default false
   */
  readonly crossAccount?: boolean;

  /**
   * Mount options, such as `iam`. TLS and the access point have props of their own.
   *
   * @default - none; the driver adds `tls` and `noresvport`
   */
  readonly mountOptions?: string[];
}
