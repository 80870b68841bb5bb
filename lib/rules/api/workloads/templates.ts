import { CONTAINERS } from '../pod/containers';
import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';

export const TEMPLATE_RESTART_POLICY = errorRule({
  id: 'api/template-restart-policy',
  title: 'Pods of Deployments, StatefulSets and DaemonSets always restart; those of Jobs do so on failure or never',
  why: 'The API server refuses another restart policy than that of the kind. A Job has to say its own: what is filled in is Always, which '
    + 'would never let it end.',
  fix: 'leave `restartPolicy` out of what runs for ever, and write OnFailure or Never into a Job',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
});

export const TEMPLATE_DEADLINE = errorRule({
  id: 'api/template-deadline',
  title: 'Pods that are to run for ever have no deadline',
  why: 'A deadline would end pods that their controller starts again at once. The API server refuses `activeDeadlineSeconds` there.',
  fix: 'leave `activeDeadlineSeconds` out, or run the work as a Job',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
});

const ALWAYS = 'Always';
const ON_FAILURE = 'OnFailure';
const NEVER = 'Never';
/** What is none of them is told of the pod itself. */
const POLICIES: readonly unknown[] = [undefined, '', ALWAYS, ON_FAILURE, NEVER];

/**
 * Judges what the kind of the workload asks of the template: pods that run for ever.
 *
 * @param pods what findings of the pods themselves are reported to
 */
export function checkEndlessTemplate(subject: Subject, spec: Json, path: Path, pods = subject): void {
  checkPresence(pods, spec, path);
  const pod: Json | undefined = spec.template?.spec;
  if (pod === undefined) return;
  const { restartPolicy, activeDeadlineSeconds } = pod;
  if (restartPolicy && restartPolicy !== ALWAYS && (pods !== subject || POLICIES.includes(restartPolicy))) {
    subject.report(TEMPLATE_RESTART_POLICY, path.fields('template', 'spec', 'restartPolicy'), { expected: ALWAYS, found: quoted(restartPolicy) });
  }
  if (activeDeadlineSeconds !== undefined) {
    subject.report(TEMPLATE_DEADLINE, path.fields('template', 'spec', 'activeDeadlineSeconds'), {
      expected: 'no deadline of pods that run for ever', found: quoted(activeDeadlineSeconds),
    });
  }
}

/** Judges what a Job asks of the template: pods that come to an end. */
export function checkEndingTemplate(subject: Subject, job: Json, path: Path): void {
  checkPresence(subject, job, path);
  const policy: unknown = job.template?.spec?.restartPolicy;
  if (policy === NEVER || (policy === ON_FAILURE && job.podFailurePolicy === undefined) || !POLICIES.includes(policy)) return;
  subject.report(TEMPLATE_RESTART_POLICY, path.fields('template', 'spec', 'restartPolicy'), {
    expected: job.podFailurePolicy === undefined ? `${ON_FAILURE} or ${NEVER}` : `${NEVER} beside a podFailurePolicy`,
    found: quoted(policy),
  });
}

/** Where there is no template there is no pod to be judged for itself. */
export function checkPresence(subject: Subject, { template }: Json, path: Path): void {
  if (template !== undefined) return;
  subject.report(CONTAINERS, path.fields('template', 'spec', 'containers'), { expected: 'at least one container', found: 'no template' });
}
