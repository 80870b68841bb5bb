import { effectiveName } from '../metadata/names';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkLabelSelector } from '../../values/label-selector';
import { matchesLabels } from '../../values/label-match';
import { isLabelValue } from '../../../private/name-forms';
import { quoted } from '../../values/quote';
import { checkTemplateLabels } from './selector';

export const JOB_SELECTOR = errorRule({
  id: 'api/job-selector',
  title: 'A Job selects its pods by labels that the server makes',
  why: 'The server labels the pods of a Job with its name and uid, and selects by the uid. It refuses a selector or labels that contradict '
    + 'this, as long as `manualSelector` is not true, and a name that cannot be the value of a label.',
  fix: 'leave `selector`, `job-name` and `controller-uid` out',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector',
});

const SPEC = Path.ROOT.field('spec');
const LABELS = SPEC.fields('template', 'metadata', 'labels');
const EMPTY: Json = {};
const NAME_LABELS = ['job-name', 'batch.kubernetes.io/job-name'];
const UID_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
/** Of the uid that the server will make it is known only that no manifest can have it. */
const UID = ' uid ';

/** Judges the selector of a Job, its name and the labels of its pods. */
export function checkJobSelector(subject: Subject, spec: Json): void {
  if (spec.manualSelector === true) checkManual(subject, spec);
  else checkGenerated(subject, spec);
}

function checkManual(subject: Subject, spec: Json): void {
  const { selector } = spec;
  if (selector === undefined) {
    subject.report(JOB_SELECTOR, SPEC.field('selector'), { expected: 'a selector where manualSelector is true', found: 'none' });
    return;
  }
  checkLabelSelector(subject, selector, SPEC, 'selector');
  checkTemplateLabels(subject, selector, spec, SPEC);
}

function checkGenerated(subject: Subject, spec: Json): void {
  const name = effectiveName(subject.json.metadata ?? EMPTY);
  const labels: Json = spec.template?.metadata?.labels ?? EMPTY;
  checkReserved(subject, labels, NAME_LABELS, name);
  checkReserved(subject, labels, UID_LABELS);
  if (!isLabelValue(name) && !NAME_LABELS.every(key => Object.hasOwn(labels, key))) {
    subject.report(JOB_SELECTOR, SPEC.fields('template', 'labels'), {
      expected: 'a name of the Job that can be a value of labels, at most 63 characters, because its pods carry it', found: quoted(name),
    });
  }
  const { selector } = spec;
  if (selector === undefined) return;
  checkLabelSelector(subject, selector, SPEC, 'selector');
  const generated: Json = Object.fromEntries([...NAME_LABELS.map(key => [key, name]), ...UID_LABELS.map(key => [key, UID])]);
  if (!matchesLabels(selector, generated)) {
    subject.report(JOB_SELECTOR, SPEC.field('selector'), { expected: 'no selector of your own without manualSelector', found: quoted(selector) });
  } else if (!matchesLabels(selector, { ...generated, ...labels })) {
    checkTemplateLabels(subject, selector, spec, SPEC);
  }
}

function checkReserved(subject: Subject, labels: Json, keys: readonly string[], value?: string): void {
  for (const key of keys) {
    if (!Object.hasOwn(labels, key) || labels[key] === value) continue;
    subject.report(JOB_SELECTOR, LABELS.key(key), {
      expected: value === undefined ? 'no label that the server sets to the uid of the Job' : `the name of the Job, ${quoted(value)}`, found: quoted(labels[key]),
    });
  }
}
