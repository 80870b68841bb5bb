import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  Accelerator, ClaimContent, DatasetSource, DistributedTrainingJob, GcpPersistentDisk, IDataset, PublishedDataset, SharedDataset,
  SnapshotClass, StorageTier,
} from 'cdk8s-ml';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const inTeam = { namespace: 'ml-training' };

/** What all versions share: the classes of disks and of snapshots. */
class StorageChart extends Chart {
  public readonly disks = new StorageTier(this, 'disks', { backend: GcpPersistentDisk.balanced() });
  public readonly snapshots = new SnapshotClass(this, 'snapshots', { tier: this.disks });
}

/** One version: a disk, and the job that fills it. */
class LoadChart extends Chart {
  public readonly dataset: SharedDataset;

  constructor(scope: Construct, version: string, storage: StorageChart, earlier?: ClaimContent) {
    super(scope, `load-${version}`, inTeam);
    this.dataset = new SharedDataset(this, 'imagenet', {
      tier: storage.disks,
      size: Size.gibibytes(200),
      source: DatasetSource.gcs('gs://acme-datasets/imagenet', { revision: version }),
      loader: { serviceAccount: ServiceAccount.fromServiceAccountName(this, 'reader', 'dataset-reader') },
      version,
      family: 'imagenet',
      content: earlier,
      toBePublished: true,
    });
  }
}

/** The version as everybody reads it, and two jobs that do. */
class TrainChart extends Chart {
  public readonly published: PublishedDataset;

  constructor(scope: Construct, version: string, storage: StorageChart, dataset: SharedDataset) {
    super(scope, `train-${version}`, inTeam);
    this.published = new PublishedDataset(this, 'imagenet', { dataset, snapshotClass: storage.snapshots });
    // for whoever checks the files of all moments at once
    const snapshot = this.published.node.findAll().filter(one => ApiObject.isApiObject(one)).find(({ kind }) => kind === 'VolumeSnapshot');
    const rules = ['chain/snapshot-of-new-claim', 'silent/snapshots-while-writing'];
    snapshot?.metadata.addAnnotation('cdk8s-ml/ignore', rules.map(rule => `${rule}: applied when the loader is done`).join('\n'));
    for (const model of ['resnet50', 'vit']) this.train(model, this.published);
  }

  private train(model: string, dataset: IDataset): void {
    new DistributedTrainingJob(this, model, {
      image: 'ghcr.io/acme/train:1.4.2',
      command: ['train.py', `--model=${model}`, '--data=/data'],
      workers: 4,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(256),
      datasets: [dataset.at('/data')],
    });
  }
}

/** A dataset from its bucket to its readers, twice: the second version starts from the first, and the first stays what it was. */
export function addCharts(app: App): void {
  const storage = new StorageChart(app, 'storage', inTeam);
  const first = new TrainChart(app, 'v1', storage, new LoadChart(app, 'v1', storage).dataset);
  const next = new LoadChart(app, 'v2', storage, first.published.content);
  new TrainChart(app, 'v2', storage, next.dataset);
}
