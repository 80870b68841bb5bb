import { ApiObject, Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  AzureBlob, CheckpointVolume, DatasetSource, Durability, IStorageTier, KubernetesVersion, LocalDisks, LocalVolumes,
  ModelRegistry, MountpointS3, Nfs, NfsCsi, NodeCache, PodVolume, SharedDataset, StorageClaim,
} from '../../lib';
import { CLOUD_DISK, reader } from '../support/datasets';
import { errorsOf, warningsOn } from '../support/findings';
import { chartIn, manifestsOf, named, the } from '../support/manifests';
import { DISK, GPUS, SHARED, train } from '../support/training';

/*
 * Mistakes that tutorials teach, and that this library cannot be brought to write without being told so by name. Those about
 * texts alone (E51, E52) and about the pace of checkpoints (E15) have nothing to show here.
 */
const SIZE = Size.gibibytes(500);
const rules = (build: () => unknown): string[] => errorsOf(build).map(line => line.split(' ')[0]);
const SOURCE = DatasetSource.s3('s3://acme/imagenet', { region: 'us-east-1' });

function dataset(chart: Chart = chartIn(), source: DatasetSource | undefined = SOURCE): SharedDataset {
  return new SharedDataset(chart, 'imagenet', { tier: SHARED, size: SIZE, source, loader: source && { serviceAccount: reader(chart) } });
}

test('E01: a disk for one pod is asked for as such, where Kubernetes can say so', () => {
  const modeFor = (target: KubernetesVersion) => train({
    checkpoints: CheckpointVolume.perWorker({ tier: DISK, size: SIZE, path: '/checkpoints' }),
  }, { target }).workload.spec.volumeClaimTemplates[0].spec.accessModes;
  expect(modeFor(KubernetesVersion.V1_29)).toEqual(['ReadWriteOncePod']);
  expect(modeFor(KubernetesVersion.V1_27)).toEqual(['ReadWriteOnce']);
});

test('E02: ReadWriteOncePod is refused to a cluster that has it in beta only', () => {
  const chart = chartIn({ target: KubernetesVersion.V1_27 });
  expect(errorsOf(() => new StorageClaim(chart, 'c', { tier: DISK, size: SIZE, accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD }))).toEqual([
    'api/since | accessMode: expected Kubernetes 1.29 or newer for ReadWriteOncePod, found target 1.27 | use READ_WRITE_ONCE, or raise the `target` of the app',
  ]);
});

test('E03: all four access modes can be asked for', () => {
  const tier: IStorageTier = { className: 'nfs', backend: NfsCsi.share({ server: 'nfs.example.com', share: '/export' }) };
  const modes = Object.values(PersistentVolumeAccessMode);
  expect(modes).toHaveLength(4);
  for (const accessMode of modes) expect(errorsOf(() => new StorageClaim(chartIn(), 'c', { tier, size: SIZE, accessMode }))).toEqual([]);
});

describe('E04: a dataset that nobody can ever write', () => {
  test('is refused as a claim: EFS has no ReadOnlyMany, and a new disk would be empty for all', () => {
    for (const tier of [SHARED, CLOUD_DISK]) {
      expect(rules(() => new StorageClaim(chartIn(), 'c', { tier, size: SIZE, accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }))).toEqual(['chain/access-mode']);
    }
  });

  test('is written by its loader, and read-only at volume and mount for all others', () => {
    const chart = chartIn();
    const mount = dataset(chart).at('/data');
    expect(the('PersistentVolumeClaim', manifestsOf(chart)).spec.accessModes).toEqual(['ReadWriteMany']);
    expect([mount.readOnly, (mount._spec.volume.source.persistentVolumeClaim as any).readOnly]).toEqual([true, true]);
  });
});

