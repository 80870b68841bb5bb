import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { oneOf, quoted } from '../values/quote';
import { checkFilters } from './velero-backup';

export const VELERO_RESTORE = errorRule({
  id: 'silent/velero-restore',
  title: 'A restore names the backup that it comes from, and what it may bring back',
  why: 'The API server takes the object as it is. Velero marks it FailedValidation, and nothing is restored.',
  fix: 'set either backupName or scheduleName; existingResourcePolicy is none or update',
  link: 'https://velero.io/docs/main/api-types/restore/',
});

export const VELERO_RESTORE_RULES: readonly Rule[] = [VELERO_RESTORE];

const SPEC = Path.ROOT.field('spec');
const POLICIES = ['none', 'update'];
const NEVER_RESTORED: ReadonlySet<string> = new Set([
  'nodes', 'events', 'events.events.k8s.io', 'backups.velero.io', 'restores.velero.io', 'backuprepositories.velero.io', 'resticrepositories.velero.io',
  'csinodes.storage.k8s.io', 'volumeattachments.storage.k8s.io',
]);

/** Judges a restore as Velero's controller does. */
export function checkRestore(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  const { backupName = '', scheduleName = '', existingResourcePolicy = '', includedResources = [] } = spec;
  if ((backupName === '') === (scheduleName === '')) {
    subject.report(VELERO_RESTORE, SPEC.field('backupName'), {
      expected: 'either backupName or scheduleName', found: backupName === '' ? 'neither' : 'both',
    });
  }
  if (existingResourcePolicy !== '' && !POLICIES.includes(existingResourcePolicy)) {
    subject.report(VELERO_RESTORE, SPEC.field('existingResourcePolicy'), { expected: oneOf(POLICIES), found: quoted(existingResourcePolicy) });
  }
  (includedResources as string[]).forEach((resource, i) => {
    if (!NEVER_RESTORED.has(resource)) return;
    subject.report(VELERO_RESTORE, SPEC.field('includedResources').index(i), { expected: 'resources that Velero restores', found: quoted(resource) });
  });
  checkFilters(subject, spec, SPEC);
}
