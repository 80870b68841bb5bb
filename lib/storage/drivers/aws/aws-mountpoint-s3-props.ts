import type { Size } from 'cdk8s';

/** How long Mountpoint believes what it has learned of names and sizes of objects. */
export class MountpointS3MetadataTtl {
  /** As briefly as it can: for buckets that change. */
  public static minimal(): MountpointS3MetadataTtl {
    return new MountpointS3MetadataTtl('minimal');
  }

  /** For ever: for data that nobody changes, such as a dataset in training. */
  public static indefinite(): MountpointS3MetadataTtl {
    return new MountpointS3MetadataTtl('indefinite');
  }

  /**
   * For some seconds.
   *
   * @param seconds 1 or more
   */
  public static seconds(seconds: number): MountpointS3MetadataTtl {
    return new MountpointS3MetadataTtl(String(seconds));
  }

  private constructor(
    /** @internal */
    public readonly _value: string,
  ) {}
}

/** A cache in the node's memory or on its disk. */
export interface MountpointS3EmptyDirCacheProps {
  /**
   * Most that the cache takes. Without one it may fill the node's disk.
   *
   * @default - none
   */
  readonly sizeLimit?: Size;

  /**
   * Whether the cache is in memory.
   *
   * @default false - on the node's disk
   */
  readonly memory?: boolean;
}

/** A cache on a volume of its own. */
export interface MountpointS3VolumeCacheProps {
  /** Name of the StorageClass of the volume: one for one node, such as EBS, that deletes its volumes. */
  readonly className: string;

  /** Size of the volume. */
  readonly size: Size;
}

/**
 * Where what was read from the bucket is kept for the next reader on the node. Release 2 of the driver has it as attributes
 * of the volume, no longer as a mount option.
 *
 * @see https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CACHING.md
 */
export class MountpointS3Cache {
  /** On the node's disk, or in its memory. */
  public static emptyDir(props: MountpointS3EmptyDirCacheProps = {}): MountpointS3Cache {
    return new MountpointS3Cache(props, undefined);
  }

  /** On a volume that is made for it, and goes with it. */
  public static volume(props: MountpointS3VolumeCacheProps): MountpointS3Cache {
    return new MountpointS3Cache(undefined, props);
  }

  private constructor(
    /** @internal */
    public readonly _emptyDir?: MountpointS3EmptyDirCacheProps,
    /** @internal */
    public readonly _volume?: MountpointS3VolumeCacheProps,
  ) {}
}

/** Resources of the pod that Mountpoint runs in, as Kubernetes writes them: `500m`, `2Gi`. */
export interface MountpointS3Resources {
  /**
   * CPU that is set aside.
   *
   * @default - the driver's own
   */
  readonly cpuRequest?: string;

  /**
   * Memory that is set aside.
   *
   * @default - the driver's own
   */
  readonly memoryRequest?: string;

  /**
   * Most CPU.
   *
   * @default - none
   */
  readonly cpuLimit?: string;

  /**
   * Most memory.
   *
   * @default - none
   */
  readonly memoryLimit?: string;
}

/** How a bucket is mounted. */
export interface MountpointS3Props {
  /**
   * Region of the bucket, as `us-east-1`.
   *
   * @default - Mountpoint finds out
   */
  readonly region?: string;

  /**
   * Part of the bucket to mount: keys that start with it. Mountpoint wants a `/` at its end, which is put there.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;

  /**
   * Whether nothing can be written.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Whether files can be deleted.
   *
   * @default false
   */
  readonly allowDelete?: boolean;

  /**
   * Whether a file that exists can be written anew, from its start.
   *
   * @default false
   */
  readonly allowOverwrite?: boolean;

  /**
   * Whether users other than root can use the mount.
   *
   * @default true - pods of this library do not run as root
   */
  readonly allowOther?: boolean;

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
   * How long names and sizes of objects are believed.
   *
   * @default - minimal without a cache, a minute with one
   */
  readonly metadataTtl?: MountpointS3MetadataTtl;

  /**
   * Where what was read is kept for the next reader.
   *
   * @default - nowhere
   */
  readonly cache?: MountpointS3Cache;

  /**
   * Most of the cache that is used. In whole MiB, and not above the size of the cache.
   *
   * @default - what the driver takes for the size of the cache
   */
  readonly maxCacheSize?: Size;

  /**
   * Whether a file can be appended to. Only for directory buckets, S3 Express One Zone.
   *
   * @default false
   */
  readonly incrementalUpload?: boolean;

  /**
   * Whether the bucket is opened with the role of each pod's service account, in place of the driver's.
   *
   * @default false
   */
  readonly podIdentity?: boolean;

  /**
   * Region in which the role of the pod is asked for. Goes with `podIdentity`.
   *
   * @default - the one of the node
   */
  readonly stsRegion?: string;

  /**
   * Resources of the pod that Mountpoint runs in.
   *
   * @default - the driver's own
   */
  readonly resources?: MountpointS3Resources;

  /**
   * Proxy through which S3 is reached.
   *
   * @default - none
   */
  readonly httpsProxy?: string;

  /**
   * Hosts that are reached without the proxy.
   *
   * @default - none
   */
  readonly noProxy?: string;

  /**
   * Handle of the volume, which no other volume of the cluster may have: of two that do, one is never mounted.
   *
   * @default - made from the bucket, the prefix and the options
   */
  readonly volumeHandle?: string;

  /**
   * More options of Mountpoint, without the leading dashes, `name value` or `name`: `max-threads 64`.
   *
   * @default - none
   * @see https://github.com/awslabs/mountpoint-s3/blob/main/doc/CONFIGURATION.md
   */
  readonly mountOptions?: string[];
}
