import { Chart, Duration, Size } from 'cdk8s';
import { Accelerator, AwsFsxLustre, CheckpointVolume, DistributedTrainingJob, Engine, Framework, StorageTier } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** DeepSpeed with ZeRO on four nodes of eight GPUs, which start again together. */
export class DeepspeedChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const lustre = new StorageTier(this, 'lustre', {
      backend: AwsFsxLustre.persistent2Ssd({
        subnetId: 'subnet-0123456789abcdef0', securityGroupIds: ['sg-0123456789abcdef0'], perUnitStorageThroughput: 500,
      }),
    });
    new DistributedTrainingJob(this, 'llm', {
      image: 'ghcr.io/acme/deepspeed:0.19.5',
      command: ['pretrain.py', '--deepspeed_config=zero3.json', '--checkpoints=/checkpoints'],
      framework: Framework.deepspeed(),
      engine: Engine.jobSet(),
      workers: 4,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(1024),
      checkpoints: CheckpointVolume.shared({ tier: lustre, size: Size.gibibytes(4800), path: '/checkpoints' }),
      terminationGracePeriod: Duration.minutes(10),
      restarts: 5,
      ttlAfterFinished: Duration.days(1),
    });
  }
}
