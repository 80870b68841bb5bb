import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { checkLabelSelector } from '../../values/label-selector';
import { oneOf, quoted } from '../../values/quote';
import { checkMatchLabelKeys, checkWrittenLabelKeys } from './match-label-keys';

export const TOPOLOGY_SPREAD = errorRule({
  id: 'api/topology-spread',
  title: 'A spread constraint has a skew above 0, a topology key, and says what to do where it cannot be met',
  why: 'The API server refuses a constraint that leaves one of them out, two constraints of the same key and action, and `minDomains` where '
    + 'pods may be placed anyway.',
  fix: 'write `maxSkew: 1`, a `topologyKey`, and `whenUnsatisfiable: DoNotSchedule` or `ScheduleAnyway`',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
});

const ACTIONS = ['DoNotSchedule', 'ScheduleAnyway'];
const POLICIES = ['Honor', 'Ignore'];
/** Since when the server adds the labels of the pod to the selector, and looks at the result. */
const MERGED_SINCE = 34;

export function checkTopologySpread(pod: PodSubject): void {
  const constraints: readonly Json[] | undefined = pod.spec.topologySpreadConstraints;
  if (constraints === undefined) return;
  if (constraints.length > 1) checkRepeated(pod, constraints);
  for (let i = 0; i < constraints.length; i++) checkConstraint(pod, constraints[i], pod.path.field('topologySpreadConstraints').index(i));
}

/** Of two constraints of one kind the server refuses the earlier one. */
function checkRepeated({ subject, path }: PodSubject, constraints: readonly Json[]): void {
  const keys = constraints.map(({ topologyKey = '', whenUnsatisfiable = '' }) => `{${topologyKey}, ${whenUnsatisfiable}}`);
  const last = new Map(keys.map((key, i) => [key, i]));
  keys.forEach((key, i) => {
    if (last.get(key) === i) return;
    subject.report(TOPOLOGY_SPREAD, path.field('topologySpreadConstraints').index(i).field('{topologyKey, whenUnsatisfiable}'), {
      expected: 'one constraint of the same topologyKey and whenUnsatisfiable', found: `${key} twice`,
    });
  });
}

function checkConstraint(pod: PodSubject, constraint: Json, path: Path): void {
  const { subject } = pod;
  const { maxSkew = 0, topologyKey, whenUnsatisfiable: action, minDomains, labelSelector } = constraint;
  if (maxSkew <= 0) subject.report(TOPOLOGY_SPREAD, path.field('maxSkew'), { expected: 'a skew above 0', found: quoted(constraint.maxSkew) });
  if (!topologyKey) subject.report(TOPOLOGY_SPREAD, path.field('topologyKey'), { expected: 'a label of nodes, as topology.kubernetes.io/zone', found: 'none' });
  if (!ACTIONS.includes(action)) {
    subject.report(TOPOLOGY_SPREAD, path.field('whenUnsatisfiable'), { expected: oneOf(ACTIONS), found: action ? quoted(action) : 'none' });
  }
  if (minDomains !== undefined && (minDomains <= 0 || action !== 'DoNotSchedule')) {
    const expected = minDomains <= 0 ? 'a number above 0' : 'whenUnsatisfiable DoNotSchedule beside it';
    subject.report(TOPOLOGY_SPREAD, path.field('minDomains'), { expected, found: minDomains <= 0 ? quoted(minDomains) : quoted(action) });
  }
  checkPolicy(pod, constraint, 'nodeAffinityPolicy', path);
  checkPolicy(pod, constraint, 'nodeTaintsPolicy', path);
  if (subject.minor >= MERGED_SINCE) checkMatchLabelKeys(pod, TOPOLOGY_SPREAD, constraint, path);
  else checkWrittenLabelKeys(pod, TOPOLOGY_SPREAD, constraint, path);
  checkLabelSelector(subject, labelSelector, path, 'labelSelector');
}

function checkPolicy({ subject }: PodSubject, constraint: Json, field: string, path: Path): void {
  const policy = constraint[field];
  if (policy === undefined || POLICIES.includes(policy)) return;
  subject.report(TOPOLOGY_SPREAD, path.field(field), { expected: oneOf(POLICIES), found: quoted(policy) });
}
