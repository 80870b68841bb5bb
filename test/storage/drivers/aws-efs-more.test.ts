import { expect, test } from 'vitest';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import { AwsEfsStorageClass } from '../../../lib/storage/drivers/aws/aws-efs-props';
import { AwsS3Files } from '../../../lib/storage/drivers/aws/aws-s3-files';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, saidOf, untyped, warningsOf } from './tier-of';

const ID = 'fs-0123456789abcdef0';

test('access points in another account name its role and a zone', () => {
  const backend = AwsEfs.accessPoints({
    fileSystemIdSecretRef: 'kube-system/efs/id',
    uid: 1_000,
    gid: 1_000,
    az: 'us-east-1a',
    roleSecret: { name: 'efs-role', inNamespace: 'kube-system' },
    reuseAccessPoint: true,
    enableTagging: false,
  });
  expect(classOf(backend).parameters).toEqual({
    'provisioningMode': 'efs-ap',
    'fileSystemIdSecretRef': 'kube-system/efs/id',
    'directoryPerms': '700',
    'uid': '1000',
    'gid': '1000',
    'enableTagging': 'false',
    'az': 'us-east-1a',
    'reuseAccessPoint': 'true',
    'csi.storage.k8s.io/provisioner-secret-name': 'efs-role',
    'csi.storage.k8s.io/provisioner-secret-namespace': 'kube-system',
  });
  expect(warningsOf(backend)).toEqual([]);
});

test('a One Zone file system can keep its pods near: claims then wait for them', () => {
  const near = AwsEfs.accessPoints({ fileSystemId: ID, enforceZoneAffinity: true });
  expect(classOf(near, { zones: ['us-east-1a'] })).toMatchObject({
    parameters: { enforceZoneAffinity: 'true' },
    volumeBindingMode: 'WaitForFirstConsumer',
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['us-east-1a'] }] }],
  });
  expect(classOf(AwsEfs.accessPoints({ fileSystemId: ID, enforceZoneAffinity: false })).volumeBindingMode).toBe('Immediate');
});

test('infrequent access is what the file system does, not what a class says', () => {
  const standard = AwsEfs.accessPoints({ fileSystemId: ID });
  const infrequent = AwsEfs.accessPoints({ fileSystemId: ID, storageClass: AwsEfsStorageClass.INFREQUENT_ACCESS });
  expect([standard.volumeType, infrequent.volumeType]).toEqual(['standard', 'infrequent-access']);
  expect(infrequent.parameters).toEqual(standard.parameters);
});

test('S3 Files has a mode and a handle of its own', () => {
  expect(classOf(AwsS3Files.accessPoints({ fileSystemId: ID, uid: 1_000, gid: 1_000 })).parameters).toEqual({
    provisioningMode: 's3files-ap', fileSystemId: ID, directoryPerms: '700', uid: '1000', gid: '1000',
  });
  expect(AwsS3Files.existing(ID, { path: '/imagenet' })._source).toEqual({ csi: { driver: 'efs.csi.aws.com', volumeHandle: `s3files:${ID}:/imagenet` } });
});

test('a mount target and another account are attributes of the volume', () => {
  expect(AwsEfs.existing(ID, { mountTargetIp: '10.0.1.23', crossAccount: true })._source).toEqual({
    csi: { driver: 'efs.csi.aws.com', volumeHandle: ID, volumeAttributes: { mounttargetip: '10.0.1.23', crossaccount: 'true' } },
  });
});

test.each<[string, StorageBackend, string[]]>([
  ['accessPoints: fileSystemId none', AwsEfs.accessPoints({}), ['driver/efs-id | backend.fileSystemId: expected exactly one of `fileSystemId`, `fileSystemIdConfigRef`, `fileSystemIdSecretRef`, found none | name the file system once']],
  ['accessPoints: fileSystemIdConfigRef fileSystemId and fileSystemIdConfigRef', AwsEfs.accessPoints({ fileSystemId: ID, fileSystemIdConfigRef: 'kube-system/efs/id' }), ['driver/efs-id | backend.fileSystemIdConfigRef: expected exactly one of `fileSystemId`, `fileSystemIdConfigRef`, `fileSystemIdSecretRef`, found fileSystemId and fileSystemIdConfigRef | name the file system once']],
  ['accessPoints: fileSystemIdConfigRef "efs/id"', AwsEfs.accessPoints({ fileSystemIdConfigRef: 'efs/id' }), ['driver/efs-id | backend.fileSystemIdConfigRef: expected namespace, name and key, with `/` between them, found "efs/id" | use a value such as kube-system/efs/id']],
  ['accessPoints: fileSystemIdSecretRef "efs"', AwsEfs.accessPoints({ fileSystemIdSecretRef: 'efs' }), ['driver/efs-id | backend.fileSystemIdSecretRef: expected namespace, name and key, with `/` between them, found "efs" | use a value such as kube-system/efs/id']],
  ['accessPoints: az "us-east-1"', AwsEfs.accessPoints({ fileSystemId: ID, az: 'us-east-1', roleSecret: { name: 'efs', inNamespace: 'kube-system' } }), ['driver/efs-zone | backend.az: expected the name of a zone, found "us-east-1" | use a value such as us-east-1a']],
  ['accessPoints: roleSecret.inNamespace none', AwsEfs.accessPoints({ fileSystemId: ID, roleSecret: untyped({ name: 'efs' }) }), ['driver/secret | backend.roleSecret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `roleSecret.inNamespace`']],
  ['accessPoints: reuseAccessPoint "yes"', AwsEfs.accessPoints({ fileSystemId: ID, reuseAccessPoint: 'yes' as any }), ['driver/value | backend.reuseAccessPoint: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `reuseAccessPoint` to true or false']],
  ['accessPoints: storageClass "ia"', AwsEfs.accessPoints({ fileSystemId: ID, storageClass: 'ia' as any }), ['driver/value | backend.storageClass: expected one of standard, infrequent-access, found "ia" | use "standard", or leave `storageClass` out']],
  ['accessPoints: fileSystemId none', AwsS3Files.accessPoints({}), ['driver/efs-id | backend.fileSystemId: expected exactly one of `fileSystemId`, `fileSystemIdConfigRef`, `fileSystemIdSecretRef`, found none | name the file system once']],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});

test.each<[string, StorageBackend, string[]]>([
  ['accessPoints: az none', AwsEfs.accessPoints({ fileSystemId: ID, az: 'us-east-1a' }), ['driver/efs-zone | backend.az: expected `roleSecret` beside it: the driver looks at the zone for file systems of other accounts only, found none | leave `az` out, or name the Secret with the role of the other account']],
])('%s is warned of', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual([]);
  expect(warningsOf(backend)).toEqual(lines);
});

test.each<[string, FileSystem, string[]]>([
  ['mountTargetIp "efs.local"', AwsEfs.existing(ID, { mountTargetIp: 'efs.local' }), ['driver/efs-mount | mountTargetIp: expected an IPv4 address, found "efs.local" | use a value such as 10.0.1.23']],
  ['crossAccount "yes"', AwsEfs.existing(ID, untyped({ crossAccount: 'yes' })), ['driver/value | crossAccount: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `crossAccount` to true or false']],
])('what exists, with %s, is refused', (_, fileSystem, errors) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings: [] });
});
