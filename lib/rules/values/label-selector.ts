import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isLabelValue, isQualifiedName } from '../../private/name-forms';
import { quoted } from './quote';

export const LABEL_SELECTOR = errorRule({
  id: 'api/label-selector',
  title: 'A label selector has known operators, label keys and label values',
  why: 'The API server refuses a selector that could match no label: an unknown operator, values where there can be none, or a key or '
    + 'value that no label may have.',
  fix: 'use In or NotIn with values, Exists or DoesNotExist without, and keys and values that labels may have',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
});

/** What a key of a label looks like, as findings say it. */
export const LABEL_KEY = 'a label key: an optional DNS name and /, then at most 63 letters, digits, -, _ or ., a letter or digit at both ends';
/** What a value of a label looks like, as findings say it. */
export const LABEL_VALUE = 'a label value: at most 63 letters, digits, -, _ or ., a letter or digit at both ends';

/**
 * Reports what is wrong with a label selector that stands in `field` of the object at `parent`.
 *
 * @param values whether values of expressions must be ones that a label may have
 */
export function checkLabelSelector(subject: Subject, selector: Json | undefined, parent: Path, field: string, values = true): void {
  if (selector === undefined || isSound(selector, values)) return;
  const path = parent.field(field);
  reportLabels(subject, selector.matchLabels, path.field('matchLabels'));
  const expressions: readonly Json[] = selector.matchExpressions ?? [];
  expressions.forEach((one, i) => reportRequirement(subject, one, path.field('matchExpressions').index(i), values));
}

function isSound(selector: Json, values: boolean): boolean {
  const { matchLabels, matchExpressions } = selector;
  if (matchLabels !== undefined) {
    for (const key in matchLabels) if (!isQualifiedName(key) || !isLabelValue(matchLabels[key])) return false;
  }
  if (matchExpressions !== undefined) {
    for (let i = 0; i < matchExpressions.length; i++) if (!isSoundRequirement(matchExpressions[i], values)) return false;
  }
  return true;
}

function isSoundRequirement({ key, operator, values = [] }: Json, judgeValues: boolean): boolean {
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) return false;
  } else if (values.length > 0 || (operator !== 'Exists' && operator !== 'DoesNotExist')) return false;
  if (key === undefined || !isQualifiedName(key)) return false;
  if (judgeValues) for (let i = 0; i < values.length; i++) if (!isLabelValue(values[i])) return false;
  return true;
}

function reportLabels(subject: Subject, labels: Json | undefined, path: Path): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (!isQualifiedName(key)) subject.report(LABEL_SELECTOR, path, { expected: LABEL_KEY, found: quoted(key) });
    if (!isLabelValue(value)) subject.report(LABEL_SELECTOR, path, { expected: LABEL_VALUE, found: quoted(value) });
  }
}

function reportRequirement(subject: Subject, { key, operator, values = [] }: Json, path: Path, judgeValues: boolean): void {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) subject.report(LABEL_SELECTOR, path.field('values'), { expected: `values for the operator ${operator}`, found: 'none' });
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) {
        subject.report(LABEL_SELECTOR, path.field('values'), { expected: `no values for the operator ${operator}`, found: quoted(values) });
      }
      break;
    default:
      subject.report(LABEL_SELECTOR, path.field('operator'), { expected: 'In, NotIn, Exists or DoesNotExist', found: quoted(operator) });
  }
  if (!isQualifiedName(key ?? '')) subject.report(LABEL_SELECTOR, path.field('key'), { expected: LABEL_KEY, found: quoted(key) });
  if (!judgeValues) return;
  for (let i = 0; i < values.length; i++) {
    if (!isLabelValue(values[i])) subject.report(LABEL_SELECTOR, path.field('values').index(i), { expected: LABEL_VALUE, found: quoted(values[i]) });
  }
}
