import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import { errorRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { LABEL_KEY, LABEL_VALUE } from './label-selector';
import { isDnsSubdomain, isLabelValue, isQualifiedName } from '../../private/name-forms';
import { quoted } from './quote';

export const NODE_SELECTOR = errorRule({
  id: 'api/node-selector',
  title: 'A node selector has terms, known operators, label keys and as many values as its operators take',
  why: 'The API server refuses node selectors and node affinities that no label of a node could ever answer.',
  fix: 'use In or NotIn with values, Exists or DoesNotExist without, Gt or Lt with one, and keys and values that labels of nodes may have',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity',
});

const NAME_FIELD = 'metadata.name';
const NONE: readonly never[] = [];

/** Reports what is wrong with a node selector that stands in `field` of the object at `parent`: it needs at least one term. */
export function checkNodeSelector(subject: Subject, selector: Json | undefined, parent: Path, field: string, values = true): void {
  if (selector === undefined) return;
  const terms: readonly Json[] = selector.nodeSelectorTerms ?? NONE;
  if (terms.length === 0) {
    subject.report(NODE_SELECTOR, parent.field(field).field('nodeSelectorTerms'), { expected: 'at least one term', found: 'none' });
  }
  for (let i = 0; i < terms.length; i++) {
    if (!isSoundTerm(terms[i], values)) reportTerm(subject, terms[i], parent.field(field).field('nodeSelectorTerms').index(i), values);
  }
}

/**
 * Reports what is wrong with one term of a node selector.
 *
 * @param values whether values must be ones that a label may have
 */
export function checkNodeSelectorTerm(subject: Subject, term: Json | undefined, parent: Path, field: string, values = true): void {
  if (term !== undefined && !isSoundTerm(term, values)) reportTerm(subject, term, parent.field(field), values);
}

function isSoundTerm({ matchExpressions = NONE, matchFields = NONE }: Json, values: boolean): boolean {
  for (let i = 0; i < matchExpressions.length; i++) if (!isSoundRequirement(matchExpressions[i], values)) return false;
  for (let i = 0; i < matchFields.length; i++) if (!isSoundField(matchFields[i])) return false;
  return true;
}

/** How many values an operator takes: at least one, none or exactly one; undefined for an unknown operator. */
function takes(operator: unknown): 'some' | 'none' | 'one' | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return 'some';
    case 'Exists':
    case 'DoesNotExist':
      return 'none';
    case 'Gt':
    case 'Lt':
      return 'one';
    default:
      return undefined;
  }
}

function suits(count: number, wanted: 'some' | 'none' | 'one' | undefined): boolean {
  if (wanted === 'some') return count > 0;
  return wanted === 'none' ? count === 0 : count === 1;
}

function isSoundRequirement({ key, operator, values = NONE }: Json, judgeValues: boolean): boolean {
  const wanted = takes(operator);
  if (wanted === undefined || !suits(values.length, wanted)) return false;
  if (key === undefined || !isQualifiedName(key)) return false;
  if (judgeValues) for (let i = 0; i < values.length; i++) if (!isLabelValue(values[i])) return false;
  return true;
}

function isSoundField({ key, operator, values = NONE }: Json): boolean {
  return (operator === 'In' || operator === 'NotIn') && values.length === 1 && key === NAME_FIELD && isDnsSubdomain(values[0]);
}

function reportTerm(subject: Subject, { matchExpressions = NONE, matchFields = NONE }: Json, path: Path, judgeValues: boolean): void {
  for (let i = 0; i < matchExpressions.length; i++) {
    reportRequirement(subject, matchExpressions[i], path.field('matchExpressions').index(i), judgeValues);
  }
  for (let i = 0; i < matchFields.length; i++) reportField(subject, matchFields[i], path.field('matchFields').index(i));
}

function reportRequirement(subject: Subject, { key, operator, values = NONE }: Json, path: Path, judgeValues: boolean): void {
  const wanted = takes(operator);
  if (wanted === undefined) {
    subject.report(NODE_SELECTOR, path.field('operator'), { expected: 'In, NotIn, Exists, DoesNotExist, Gt or Lt', found: quoted(operator) });
  } else if (!suits(values.length, wanted)) {
    const expected = wanted === 'one' ? `exactly one value for the operator ${operator}` : `${wanted === 'none' ? 'no ' : ''}values for the operator ${operator}`;
    subject.report(NODE_SELECTOR, path.field('values'), { expected, found: values.length === 0 ? 'none' : quoted(values) });
  }
  if (!isQualifiedName(key ?? '')) subject.report(NODE_SELECTOR, path.field('key'), { expected: LABEL_KEY, found: quoted(key) });
  if (!judgeValues) return;
  for (let i = 0; i < values.length; i++) {
    if (!isLabelValue(values[i])) subject.report(NODE_SELECTOR, path.field('values').index(i), { expected: LABEL_VALUE, found: quoted(values[i]) });
  }
}

function reportField(subject: Subject, { key, operator, values = NONE }: Json, path: Path): void {
  if (operator !== 'In' && operator !== 'NotIn') {
    subject.report(NODE_SELECTOR, path.field('operator'), { expected: 'In or NotIn', found: quoted(operator) });
  } else if (values.length !== 1) {
    subject.report(NODE_SELECTOR, path.field('values'), { expected: 'exactly one value', found: values.length === 0 ? 'none' : quoted(values) });
  }
  if (key !== NAME_FIELD) {
    subject.report(NODE_SELECTOR, path.field('key'), { expected: `${NAME_FIELD}, the only field of a node that can be matched`, found: quoted(key) });
    return;
  }
  for (let i = 0; i < values.length; i++) {
    if (!isDnsSubdomain(values[i])) subject.report(NODE_SELECTOR, path.field('values').index(i), { expected: 'the name of a node', found: quoted(values[i]) });
  }
}
