import { DRIVERS } from '../../storage/drivers/registry';
import type { BundleView } from '../bundle/bundle-view';
import type { Claim } from '../bundle/claims';
import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { warningRule } from '../engine/rule';
import { factsOf, type ContainerFacts } from '../train/pod-facts';
import { isPrecious, purposeOfClaim } from './purposes';
import { backupsOf, type BackupSpec } from './velero';

export const NO_BACKUP = warningRule({
  id: 'keep/no-backup',
  title: 'What is marked as critical is backed up',
  why: 'Whoever marked the claim expects that its content can be brought back. No schedule, snapshot or upload of the bundle covers it.',
  fix: 'include its namespace in a Schedule of Velero, upload it with a CronJob, or take VolumeSnapshots of it',
  link: 'https://velero.io/docs/main/backup-reference/',
});

export const VELERO_NOT_COVERED = warningRule({
  id: 'keep/velero-not-covered',
  title: 'A backup has the content of the volumes that it includes',
  why: 'A driver without snapshots has nothing to give to Velero. The claim is in the backup, and what is restored is empty.',
  fix: 'set defaultVolumesToFsBackup: true, or the annotation backup.velero.io/backup-volumes on the pods',
  link: 'https://velero.io/docs/main/file-system-backup/',
});

const NO_SNAPSHOTS = new Set(DRIVERS.filter(({ snapshots }) => !snapshots).map(({ provisioner }) => provisioner));
const LABELS = Path.ROOT.fields('metadata', 'labels');
const MARKS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['backup', new Set(['true', 'yes', 'required', 'enabled', 'daily', 'hourly', 'weekly'])],
  ['critical', new Set(['true', 'yes'])],
  ['durability', new Set(['precious', 'critical', 'high'])],
  ['tier', new Set(['critical'])],
  ['data-class', new Set(['critical', 'precious'])],
]);

const CLAIMS = /^(\*|(persistentvolumeclaims?|pvcs?)(\..*)?)$/i;

/** What keeps copies of claims. */
interface Copies {
  /** By namespace; '' for those of all namespaces. */
  readonly backups: ReadonlyMap<string, readonly BackupSpec[]>;
  readonly snapshotted: ReadonlySet<Claim>;
}

/** Holds claims against the backups of the bundle. */
export function checkCoverage(view: BundleView): void {
  const copies = copiesOf(view);
  const hasBackups = copies.backups.size > 0;
  for (const claim of view.claims) {
    if (claim.subject.manifest.external || claim.origin === 'ephemeral') continue;
    const mark = markOf(claim.metadata.labels);
    if (mark !== undefined && !isCovered(view, claim, copies)) {
      const path = claim.subject.manifest.kind === 'PersistentVolumeClaim' ? LABELS.key(mark) : claim.path;
      const detail = { expected: `a backup of claim ${claim.name}, which is marked ${mark}`, found: 'none in the bundle' };
      if (hasBackups) claim.subject.report(NO_BACKUP, path, detail);
      else claim.subject.unresolved(NO_BACKUP, path, detail);
    }
    if (hasBackups) checkContent(view, claim, copies);
  }
}

function copiesOf(view: BundleView): Copies {
  const backups = new Map<string, BackupSpec[]>();
  for (const backup of backupsOf(view)) {
    const namespaces: readonly string[] = backup.spec.includedNamespaces ?? [];
    for (const namespace of namespaces.length === 0 || namespaces.includes('*') ? [''] : namespaces) {
      const known = backups.get(namespace);
      if (known) known.push(backup); else backups.set(namespace, [backup]);
    }
  }
  const snapshotted = new Set<Claim>();
  for (const { manifest, json } of view.all('snapshot.storage.k8s.io/VolumeSnapshot')) {
    const name: unknown = json.spec?.source?.persistentVolumeClaimName;
    const claim = typeof name === 'string' ? view.claim(manifest.namespace, name) : undefined;
    if (claim) snapshotted.add(claim);
  }
  return { backups, snapshotted };
}

function markOf(labels: Json | undefined): string | undefined {
  if (!labels) return undefined;
  for (const key of Object.keys(labels)) {
    const name = key.slice(key.lastIndexOf('/') + 1);
    if (MARKS.get(name)?.has(String(labels[key]))) return key;
  }
  return undefined;
}

function isCovered(view: BundleView, claim: Claim, copies: Copies): boolean {
  if (copies.snapshotted.has(claim) || backupOf(claim, copies)) return true;
  for (const use of view.usesOf(claim)) {
    const facts = factsOf(use.pod);
    if ([...facts.containers, ...facts.initContainers].some(container => uploads(container, use.volume))) return true;
  }
  return false;
}

function uploads(container: ContainerFacts, volume: string): boolean {
  const mounts: readonly Json[] = container.json.volumeMounts ?? [];
  return mounts.some(({ name }) => name === volume) && container.loads.some(({ uploadTo }) => uploadTo !== undefined);
}

function backupOf(claim: Claim, { backups }: Copies): BackupSpec | undefined {
  const has = (backup: BackupSpec): boolean => includes(backup, claim);
  return backups.get(claim.namespace)?.find(has) ?? (claim.namespace === '' ? undefined : backups.get('')?.find(has));
}

/** Whether a backup of its namespace has the claim, by its kind and its labels. */
function includes({ spec }: BackupSpec, claim: Claim): boolean {
  if ((spec.excludedNamespaces as readonly string[] | undefined)?.includes(claim.namespace)) return false;
  const resources: readonly string[] = spec.includedResources ?? [];
  if (resources.length > 0 && !resources.some(name => CLAIMS.test(name))) return false;
  const wanted: Json | undefined = spec.labelSelector?.matchLabels;
  if (!wanted) return true;
  // claims of a StatefulSet carry what it selects its pods by
  const labels: Json = { ...claim.madeFor?.controller.selector?.matchLabels, ...claim.metadata.labels };
  return Object.keys(wanted).every(key => Object.hasOwn(labels, key) && labels[key] === wanted[key]);
}

function checkContent(view: BundleView, claim: Claim, copies: Copies): void {
  const driver = driverBehind(view, claim);
  if (driver === undefined || !NO_SNAPSHOTS.has(driver) || !isPrecious(purposeOfClaim(view, claim))) return;
  const backup = backupOf(claim, copies);
  if (!backup || backup.spec.defaultVolumesToFsBackup === true || isOptedIn(view, claim)) return;
  claim.subject.report(VELERO_NOT_COVERED, claim.path, {
    expected: `a copy of the files of ${claim.name} in ${backup.subject.manifest.kind} ${backup.subject.manifest.name}`, found: `${driver}, which has no snapshots`,
  });
}

function driverBehind(view: BundleView, { spec }: Claim): string | undefined {
  if (spec.volumeName) {
    const volume: Json | undefined = view.find('PersistentVolume', '', spec.volumeName)?.json.spec;
    return volume?.csi?.driver ?? (volume?.nfs ? 'kubernetes.io/nfs' : undefined);
  }
  return spec.storageClassName ? view.find('storage.k8s.io/StorageClass', '', spec.storageClassName)?.json.provisioner : undefined;
}

function isOptedIn(view: BundleView, claim: Claim): boolean {
  const uses = claim.madeFor ? [{ pod: claim.madeFor, volume: claim.name }] : view.usesOf(claim);
  return uses.some(({ pod, volume }) => {
    const annotation: unknown = pod.metadata.annotations?.['backup.velero.io/backup-volumes'];
    return typeof annotation === 'string' && annotation.split(',').includes(volume);
  });
}

