import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { scheduleProblem } from '../values/cron';
import { quoted } from '../values/quote';

const UNCHECKED = 'The API server takes the object as it is. Velero marks it FailedValidation, and nothing is ever backed up.';

export const VELERO_SCHEDULE = errorRule({
  id: 'silent/velero-schedule',
  title: 'The schedule of a Velero Schedule is one that can be read',
  why: UNCHECKED,
  fix: 'write the five fields of cron, such as "0 2 * * *", or @daily',
  link: 'https://velero.io/docs/main/api-types/schedule/',
});

export const VELERO_FILTER = errorRule({
  id: 'silent/velero-filter',
  title: 'What a backup takes in, and what it leaves out, agree',
  why: 'The API server takes the object as it is. Velero marks it FailedValidation, and nothing is backed up or restored.',
  fix: 'use one kind of filter for resources, one kind of label selector, and name a thing once',
  link: 'https://velero.io/docs/main/resource-filtering/',
});

export const VELERO_BACKUP_RULES: readonly Rule[] = [VELERO_SCHEDULE, VELERO_FILTER];

const SPEC = Path.ROOT.field('spec');
const TEMPLATE = SPEC.field('template');
const ALL = '*';
/** Filters of resources come in two kinds, which do not go together. */
const OLD = ['includedResources', 'excludedResources', 'includeClusterResources'];
const NEW = ['includedClusterScopedResources', 'excludedClusterScopedResources', 'includedNamespaceScopedResources', 'excludedNamespaceScopedResources'];
const PAIRS: readonly (readonly [string, string])[] = [
  ['includedNamespaces', 'excludedNamespaces'], ['includedResources', 'excludedResources'],
  ['includedClusterScopedResources', 'excludedClusterScopedResources'], ['includedNamespaceScopedResources', 'excludedNamespaceScopedResources'],
];

/** Judges a backup as Velero's controller does. */
export function checkBackup(subject: Subject): void {
  checkBackupSpec(subject, subject.json.spec ?? {}, SPEC);
}

/** Judges a schedule of backups as Velero's controller does. */
export function checkSchedule(subject: Subject): void {
  const { schedule, template }: Json = subject.json.spec ?? {};
  const expected = schedule === undefined ? undefined : schedule === '' ? 'a schedule' : scheduleProblem(schedule);
  if (expected !== undefined) subject.report(VELERO_SCHEDULE, SPEC.field('schedule'), { expected, found: quoted(schedule) });
  checkBackupSpec(subject, template ?? {}, TEMPLATE);
}

function checkBackupSpec(subject: Subject, spec: Json, path: Path): void {
  const old = OLD.find(field => isUsed(spec[field]));
  const other = NEW.find(field => isUsed(spec[field]));
  if (old !== undefined && other !== undefined) {
    subject.report(VELERO_FILTER, path.field(other), { expected: `no other kind of filter beside ${old}`, found: other });
  }
  checkFilters(subject, spec, path);
}

function isUsed(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/** What a backup and a restore have in common. */
export function checkFilters(subject: Subject, spec: Json, path: Path): void {
  if (spec.labelSelector !== undefined && (spec.orLabelSelectors ?? []).length > 0) {
    subject.report(VELERO_FILTER, path.field('orLabelSelectors'), { expected: 'either labelSelector or orLabelSelectors', found: 'both' });
  }
  for (const [included, excluded] of PAIRS) checkPair(subject, spec, path, included, excluded);
}

function checkPair(subject: Subject, spec: Json, path: Path, includedField: string, excludedField: string): void {
  const included: readonly string[] = spec[includedField] ?? [];
  const excluded: readonly string[] = spec[excludedField] ?? [];
  if (included.length > 1 && included.includes(ALL)) {
    subject.report(VELERO_FILTER, path.field(includedField), { expected: `${ALL} alone, or names alone`, found: quoted(included) });
  }
  const taken = new Set(included);
  excluded.forEach((one, i) => {
    if (one === ALL) subject.report(VELERO_FILTER, path.field(excludedField).index(i), { expected: 'names: a backup without anything is none', found: quoted(one) });
    else if (taken.has(one)) subject.report(VELERO_FILTER, path.field(excludedField).index(i), { expected: `what is not in ${includedField}`, found: quoted(one) });
  });
}
