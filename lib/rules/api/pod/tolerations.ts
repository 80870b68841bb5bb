import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { LABEL_KEY, LABEL_VALUE } from '../../values/label-selector';
import { isLabelValue, isQualifiedName } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';

export const TOLERATION = errorRule({
  id: 'api/toleration',
  title: 'A toleration has a key and a value that a taint can have, and an operator and effect that the server knows',
  why: 'The API server refuses a toleration that no taint could meet: a value beside Exists, no key without Exists, seconds for an effect that '
    + 'does not evict, an unknown effect.',
  fix: 'use `operator: Exists` without a value, or Equal with a key and a value; the effect is NoSchedule, PreferNoSchedule or NoExecute',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/',
});

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function checkTolerations(subject: Subject, tolerations: readonly Json[], path: Path): void {
  for (let i = 0; i < tolerations.length; i++) {
    if (!isSound(tolerations[i])) report(subject, tolerations[i], path.index(i));
  }
}

function isSound({ key = '', operator = '', value = '', effect = '', tolerationSeconds }: Json): boolean {
  if (key === '' ? operator !== 'Exists' : !isQualifiedName(key)) return false;
  if (operator === 'Exists' ? value !== '' : !isEqual(operator) || !isLabelValue(value)) return false;
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') return false;
  return effect === '' || EFFECTS.includes(effect);
}

function isEqual(operator: string): boolean {
  return operator === 'Equal' || operator === '';
}

/** The server speaks of the operator where it means the value. */
function report(subject: Subject, { key = '', operator = '', value = '', effect = '', tolerationSeconds }: Json, path: Path): void {
  if (key !== '' && !isQualifiedName(key)) subject.report(TOLERATION, path.field('key'), { expected: LABEL_KEY, found: quoted(key) });
  if (key === '' && operator !== 'Exists') {
    subject.report(TOLERATION, path.field('operator'), { expected: 'Exists where there is no key', found: operator === '' ? 'none' : quoted(operator) });
  }
  if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
    subject.report(TOLERATION, path.field('effect'), { expected: 'NoExecute beside tolerationSeconds', found: effect === '' ? 'none' : quoted(effect) });
  }
  if (operator === 'Exists') {
    if (value !== '') subject.report(TOLERATION, path.field('operator'), { expected: 'no value beside Exists', found: quoted(value) });
  } else if (!isEqual(operator)) {
    subject.report(TOLERATION, path.field('operator'), { expected: 'Equal or Exists', found: quoted(operator) });
  } else if (!isLabelValue(value)) {
    subject.report(TOLERATION, path.field('operator'), { expected: LABEL_VALUE, found: quoted(value) });
  }
  if (effect !== '' && !EFFECTS.includes(effect)) {
    subject.report(TOLERATION, path.field('effect'), { expected: oneOf(EFFECTS), found: quoted(effect) });
  }
}
