import type { BundleView } from '../../bundle/bundle-view';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';

export const PRIORITY_CLASS = errorRule({
  id: 'api/priority-class',
  title: 'A priority class has a value up to 1,000,000,000, no name of the system, and displaces others or never does',
  why: 'Higher values and names that start with system- are kept for Kubernetes itself, and preemptionPolicy is PreemptLowerPriority or Never. '
    + 'The API server refuses the rest.',
  fix: 'use a value up to 1000000000, a name of your own, and Never for training that shall wait for room',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass',
});

export const DEFAULT_PRIORITY = errorRule({
  id: 'api/default-priority',
  title: 'One priority class at most is the default of all pods',
  why: 'The API server refuses a second PriorityClass with `globalDefault: true`.',
  fix: 'leave `globalDefault` out of all but one',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#example-priorityclass',
});

const ROOT = Path.ROOT;
const USER_MAX = 1_000_000_000;
const SYSTEM = 'system-';
/** What the system itself has, by name. */
const SYSTEM_VALUES: ReadonlyMap<string, number> = new Map([['system-node-critical', 2_000_001_000], ['system-cluster-critical', 2_000_000_000]]);

export function checkPriorityClass(subject: Subject): void {
  const { value = 0, globalDefault = false, preemptionPolicy } = subject.json;
  const { name } = subject.manifest;
  if (name.startsWith(SYSTEM)) {
    if (SYSTEM_VALUES.get(name) !== value || globalDefault === true) {
      subject.report(PRIORITY_CLASS, ROOT.fields('metadata', 'name'), { expected: 'a name that does not start with system-', found: quoted(name) });
    }
  } else if (value > USER_MAX) {
    subject.report(PRIORITY_CLASS, ROOT.field('value'), { expected: `at most ${USER_MAX}`, found: quoted(value) });
  }
  if (preemptionPolicy !== undefined && preemptionPolicy !== 'PreemptLowerPriority' && preemptionPolicy !== 'Never') {
    subject.report(PRIORITY_CLASS, ROOT.field('preemptionPolicy'), { expected: 'PreemptLowerPriority or Never', found: quoted(preemptionPolicy) });
  }
}

/** The same class again is an update, not a second one. */
export function checkDefaultPriority(bundle: BundleView): void {
  let first = bundle.all('scheduling.k8s.io/PriorityClass').find(({ manifest, json }) => manifest.external && json.globalDefault === true);
  for (const subject of bundle.all('scheduling.k8s.io/PriorityClass')) {
    if (subject.manifest.external || subject.json.globalDefault !== true) continue;
    first ??= subject;
    if (first.manifest.name === subject.manifest.name) continue;
    subject.report(DEFAULT_PRIORITY, ROOT.field('globalDefault'), { expected: `false beside PriorityClass ${first.manifest.name}`, found: 'true' });
  }
}
