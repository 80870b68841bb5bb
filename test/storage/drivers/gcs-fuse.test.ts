import { Duration, Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { GcsFuse, inlineBucket, podAnnotationsOf } from '../../../lib/storage/drivers/google/gcs-fuse';
import { GcsFuseLogging, type GcsFuseProps } from '../../../lib/storage/drivers/google/gcs-fuse-props';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { saidOf, untyped } from './tier-of';

const EVERYTHING: GcsFuseProps = {
  onlyDir: 'imagenet/train',
  implicitDirs: false,
  readOnly: true,
  uid: 0,
  gid: 100,
  fileMode: '664',
  dirMode: '775',
  mountOptions: ['file-cache:enable-parallel-downloads:true'],
  fileCacheCapacity: Size.gibibytes(100),
  fileCacheForRangeRead: true,
  metadataStatCacheCapacity: Size.mebibytes(512),
  metadataTypeCacheCapacity: Size.mebibytes(64),
  metadataCacheTtl: Duration.hours(1),
  metadataPrefetch: true,
  logging: GcsFuseLogging.WARNING,
  skipBucketAccessCheck: true,
  hostNetworkPodKsa: false,
  identityProvider: 'https://gkehub.googleapis.com/projects/acme/locations/global/memberships/ml',
  identityPool: 'acme.svc.id.goog',
  disableMetrics: true,
  multiNicIndex: 1,
  cloudProfiler: false,
  sharedMount: true,
  sidecar: {
    cpuRequest: '500m', cpuLimit: '4', memoryRequest: '1Gi', memoryLimit: '8Gi', ephemeralStorageRequest: '100Gi', ephemeralStorageLimit: '200Gi',
  },
};
const ATTRIBUTES = {
  fileCacheCapacity: '100Gi',
  fileCacheForRangeRead: 'true',
  metadataStatCacheCapacity: '512Mi',
  metadataTypeCacheCapacity: '64Mi',
  metadataCacheTTLSeconds: '3600',
  gcsfuseMetadataPrefetchOnMount: 'true',
  gcsfuseLoggingSeverity: 'warning',
  skipCSIBucketAccessCheck: 'true',
  hostNetworkPodKSA: 'false',
  identityProvider: 'https://gkehub.googleapis.com/projects/acme/locations/global/memberships/ml',
  identityPool: 'acme.svc.id.goog',
  disableMetrics: 'true',
  multiNICIndex: '1',
  enableCloudProfilerForSidecar: 'false',
  sharedMount: 'true',
};
const OPTIONS = ['only-dir=imagenet/train', 'uid=0', 'gid=100', 'file-mode=664', 'dir-mode=775', 'file-cache:enable-parallel-downloads:true'];

test('a bucket belongs to the user that pods of the library run as, and its pods get the sidecar', () => {
  const fileSystem = GcsFuse.bucket('acme-datasets');
  expect(fileSystem._source).toEqual({ csi: { driver: 'gcsfuse.csi.storage.gke.io', volumeHandle: 'acme-datasets' } });
  expect(fileSystem._mountOptions).toEqual(['implicit-dirs', 'uid=1000', 'gid=1000']);
  expect(fileSystem._podAnnotations).toEqual({ 'gke-gcsfuse/volumes': 'true' });
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
});

test('every option is carried', () => {
  const fileSystem = GcsFuse.bucket('acme-datasets', EVERYTHING);
  expect(fileSystem._source).toEqual({
    csi: { driver: 'gcsfuse.csi.storage.gke.io', volumeHandle: 'acme-datasets:imagenet/train', readOnly: true, volumeAttributes: ATTRIBUTES },
  });
  expect(fileSystem._mountOptions).toEqual(OPTIONS);
  expect(fileSystem._podAnnotations).toEqual({
    'gke-gcsfuse/volumes': 'true',
    'gke-gcsfuse/cpu-request': '500m',
    'gke-gcsfuse/cpu-limit': '4',
    'gke-gcsfuse/memory-request': '1Gi',
    'gke-gcsfuse/memory-limit': '8Gi',
    'gke-gcsfuse/ephemeral-storage-request': '100Gi',
    'gke-gcsfuse/ephemeral-storage-limit': '200Gi',
  });
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
});

test('a pod can have a bucket without a claim', () => {
  expect(inlineBucket('acme-datasets')).toEqual({
    csi: { driver: 'gcsfuse.csi.storage.gke.io', volumeAttributes: { bucketName: 'acme-datasets', mountOptions: 'implicit-dirs,uid=1000,gid=1000' } },
  });
  expect(inlineBucket('acme-datasets', EVERYTHING)).toEqual({
    csi: {
      driver: 'gcsfuse.csi.storage.gke.io',
      readOnly: true,
      volumeAttributes: { bucketName: 'acme-datasets', mountOptions: OPTIONS.join(','), ...ATTRIBUTES },
    },
  });
  expect(podAnnotationsOf()).toEqual({ 'gke-gcsfuse/volumes': 'true' });
});

test('all buckets can be mounted at once', () => {
  expect(saidOf(GcsFuse.bucket('_'))).toEqual({ errors: [], warnings: [] });
});

test.each(['0', '101Gi', '200G'])('a cache of 100 GiB has room on %s of disk', ephemeralStorageLimit => {
  expect(saidOf(GcsFuse.bucket('acme-datasets', { fileCacheCapacity: Size.gibibytes(100), sidecar: { ephemeralStorageLimit } })).warnings).toEqual([]);
});

test.each<[string, FileSystem, string[]]>([
  ['bucket "gs://acme"', GcsFuse.bucket('gs://acme'), ['driver/gcs-bucket | bucket: expected the name of a bucket, 3 characters or more, lower case letters, digits, `.`, `-` and `_`, or `_` for all buckets, found "gs://acme" | use a value such as acme-datasets']],
  ['onlyDir "/imagenet"', GcsFuse.bucket('acme-datasets', { onlyDir: '/imagenet' }), ['driver/gcs-dir | onlyDir: expected a directory of the bucket: no `/` before it, no `,` in it, found "/imagenet" | use a value such as imagenet/train']],
  ['uid 1.5', GcsFuse.bucket('acme-datasets', { uid: 1.5 }), ['driver/number | uid: expected a whole number, 0 or more, found 1.5 | set `uid` to 0, or leave it out']],
  ['fileMode "0888"', GcsFuse.bucket('acme-datasets', { fileMode: '0888' }), ['driver/gcs-mode | fileMode: expected permissions as a text of 3 or 4 octal digits, found "0888" | use a value such as \'775\'']],
  ['logging "verbose"', GcsFuse.bucket('acme-datasets', { logging: 'verbose' as any }), ['driver/value | logging: expected one of trace, debug, info, warning, error, off, found "verbose" | use "trace", or leave `logging` out']],
  ['sidecar.memoryLimit "2GB"', GcsFuse.bucket('acme-datasets', { sidecar: { memoryLimit: '2GB' } }), ['driver/gcs-sidecar | sidecar.memoryLimit: expected a quantity, or 0 for no limit, found "2GB" | use a value such as 2Gi']],
  ['fileCacheForRangeRead none', GcsFuse.bucket('acme-datasets', { fileCacheForRangeRead: true }), ['driver/gcs-cache | fileCacheForRangeRead: expected `fileCacheCapacity` beside it, found none | set `fileCacheCapacity`, or leave `fileCacheForRangeRead` out']],
  ['multiNicIndex -1', GcsFuse.bucket('acme-datasets', { multiNicIndex: -1 }), ['driver/number | multiNicIndex: expected a whole number, 0 or more, found -1 | set `multiNicIndex` to 0, or leave it out']],
  ['implicitDirs "yes"', GcsFuse.bucket('acme-datasets', untyped({ implicitDirs: 'yes' })), ['driver/value | implicitDirs: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `implicitDirs` to true or false']],
])('what exists, with %s, is refused', (_, fileSystem, errors) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings: [] });
});

test.each<[string, FileSystem, string[]]>([
  ['fileCacheCapacity 5Gi', GcsFuse.bucket('acme-datasets', { fileCacheCapacity: Size.gibibytes(5) }), ['driver/gcs-cache | fileCacheCapacity: expected less than the disk of the sidecar, 5Gi: one that takes more is evicted, unless the pod has a cache volume of its own, found 5Gi | raise `ephemeralStorageLimit` of `sidecar`, or lower `fileCacheCapacity`']],
  ['fileCacheCapacity 100Gi', GcsFuse.bucket('acme-datasets', { fileCacheCapacity: Size.gibibytes(100), sidecar: { ephemeralStorageLimit: '100Gi' } }), ['driver/gcs-cache | fileCacheCapacity: expected less than the disk of the sidecar, 100Gi: one that takes more is evicted, unless the pod has a cache volume of its own, found 100Gi | raise `ephemeralStorageLimit` of `sidecar`, or lower `fileCacheCapacity`']],
])('what exists, with %s, is warned of', (_, fileSystem, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings });
});
