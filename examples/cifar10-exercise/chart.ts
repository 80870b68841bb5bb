import { Chart, Size } from 'cdk8s';
import {
  Accelerator, AwsEbs, AwsEfs, CheckpointVolume, DatasetSource, DistributedTrainingJob, ModelRegistry, SharedDataset, StorageTier,
} from 'cdk8s-ml';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** A dataset loaded from S3 once, one GPU that trains on it, checkpoints on a disk, the model in a registry that outlives all. */
export class Cifar10Chart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const disk = new StorageTier(this, 'disk', { backend: AwsEbs.gp3() });
    const shared = new StorageTier(this, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });

    const cifar10 = new SharedDataset(this, 'cifar10', {
      tier: shared,
      size: Size.gibibytes(100),
      source: DatasetSource.s3('s3://acme-datasets/cifar10', { region: 'us-east-1' }),
      loader: { serviceAccount: ServiceAccount.fromServiceAccountName(this, 'reader', 'dataset-reader') },
    });
    const registry = new ModelRegistry(this, 'registry', { tier: shared, size: Size.gibibytes(500) });

    new DistributedTrainingJob(this, 'training', {
      image: 'ghcr.io/acme/cifar10:1.0.0',
      command: [
        'train_cifar10.py', '--data-dir=/data', '--checkpoint-dir=/checkpoints', '--epochs=100',
        '--output-dir=/registry/models/cifar10-resnet18-v1.0',
      ],
      workers: 1,
      accelerator: Accelerator.nvidia(1),
      memory: Size.gibibytes(16),
      datasets: [cifar10.at('/data')],
      checkpoints: CheckpointVolume.shared({ tier: disk, size: Size.gibibytes(50), path: '/checkpoints' }),
      volumes: [registry.at('/registry')],
    });
  }
}
