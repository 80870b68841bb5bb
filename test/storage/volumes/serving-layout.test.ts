import { Chart, Size } from 'cdk8s';
import { expect, test } from 'vitest';
import {
  AwsEbs, AwsEfs, CheckpointVolume, DistributedTrainingJob, GcsFuse, ModelRegistry, MountpointS3, PodVolume, SharedDataset, StorageClaim,
  StorageTier,
} from '../../../lib';
import { warningsOn } from '../../support/findings';
import { chartIn, manifestsOf, named, the } from '../../support/manifests';
import { MINIMUM, SHARED, train } from '../../support/training';

const EFS = 'fs-0123456789abcdef0';
const memory = () => PodVolume.memory({ sizeLimit: Size.gibibytes(8) });

test('a pod reads models, writes checkpoints and keeps a cache in memory', () => {
  const { pod, worker } = train((chart: Chart) => ({
    checkpoints: CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(500), path: '/checkpoints' }),
    volumes: [new ModelRegistry(chart, 'models', { tier: SHARED, size: Size.gibibytes(500) }).readOnlyAt('/models'), memory().at('/cache')],
  }));
  const mountAt = (path: string) => worker.volumeMounts.find(({ mountPath }: any) => mountPath === path);
  expect(mountAt('/models')).toEqual({ name: 'models', mountPath: '/models', readOnly: true });
  expect(mountAt('/checkpoints')).toMatchObject({ name: 'checkpoints' });
  expect(mountAt('/checkpoints')).not.toHaveProperty('readOnly');
  expect(mountAt('/cache')).toEqual({ name: 'memory', mountPath: '/cache' });
  expect(named('models', pod.volumes).persistentVolumeClaim.readOnly).toBe(true);
  expect(named('checkpoints', pod.volumes).persistentVolumeClaim).not.toHaveProperty('readOnly');
  expect(named('memory', pod.volumes).emptyDir).toEqual({ medium: 'Memory', sizeLimit: '8Gi' });
});

test.each([
  ['Mountpoint for S3', MountpointS3.bucket('acme-datasets', { readOnly: true }), 's3.csi.aws.com'],
  ['Cloud Storage FUSE', GcsFuse.bucket('acme-datasets', { readOnly: true }), 'gcsfuse.csi.storage.gke.io'],
])('one chart has a tier for each purpose, and a dataset in a bucket by %s', (_, fileSystem, driver) => {
  const chart = chartIn();
  const ssd = new StorageTier(chart, 'ssd', { backend: AwsEbs.gp3() });
  const hdd = new StorageTier(chart, 'hdd', { backend: AwsEbs.st1() });
  const served = new StorageClaim(chart, 'served', { tier: ssd, size: Size.gibibytes(100) });
  const dataset = SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem, size: Size.tebibytes(1) });
  const job = new DistributedTrainingJob(chart, 'train', {
    ...MINIMUM,
    datasets: [dataset.at('/data')],
    checkpoints: CheckpointVolume.perWorker({ tier: hdd, size: Size.gibibytes(500), path: '/checkpoints' }),
    volumes: [memory().at('/cache')],
  });

  const manifests = manifestsOf(chart);
  const classes = manifests.filter(({ kind }) => kind === 'StorageClass').map(({ parameters }) => parameters.type);
  expect(classes.sort()).toEqual(['gp3', 'st1']);
  expect(manifests.find(({ kind, metadata }) => kind === 'PersistentVolumeClaim' && metadata.name === served.claimName)!.spec.storageClassName).toBe(ssd.className);
  expect(the('PersistentVolume', manifests).spec.csi.driver).toBe(driver);

  const { spec } = the('StatefulSet', manifests);
  expect(spec.volumeClaimTemplates[0].spec.storageClassName).toBe(hdd.className);
  const { volumes } = spec.template.spec;
  expect(named('memory', volumes).emptyDir.medium).toBe('Memory');
  expect(named('imagenet', volumes).persistentVolumeClaim).toEqual({ claimName: dataset.claimName, readOnly: true });

  const slow = warningsOn(job).filter(({ ruleId }) => ruleId === 'train/slow-checkpoints');
  expect(slow.map(({ found }) => found)).toEqual([`${hdd.className}, hard disks (st1)`]);
});

test('checkpoints on a file system of many disks are not warned of', () => {
  const chart = chartIn();
  const tier = new StorageTier(chart, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: EFS }) });
  const job = new DistributedTrainingJob(chart, 'train', {
    ...MINIMUM, checkpoints: CheckpointVolume.shared({ tier, size: Size.gibibytes(500), path: '/checkpoints' }),
  });
  expect(warningsOn(job).map(({ ruleId }) => ruleId)).not.toContain('train/slow-checkpoints');
});
