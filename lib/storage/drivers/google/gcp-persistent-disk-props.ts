import type { Size } from 'cdk8s';
import type { FsType } from '../fs-type';

/** When a write counts as done. */
export enum GcpDataCacheMode {
  /** When the cache has it: fast, and lost with the node until it reaches the disk. */
  WRITEBACK = 'writeback',
  /** When the disk has it. */
  WRITETHROUGH = 'writethrough',
}

/** A cache on the local SSDs of the nodes. */
export interface GcpDataCache {
  /** Size of the cache of each volume. */
  readonly size: Size;

  /**
   * When a write counts as done.
   *
   * @default GcpDataCacheMode.WRITETHROUGH - nothing is lost with a node
   */
  readonly mode?: GcpDataCacheMode;
}

/** Options of every disk type of Compute Engine. */
export interface GcpDiskProps {
  /**
   * File system of the volumes.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Labels of the disks: at most 64, keys of 1 to 63 lower case letters, digits, `_` and `-` that start with a letter,
   * values of up to 63 of the same.
   *
   * @default - none
   * @see https://cloud.google.com/compute/docs/labeling-resources
   */
  readonly labels?: { [key: string]: string };

  /**
   * Cloud KMS key that the disks are encrypted with: `projects/<p>/locations/<l>/keyRings/<r>/cryptoKeys/<k>`.
   *
   * @default - a key of Google's: disks are always encrypted
   */
  readonly kmsKey?: string;

  /**
   * Whether the disks hold data of Confidential VMs. Needs a `kmsKey`.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-hyperdisk
   */
  readonly confidential?: boolean;

  /**
   * Tags of the disks that rules of the organization refer to, each `<organization or project>/<key>/<value>`.
   *
   * @default - none
   * @see https://cloud.google.com/resource-manager/docs/tags/tags-overview
   */
  readonly resourceTags?: string[];

  /**
   * A cache on the local SSDs of the nodes. The cluster and its nodes must be made for it.
   *
   * @default - none
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/data-cache
   */
  readonly dataCache?: GcpDataCache;

  /**
   * Whether nodes that cannot attach the disk type are left out when the zone of a volume is chosen.
   *
   * @default false
   */
  readonly useAllowedDiskTopology?: boolean;
}

/** Options of the disk types that can be kept in two zones. */
export interface GcpReplicableDiskProps extends GcpDiskProps {
  /**
   * Whether each disk has a copy in a second zone of its region: it outlives the loss of a zone, where a disk of one zone is
   * out of reach, and is billed twice as high. Of the zones of the tier, name two or more of one region, or none.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/regional-pd
   */
  readonly regional?: boolean;

  /**
   * Whether a regional disk is torn from a zone that is down, so that its pod can start in the other one.
   *
   * @default false
   */
  readonly hardFailover?: boolean;
}

/** Options of the disk types that can come out of a storage pool. */
export interface GcpPooledDiskProps extends GcpDiskProps {
  /**
   * Storage pools that the disks come out of: one for each zone, and all zones of the tier among theirs. Such disks cannot
   * be cloned. Each is `projects/<p>/zones/<z>/storagePools/<name>`.
   *
   * @default - none
   * @see https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver/blob/master/docs/kubernetes/user-guides/storage-pools.md
   */
  readonly storagePools?: string[];
}

/** Options of `pd-extreme` disks. */
export interface GcpExtremeDiskProps extends GcpDiskProps {
  /**
   * I/O operations a second: 2,500 to 120,000; some documents start at 10,000.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/extreme-persistent-disk
   */
  readonly iops?: number;
}

/** Options of `hyperdisk-balanced` disks. */
export interface GcpHyperdiskBalancedProps extends GcpPooledDiskProps {
  /**
   * I/O operations a second: 3,000 to 160,000 and at most 500 for each GiB of the claim; from 2,000 with less than 6 GiB.
   *
   * @default - the provider's own for the size, 3,000 or more
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced
   */
  readonly iops?: number;

  /**
   * MiB a second: 140 to 2,400, and at most a quarter of the IOPS.
   *
   * @default - the provider's own for the size, 140 or more
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced
   */
  readonly throughput?: number;
}

/** Options of `hyperdisk-balanced-high-availability` disks. */
export interface GcpHyperdiskHighAvailabilityProps extends GcpDiskProps {
  /**
   * I/O operations a second: up to 100,000.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced-ha
   */
  readonly iops?: number;

  /**
   * MiB a second: up to 1,200.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-balanced-ha
   */
  readonly throughput?: number;
}

/** Options of `hyperdisk-ml` disks. */
export interface GcpHyperdiskMlProps extends GcpDiskProps {
  /**
   * MiB a second, for all nodes that read the disk together: 400 to 1,200,000, and at least 0.12 for each GiB of the claim.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-ml
   */
  readonly throughput?: number;

  /**
   * Whether each volume is copied into all zones of its pods. For volumes that are filled from a snapshot and only read; they
   * cannot be clones.
   *
   * @default false
   */
  readonly multiZone?: boolean;
}

/** Options of `hyperdisk-extreme` disks. */
export interface GcpHyperdiskExtremeProps extends GcpDiskProps {
  /**
   * I/O operations a second: 128 to 350,000 (500,000 on the newest machines), and 2 to 1,200 for each GiB of the claim.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-extreme
   */
  readonly iops?: number;
}

/** Options of `hyperdisk-throughput` disks. */
export interface GcpHyperdiskThroughputProps extends GcpPooledDiskProps {
  /**
   * MiB a second: 20 to 2,400, and 10 to 90 for each TiB of the claim.
   *
   * @default - the provider's own for the size
   * @see https://cloud.google.com/compute/docs/disks/hd-types/hyperdisk-throughput
   */
  readonly throughput?: number;
}
