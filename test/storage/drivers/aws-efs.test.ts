import { describe, expect, test } from 'vitest';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import type { AwsEfsAccessPointsProps, AwsEfsExistingProps } from '../../../lib/storage/drivers/aws/aws-efs-props';
import { classOf, errorsOf, saidOf, untyped, warningsOf } from './tier-of';

const ID = 'fs-0123456789abcdef0';
const ACCESS_POINT = 'fsap-0123456789abcdef0';

describe('access points', () => {
  test('are made at once, for the owner alone, with a range of groups that is written out', () => {
    expect(classOf(AwsEfs.accessPoints({ fileSystemId: ID }))).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'tier' },
      provisioner: 'efs.csi.aws.com',
      parameters: {
        provisioningMode: 'efs-ap', fileSystemId: ID, directoryPerms: '700', gidRangeStart: '50000', gidRangeEnd: '60000',
      },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: false,
    });
  });

  test('carry every option as a string', () => {
    const backend = AwsEfs.accessPoints({
      fileSystemId: ID,
      directoryPerms: '0750',
      gidRangeStart: 1_000,
      gidRangeEnd: 2_000,
      basePath: '/ml',
      subPathPattern: '${.PVC.namespace}/${.PVC.name}',
      ensureUniqueDirectory: true,
    });
    expect(classOf(backend).parameters).toEqual({
      provisioningMode: 'efs-ap',
      fileSystemId: ID,
      directoryPerms: '0750',
      gidRangeStart: '1000',
      gidRangeEnd: '2000',
      basePath: '/ml',
      subPathPattern: '${.PVC.namespace}/${.PVC.name}',
      ensureUniqueDirectory: 'true',
    });
    expect(warningsOf(backend)).toEqual([]);
  });

  test('have no range of groups where the ids are given', () => {
    const parameters = classOf(AwsEfs.accessPoints({ fileSystemId: ID, uid: 0, gid: 1_000 })).parameters;
    expect(parameters).toEqual({ provisioningMode: 'efs-ap', fileSystemId: ID, directoryPerms: '700', uid: '0', gid: '1000' });
  });

  test('keep the range of groups where one id is left to the driver', () => {
    expect(classOf(AwsEfs.accessPoints({ fileSystemId: ID, uid: 1_000 })).parameters).toMatchObject({ uid: '1000', gidRangeStart: '50000' });
  });

  test.each<[Partial<AwsEfsAccessPointsProps>, string]>([
    [{ fileSystemId: 'imagenet' }, 'driver/efs-id | backend.fileSystemId: expected the id of a file system: `fs-` and 8 to 40 hexadecimal digits, found "imagenet" | use a value such as fs-0123456789abcdef0'],
    [{ fileSystemId: '' }, 'driver/efs-id | backend.fileSystemId: expected the id of a file system: `fs-` and 8 to 40 hexadecimal digits, found "" | use a value such as fs-0123456789abcdef0'],
    [{ directoryPerms: 'rwx' }, "driver/efs-perms | backend.directoryPerms: expected permissions as a text of 3 or 4 octal digits, found \"rwx\" | use a value such as '700'"],
    [untyped({ directoryPerms: 448 }), "driver/efs-perms | backend.directoryPerms: expected permissions as a text of 3 or 4 octal digits, found 448 | use a value such as '700'"],
    [{ gidRangeStart: 1_000 }, 'driver/efs-identity | backend.gidRangeEnd: expected a group id: the driver refuses gidRangeStart alone, found none | set `gidRangeEnd` too, or leave both out'],
    [{ gidRangeEnd: 1_000 }, 'driver/efs-identity | backend.gidRangeStart: expected a group id: the driver refuses gidRangeEnd alone, found none | set `gidRangeStart` too, or leave both out'],
    [{ gidRangeStart: 0, gidRangeEnd: 9 }, 'driver/efs-identity | backend.gidRangeStart: expected a whole number, 1 or more, found 0 | use 50000'],
    [{ gidRangeStart: 9, gidRangeEnd: 9 }, 'driver/efs-identity | backend.gidRangeEnd: expected a whole number above gidRangeStart, 9, found 9 | use 10009: each access point takes one group id'],
    [{ uid: -1 }, 'driver/efs-identity | backend.uid: expected a whole number, 0 or more, found -1 | set `uid` to the id that the files shall belong to, or leave it out'],
    [{ gid: 1.5 }, 'driver/efs-identity | backend.gid: expected a whole number, 0 or more, found 1.5 | set `gid` to the id that the files shall belong to, or leave it out'],
    [{ subPathPattern: '${.PVC.label}' }, 'driver/efs-path | backend.subPathPattern: expected only the variables ${.PVC.name}, ${.PVC.namespace}, ${.PV.name}, found ${.PVC.label} | use one of them, or fixed text'],
    [{ basePath: '/a/b/c/d/e' }, 'driver/efs-path | backend.basePath: expected a directory with at most 5 slashes, found 6 slashes | use fewer levels in `basePath` and `subPathPattern`'],
    [{ basePath: '/a/b', subPathPattern: '/${.PVC.namespace}/c/d/${.PVC.name}' }, 'driver/efs-path | backend.subPathPattern: expected a directory with at most 5 slashes, found 6 slashes | use fewer levels in `basePath` and `subPathPattern`'],
    [{ basePath: `/${'b'.repeat(59)}` }, 'driver/efs-path | backend.basePath: expected a directory of at most 100 characters, with the shortest names that the variables can stand for, found 101 characters | use a shorter `basePath` or `subPathPattern`'],
    [{ subPathPattern: `/${'p'.repeat(63)}` }, 'driver/efs-path | backend.subPathPattern: expected a directory of at most 100 characters, with the shortest names that the variables can stand for, found 101 characters | use a shorter `basePath` or `subPathPattern`'],
    [untyped({ ensureUniqueDirectory: 'no' }), 'driver/value | backend.ensureUniqueDirectory: expected true or false, not a text: drivers take other spellings for false, found "no" | set `ensureUniqueDirectory` to true or false'],
  ])('refuse %j', (props, line) => {
    expect(errorsOf(AwsEfs.accessPoints({ fileSystemId: ID, ...props }))).toEqual([line]);
  });

  test('accept the longest and the deepest path', () => {
    expect(errorsOf(AwsEfs.accessPoints({ fileSystemId: ID, basePath: `/${'b'.repeat(58)}` }))).toEqual([]);
    expect(errorsOf(AwsEfs.accessPoints({ fileSystemId: ID, basePath: '/a/b/c/d' }))).toEqual([]);
  });

  test('warn of directories that claims may share', () => {
    expect(warningsOf(AwsEfs.accessPoints({ fileSystemId: ID, subPathPattern: 'shared', ensureUniqueDirectory: false }))).toEqual([
      'driver/efs-shared-directory | backend.ensureUniqueDirectory: expected true: without it claims whose pattern comes out the same share one directory, found false | leave `ensureUniqueDirectory` out, or make `subPathPattern` differ for every claim',
    ]);
  });

  test('warn of a range of groups that nobody picks from', () => {
    expect(warningsOf(AwsEfs.accessPoints({ fileSystemId: ID, uid: 1, gid: 1, gidRangeStart: 1, gidRangeEnd: 2 }))).toEqual([
      'driver/efs-identity | backend.gidRangeStart: expected no range: the driver picks no group where uid and gid are given, found 1 to 2 | leave `gidRangeStart` and `gidRangeEnd` out, or `uid` and `gid`',
    ]);
  });

  test('cannot grow, and are in every zone', () => {
    expect(errorsOf(AwsEfs.accessPoints({ fileSystemId: ID }), { allowExpansion: true, zones: ['eu-west-1a'] })).toEqual([
      'driver/expansion-unsupported | allowExpansion: expected false: Amazon EFS CSI driver cannot grow a volume, found true | leave `allowExpansion` out',
      'driver/topology-key | zones: expected no zones: volumes of efs.csi.aws.com are reached from everywhere, found ["eu-west-1a"] | leave `zones` out',
    ]);
  });
});

