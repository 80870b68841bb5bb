import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isQualifiedName } from '../../../private/name-forms';
import { quoted } from '../../values/quote';
import { kindNames } from './kinds';

export const OWNER_REFERENCE = errorRule({
  id: 'api/owner-reference',
  title: 'An owner is named with its version, kind, name and uid, and one owner at most is the controller',
  why: 'The API server refuses an owner that the garbage collector could not find. A uid is only known once the owner exists, so that owner '
    + 'references do not belong into manifests.',
  fix: 'leave `ownerReferences` out, or give apiVersion, kind, name and uid of an object that exists',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/',
});

export const FINALIZER = errorRule({
  id: 'api/finalizer',
  title: 'Finalizers are qualified names, and do not contradict each other',
  why: 'The API server refuses a finalizer that is no qualified name, and an object whose dependents shall be both orphaned and deleted.',
  fix: 'name the finalizer as its controller does, such as `example.com/cleanup`',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
});

const METADATA = Path.ROOT.field('metadata');
const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';
/** Finalizers of Kubernetes itself, which have no domain. */
export const STANDARD_FINALIZERS: ReadonlySet<string> = new Set(['kubernetes', ORPHAN, FOREGROUND]);

/** Judges `metadata.ownerReferences` and `metadata.finalizers`. */
export function checkOwners(subject: Subject, { ownerReferences, finalizers }: Json): void {
  if (Array.isArray(ownerReferences)) checkReferences(subject, ownerReferences);
  if (Array.isArray(finalizers)) checkFinalizers(subject, finalizers);
}

function checkReferences(subject: Subject, references: readonly Json[]): void {
  const path = METADATA.field('ownerReferences');
  let controllerOf: string | undefined;
  for (const reference of references) {
    const { apiVersion = '', kind = '', name, uid, controller } = reference;
    if (!hasVersion(apiVersion)) subject.report(OWNER_REFERENCE, path.field('apiVersion'), { expected: 'a version, after its group', found: quoted(apiVersion) });
    if (kind === '') subject.report(OWNER_REFERENCE, path.field('kind'), { expected: 'a kind', found: quoted(kind) });
    if (!name) subject.report(OWNER_REFERENCE, path.field('name'), { expected: 'the name of the owner', found: quoted(name) });
    if (!uid) subject.report(OWNER_REFERENCE, path.field('uid'), { expected: 'the uid of the owner', found: quoted(uid) });
    if (apiVersion === 'v1' && kind === 'Event') subject.report(OWNER_REFERENCE, path, { expected: 'an owner that is no Event', found: 'an Event' });
    if (controller !== true) continue;
    // the server drops a reference that is there twice
    const written = JSON.stringify(reference);
    if ((controllerOf ??= written) !== written) {
      subject.report(OWNER_REFERENCE, path, { expected: 'one controller at most', found: `${quoted(`${kind}/${name}`)} as another` });
    }
  }
}

function hasVersion(apiVersion: string): boolean {
  const [group, version, ...more] = apiVersion.split('/');
  return more.length === 0 && (version ?? group) !== '';
}

function checkFinalizers(subject: Subject, finalizers: readonly string[]): void {
  const { type, group, kind } = subject.manifest;
  const isStrict = kindNames(type, group, kind)?.hasStrictFinalizers === true;
  const path = METADATA.field('finalizers');
  finalizers.forEach((finalizer, i) => {
    const isName = isQualifiedName(finalizer);
    if (isName && (!isStrict || finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer))) return;
    subject.report(FINALIZER, isName ? path.index(i) : path, { expected: 'a name such as example.com/cleanup', found: quoted(finalizer) });
  });
  if (finalizers.includes(ORPHAN) && finalizers.includes(FOREGROUND)) {
    subject.report(FINALIZER, path, { expected: `one of ${ORPHAN} and ${FOREGROUND}`, found: 'both' });
  }
}
