import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { CheckpointVolume } from '../../../lib/storage/claims/checkpoint-volume';
import { ClaimExpansion } from '../../../lib/storage/claims/claim-expansion';
import { ModelRegistry } from '../../../lib/storage/claims/model-registry';
import { type IClaim, StorageClaim } from '../../../lib/storage/claims/storage-claim';
import { DatasetSource } from '../../../lib/storage/datasets/dataset-source';
import { SharedDataset } from '../../../lib/storage/datasets/shared-dataset';
import { Snapshot, SnapshotClass, SnapshotRestore, SnapshotSet } from '../../../lib/storage/snapshots';
import { job, tierOf, warningsOf, world } from './parts';

const size = Size.gibibytes(200);

function setting() {
  const { chart } = world();
  const tier = tierOf(chart, 'files', { filesystemModes: ['ReadWriteOnce', 'ReadWriteMany'] });
  const snapshotClass = new SnapshotClass(chart, 'snapshots', { tier });
  const other = new Chart(chart.node.root, 'kept', { namespace: 'ml-training' });
  const take = (claim: IClaim, home: Chart = chart) => {
    new Snapshot(home, 'v1', { claim, snapshotClass });
    return warningsOf(home).filter(line => line.startsWith('chain/'));
  };
  const takeAll = (claims: IClaim[], home: Chart = chart) => {
    new SnapshotSet(home, 'epoch-30', { claims, snapshotClass, quiesced: true, name: 'epoch-30' });
    return warningsOf(home).filter(line => line.startsWith('chain/'));
  };
  return { chart, other, tier, take, takeAll };
}

const warned = (path: string, found: string) =>
  `chain/snapshot-of-new-claim | ${path}: expected a chart of its own, which is applied when there is something to keep: a snapshot is taken once, as soon as its claim has a volume, found the chart that makes ${found}, empty | put the snapshot into another chart, and apply that later`;

describe('a snapshot of a claim that the same chart makes empty is warned of', () => {
  test('a claim', () => {
    const { chart, tier, take } = setting();
    expect(take(new StorageClaim(chart, 'data', { tier, size, name: 'data' }))).toEqual([warned('claim', 'data')]);
  });

  test('a registry', () => {
    const { chart, tier, take } = setting();
    const registry = new ModelRegistry(chart, 'registry', { tier, size });
    expect(take(registry)).toEqual([warned('claim', registry.claimName)]);
  });

  test('a dataset that has yet to be loaded', () => {
    const { chart, tier, take } = setting();
    const dataset = new SharedDataset(chart, 'data', { tier, size, source: DatasetSource.http([{ url: 'https://example.com/data.tar' }]) });
    expect(take(dataset)).toEqual([warned('claim', dataset.claimName)]);
  });

  test('the one claim of all workers', () => {
    const { chart, tier, takeAll } = setting();
    const train = job(chart, 'resnet', { tier }, { checkpoints: CheckpointVolume.shared({ tier, size, path: '/checkpoints' }) });
    expect(takeAll(train.checkpoints)).toEqual([warned('claims', 'resnet-checkpoints')]);
  });

  test('the claims of all workers, once for all of them', () => {
    const { chart, tier, takeAll } = setting();
    expect(takeAll(job(chart, 'resnet', { tier }).checkpoints)).toEqual([warned('claims', 'checkpoints-resnet-0 and 2 more')]);
  });
});

describe('nothing is warned of', () => {
  test('in a chart of its own', () => {
    const { chart, other, tier, take, takeAll } = setting();
    expect(take(new StorageClaim(chart, 'data', { tier, size }), other)).toEqual([]);
    expect(takeAll(job(chart, 'resnet', { tier }).checkpoints, other)).toEqual([]);
  });

  test('in a chart within the chart of the claim, or around it', () => {
    const { chart, tier, take } = setting();
    const inner = new Chart(chart, 'inner', { namespace: 'ml-training' });
    expect(take(new StorageClaim(chart, 'data', { tier, size }), inner)).toEqual([]);
    expect(take(new StorageClaim(inner, 'data', { tier, size }))).toEqual([]);
  });

  test('with a claim that is there already', () => {
    const { chart, tier, take } = setting();
    expect(take(StorageClaim.existing(chart, 'data', { claimName: 'data', tier, size }))).toEqual([]);
  });

  test('with a claim that is filled with what was kept before', () => {
    const { chart, tier, take } = setting();
    const kept = Snapshot.existing(chart, 'kept', { snapshotName: 'data-v0', tier, size });
    expect(take(new StorageClaim(chart, 'data', { tier, content: kept.content }))).toEqual([]);
  });

  test('with disks of workers that are restored', () => {
    const { chart, tier, takeAll } = setting();
    const branch = job(chart, 'branch', { tier, size });
    const snapshots = SnapshotSet.existing(chart, 'kept', { setName: 'kept', workers: 3, tier, size });
    new SnapshotRestore(chart, 'back', { snapshots, into: branch.checkpoints });
    expect(takeAll(branch.checkpoints)).toEqual([]);
  });

  test('with disks that grow, which have been used', () => {
    const { chart, tier, takeAll } = setting();
    expect(takeAll(job(chart, 'resnet', { tier, size, grownTo: Size.gibibytes(300) }).checkpoints)).toEqual([]);
  });

  test('with a claim that somebody else has made and that grows here', () => {
    const { chart, tier, take } = setting();
    const claim = StorageClaim.existing(chart, 'data', { claimName: 'data', tier, size });
    new ClaimExpansion(chart, 'larger', { claims: [claim], size: Size.gibibytes(300) });
    expect(take(claim)).toEqual([]);
  });
});
