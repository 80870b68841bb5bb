import type { BundleView } from '../bundle/bundle-view';
import type { Claim } from '../bundle/claims';
import { Path } from '../engine/path';
import { warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';

export const SNAPSHOT_OF_ONE_WORKER = warningRule({
  id: 'silent/snapshot-of-one-worker',
  title: 'The snapshots of a training are of all its workers',
  why: 'Workers write their parts of a checkpoint to disks of their own. One disk of several cannot be restored to a training that goes on.',
  fix: 'take a VolumeSnapshot of each claim with a label in common, or a VolumeGroupSnapshot',
  link: 'https://kubernetes.io/docs/concepts/storage/volume-snapshots/',
});

const SOURCE = Path.ROOT.fields('spec', 'source', 'persistentVolumeClaimName');

/** Holds snapshots of claims that a StatefulSet has one of for each worker. */
export function checkSnapshotSets(view: BundleView): void {
  const taken = new Map<Claim, Map<string, Subject>>();
  for (const snapshot of view.all('snapshot.storage.k8s.io/VolumeSnapshot')) {
    const name: unknown = snapshot.json.spec?.source?.persistentVolumeClaimName;
    const claim = typeof name === 'string' ? view.claim(snapshot.manifest.namespace, name) : undefined;
    if (claim?.origin !== 'template' || (claim.copies ?? 0) < 2) continue;
    const names = taken.get(claim);
    if (names) names.set(name as string, snapshot); else taken.set(claim, new Map([[name as string, snapshot]]));
  }
  for (const [claim, names] of taken) {
    if (names.size >= claim.copies!) continue;
    const [name, snapshot] = names.entries().next().value!;
    snapshot.report(SNAPSHOT_OF_ONE_WORKER, SOURCE, {
      expected: `snapshots of all ${claim.copies} claims of ${claim.name}`, found: names.size === 1 ? `one, of ${name}` : `${names.size}, of ${name} and others`,
    });
  }
}
