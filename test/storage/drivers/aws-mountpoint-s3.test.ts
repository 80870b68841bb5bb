import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { MountpointS3 } from '../../../lib/storage/drivers/aws/aws-mountpoint-s3';
import { MountpointS3Cache, MountpointS3MetadataTtl, type MountpointS3Props } from '../../../lib/storage/drivers/aws/aws-mountpoint-s3-props';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { saidOf, untyped } from './tier-of';

function csiOf(fileSystem: FileSystem): any {
  return fileSystem._source.csi;
}

test('a bucket is open to the users that pods of the library run as', () => {
  const fileSystem = MountpointS3.bucket('acme-datasets');
  expect(fileSystem._mountOptions).toEqual(['allow-other', 'uid=1000', 'gid=1000']);
  expect(fileSystem.description).toBe('s3://acme-datasets/');
  expect(csiOf(fileSystem)).toEqual({
    driver: 's3.csi.aws.com', volumeHandle: expect.stringMatching(/^s3-acme-datasets-[0-9a-f]{8}$/), volumeAttributes: { bucketName: 'acme-datasets' },
  });
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
});

test('every option is carried', () => {
  const fileSystem = MountpointS3.bucket('acme-datasets', {
    region: 'us-east-1',
    prefix: 'imagenet/train',
    allowDelete: true,
    allowOverwrite: true,
    allowOther: false,
    incrementalUpload: true,
    uid: 0,
    gid: 100,
    metadataTtl: MountpointS3MetadataTtl.indefinite(),
    cache: MountpointS3Cache.emptyDir({ sizeLimit: Size.gibibytes(2), memory: true }),
    maxCacheSize: Size.gibibytes(1),
    podIdentity: true,
    stsRegion: 'us-east-1',
    resources: { cpuRequest: '500m', memoryRequest: '1Gi', cpuLimit: '2', memoryLimit: '2Gi' },
    httpsProxy: 'proxy.example.com:3128',
    noProxy: '169.254.169.254',
    volumeHandle: 'imagenet',
    mountOptions: ['max-threads 64'],
  });
  expect(fileSystem._mountOptions).toEqual([
    'region us-east-1', 'prefix imagenet/train/', 'allow-delete', 'allow-overwrite', 'incremental-upload', 'uid=0', 'gid=100',
    'metadata-ttl indefinite', 'max-cache-size 1024', 'max-threads 64',
  ]);
  expect(csiOf(fileSystem)).toEqual({
    driver: 's3.csi.aws.com',
    volumeHandle: 'imagenet',
    volumeAttributes: {
      'bucketName': 'acme-datasets',
      'authenticationSource': 'pod',
      'stsRegion': 'us-east-1',
      'cache': 'emptyDir',
      'cacheEmptyDirSizeLimit': '2Gi',
      'cacheEmptyDirMedium': 'Memory',
      'mountpointContainerResourcesRequestsCpu': '500m',
      'mountpointContainerResourcesRequestsMemory': '1Gi',
      'mountpointContainerResourcesLimitsCpu': '2',
      'mountpointContainerResourcesLimitsMemory': '2Gi',
      'mountpointEnv.HTTPS_PROXY': 'proxy.example.com:3128',
      'mountpointEnv.NO_PROXY': '169.254.169.254',
    },
  });
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
});

test('a cache can have a volume of its own', () => {
  const cache = MountpointS3Cache.volume({ className: 'fast', size: Size.gibibytes(100) });
  expect(csiOf(MountpointS3.bucket('acme-datasets', { cache })).volumeAttributes).toEqual({
    bucketName: 'acme-datasets', cache: 'ephemeral', cacheEphemeralStorageClassName: 'fast', cacheEphemeralStorageResourceRequest: '100Gi',
  });
});

test('a prefix has one slash at its end', () => {
  expect(MountpointS3.bucket('acme-datasets', { prefix: 'imagenet' })._mountOptions).toContain('prefix imagenet/');
  expect(MountpointS3.bucket('acme-datasets', { prefix: 'imagenet/' })._mountOptions).toContain('prefix imagenet/');
});

test('what is mounted in another way has another handle, and always the same', () => {
  const ways: MountpointS3Props[] = [{}, { prefix: 'a' }, { prefix: 'b' }, { readOnly: true }, { podIdentity: true }, { uid: 0 }];
  const handles = ways.map(props => csiOf(MountpointS3.bucket('acme-datasets', props)).volumeHandle);
  expect(new Set(handles).size).toBe(ways.length);
  expect(ways.map(props => csiOf(MountpointS3.bucket('acme-datasets', props)).volumeHandle)).toEqual(handles);
  expect(csiOf(MountpointS3.bucket('arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-1/bucket/acme')).volumeHandle).toMatch(/^s3-acme-[0-9a-f]{8}$/);
});

test.each<MountpointS3Props>([
  { mountOptions: ['prefix imagenet/'] }, { mountOptions: ['read-part-size 8388608', '--max-threads=64'] }, { metadataTtl: MountpointS3MetadataTtl.seconds(60) },
  { metadataTtl: MountpointS3MetadataTtl.minimal() }, { readOnly: true },
])('%j is accepted', props => {
  expect(saidOf(MountpointS3.bucket('acme-datasets', props))).toEqual({ errors: [], warnings: [] });
});

