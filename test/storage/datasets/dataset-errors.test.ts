import { Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsEfs, DatasetLoaderProps, DatasetSource, MlApp, SharedDataset, SharedDatasetProps } from '../../../lib';
import { errorOf, errorsOf } from '../../support/findings';
import { chartIn, manifestsOf } from '../../support/manifests';
import { DISK, SHARED } from '../../support/training';

const SIZE = Size.tebibytes(2);
const EFS = AwsEfs.existing('fs-0123456789abcdef0');
const PLACES = 'props/exactly-one | PLACE: expected exactly one of `tier`, `fileSystem`, `volumeName`, `claim`';
const BELONGS = 'say where the dataset lives, once';

function dataset(props: SharedDatasetProps | ((chart: Chart) => SharedDatasetProps)): () => SharedDataset {
  const chart = chartIn();
  return () => new SharedDataset(chart, 'imagenet', typeof props === 'function' ? props(chart) : props);
}

describe('a dataset is refused for', () => {
  test.each<[string, SharedDatasetProps | ((chart: Chart) => SharedDatasetProps), ...string[]]>([
    ['no place to live', { size: SIZE }, `${PLACES.replace('PLACE', 'tier')}, found none | ${BELONGS}`],
    ['two places', { tier: SHARED, volumeName: 'a', size: SIZE }, `${PLACES.replace('PLACE', 'tier, volumeName')}, found tier and volumeName | ${BELONGS}`],
    ['no size', { tier: SHARED },
      'props/required | size: expected a size: the API demands one of every claim, found none | set `size`, as Size.tebibytes(2)'],
    ['a size of nothing in a tier', { tier: SHARED, size: Size.gibibytes(0) },
      'api/quantity | size: expected a size above 0, found 0 | set `size`, as Size.gibibytes(500)'],
    ['a size of nothing on a file system', { fileSystem: EFS, size: Size.gibibytes(0) },
      'api/quantity | size: expected a size above 0, found 0 | set `size`, as Size.tebibytes(2)'],
    ['a size of a claim that has its own', chart => ({ claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'data'), size: SIZE }),
      'props/unused | size: expected no size beside `claim`: the claim has its own, found 2Ti | leave `size` out'],
    ['a tier on a disk of one node', { tier: DISK, size: SIZE },
      'chain/access-mode | tier: expected a driver that gives many nodes one file system (ReadWriteMany): a dataset is read by pods on many nodes, found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod | use a driver that does: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi'],
    ['a file system that cannot be', { fileSystem: AwsEfs.existing('efs-1'), size: SIZE },
      'driver/efs-id | fileSystem.fileSystemId: expected the id of a file system: `fs-` and 8 to 40 hexadecimal digits, found "efs-1" | use a value such as fs-0123456789abcdef0'],
    ['a volume that cannot be', { volumeName: 'My_Volume', size: SIZE },
      'api/name | volumeName: expected the name of a PersistentVolume: lower case letters, digits, `-` and `.`, found "My_Volume" | take the name from `kubectl get pv`'],
    ['an access mode that would be lost', { tier: SHARED, size: SIZE, accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY },
      'props/unused | accessMode: expected `volumeName` beside it, found "ReadOnlyMany" | leave `accessMode` out: the claim gets the mode that fits'],
    ['mount options that would be lost', { tier: SHARED, size: SIZE, mountOptions: ['hard'] },
      'props/unused | mountOptions: expected `fileSystem` beside it, found ["hard"] | leave `mountOptions` out, or set them on the tier'],
    ['a loader without a source', { tier: SHARED, size: SIZE, loader: {} },
      "props/unused | loader: expected a `source` for it to load, found none | set `source`, as DatasetSource.s3('s3://bucket/prefix')"],
    ['a loader that could not write', {
      volumeName: 'a', size: SIZE, accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY, source: DatasetSource.http([{ url: 'https://example.com/a' }]),
    }, 'chain/access-mode | accessMode: expected READ_WRITE_MANY: the loader writes, found READ_ONLY_MANY | use a volume that can be written, or leave `source` out'],
    ['a source that cannot be', { tier: SHARED, size: SIZE, source: DatasetSource.s3('bucket', { anonymous: true }) },
      'props/source-uri | source.uri: expected `s3://bucket/prefix`, found "bucket" | start with s3:// and the bucket, without spaces'],
  ])('%s', (_, props, ...lines) => {
    expect(errorsOf(dataset(props))).toEqual(lines);
  });

  test('a file system in a chart without a namespace', () => {
    const chart = new Chart(new MlApp(), 'vision');
    expect(errorsOf(() => SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: EFS, size: SIZE }))).toEqual([
      "chain/claim-ref-namespace | fileSystem: expected a chart with a `namespace`: the volume is tied to its claim by name and namespace, found a chart without | give the chart one, as new Chart(app, 'vision', { namespace: 'ml-training' })",
    ]);
  });
});

