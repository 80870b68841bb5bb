import type { BundleView } from '../bundle/bundle-view';
import { Path } from '../engine/path';
import { warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { purposeOf } from '../values/purpose';
import { quoted } from '../values/quote';
import { purposeOfClaim } from './purposes';

export const SNAPSHOT_DELETES = warningRule({
  id: 'keep/snapshot-deletes',
  title: 'A snapshot that is a backup outlives its VolumeSnapshot',
  why: 'With deletionPolicy Delete the copy in the storage goes with the VolumeSnapshot, and that goes with its namespace: what was to save the data is lost with it.',
  fix: 'set deletionPolicy: Retain',
  link: 'https://kubernetes.io/docs/concepts/storage/volume-snapshot-classes/#deletionpolicy',
});

const SPEC = Path.ROOT.field('spec');

/** Holds the classes of snapshots that keep something. */
export function checkSnapshotClasses(view: BundleView): void {
  const told = new Set<Subject>();
  for (const snapshot of view.all('snapshot.storage.k8s.io/VolumeSnapshot')) {
    if (snapshot.manifest.external) continue;
    const name: unknown = snapshot.json.spec?.volumeSnapshotClassName;
    const snapshotClass = typeof name === 'string' ? view.find('snapshot.storage.k8s.io/VolumeSnapshotClass', '', name) : undefined;
    if (snapshotClass?.json.deletionPolicy !== 'Delete') continue;
    const claimName: unknown = snapshot.json.spec?.source?.persistentVolumeClaimName;
    const claim = typeof claimName === 'string' ? view.claim(snapshot.manifest.namespace, claimName) : undefined;
    const purpose = claim ? purposeOfClaim(view, claim) : purposeOf(String(claimName));
    const at = snapshotClass.manifest.external ? snapshot : snapshotClass;
    if ((purpose === undefined && !snapshot.manifest.name.includes('backup')) || told.has(at)) continue;
    told.add(at);
    at.report(SNAPSHOT_DELETES, at === snapshot ? SPEC.field('volumeSnapshotClassName') : Path.ROOT.field('deletionPolicy'), {
      expected: `Retain, for VolumeSnapshot ${snapshot.manifest.name} of ${String(claimName)}`, found: at === snapshot ? `${quoted(name)}, which deletes` : '"Delete"',
    });
  }
}
