import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { LABEL_KEY } from '../../values/label-selector';
import { isQualifiedName } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';
import { repeats } from '../../values/repeats';
import { checkAmounts } from './resources';

export const POD_RESTART = errorRule({
  id: 'api/pod-restart-policy',
  title: 'restartPolicy of a pod is Always, OnFailure or Never',
  why: 'The API server knows no other policy and refuses the pod.',
  fix: 'use one of them; Always where it is left out',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
});

export const PREEMPTION = errorRule({
  id: 'api/pod-preemption-policy',
  title: 'preemptionPolicy of a pod is PreemptLowerPriority or Never',
  why: 'The API server knows no other policy and refuses the pod.',
  fix: 'leave it out; the priority class says it',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/',
});

export const ACTIVE_DEADLINE = errorRule({
  id: 'api/pod-deadline',
  title: 'activeDeadlineSeconds of a pod is between 1 and 2147483647',
  why: 'The API server refuses a pod that could not run at all.',
  fix: 'write the seconds that the pod may run, or leave the deadline out',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#lifecycle',
});

export const POD_GATE = errorRule({
  id: 'api/pod-gate',
  title: 'Scheduling and readiness gates have qualified names; scheduling gates are there once, and hold pods that have no node yet',
  why: 'The controller that opens a gate finds it by its name. The API server refuses names that are none, a scheduling gate that is there '
    + 'twice, and a gated pod that has a node already.',
  fix: 'write such as `example.com/quota-granted`, and leave `nodeName` out',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-scheduling-readiness/',
});

export const OVERHEAD = errorRule({
  id: 'api/pod-overhead',
  title: 'The overhead of a pod comes from its runtime class',
  why: 'The API server fills it in from the RuntimeClass, and refuses a Pod that brings one without naming the class.',
  fix: 'remove `overhead`, and set `runtimeClassName`',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-overhead/',
});

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'];
const DEADLINE_MAX = 2 ** 31 - 1;
const NONE: readonly Json[] = [];

export function checkPodFields(pod: PodSubject): void {
  const { subject, path, spec: { restartPolicy, preemptionPolicy, activeDeadlineSeconds: deadline, overhead } } = pod;
  if (restartPolicy && !RESTART_POLICIES.includes(restartPolicy)) {
    subject.report(POD_RESTART, path.field('restartPolicy'), { expected: oneOf(RESTART_POLICIES), found: quoted(restartPolicy) });
  }
  if (preemptionPolicy !== undefined && !PREEMPTION_POLICIES.includes(preemptionPolicy)) {
    subject.report(PREEMPTION, path.field('preemptionPolicy'), { expected: oneOf(PREEMPTION_POLICIES), found: quoted(preemptionPolicy) });
  }
  if (deadline !== undefined && !(deadline >= 1 && deadline <= DEADLINE_MAX)) {
    subject.report(ACTIVE_DEADLINE, path.field('activeDeadlineSeconds'), { expected: `seconds from 1 to ${DEADLINE_MAX}`, found: quoted(deadline) });
  }
  checkGates(pod);
  if (overhead === undefined) return;
  checkAmounts(subject, { limits: overhead }, path.field('overhead'), 'isOfContainers');
  if (!pod.isTemplate && pod.spec.runtimeClassName === undefined) {
    subject.report(OVERHEAD, path.field('overhead'), { expected: 'a runtimeClassName beside it', found: 'none' });
  }
}

function checkGates({ spec, subject, path, isTemplate }: PodSubject): void {
  const readiness: readonly Json[] = spec.readinessGates ?? NONE;
  for (let i = 0; i < readiness.length; i++) {
    const { conditionType = '' } = readiness[i];
    if (isQualifiedName(conditionType)) continue;
    subject.report(POD_GATE, path.field('readinessGates').index(i).field('conditionType'), { expected: LABEL_KEY, found: quoted(conditionType) });
  }
  const scheduling: readonly Json[] = spec.schedulingGates ?? NONE;
  if (scheduling.length === 0) return;
  for (let i = 0; i < scheduling.length; i++) {
    const { name = '' } = scheduling[i];
    if (!isQualifiedName(name)) subject.report(POD_GATE, path.field('schedulingGates').index(i), { expected: LABEL_KEY, found: quoted(name) });
  }
  for (const i of repeats(scheduling, 'name')) {
    subject.report(POD_GATE, path.field('schedulingGates').index(i), { expected: 'each gate once', found: quoted(scheduling[i].name) });
  }
  if (!isTemplate && spec.nodeName) {
    subject.report(POD_GATE, path.field('nodeName'), { expected: 'no node while schedulingGates are closed', found: quoted(spec.nodeName) });
  }
}
