import type { Claim } from '../../../bundle/claims';
import type { Json } from '../../../engine/manifest';
import type { PodSubject } from '../../../engine/pods';
import type { PodResources } from './pod-resources';

const NONE: readonly never[] = [];
const ATTRIBUTES_CLASS = 'VolumeAttributesClass';
/** The first release in which quotas know the attributes class of a claim. */
const ATTRIBUTES_CLASS_SINCE = 34;

/** Whether a quota counts a pod. */
export function countsPod(quota: Json, pod: PodSubject, resources: PodResources): boolean {
  return scopesOf(quota).every(scope => isInScope(scope, pod, resources));
}

/** Whether a quota counts a claim: any scope but that of the attributes class leaves claims out. */
export function countsClaim(quota: Json, { spec, subject }: Claim): boolean {
  return scopesOf(quota).every(scope => subject.minor >= ATTRIBUTES_CLASS_SINCE && scope.scopeName === ATTRIBUTES_CLASS
    && answers(scope, spec.volumeAttributesClassName));
}

function scopesOf({ spec }: Json): readonly Json[] {
  const scopes: readonly string[] = spec?.scopes ?? NONE;
  const selected: readonly Json[] = spec?.scopeSelector?.matchExpressions ?? NONE;
  return scopes.length === 0 ? selected : [...scopes.map(scopeName => ({ scopeName, operator: 'Exists' })), ...selected];
}

function isInScope(scope: Json, { spec }: PodSubject, { containers }: PodResources): boolean {
  const ends = typeof spec.activeDeadlineSeconds === 'number';
  switch (scope.scopeName) {
    case 'Terminating': return ends;
    case 'NotTerminating': return !ends;
    case 'BestEffort': return isBestEffort(containers);
    case 'NotBestEffort': return !isBestEffort(containers);
    case 'PriorityClass': return answers(scope, spec.priorityClassName || undefined);
    case 'CrossNamespacePodAffinity': return crossesNamespaces(spec);
    default: return false;
  }
}

function isBestEffort(containers: PodResources['containers']): boolean {
  return !containers.some(({ requests, limits }) => ['cpu', 'memory'].some(name => (requests.get(name) ?? 0) > 0 || (limits.get(name) ?? 0) > 0));
}

function answers({ operator, values = NONE }: Json, value: string | undefined): boolean {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'DoesNotExist': return value === undefined;
    default: return value !== undefined;
  }
}

function crossesNamespaces({ affinity }: Json): boolean {
  const kinds: readonly (Json | undefined)[] = [affinity?.podAffinity, affinity?.podAntiAffinity];
  return kinds.some(kind => {
    const required: readonly Json[] = kind?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE;
    const preferred: readonly Json[] = kind?.preferredDuringSchedulingIgnoredDuringExecution ?? NONE;
    return [...required, ...preferred.map(({ podAffinityTerm }) => podAffinityTerm as Json)]
      .some(term => term?.namespaceSelector !== undefined || (term?.namespaces ?? NONE).length > 0);
  });
}
