import { ApiObject, Chart, Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  AwsEfs, AzureBlob, AzureBlobProtocol, CheckpointVolume, CloudIdentity, DatasetSource, DistributedTrainingJob, Durability, FileSystem,
  GcsFuse, MountpointS3, NodeCache, SharedDataset, SharedDatasetProps,
} from '../../../lib';
import { CLOUD_DISK, SCRATCH_DISK, staged } from '../../support/datasets';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { MINIMUM, SHARED, train } from '../../support/training';

const SIZE = Size.tebibytes(2);
const SOURCE = DatasetSource.http([{ url: 'https://example.com/data.tar' }]);
const made = (props: SharedDatasetProps, chart = chartIn()): SharedDataset => new SharedDataset(chart, 'imagenet', props);
const BUCKETS: [string, FileSystem][] = [
  ['Mountpoint for S3', MountpointS3.bucket('acme', { region: 'us-east-1', readOnly: true })],
  ['GCS FUSE', GcsFuse.bucket('acme', { readOnly: true })],
];

describe('the durability of a dataset', () => {
  test('follows from its source', () => {
    expect(made({ tier: SHARED, size: SIZE }).durability).toBe(Durability.PRECIOUS);
    expect(made({ tier: SHARED, size: SIZE, source: SOURCE }).durability).toBe(Durability.REPRODUCIBLE);
    expect(made({ tier: SHARED, size: SIZE, source: SOURCE, durability: Durability.PRECIOUS }).durability).toBe(Durability.PRECIOUS);
  });

  test('decides whether its objects stay when their release goes', () => {
    const kept = (props: SharedDatasetProps): boolean[] => {
      const chart = chartIn();
      made(props, chart);
      return manifestsOf(chart).filter(({ kind }) => kind.startsWith('PersistentVolume')).map(({ metadata }) => metadata.annotations !== undefined);
    };
    expect(kept({ fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: SIZE })).toEqual([true, true]);
    expect(kept({ tier: SHARED, size: SIZE, source: SOURCE })).toEqual([false]);
  });

  test('is refused to a tier that holds less', () => {
    expect(errorsOf(() => staged(chartIn(), { tier: SCRATCH_DISK }))).toEqual([
      'keep/tier-deletes | tier: expected a tier for reproducible data: its volumes stay when their claim is deleted, found scratch, for scratch data, which is deleted with its claim | use a tier with `durability: Durability.REPRODUCIBLE`, or say that the data is scratch',
    ]);
  });
});

test('a dataset can be copied by the driver: it is a claim', () => {
  const dataset = made({ tier: SHARED, size: SIZE });
  expect(dataset).toMatchObject({ tier: SHARED, size: SIZE, block: false });
  expect(dataset.cloneSource._ref).toEqual({ kind: 'PersistentVolumeClaim', name: dataset.claimName });
});

describe('a dataset is refused', () => {
  test('with a version that no label can hold, or a family without version', () => {
    expect(errorsOf(() => made({ tier: SHARED, size: SIZE, version: 'v 1' }))[0]).toMatch(/^api\/label \| version: /);
    expect(errorsOf(() => made({ tier: SHARED, size: SIZE, version: '' }))).toEqual(["props/required | version: expected a version, found '' | set `version`, as 'v2', or leave it out"]);
    expect(errorsOf(() => made({ tier: SHARED, size: SIZE, family: 'imagenet' }))).toEqual([
      "props/unused | family: expected a `version` beside it, found none | say which version it is, as version: 'v2'",
    ]);
  });

  test('with props that only a new claim has', () => {
    const { cloneSource: copy } = made({ tier: CLOUD_DISK, size: SIZE, toBePublished: true });
    expect(errorsOf(() => made({ volumeName: 'imagenet', size: SIZE, content: copy, toBePublished: true }))).toEqual([
      `props/unused | content: expected \`tier\` beside it, found ${copy._ref.name} | leave \`content\` out: only a new claim can be filled`,
      'props/unused | toBePublished: expected `tier` beside it, found true | leave `toBePublished` out: a PublishedDataset mounts what is there read-only',
    ]);
  });

  test('with content of another driver', () => {
    const { cloneSource: copy } = made({ tier: SHARED, size: SIZE });
    const [line] = errorsOf(() => made({ tier: CLOUD_DISK, size: SIZE, content: copy, toBePublished: true }));
    expect(line).toMatch(/^chain\/content-driver \| /);
  });

  test.each(BUCKETS)('with a loader into a bucket that is mounted by %s', (_, fileSystem) => {
    expect(errorsOf(() => made({ fileSystem, size: SIZE, source: SOURCE }))[0]).toMatch(
      /^chain\/object-store-write \| source: expected no loader: .* mounts a bucket, where tools that copy cannot rename .*, found https/);
  });
});