describe('a loader is refused for', () => {
  const loader = (props: DatasetLoaderProps): (() => SharedDataset) =>
    dataset({ tier: SHARED, size: SIZE, source: DatasetSource.s3('s3://acme/cifar10', { anonymous: true }), loader: props });

  test.each<[string, DatasetLoaderProps, string]>([
    ['fewer retries than none', { retries: -1 }, 'train/loader-retries | loader.retries: expected a whole number from 0, found -1 | set `retries`, or leave it out'],
    ['half a retry', { retries: 0.5 }, 'train/loader-retries | loader.retries: expected a whole number from 0, found 0.5 | set `retries`, or leave it out'],
    ['no memory', { memory: Size.mebibytes(0) }, 'api/quantity | loader.memory: expected a size above 0, found 0 | set `memory`, or leave it out'],
    ['a user that is none', { runAsUser: -1 },
      'api/user-id | loader.runAsUser: expected a whole number from 0 to 2147483647, found -1 | set `runAsUser`, or leave it out'],
    ['a group that is none', { runAsGroup: 2 ** 31 },
      'api/user-id | loader.runAsGroup: expected a whole number from 0 to 2147483647, found 2147483648 | set `runAsGroup`, or leave it out'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(loader(props))).toEqual([line]);
  });

  test.each([
    ['S3', DatasetSource.s3('s3://acme/cifar10'), 's3://acme/cifar10'],
    ['Cloud Storage', DatasetSource.gcs('gs://acme/cifar10'), 'gs://acme/cifar10'],
  ])('no identity at %s', (_, source, uri) => {
    expect(errorsOf(dataset({ tier: SHARED, size: SIZE, source }))).toEqual([
      `train/loader-identity | loader: expected a \`serviceAccount\` or \`credentials\` that may read ${uri}, found neither | set one of them, or \`anonymous: true\` on the source if it is public`,
    ]);
  });

  test('no image where none is published', () => {
    expect(errorsOf(dataset({ tier: SHARED, size: SIZE, source: DatasetSource.huggingFace('acme/cifar10', { revision: 'v1' }) }))).toEqual([
      'train/loader-image | loader.image: expected an image with the Hugging Face CLI (hf, of huggingface_hub from 1.0), found none | build one and name it: there is no public one',
    ]);
  });
});

test('all problems of a dataset are in one error, and nothing of it in the output', () => {
  // GIVEN
  const chart = chartIn();
  // WHEN
  const error = errorOf(() => new SharedDataset(chart, 'imagenet', {
    tier: DISK, mountOptions: ['hard'], source: DatasetSource.s3('bucket'), loader: { retries: -1 },
  }));
  // THEN
  expect(error.message).toMatchInlineSnapshot(`
    "6 problems
    vision/imagenet (SharedDataset)
      error props/required
        size: expected a size: the API demands one of every claim, found none
        fix: set \`size\`, as Size.tebibytes(2)
      error chain/access-mode
        tier: expected a driver that gives many nodes one file system (ReadWriteMany): a dataset is read by pods on many nodes, found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod
        fix: use a driver that does: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi
        see: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
      error props/unused
        mountOptions: expected \`fileSystem\` beside it, found ["hard"]
        fix: leave \`mountOptions\` out, or set them on the tier
      error props/source-uri
        source.uri: expected \`s3://bucket/prefix\`, found "bucket"
        fix: start with s3:// and the bucket, without spaces
      error train/loader-identity
        loader: expected a \`serviceAccount\` or \`credentials\` that may read bucket, found neither
        fix: set one of them, or \`anonymous: true\` on the source if it is public
      error train/loader-retries
        loader.retries: expected a whole number from 0, found -1
        fix: set \`retries\`, or leave it out"
  `);
  expect(manifestsOf(chart)).toEqual([]);
});
