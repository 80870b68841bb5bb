import { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { clusterObject } from '../../private/cluster-object';
import { nameFor } from '../../private/names';
import { targetOf } from '../../private/target';
import type { IDataset } from './dataset';
import { checkDataset } from './dataset-checks';
import { DatasetLoaderProps, LOADED_NAME_MAX, loaderJob, markerOf } from './dataset-loader';
import type { DatasetSource } from './dataset-source';
import { claimFor, readOnlyVolume, versionLabels, volumeFor } from './dataset-volume';
import { Durability } from '../tiers/durability';
import { localCopy, LocalCopyOptions } from './local-copy';
import { Mount, MountedVolume } from '../volumes/mount';
import type { FileSystemDatasetProps, SharedDatasetProps } from './shared-dataset-props';
import { homeOfResource } from '../claims/home';
import { ClaimContent, contentOf } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

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
export class SharedDataset extends Construct implements IDataset {
  /**
   * A dataset on a file system that exists, or in a bucket that is mounted as one: a PersistentVolume and a claim that are
   * bound to each other.
   *
   * @throws ValidationError naming every prop that cannot work
   */
  public static onFileSystem(scope: Construct, id: string, props: FileSystemDatasetProps): SharedDataset {
    return new SharedDataset(scope, id, props);
  }

  public readonly claimName: string;
  public readonly tier?: IStorageTier;
  public readonly size?: Size;
  public readonly durability: Durability;
  public readonly block: boolean = false;
  public readonly version?: string;
  public readonly family: string;

  /** Name of the job that fills it; undefined without a source. */
  public readonly loaderJobName?: string;

  /** @internal */
  public readonly _marker?: string;

  /** @internal */
  public readonly _props: SharedDatasetProps;

  /** @internal */
  public readonly _volume: MountedVolume;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: SharedDatasetProps) {
    super(scope, id);
    this.durability = props.durability ?? (props.source ? Durability.REPRODUCIBLE : Durability.PRECIOUS);
    this.family = props.family ?? id;
    checkDataset(this, props, { family: this.family, durability: this.durability });
    const name = nameFor(this, LOADED_NAME_MAX);
    this._props = props;
    this.claimName = props.claim?.name ?? name;
    this.tier = props.tier;
    this.size = props.size;
    this.version = props.version;
    this._volume = readOnlyVolume(id, this.claimName, props.claim ? homeOfResource(props.claim) : this, props.fileSystem);

    // tells charts that write files of their own which of them comes first
    if (props.content?._from.home) this.node.addDependency(props.content._from.home);
    const written = { name, durability: this.durability, labels: versionLabels(this) };
    const volume = volumeFor(this, written, props);
    if (volume) clusterObject(this, 'Volume', volume);
    if (!props.claim) new ApiObject(this, 'Resource', claimFor(this, written, props));
    if (props.source) {
      this._marker = markerOf(name, props.source);
      this.loaderJobName = this.addLoader(name, props.source, props.loader ?? {});
    }
  }

  /**
   * The dataset at a path of a pod, read-only.
   *
   * @param path absolute path in the container
   * @throws ValidationError if pods may read only what is published of it
   */
  public at(path: string): Mount {
    this.checkReadable();
    const gate = this._marker === undefined ? undefined : { marker: this._marker };
    return Mount._of({ volume: this._volume, path, readOnly: true, gate });
  }

  /**
   * A copy of the dataset on the node's own disk, made before the containers of each pod start.
   *
   * @param path absolute path in the container
   * @throws ValidationError if it is not known how large the copy may get
   */
  public copiedTo(path: string, options: LocalCopyOptions = {}): Mount {
    return localCopy(this, path, options);
  }

  /** A new claim can be filled with a copy of this one, where the driver can clone: an experiment that changes the data. */
  public get cloneSource(): ClaimContent {
    return contentOf(this);
  }

  private checkReadable(): void {
    if (!this._props.toBePublished) return;
    const problems = new ProblemCollector(this, 'SharedDataset');
    problems.error({
      ruleId: 'chain/access-mode',
      path: 'toBePublished',
      expected: 'a dataset that is mounted by its loader alone',
      found: 'a pod that mounts it',
      fix: 'mount a PublishedDataset of it, or leave `toBePublished` out',
    });
    problems.throwIfAny();
  }

  private addLoader(name: string, source: DatasetSource, props: DatasetLoaderProps): string {
    const volume = { ...this._volume, hint: 'dataset', source: { persistentVolumeClaim: { claimName: this.claimName } } };
    return new ApiObject(this, 'Loader', loaderJob({ name, source, props, volume, target: targetOf(this) })).name;
  }
}
