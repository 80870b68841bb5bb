import { Chart, Duration, Size } from 'cdk8s';
import { Accelerator, AwsEfs, CheckpointVolume, DistributedTrainingJob, Framework, SharedDataset, StorageTier } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** Horovod on four workers of eight GPUs: a launcher starts 32 processes in them by ssh. */
export class HorovodChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const shared = new StorageTier(this, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    const imagenet = SharedDataset.onFileSystem(this, 'imagenet', {
      fileSystem: AwsEfs.existing('fs-0123456789abcdef0'),
      size: Size.tebibytes(2),
    });
    new DistributedTrainingJob(this, 'resnet', {
      // made from mpioperator/openmpi: sshd for the user 1000, Open MPI; and Horovod
      image: 'ghcr.io/acme/train-horovod:1.4.2',
      command: ['train.py', '--data=/data', '--checkpoints=/checkpoints', '--epochs=90'],
      framework: Framework.horovod(),
      workers: 4,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(512),
      datasets: [imagenet.at('/data')],
      checkpoints: CheckpointVolume.shared({ tier: shared, size: Size.gibibytes(500), path: '/checkpoints' }),
      env: { HOROVOD_FUSION_THRESHOLD: '134217728', NCCL_DEBUG: 'WARN' },
      deadline: Duration.days(2),
    });
  }
}
