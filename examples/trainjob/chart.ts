import { Chart, Duration, Size } from 'cdk8s';
import { Accelerator, AwsEfs, AwsFsxLustre, CheckpointVolume, DistributedTrainingJob, Engine, Framework, SharedDataset, StorageTier } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** Four nodes of eight GPUs fine-tune a language model by FSDP, with Kubeflow Trainer. */
export class TrainJobChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const lustre = new StorageTier(this, 'lustre', {
      backend: AwsFsxLustre.persistent2Ssd({
        subnetId: 'subnet-0123456789abcdef0', securityGroupIds: ['sg-0123456789abcdef0'], perUnitStorageThroughput: 250,
      }),
    });
    const instructions = SharedDataset.onFileSystem(this, 'instructions', {
      fileSystem: AwsEfs.existing('fs-0123456789abcdef0'),
      size: Size.gibibytes(200),
    });
    new DistributedTrainingJob(this, 'llama', {
      image: 'ghcr.io/acme/finetune:2.1.0',
      command: ['finetune.py', '--data=/data', '--checkpoints=/checkpoints', '--epochs=3'],
      framework: Framework.pytorch(),
      engine: Engine.trainJob(),
      workers: 4,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(1024),
      datasets: [instructions.at('/data')],
      // all ranks write one sharded checkpoint together
      checkpoints: CheckpointVolume.shared({ tier: lustre, size: Size.gibibytes(4800), path: '/checkpoints', directoryPerWorker: false }),
      deadline: Duration.days(3),
      ttlAfterFinished: Duration.days(1),
    });
  }
}
