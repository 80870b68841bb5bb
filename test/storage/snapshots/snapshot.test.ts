import { Chart, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Durability } from '../../../lib/storage/tiers/durability';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import { driversThat } from '../../../lib/storage/drivers/registry';
import { Snapshot, SnapshotClass, SnapshotDeletionPolicy, type SnapshotProps } from '../../../lib/storage/snapshots';
import { StorageClaim } from '../../../lib/storage/claims/storage-claim';
import { StorageTier } from '../../../lib/storage/tiers/storage-tier';
import { ebsTier, errorsOf, job, objectsOf, tierOf, world } from './parts';

const size = Size.gibibytes(200);

function setting() {
  const { chart, tier } = world();
  const snapshotClass = new SnapshotClass(chart, 'snapshots', { tier, name: 'snapshots' });
  const claim = new StorageClaim(chart, 'registry', { tier, size, name: 'registry' });
  const take = (props: Partial<SnapshotProps> = {}) => new Snapshot(chart, 'v1', { claim, snapshotClass, name: 'registry-v1', ...props });
  return { chart, tier, snapshotClass, claim, take };
}

describe('a snapshot', () => {
  test('is of a claim, and of a class', () => {
    const { chart, take } = setting();
    take({ labels: { dataset: 'imagenet', version: '2.1' } });
    expect(objectsOf(chart, 'VolumeSnapshot')).toMatchInlineSnapshot(`
      [
        {
          "apiVersion": "snapshot.storage.k8s.io/v1",
          "kind": "VolumeSnapshot",
          "metadata": {
            "annotations": {
              "argocd.argoproj.io/sync-options": "Delete=false,Prune=false",
              "helm.sh/resource-policy": "keep",
              "kustomize.toolkit.fluxcd.io/prune": "disabled",
            },
            "labels": {
              "dataset": "imagenet",
              "version": "2.1",
            },
            "name": "registry-v1",
            "namespace": "ml-training",
          },
          "spec": {
            "source": {
              "persistentVolumeClaimName": "registry",
            },
            "volumeSnapshotClassName": "snapshots",
          },
        },
      ]
    `);
  });

  test('has a name from its path where it is given none', () => {
    const { chart, take } = setting();
    const { snapshotName } = take({ name: undefined });
    expect(snapshotName).toMatch(/^ml-v1-[a-z0-9]+$/);
    expect(objectsOf(chart, 'VolumeSnapshot')[0].metadata.name).toBe(snapshotName);
  });

  test('goes with its release where the data can be made again', () => {
    const { chart, take } = setting();
    take({ durability: Durability.REPRODUCIBLE });
    expect(objectsOf(chart, 'VolumeSnapshot')[0].metadata).not.toHaveProperty('annotations');
  });

  test('that exists is not written', () => {
    const { chart, tier } = world();
    const snapshot = Snapshot.existing(chart, 'v1', { snapshotName: 'registry-v1', tier, size });
    new StorageClaim(chart, 'restored', { tier, content: snapshot.content });
    expect(Testing.synth(chart).map(one => one.kind).sort()).toEqual(['PersistentVolumeClaim', 'StorageClass']);
    expect(objectsOf(chart, 'PersistentVolumeClaim')[0].spec.dataSourceRef.name).toBe('registry-v1');
  });
});

