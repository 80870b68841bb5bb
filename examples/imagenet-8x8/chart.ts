import { Chart, Size } from 'cdk8s';
import { Accelerator, AwsEbs, AwsEfs, CheckpointVolume, DistributedTrainingJob, Engine, SharedDataset, StorageTier } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** Eight workers of eight GPUs, one dataset that all of them read, a fast disk of its own for the checkpoints of each. */
export class ImagenetChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const fast = new StorageTier(this, 'fast', { backend: AwsEbs.gp3({ iops: 16000, throughput: 1000 }) });
    const imagenet = SharedDataset.onFileSystem(this, 'imagenet', {
      fileSystem: AwsEfs.existing('fs-0123456789abcdef0'),
      size: Size.tebibytes(2),
    });
    new DistributedTrainingJob(this, 'resnet', {
      image: 'ghcr.io/acme/train:1.4.2',
      command: ['train.py', '--data=/data', '--checkpoints=/checkpoints', '--epochs=90'],
      engine: Engine.statefulSet(),
      workers: 8,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(512),
      datasets: [imagenet.at('/data')],
      checkpoints: CheckpointVolume.perWorker({ tier: fast, size: Size.gibibytes(500), path: '/checkpoints' }),
    });
  }
}
