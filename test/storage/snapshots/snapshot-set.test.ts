import { Chart, Size, Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { CheckpointVolume } from '../../../lib/storage/claims/checkpoint-volume';
import { Durability } from '../../../lib/storage/tiers/durability';
import { SnapshotClass, SnapshotRestore, SnapshotSet, type SnapshotSetProps } from '../../../lib/storage/snapshots';
import { StorageClaim } from '../../../lib/storage/claims/storage-claim';
import { ebsTier, errorsOf, job, objectsOf, tierOf, warningsOf, world } from './parts';

const size = Size.gibibytes(500);

function setting(workers = 3) {
  const { chart, tier } = world();
  const snapshotClass = new SnapshotClass(chart, 'snapshots', { tier, name: 'snapshots' });
  const train = job(chart, 'resnet', { tier }, { workers });
  const take = (props: Partial<SnapshotSetProps> = {}) =>
    new SnapshotSet(chart, 'epoch-30', { claims: train.checkpoints, snapshotClass, name: 'epoch-30', quiesced: true, ...props });
  return { chart, tier, snapshotClass, train, take };
}

describe('a set of snapshots', () => {
  test('has one of the disk of each worker, with one label', () => {
    const { chart, train, take } = setting();
    const { snapshots, setName } = take({ labels: { experiment: 'warm-up' } });
    expect(setName).toBe('epoch-30');
    expect(snapshots.map(({ snapshotName }) => snapshotName)).toEqual(['epoch-30-0', 'epoch-30-1', 'epoch-30-2']);
    expect(objectsOf(chart, 'VolumeSnapshot').map(({ metadata, spec }) => [metadata.name, metadata.labels, spec.source.persistentVolumeClaimName])).toEqual(
      train.checkpointClaims.map((claim, i) => [`epoch-30-${i}`, { 'experiment': 'warm-up', 'snapshot-set': 'epoch-30', 'worker': String(i) }, claim]));
  });

  test('leaves room in its name for the number of the worker', () => {
    const { take } = setting();
    expect(take({ name: undefined }).setName.length).toBeLessThanOrEqual(57);
  });

  test('may be of the one claim that all workers share', () => {
    const { chart } = world();
    const files = tierOf(chart, 'files', { filesystemModes: ['ReadWriteMany'] });
    const train = job(chart, 'resnet', { tier: files }, { checkpoints: CheckpointVolume.shared({ tier: files, size, path: '/checkpoints' }) });
    const kept = new Chart(chart.node.root, 'kept', { namespace: 'ml-training' });
    new SnapshotSet(kept, 'epoch-30', { claims: train.checkpoints, snapshotClass: new SnapshotClass(kept, 'snapshots', { tier: files }) });
    expect(objectsOf(kept, 'VolumeSnapshot').map(one => one.spec.source.persistentVolumeClaimName)).toEqual(['resnet-checkpoints']);
    expect(warningsOf(chart)).toEqual([]);
    expect(warningsOf(kept)).toEqual([]);
  });

  test('of workers that may write meanwhile is warned of', () => {
    const { chart, take } = setting();
    take({ quiesced: undefined });
    expect(warningsOf(chart).filter(line => line.startsWith('silent/snapshots'))).toEqual([
      'silent/snapshots-while-writing | quiesced: expected workers that do not write: each disk is copied at a moment of its own, and together they may be of two steps, found nothing said | take the snapshots as `instructions` tells, and say `quiesced: true`',
    ]);
  });

  test('is refused where it cannot be found again', () => {
    const { train, take } = setting();
    expect(errorsOf(() => take({ claims: [...train.checkpoints, train.checkpoints[0]], name: 'Epoch', labels: { worker: 'all' } }))).toEqual([
      'api/name | name: expected lower case letters, digits and `-`, at most 57 characters, found "Epoch" | use a name such as `epoch-30`',
      'props/reserved-label | labels[\'worker\']: expected a label of your own: the set is found by this one, found "all" | use another key',
      'props/repeated | claims: expected every claim once, found checkpoints-resnet-0 again | leave out what repeats',
    ]);
    expect(errorsOf(() => setting().take({ claims: [] }))).toEqual([
      'props/required | claims: expected the claims of the workers, found none | pass `checkpoints` of a job that has some',
    ]);
  });

  test('tells how to take it', () => {
    expect(setting(2).take().instructions).toMatchInlineSnapshot(`
      "# Take the snapshots of epoch-30

      Snapshots that are taken while workers write are copies as after a power cut, each of another moment. Pause GitOps tools
      first: they would start the workers again.

      1. Stop StatefulSet \`resnet\`, after its last checkpoint.

         \`\`\`sh
         kubectl -n ml-training scale statefulset/resnet --replicas=0
         kubectl -n ml-training wait --for=delete pod --selector='app.kubernetes.io/name=resnet' --timeout=10m
         \`\`\`

      2. Apply the snapshots, and nothing else of the manifests.

         \`\`\`sh
         kubectl apply --selector='snapshot-set=epoch-30' -f dist/
         \`\`\`

      3. Wait until the copies can be used.

         \`\`\`sh
         kubectl -n ml-training wait --for=jsonpath='{.status.readyToUse}'=true volumesnapshot --selector='snapshot-set=epoch-30' --timeout=60m
         \`\`\`

      4. Start it again.

         \`\`\`sh
         kubectl -n ml-training scale statefulset/resnet --replicas=2
         \`\`\`
      "
    `);
  });
});

describe('a restore', () => {
  test('makes the claims that the StatefulSet of a new job looks for, before it', () => {
    const { chart, tier, take } = setting(2);
    const branch = job(chart, 'branch', { tier }, { workers: 2 });
    new SnapshotRestore(chart, 'from-epoch-30', { snapshots: take(), into: branch.checkpoints });
    const manifests = Testing.synth(chart);
    const claims = manifests.filter(one => one.kind === 'PersistentVolumeClaim');
    expect(claims).toMatchInlineSnapshot(`
      [
        {
          "apiVersion": "v1",
          "kind": "PersistentVolumeClaim",
          "metadata": {
            "annotations": {
              "argocd.argoproj.io/sync-options": "Delete=false,Prune=false",
              "helm.sh/resource-policy": "keep",
              "kustomize.toolkit.fluxcd.io/prune": "disabled",
            },
            "name": "checkpoints-branch-0",
            "namespace": "ml-training",
          },
          "spec": {
            "accessModes": [
              "ReadWriteOncePod",
            ],
            "dataSourceRef": {
              "apiGroup": "snapshot.storage.k8s.io",
              "kind": "VolumeSnapshot",
              "name": "epoch-30-0",
            },
            "resources": {
              "requests": {
                "storage": "500Gi",
              },
            },
            "storageClassName": "fast",
            "volumeMode": "Filesystem",
          },
        },
        {
          "apiVersion": "v1",
          "kind": "PersistentVolumeClaim",
          "metadata": {
            "annotations": {
              "argocd.argoproj.io/sync-options": "Delete=false,Prune=false",
              "helm.sh/resource-policy": "keep",
              "kustomize.toolkit.fluxcd.io/prune": "disabled",
            },
            "name": "checkpoints-branch-1",
            "namespace": "ml-training",
          },
          "spec": {
            "accessModes": [
              "ReadWriteOncePod",
            ],
            "dataSourceRef": {
              "apiGroup": "snapshot.storage.k8s.io",
              "kind": "VolumeSnapshot",
              "name": "epoch-30-1",
            },
            "resources": {
              "requests": {
                "storage": "500Gi",
              },
            },
            "storageClassName": "fast",
            "volumeMode": "Filesystem",
          },
        },
      ]
    `);
    const [template] = manifests.find(one => one.kind === 'StatefulSet' && one.metadata.name === 'branch').spec.volumeClaimTemplates;
    expect(claims.map(one => one.metadata.name)).toEqual([0, 1].map(worker => `${template.metadata.name}-branch-${worker}`));
    for (const { spec: { dataSourceRef, ...rest } } of claims) {
      expect(dataSourceRef).toBeDefined();
      expect(rest).toEqual(template.spec);
    }
    const order = manifests.map(one => `${one.kind}/${one.metadata.name}`);
    for (const claim of claims) {
      expect(order.indexOf(`PersistentVolumeClaim/${claim.metadata.name}`)).toBeLessThan(order.indexOf('StatefulSet/branch'));
      expect(order.indexOf(`VolumeSnapshot/${claim.spec.dataSourceRef.name}`)).toBeLessThan(order.indexOf(`PersistentVolumeClaim/${claim.metadata.name}`));
    }
  });

  test('into the same job takes the names of its claims', () => {
    const { chart, train, take } = setting(2);
    const restore = new SnapshotRestore(chart, 'back', { snapshots: take(), into: train.checkpoints });
    expect(restore.claims.map(({ claimName }) => claimName)).toEqual(train.checkpointClaims);
  });

  test('of a set whose job is gone', () => {
    const { chart, tier } = world();
    const branch = job(chart, 'branch', { tier }, { workers: 2 });
    const from = SnapshotSet.existing(chart, 'epoch-30', { setName: 'epoch-30', workers: 2, tier, size });
    new SnapshotRestore(chart, 'back', { snapshots: from, into: branch.checkpoints });
    expect(objectsOf(chart, 'VolumeSnapshot')).toEqual([]);
    expect(objectsOf(chart, 'PersistentVolumeClaim').map(one => one.spec.dataSourceRef.name)).toEqual(['epoch-30-0', 'epoch-30-1']);
    expect(errorsOf(() => SnapshotSet.existing(chart, 'none', { setName: 'none', workers: 0, tier, size }))).toEqual([
      'train/workers | workers: expected a whole number from 1, found 0 | set `workers` to the number of snapshots',
    ]);
  });

  test('into a StatefulSet that another chart made', () => {
    const { chart, tier, take } = setting(2);
    const into = [0, 1].map(i => StorageClaim.existing(chart, `old-${i}`, { claimName: `data-old-${i}`, tier, size, durability: Durability.REPRODUCIBLE }));
    new SnapshotRestore(chart, 'back', { snapshots: take(), into });
    expect(objectsOf(chart, 'PersistentVolumeClaim').map(one => one.metadata)).toEqual([
      { name: 'data-old-0', namespace: 'ml-training' }, { name: 'data-old-1', namespace: 'ml-training' },
    ]);
  });

  test('needs a snapshot for each worker', () => {
    const { chart, tier, take } = setting(3);
    const branch = job(chart, 'branch', { tier }, { workers: 2 });
    expect(errorsOf(() => new SnapshotRestore(chart, 'back', { snapshots: take(), into: branch.checkpoints }))).toEqual([
      'chain/restore-count | into: expected 3 claims, one for each snapshot of epoch-30: a checkpoint of many workers is in all of them, found 2 | give the job as many workers, or fill single claims with `content` of single snapshots',
    ]);
  });

  test('needs claims that nobody else makes', () => {
    const { chart, tier, take } = setting(1);
    const from = take();
    const own = new StorageClaim(chart, 'own', { tier, size, name: 'own' });
    const fix = 'fill a StorageClaim with `content` of a snapshot, and hand it to the job with CheckpointVolume.onClaim()';
    const expected = 'chain/restore-into | into: expected claims that a StatefulSet makes from its template, or that are not in the app';
    expect(errorsOf(() => new SnapshotRestore(chart, 'a', { snapshots: from, into: [own] }))).toEqual([`${expected}, found own, which is made by its own construct | ${fix}`]);
    const shared = job(chart, 'shared', { tier }, { workers: 1, checkpoints: CheckpointVolume.shared({ tier, size, path: '/checkpoints' }) });
    expect(errorsOf(() => new SnapshotRestore(chart, 'b', { snapshots: from, into: shared.checkpoints }))).toEqual([`${expected}, found shared-checkpoints, which is made by its job | ${fix}`]);
    const grown = job(chart, 'grown', { tier, grownTo: Size.gibibytes(600) }, { workers: 1 });
    expect(errorsOf(() => new SnapshotRestore(chart, 'd', { snapshots: from, into: grown.checkpoints }))).toEqual([
      `${expected}, found checkpoints-grown-0, which is made by its job, grown | give the new job the grown size as \`size\`, and leave \`grownTo\` out`,
    ]);
    const unknown = StorageClaim.existing(chart, 'unknown', { claimName: 'unknown' });
    expect(errorsOf(() => new SnapshotRestore(chart, 'c', { snapshots: from, into: [unknown] }))).toEqual([
      'chain/restore-into | into: expected claims of a known tier and size, found unknown, of unknown tier and size | say both with StorageClaim.existing()',
    ]);
  });

  test('needs claims that are large enough, of the same driver, in the same namespace', () => {
    const { chart, take } = setting(1);
    const from = take();
    const small = job(chart, 'small', { tier: ebsTier(chart, 'small-tier'), size: Size.gibibytes(100) }, { workers: 1 });
    expect(errorsOf(() => new SnapshotRestore(chart, 'a', { snapshots: from, into: small.checkpoints })).map(line => line.split(' ')[0])).toEqual(['chain/content-size']);
    const acme = job(chart, 'acme', { tier: tierOf(chart, 'disks') }, { workers: 1 });
    expect(errorsOf(() => new SnapshotRestore(chart, 'b', { snapshots: from, into: acme.checkpoints })).map(line => line.split(' ')[0])).toEqual(['chain/content-driver']);
    const other = new Chart(chart.node.root, 'other', { namespace: 'research' });
    const away = job(other, 'away', { tier: ebsTier(other, 'away-tier') }, { workers: 1 });
    expect(errorsOf(() => new SnapshotRestore(other, 'c', { snapshots: from, into: away.checkpoints })).map(line => line.split(' ')[0])).toEqual(['chain/namespace']);
  });

  test('tells how to go on', () => {
    const { chart, train, take } = setting(2);
    expect(new SnapshotRestore(chart, 'back', { snapshots: take(), into: train.checkpoints }).instructions).toMatchInlineSnapshot(`
      "# Restore epoch-30

      The claims take the names that StatefulSet \`resnet\` looks for: its template cannot change. Where none of them is in the
      cluster yet, as for a new job, leave out 2 and 3.

      1. Wait until the copies can be used.

         \`\`\`sh
         kubectl -n ml-training wait --for=jsonpath='{.status.readyToUse}'=true volumesnapshot --selector='snapshot-set=epoch-30' --timeout=60m
         \`\`\`

      2. Pause GitOps tools, and stop StatefulSet \`resnet\`.

         \`\`\`sh
         kubectl -n ml-training scale statefulset/resnet --replicas=0
         kubectl -n ml-training wait --for=delete pod --selector='app.kubernetes.io/name=resnet' --timeout=10m
         \`\`\`

      3. Retire the old claims. Note their volumes first: a class that retains keeps them, with what is in them.

         \`\`\`sh
         kubectl -n ml-training get persistentvolumeclaim checkpoints-resnet-0 checkpoints-resnet-1 -o custom-columns=CLAIM:.metadata.name,VOLUME:.spec.volumeName
         kubectl -n ml-training delete persistentvolumeclaim checkpoints-resnet-0 checkpoints-resnet-1
         \`\`\`

      4. Apply the manifests: the claims come before the workload that uses them.

         \`\`\`sh
         kubectl apply -f dist/
         \`\`\`

      5. See that each claim has a volume, and that the workers go on from the step of the snapshots.

         \`\`\`sh
         kubectl -n ml-training wait --for=jsonpath='{.status.phase}'=Bound persistentvolumeclaim checkpoints-resnet-0 checkpoints-resnet-1 --timeout=30m
         \`\`\`
      "
    `);
  });
});

describe('a branch of one worker', () => {
  test('is a claim from a snapshot that the job is given', () => {
    const { chart, tier, take } = setting(1);
    const [snapshot] = take().snapshots;
    const claim = new StorageClaim(chart, 'lr-1e-4', { tier, content: snapshot.content, name: 'lr-1e-4' });
    const branch = job(chart, 'branch', { tier }, { workers: 1, checkpoints: CheckpointVolume.onClaim({ claim, path: '/checkpoints' }) });
    expect(branch.checkpointClaims).toEqual(['lr-1e-4']);
    expect(branch.checkpoints).toEqual([claim]);
    const { template } = objectsOf(chart, 'Job')[0].spec;
    expect(template.spec.volumes).toContainEqual({ name: 'checkpoints', persistentVolumeClaim: { claimName: 'lr-1e-4' } });
    expect(template.spec.containers[0].volumeMounts).toContainEqual({ name: 'checkpoints', mountPath: '/checkpoints' });
  });

  test('is refused a second worker where the disk takes one node only', () => {
    const { chart, tier } = world();
    const claim = new StorageClaim(chart, 'lr-1e-4', { tier, size });
    const checkpoints = CheckpointVolume.onClaim({ claim, path: '/checkpoints' });
    expect(errorsOf(() => job(chart, 'branch', { tier }, { workers: 2, checkpoints })).map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'chain/access-mode | checkpoints.tier:',
    ]);
  });
});
