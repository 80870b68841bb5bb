import { ApiObject, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { nameFor } from '../../private/names';
import { claimSpec } from '../claims/claim';
import { checkClaimSize } from '../claims/claim-checks';
import { checkContent } from '../claims/content-checks';
import type { IDataset } from './dataset';
import { readOnlyVolume, versionLabels } from './dataset-volume';
import { Durability } from '../tiers/durability';
import { localCopy, LocalCopyOptions } from './local-copy';
import { Mount, MountedVolume } from '../volumes/mount';
import { checkCanPublish, publishingWay } from './publishing';
import type { SharedDataset } from './shared-dataset';
import { ISnapshot, Snapshot } from '../snapshots/snapshot';
import type { ISnapshotClass } from '../snapshots/snapshot-class';
import { ClaimContent, contentOf } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

/** Options of a `PublishedDataset`. */
export interface PublishedDatasetProps {
  /** The dataset; it must have a `version`. */
  readonly dataset: SharedDataset;

  /**
   * Class of the snapshot that is taken. Drivers whose claims many nodes can mount anyway need none.
   *
   * @default - none
   */
  readonly snapshotClass?: ISnapshotClass;

  /**
   * Class of the claim that pods read, of the same driver: faster than what the loader writes to.
   *
   * @default - the dataset's
   */
  readonly tier?: IStorageTier;
}

/**
 * A version of a dataset that many nodes read and nobody can change.
 *
 * Disks that many nodes can read only when they are made from a snapshot (Persistent Disk, Ceph RBD) get a snapshot of what
 * the loader has written and a claim made from it. Where the claim is on a shared file system already, it is mounted
 * read-only as it is.
 *
 * A snapshot is taken when it is applied, so it is in a chart of its own, which is applied once the loader is through:
 * `kubectl wait --for=condition=complete --timeout=6h job/<loaderJobName>`. Should it come too early all the same, pods wait
 * instead of reading half a dataset.
 *
 * @example
 *
 * const imagenet = new SharedDataset(loading, 'imagenet', { tier: disk, size, source, version: 'v1', toBePublished: true });
 * const v1 = new PublishedDataset(training, 'imagenet-v1', { dataset: imagenet, snapshotClass: snapshots });
 */
export class PublishedDataset extends Construct implements IDataset {
  public readonly claimName: string;
  public readonly tier?: IStorageTier;
  public readonly size?: Size;
  public readonly durability: Durability;
  public readonly block: boolean = false;
  public readonly version?: string;
  public readonly family: string;

  /** The snapshot that holds the version; undefined where the claim of the dataset itself is mounted. */
  public readonly snapshot?: ISnapshot;

  private readonly dataset: SharedDataset;
  private readonly volume: MountedVolume;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: PublishedDatasetProps) {
    super(scope, id);
    const { dataset } = props;
    const tier = props.tier ?? dataset.tier;
    const bySnapshot = tier !== undefined && publishingWay(tier) === 'snapshot';
    checkPublishing(this, props, tier, bySnapshot);
    this.dataset = dataset;
    this.version = dataset.version;
    this.family = dataset.family;
    this.tier = tier;
    this.size = dataset.size;
    // tells charts that write files of their own which of them comes first
    this.node.addDependency(dataset);
    if (!bySnapshot) {
      this.claimName = dataset.claimName;
      this.durability = dataset.durability;
      this.volume = dataset._volume;
      return;
    }
    const labels = versionLabels(this);
    this.snapshot = new Snapshot(this, 'Snapshot', { claim: dataset, snapshotClass: props.snapshotClass!, labels });
    this.claimName = nameFor(this);
    this.volume = readOnlyVolume(id, this.claimName, this);
    // what is lost with it can be made again from the snapshot
    this.durability = Durability.REPRODUCIBLE;
    checkReaders(this, props, this.snapshot, tier);
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: this.claimName, labels },
      spec: claimSpec({ className: tier.className, size: this.snapshot.size, mode: 'ReadOnlyMany', source: this.snapshot.content._ref }),
    });
  }

  public at(path: string): Mount {
    const { _marker: marker } = this.dataset;
    return Mount._of({ volume: this.volume, path, readOnly: true, gate: marker === undefined ? undefined : { marker } });
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

  /** What a new claim is filled with: an experiment that changes the data, or the next version, which copies only the changes. */
  public get content(): ClaimContent {
    return this.snapshot?.content ?? contentOf(this.dataset);
  }
}

function checkPublishing(scope: Construct, props: PublishedDatasetProps, tier: IStorageTier | undefined, bySnapshot: boolean): void {
  const { dataset, snapshotClass } = props;
  const problems = new ProblemCollector(scope, 'PublishedDataset');
  if (tier) checkCanPublish(tier, problems);
  if (dataset.version === undefined) {
    problems.error({
      ruleId: 'props/required', path: 'dataset', expected: 'a dataset with a `version`', found: `${dataset.node.path}, without`, fix: "say which version is published, as version: 'v1' of the dataset",
    });
  }
  if (bySnapshot && !snapshotClass) {
    problems.error({
      ruleId: 'props/required', path: 'snapshotClass', expected: `a class of ${tier!.backend.provisioner}, which takes the snapshot`, found: 'none', fix: 'make a SnapshotClass with the tier of the dataset',
    });
  }
  if (!bySnapshot && snapshotClass && (!tier || publishingWay(tier))) {
    problems.error({
      ruleId: 'props/unused', path: 'snapshotClass', expected: 'none: many nodes can mount the claim as it is', found: snapshotClass.className, fix: 'leave `snapshotClass` out, or take a Snapshot of the dataset for keeping',
    });
  }
  if (bySnapshot && dataset.loaderJobName !== undefined && Chart.of(scope) === Chart.of(dataset)) {
    problems.error({
      ruleId: 'chain/snapshot-before-load',
      path: 'dataset',
      expected: `a chart of its own, which is applied when the job ${dataset.loaderJobName} is through: a snapshot is taken when it is applied`,
      found: 'the chart of the loader',
      fix: 'put what publishes and what reads into another chart',
      link: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',
    });
  }
  problems.throwIfAny();
}

function checkReaders(scope: Construct, { tier: other }: PublishedDatasetProps, { size, content }: ISnapshot, tier: IStorageTier): void {
  const problems = new ProblemCollector(scope, 'PublishedDataset');
  if (other) checkClaimSize(tier, size, problems);
  checkContent(content, { scope, tier, size, block: false }, problems);
  problems.throwIfAny();
}
