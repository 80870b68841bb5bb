import { Chart, Size } from 'cdk8s';
import { Accelerator, AwsEfs, DatasetSource, DistributedTrainingJob, NodeCache, SharedDataset, StorageTier } from 'cdk8s-ml';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** A dataset on EFS, and two ways to read it from the fast disk of the node instead. */
export class LocalNvmeChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const shared = new StorageTier(this, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    const coco = new SharedDataset(this, 'coco', {
      tier: shared,
      size: Size.gibibytes(50),
      source: DatasetSource.s3('s3://acme-datasets/coco', { region: 'us-east-1' }),
      loader: { serviceAccount: ServiceAccount.fromServiceAccountName(this, 'reader', 'dataset-reader') },
    });

    // for each pod: nothing to accept, and a copy for every start
    this.train('detector', { datasets: [coco.copiedTo('/data', { sizeLimit: Size.gibibytes(60) })] });

    // for each node: one copy for all its pods
    const cache = new NodeCache(this, 'cache', {
      dataset: coco,
      hostPath: '/mnt/nvme',
      acceptNodeLocalAndUnrestricted: true,
      nodeSelector: { 'nvidia.com/gpu.present': 'true' },
    });
    this.train('segmenter', { datasets: [cache.at('/data')] });
  }

  private train(id: string, reading: Pick<ConstructorParameters<typeof DistributedTrainingJob>[2], 'datasets' | 'nodeSelector'>): void {
    new DistributedTrainingJob(this, id, {
      image: 'ghcr.io/acme/train:1.4.2',
      command: ['train.py', `--task=${id}`, '--data=/data'],
      workers: 4,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(256),
      ...reading,
    });
  }
}
