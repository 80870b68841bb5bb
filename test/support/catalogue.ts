import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, PersistentVolumeAccessMode, PersistentVolumeClaim, Secret, ServiceAccount } from 'cdk8s-plus-27';
import {
  AwsEbs, AwsEfs, AzureDisk, BenchmarkPattern, ClaimBackup, DatasetSource, DistributedTrainingJob, Durability, FsType, GcpPersistentDisk,
  KubernetesVersion, LocalDisks, LocalVolumes, MlApp, ModelRegistry, Nfs, NfsCsi, NfsOnDelete, NodeCache, PodVolume, ReclaimPolicy,
  SharedDataset, StorageBackend, StorageBenchmark, StorageClaim, StorageTier, VolumeBindingMode,
} from '../../lib';
import { targetOf } from '../../lib/private/target';
import { DISK, MINIMUM, SHARED } from './training';
import { TRAINING_ENTRIES } from './training-catalogue';

/** What stands for all that a team may write: every construct, every option, every driver. */
export type Entry = (chart: Chart) => void;

const TARGETS = [KubernetesVersion.V1_27, KubernetesVersion.V1_28, KubernetesVersion.V1_33, KubernetesVersion.V1_36];
const SIZE = Size.tebibytes(2);
const EFS = 'fs-0123456789abcdef0';

const BACKENDS: Record<string, StorageBackend> = {
  'gp3': AwsEbs.gp3({ iops: 16000, throughput: 1000, tags: { team: 'vision' }, kmsKeyId: 'arn:aws:kms:eu-west-1:1:key/a', fsType: FsType.XFS }),
  'gp3-auto': AwsEbs.gp3({ autoMode: true }),
  'io2': AwsEbs.io2({ iops: 64000 }),
  'st1': AwsEbs.st1(),
  'efs': AwsEfs.accessPoints({ fileSystemId: EFS, uid: 1000, gid: 1000, basePath: '/ml', subPathPattern: '${.PVC.name}' }),
  'pd': GcpPersistentDisk.balanced({ labels: { team: 'vision' } }),
  'pd-regional': GcpPersistentDisk.ssd({ regional: true }),
  'pd-standard': GcpPersistentDisk.standard(),
  'pd-extreme': GcpPersistentDisk.extreme({ iops: 100000 }),
  'hyperdisk': GcpPersistentDisk.hyperdiskBalanced({ iops: 16000, throughput: 1000 }),
  'hyperdisk-ml': GcpPersistentDisk.hyperdiskMl({ throughput: 1000 }),
  'hyperdisk-extreme': GcpPersistentDisk.hyperdiskExtreme({ iops: 100000 }),
  'hyperdisk-throughput': GcpPersistentDisk.hyperdiskThroughput({ throughput: 250 }),
  'standard-hdd': AzureDisk.standardHdd(),
  'standard-ssd': AzureDisk.standardSsd({ zoneRedundant: true }),
  'premium-ssd': AzureDisk.premiumSsd(),
  'premium-ssd-v2': AzureDisk.premiumSsdV2({ iops: 16000, throughput: 1000 }),
  'ultra': AzureDisk.ultra({ iops: 64000, throughput: 4000 }),
  'nfs': NfsCsi.share({ server: 'nfs.example.com', share: '/export', onDelete: NfsOnDelete.ARCHIVE, mountPermissions: '0770' }),
  'local': LocalVolumes.preProvisioned(),
  'local-path': LocalVolumes.localPath(),
};

const tiers: Entry = chart => {
  for (const [name, backend] of Object.entries(BACKENDS)) new StorageTier(chart, name, { backend });
  new StorageTier(chart, 'options', {
    backend: AwsEbs.gp3(),
    name: 'fast.ssd',
    reclaimPolicy: ReclaimPolicy.DELETE,
    bindingMode: VolumeBindingMode.IMMEDIATE,
    allowExpansion: false,
    mountOptions: ['noatime'],
    zones: ['us-east-1a'],
    allowedTopologies: { 'topology.k8s.aws/zone-id': ['use1-az1', 'use1-az2'] },
    isDefault: true,
  });
  StorageTier.existing(chart, 'existing', { className: 'fast', backend: AwsEbs.gp3() });
};

