import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Durability, IStorageTier, LocalDisks, LocalDisksProps, LocalVolumes, StorageClaim, StorageTier } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { DISK } from '../../support/training';

const NVME: IStorageTier = { className: 'nvme', backend: LocalVolumes.preProvisioned() };
const ONE = { node: 'gpu-1', path: '/mnt/disks/nvme0' };

function disksOf(props: Partial<LocalDisksProps> = {}): { disks: LocalDisks; manifests: any[] } {
  const chart = chartIn();
  const disks = new LocalDisks(chart, 'disks', { tier: NVME, size: Size.gibibytes(3500), disks: [ONE], ...props });
  return { disks, manifests: manifestsOf(chart) };
}

test('a disk is a volume that says which node it is on', () => {
  const { disks, manifests: [volume] } = disksOf();
  expect(volume).toEqual({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: disks.volumeNames[0] },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '3500Gi' },
      local: { path: '/mnt/disks/nvme0' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['gpu-1'] }] }] } },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'nvme',
      volumeMode: 'Filesystem',
    },
  });
});

test('disks may differ in size, and be raw devices', () => {
  const { manifests } = disksOf({ disks: [ONE, { node: 'gpu-2', path: '/dev/nvme1n1', size: Size.tebibytes(7) }], block: true });
  expect(manifests.map(({ spec }) => [spec.capacity.storage, spec.volumeMode])).toEqual([['3500Gi', 'Block'], ['7Ti', 'Block']]);
});

test('a disk that is added leaves the names of the others alone', () => {
  const [name] = disksOf().disks.volumeNames;
  expect(disksOf({ disks: [{ node: 'gpu-0', path: '/mnt/disks/nvme0' }, ONE] }).disks.volumeNames[1]).toBe(name);
});

test('a claim of the tier gets one of them', () => {
  const chart = chartIn();
  const tier = new StorageTier(chart, 'nvme', { backend: LocalVolumes.preProvisioned(), durability: Durability.SCRATCH });
  new LocalDisks(chart, 'disks', { tier, size: Size.gibibytes(3500), disks: [ONE] });
  new StorageClaim(chart, 'cache', { tier, size: Size.gibibytes(3000), durability: Durability.SCRATCH });
  const manifests = manifestsOf(chart);
  const { spec } = the('PersistentVolumeClaim', manifests);
  const gib = (quantity: string): number => Number(/^(\d+)Gi$/.exec(quantity)![1]);
  expect(gib(spec.resources.requests.storage)).toBeLessThanOrEqual(gib(the('PersistentVolume', manifests).spec.capacity.storage));
  expect(spec.storageClassName).toBe(the('PersistentVolume', manifests).spec.storageClassName);
  expect(the('PersistentVolume', manifests).spec.accessModes).toEqual(spec.accessModes);
  expect(the('StorageClass', manifests)).toMatchObject({ provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer', allowVolumeExpansion: false });
});

describe('refused are', () => {
  test.each<[string, Partial<LocalDisksProps>, string]>([
    ['no disks', { disks: [] }, "props/required | disks: expected one disk or more, found none | name them, as [{ node: 'gpu-1', path: '/mnt/disks/nvme0' }]"],
    ['a tier that makes its own volumes', { tier: DISK }, 'chain/local-class | tier: expected a tier of LocalVolumes.preProvisioned(), whose volumes are made by hand, found ebs.csi.aws.com | use such a tier: this driver makes its own volumes'],
    ['a node without a name', { disks: [{ ...ONE, node: '' }] }, 'api/name | disks[0].node: expected the name of a node, found "" | take it from `kubectl get nodes`'],
    ['a relative path', { disks: [{ ...ONE, path: 'nvme0' }] }, 'api/local-path | disks[0].path: expected an absolute path without `..`, found "nvme0" | name where the disk is mounted, as /mnt/disks/nvme0'],
    ['one disk twice', { disks: [ONE, ONE] }, 'chain/same-disk | disks[1]: expected each disk once, found /mnt/disks/nvme0 of gpu-1 again | remove one: two volumes would share the disk'],
    ['a disk without a size', { size: Size.gibibytes(0) }, 'api/quantity | size: expected a size above 0, found 0 | set the size of the disk'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(() => disksOf(props))).toEqual([line]);
  });
});