describe('a claim from a snapshot', () => {
  test('has its size and its group, and no namespace in the reference', () => {
    const { chart, tier, take } = setting();
    new StorageClaim(chart, 'restored', { tier, name: 'restored', content: take().content });
    const [{ spec, metadata }] = objectsOf(chart, 'PersistentVolumeClaim').filter(one => one.metadata.name === 'restored');
    expect(metadata.namespace).toBe('ml-training');
    expect(spec.dataSourceRef).toEqual({ apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'registry-v1' });
    expect(spec).not.toHaveProperty('dataSource');
    expect(spec.resources.requests.storage).toBe('200Gi');
    expect(spec.storageClassName).toBe('fast');
  });

  test('may be larger, and of another class of the driver', () => {
    const { chart, take } = setting();
    const faster = ebsTier(chart, 'faster');
    new StorageClaim(chart, 'restored', { tier: faster, size: Size.gibibytes(400), name: 'restored', content: take().content });
    const { spec } = objectsOf(chart, 'PersistentVolumeClaim').find(one => one.metadata.name === 'restored');
    expect([spec.storageClassName, spec.resources.requests.storage]).toEqual(['faster', '400Gi']);
  });

  test('of a raw device is a raw device', () => {
    const { chart, tier, snapshotClass, take } = setting();
    const device = new StorageClaim(chart, 'device', { tier, size, block: true });
    const { content } = new Snapshot(chart, 'device-v1', { claim: device, snapshotClass });
    new StorageClaim(chart, 'restored', { tier, block: true, content });
    expect(errorsOf(() => new StorageClaim(chart, 'wrong', { tier, content }))).toEqual([
      'chain/content-volume-mode | block: expected true, as the content has it, found false | set `block` to true',
    ]);
    expect(errorsOf(() => new StorageClaim(chart, 'as-wrong', { tier, block: true, content: take().content }))).toEqual([
      'chain/content-volume-mode | block: expected false, as the content has it, found true | set `block` to false',
    ]);
  });

  test('is refused in another namespace', () => {
    const { chart, tier, take } = setting();
    const { content } = take();
    const other = new Chart(chart.node.root, 'other', { namespace: 'research' });
    const none = new Chart(chart.node.root, 'none');
    expect(errorsOf(() => new StorageClaim(other, 'restored', { tier, content }))).toEqual([
      'chain/namespace | content: expected namespace ml-training, where the snapshot registry-v1 is: objects of two namespaces never meet, found namespace research | give both charts the same `namespace`',
    ]);
    expect(errorsOf(() => new StorageClaim(none, 'restored', { tier, content }))).toEqual([
      'chain/namespace | content: expected namespace ml-training, where the snapshot registry-v1 is: objects of two namespaces never meet, found no namespace, so whichever the manifests are applied to | give both charts the same `namespace`',
    ]);
  });

  test('of another chart in the same namespace is taken', () => {
    const { chart, tier, take } = setting();
    const { content } = take();
    const other = new Chart(chart.node.root, 'other', { namespace: 'ml-training' });
    expect(errorsOf(() => new StorageClaim(other, 'restored', { tier, content }))).toEqual([]);
  });
});

