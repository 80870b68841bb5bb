import { Chart, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../lib/kubernetes-version';
import { Durability } from '../../lib/storage/tiers/durability';
import { GcpPersistentDisk } from '../../lib/storage/drivers/google/gcp-persistent-disk';
import { Snapshot, SnapshotClass, SnapshotDeletionPolicy, SnapshotRestore, SnapshotSet } from '../../lib/storage/snapshots';
import { StorageClaim } from '../../lib/storage/claims/storage-claim';
import { StorageTier } from '../../lib/storage/tiers/storage-tier';
import { VolumeAttributes } from '../../lib/storage/tiers/volume-attributes';
import { errorsOf, job, objectsOf, warningsOf, world } from '../storage/snapshots/parts';

const size = Size.gibibytes(100);

function setting() {
  const { chart, tier } = world();
  const snapshotClass = new SnapshotClass(chart, 'snapshots', { tier, name: 'snapshots' });
  const claim = new StorageClaim(chart, 'data', { tier, size, name: 'data' });
  const snapshot = new Snapshot(chart, 'v1', { claim, snapshotClass, name: 'data-v1' });
  return { chart, tier, snapshotClass, claim, snapshot };
}

const rulesOf = (make: () => unknown) => errorsOf(make).map(line => line.split(' ')[0]);

describe('E30: another class for a claim that exists', () => {
  test('is another VolumeAttributesClass, which can change', () => {
    const { chart, tier } = world(KubernetesVersion.V1_34);
    const faster = new VolumeAttributes(chart, 'faster', { tier, parameters: { iops: '16000' }, name: 'faster' });
    new StorageClaim(chart, 'data', { tier, size, attributesClass: faster.className });
    expect(objectsOf(chart, 'PersistentVolumeClaim')[0].spec).toMatchObject({ storageClassName: 'fast', volumeAttributesClassName: 'faster' });
  });

  test('or, before Kubernetes 1.34, a new claim from a snapshot', () => {
    const { chart, tier } = world(KubernetesVersion.V1_33);
    expect(errorsOf(() => new VolumeAttributes(chart, 'faster', { tier, parameters: { iops: '16000' } }))).toEqual([
      'api/since | target: expected Kubernetes 1.34 or newer for a VolumeAttributesClass, found target 1.33 | raise the `target` of the app, or restore a snapshot into a claim of another tier',
    ]);
  });
});

describe('E60: a restore in another namespace than its snapshot', () => {
  test('is refused, and so is one in none', () => {
    const { chart, tier, snapshot, claim } = setting();
    for (const [id, namespace] of [['other', 'research'], ['none', undefined]] as const) {
      const other = new Chart(chart.node.root, id, { namespace });
      expect(rulesOf(() => new StorageClaim(other, 'restored', { tier, content: snapshot.content }))).toEqual(['chain/namespace']);
      expect(rulesOf(() => new StorageClaim(other, 'cloned', { tier, content: claim.cloneSource }))).toEqual(['chain/namespace']);
    }
  });

  test('every object has the namespace of its chart, but for those of the cluster', () => {
    const { chart, tier, snapshot } = setting();
    new StorageClaim(chart, 'restored', { tier, content: snapshot.content });
    for (const { kind, metadata } of Testing.synth(chart)) expect([kind, metadata.namespace]).toEqual([kind, kind.endsWith('Class') ? undefined : 'ml-training']);
  });
});

describe('E61: a restore that is smaller than its snapshot', () => {
  test('is refused, and without a size it has that of the source', () => {
    const { chart, tier, snapshot } = setting();
    expect(errorsOf(() => new StorageClaim(chart, 'small', { tier, size: Size.gibibytes(50), content: snapshot.content }))).toEqual([
      'chain/content-size | size: expected at least 100Gi, the size of the content, found 50Gi | use Size.gibibytes(100), or leave `size` out',
    ]);
    expect(new StorageClaim(chart, 'restored', { tier, content: snapshot.content }).size).toBe(size);
  });
});

describe('E62: a restore by another driver', () => {
  test('is refused, and a claim always names its class', () => {
    const { chart, snapshot } = setting();
    const gcp = new StorageTier(chart, 'pd', { backend: GcpPersistentDisk.balanced() });
    expect(errorsOf(() => new StorageClaim(chart, 'restored', { tier: gcp, content: snapshot.content }))).toEqual([
      'chain/content-driver | tier: expected a class of ebs.csi.aws.com, which made the content: no other driver can read it, found pd.csi.storage.gke.io | use fast, or another tier of the same driver',
    ]);
  });
});

describe('E63: a parameter that is none of snapshots', () => {
  test('is refused', () => {
    const { chart, tier } = world();
    expect(errorsOf(() => new SnapshotClass(chart, 'snapshots', { tier, parameters: { encrypted: 'true' } }))).toEqual([
      "driver/snapshot-parameter | parameters['encrypted']: expected one of tagSpecification_N, fastSnapshotRestoreAvailabilityZones, outpostArn, lockMode, lockDuration, lockExpirationDate, lockCoolOffPeriod: Amazon EBS CSI driver refuses every snapshot of a class with any other, found encrypted | leave it out: it is a parameter of volumes, and a snapshot is as its volume is",
    ]);
  });
});

describe('E64: copies that go with their namespace', () => {
  test('are kept unless DELETE is said, and then refused to precious data', () => {
    const { chart, tier, claim } = setting();
    expect(objectsOf(chart, 'VolumeSnapshotClass')[0].deletionPolicy).toBe('Retain');
    const short = new SnapshotClass(chart, 'short', { tier, name: 'short', deletionPolicy: SnapshotDeletionPolicy.DELETE });
    expect(errorsOf(() => new Snapshot(chart, 'v2', { claim, snapshotClass: short }))).toEqual([
      'keep/snapshot-deletes | snapshotClass: expected a class with SnapshotDeletionPolicy.RETAIN: precious data must outlive its VolumeSnapshot and its namespace, found short, which deletes the copy | use a class that retains, or say with `durability` that the copy is less than precious',
    ]);
    new Snapshot(chart, 'v3', { claim, snapshotClass: short, durability: Durability.REPRODUCIBLE });
  });
});

describe('E65: a clone that its driver does not make', () => {
  test('is refused: by drivers without clones, by other drivers, when smaller', () => {
    const { chart, tier, claim } = setting();
    const gcp = new StorageTier(chart, 'pd', { backend: GcpPersistentDisk.balanced() });
    expect(rulesOf(() => new StorageClaim(chart, 'a', { tier: gcp, content: claim.cloneSource }))).toEqual(['chain/content-driver']);
    expect(rulesOf(() => new StorageClaim(chart, 'b', { tier, size: Size.gibibytes(50), content: claim.cloneSource }))).toEqual(['chain/content-size']);
  });
});

describe('E66: a snapshot that is no checkpoint', () => {
  test('of one worker of many is refused unless it is said to be enough', () => {
    const { chart, tier, snapshotClass } = setting();
    const train = job(chart, 'resnet', { tier });
    expect(errorsOf(() => new Snapshot(chart, 'one', { claim: train.checkpoints[1], snapshotClass }))).toEqual([
      'silent/snapshot-of-one-worker | claim: expected the claims of all 3 workers: a checkpoint that they wrote together is in all of them, found checkpoints-resnet-1 alone | use a SnapshotSet, or say `oneOfMany: true` where one disk holds all that is needed',
    ]);
  });

  test('of workers that write is warned of unless they are said to rest, and the steps are told', () => {
    const { chart, tier, snapshotClass } = setting();
    const train = job(chart, 'resnet', { tier });
    const set = new SnapshotSet(chart, 'epoch-30', { claims: train.checkpoints, snapshotClass });
    expect(warningsOf(chart).map(line => line.split(' ')[0])).toContain('silent/snapshots-while-writing');
    expect(set.snapshots).toHaveLength(3);
    expect(set.instructions).toContain('kubectl -n ml-training scale statefulset/resnet --replicas=0');
  });
});

describe('E67: scripts that take snapshots', () => {
  test('are none: the set is declared, and its steps wait, in a namespace, until the copies are ready', () => {
    const { chart, tier, snapshotClass } = setting();
    const { instructions } = new SnapshotSet(chart, 'epoch-30', { claims: job(chart, 'resnet', { tier }).checkpoints, snapshotClass, name: 'epoch-30', quiesced: true });
    expect(instructions).toContain("kubectl -n ml-training wait --for=jsonpath='{.status.readyToUse}'=true volumesnapshot --selector='snapshot-set=epoch-30'");
    expect(Testing.synth(chart).map(one => one.kind)).not.toContain('ConfigMap');
  });
});

describe('E68: a full copy every night', () => {
  test('is not made: copies are snapshots, which the storage system keeps by what has changed', () => {
    const { chart } = setting();
    expect(Testing.synth(chart).map(one => one.kind)).not.toContain('CronJob');
  });
});

describe('E72: a StatefulSet that is pointed at other claims', () => {
  test('is not: its template stays, and the claims take the names that it looks for', () => {
    const { chart, tier, snapshotClass } = setting();
    const train = job(chart, 'resnet', { tier });
    const before = objectsOf(chart, 'StatefulSet')[0].spec.volumeClaimTemplates;
    const from = new SnapshotSet(chart, 'epoch-30', { claims: train.checkpoints, snapshotClass, quiesced: true });
    const { claims, instructions } = new SnapshotRestore(chart, 'back', { snapshots: from, into: train.checkpoints });
    expect(objectsOf(chart, 'StatefulSet')[0].spec.volumeClaimTemplates).toEqual(before);
    expect(claims.map(({ claimName }) => claimName)).toEqual(['checkpoints-resnet-0', 'checkpoints-resnet-1', 'checkpoints-resnet-2']);
    expect(instructions).toContain('--replicas=0');
  });
});

describe('E80: claims of a StatefulSet that grow', () => {
  test('are written large, one for each worker, while the template stays', () => {
    const { chart, tier } = world();
    const train = job(chart, 'resnet', { tier, grownTo: Size.tebibytes(1) });
    expect(objectsOf(chart, 'PersistentVolumeClaim').map(one => one.spec.resources.requests.storage)).toEqual(['1Ti', '1Ti', '1Ti']);
    expect(objectsOf(chart, 'StatefulSet')[0].spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('500Gi');
    expect(train.expansion?.instructions).toContain('--cascade=orphan');
  });

  test('never shrink', () => {
    const { chart, tier } = world();
    expect(errorsOf(() => job(chart, 'resnet', { tier, grownTo: Size.gibibytes(400) }))).toEqual([
      'api/claim-shrinks | checkpoints.grownTo: expected more than 500Gi: a claim can only grow, found 400Gi | copy the data to a smaller claim with a job, or leave the claim as it is',
    ]);
  });
});