describe('an existing file system', () => {
  test.each<[AwsEfsExistingProps | undefined, string]>([
    [undefined, ID],
    [{ path: '/data' }, `${ID}:/data`],
    [{ accessPointId: ACCESS_POINT }, `${ID}::${ACCESS_POINT}`],
    [{ path: '/data', accessPointId: ACCESS_POINT }, `${ID}:/data:${ACCESS_POINT}`],
  ])('with %j has the handle %s', (props, volumeHandle) => {
    const fileSystem = AwsEfs.existing(ID, props);
    expect(fileSystem._source).toEqual({ csi: { driver: 'efs.csi.aws.com', volumeHandle } });
    expect(fileSystem.description).toBe(volumeHandle);
    expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
  });

  test('goes without TLS only when told to', () => {
    expect(AwsEfs.existing(ID, { encryptInTransit: false })._source).toEqual({
      csi: { driver: 'efs.csi.aws.com', volumeHandle: ID, volumeAttributes: { encryptInTransit: 'false' } },
    });
    expect(AwsEfs.existing(ID, { encryptInTransit: true })._source).toEqual({ csi: { driver: 'efs.csi.aws.com', volumeHandle: ID } });
  });

  test('has the mount options that are given, and none else', () => {
    expect(AwsEfs.existing(ID)._mountOptions).toEqual([]);
    expect(AwsEfs.existing(ID, { mountOptions: ['iam'] })._mountOptions).toEqual(['iam']);
  });

  test.each<[string, AwsEfsExistingProps, string]>([
    ['efs-1', {}, 'driver/efs-id | fileSystemId: expected the id of a file system: `fs-` and 8 to 40 hexadecimal digits, found "efs-1" | use a value such as fs-0123456789abcdef0'],
    [ID, { accessPointId: ID }, `driver/efs-id | accessPointId: expected the id of an access point: \`fsap-\` and 8 to 40 hexadecimal digits, found "${ID}" | use a value such as fsap-0123456789abcdef0`],
    [ID, { path: 'data' }, 'driver/efs-path | path: expected an absolute path without `:`, which divides the volume handle, found "data" | use a value such as /datasets/imagenet'],
    [ID, { path: '/a:b' }, 'driver/efs-path | path: expected an absolute path without `:`, which divides the volume handle, found "/a:b" | use a value such as /datasets/imagenet'],
    [ID, { accessPointId: ACCESS_POINT, encryptInTransit: false }, 'driver/efs-mount | encryptInTransit: expected true: the driver mounts every access point with TLS, found false with an access point | leave `encryptInTransit` out'],
    [ID, { encryptInTransit: false, mountOptions: ['iam,tls'] }, 'driver/efs-mount | mountOptions: expected no tls where encryptInTransit is false: the driver refuses the pair, found tls | leave `encryptInTransit` out'],
    [ID, { mountOptions: [`accesspoint=${ACCESS_POINT}`] }, `driver/efs-mount | mountOptions: expected no access point: it belongs to the volume handle, found accesspoint=${ACCESS_POINT} | set \`accessPointId\``],
  ])('%s with %j is refused', (id, props, line) => {
    expect(saidOf(AwsEfs.existing(id, props))).toEqual({ errors: [line], warnings: [] });
  });

  test('warns of soft mounts', () => {
    expect(saidOf(AwsEfs.existing(ID, { mountOptions: ['soft'] })).warnings).toEqual([
      'driver/nfs-soft | mountOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found soft | replace "soft" with "hard"',
    ]);
  });
});
