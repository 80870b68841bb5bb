import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isPathSegment, PATH_SEGMENT } from '../../values/path-segment';
import { quoted } from '../../values/quote';

/** The first release that looks at the version. */
const VERSION_SINCE = 34;

/** Judges a reference to an object of any kind. */
export function checkObjectReference(subject: Subject, rule: Rule, reference: Json, path: Path, needsGroup: boolean): void {
  const { kind = '', name = '', apiVersion = '' } = reference;
  if (kind === '' || !isPathSegment(kind)) subject.report(rule, path.field('kind'), { expected: kind === '' ? 'a kind' : PATH_SEGMENT, found: quoted(kind) });
  if (name === '' || !isPathSegment(name)) subject.report(rule, path.field('name'), { expected: name === '' ? 'a name' : PATH_SEGMENT, found: quoted(name) });
  const parts = apiVersion.split('/');
  const hasGroup = parts.length === 2 && parts[0] !== '';
  if (subject.minor >= VERSION_SINCE && (parts.length > 2 || (needsGroup && !hasGroup))) {
    subject.report(rule, path.field('apiVersion'), { expected: 'a group and its version, such as apps/v1', found: quoted(apiVersion) });
  }
}
