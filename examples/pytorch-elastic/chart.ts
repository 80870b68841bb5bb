import { Chart, Duration, Size } from 'cdk8s';
import {
  Accelerator, AwsFsxLustre, CheckpointVolume, DistributedTrainingJob, EksCapacityType, Engine, Framework, NodePool, StorageTier,
} from 'cdk8s-ml';
import { Construct } from 'constructs';

/** Four to eight spot nodes of eight GPUs: the training goes on with those that there are. */
export class ElasticChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const lustre = new StorageTier(this, 'lustre', {
      backend: AwsFsxLustre.persistent2Ssd({
        subnetId: 'subnet-0123456789abcdef0', securityGroupIds: ['sg-0123456789abcdef0'], perUnitStorageThroughput: 250,
      }),
    });
    new DistributedTrainingJob(this, 'vit', {
      image: 'ghcr.io/acme/train:1.4.2',
      command: ['train.py', '--checkpoints=/checkpoints', '--epochs=300'],
      framework: Framework.pytorchElastic({ minWorkers: 4, maxRestarts: 100, joinTimeout: Duration.hours(6) }),
      engine: Engine.indexedJob(),
      workers: 8,
      accelerator: Accelerator.nvidia(8),
      nodes: NodePool.eks({ capacityType: EksCapacityType.SPOT }),
      memory: Size.gibibytes(512),
      checkpoints: CheckpointVolume.shared({ tier: lustre, size: Size.gibibytes(2400), path: '/checkpoints' }),
      restarts: 10,
    });
  }
}
