import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { valueOf } from '../../values/quantity';
import { oneOf, quoted } from '../../values/quote';
import { isIntegerResource, isQuotaResource, QUOTA_RESOURCE } from './resource-names';

export const QUOTA_RESOURCES = errorRule({
  id: 'api/quota-resource',
  title: 'A quota limits resources that can be counted, with quantities that they can have',
  why: 'The API server refuses names that nothing is counted under, quantities below zero, and parts of what comes whole: pods, claims, GPUs.',
  fix: 'use a resource such as `requests.nvidia.com/gpu` or `requests.storage`, and whole numbers for what is counted',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#types-of-resource-quota',
});

export const QUOTA_SCOPE = errorRule({
  id: 'api/quota-scope',
  title: 'The scopes of a quota exist, do not exclude each other, and fit to its resources',
  why: 'A scope selects objects, and with it which resources can be counted. The API server refuses unknown scopes, scopes that exclude each '
    + 'other, operators that do not fit, and resources that the scope does not count.',
  fix: 'make a quota of its own for each scope, with the resources that its documentation names',
  link: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const EXISTS_ONLY: ReadonlySet<string> = new Set(['Terminating', 'NotTerminating', 'BestEffort', 'NotBestEffort', 'CrossNamespacePodAffinity']);
const PRIORITY = 'PriorityClass';
const ATTRIBUTES = 'VolumeAttributesClass';
const SCOPES = [...EXISTS_ONLY, PRIORITY, ATTRIBUTES];
const EXCLUSIVE = [['BestEffort', 'NotBestEffort'], ['Terminating', 'NotTerminating']];
const PODS = ['pods'];
const COMPUTE = ['pods', 'cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const CLAIMS = ['persistentvolumeclaims', 'requests.storage'];
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

export function checkResourceQuota(subject: Subject): void {
  const { hard = EMPTY, scopes, scopeSelector }: Json = subject.json.spec ?? EMPTY;
  checkAmounts(subject, hard, SPEC.field('hard'));
  const { status }: Json = subject.json;
  if (status?.hard !== undefined) checkAmounts(subject, status.hard, Path.ROOT.fields('status', 'hard'));
  if (status?.used !== undefined) checkAmounts(subject, status.used, Path.ROOT.fields('status', 'used'));
  if (scopes !== undefined && scopes.length > 0) checkScopes(subject, scopes, hard, SPEC.field('scopes'), undefined);
  if (scopeSelector?.matchExpressions !== undefined) checkSelector(subject, scopeSelector.matchExpressions, hard);
}

function checkAmounts(subject: Subject, hard: Json, path: Path): void {
  for (const resource in hard) {
    if (!isQuotaResource(resource)) {
      subject.report(QUOTA_RESOURCES, path.key(resource), { expected: QUOTA_RESOURCE, found: quoted(resource) });
    }
    const value = valueOf(hard[resource]);
    if (value === undefined) continue;
    const expected = value < 0 ? 'a quantity from 0' : isIntegerResource(resource) && !isWhole(value) ? 'a whole number' : undefined;
    if (expected !== undefined) subject.report(QUOTA_RESOURCES, path.key(resource), { expected, found: quoted(hard[resource]) });
  }
}

/** The server rounds up to thousandths before it looks. */
function isWhole(value: number): boolean {
  return Number.isInteger(value) || Math.ceil(value * 1000) % 1000 === 0;
}

function checkSelector(subject: Subject, expressions: readonly Json[], hard: Json): void {
  const path = SPEC.fields('scopeSelector', 'matchExpressions');
  for (const { scopeName = '', operator, values = [] } of expressions) {
    if (EXISTS_ONLY.has(scopeName) && operator !== 'Exists') {
      subject.report(QUOTA_SCOPE, path.field('operator'), { expected: `Exists for the scope ${scopeName}`, found: quoted(operator) });
    } else if (!OPERATORS.includes(operator)) {
      subject.report(QUOTA_SCOPE, path.field('operator'), { expected: oneOf(OPERATORS), found: quoted(operator) });
    }
    const needsValues = operator === 'In' || operator === 'NotIn';
    if (OPERATORS.includes(operator) && needsValues !== values.length > 0) {
      subject.report(QUOTA_SCOPE, path.field('values'), { expected: `${needsValues ? 'values' : 'no values'} for the operator ${operator}`, found: quoted(values) });
    }
  }
  checkScopes(subject, expressions.map(({ scopeName = '' }) => scopeName as string), hard, path, path.field('scopeName'));
}

/** @param unknown where the server says that a scope does not exist, if not with the others */
function checkScopes(subject: Subject, scopes: readonly string[], hard: Json, path: Path, unknown: Path | undefined): void {
  for (const scope of scopes) {
    const known = SCOPES.includes(scope);
    if (!known) subject.report(QUOTA_SCOPE, unknown ?? path, { expected: oneOf(SCOPES), found: quoted(scope) });
    const counted = scope === 'BestEffort' ? PODS : scope === ATTRIBUTES ? CLAIMS : COMPUTE;
    const isOther = (resource: string): boolean => !counted.includes(resource) && !resource.includes('/') && isQuotaResource(resource);
    const other = known ? Object.keys(hard).find(isOther) : undefined;
    if (other !== undefined) subject.report(QUOTA_SCOPE, path, { expected: `${oneOf(counted)} in the scope ${scope}`, found: quoted(other) });
  }
  // the server writes the path of the scopes for those of a selector too
  for (const pair of EXCLUSIVE) {
    if (!pair.every(scope => scopes.includes(scope))) continue;
    subject.report(QUOTA_SCOPE, SPEC.field('scopes'), { expected: `one of ${pair.join(' and ')}`, found: 'both' });
  }
}
