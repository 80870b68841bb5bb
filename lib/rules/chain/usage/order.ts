import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';

const EMPTY: Json = {};
const NONE: readonly never[] = [];
const ARGO_WAVE = 'argocd.argoproj.io/sync-wave';
const ARGO_HOOK = 'argocd.argoproj.io/hook';
const HELM_HOOK = 'helm.sh/hook';
const HELM_WEIGHT = 'helm.sh/hook-weight';
/** Kinds whose pods come to an end. */
const FINITE = new Set(['Job', 'CronJob', 'JobSet', 'TrainingRuntime', 'ClusterTrainingRuntime', 'MPIJob', 'PyTorchJob']);
const WAITS = /\b(until|while)\b|\bkubectl\s+wait\b|inotifywait|wait-for/;

/** Whether the pods come to an end, after which others may have their claims. */
export function isFinite(pod: PodSubject): boolean {
  if (pod.kind === 'Pod') return pod.spec.restartPolicy === 'Never' || pod.spec.restartPolicy === 'OnFailure';
  return FINITE.has(pod.kind);
}

/** Whether no pods are made of it until somebody says so. */
export function isHeldBack({ copies, kind, controller, subject }: PodSubject): boolean {
  if (copies === 0) return true;
  if (kind === 'CronJob') return subject.json.spec?.suspend === true;
  return (kind === 'Job' ? controller.suspend : subject.json.spec?.suspend) === true;
}

/** Whether something sees to it that the pods of one have come to an end before those of the other start. */
export function areOrdered(a: PodSubject, b: PodSubject): boolean {
  if (isHeldBack(a) || isHeldBack(b)) return true;
  if (a.subject.manifest === b.subject.manifest) return areOrderedRoles(a, b);
  const [first, second] = stageOf(a) <= stageOf(b) ? [a, b] : [b, a];
  return stageOf(first) !== stageOf(second) && isFinite(first);
}

/** Whether a pod waits, in one of its containers, for what the others write. */
export function waitsInside({ spec }: PodSubject): boolean {
  const starting: readonly Json[] = spec.initContainers ?? NONE;
  const containers: readonly Json[] = spec.containers ?? NONE;
  return [...starting, ...containers].some(({ command = NONE, args = NONE }) =>
    [...command, ...args].some((text: unknown) => typeof text === 'string' && WAITS.test(text)));
}

/** Phases and waves of Argo CD, hooks of Helm: what is lower is applied first, and waited for. */
function stageOf({ subject }: PodSubject): number {
  const annotations: Json = subject.json.metadata?.annotations ?? EMPTY;
  const hook = String(annotations[ARGO_HOOK] ?? annotations[HELM_HOOK] ?? '');
  const weight = Number(annotations[ARGO_WAVE] ?? annotations[HELM_WEIGHT] ?? 0);
  const phase = /PreSync|pre-(install|upgrade)/.test(hook) ? -1 : /PostSync|post-(install|upgrade)/.test(hook) ? 1 : 0;
  return phase * 2 ** 32 + (Number.isFinite(weight) ? weight : 0);
}

/** Replicated jobs of one JobSet: by `dependsOn`, or one after the other. */
function areOrderedRoles(a: PodSubject, b: PodSubject): boolean {
  if (a.role === '' || a.role === b.role) return false;
  const spec: Json = a.subject.json.spec?.template?.spec ?? a.subject.json.spec ?? EMPTY;
  const jobs: readonly Json[] = Array.isArray(spec.replicatedJobs) ? spec.replicatedJobs : NONE;
  return jobs.some(({ name, dependsOn = NONE }) =>
    (name === a.role && completes(dependsOn, b.role)) || (name === b.role && completes(dependsOn, a.role)));
}

function completes(dependsOn: readonly Json[], role: string): boolean {
  return dependsOn.some(one => one.name === role && one.status === 'Complete');
}
