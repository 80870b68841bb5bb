import type { BundleView } from '../../bundle/bundle-view';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { quoted } from '../../values/quote';

export const PRIORITY_VALUE = errorRule({
  id: 'chain/priority-value',
  title: 'A pod has the priority of its PriorityClass',
  why: 'The API server fills in `priority` and `preemptionPolicy` from the class, or 0 and PreemptLowerPriority where there is none, and '
    + 'refuses a pod that says something else. Templates are taken, but each pod of them is refused.',
  fix: 'leave `priority` and `preemptionPolicy` out, and name a PriorityClass that has them',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#pod-priority',
});

const TYPE = 'scheduling.k8s.io/PriorityClass';
const PREEMPTS = 'PreemptLowerPriority';
const SYSTEM: ReadonlyMap<string, number> = new Map([['system-node-critical', 2_000_001_000], ['system-cluster-critical', 2_000_000_000]]);

/** What the API server fills into a pod. */
interface Priority {
  readonly value: number;
  readonly preemptionPolicy: string;
  /** Where it is from, for people. */
  readonly origin: string;
  /** A class outside the bundle may have another. */
  readonly isGuess: boolean;
}

/** Judges what pods say of themselves that their class decides. */
export function checkPriorities(view: BundleView): void {
  for (const pod of view.pods) {
    const { priority, preemptionPolicy } = pod.spec;
    if (priority === undefined && preemptionPolicy === undefined) continue;
    const given = priorityOf(view, pod);
    if (!given) continue;
    if (priority !== undefined && priority !== given.value) report(pod, given, 'priority', String(given.value), String(priority));
    if (preemptionPolicy !== undefined && preemptionPolicy !== given.preemptionPolicy) {
      report(pod, given, 'preemptionPolicy', given.preemptionPolicy, quoted(preemptionPolicy));
    }
  }
}

/** Undefined where the class, or what it says, is not known. */
function priorityOf(view: BundleView, { spec }: PodSubject): Priority | undefined {
  const name: string = spec.priorityClassName ?? '';
  if (name === '') return defaultOf(view);
  const system = SYSTEM.get(name);
  if (system !== undefined) return { value: system, preemptionPolicy: PREEMPTS, origin: `PriorityClass ${name}`, isGuess: false };
  const found = view.find(TYPE, '', name)?.json;
  if (typeof found?.value !== 'number') return undefined;
  return { value: found.value, preemptionPolicy: found.preemptionPolicy ?? PREEMPTS, origin: `PriorityClass ${name}`, isGuess: false };
}

function defaultOf(view: BundleView): Priority {
  const known = view.all(TYPE).find(({ json }) => json.globalDefault === true);
  if (!known) return { value: 0, preemptionPolicy: PREEMPTS, origin: 'a pod without a class', isGuess: true };
  const { value = 0, preemptionPolicy = PREEMPTS } = known.json;
  return { value, preemptionPolicy, origin: `the default PriorityClass ${known.manifest.name}`, isGuess: false };
}

function report({ subject, path }: PodSubject, { origin, isGuess }: Priority, field: string, value: string, found: string): void {
  const detail = { expected: `none, or ${value} as ${origin} has it`, found };
  if (isGuess) subject.unresolved(PRIORITY_VALUE, path.field(field), detail);
  else subject.report(PRIORITY_VALUE, path.field(field), detail);
}