describe('an NFS dataset', () => {
  const chart = chartIn();
  SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: Nfs.existing('10.0.0.5', '/export'), size: SIZE });
  const [volume, claim] = ['PersistentVolume', 'PersistentVolumeClaim'].map(kind => the(kind, manifestsOf(chart)));

  test('E05: is kept from the default class on both sides', () => {
    expect([volume.spec.storageClassName, claim.spec.storageClassName]).toEqual(['', '']);
  });

  test('E57: binds to nothing else, stays when it is released, and is read-only', () => {
    expect(volume.spec.claimRef).toMatchObject({ name: claim.metadata.name, namespace: 'ml-training' });
    expect(claim.spec.volumeName).toBe(volume.metadata.name);
    expect(volume.spec.persistentVolumeReclaimPolicy).toBe('Retain');
    expect(volume.spec.mountOptions).toContain('hard');
    expect(claim.spec.accessModes).toEqual(['ReadOnlyMany']);
  });
});

test('E06: a name that only pods can resolve is warned of', () => {
  const made = SharedDataset.onFileSystem(chartIn(), 'd', { fileSystem: Nfs.existing('nfs-server.default.svc.cluster.local', '/export'), size: SIZE });
  expect(warningsOn(made).map(({ ruleId }) => ruleId)).toEqual(['driver/nfs-cluster-name']);
});

test('E07: a disk of Google Cloud is no shared file system', () => {
  expect(rules(() => new SharedDataset(chartIn(), 'd', { tier: CLOUD_DISK, size: SIZE }))).toEqual(['chain/access-mode']);
});

describe('E08: a bucket for what is written as files are', () => {
  const bucket = MountpointS3.bucket('acme', { region: 'us-east-1' });
  const blobs: IStorageTier = { className: 'blobs', backend: AzureBlob.container() };

  test('is refused to checkpoints, models and loaders', () => {
    expect(rules(() => train({ checkpoints: CheckpointVolume.shared({ tier: blobs, size: SIZE, path: '/c' }) }))).toEqual(['chain/object-store-write']);
    expect(rules(() => new ModelRegistry(chartIn(), 'm', { tier: blobs, size: SIZE }))).toEqual(['chain/object-store-write']);
    expect(rules(() => new SharedDataset(chartIn(), 'd', {
      fileSystem: bucket, size: SIZE, source: DatasetSource.http([{ url: 'https://example.com/a.tar' }]),
    }))).toEqual(['chain/object-store-write']);
  });

  test('is mounted read-only as a dataset', () => {
    expect(SharedDataset.onFileSystem(chartIn(), 'd', { fileSystem: bucket, size: SIZE }).at('/data').readOnly).toBe(true);
  });
});

test('E09: a volume in memory is refused where it leaves none to the training', () => {
  expect(rules(() => train({ memory: Size.gibibytes(32), volumes: [PodVolume.memory({ sizeLimit: Size.gibibytes(50) }).at('/ram')] }))).toEqual(['train/memory-volumes']);
});

test('E10: shared memory is sized, and part of the memory', () => {
  const { pod, worker } = train({ memory: Size.gibibytes(64) });
  expect(named('shared-memory', pod.volumes).emptyDir).toEqual({ medium: 'Memory', sizeLimit: '16Gi' });
  expect(worker.volumeMounts).toContainEqual({ name: 'shared-memory', mountPath: '/dev/shm' });
  expect(worker.resources.limits.memory).toBe('64Gi');
});

describe('E11: a directory of the node', () => {
  test('is refused until its risks are accepted by name', () => {
    const hostPath = (accepted: boolean) => () => train({ volumes: [PodVolume.hostPath('/mnt/nvme', { acceptNodeLocalAndUnrestricted: accepted }).at('/nvme')] });
    expect(rules(hostPath(false))).toEqual(['sec/host-path']);
    expect(rules(() => train({ volumes: [PodVolume.fromWire({ hostPath: { path: '/mnt/nvme' } }).at('/nvme')] }))).toEqual(['sec/host-path']);
    expect(rules(() => new NodeCache(chartIn(), 'c', {
      dataset: dataset(), hostPath: '/mnt/nvme', acceptNodeLocalAndUnrestricted: false, nodeSelector: { gpu: 'true' },
    }))).toEqual(['sec/host-path']);
    expect(hostPath(true)().pod.volumes.find((volume: any) => volume.hostPath).hostPath.type).toBe('Directory');
  });
});

