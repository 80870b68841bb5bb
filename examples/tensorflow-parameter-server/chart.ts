import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Accelerator, AwsEfs, CheckpointVolume, DistributedTrainingJob, Framework, SharedDataset, StorageTier } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** A recommender whose embeddings are too large for one device: four workers with a GPU each, two servers that hold the variables. */
export class RecommenderChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const files = new StorageTier(this, 'files', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    const clicks = SharedDataset.onFileSystem(this, 'clicks', { fileSystem: AwsEfs.existing('fs-0123456789abcdef1'), size: Size.tebibytes(4) });
    new DistributedTrainingJob(this, 'recommender', {
      image: 'ghcr.io/acme/recommender:2.3.0',
      command: ['train.py', '--data=/data', '--checkpoints=/checkpoints'],
      framework: Framework.tensorflowParameterServer({
        parameterServers: 2,
        serverMemory: Size.gibibytes(256),
        serverCpu: Cpu.units(16),
        chiefMemory: Size.gibibytes(16),
        chiefCpu: Cpu.units(4),
        serverNodeSelector: { 'node.kubernetes.io/instance-type': 'r7i.12xlarge' },
        evaluator: true,
      }),
      workers: 4,
      accelerator: Accelerator.nvidia(1),
      memory: Size.gibibytes(64),
      nodeSelector: { 'node.kubernetes.io/instance-type': 'g6.4xlarge' },
      deadline: Duration.days(3),
      datasets: [clicks.at('/data')],
      checkpoints: CheckpointVolume.shared({ tier: files, size: Size.gibibytes(500), path: '/checkpoints' }),
    });
  }
}
