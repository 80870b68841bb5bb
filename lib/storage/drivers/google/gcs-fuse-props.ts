import type { Duration, Size } from 'cdk8s';

/** What the sidecar writes to its log. */
export enum GcsFuseLogging {
  /** Everything, calls too. */
  TRACE = 'trace',
  /** What helps to find a fault. */
  DEBUG = 'debug',
  /** What happens. */
  INFO = 'info',
  /** What may be wrong. */
  WARNING = 'warning',
  /** What is wrong. */
  ERROR = 'error',
  /** Nothing. */
  OFF = 'off',
}

/** Resources of the sidecar that mounts the buckets of a pod, as Kubernetes writes them: `500m`, `2Gi`; `0` is no limit. */
export interface GcsFuseSidecar {
  /**
   * CPU that is set aside.
   *
   * @default - GKE's own
   */
  readonly cpuRequest?: string;

  /**
   * Most CPU.
   *
   * @default - GKE's own
   */
  readonly cpuLimit?: string;

  /**
   * Memory that is set aside.
   *
   * @default - GKE's own
   */
  readonly memoryRequest?: string;

  /**
   * Most memory.
   *
   * @default - GKE's own
   */
  readonly memoryLimit?: string;

  /**
   * Disk of the node that is set aside.
   *
   * @default - GKE's own
   */
  readonly ephemeralStorageRequest?: string;

  /**
   * Most disk of the node: the file cache lies there, and the sidecar is evicted when it takes more.
   *
   * @default - GKE's own
   */
  readonly ephemeralStorageLimit?: string;
}

/** How a bucket is mounted. */
export interface GcsFuseProps {
  /**
   * Directory of the bucket to mount.
   *
   * @default - the whole bucket
   */
  readonly onlyDir?: string;

  /**
   * Whether directories are seen that no object stands for: most buckets have no such objects. It costs a listing here and
   * there.
   *
   * @default true
   */
  readonly implicitDirs?: boolean;

  /**
   * Whether nothing can be written.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * User whom all files belong to.
   *
   * @default 1000 - the user that pods of this library run as
   */
  readonly uid?: number;

  /**
   * Group whom all files belong to.
   *
   * @default 1000 - the group that pods of this library run as
   */
  readonly gid?: number;

  /**
   * Permissions of files, in octal.
   *
   * @default - 644
   */
  readonly fileMode?: string;

  /**
   * Permissions of directories, in octal.
   *
   * @default - 755
   */
  readonly dirMode?: string;

  /**
   * More mount options: `file-cache:enable-parallel-downloads:true`.
   *
   * @default - none
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-storage-fuse-csi-driver-perf
   */
  readonly mountOptions?: string[];

  /**
   * Most that a cache of files takes, on the disk of the node that the sidecar has. It must stay below
   * `ephemeralStorageLimit` of the sidecar, 5 GiB where that is not set.
   *
   * @default - no cache
   */
  readonly fileCacheCapacity?: Size;

  /**
   * Whether a file is fetched as a whole when it is first read from its midst.
   *
   * @default false
   */
  readonly fileCacheForRangeRead?: boolean;

  /**
   * Most memory for sizes and dates of objects.
   *
   * @default - the driver's own
   */
  readonly metadataStatCacheCapacity?: Size;

  /**
   * Most memory for what is a file and what a directory.
   *
   * @default - the driver's own
   */
  readonly metadataTypeCacheCapacity?: Size;

  /**
   * How long the two are believed.
   *
   * @default - the driver's own
   */
  readonly metadataCacheTtl?: Duration;

  /**
   * Whether names, sizes and dates are read in when the bucket is mounted.
   *
   * @default false
   */
  readonly metadataPrefetch?: boolean;

  /**
   * What the sidecar writes to its log.
   *
   * @default GcsFuseLogging.INFO
   */
  readonly logging?: GcsFuseLogging;

  /**
   * Whether the driver leaves it to the mount to find out that the bucket cannot be opened.
   *
   * @default false
   */
  readonly skipBucketAccessCheck?: boolean;

  /**
   * Whether pods on the network of their node act as their service account.
   *
   * @default false
   */
  readonly hostNetworkPodKsa?: boolean;

  /**
   * Provider of the identity of pods, in clusters of a fleet.
   *
   * @default - the one of the cluster
   */
  readonly identityProvider?: string;

  /**
   * Pool of the identity of pods, in clusters of a fleet.
   *
   * @default - the one of the cluster
   */
  readonly identityPool?: string;

  /**
   * Whether the sidecar reports no metrics.
   *
   * @default - GKE's own, which differs from release to release
   */
  readonly disableMetrics?: boolean;

  /**
   * Which network card of the node is used, from 0.
   *
   * @default - the first
   */
  readonly multiNicIndex?: number;

  /**
   * Whether the sidecar is profiled.
   *
   * @default false
   */
  readonly cloudProfiler?: boolean;

  /**
   * Whether pods of a node share one mount of the bucket.
   *
   * @default false
   */
  readonly sharedMount?: boolean;

  /**
   * Resources of the sidecar; a pod has one for all of its buckets.
   *
   * @default - GKE's own
   */
  readonly sidecar?: GcsFuseSidecar;
}
