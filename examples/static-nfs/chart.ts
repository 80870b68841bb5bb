import { Chart, Size } from 'cdk8s';
import { DistributedTrainingJob, Nfs, SharedDataset } from 'cdk8s-ml';
import { Construct } from 'constructs';

/** A dataset that is on an NFS server already: no driver, no class, no loader. */
export class StaticNfsChart extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-training' });

    const imagenet = SharedDataset.onFileSystem(this, 'imagenet', {
      fileSystem: Nfs.existing('10.0.0.5', '/export/imagenet'),
      size: Size.tebibytes(2),
      mountOptions: ['nfsvers=4.1', 'hard', 'nconnect=8', 'noatime'],
    });
    new DistributedTrainingJob(this, 'resnet', {
      image: 'ghcr.io/acme/train:1.4.2',
      command: ['train.py', '--data=/data'],
      workers: 4,
      memory: Size.gibibytes(64),
      datasets: [imagenet.at('/data')],
    });
  }
}
