import { expect, test } from 'vitest';
import { JuiceFs } from '../../../lib/storage/drivers/clusters/juicefs';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { type Case, withoutSource, withoutSourceOf } from './sources';
import { classOf, errorsOf, saidOf, untyped, warningsOf } from './tier-of';

const SECRET = { name: 'key', inNamespace: 'storage' };

test('a directory of the file system can grow, for its Secret is there', () => {
  expect(classOf(JuiceFs.volumes({ secret: SECRET }))).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'csi.juicefs.com',
    parameters: {
      'csi.storage.k8s.io/provisioner-secret-name': 'key',
      'csi.storage.k8s.io/provisioner-secret-namespace': 'storage',
      'csi.storage.k8s.io/node-publish-secret-name': 'key',
      'csi.storage.k8s.io/node-publish-secret-namespace': 'storage',
      'csi.storage.k8s.io/controller-expand-secret-name': 'key',
      'csi.storage.k8s.io/controller-expand-secret-namespace': 'storage',
    },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
  });
});

test('every option is carried', () => {
  expect(classOf(JuiceFs.volumes({
    secret: SECRET, pathPattern: '${.PVC.namespace}-${.PVC.name}', mountServiceAccount: 'juicefs', mountCpuRequest: '500m', mountCpuLimit: '2',
    mountMemoryRequest: '1Gi', mountMemoryLimit: '5Gi',
  })).parameters).toMatchObject({
    'pathPattern': '${.PVC.namespace}-${.PVC.name}',
    'juicefs/mount-service-account': 'juicefs',
    'juicefs/mount-cpu-request': '500m',
    'juicefs/mount-cpu-limit': '2',
    'juicefs/mount-memory-request': '1Gi',
    'juicefs/mount-memory-limit': '5Gi',
  });
});

test('a file system that exists can be read by many', () => {
  const fileSystem = JuiceFs.existing({ name: 'imagenet', secret: SECRET, mountOptions: ['subdir=/imagenet'] });
  expect(fileSystem._source).toEqual({
    csi: { driver: 'csi.juicefs.com', volumeHandle: 'imagenet', fsType: 'juicefs', nodePublishSecretRef: { name: 'key', namespace: 'storage' } },
  });
  expect(fileSystem._mountOptions).toEqual(['subdir=/imagenet']);
  expect(fileSystem._driver.filesystemModes).toContain('ReadOnlyMany');
  expect(JuiceFs.volumes({ secret: SECRET })._driver.filesystemModes).not.toContain('ReadOnlyMany');
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
});

const REFUSED: Case[] = [
  ['no Secret', JuiceFs.volumes(untyped({})), {}, [
    'driver/secret | backend.secret: expected a Secret: the driver can do nothing without, found none | set `secret`',
    'driver/expansion-secret | allowExpansion: expected false, or the Secret that JuiceFS CSI driver grows volumes with: without it claims can ask for more and never get it, found no csi.storage.k8s.io/controller-expand-secret-name and -namespace in the parameters | add both to the parameters of the backend, or set `allowExpansion` to false',
  ]],
  ['half a Secret', JuiceFs.volumes({ secret: untyped({ name: 'juicefs' }) }), {}, [
    'driver/secret | backend.secret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `secret.inNamespace`',
    'driver/expansion-secret | allowExpansion: expected false, or the Secret that JuiceFS CSI driver grows volumes with: without it claims can ask for more and never get it, found no csi.storage.k8s.io/controller-expand-secret-name and -namespace in the parameters | add both to the parameters of the backend, or set `allowExpansion` to false',
  ]],
  ['odd quantities', JuiceFs.volumes({ secret: SECRET, mountCpuLimit: 'two', mountMemoryLimit: '1 GB' }), {}, [
    "driver/quantity | backend.mountCpuLimit: expected a quantity as Kubernetes writes them, found \"two\" | use a value such as '500m'",
    "driver/quantity | backend.mountMemoryLimit: expected a quantity as Kubernetes writes them, found \"1 GB\" | use a value such as '1Gi'",
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['a cache that is written back late', JuiceFs.volumes({ secret: SECRET }), { mountOptions: ['cache-size=1024,writeback'] }, [
    'driver/juicefs-writeback | mountOptions: expected no writeback: what is written is on one node only until it is uploaded, and is lost with it, found writeback | leave "writeback" out, or keep it to data that can be made again',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const EXISTING: [name: string, fileSystem: FileSystem, errors: string[], warnings: string[]][] = [
  ['no Secret', JuiceFs.existing(untyped({ name: 'imagenet' })), [
    'driver/secret | secret: expected a Secret: the driver can do nothing without, found none | set `secret`',
  ], []],
  ['no name', JuiceFs.existing({ name: '', secret: SECRET }), [
    'driver/juicefs-name | name: expected a name that no other volume of the driver has, found "" | use a value such as imagenet',
  ], []],
  ['half a Secret and a late cache', JuiceFs.existing({ name: 'imagenet', secret: untyped({ name: 'key' }), mountOptions: ['writeback'] }), [
    'driver/secret | secret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `secret.inNamespace`',
  ], [
    'driver/juicefs-writeback | mountOptions: expected no writeback: what is written is on one node only until it is uploaded, and is lost with it, found writeback | leave "writeback" out, or keep it to data that can be made again',
  ]],
];

test.each(EXISTING)('%s of what exists is told', (_, fileSystem, errors, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings });
  expect(withoutSourceOf(fileSystem)).toEqual([]);
});
