import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkIntOrPercent, checkNotOverWhole } from '../../values/int-or-percent';
import { checkLabelSelector } from '../../values/label-selector';
import { quoted } from '../../values/quote';

export const DISRUPTION_BUDGET = errorRule({
  id: 'api/disruption-budget',
  title: 'A disruption budget says how many pods must stay or how many may go, not both',
  why: 'minAvailable and maxUnavailable are counts or percentages up to 100%, and exclude each other. The API server refuses the rest.',
  fix: 'keep one: `maxUnavailable: 0` for workers that train together, `minAvailable: 1` for a database',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const FIELDS = ['minAvailable', 'maxUnavailable'];
const POLICIES = ['AlwaysAllow', 'IfHealthyBudget'];

export function checkDisruptionBudget(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined) {
    subject.report(DISRUPTION_BUDGET, SPEC, { expected: 'one of minAvailable and maxUnavailable', found: 'both' });
  }
  for (let i = 0; i < FIELDS.length; i++) {
    checkIntOrPercent(subject, DISRUPTION_BUDGET, spec[FIELDS[i]], SPEC, FIELDS[i]);
    checkNotOverWhole(subject, DISRUPTION_BUDGET, spec[FIELDS[i]], SPEC, FIELDS[i]);
  }
  checkLabelSelector(subject, spec.selector, SPEC, 'selector');
  const policy: string | undefined = spec.unhealthyPodEvictionPolicy;
  if (policy !== undefined && !POLICIES.includes(policy)) {
    subject.report(DISRUPTION_BUDGET, SPEC.field('unhealthyPodEvictionPolicy'), { expected: POLICIES.join(' or '), found: quoted(policy) });
  }
}
