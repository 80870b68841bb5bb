import { describe, expect, test } from 'vitest';
import { Nfs, NfsCsi, NfsOnDelete, type NfsShareProps } from '../../../lib/storage/drivers/clusters/nfs';
import { classOf, errorsOf, saidOf, untyped, warningsOf } from './tier-of';

const SHARE = { server: 'nfs.example.com', share: '/export/ml' };
const SOFT = 'expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint';

describe('a share with directories for claims', () => {
  test('is mounted hard with NFS 4.1, at once, and can grow', () => {
    expect(classOf(NfsCsi.share(SHARE))).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'tier' },
      provisioner: 'nfs.csi.k8s.io',
      parameters: SHARE,
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: true,
      mountOptions: ['nfsvers=4.1', 'hard'],
    });
  });

  test('carries every option', () => {
    const props = { ...SHARE, subDir: '${pvc.metadata.namespace}/${pvc.metadata.name}', onDelete: NfsOnDelete.ARCHIVE, mountPermissions: '0770' };
    expect(classOf(NfsCsi.share(props)).parameters).toEqual({ ...props, onDelete: 'archive' });
  });

  test.each<[Partial<NfsShareProps>, string]>([
    [{ server: '' }, 'driver/nfs-server | backend.server: expected the name or address of the server alone, without a path, found "" | use a value such as nfs.example.com'],
    [{ server: 'nfs.example.com:/export' }, 'driver/nfs-server | backend.server: expected the name or address of the server alone, without a path, found "nfs.example.com:/export" | use a value such as nfs.example.com'],
    [{ share: 'export' }, 'driver/nfs-path | backend.share: expected an absolute path, found "export" | use a value such as /export/ml'],
    [{ subDir: 'shared' }, 'driver/nfs-fixed-subdir | backend.subDir: expected a directory that differs for every claim, or NfsOnDelete.RETAIN: else the first claim that goes takes the data of all others with it, found "shared" | put `${pvc.metadata.name}` into `subDir`, or set `onDelete` to NfsOnDelete.RETAIN'],
    [{ subDir: '${pvc.metadata.namespace}', onDelete: NfsOnDelete.ARCHIVE }, 'driver/nfs-fixed-subdir | backend.subDir: expected a directory that differs for every claim, or NfsOnDelete.RETAIN: else the first claim that goes takes the data of all others with it, found "${pvc.metadata.namespace}" | put `${pvc.metadata.name}` into `subDir`, or set `onDelete` to NfsOnDelete.RETAIN'],
    [untyped({ onDelete: 'Retain' }), 'driver/value | backend.onDelete: expected one of delete, retain, archive, found "Retain" | use "retain", or leave `onDelete` out'],
    [{ mountPermissions: 'rwx' }, "driver/nfs-permissions | backend.mountPermissions: expected permissions as a text of up to 4 octal digits, found \"rwx\" | use a value such as '0770'"],
  ])('refuses %j', (props, line) => {
    expect(errorsOf(NfsCsi.share({ ...SHARE, ...props }))).toEqual([line]);
  });

  test('takes one directory for all claims when it is kept', () => {
    expect(errorsOf(NfsCsi.share({ ...SHARE, subDir: 'shared', onDelete: NfsOnDelete.RETAIN }))).toEqual([]);
  });

  test.each([[['soft']], [['nfsvers=4.1', 'softerr']], [['rw,SOFT']]])('of a tier with the mount options %j warns', mountOptions => {
    const found = mountOptions.join().toLowerCase().includes('softerr') ? 'softerr' : 'soft';
    expect(warningsOf(NfsCsi.share(SHARE), { mountOptions })).toEqual([
      `driver/nfs-soft | mountOptions: ${SOFT}, found ${found} | replace "${found}" with "hard"`,
    ]);
  });

  test('knows the names of Services, for the pods of the driver do', () => {
    expect(warningsOf(NfsCsi.share({ ...SHARE, server: 'nfs.storage.svc.cluster.local' }))).toEqual([]);
  });
});

describe('an existing export', () => {
  test('is mounted by the nodes themselves, hard with NFS 4.1', () => {
    const fileSystem = Nfs.existing('10.0.0.5', '/export/imagenet');
    expect(fileSystem._source).toEqual({ nfs: { server: '10.0.0.5', path: '/export/imagenet' } });
    expect(fileSystem._mountOptions).toEqual(['nfsvers=4.1', 'hard']);
    expect(fileSystem.description).toBe('10.0.0.5:/export/imagenet');
    expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
  });

  test('is for any number of nodes, but knows no claims of one pod', () => {
    expect(Nfs.existing('10.0.0.5', '/')._driver.filesystemModes).toEqual(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany']);
  });

  test('has the mount options that are given', () => {
    expect(Nfs.existing('10.0.0.5', '/', { mountOptions: ['nfsvers=3'] })._mountOptions).toEqual(['nfsvers=3']);
    expect(saidOf(Nfs.existing('10.0.0.5', '/', { mountOptions: ['soft'] })).warnings).toEqual([
      `driver/nfs-soft | mountOptions: ${SOFT}, found soft | replace "soft" with "hard"`,
    ]);
  });

  test.each([
    ['', '/', 'driver/nfs-server | server: expected the name or address of the server alone, without a path, found "" | use a value such as nfs.example.com'],
    ['nfs://10.0.0.5', '/', 'driver/nfs-server | server: expected the name or address of the server alone, without a path, found "nfs://10.0.0.5" | use a value such as nfs.example.com'],
    ['10.0.0.5', 'export', 'driver/nfs-path | path: expected an absolute path, found "export" | use a value such as /export/ml'],
  ])('%s at %s is refused', (server, path, line) => {
    expect(saidOf(Nfs.existing(server, path))).toEqual({ errors: [line], warnings: [] });
  });

  test.each(['nfs.storage.svc.cluster.local', 'nfs.storage.svc'])('at %s is warned of', server => {
    expect(saidOf(Nfs.existing(server, '/'))).toEqual({
      errors: [],
      warnings: [`driver/nfs-cluster-name | server: expected a name or address that the nodes know: they mount the volume, and their resolver knows no names of Services, found ${server} | use the cluster IP of the Service, or NfsCsi.share(), whose pods know such names`],
    });
  });
});
