import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  AwsEbs, AwsEfs, CheckpointVolume, ClaimRetention, DistributedTrainingJob, Durability, IStorageTier, LocalVolumes, ReclaimPolicy,
  StorageClaim, StorageTier,
} from '../../../lib';
import { errorsOf, warningsOn, lineOf } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { MINIMUM, SHARED } from '../../support/training';

const KEEP = {
  'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
  'helm.sh/resource-policy': 'keep',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};
const size = Size.gibibytes(10);

describe('what becomes of a volume', () => {
  test.each([
    [undefined, 'Retain'],
    [Durability.PRECIOUS, 'Retain'],
    [Durability.REPRODUCIBLE, 'Delete'],
    [Durability.SCRATCH, 'Delete'],
  ])('a tier for %s data has the reclaim policy %s', (durability, reclaimPolicy) => {
    const chart = chartIn();
    new StorageTier(chart, 'tier', { backend: AwsEbs.gp3(), durability });
    expect(the('StorageClass', manifestsOf(chart)).reclaimPolicy).toBe(reclaimPolicy);
  });

  test.each([
    [{}, Durability.PRECIOUS],
    [{ reclaimPolicy: ReclaimPolicy.DELETE }, Durability.REPRODUCIBLE],
    [{ durability: Durability.SCRATCH }, Durability.SCRATCH],
    [{ durability: Durability.SCRATCH, reclaimPolicy: ReclaimPolicy.RETAIN }, Durability.PRECIOUS],
  ])('a tier with %o may hold %s data', (props, durability) => {
    expect(new StorageTier(chartIn(), 'tier', { backend: AwsEbs.gp3(), ...props }).durability).toBe(durability);
  });

  test('a tier for precious data that deletes is refused', () => {
    expect(errorsOf(() => new StorageTier(chartIn(), 'tier', {
      backend: AwsEbs.gp3(), durability: Durability.PRECIOUS, reclaimPolicy: ReclaimPolicy.DELETE,
    }))).toEqual([
      'keep/reclaim-delete | reclaimPolicy: expected RETAIN: precious data must outlive its claim, found DELETE | leave `reclaimPolicy` out, or say Durability.REPRODUCIBLE',
    ]);
  });

  test.each([
    [ReclaimPolicy.RETAIN, Durability.PRECIOUS], [ReclaimPolicy.DELETE, Durability.REPRODUCIBLE], [undefined, undefined],
  ])('an existing class with the policy %s may hold %s data', (reclaimPolicy, durability) => {
    expect(StorageTier.existing(chartIn(), 'tier', { className: 'gp3', backend: AwsEbs.gp3(), reclaimPolicy }).durability).toBe(durability);
  });
});

describe('what may hold precious data', () => {
  const cache = (chart = chartIn()): IStorageTier => new StorageTier(chart, 'cache', { name: 'cache', backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }), durability: Durability.REPRODUCIBLE });
  const refusal = 'keep/tier-deletes | tier: expected a tier for precious data: its volumes stay when their claim is deleted, '
    + 'found cache, for reproducible data, which is deleted with its claim | use a tier with `durability: Durability.PRECIOUS`, or say that the data is reproducible';

  test('a claim is not, on a tier that deletes', () => {
    expect(errorsOf(() => new StorageClaim(chartIn(), 'claim', { tier: cache(), size }))).toEqual([refusal]);
  });

  test('a claim with data that can be made again is', () => {
    const chart = chartIn();
    new StorageClaim(chart, 'claim', { tier: cache(chart), size, durability: Durability.REPRODUCIBLE });
    expect(the('PersistentVolumeClaim', manifestsOf(chart)).metadata.annotations).toBeUndefined();
  });

  test.each([
    ['per worker', (tier: IStorageTier, durability?: Durability) => CheckpointVolume.perWorker({ tier, size, path: '/c', durability })],
    ['shared', (tier: IStorageTier, durability?: Durability) => CheckpointVolume.shared({ tier, size, path: '/c', durability })],
  ])('checkpoints %s are not, on a tier that deletes, unless they are said to be reproducible', (_, checkpoints) => {
    const job = (durability?: Durability) => () => new DistributedTrainingJob(chartIn(), 'train', { ...MINIMUM, checkpoints: checkpoints(cache(), durability) });
    expect(errorsOf(job())).toEqual([refusal.replace('| tier', '| checkpoints.tier')]);
    expect(errorsOf(job(Durability.REPRODUCIBLE))).toEqual([]);
  });

  test('a tier of which nothing is known is not judged', () => {
    const tier = StorageTier.existing(chartIn(), 'tier', { className: 'gp3', backend: AwsEbs.gp3() });
    expect(errorsOf(() => new StorageClaim(chartIn(), 'claim', { tier, size }))).toEqual([]);
  });

  test('the disk of one node holds it with a warning', () => {
    const chart = chartIn();
    const claim = new StorageClaim(chart, 'claim', { tier: new StorageTier(chart, 'nvme', { backend: LocalVolumes.preProvisioned() }), size });
    expect(warningsOn(claim).map(lineOf)).toEqual([
      'keep/one-node | tier: expected storage that outlives a node, for precious data, found kubernetes.io/no-provisioner, on the disk of one node | '
      + 'back the data up elsewhere, use a tier on the network, or say that the data can be made again',
    ]);
  });
});

describe('what tools may do with a claim', () => {
  test('Helm, Argo CD and Flux leave precious claims alone', () => {
    const chart = chartIn();
    new StorageClaim(chart, 'claim', { tier: SHARED, size });
    expect(the('PersistentVolumeClaim', manifestsOf(chart)).metadata.annotations).toEqual(KEEP);
  });

  test('and a shared claim of checkpoints', () => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, checkpoints: CheckpointVolume.shared({ tier: SHARED, size, path: '/c' }) });
    expect(the('PersistentVolumeClaim', manifestsOf(chart)).metadata.annotations).toEqual(KEEP);
  });

  test.each([
    [undefined, ClaimRetention.RETAIN], [Durability.PRECIOUS, ClaimRetention.RETAIN], [Durability.REPRODUCIBLE, ClaimRetention.DELETE],
  ])('a StatefulSet keeps its claims with %s checkpoints: %s', (durability, policy) => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, checkpoints: CheckpointVolume.perWorker({ tier: SHARED, size, path: '/c', durability }) });
    expect(the('StatefulSet', manifestsOf(chart)).spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: policy, whenScaled: policy });
  });
});
