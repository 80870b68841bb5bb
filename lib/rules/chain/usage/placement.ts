import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { matchesLabels } from '../../values/label-match';

const HOSTNAME = 'kubernetes.io/hostname';
const EMPTY: Json = {};
const NONE: readonly never[] = [];

/** The one node that a pod can only run on; undefined where there may be more. */
export function nodeOf({ spec }: PodSubject): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const selected: unknown = (spec.nodeSelector ?? EMPTY)[HOSTNAME];
  if (typeof selected === 'string') return selected;
  const terms: readonly Json[] = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? NONE;
  const nodes = new Set(terms.map(nodeOfTerm));
  return nodes.size === 1 ? [...nodes][0] : undefined;
}

function nodeOfTerm({ matchExpressions = NONE, matchFields = NONE }: Json): string | undefined {
  for (const { key, operator, values } of matchExpressions) if (key === HOSTNAME && operator === 'In' && values?.length === 1) return values[0];
  for (const { key, operator, values } of matchFields) if (key === 'metadata.name' && operator === 'In' && values?.length === 1) return values[0];
  return undefined;
}

/** Whether a pod must run beside others that its affinity names, on their node. */
export function isDrawn({ spec }: PodSubject): boolean {
  const terms: readonly Json[] = spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE;
  return terms.some(({ topologyKey }) => topologyKey === HOSTNAME);
}

/** Whether two pods of a template can never be on one node. */
export function keepsApart({ spec, metadata }: PodSubject): boolean {
  const labels: Json = metadata.labels ?? EMPTY;
  const terms: readonly Json[] = spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? NONE;
  for (const { topologyKey, labelSelector } of terms) {
    if (topologyKey === HOSTNAME && labelSelector !== undefined && matchesLabels(labelSelector, labels)) return true;
  }
  const containers: readonly Json[] = spec.containers ?? NONE;
  const takesPort = ({ hostPort, containerPort }: Json): boolean => hostPort > 0 || (spec.hostNetwork === true && containerPort > 0);
  return containers.some(({ ports = NONE }) => (ports as readonly Json[]).some(takesPort));
}