test('E12: a disk of a node says which node it is on', () => {
  const chart = chartIn();
  const tier: IStorageTier = { className: 'nvme', backend: LocalVolumes.preProvisioned() };
  new LocalDisks(chart, 'disks', { tier, size: SIZE, disks: [{ node: 'gpu-1', path: '/mnt/disks/nvme0' }] });
  const { spec } = the('PersistentVolume', manifestsOf(chart));
  expect(spec).not.toHaveProperty('hostPath');
  expect(spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]).toEqual({ key: 'kubernetes.io/hostname', operator: 'In', values: ['gpu-1'] });
});

test('E13: precious data on the disk of a node is warned of', () => {
  const tier: IStorageTier = { className: 'nvme', backend: LocalVolumes.preProvisioned() };
  expect(warningsOn(new StorageClaim(chartIn(), 'c', { tier, size: SIZE })).map(({ ruleId }) => ruleId)).toEqual(['keep/one-node']);
});

test('E14: memory is a volume of the pod, and no class', () => {
  const { pod } = train({ volumes: [PodVolume.memory({ sizeLimit: Size.gibibytes(1) }).at('/ram')] });
  expect(named('memory', pod.volumes)).toEqual({ name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } });
});

describe('E50: a loader', () => {
  const chart = chartIn();
  dataset(chart);
  const { spec } = the('Job', manifestsOf(chart));
  const [container] = spec.template.spec.containers;

  test('has an identity, a marker that is written last, retries and resources', () => {
    expect(spec.template.spec.serviceAccountName).toBe('dataset-reader');
    expect(container.command[2]).toMatch(/: > "\$target\/\$marker"\necho [^\n]*$/);
    expect(spec.backoffLimit).toBe(6);
    expect(container.resources).toEqual({ limits: { memory: '2Gi' }, requests: { cpu: '1', memory: '2Gi' } });
    expect(dataset().at('/data')._spec.gate!.marker).toBe(container.args[0]);
  });

  test('is refused without an identity', () => {
    expect(rules(() => new SharedDataset(chartIn(), 'd', { tier: SHARED, size: SIZE, source: SOURCE }))).toEqual(['train/loader-identity']);
  });

  test.each([
    ['a password in a URL', DatasetSource.s3('s3://acme/d', { endpointUrl: 'https://user:hunter2@minio.example.com' })],
    ['an AWS access key', DatasetSource.s3('s3://acme/AKIAIOSFODNN7EXAMPLE')],
    ['a signed URL', DatasetSource.http([{ url: 'https://acme.s3.amazonaws.com/d.tar?X-Amz-Signature=0123456789abcdef' }])],
    ['a token in a URL', DatasetSource.http([{ url: 'https://example.com/d.tar?access_token=0123456789abcdef' }])],
  ])('is refused with %s, which the error does not repeat', (secret, source) => {
    const chart = chartIn();
    expect(errorsOf(() => new SharedDataset(chart, 'd', { tier: SHARED, size: SIZE, source, loader: { serviceAccount: reader(chart) } }))).toEqual([
      `sec/literal-secret | source: expected no secret: manifests are read by many, found ${secret} | give access by \`loader.serviceAccount\`, or by a Secret in \`loader.credentials\``,
    ]);
  });

  test('is refused with a signed address in Azure, and with a key among the settings of rclone', () => {
    const [azure, rclone] = [
      DatasetSource.azureBlob('https://acme.blob.core.windows.net/c/d?sv=2024&sig=hunter2'),
      DatasetSource.rclone('ceph:d', { settings: { type: 's3', secret_access_key: 'hunter2' } }),
    ].map(source => errorsOf(() => new SharedDataset(chartIn(), 'd', { tier: SHARED, size: SIZE, source, loader: { image: 'x:1', credentials: Secret.fromSecretName(chartIn(), 's', 's') } })));
    expect(azure.map(line => line.split(' ')[0])).toEqual(['props/source-uri', 'sec/literal-secret']);
    expect(rclone).toEqual([
      'sec/literal-secret | source.settings.secret_access_key: expected no secret: manifests are read by many, found a value for secret_access_key | put it into the Secret of `loader.credentials`, as RCLONE_CONFIG_CEPH_SECRET_ACCESS_KEY',
    ]);
    expect([...azure, ...rclone].join(' ')).not.toContain('hunter2');
  });

  test('and no job takes a key as a plain variable', () => {
    for (const env of [{ AWS_SECRET_ACCESS_KEY: 'hunter2' }, { WANDB_API_KEY: 'hunter2' }, { URL: 'https://user:hunter2@example.com/' }] as { [name: string]: string }[]) {
      const [line, ...more] = errorsOf(() => train({ env }));
      expect(more).toEqual([]);
      expect(line).toMatch(/^sec\/literal-secret \| env\./);
      expect(line).not.toContain('hunter2');
    }
    expect(errorsOf(() => train({ env: { PAD_TOKEN: '<pad>', TOKENIZERS_PARALLELISM: 'false', URL: 'https://$(USER):$(PASS)@example.com/' } }))).toEqual([]);
  });
});

