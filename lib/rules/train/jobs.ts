import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import { errorRule, infoRule, warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { addressOf } from './hosts';
import type { PodFacts } from './pod-facts';

const JOB_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/job/';

export const JOB_NOT_INDEXED = errorRule({
  id: 'train/job-not-indexed',
  title: 'A Job whose pods train together has completionMode: Indexed',
  why: 'Only pods of an Indexed Job have an index and a stable host name. Without them no process knows its rank, and none finds rank 0.',
  fix: 'set completionMode: Indexed, and completions to parallelism',
  link: `${JOB_DOCS}#completion-mode`,
});

export const JOB_PARTIAL = errorRule({
  id: 'train/job-partial',
  title: 'A Job whose pods train together runs all of them at once',
  why: 'With more completions than parallelism the last pods start only when the first have finished, and the first wait for the last at the rendezvous.',
  fix: 'set parallelism and completions to the number of workers',
  link: `${JOB_DOCS}#parallel-jobs`,
});

export const BACKOFF_LIMIT = warningRule({
  id: 'train/backoff-limit',
  title: 'A Job can lose each of its workers once',
  why: 'backoffLimit counts failed pods, not incidents. When one worker dies the others fail with it: one incident of a group larger than the limit ends the Job. With 0 nothing is tried again, as may be meant.',
  fix: 'set backoffLimit to the number of workers times the incidents to survive',
  link: `${JOB_DOCS}#pod-backoff-failure-policy`,
});

export const DISRUPTION_COUNTED = infoRule({
  id: 'train/disruption-counted',
  title: 'A drained node is not counted as a failure of the training',
  why: 'Evictions and preemptions use up backoffLimit like errors of the program, unless a podFailurePolicy tells them apart.',
  fix: 'add a rule with action: Ignore onPodConditions DisruptionTarget to podFailurePolicy',
  link: `${JOB_DOCS}#pod-failure-policy`,
});

const DEFAULT_BACKOFF_LIMIT = 6;
const NONE: readonly Json[] = [];

/** Holds Jobs against what pods that train together need of them. */
export function checkJob(facts: PodFacts): void {
  const { pod } = facts;
  if (pod.kind !== 'Job') return;
  const { trainer } = facts;
  if (!trainer) return;
  const { controller, controllerPath, subject } = pod;
  checkDisruption(pod);
  const parallelism: number = controller.parallelism ?? 1;
  const isOneGroup = trainer.launch !== undefined || addressOf(facts, trainer) !== undefined;
  if (parallelism < 2 || !isOneGroup) return;
  if (controller.completionMode !== 'Indexed') {
    subject.report(JOB_NOT_INDEXED, controllerPath.field('completionMode'), {
      expected: `Indexed, for ${parallelism} pods that train together`, found: quoted(controller.completionMode),
    });
  }
  const completions: unknown = controller.completions;
  if (typeof completions === 'number' && completions > parallelism) {
    subject.report(JOB_PARTIAL, controllerPath.field('parallelism'), { expected: `${completions}, as many as completions`, found: String(parallelism) });
  }
  const limit: number = controller.backoffLimit ?? DEFAULT_BACKOFF_LIMIT;
  if (limit < parallelism && controller.backoffLimitPerIndex === undefined) {
    // 0 is no number that was reckoned wrong: whoever writes it wants no second try
    const isMeant = limit === 0;
    subject.report(BACKOFF_LIMIT, controllerPath.field('backoffLimit'), {
      severity: isMeant ? Severity.INFO : undefined,
      expected: `at least ${parallelism}, the number of workers${isMeant ? ', for a second try' : ''}`,
      found: controller.backoffLimit === undefined ? `none, which is ${limit}` : isMeant ? '0: the first pod that fails ends the training' : String(limit),
    });
  }
}

function checkDisruption({ controller, controllerPath, subject, spec }: PodSubject): void {
  const rules: readonly Json[] = controller.podFailurePolicy?.rules ?? NONE;
  for (const { onPodConditions } of rules) {
    for (const { type } of onPodConditions ?? NONE) if (type === 'DisruptionTarget') return;
  }
  subject.report(DISRUPTION_COUNTED, controllerPath.field('podFailurePolicy'), {
    expected: 'a rule for the pod condition DisruptionTarget', found: rules.length === 0 ? 'no rule' : 'none',
    fix: spec.restartPolicy === 'Never' ? undefined : 'set restartPolicy: Never, and add a rule with action: Ignore onPodConditions DisruptionTarget to podFailurePolicy',
  });
}
