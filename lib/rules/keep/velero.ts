import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, infoRule, warningRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';
import { hoursOf, periodHoursOf } from './periods';

const API_DOCS = 'https://velero.io/docs/main/api-types/';

export const VELERO_LOCATION = errorRule({
  id: 'keep/velero-location',
  title: 'The locations of a backup exist',
  why: 'Velero sets a Backup whose location it does not know to FailedValidation. kubectl apply has long said that all is well, and there is no backup.',
  fix: 'add the BackupStorageLocation or VolumeSnapshotLocation to the namespace of Velero, correct the name, or declare it as external',
  link: 'https://velero.io/docs/main/locations/',
});

export const VELERO_TTL = warningRule({
  id: 'keep/velero-ttl',
  title: 'A backup is kept until there is a newer one',
  why: 'When its time to live is over a backup is deleted, with its snapshots. If that is before the next run there is a time without any.',
  fix: 'raise ttl to several periods of the schedule',
  link: `${API_DOCS}schedule/`,
});

export const VELERO_RESTORE = errorRule({
  id: 'keep/velero-restore',
  title: 'A Restore names one Backup, or one Schedule',
  why: 'Velero refuses a Restore with neither, or with both, by its status only: nothing is restored.',
  fix: 'set backupName, or scheduleName for the newest backup of a schedule',
  link: `${API_DOCS}restore/`,
});

export const VELERO_PARTIAL = warningRule({
  id: 'keep/velero-partial',
  title: 'What a backup includes can be started again',
  why: 'Workloads come back without the Services, ConfigMaps, Secrets and service accounts that they need: the pods of a restore are made, and wait.',
  fix: 'leave includedResources out, or add services, configmaps, secrets and serviceaccounts',
  link: 'https://velero.io/docs/main/resource-filtering/',
});

export const VELERO_SAME_PLACE = infoRule({
  id: 'keep/velero-same-place',
  title: 'Backups of volumes leave the account and the region',
  why: 'Snapshots stay in the storage that they save from: they are lost with the account or the region, and cannot be restored in another one.',
  fix: 'set snapshotMoveData: true, or defaultVolumesToFsBackup: true',
  link: 'https://velero.io/docs/main/csi-snapshot-data-movement/',
});

export const VELERO_CLASS = infoRule({
  id: 'keep/velero-snapshot-class',
  title: 'Velero finds the snapshot class of a driver by its label',
  why: 'Of the classes of a driver it takes the one with the label. Where none has it the snapshot of the volume fails.',
  fix: 'set the label velero.io/csi-volumesnapshot-class: "true" on one class of each driver',
  link: 'https://velero.io/docs/main/csi/',
});

export const VELERO_RULES: readonly Rule[] = [VELERO_LOCATION, VELERO_TTL, VELERO_RESTORE, VELERO_PARTIAL, VELERO_SAME_PLACE, VELERO_CLASS];

/** A Backup, or the template of a Schedule. */
export interface BackupSpec {
  readonly subject: Subject;
  readonly spec: Json;
  readonly path: Path;
}

const EMPTY: Json = {};
const SPEC = Path.ROOT.field('spec');
const DEFAULT_TTL = '720h0m0s';
const WORKLOADS = ['statefulsets', 'deployments', 'jobs', 'pods', 'daemonsets', 'cronjobs'];
const NEEDS = ['configmaps', 'secrets', 'serviceaccounts', 'services'];
const CLASS_LABEL = 'velero.io/csi-volumesnapshot-class';

/** The backups of a bundle, those of schedules among them. */
export function backupsOf(view: BundleView): BackupSpec[] {
  return [
    ...view.all('velero.io/Backup').map(subject => ({ subject, spec: subject.json.spec ?? EMPTY, path: SPEC })),
    ...view.all('velero.io/Schedule').map(subject => ({ subject, spec: subject.json.spec?.template ?? EMPTY, path: SPEC.field('template') })),
  ];
}

