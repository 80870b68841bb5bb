import { ApiObject, Size } from 'cdk8s';
import type { IPersistentVolumeClaim, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { clusterObject } from '../private/cluster-object';
import { nameFor } from '../private/names';
import { targetOf } from '../private/target';
import { checkDataset } from './dataset-checks';
import { DatasetLoaderProps, LOADED_NAME_MAX, loaderJob, markerOf } from './dataset-loader';
import type { DatasetSource } from './dataset-source';
import { claimFor, volumeFor } from './dataset-volume';
import type { FileSystem } from './file-system';
import { Mount, MountedVolume } from './mount';
import type { IStorageTier } from './storage-tier';

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
}

/**
 * A dataset that many pods read: a claim, mounted read-only, filled by a job where it has a source.
 *
 * @example
 *
 * const cifar10 = new SharedDataset(chart, 'cifar10', {
 *   tier: shared,
 *   size: Size.gibibytes(100),
 *   source: DatasetSource.s3('s3://acme-datasets/cifar10', { region: 'us-east-1' }),
 *   loader: { serviceAccount: reader },
 * });
 */
export class SharedDataset extends Construct {
  /**
   * A dataset on a file system that exists: a PersistentVolume and a claim that are bound to each other.
   *
   * @throws ValidationError naming every prop that cannot work
   */
  public static onFileSystem(scope: Construct, id: string, props: FileSystemDatasetProps): SharedDataset {
    return new SharedDataset(scope, id, props);
  }

  /** Name of the claim. */
  public readonly claimName: string;

  /** Name of the job that fills it; undefined without a source. */
  public readonly loaderJobName?: string;

  private readonly volume: MountedVolume;
  private readonly marker?: string;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: SharedDatasetProps) {
    super(scope, id);
    checkDataset(this, props);
    const name = nameFor(this, LOADED_NAME_MAX);
    this.claimName = props.claim?.name ?? name;
    this.volume = { hint: id, source: { persistentVolumeClaim: { claimName: this.claimName, readOnly: true } } };

    const volume = volumeFor(this, name, props);
    if (volume) clusterObject(this, 'Volume', volume);
    if (!props.claim) new ApiObject(this, 'Resource', claimFor(this, name, props));
    if (props.source) {
      this.marker = markerOf(name, props.source);
      this.loaderJobName = this.addLoader(name, props.source, props.loader ?? {});
    }
  }

  /**
   * The dataset at a path of a pod, read-only.
   *
   * @param path absolute path in the container
   */
  public at(path: string): Mount {
    return Mount._of({ volume: this.volume, path, readOnly: true, gate: this.marker === undefined ? undefined : { marker: this.marker } });
  }

  private addLoader(name: string, source: DatasetSource, props: DatasetLoaderProps): string {
    const volume = { hint: 'dataset', source: { persistentVolumeClaim: { claimName: this.claimName } } };
    return new ApiObject(this, 'Loader', loaderJob({ name, source, props, volume, target: targetOf(this) })).name;
  }
}
