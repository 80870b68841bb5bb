import type { Json } from '../../engine/manifest';
import { errorRule } from '../../engine/rule';
import { oneOf, quoted } from '../../values/quote';
import { isSidecar, SIDECARS_SINCE, type ContainerSite } from './site';

export const CONTAINER_RESTART = errorRule({
  id: 'api/container-restart-policy',
  title: 'A container has a restart policy of its own only where the release knows it',
  why: 'Until Kubernetes 1.33 only init containers could have one, `Always`, which makes them sidecars. From 1.35 every container may have '
    + 'one, with rules for exit codes; from 1.36 sidecars may have rules too.',
  fix: 'set `restartPolicy` of the pod, or use Always in an init container',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
});

/** In 1.34 the server knows the fields and drops them. */
const REFUSED_UNTIL = 33;
const RULES_SINCE = 35;
const RESTART_ALL_SINCE = 36;
const POLICIES = ['Always', 'Never', 'OnFailure'];
const OPERATORS = ['In', 'NotIn'];
const RULES_MAX = 20;
const CODES_MAX = 255;
const NONE: readonly Json[] = [];

export function checkContainerRestart(site: ContainerSite): void {
  const { pod: { subject }, container, path } = site;
  const { restartPolicy, restartPolicyRules } = container;
  if (restartPolicy === undefined && restartPolicyRules === undefined) return;
  if (subject.minor >= RULES_SINCE) checkRestart(site);
  else if (restartPolicy !== undefined && subject.minor <= REFUSED_UNTIL) {
    subject.report(CONTAINER_RESTART, path.field('restartPolicy'), { expected: 'none outside init containers', found: quoted(restartPolicy) });
  }
}

export function checkInitRestart(site: ContainerSite): void {
  const { pod: { subject }, container, path } = site;
  const { restartPolicy, restartPolicyRules: rules = NONE } = container;
  if (restartPolicy === undefined && rules.length === 0) return;
  const { minor } = subject;
  if (minor >= RULES_SINCE) {
    if (restartPolicy === undefined) reportNoPolicy(site);
    else if (restartPolicy !== 'Always' || minor >= RESTART_ALL_SINCE) checkRestart(site);
    else if (rules.length > 0) {
      subject.report(CONTAINER_RESTART, path.field('restartPolicyRules'), { expected: 'no rules where restartPolicy is Always', found: String(rules.length) });
    }
  } else if (restartPolicy !== undefined && minor <= REFUSED_UNTIL && minor >= SIDECARS_SINCE && !isSidecar(container, minor)) {
    subject.report(CONTAINER_RESTART, path.field('restartPolicy'), { expected: 'Always', found: quoted(restartPolicy) });
  }
}

function reportNoPolicy({ pod: { subject }, path }: ContainerSite): void {
  subject.report(CONTAINER_RESTART, path.field('restartPolicy'), { expected: 'a restartPolicy beside its rules', found: 'none' });
}

function checkRestart(site: ContainerSite): void {
  const { pod: { subject }, container, path } = site;
  const { restartPolicy, restartPolicyRules: rules = NONE } = container;
  if (restartPolicy === undefined) {
    if (rules.length === 0) return;
    reportNoPolicy(site);
  } else if (!POLICIES.includes(restartPolicy)) {
    subject.report(CONTAINER_RESTART, path.field('restartPolicy'), { expected: oneOf(POLICIES), found: quoted(restartPolicy) });
  }
  if (rules.length > RULES_MAX) {
    subject.report(CONTAINER_RESTART, path.field('restartPolicyRules'), { expected: `at most ${RULES_MAX} rules`, found: String(rules.length) });
  }
  const actions = subject.minor >= RESTART_ALL_SINCE ? ['Restart', 'RestartAllContainers'] : ['Restart'];
  for (let i = 0; i < rules.length; i++) {
    const { action, exitCodes } = rules[i];
    const at = path.field('restartPolicyRules').index(i);
    if (!actions.includes(action)) subject.report(CONTAINER_RESTART, at.field('action'), { expected: oneOf(actions), found: quoted(action) });
    if (exitCodes === undefined) {
      subject.report(CONTAINER_RESTART, at.field('exitCodes'), { expected: 'exit codes', found: 'none' });
      continue;
    }
    const { operator, values = NONE } = exitCodes;
    if (!OPERATORS.includes(operator)) {
      subject.report(CONTAINER_RESTART, at.fields('exitCodes', 'operator'), { expected: oneOf(OPERATORS), found: quoted(operator) });
    }
    if (values.length > CODES_MAX) {
      subject.report(CONTAINER_RESTART, at.fields('exitCodes', 'values'), { expected: `at most ${CODES_MAX} codes`, found: String(values.length) });
    }
  }
}