test.each<[string, FileSystem, string[]]>([
  ['bucket "Acme"', MountpointS3.bucket('Acme'), ['driver/s3-bucket | bucket: expected the name of a bucket, 3 to 63 lower case letters, digits, `.` and `-`, or the ARN of one, found "Acme" | use a value such as acme-datasets']],
  ['bucket "s3://acme-datasets"', MountpointS3.bucket('s3://acme-datasets'), ['driver/s3-bucket | bucket: expected the name of a bucket, 3 to 63 lower case letters, digits, `.` and `-`, or the ARN of one, found "s3://acme-datasets" | use a value such as acme-datasets']],
  ['region "Virginia"', MountpointS3.bucket('acme-datasets', { region: 'Virginia' }), ['driver/s3-region | region: expected the name of a region, found "Virginia" | use a value such as us-east-1']],
  ['prefix "/imagenet"', MountpointS3.bucket('acme-datasets', { prefix: '/imagenet' }), ['driver/s3-prefix | prefix: expected what keys start with: no `/` before it, no space in it, found "/imagenet" | use a value such as imagenet/train/']],
  ['uid -1', MountpointS3.bucket('acme-datasets', { uid: -1 }), ['driver/number | uid: expected a whole number, 0 or more, found -1 | set `uid` to 0, or leave it out']],
  ['allowDelete true', MountpointS3.bucket('acme-datasets', { readOnly: true, allowDelete: true }), ['driver/s3-mount | allowDelete: expected false where `readOnly` is true, found true | leave `allowDelete` out, or `readOnly`']],
  ['allowOverwrite true', MountpointS3.bucket('acme-datasets', { readOnly: true, allowOverwrite: true }), ['driver/s3-mount | allowOverwrite: expected false where `readOnly` is true, found true | leave `allowOverwrite` out, or `readOnly`']],
  ['stsRegion none', MountpointS3.bucket('acme-datasets', { stsRegion: 'us-east-1' }), ['driver/s3-mount | stsRegion: expected `podIdentity` beside it, found none | set `podIdentity` to true, or leave `stsRegion` out']],
  ['metadataTtl 0', MountpointS3.bucket('acme-datasets', { metadataTtl: MountpointS3MetadataTtl.seconds(0) }), ['driver/number | metadataTtl: expected a whole number of seconds, 1 or more, found 0 | set `metadataTtl` to 1, or leave it out']],
  ['maxCacheSize 1Gi', MountpointS3.bucket('acme-datasets', { maxCacheSize: Size.gibibytes(1) }), ['driver/s3-cache | maxCacheSize: expected a `cache` beside it, found 1Gi | set `cache`, as MountpointS3Cache.emptyDir()']],
  ['maxCacheSize 3Gi', MountpointS3.bucket('acme-datasets', { cache: MountpointS3Cache.emptyDir({ sizeLimit: Size.gibibytes(2) }), maxCacheSize: Size.gibibytes(3) }), ['driver/s3-cache | maxCacheSize: expected at most 2Gi, the size of the cache, found 3Gi | lower it, or leave it out']],
  ['maxCacheSize 1500Ki', MountpointS3.bucket('acme-datasets', { cache: MountpointS3Cache.emptyDir(), maxCacheSize: Size.kibibytes(1500) }), ['driver/s3-cache | maxCacheSize: expected whole MiB, found 1500Ki | use Size.mebibytes()']],
  ['resources.memoryLimit "2GB"', MountpointS3.bucket('acme-datasets', { resources: { memoryLimit: '2GB' } }), ['driver/s3-resources | resources.memoryLimit: expected a quantity, found "2GB" | use a value such as 2Gi']],
  ['mountOptions[0] "-o allow_other"', MountpointS3.bucket('acme-datasets', { mountOptions: ['-o allow_other'] }), ['driver/s3-option | mountOptions[0]: expected no options of `mount -o`: Mountpoint refuses them, found "-o allow_other" | write each as an option of Mountpoint, as `allow-other`']],
  ['mountOptions[0] "ca-bundle /etc/ca.pem"', MountpointS3.bucket('acme-datasets', { mountOptions: ['ca-bundle /etc/ca.pem'] }), ['driver/s3-option | mountOptions[0]: expected no ca-bundle: the driver refuses it, found "ca-bundle /etc/ca.pem" | leave it out']],
  ['mountOptions[0] "prefix imagenet"', MountpointS3.bucket('acme-datasets', { mountOptions: ['prefix imagenet'] }), ['driver/s3-prefix | mountOptions[0]: expected a prefix that ends with `/`, found "prefix imagenet" | set `prefix` to "imagenet", which puts it there']],
  ['mountOptions[0] "--prefix=imagenet"', MountpointS3.bucket('acme-datasets', { mountOptions: ['--prefix=imagenet'] }), ['driver/s3-prefix | mountOptions[0]: expected a prefix that ends with `/`, found "--prefix=imagenet" | set `prefix` to "imagenet", which puts it there']],
  ['mountOptions[0] "cache /tmp/cache"', MountpointS3.bucket('acme-datasets', { mountOptions: ['cache /tmp/cache'] }), ['driver/s3-option | mountOptions[0]: expected no path of a cache: release 2 of the driver has no use for one, found "cache /tmp/cache" | set `cache`, as MountpointS3Cache.emptyDir()']],
  ['allowDelete "yes"', MountpointS3.bucket('acme-datasets', untyped({ allowDelete: 'yes' })), ['driver/value | allowDelete: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `allowDelete` to true or false']],
])('what exists, with %s, is refused', (_, fileSystem, errors) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings: [] });
});
