import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { checkNotNegative } from './numbers';
import { checkDaemonSelector, checkSelector, checkTemplateLabels, SELECTOR, TEMPLATE_LABELS } from './selector';
import { checkDaemonStrategy, checkDeploymentStrategy } from './strategies';
import { checkEndlessTemplate, checkPresence } from './templates';

export const PROGRESS_DEADLINE = errorRule({
  id: 'api/progress-deadline',
  title: 'A Deployment waits longer for progress than for a pod to count as ready',
  why: 'A pod counts only after minReadySeconds, so that no update could ever progress within a shorter deadline. The API server refuses it.',
  fix: 'raise `progressDeadlineSeconds`, which is 600 where it is left out, above `minReadySeconds`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const DEPLOYMENT_COUNTS = ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds'];
const DAEMON_COUNTS = ['minReadySeconds', 'revisionHistoryLimit'];
const REPLICA_COUNTS = ['replicas', 'minReadySeconds'];
const PROGRESS_SECONDS = 600;

export function checkDeployment(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  checkNotNegative(subject, spec, SPEC, DEPLOYMENT_COUNTS);
  checkSelector(subject, spec);
  checkEndlessTemplate(subject, spec, SPEC);
  checkDeploymentStrategy(subject, spec.strategy);
  const { progressDeadlineSeconds = PROGRESS_SECONDS, minReadySeconds = 0 } = spec;
  if (progressDeadlineSeconds <= minReadySeconds) {
    subject.report(PROGRESS_DEADLINE, SPEC.field('progressDeadlineSeconds'), {
      expected: `more than the ${minReadySeconds} of minReadySeconds`, found: quoted(progressDeadlineSeconds),
    });
  }
}

export function checkDaemonSet(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  checkDaemonSelector(subject, spec);
  checkEndlessTemplate(subject, spec, SPEC);
  checkNotNegative(subject, spec, SPEC, DAEMON_COUNTS);
  checkDaemonStrategy(subject, spec.updateStrategy);
}

export function checkReplicaSet(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  checkNotNegative(subject, spec, SPEC, REPLICA_COUNTS);
  checkSelector(subject, spec);
  checkEndlessTemplate(subject, spec, SPEC);
}

/** Its selector is a map of labels, those of the template where it is left out. */
export function checkReplicationController(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  checkNotNegative(subject, spec, SPEC, REPLICA_COUNTS);
  const selector = hasKeys(spec.selector) ? spec.selector : spec.template?.metadata?.labels;
  if (!hasKeys(selector)) subject.report(SELECTOR, SPEC.field('selector'), { expected: 'a selector', found: 'none, and no labels of the template' });
  else if (spec.template !== undefined) checkTemplateLabels(subject, { matchLabels: selector }, spec, SPEC);
  if (spec.template === undefined) subject.report(TEMPLATE_LABELS, SPEC.field('template'), { expected: 'a template of pods', found: 'none' });
  else checkEndlessTemplate(subject, spec, SPEC);
}

export function checkPodTemplate(subject: Subject): void {
  checkPresence(subject, subject.json as Json, Path.ROOT);
}

function hasKeys(map: Json | undefined): boolean {
  for (const _ in map) return true;
  return false;
}