const datasets: Entry = chart => {
  const image = 'ghcr.io/acme/loader:1.0.0';
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'reader');
  const credentials = Secret.fromSecretName(chart, 'secret', 'keys');
  const loader = { image, serviceAccount, cpu: Cpu.millis(1500), memory: Size.gibibytes(8), retries: 3, runAsUser: 0, runAsGroup: 0 };
  new SharedDataset(chart, 'tier', { tier: SHARED, size: SIZE });
  SharedDataset.onFileSystem(chart, 'efs', {
    fileSystem: AwsEfs.existing(EFS, { path: '/a', accessPointId: 'fsap-0123456789abcdef0', mountOptions: ['iam'] }), size: SIZE,
  });
  SharedDataset.onFileSystem(chart, 'plain', { fileSystem: AwsEfs.existing(EFS, { encryptInTransit: false }), size: SIZE });
  SharedDataset.onFileSystem(chart, 'nfs', { fileSystem: Nfs.existing('10.0.0.5', '/export'), size: SIZE, mountOptions: ['hard', 'nconnect=16'] });
  new SharedDataset(chart, 'volume', { volumeName: 'imagenet.v1', size: SIZE, accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY });
  new SharedDataset(chart, 's3', {
    tier: SHARED, size: SIZE, loader, source: DatasetSource.s3('s3://acme/a', { region: 'us-east-1', endpointUrl: 'https://minio', include: ['*'], revision: '1' }),
  });
  new SharedDataset(chart, 'gcs', { tier: SHARED, size: SIZE, loader: { credentials }, source: DatasetSource.gcs('gs://acme/a', { exclude: 'x' }) });
  new SharedDataset(chart, 'http', {
    tier: SHARED, size: SIZE, source: DatasetSource.http([{ url: 'https://example.com/a', sha256: 'a'.repeat(64), path: 'b/c' }], { revision: '1' }),
  });
  new SharedDataset(chart, 'hub', {
    claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'team-data'), loader,
    source: DatasetSource.huggingFace('acme/a', { revision: 'v1', include: ['*.parquet'], token: credentials }),
  });
};

/** Claims and volumes of every kind. */
const volumes: Entry = chart => {
  const target = targetOf(chart);
  const nvme = new StorageTier(chart, 'nvme', { backend: LocalVolumes.preProvisioned(), durability: Durability.SCRATCH });
  new LocalDisks(chart, 'disks', { tier: nvme, size: SIZE, disks: [{ node: 'gpu-1', path: '/mnt/disks/nvme0' }, { node: 'gpu-2', path: '/dev/nvme1n1' }] });
  const disk = new StorageTier(chart, 'disk', { backend: AwsEbs.gp3() });
  const original = new StorageClaim(chart, 'original', { tier: disk, size: Size.gibibytes(100) });
  const clone = new StorageClaim(chart, 'clone', { tier: disk, content: original.cloneSource });
  const raw = new StorageClaim(chart, 'raw', { tier: disk, size: Size.gibibytes(100), block: true });
  const registry = new ModelRegistry(chart, 'registry', { tier: SHARED, size: SIZE });
  if (target === KubernetesVersion.V1_36) {
    new StorageClaim(chart, 'attributes', { tier: disk, size: SIZE, attributesClass: 'faster' });
  }
  const imagenet = new SharedDataset(chart, 'imagenet', { tier: SHARED, size: SIZE });
  const cache = new NodeCache(chart, 'cache', {
    dataset: imagenet, hostPath: '/mnt/nvme', acceptNodeLocalAndUnrestricted: true, nodeSelector: { gpu: 'h100' },
  });
  new DistributedTrainingJob(chart, 'train', {
    ...MINIMUM,
    workers: 1,
    memory: SIZE,
    datasets: [imagenet.copiedTo('/local', { sizeLimit: Size.gibibytes(300) }), cache.at('/cache')],
    nodeSelector: cache.nodeSelector,
    volumes: [
      clone.at('/clone'), raw.device('/dev/xvdb'), registry.at('/registry'), PodVolume.memory({ sizeLimit: Size.gibibytes(8) }).at('/ram'),
      PodVolume.ephemeral({ tier: nvme, size: Size.gibibytes(100) }).at('/spill'), PodVolume.projected({ tokenAudience: 'vault' }).at('/token'),
      ...target === KubernetesVersion.V1_36 ? [PodVolume.image('ghcr.io/acme/model:1.0.0').at('/model')] : [],
    ],
  });
};

