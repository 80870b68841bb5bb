import { Chart, Size } from 'cdk8s';
import { Accelerator, CheckpointVolume, DistributedTrainingJob, Platform, PlatformTiers, StorageClaim } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** One team's storage and training, wherever the cluster runs. */
export class TeamChart extends Chart {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, { namespace: 'ml-training' });

    const tiers = new PlatformTiers(this, 'tiers', { platform, prefix: 'ml-' });
    const registry = new StorageClaim(this, 'registry', { tier: tiers.shared, size: Size.tebibytes(1) });
    new DistributedTrainingJob(this, 'resnet', {
      image: 'ghcr.io/acme/train:1.4.2',
      command: ['train.py', '--checkpoints=/checkpoints', '--models=/registry'],
      workers: 4,
      accelerator: Accelerator.nvidia(8),
      memory: Size.gibibytes(512),
      checkpoints: CheckpointVolume.perWorker({ tier: tiers.fast, size: Size.gibibytes(500), path: '/checkpoints' }),
      volumes: [registry.at('/registry')],
    });
  }
}

/** The platforms of the company. */
export const PLATFORMS = {
  aws: Platform.aws({ fileSystemId: 'fs-0123456789abcdef0' }),
  azure: Platform.azure(),
  ceph: Platform.ceph({ pool: 'replicapool', fastPool: 'nvmepool', fileSystem: 'myfs' }),
  gcp: Platform.gcp({ network: 'ml' }),
  nfs: Platform.nfs({ server: 'nfs.example.com', share: '/export/ml' }),
};
