import { Severity } from '../../findings/finding';
import type { PodSubject } from '../engine/pods';
import { infoRule, warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { parameterServerRole, waitsForChief } from './parameter-servers';
import type { PodFacts } from './pod-facts';

const SET_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/';

export const NEVER_COMPLETES = warningRule({
  id: 'train/never-completes',
  title: 'A training runs in something that ends',
  why: 'StatefulSets, Deployments and pods with restartPolicy: Always start a container again that has ended well: the training begins anew, over its own checkpoints, and keeps its accelerators.',
  fix: 'use a Job with completionMode: Indexed, a JobSet or a TrainJob',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
});

export const ORDERED_START = warningRule({
  id: 'train/ordered-start',
  title: 'Workers that wait for each other start together',
  why: 'With OrderedReady a pod is made when the one before it is ready. Workers that are ready only when all have met never are, and without a probe they start one by one.',
  fix: 'set podManagementPolicy: Parallel',
  link: `${SET_DOCS}#pod-management-policies`,
});

export const ROLLING_UPDATE = infoRule({
  id: 'train/rolling-update',
  title: 'A change of the template does not take a running training apart',
  why: 'RollingUpdate replaces one worker after the other, from the last ordinal to the partition. Each breaks the group for all, and while it lasts the workers run different templates.',
  fix: 'set updateStrategy.type: OnDelete, and delete the pods together',
  link: `${SET_DOCS}#update-strategies`,
});

const CHIEF_ENDS = 'use a JobSet whose successPolicy names the chief: workers and parameter servers wait for it, and are ended with it';

/** Holds the controller against what it does when the training has ended, begins or changes. */
export function checkCompletion(facts: PodFacts): void {
  const { pod } = facts;
  const { kind } = pod;
  if (kind === 'Job' || kind === 'CronJob' || kind === 'JobSet' || kind === 'PodTemplate') return;
  if (kind === 'StatefulSet') checkSet(facts);
  if (!facts.trainer || facts.isWired) return;
  if (kind === 'Pod') checkBarePod(pod);
  else if (FOREVER.has(kind)) report(pod, `${kind} ${pod.subject.manifest.name}, which starts its pods again for ever`);
}

const FOREVER = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet']);

function checkBarePod(pod: PodSubject): void {
  const policy: unknown = pod.spec.restartPolicy;
  if (policy === 'Never' || policy === 'OnFailure') return;
  pod.subject.report(NEVER_COMPLETES, pod.path.field('restartPolicy'), {
    expected: 'Never or OnFailure for a training, or a Job', found: policy === undefined ? 'none, which is Always' : quoted(policy),
  });
}

function report(pod: PodSubject, found: string): void {
  pod.subject.report(NEVER_COMPLETES, pod.controllerPath.field('template'), { expected: 'a workload that ends with the training', found });
}

/** A group that starts and changes as a whole, with a claim for each worker: what no other workload has, and so chosen for that. */
function isChosen({ controller, claimTemplates }: PodSubject): boolean {
  return claimTemplates.length > 0 && controller.podManagementPolicy === 'Parallel' && controller.updateStrategy?.type === 'OnDelete';
}

function checkSet({ pod, trainer, containers }: PodFacts): void {
  const { controller, controllerPath, copies = 1, subject } = pod;
  if (trainer && !isChosen(pod) && !waitsForChief(trainer)) {
    const hasClaims = pod.claimTemplates.length > 0;
    subject.report(NEVER_COMPLETES, controllerPath.field('template'), {
      severity: hasClaims ? Severity.INFO : undefined,
      expected: 'a workload that ends with the training',
      found: `a StatefulSet, which starts its pods again for ever${hasClaims ? ', for a claim of each worker' : ''}`,
      fix: parameterServerRole(trainer) === undefined ? undefined : CHIEF_ENDS,
    });
  }
  if (copies < 2 || !(trainer || containers.some(({ serves }) => serves))) return;
  if (controller.podManagementPolicy !== 'Parallel') {
    subject.report(ORDERED_START, controllerPath.field('podManagementPolicy'), {
      expected: `Parallel, for ${copies} pods that wait for each other`,
      found: controller.podManagementPolicy === undefined ? 'none, which is OrderedReady' : quoted(controller.podManagementPolicy),
    });
  }
  const strategy = controller.updateStrategy?.type;
  if (strategy === 'OnDelete' || !trainer) return;
  const partition: unknown = controller.updateStrategy?.rollingUpdate?.partition;
  subject.report(ROLLING_UPDATE, controllerPath.field('updateStrategy'), {
    expected: 'OnDelete',
    found: `${strategy === undefined ? 'none, which is RollingUpdate' : quoted(strategy)}${typeof partition === 'number' && partition > 0 ? ` of the ordinals from ${partition} on` : ''}`,
  });
}