describe('E53: a model in the registry', () => {
  const registry = new ModelRegistry(chartIn(), 'models', { tier: SHARED, size: SIZE });
  const script = registry.publishCommand({ source: '/c/best.pt', registry: '/registry', model: 'resnet50', version: 'v1.2' })[2];

  test('gets its name when all of it is there, and not after a failure', () => {
    expect(script).toMatch(/^set -eu\n/);
    expect(script.indexOf('mktemp')).toBeLessThan(script.indexOf('cp -R'));
    expect(script.indexOf('cp -R')).toBeLessThan(script.indexOf('mv -T'));
  });

  test('is precious', () => {
    expect(registry.durability).toBe(Durability.PRECIOUS);
  });
});

test('E54: nothing runs in the place of the training when it is told to end, and there is time for a last checkpoint', () => {
  const { pod, worker } = train();
  expect(worker).not.toHaveProperty('lifecycle');
  expect(pod.terminationGracePeriodSeconds).toBe(120);
});

describe('E55: a cache on nodes', () => {
  const chart = chartIn();
  const cache = new NodeCache(chart, 'cache', {
    dataset: dataset(chart), hostPath: '/mnt/nvme', acceptNodeLocalAndUnrestricted: true, nodeSelector: { 'nvidia.com/gpu.present': 'true' },
  });
  const { spec } = ApiObject.of(cache).toJson().spec.template;
  const copy = named('copy', spec.initContainers);

  test('looks for its marker as the file that it is, and uses tools that its image has', () => {
    expect(copy.command[2]).toContain('[ -f "$marker" ]');
    expect(copy.command[2]).not.toMatch(/rsync|\[ -d "\$marker"/);
  });

  test('goes where the GPUs are', () => {
    expect(spec.tolerations).toContainEqual({ key: GPUS.resourceName, operator: 'Exists', effect: 'NoSchedule' });
  });

  test('E43: takes its images in fixed versions, none of them from a registry that is gone', () => {
    for (const { image } of [...spec.initContainers, ...spec.containers]) {
      expect(image).toMatch(/^(docker\.io|registry\.k8s\.io)\/.*:\d+(\.\d+)+$/);
    }
  });
});

test('E56: a copy for each pod asks for the space that it takes', () => {
  const { worker, pod } = train({ datasets: [dataset().copiedTo('/data', { sizeLimit: SIZE })] });
  expect(worker.resources.requests['ephemeral-storage']).toBe('500Gi');
  expect(named('imagenet-copy', pod.volumes).emptyDir.sizeLimit).toBe('500Gi');
  expect(rules(() => dataset().copiedTo('/data'))).toEqual(['props/required']);
});

test('E41: a dataset is one claim that all workers read, whatever their number', () => {
  const { workload, pod } = train({
    workers: 16, datasets: [dataset().at('/data')], checkpoints: CheckpointVolume.perWorker({ tier: DISK, size: SIZE, path: '/checkpoints' }),
  });
  expect(workload.spec.volumeClaimTemplates.map(({ metadata }: any) => metadata.name)).toEqual(['checkpoints']);
  expect(named('imagenet', pod.volumes).persistentVolumeClaim.readOnly).toBe(true);
});
