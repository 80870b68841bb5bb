import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel, isDnsSubdomain } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

export const DATA_SOURCE = errorRule({
  id: 'api/data-source',
  title: 'What a claim is filled from is named by kind and name, with the API group of the kind',
  why: 'Without `apiGroup` only a PersistentVolumeClaim can be meant: the API server refuses any other kind, and two sources that differ.',
  fix: 'use `dataSourceRef` alone, as { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: … }',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-populators-and-data-sources',
});

const CLAIM = 'PersistentVolumeClaim';
const SNAPSHOT = 'VolumeSnapshot';
const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
/** The first release that looks at the form of a group. */
const GROUP_FORM_SINCE = 29;

/** Whether the API server keeps a `dataSource` that has no `dataSourceRef` beside it; others are dropped without a word. */
export function isKeptSource({ apiGroup = '', kind }: Json): boolean {
  return (kind === CLAIM && apiGroup === '') || (kind === SNAPSHOT && apiGroup === SNAPSHOT_GROUP);
}

/** Whether a `dataSourceRef` names a namespace, which makes the API server drop it unless the cluster turns that on. */
export function isOfOtherNamespace(dataSourceRef: Json | undefined): boolean {
  return dataSourceRef?.namespace !== undefined && dataSourceRef.namespace !== '';
}

/**
 * Holds what a claim is filled from against what the API server takes.
 *
 * @param isTemplate of a StatefulSet or an ephemeral volume, of which the server drops nothing
 */
export function checkDataSources(subject: Subject, spec: Json, path: Path, isTemplate: boolean): void {
  const dataSource: Json | undefined = spec.dataSource;
  const written: Json | undefined = spec.dataSourceRef;
  if (dataSource === undefined && written === undefined) return;
  const ref = !isTemplate && isOfOtherNamespace(written) ? undefined : written;
  const isDropped = !isTemplate && dataSource !== undefined && ref === undefined && !isKeptSource(dataSource);
  if (dataSource !== undefined && !isDropped) checkReference(subject, dataSource, path.field('dataSource'));
  if (ref === undefined) return;
  checkReference(subject, ref, path.field('dataSourceRef'));
  if (isOfOtherNamespace(ref) && !isDnsLabel(ref.namespace)) {
    subject.report(DATA_SOURCE, path.field('dataSourceRef').field('namespace'), { expected: 'the name of a namespace', found: quoted(ref.namespace) });
  }
  if (dataSource === undefined) return;
  if (isOfOtherNamespace(ref)) {
    subject.report(DATA_SOURCE, path, { expected: 'no `dataSource` beside a `dataSourceRef` with a namespace', found: 'both' });
  } else if (dataSource.apiGroup !== ref.apiGroup || dataSource.kind !== ref.kind || dataSource.name !== ref.name) {
    subject.report(DATA_SOURCE, path, { expected: '`dataSource` and `dataSourceRef` the same', found: 'two that differ', fix: 'leave `dataSource` out' });
  }
}

function checkReference(subject: Subject, { apiGroup = '', kind = '', name = '' }: Json, path: Path): void {
  if (name === '') subject.report(DATA_SOURCE, path.field('name'), { expected: 'a name', found: quoted(name) });
  if (kind === '') subject.report(DATA_SOURCE, path.field('kind'), { expected: 'a kind', found: quoted(kind) });
  if (apiGroup === '') {
    if (kind === CLAIM) return;
    subject.report(DATA_SOURCE, path, {
      expected: `${CLAIM}, the only kind without an \`apiGroup\``, found: quoted(kind),
      fix: kind === SNAPSHOT ? `add \`apiGroup: ${SNAPSHOT_GROUP}\`` : 'add the `apiGroup` of the kind, without a version',
    });
  } else if (subject.minor >= GROUP_FORM_SINCE && !isDnsSubdomain(apiGroup)) {
    subject.report(DATA_SOURCE, path.field('apiGroup'), {
      expected: 'an API group, without a version', found: quoted(apiGroup), fix: apiGroup.startsWith(`${SNAPSHOT_GROUP}/`) ? `use ${SNAPSHOT_GROUP}` : undefined,
    });
  }
}
