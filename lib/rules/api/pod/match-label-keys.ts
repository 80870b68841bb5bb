import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import type { Rule } from '../../engine/rule';
import { LABEL_KEY } from '../../values/label-selector';
import { isQualifiedName } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

const NONE: readonly any[] = [];
const NOT_IN_SELECTOR = 'no key that labelSelector has as well';

/** Judges the keys whose values the server copies from the labels of the pod into the selector of a term. */
export function checkMatchLabelKeys(pod: PodSubject, rule: Rule, term: Json, path: Path): void {
  const { matchLabelKeys = NONE, mismatchLabelKeys = NONE } = term;
  if (matchLabelKeys.length === 0 && mismatchLabelKeys.length === 0) return;
  checkKeys(pod, rule, term, 'matchLabelKeys', path);
  checkKeys(pod, rule, term, 'mismatchLabelKeys', path);
  if (term.labelSelector !== undefined) checkTwice(pod, rule, term, path);
  const mismatched = new Set<string>(mismatchLabelKeys);
  for (let i = 0; i < matchLabelKeys.length; i++) {
    if (!mismatched.has(matchLabelKeys[i])) continue;
    pod.subject.report(rule, path.field('matchLabelKeys').index(i), { expected: 'no key that mismatchLabelKeys has as well', found: quoted(matchLabelKeys[i]) });
  }
}

function checkKeys({ subject }: PodSubject, rule: Rule, term: Json, field: string, path: Path): void {
  const keys: readonly string[] = term[field] ?? NONE;
  if (keys.length === 0) return;
  if (term.labelSelector === undefined) {
    subject.report(rule, path.field(field), { expected: 'a labelSelector beside it', found: 'none' });
    return;
  }
  for (let i = 0; i < keys.length; i++) {
    if (!isQualifiedName(keys[i])) subject.report(rule, path.field(field).index(i), { expected: LABEL_KEY, found: quoted(keys[i]) });
  }
}

/**
 * A key that the selector has as well. The server only sees it among the expressions, to which it has added those of the labels of a
 * bare Pod; and it leaves out the name of the field in the path.
 */
function checkTwice({ subject, isTemplate, metadata }: PodSubject, rule: Rule, term: Json, path: Path): void {
  const { matchLabelKeys = NONE, mismatchLabelKeys = NONE, labelSelector } = term;
  const indexes = new Map<string, number>();
  for (let i = 0; i < matchLabelKeys.length; i++) indexes.set(matchLabelKeys[i], i);
  const seen = new Set<string>(Object.keys(labelSelector.matchLabels ?? {}));
  const written: string[] = (labelSelector.matchExpressions ?? NONE).map(({ key }: Json) => key ?? '');
  const labels: Json = isTemplate ? {} : metadata.labels ?? {};
  const added = [...matchLabelKeys, ...mismatchLabelKeys].filter((key: string) => Object.hasOwn(labels, key));
  for (const key of [...written, ...added]) {
    const i = indexes.get(key);
    if (i !== undefined && seen.has(key)) subject.report(rule, path.index(i), { expected: NOT_IN_SELECTOR, found: quoted(key) });
    seen.add(key);
  }
}

/** The same before 1.34, for constraints of spreading only: the selector as it is written. */
export function checkWrittenLabelKeys({ subject }: PodSubject, rule: Rule, term: Json, parent: Path): void {
  const { matchLabelKeys = NONE, labelSelector } = term;
  if (matchLabelKeys.length === 0) return;
  const path = parent.field('matchLabelKeys');
  if (labelSelector === undefined) subject.report(rule, path, { expected: 'a labelSelector beside it', found: 'none' });
  const expressions: readonly Json[] = labelSelector?.matchExpressions ?? NONE;
  const written = new Set([...Object.keys(labelSelector?.matchLabels ?? {}), ...expressions.map(({ key }) => key)]);
  for (let i = 0; i < matchLabelKeys.length; i++) {
    const key = matchLabelKeys[i];
    const expected = !isQualifiedName(key) ? LABEL_KEY : written.has(key) ? NOT_IN_SELECTOR : undefined;
    if (expected) subject.report(rule, path.index(i), { expected, found: quoted(key) });
  }
}