describe.each(BUCKETS)('a bucket that is mounted by %s', (_, fileSystem) => {
  const chart = chartIn();
  const dataset = SharedDataset.onFileSystem(chart, 'laion', { fileSystem, size: SIZE });

  test('is read-only in volume, claim and pod', () => {
    const manifests = manifestsOf(chart);
    expect(the('PersistentVolume', manifests).spec.accessModes).toEqual(['ReadOnlyMany']);
    expect(the('PersistentVolumeClaim', manifests).spec.accessModes).toEqual(['ReadOnlyMany']);
    expect(dataset.at('/data').readOnly).toBe(true);
  });
});

describe('a bucket that the pod itself mounts', () => {
  const job = (chart: Chart, props = {}) => {
    const dataset = SharedDataset.onFileSystem(chart, 'laion', { fileSystem: GcsFuse.bucket('acme', { readOnly: true }), size: SIZE });
    return new DistributedTrainingJob(chart, 'train', { ...MINIMUM, datasets: [dataset.at('/data')], ...props });
  };

  test('gives the pod the annotation without which the mount never comes', () => {
    const chart = chartIn();
    job(chart, { podAnnotations: { team: 'vision' } });
    expect(the('Job', manifestsOf(chart)).spec.template.metadata.annotations).toMatchObject({ 'gke-gcsfuse/volumes': 'true', 'team': 'vision' });
  });

  test('gives it to copies and caches as well', () => {
    const chart = chartIn();
    const dataset = SharedDataset.onFileSystem(chart, 'laion', { fileSystem: GcsFuse.bucket('acme', { readOnly: true }), size: SIZE });
    const { workload } = train({ datasets: [dataset.copiedTo('/data', { sizeLimit: SIZE })] });
    expect(workload.spec.template.metadata.annotations).toMatchObject({ 'gke-gcsfuse/volumes': 'true' });
    const cache = new NodeCache(chart, 'cache', { dataset, hostPath: '/mnt/nvme', acceptNodeLocalAndUnrestricted: true, nodeSelector: { gpu: 'true' } });
    expect(ApiObject.of(cache).toJson().spec.template.metadata.annotations).toEqual({
      'gke-gcsfuse/volumes': 'true', 'cdk8s-ml/ignore': 'sec/host-path: accepted with acceptNodeLocalAndUnrestricted',
    });
  });

  test('warns of a job without a service account of its own', () => {
    expect(warningsOn(job(chartIn())).map(lineOf)).toEqual([
      "chain/mount-identity | datasets[0]: expected an `identity` or a `serviceAccount` that may read gs://acme/: the pod itself mounts it, found none, so the namespace's default | set one of them for the job, and give it access to the bucket",
    ]);
    const chart = chartIn();
    expect(warningsOn(job(chartIn(), { identity: CloudIdentity.gcpWorkloadIdentity('reader@acme-ml.iam.gserviceaccount.com') }))).toEqual([]);
    expect(warningsOn(job(chart, { serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'a', 'reader') }))).toEqual([]);
  });
});

test('checkpoints are refused to a bucket, and taken where Azure serves it by NFS', () => {
  const to = (backend = AzureBlob.container()) => () => train({
    checkpoints: CheckpointVolume.shared({ tier: { className: 'blobs', backend }, size: SIZE, path: '/checkpoints' }),
  });
  expect(errorsOf(to())).toEqual([
    'chain/object-store-write | checkpoints.tier: expected a file system: checkpoints are renamed and written in places, which a mounted bucket cannot, found blob.csi.azure.com | write to a file system, and copy to the bucket what is finished',
  ]);
  expect(errorsOf(to(AzureBlob.container({ protocol: AzureBlobProtocol.NFS })))).toEqual([]);
});