describe('a copy in the storage system', () => {
  test('becomes a content and a snapshot that are bound to each other', () => {
    const { chart, tier } = world();
    const snapshot = Snapshot.fromHandle(chart, 'imported', { handle: 'snap-0123456789abcdef0', tier, size, name: 'imported' });
    new StorageClaim(chart, 'restored', { tier, content: snapshot.content });
    expect(Testing.synth(chart).filter(one => one.kind.startsWith('VolumeSnapshot'))).toMatchInlineSnapshot(`
      [
        {
          "apiVersion": "snapshot.storage.k8s.io/v1",
          "kind": "VolumeSnapshotContent",
          "metadata": {
            "annotations": {
              "argocd.argoproj.io/sync-options": "Delete=false,Prune=false",
              "helm.sh/resource-policy": "keep",
              "kustomize.toolkit.fluxcd.io/prune": "disabled",
            },
            "name": "ml-training-imported",
          },
          "spec": {
            "deletionPolicy": "Retain",
            "driver": "ebs.csi.aws.com",
            "source": {
              "snapshotHandle": "snap-0123456789abcdef0",
            },
            "sourceVolumeMode": "Filesystem",
            "volumeSnapshotRef": {
              "name": "imported",
              "namespace": "ml-training",
            },
          },
        },
        {
          "apiVersion": "snapshot.storage.k8s.io/v1",
          "kind": "VolumeSnapshot",
          "metadata": {
            "annotations": {
              "argocd.argoproj.io/sync-options": "Delete=false,Prune=false",
              "helm.sh/resource-policy": "keep",
              "kustomize.toolkit.fluxcd.io/prune": "disabled",
            },
            "name": "imported",
            "namespace": "ml-training",
          },
          "spec": {
            "source": {
              "volumeSnapshotContentName": "ml-training-imported",
            },
          },
        },
      ]
    `);
  });

  test('needs a handle, a size, a driver that makes snapshots and a namespace', () => {
    const { tier, chart } = world();
    const none = new Chart(chart.node.root, 'none');
    const shared = new StorageTier(none, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    expect(errorsOf(() => Snapshot.fromHandle(none, 'imported', { handle: ' ', tier: shared, size: Size.gibibytes(0), name: 'A' }))).toEqual([
      'api/name | name: expected a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters, found "A" | use a name such as `epoch-30`',
      'api/quantity | size: expected a size above 0, found 0 | set `size` to that of the claim that was copied',
      'props/required | handle: expected the storage system\'s own name for the copy, found " " | set `handle`',
      'chain/snapshot-unsupported | tier: expected a driver that makes snapshots, found efs.csi.aws.com | use a tier of the driver that holds the copy',
      "api/snapshot-ref | scope: expected a chart with a namespace: the content names the snapshot and its namespace, found a chart without | give the chart a `namespace`, as new Chart(app, 'ml', { namespace: 'ml-training' })",
    ]);
    expect(errorsOf(() => Snapshot.existing(none, 'known', { snapshotName: '', tier, size }))).toEqual([
      'api/name | snapshotName: expected a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters, found "" | use a name such as `epoch-30`',
    ]);
  });
});

describe('a snapshot is refused', () => {
  test('of a claim that nothing is known of', () => {
    const { chart, take } = setting();
    expect(errorsOf(() => take({ claim: StorageClaim.existing(chart, 'old', { claimName: 'old' }) }))).toEqual([
      'chain/snapshot-source | claim: expected a claim of a known tier and size: the driver must be able to copy it, and what is restored must not be smaller, found old, of unknown tier and size | say both with StorageClaim.existing()',
    ]);
  });

  test('of a claim whose driver makes none', () => {
    const { chart, take } = setting();
    const shared = new StorageTier(chart, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
    expect(errorsOf(() => take({ claim: new StorageClaim(chart, 'models', { tier: shared, size }) }))).toEqual([
      `chain/snapshot-unsupported | claim: expected a claim of a driver that makes snapshots, found efs.csi.aws.com | back the data up with a job, or use a driver that can: ${driversThat(one => one.snapshots)}`,
    ]);
  });

  test('by a class of another driver', () => {
    const { chart, take } = setting();
    const acme = new SnapshotClass(chart, 'acme', { tier: tierOf(chart, 'disks'), name: 'acme' });
    expect(errorsOf(() => take({ snapshotClass: acme }))).toEqual([
      'chain/snapshot-driver | snapshotClass: expected a class of ebs.csi.aws.com, whose volume it is: any other makes a snapshot that never gets ready, found acme, of disks.acme.example | make a SnapshotClass with the tier of the claim',
    ]);
  });

  test('of precious data by a class that deletes it, unless the copy is said to be less', () => {
    const { chart, tier, take } = setting();
    const deletes = new SnapshotClass(chart, 'short', { tier, name: 'short', deletionPolicy: SnapshotDeletionPolicy.DELETE });
    expect(errorsOf(() => take({ snapshotClass: deletes }))).toEqual([
      'keep/snapshot-deletes | snapshotClass: expected a class with SnapshotDeletionPolicy.RETAIN: precious data must outlive its VolumeSnapshot and its namespace, found short, which deletes the copy | use a class that retains, or say with `durability` that the copy is less than precious',
    ]);
    const again = setting();
    const short = new SnapshotClass(again.chart, 'short', { tier: again.tier, deletionPolicy: SnapshotDeletionPolicy.DELETE });
    expect(errorsOf(() => again.take({ snapshotClass: short, durability: Durability.REPRODUCIBLE }))).toEqual([]);
  });

  test('of a claim in another namespace', () => {
    const { chart, claim, snapshotClass } = setting();
    const other = new Chart(chart.node.root, 'other', { namespace: 'research' });
    expect(errorsOf(() => new Snapshot(other, 'v1', { claim, snapshotClass }))).toEqual([
      'chain/namespace | claim: expected namespace ml-training, where the claim registry is: objects of two namespaces never meet, found namespace research | give both charts the same `namespace`',
    ]);
  });

  test('of the disk of one worker of many, unless it is said to be enough', () => {
    const { chart, tier, take } = setting();
    const train = job(chart, 'resnet', { tier });
    expect(errorsOf(() => take({ claim: train.checkpoints[0] }))).toEqual([
      'silent/snapshot-of-one-worker | claim: expected the claims of all 3 workers: a checkpoint that they wrote together is in all of them, found checkpoints-resnet-0 alone | use a SnapshotSet, or say `oneOfMany: true` where one disk holds all that is needed',
    ]);
    const again = setting();
    const other = job(again.chart, 'resnet', { tier: again.tier });
    expect(errorsOf(() => again.take({ claim: other.checkpoints[0], oneOfMany: true }))).toEqual([]);
  });

  test('of a job in another namespace', () => {
    const { chart, tier, snapshotClass } = setting();
    const train = job(chart, 'resnet', { tier }, { workers: 1 });
    const other = new Chart(chart.node.root, 'other', { namespace: 'research' });
    expect(errorsOf(() => new Snapshot(other, 'v1', { claim: train.checkpoints[0], snapshotClass })).map(line => line.split(' ')[0])).toEqual(['chain/namespace']);
  });
});