const operations: Entry = chart => {
  const image = 'ghcr.io/acme/fio:3.39';
  for (const tier of [DISK, SHARED]) {
    for (const pattern of Object.values(BenchmarkPattern)) new StorageBenchmark(chart, `${tier.className}-${pattern}`, { tier, size: SIZE, image, pattern });
  }
  new StorageBenchmark(chart, 'options', {
    tier: DISK, size: SIZE, image, duration: Duration.minutes(10), blockSize: Size.kibibytes(128), queueDepth: 32, processes: 8,
    dataSize: Size.gibibytes(64),
    cpu: Cpu.millis(3500), memory: Size.gibibytes(4), nodeSelector: { gpu: 'h100' }, tolerations: [{ key: 'nvidia.com/gpu' }], ttlAfterFinished: Duration.days(1),
  });
};

/** Copies in object storage. */
const uploads: Entry = chart => {
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'writer');
  const credentials = Secret.fromSecretName(chart, 'secret', 'keys');
  const claim = new StorageClaim(chart, 'claim', { tier: SHARED, size: SIZE });
  new ClaimBackup(chart, 'nightly', { claim, schedule: '0 2 * * *', to: 's3://acme/claim', serviceAccount });
  new ClaimBackup(chart, 'weekly', {
    claim, schedule: '30 4 * * mon', timeZone: 'Europe/Berlin', to: 's3://acme/claim', region: 'eu-central-1', endpointUrl: 'https://minio', exclude: ['*.log'],
    credentials, image: 'ghcr.io/acme/aws:1.0.0', deadline: Duration.hours(2), retries: 0, runAsUser: 0, runAsGroup: 0,
  });
};

const ENTRIES: Record<string, Entry> = { operations, tiers, datasets, ...TRAINING_ENTRIES, volumes, uploads };

/** All kinds of the catalogue, with the versions of their APIs. */
export const EMITTED_KINDS = [
  'apps/v1 DaemonSet',
  'apps/v1 StatefulSet',
  'batch/v1 CronJob',
  'batch/v1 Job',
  'jobset.x-k8s.io/v1alpha2 JobSet',
  'kubeflow.org/v1 PyTorchJob',
  'kubeflow.org/v2beta1 MPIJob',
  'leaderworkerset.x-k8s.io/v1 LeaderWorkerSet',
  'resource.k8s.io/v1 ResourceClaimTemplate',
  'scheduling.volcano.sh/v1beta1 PodGroup',
  'scheduling.x-k8s.io/v1alpha1 PodGroup',
  'storage.k8s.io/v1 StorageClass',
  'trainer.kubeflow.org/v1alpha1 TrainJob',
  'trainer.kubeflow.org/v1alpha1 TrainingRuntime',
  'v1 PersistentVolume',
  'v1 PersistentVolumeClaim',
  'v1 Service',
  'v1 ServiceAccount',
];

/** Every entry for every target, as a chart of an app of its own. */
export function catalogue(): [title: string, chart: Chart][] {
  return TARGETS.flatMap(target => Object.entries(ENTRIES).map(([title, build]): [string, Chart] => {
    const chart = new Chart(new MlApp({ target }), 'vision', { namespace: 'ml-training', labels: { team: 'vision' } });
    build(chart);
    return [`${title} for ${target}`, chart];
  }));
}
