import { FINALIZER, STANDARD_FINALIZERS } from '../metadata/owners';
import { Path } from '../../engine/path';
import type { Subject } from '../../engine/subject';
import { isQualifiedName } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

const FINALIZERS = Path.ROOT.fields('spec', 'finalizers');

export function checkNamespace(subject: Subject): void {
  const finalizers: readonly string[] | undefined = subject.json.spec?.finalizers;
  if (finalizers === undefined) return;
  for (const finalizer of finalizers) {
    if (isQualifiedName(finalizer) && (finalizer.includes('/') || STANDARD_FINALIZERS.has(finalizer))) continue;
    subject.report(FINALIZER, FINALIZERS, { expected: 'kubernetes, or a name such as example.com/cleanup', found: quoted(finalizer) });
  }
}
