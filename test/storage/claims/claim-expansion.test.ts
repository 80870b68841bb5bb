import { Chart, Size, Testing } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { ClaimExpansion } from '../../../lib/storage/claims/claim-expansion';
import { Durability } from '../../../lib/storage/tiers/durability';
import { driversThat } from '../../../lib/storage/drivers/registry';
import { Snapshot, SnapshotClass } from '../../../lib/storage/snapshots';
import { StorageClaim } from '../../../lib/storage/claims/storage-claim';
import { type IStorageTier, StorageTier } from '../../../lib/storage/tiers/storage-tier';
import { ebsTier, errorsOf, job, objectsOf, tierOf, world } from '../snapshots/parts';

const size = Size.gibibytes(500);
const grownTo = Size.gibibytes(1000);

/** Claims that a chart of somebody else made. */
function claims(chart: Chart, tier: IStorageTier | undefined, of: Size | undefined = size) {
  return [0, 1].map(i => StorageClaim.existing(chart, `data-${i}`, { claimName: `data-postgres-${i}`, tier, size: of }));
}

describe('the grown claims of a job', () => {
  test('are written under the names that its StatefulSet gave them, and its template stays', () => {
    const { chart, tier } = world();
    const before = objectsOf((() => {
      const other = world();
      job(other.chart, 'resnet', { tier: other.tier });
      return other.chart;
    })(), 'StatefulSet')[0].spec;
    job(chart, 'resnet', { tier, grownTo });
    const [set] = objectsOf(chart, 'StatefulSet');
    expect(set.spec).toEqual(before);
    const [template] = set.spec.volumeClaimTemplates;
    const grown = objectsOf(chart, 'PersistentVolumeClaim');
    expect(grown.map(one => one.metadata.name)).toEqual(['checkpoints-resnet-0', 'checkpoints-resnet-1', 'checkpoints-resnet-2']);
    for (const { spec } of grown) expect(spec).toEqual({ ...template.spec, resources: { requests: { storage: '1000Gi' } } });
    expect(grown[0].metadata).toEqual({
      name: 'checkpoints-resnet-0',
      namespace: 'ml-training',
      annotations: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false', 'helm.sh/resource-policy': 'keep', 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    });
  });

  test('come before the StatefulSet, so that workers that come later have large ones too', () => {
    const { chart, tier } = world();
    job(chart, 'resnet', { tier, grownTo });
    const kinds = Testing.synth(chart).map(one => one.kind);
    expect(kinds.lastIndexOf('PersistentVolumeClaim')).toBeLessThan(kinds.indexOf('StatefulSet'));
  });

  test('are that large for a snapshot', () => {
    const { chart, tier } = world();
    const train = job(chart, 'resnet', { tier, grownTo });
    const snapshot = new Snapshot(chart, 'v1', { claim: train.checkpoints[0], snapshotClass: new SnapshotClass(chart, 'snapshots', { tier }), oneOfMany: true });
    expect(snapshot.size.toGibibytes()).toBe(1000);
  });

  test('are none where nothing grows', () => {
    const { chart, tier } = world();
    expect(job(chart, 'resnet', { tier }).expansion).toBeUndefined();
    expect(objectsOf(chart, 'PersistentVolumeClaim')).toEqual([]);
  });

  test('come with the steps that a manifest cannot take', () => {
    const { chart, tier } = world();
    expect(job(chart, 'resnet', { tier, grownTo }, { workers: 2 }).expansion?.instructions).toMatchInlineSnapshot(`
      "# Grow checkpoints-resnet-0 checkpoints-resnet-1 to 1000Gi

      1. Apply the manifests: they hold each claim with its new size.

         \`\`\`sh
         kubectl apply -f dist/
         \`\`\`

      2. Wait until the volumes have grown. A claim that says \`FileSystemResizePending\` grows when its pod starts again.

         \`\`\`sh
         kubectl -n ml-training wait --for=jsonpath='{.status.capacity.storage}'=1000Gi persistentvolumeclaim checkpoints-resnet-0 checkpoints-resnet-1 --timeout=30m
         \`\`\`

      3. The template of StatefulSet \`resnet\` still has the old size, and may keep it: the manifests hold every claim. To renew it, delete
         the workload without its pods, set the new size where the template has the old one, and apply.

         \`\`\`sh
         kubectl -n ml-training delete statefulset/resnet --cascade=orphan
         \`\`\`
      "
    `);
  });

  test.each<[string, string[]]>([
    ['smaller', ['api/claim-shrinks | checkpoints.grownTo: expected more than 500Gi: a claim can only grow, found 400Gi | copy the data to a smaller claim with a job, or leave the claim as it is']],
    ['too large for the disks', ['driver/size-over-max | checkpoints.grownTo: expected at most 64Ti (gp3), found 100Ti | use Size.gibibytes(65536) or less, or another volume type']],
    ['of a class that forbids it', ['chain/expansion-forbidden | checkpoints.grownTo: expected a class that lets claims grow, found fixed with `allowVolumeExpansion: false` | leave `allowExpansion` out of the tier: of a class that exists this, too, can change']],
    ['of a driver that cannot', [`driver/expansion-unsupported | checkpoints.grownTo: expected a driver that can make a volume larger, found disks.acme.example | copy the data to a new claim with a job, or use a driver that can: ${driversThat(one => one.expansion)}`]],
  ])('are refused: %s', (what, expected) => {
    const { chart, tier } = world();
    const props = {
      'smaller': { tier, grownTo: Size.gibibytes(400) },
      'too large for the disks': { tier, grownTo: Size.tebibytes(100) },
      'of a class that forbids it': { tier: ebsTier(chart, 'fixed', { allowExpansion: false }), grownTo },
      'of a driver that cannot': { tier: tierOf(chart, 'disks', { expansion: false }), grownTo },
    }[what]!;
    const errors = errorsOf(() => job(chart, 'resnet', props));
    expect(errors).toEqual(expected);
  });
});

describe('the grown claims of another StatefulSet', () => {
  test('are those that are named', () => {
    const { chart, tier } = world();
    new ClaimExpansion(chart, 'grown', { claims: claims(chart, tier), size: grownTo, accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE });
    expect(objectsOf(chart, 'PersistentVolumeClaim').map(one => [one.metadata.name, one.spec.accessModes, one.spec.resources.requests.storage])).toEqual([
      ['data-postgres-0', ['ReadWriteOnce'], '1000Gi'], ['data-postgres-1', ['ReadWriteOnce'], '1000Gi'],
    ]);
  });

  test('have the mode of one pod where none is given', () => {
    const { chart, tier } = world();
    new ClaimExpansion(chart, 'grown', { claims: claims(chart, tier), size: grownTo });
    expect(objectsOf(chart, 'PersistentVolumeClaim')[0].spec.accessModes).toEqual(['ReadWriteOncePod']);
  });

  test('tell their user what to do, though its name is not known', () => {
    const { chart, tier } = world();
    expect(new ClaimExpansion(chart, 'grown', { claims: claims(chart, tier), size: grownTo }).instructions).toContain('# kubectl delete statefulset/<name> --cascade=orphan');
  });

  test('are refused once, not once for each claim', () => {
    const { chart, tier } = world();
    expect(errorsOf(() => new ClaimExpansion(chart, 'grown', { claims: claims(chart, tier), size: Size.gibibytes(500) }))).toEqual([
      'api/claim-shrinks | size: expected more than 500Gi: a claim can only grow, found 500Gi | copy the data to a smaller claim with a job, or leave the claim as it is',
    ]);
  });

  test('must be known', () => {
    const { chart } = world();
    const [claim] = claims(chart, undefined, undefined);
    const unknown = StorageClaim.existing(chart, 'unknown', { claimName: 'unknown' });
    expect(claim.claimName).toBe('data-postgres-0');
    expect(errorsOf(() => new ClaimExpansion(chart, 'grown', { claims: [unknown], size: grownTo }))).toEqual([
      'chain/expansion-source | claims: expected claims of a known tier and size, found unknown, of unknown tier and size | say both with StorageClaim.existing()',
    ]);
    expect(errorsOf(() => new ClaimExpansion(chart, 'none', { claims: [], size: grownTo }))).toEqual([
      'props/required | claims: expected the claims of a StatefulSet, found none | pass those that are to grow',
    ]);
  });

  test('must be made by a template: others grow by their own size', () => {
    const { chart, tier } = world();
    const own = new StorageClaim(chart, 'own', { tier, size, name: 'own' });
    expect(errorsOf(() => new ClaimExpansion(chart, 'grown', { claims: [own], size: grownTo }))).toEqual([
      'chain/expansion-of-own | claims: expected claims of a template: any other grows by its own `size`, found own | set `size`, or `grownTo`, where the claim is made',
    ]);
  });

  test('must be in the same namespace', () => {
    const { chart, tier } = world();
    const other = new Chart(chart.node.root, 'other', { namespace: 'research' });
    expect(errorsOf(() => new ClaimExpansion(other, 'grown', { claims: claims(chart, tier).slice(0, 1), size: grownTo }))).toEqual([
      'chain/namespace | claims: expected namespace ml-training, where the claim data-postgres-0 is: objects of two namespaces never meet, found namespace research | give both charts the same `namespace`',
    ]);
  });

  test('of an existing class are held against what is said of it', () => {
    const { chart, tier } = world();
    const known = StorageTier.existing(chart, 'gp3', { className: 'gp3', backend: tier.backend, allowExpansion: false });
    expect(errorsOf(() => new ClaimExpansion(chart, 'grown', { claims: claims(chart, known), size: grownTo })).map(line => line.split(' ')[0])).toEqual(['chain/expansion-forbidden']);
    const unknown = { className: 'gp2', backend: tier.backend, durability: Durability.PRECIOUS };
    const again = world();
    expect(errorsOf(() => new ClaimExpansion(again.chart, 'grown', { claims: claims(again.chart, unknown), size: grownTo }))).toEqual([]);
  });
});
