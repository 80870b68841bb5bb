import type { Size } from 'cdk8s';
import type { FsType } from '../fs-type';
import type { DriverSecret } from '../secrets';

/** What a block image can do beyond being read and written. */
export enum RbdFeature {
  /** Can be cloned. */
  LAYERING = 'layering',
  /** One client at a time may write. */
  EXCLUSIVE_LOCK = 'exclusive-lock',
  /** Knows which parts are in use. Needs EXCLUSIVE_LOCK. */
  OBJECT_MAP = 'object-map',
  /** Knows quickly what differs between two snapshots. Needs OBJECT_MAP. */
  FAST_DIFF = 'fast-diff',
  /** Snapshots are detached with the image from what it was cloned of. */
  DEEP_FLATTEN = 'deep-flatten',
}

/** What maps an image on a node. */
export enum RbdMounter {
  /** The kernel. */
  KERNEL = 'rbd',
  /** A program, for features that the kernel does not have. Not recommended for production by Rook. */
  NBD = 'rbd-nbd',
}

/** What mounts CephFS on a node. */
export enum CephFsMounter {
  /** The kernel. Quotas need 4.17 or newer. */
  KERNEL = 'kernel',
  /** A program. */
  FUSE = 'fuse',
}

/** How the block images of claims are made. */
export interface CephBlockOptions {
  /** Pool for the images; with `dataPool`, for what describes them. */
  readonly pool: string;

  /**
   * Erasure-coded pool for the data.
   *
   * @default - the data lies in `pool`
   */
  readonly dataPool?: string;

  /**
   * What the images can do. Kernels before 5.4 know LAYERING only.
   *
   * @default [RbdFeature.LAYERING]
   */
  readonly imageFeatures?: RbdFeature[];

  /**
   * What maps an image on a node.
   *
   * @default - the driver's own, RbdMounter.KERNEL
   */
  readonly mounter?: RbdMounter;

  /**
   * Options for mapping: `queue_depth=1024`.
   *
   * @default - none
   */
  readonly mapOptions?: string[];

  /**
   * Options for unmapping.
   *
   * @default - none
   */
  readonly unmapOptions?: string[];

  /**
   * Options for `mkfs`.
   *
   * @default - the driver's own
   */
  readonly mkfsOptions?: string;

  /**
   * File system of the volumes. Rook advises against XFS where nodes of Ceph run the pods too.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Size of a stripe: how much goes to one object before the next. Needs `stripeCount`.
   *
   * @default - the size of an object
   */
  readonly stripeUnit?: Size;

  /**
   * Objects that are written in turn. Needs `stripeUnit`.
   *
   * @default 1
   */
  readonly stripeCount?: number;

  /**
   * Size of the objects that an image is cut into: a power of two.
   *
   * @default - Ceph's own, 4 MiB
   */
  readonly objectSize?: Size;

  /**
   * Whether each volume is encrypted with a key of its own.
   *
   * @default - true with `encryptionKmsId`, else false
   */
  readonly encrypted?: boolean;

  /**
   * Entry of ceph-csi's configuration that says where keys are kept.
   *
   * @default - keys are kept in a Secret
   */
  readonly encryptionKmsId?: string;

  /**
   * What the names of the images begin with.
   *
   * @default - `csi-vol-`
   */
  readonly volumeNamePrefix?: string;
}

/** How the directories of claims are made. */
export interface CephFsOptions {
  /** Name of the file system. */
  readonly fsName: string;

  /**
   * Data pool of the directories.
   *
   * @default - the file system's first
   */
  readonly pool?: string;

  /**
   * What mounts the file system.
   *
   * @default - the driver's own, CephFsMounter.KERNEL
   */
  readonly mounter?: CephFsMounter;

  /**
   * Mount options of the kernel.
   *
   * @default - none
   */
  readonly kernelMountOptions?: string[];

  /**
   * Mount options of the program.
   *
   * @default - none
   */
  readonly fuseMountOptions?: string[];

  /**
   * Whether read-only claims from a snapshot are the snapshot itself, and no copy of it.
   *
   * @default - the driver's own, true
   */
  readonly backingSnapshot?: boolean;

  /**
   * Whether each volume is encrypted with a key of its own.
   *
   * @default - true with `encryptionKmsId`, else false
   */
  readonly encrypted?: boolean;

  /**
   * Entry of ceph-csi's configuration that says where keys are kept.
   *
   * @default - keys are kept in a Secret
   */
  readonly encryptionKmsId?: string;

  /**
   * What the names of the directories begin with.
   *
   * @default - `csi-vol-`
   */
  readonly volumeNamePrefix?: string;
}

/** Where Rook runs a cluster. */
export interface RookClusterOptions {
  /**
   * Namespace of the Ceph cluster: Rook makes the Secrets of the driver there. At most 36 characters.
   *
   * @default 'rook-ceph'
   */
  readonly clusterId?: string;

  /**
   * Namespace of Rook's operator, which the names of its drivers begin with.
   *
   * @default 'rook-ceph'
   */
  readonly operatorNamespace?: string;
}

/** Options of a pool of a cluster that Rook runs. */
export interface RookBlockPoolProps extends CephBlockOptions, RookClusterOptions {}

/** Options of a file system of a cluster that Rook runs. */
export interface RookFileSystemProps extends CephFsOptions, RookClusterOptions {}

/** A Ceph cluster that ceph-csi speaks to without Rook. */
export interface CephClusterOptions {
  /** Id of the cluster, as ceph-csi's configuration has it. At most 36 bytes. */
  readonly clusterId: string;

  /** Secret with the user that makes, grows, attaches and mounts volumes. */
  readonly secret: DriverSecret;

  /**
   * Secret with the user that mounts volumes on the nodes.
   *
   * @default - `secret`
   */
  readonly nodeSecret?: DriverSecret;
}

/** Options of a pool of a cluster without Rook. */
export interface CephBlockPoolProps extends CephBlockOptions, CephClusterOptions {}

/** Options of a file system of a cluster without Rook. */
export interface CephFileSystemProps extends CephFsOptions, CephClusterOptions {}

/** A directory of CephFS that exists. */
export interface CephFsExistingOptions {
  /** Name of the file system. */
  readonly fsName: string;

  /** Absolute path of the directory. */
  readonly rootPath: string;

  /** Secret with the keys `userID` and `userKey`. The Secrets that Rook makes have others. */
  readonly secret: DriverSecret;

  /**
   * Mount options.
   *
   * @default - none
   */
  readonly mountOptions?: string[];
}

/** A directory of a file system that Rook runs. */
export interface RookFsExistingProps extends CephFsExistingOptions, RookClusterOptions {}
