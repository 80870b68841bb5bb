import type { Size } from 'cdk8s';
import type { IPersistentVolumeClaim, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import type { DatasetLoaderProps } from './dataset-loader';
import type { DatasetSource } from './dataset-source';
import type { Durability } from '../tiers/durability';
import type { FileSystem } from '../volumes/file-system';
import type { ClaimContent } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

/**
 * Options of a `SharedDataset`: exactly one of `tier`, `fileSystem`, `volumeName` and `claim` says where it lives.
 */
export interface SharedDatasetProps {
  /**
   * Class of a new claim, on a file system that many nodes can mount.
   *
   * @default - one of `fileSystem`, `volumeName` and `claim`
   */
  readonly tier?: IStorageTier;

  /**
   * A file system that exists, mounted as it is: `AwsEfs.existing('fs-0123456789abcdef0')`.
   *
   * @default - one of `tier`, `volumeName` and `claim`
   */
  readonly fileSystem?: FileSystem;

  /**
   * Name of a PersistentVolume that exists.
   *
   * @default - one of `tier`, `fileSystem` and `claim`
   */
  readonly volumeName?: string;

  /**
   * A claim that exists or that is made elsewhere: `PersistentVolumeClaim.fromClaimName()` of cdk8s-plus.
   *
   * @default - one of `tier`, `fileSystem` and `volumeName`
   */
  readonly claim?: IPersistentVolumeClaim;

  /**
   * Size of the dataset. Everything but a `claim` needs it: the API demands one, and file systems such as EFS and NFS hold
   * nobody to it.
   *
   * @default - none, for a `claim`
   */
  readonly size?: Size;

  /**
   * Where the content comes from: a job fills the volume once, and whoever mounts it waits for that.
   *
   * @default - none: the content is there, or comes by other means
   */
  readonly source?: DatasetSource;

  /**
   * Options of the job that fills the volume.
   *
   * @default - see `DatasetLoaderProps`
   */
  readonly loader?: DatasetLoaderProps;

  /**
   * Access mode of the claim for a `volumeName`: one that the volume has.
   *
   * @default PersistentVolumeAccessMode.READ_WRITE_MANY
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Mount options of the volume for a `fileSystem`.
   *
   * @default - what suits it: `nfsvers=4.1` and `hard` for NFS, none for EFS
   */
  readonly mountOptions?: string[];

  /**
   * What the loss of the data would mean. Precious claims and volumes are left alone by Helm, Argo CD and Flux, and a tier
   * that deletes its volumes is refused for them.
   *
   * @default - REPRODUCIBLE with a `source`, else PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * Which version of the dataset this is: a label of its objects and of its snapshots.
   *
   * @default - no version
   */
  readonly version?: string;

  /**
   * Name that all versions of the dataset share: a label beside `version`.
   *
   * @default - the id of the construct
   */
  readonly family?: string;

  /**
   * What the claim starts with: the content of an earlier version, so that the loader copies only what has changed. Only
   * with a `tier`.
   *
   * @default - it starts empty
   */
  readonly content?: ClaimContent;

  /**
   * Whether pods read only what a `PublishedDataset` makes of it. Then a tier of disks will do: the loader is the only pod
   * that mounts the claim.
   *
   * @default false
   */
  readonly toBePublished?: boolean;
}

/** Options of a dataset on a file system that exists. */
export interface FileSystemDatasetProps {
  /** The file system: `AwsEfs.existing('fs-0123456789abcdef0')`. */
  readonly fileSystem: FileSystem;

  /** Size to write into the volume and the claim. The API demands one; file systems such as EFS and NFS hold nobody to it. */
  readonly size: Size;

  /**
   * Where the content comes from: a job fills the file system once, and whoever mounts it waits for that.
   *
   * @default - none: the content is there
   */
  readonly source?: DatasetSource;

  /**
   * Options of the job that fills the file system.
   *
   * @default - see `DatasetLoaderProps`
   */
  readonly loader?: DatasetLoaderProps;

  /**
   * Mount options of the volume.
   *
   * @default - what suits the file system
   */
  readonly mountOptions?: string[];

  /**
   * What the loss of the data would mean. Precious claims and volumes are left alone by Helm, Argo CD and Flux, and a tier
   * that deletes its volumes is refused for them.
   *
   * @default - REPRODUCIBLE with a `source`, else PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * Which version of the dataset this is: a label of its objects and of its snapshots.
   *
   * @default - no version
   */
  readonly version?: string;

  /**
   * Name that all versions of the dataset share: a label beside `version`.
   *
   * @default - the id of the construct
   */
  readonly family?: string;
}
