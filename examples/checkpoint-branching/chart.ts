import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  Accelerator, AwsEbs, CheckpointVolume, DistributedTrainingJob, Engine, SnapshotClass, SnapshotRestore, SnapshotSet, StorageTier,
} from 'cdk8s-ml';
import { Construct } from 'constructs';

const inTeam = { namespace: 'ml-training' };

/** A job with a disk for each worker. */
class TrainingChart extends Chart {
  public readonly fast: StorageTier;
  public readonly main: DistributedTrainingJob;

  constructor(scope: Construct) {
    super(scope, 'training', inTeam);
    this.fast = new StorageTier(this, 'fast', { backend: AwsEbs.gp3({ iops: 16000, throughput: 1000 }) });
    this.main = train(this, 'llm', '3e-4', this.fast);
  }
}

/** Its disks as they were after 30 epochs, and two jobs that go on from there with other learning rates. */
export class BranchesChart extends Chart {
  public readonly epoch30: SnapshotSet;
  public readonly restores: SnapshotRestore[];

  constructor(scope: Construct, { fast, main }: TrainingChart) {
    super(scope, 'branches', inTeam);
    const snapshots = new SnapshotClass(this, 'snapshots', { tier: fast });
    this.epoch30 = new SnapshotSet(this, 'epoch-30', { claims: main.checkpoints, snapshotClass: snapshots, name: 'llm-epoch-30', quiesced: true });
    // for whoever checks the files of both moments at once
    for (const snapshot of this.epoch30.node.findAll().filter(one => ApiObject.isApiObject(one))) {
      snapshot.metadata.addAnnotation('cdk8s-ml/ignore', 'chain/snapshot-of-new-claim: applied when the training rests');
    }
    this.restores = ['1e-4', '1e-5'].map(rate => {
      const branch = train(this, `llm-lr-${rate}`, rate, fast);
      return new SnapshotRestore(this, `lr-${rate}`, { snapshots: this.epoch30, into: branch.checkpoints });
    });
  }
}

function train(scope: Construct, name: string, learningRate: string, tier: StorageTier): DistributedTrainingJob {
  return new DistributedTrainingJob(scope, name, {
    name,
    image: 'ghcr.io/acme/train:1.4.2',
    command: ['train.py', '--resume=/checkpoints/last', `--lr=${learningRate}`],
    workers: 4,
    engine: Engine.statefulSet(),
    accelerator: Accelerator.nvidia(8),
    memory: Size.gibibytes(512),
    checkpoints: CheckpointVolume.perWorker({ tier, size: Size.gibibytes(500), path: '/checkpoints' }),
  });
}

/** Two charts, because they are applied at two moments: snapshots that come together with their job are of empty disks. */
export function addCharts(app: App): BranchesChart {
  const training = new TrainingChart(app);
  const branches = new BranchesChart(app, training);
  branches.addDependency(training);
  return branches;
}
