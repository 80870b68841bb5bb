import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkLabelSelector } from '../../values/label-selector';
import { matchesLabels } from '../../values/label-match';
import { quoted } from '../../values/quote';

export const SELECTOR = errorRule({
  id: 'api/selector',
  title: 'A workload has a selector that says which pods are its own',
  why: 'Without a selector a StatefulSet, Deployment, DaemonSet or ReplicaSet does not know its pods, and with an empty one all pods were '
    + 'its own. The API server refuses both.',
  fix: 'give `selector.matchLabels` one label of the pod template',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
});

export const TEMPLATE_LABELS = errorRule({
  id: 'api/template-labels',
  title: 'The pods that a workload makes carry the labels that it selects by',
  why: 'A workload whose selector does not take its own pods would make pods without end. The API server refuses it.',
  fix: 'give the pod template the labels of the selector',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector',
});

const SPEC = Path.ROOT.field('spec');

/** Judges the selector of a workload that must have one, and whether it takes the pods of the template. */
export function checkSelector(subject: Subject, spec: Json): void {
  const selector: Json | undefined = spec.selector;
  if (selector === undefined) {
    subject.report(SELECTOR, SPEC.field('selector'), { expected: 'a selector', found: 'none' });
  } else if (isEmptySelector(selector)) {
    subject.report(SELECTOR, SPEC.field('selector'), { expected: 'a selector with a label', found: 'an empty one' });
  } else {
    checkLabelSelector(subject, selector, SPEC, 'selector');
    checkTemplateLabels(subject, selector, spec, SPEC);
  }
}

/** Without a selector a DaemonSet is told that its pods do not match. */
export function checkDaemonSelector(subject: Subject, spec: Json): void {
  if (spec.selector !== undefined) checkSelector(subject, spec);
  else reportLabels(subject, 'labels that match its selector', spec, SPEC, 'no selector');
}

/** Reports labels of a template that the selector does not take. */
export function checkTemplateLabels(subject: Subject, selector: Json, spec: Json, path: Path): void {
  if (matchesLabels(selector, spec.template?.metadata?.labels)) return;
  reportLabels(subject, `labels that match ${quoted(selector)}`, spec, path);
}

function reportLabels(subject: Subject, expected: string, spec: Json, path: Path, found?: string): void {
  subject.report(TEMPLATE_LABELS, path.fields('template', 'metadata', 'labels'), { expected, found: found ?? quoted(spec.template?.metadata?.labels) });
}

function isEmptySelector({ matchLabels, matchExpressions }: Json): boolean {
  if (matchExpressions !== undefined && matchExpressions.length > 0) return false;
  for (const _ in matchLabels) return false;
  return true;
}
