import type { ProblemSink } from '../../findings/collector';
import { FileSystem } from '../file-system';
import { StorageBackend } from '../storage-backend';
import { checkShape, checkSwitch } from './checks';
import type { DriverFacts } from './driver-facts';
import { checkAccessPoint, checkIdentity } from './aws-efs-checks';
import { checkMountOptions, namesIn } from './mount-options';

const PARAMETERS_LINK = 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md';
const HANDLE_LINK = 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/pkg/driver/node.go';

/** @internal */
export const AWS_EFS: DriverFacts = {
  title: 'Amazon EFS CSI driver',
  provisioner: 'efs.csi.aws.com',
  kind: 'file',
  asOf: '2026-07-24, v3.4.1',
  link: PARAMETERS_LINK,
  dynamicProvisioning: true,
  // ReadOnlyMany is refused: a shared claim that the pods mount read-only does the same
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  blockModes: [],
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: false,
};

/** Where new access points come from and whom their files belong to. */
export interface AwsEfsAccessPointsProps {
  /** Id of the file system, `fs-` and 8 to 40 hexadecimal digits. It must exist: the driver makes access points in it only. */
  readonly fileSystemId: string;

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
   * Mount options, such as `iam`. TLS and the access point have props of their own.
   *
   * @default - none; the driver adds `tls` and `noresvport`
   */
  readonly mountOptions?: string[];
}

/**
 * File systems of Amazon EFS, for any number of nodes. The size of a claim limits nothing.
 *
 * @example
 *
 * AwsEfs.existing('fs-0123456789abcdef0', { accessPointId: 'fsap-0123456789abcdef0' });
 *
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md
 */
export class AwsEfs {
  /** A new access point, in a file system that exists, for each claim. */
  public static accessPoints(props: AwsEfsAccessPointsProps): StorageBackend {
    // the range only matters where the driver picks an id
    const picks = props.uid === undefined || props.gid === undefined;
    const noRange = props.gidRangeStart === undefined && props.gidRangeEnd === undefined;
    return StorageBackend._of({
      driver: AWS_EFS,
      parameters: {
        provisioningMode: 'efs-ap',
        fileSystemId: props.fileSystemId,
        directoryPerms: props.directoryPerms ?? '700',
        uid: props.uid,
        gid: props.gid,
        gidRangeStart: props.gidRangeStart ?? (picks && noRange ? 50_000 : undefined),
        gidRangeEnd: props.gidRangeEnd ?? (picks && noRange ? 60_000 : undefined),
        basePath: props.basePath,
        subPathPattern: props.subPathPattern,
        ensureUniqueDirectory: props.ensureUniqueDirectory,
      },
      check: sink => {
        checkFileSystemId(props.fileSystemId, sink);
        checkIdentity(props, PARAMETERS_LINK, sink);
        checkAccessPoint(props, PARAMETERS_LINK, sink);
      },
    });
  }

  /** A file system that exists, or a directory or access point of it. */
  public static existing(fileSystemId: string, props: AwsEfsExistingProps = {}): FileSystem {
    const { path, accessPointId, encryptInTransit, mountOptions } = props;
    const volumeHandle = accessPointId !== undefined ? `${fileSystemId}:${path ?? ''}:${accessPointId}`
      : path !== undefined ? `${fileSystemId}:${path}` : fileSystemId;
    return FileSystem._of({
      driver: AWS_EFS,
      description: volumeHandle,
      source: {
        csi: {
          driver: AWS_EFS.provisioner,
          volumeHandle,
          ...(encryptInTransit === false && { volumeAttributes: { encryptInTransit: 'false' } }),
        },
      },
      mountOptions,
      check: sink => {
        checkFileSystemId(fileSystemId, sink);
        checkExisting(props, sink);
      },
    });
  }

  private constructor() {}
}

function checkFileSystemId(fileSystemId: string, sink: ProblemSink): void {
  checkShape(fileSystemId, {
    ruleId: 'driver/efs-id',
    path: 'fileSystemId',
    pattern: /^fs-[0-9a-f]{8,40}$/,
    expected: 'the id of a file system: `fs-` and 8 to 40 hexadecimal digits',
    example: 'fs-0123456789abcdef0',
    link: 'https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html',
  }, sink);
}

function checkExisting(props: AwsEfsExistingProps, sink: ProblemSink): void {
  const { path, accessPointId, encryptInTransit, mountOptions = [] } = props;
  checkShape(path, {
    ruleId: 'driver/efs-path',
    path: 'path',
    pattern: /^\/[^:]*$/,
    expected: 'an absolute path without `:`, which divides the volume handle',
    example: '/datasets/imagenet',
    link: HANDLE_LINK,
  }, sink);
  checkShape(accessPointId, {
    ruleId: 'driver/efs-id',
    path: 'accessPointId',
    pattern: /^fsap-[0-9a-f]{8,40}$/,
    expected: 'the id of an access point: `fsap-` and 8 to 40 hexadecimal digits',
    example: 'fsap-0123456789abcdef0',
    link: 'https://docs.aws.amazon.com/efs/latest/ug/API_AccessPointDescription.html',
  }, sink);
  checkSwitch('encryptInTransit', encryptInTransit, PARAMETERS_LINK, sink);
  checkMountOptions(mountOptions, 'mountOptions', sink);

  const options = namesIn(mountOptions);
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/efs-mount', path, expected, found, fix, link: HANDLE_LINK });
  if (encryptInTransit === false && accessPointId !== undefined) {
    error('encryptInTransit', 'true: the driver mounts every access point with TLS', 'false with an access point', 'leave `encryptInTransit` out');
  }
  if (encryptInTransit === false && options.includes('tls')) {
    error('mountOptions', 'no tls where encryptInTransit is false: the driver refuses the pair', 'tls', 'leave `encryptInTransit` out');
  }
  const inOptions = options.find(option => option.startsWith('accesspoint='));
  if (inOptions !== undefined) {
    error('mountOptions', 'no access point: it belongs to the volume handle', inOptions, 'set `accessPointId`');
  }
}
