import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isQualifiedName } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';

export const POD_FAILURE_POLICY = errorRule({
  id: 'api/pod-failure-policy',
  title: 'A rule of a pod failure policy has an action, and says of which exit codes or which conditions',
  why: 'The API server refuses a rule that no failure could meet or whose effect is not clear: without an action, with exit codes and '
    + 'conditions together, with codes out of order, with 0 among failures, or of a container that the pod does not have.',
  fix: 'give each rule an `action` and either `onExitCodes`, its values in rising order, or `onPodConditions`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy',
});

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];
const NONE: readonly Json[] = [];
const RULES_MAX = 20;
const CODES_MAX = 255;
const CONDITIONS_MAX = 20;
/** The first release that does not drop what concerns single indexes. */
const FAIL_INDEX_SINCE = 29;

/** Judges `podFailurePolicy` of the job whose spec stands at `path`. */
export function checkPodFailurePolicy(subject: Subject, spec: Json, path: Path): void {
  const rules: readonly Json[] = spec.podFailurePolicy.rules ?? NONE;
  const at = path.fields('podFailurePolicy', 'rules');
  checkMost(subject, rules, RULES_MAX, at);
  for (let i = 0; i < rules.length; i++) checkRule(subject, rules[i], spec, at.index(i));
}

function checkRule(subject: Subject, rule: Json, spec: Json, path: Path): void {
  const { action, onExitCodes, onPodConditions = NONE } = rule;
  if (action === 'FailIndex') {
    if (subject.minor < FAIL_INDEX_SINCE) return;
    if (spec.backoffLimitPerIndex === undefined) {
      subject.report(POD_FAILURE_POLICY, path.field('action'), { expected: 'FailIndex only beside backoffLimitPerIndex', found: quoted(action) });
    }
  } else if (!ACTIONS.includes(action)) {
    subject.report(POD_FAILURE_POLICY, path.field('action'), { expected: oneOf(ACTIONS), found: quoted(action) });
  }
  if (onExitCodes !== undefined) checkExitCodes(subject, onExitCodes, spec.template?.spec, path.field('onExitCodes'));
  if (onPodConditions.length > 0) checkConditions(subject, onPodConditions, path.field('onPodConditions'));
  if ((onExitCodes !== undefined) !== (onPodConditions.length > 0)) return;
  subject.report(POD_FAILURE_POLICY, path, {
    expected: 'one of onExitCodes and onPodConditions', found: onExitCodes === undefined ? 'neither' : 'both',
  });
}

function checkExitCodes(subject: Subject, { operator, containerName, values = [] }: Json, pod: Json | undefined, path: Path): void {
  if (!OPERATORS.includes(operator)) subject.report(POD_FAILURE_POLICY, path.field('operator'), { expected: oneOf(OPERATORS), found: quoted(operator) });
  if (containerName !== undefined && !isNamedIn(pod?.containers, containerName) && !isNamedIn(pod?.initContainers, containerName)) {
    subject.report(POD_FAILURE_POLICY, path.field('containerName'), { expected: 'the name of a container of the pod', found: quoted(containerName) });
  }
  const at = path.field('values');
  if (values.length === 0) subject.report(POD_FAILURE_POLICY, at, { expected: 'at least one exit code', found: 'none' });
  else checkMost(subject, values, CODES_MAX, at);
  checkValues(subject, values, operator, at);
}

function checkValues(subject: Subject, values: readonly number[], operator: string, path: Path): void {
  const seen = new Set<number>();
  let isRising = true;
  values.forEach((value, i) => {
    if (operator === 'In' && value === 0) {
      subject.report(POD_FAILURE_POLICY, path.index(i), { expected: 'an exit code of a failure', found: '0, which is success' });
    }
    if (seen.has(value)) subject.report(POD_FAILURE_POLICY, path.index(i), { expected: 'each exit code once', found: `${value} again` });
    seen.add(value);
    isRising &&= i === 0 || values[i - 1] <= value;
  });
  if (!isRising) subject.report(POD_FAILURE_POLICY, path, { expected: 'exit codes in rising order', found: quoted(values) });
}

function checkConditions(subject: Subject, conditions: readonly Json[], path: Path): void {
  checkMost(subject, conditions, CONDITIONS_MAX, path);
  conditions.forEach(({ type = '', status }, i) => {
    if (!isQualifiedName(type)) {
      subject.report(POD_FAILURE_POLICY, path.index(i).field('type'), { expected: 'the type of a condition, such as DisruptionTarget', found: quoted(type) });
    }
    if (status && !STATUSES.includes(status)) {
      subject.report(POD_FAILURE_POLICY, path.index(i).field('status'), { expected: oneOf(STATUSES), found: quoted(status) });
    }
  });
}

function checkMost(subject: Subject, list: readonly unknown[], most: number, path: Path): void {
  if (list.length > most) subject.report(POD_FAILURE_POLICY, path, { expected: `at most ${most}`, found: String(list.length) });
}

function isNamedIn(containers: readonly Json[] | undefined, name: string): boolean {
  return containers !== undefined && containers.some(container => (container.name ?? '') === name);
}
