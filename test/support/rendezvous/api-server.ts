import { idOf, namespaceOf, type Wire } from './objects';

const LABEL_MAX = 63;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

/** Refuses what the API server refuses of the names that controllers put together. */
export function admit(object: Wire, others: readonly Wire[]): void {
  const { kind, metadata, spec } = object;
  const refuse = (why: string): never => { throw new Error(`${idOf(object)}: ${why}`); };
  if (others.some(other => other.kind === kind && other.metadata.name === metadata.name && namespaceOf(other) === namespaceOf(object))) {
    refuse('is there already');
  }
  for (const [name, value] of Object.entries((metadata.labels ?? {}) as Record<string, string>)) {
    if (value.length > LABEL_MAX || !LABEL_VALUE.test(value)) refuse(`label ${name} cannot be ${value}`);
  }
  const labels = kind === 'Pod' ? [spec.hostname, spec.subdomain] : kind === 'Service' || kind === 'Job' ? [metadata.name] : [];
  for (const label of labels as (string | undefined)[]) {
    if (label !== undefined && (label.length > LABEL_MAX || !LABEL.test(label))) refuse(`${label} is no DNS label`);
  }
}