/** Holds Velero's objects, which nothing checks when they are applied. */
export function checkVelero(view: BundleView): void {
  for (const backup of backupsOf(view)) {
    if (backup.subject.manifest.external) continue;
    checkLocations(view, backup);
    checkIncluded(backup);
    checkPlace(backup);
    checkClasses(view, backup);
  }
  for (const schedule of view.all('velero.io/Schedule')) checkTtl(schedule);
  for (const restore of view.all('velero.io/Restore')) checkRestore(view, restore);
}

function checkLocations(view: BundleView, { subject, spec, path }: BackupSpec): void {
  const { namespace } = subject.manifest;
  if (spec.storageLocation && !view.find('velero.io/BackupStorageLocation', namespace, spec.storageLocation)) {
    subject.unresolved(VELERO_LOCATION, path.field('storageLocation'), { expected: 'a BackupStorageLocation that exists', found: quoted(spec.storageLocation) });
  }
  const locations: readonly string[] = spec.volumeSnapshotLocations ?? [];
  locations.forEach((name, i) => {
    if (view.find('velero.io/VolumeSnapshotLocation', namespace, name)) return;
    subject.unresolved(VELERO_LOCATION, path.field('volumeSnapshotLocations').index(i), { expected: 'a VolumeSnapshotLocation that exists', found: quoted(name) });
  });
}

function checkIncluded({ subject, spec, path }: BackupSpec): void {
  const included: readonly string[] = spec.includedResources ?? [];
  if (included.length === 0 || included.includes('*')) return;
  const names = new Set(included.map(name => name.split('.')[0].toLowerCase().replace(/s?$/, 's')));
  if (!WORKLOADS.some(name => names.has(name))) return;
  const missing = NEEDS.filter(name => !names.has(name));
  if (missing.length === 0) return;
  subject.report(VELERO_PARTIAL, path.field('includedResources'), { expected: `${missing.join(', ')} beside the workloads`, found: quoted(included) });
}

function checkPlace({ subject, spec, path }: BackupSpec): void {
  const isMoved = spec.snapshotMoveData === true || spec.defaultVolumesToFsBackup === true;
  if (spec.snapshotVolumes === false || isMoved) return;
  subject.report(VELERO_SAME_PLACE, path.field('snapshotMoveData'), { expected: 'true', found: quoted(spec.snapshotMoveData) });
}

function checkClasses(view: BundleView, { subject, spec, path }: BackupSpec): void {
  if (spec.snapshotVolumes === false || spec.defaultVolumesToFsBackup === true) return;
  const classes = view.all('snapshot.storage.k8s.io/VolumeSnapshotClass');
  if (classes.length === 0 || classes.some(({ json }) => json.metadata?.labels?.[CLASS_LABEL] !== undefined)) return;
  subject.report(VELERO_CLASS, path.field('snapshotVolumes'), {
    expected: `a VolumeSnapshotClass with the label ${CLASS_LABEL}`, found: `${classes[0].manifest.name} without it`,
  });
}

function checkTtl(schedule: Subject): void {
  const { schedule: cron, template } = schedule.json.spec ?? EMPTY;
  const ttl: unknown = template?.ttl ?? DEFAULT_TTL;
  const hours = hoursOf(ttl);
  const period = typeof cron === 'string' ? periodHoursOf(cron) : undefined;
  if (hours === undefined || hours === 0 || period === undefined || hours > period) return;
  schedule.report(VELERO_TTL, SPEC.fields('template', 'ttl'), { expected: `more than the ${period} hours between two runs of ${quoted(cron)}`, found: quoted(ttl) });
}

function checkRestore(view: BundleView, subject: Subject): void {
  if (subject.manifest.external) return;
  const { backupName, scheduleName } = subject.json.spec ?? EMPTY;
  if (Boolean(backupName) === Boolean(scheduleName)) {
    subject.report(VELERO_RESTORE, SPEC, { expected: 'either backupName or scheduleName', found: backupName ? 'both' : 'neither' });
    return;
  }
  const [kind, name, field] = backupName ? ['Backup', backupName, 'backupName'] : ['Schedule', scheduleName, 'scheduleName'];
  if (view.find(`velero.io/${kind}`, subject.manifest.namespace, name)) return;
  subject.unresolved(VELERO_RESTORE, SPEC.field(field), { expected: `a ${kind} that exists`, found: quoted(name) });
}
