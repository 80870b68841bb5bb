import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { valueOf } from '../../values/quantity';
import { oneOf, quoted } from '../../values/quote';
import { checkMetrics, METRIC } from './metrics';
import { checkObjectReference } from './object-reference';

export const AUTOSCALER = errorRule({
  id: 'api/autoscaler',
  title: 'An autoscaler names what it scales, between a least and a greatest number of replicas',
  why: 'The API server refuses limits that exclude each other, a least of none, a target without kind, name or group, and scaling steps without '
    + 'size or time.',
  fix: 'set `minReplicas` from 1, `maxReplicas` no smaller, and `scaleTargetRef` with apiVersion, kind and name',
  link: 'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const NONE: readonly Json[] = [];
const SELECT_POLICIES = ['Disabled', 'Max', 'Min'];
const POLICY_TYPES = ['Percent', 'Pods'];
const WINDOW_SECONDS_MAX = 3600;
const PERIOD_SECONDS_MAX = 1800;
/** The first release that looks at the tolerance. */
const TOLERANCE_SINCE = 35;

export function checkAutoscaler(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  const { minReplicas = 1, maxReplicas = 0 } = spec;
  if (minReplicas < 1) subject.report(AUTOSCALER, SPEC.field('minReplicas'), { expected: 'at least 1', found: quoted(minReplicas) });
  if (maxReplicas < 1 || maxReplicas < minReplicas) {
    subject.report(AUTOSCALER, SPEC.field('maxReplicas'), { expected: `at least ${Math.max(1, minReplicas)}`, found: quoted(spec.maxReplicas) });
  }
  const target: Json = spec.scaleTargetRef ?? EMPTY;
  checkObjectReference(subject, AUTOSCALER, target, SPEC.field('scaleTargetRef'), target.kind !== 'ReplicationController');
  if (subject.manifest.apiVersion === 'autoscaling/v1') {
    const percent: unknown = spec.targetCPUUtilizationPercentage;
    if (typeof percent === 'number' && percent < 1) {
      subject.report(METRIC, SPEC.field('metrics').index(0).fields('resource', 'target', 'averageUtilization'), { expected: 'more than 0', found: quoted(percent) });
    }
    return;
  }
  checkMetrics(subject, spec.metrics ?? NONE, SPEC.field('metrics'));
  if (spec.behavior === undefined) return;
  for (const field of ['scaleUp', 'scaleDown']) {
    if (spec.behavior[field] !== undefined) checkScaling(subject, spec.behavior[field], SPEC.fields('behavior', field));
  }
}

/** What is left out is filled in, but not into a list that is there and empty. */
function checkScaling(subject: Subject, rules: Json, path: Path): void {
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies, tolerance } = rules;
  if (window < 0 || window > WINDOW_SECONDS_MAX) {
    subject.report(AUTOSCALER, path.field('stabilizationWindowSeconds'), { expected: `seconds from 0 to ${WINDOW_SECONDS_MAX}`, found: quoted(window) });
  }
  if (selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy)) {
    subject.report(AUTOSCALER, path.field('selectPolicy'), { expected: oneOf(SELECT_POLICIES), found: quoted(selectPolicy) });
  }
  if (policies?.length === 0) subject.report(AUTOSCALER, path.field('policies'), { expected: 'at least one policy', found: 'none' });
  (policies as readonly Json[] | undefined)?.forEach((policy, i) => checkPolicy(subject, policy, path.field('policies').index(i)));
  const allowed = subject.minor >= TOLERANCE_SINCE ? valueOf(tolerance) : undefined;
  if (allowed !== undefined && allowed < 0) subject.report(AUTOSCALER, path.field('tolerance'), { expected: 'a quantity from 0', found: quoted(tolerance) });
}

function checkPolicy(subject: Subject, { type, value = 0, periodSeconds = 0 }: Json, path: Path): void {
  if (!POLICY_TYPES.includes(type)) subject.report(AUTOSCALER, path.field('type'), { expected: oneOf(POLICY_TYPES), found: quoted(type) });
  if (value <= 0) subject.report(AUTOSCALER, path.field('value'), { expected: 'more than 0', found: quoted(value) });
  if (periodSeconds <= 0 || periodSeconds > PERIOD_SECONDS_MAX) {
    subject.report(AUTOSCALER, path.field('periodSeconds'), { expected: `seconds from 1 to ${PERIOD_SECONDS_MAX}`, found: quoted(periodSeconds) });
  }
}
