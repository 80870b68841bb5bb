import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import type { DriverFacts } from '../../../lib/storage/drivers/driver-facts';
import { StorageClaim, type StorageClaimProps } from '../../../lib/storage/claims/storage-claim';
import { ebsTier, errorsOf, objectsOf, tierOf, world } from './parts';

const size = Size.gibibytes(200);

/** What a clone of a claim of 200 GiB is refused for. */
function clone(facts: Partial<DriverFacts>, props: Partial<StorageClaimProps> = {}): string[] {
  const { chart } = world();
  const tier = tierOf(chart, 'disks', facts);
  const { cloneSource: copy } = new StorageClaim(chart, 'original', { tier, size, name: 'original' });
  return errorsOf(() => new StorageClaim(chart, 'clone', { tier, content: copy, ...props }));
}

describe('a clone', () => {
  test('names the claim, and takes its size', () => {
    const { chart, tier } = world();
    const original = new StorageClaim(chart, 'original', { tier, size, name: 'original' });
    new StorageClaim(chart, 'clone', { tier, name: 'clone', content: original.cloneSource });
    const { spec } = objectsOf(chart, 'PersistentVolumeClaim').find(one => one.metadata.name === 'clone');
    expect(spec).toEqual({
      accessModes: ['ReadWriteOncePod'],
      dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'original' },
      resources: { requests: { storage: '200Gi' } },
      storageClassName: 'fast',
      volumeMode: 'Filesystem',
    });
  });

  test('may be larger and of another class where the driver takes that', () => {
    const { chart, tier } = world();
    const original = new StorageClaim(chart, 'original', { tier, size });
    expect(errorsOf(() => new StorageClaim(chart, 'clone', {
      tier: ebsTier(chart, 'faster'), size: Size.gibibytes(400), content: original.cloneSource,
    }))).toEqual([]);
  });

  test('of a claim that exists has its size where that is known', () => {
    const { chart, tier } = world();
    const known = StorageClaim.existing(chart, 'known', { claimName: 'known', tier, size });
    expect(known.size).toBe(size);
  });

  test('is refused by a driver that cannot', () => {
    expect(clone({ cloning: false })).toEqual([
      'chain/clone-unsupported | content: expected a driver that can clone a claim, found disks.acme.example | copy the data with a job, or use a driver that can: AwsEbs, AzureBlob, AzureDisk, AzureFiles, RookCeph.fileSystem(), RookCeph.blockPool(), GcpPersistentDisk, Longhorn, NfsCsi, TopoLvm',
    ]);
  });

  test('is never smaller', () => {
    expect(clone({}, { size: Size.gibibytes(100) })).toEqual([
      'chain/content-size | size: expected at least 200Gi, the size of the content, found 100Gi | use Size.gibibytes(200), or leave `size` out',
    ]);
  });

  test('is of exactly the same size where the driver wants that', () => {
    expect(clone({ cloneKeeps: ['size'] }, { size: Size.gibibytes(300) })).toEqual([
      'chain/clone-size | size: expected 200Gi: Acme disks clones to exactly the same size, found 300Gi | leave `size` out, and grow the clone later',
    ]);
    expect(clone({ cloneKeeps: ['size'] })).toEqual([]);
  });

  test('is of the same class where the driver wants that', () => {
    const { chart } = world();
    const facts: Partial<DriverFacts> = { cloneKeeps: ['class'] };
    const { cloneSource: copy } = new StorageClaim(chart, 'original', { tier: tierOf(chart, 'disks', facts), size });
    expect(errorsOf(() => new StorageClaim(chart, 'clone', { tier: tierOf(chart, 'others', facts), content: copy }))).toEqual([
      'chain/clone-class | tier: expected the class of the source, disks: Acme disks clones within one, found others | use the same tier',
    ]);
  });

  test('is of the same driver', () => {
    const { chart, tier } = world();
    const { cloneSource: copy } = new StorageClaim(chart, 'original', { tier: tierOf(chart, 'disks'), size });
    expect(errorsOf(() => new StorageClaim(chart, 'clone', { tier, content: copy }))).toEqual([
      'chain/content-driver | tier: expected a class of disks.acme.example, which made the content: no other driver can read it, found ebs.csi.aws.com | use disks, or another tier of the same driver',
    ]);
  });

  test('is in the same namespace', () => {
    const { chart, tier } = world();
    const { cloneSource: copy } = new StorageClaim(chart, 'original', { tier, size, name: 'original' });
    const other = new Chart(chart.node.root, 'other', { namespace: 'research' });
    expect(errorsOf(() => new StorageClaim(other, 'clone', { tier, content: copy }))).toEqual([
      'chain/namespace | content: expected namespace ml-training, where the claim original is: objects of two namespaces never meet, found namespace research | give both charts the same `namespace`',
    ]);
  });
});
