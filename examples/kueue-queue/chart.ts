import { Chart, Duration, Size } from 'cdk8s';
import {
  Accelerator, AwsEfs, CheckpointVolume, DistributedTrainingJob, Engine, JobScheduling, KueueTopology, StorageTier,
} from 'cdk8s-ml';
import { Construct } from 'constructs';

/** A training that waits in a team's queue until there is room for all of its workers, in one block of the network. */
export class QueuedChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'vision' });

    const shared = new StorageTier(this, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    new DistributedTrainingJob(this, 'llama', {
      image: 'ghcr.io/acme/finetune:2.1.0',
      command: ['finetune.py', '--resume=/checkpoints'],
      engine: Engine.jobSet(),
      workers: 16,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(512),
      checkpoints: CheckpointVolume.shared({ tier: shared, size: Size.tebibytes(4), path: '/checkpoints' }),
      scheduling: JobScheduling.kueue({
        queue: 'research',
        priorityClass: 'nightly',
        topology: KueueTopology.preferred('topology.k8s.aws/network-node-layer-2'),
      }),
      ttlAfterFinished: Duration.days(3),
    });
  }
}
