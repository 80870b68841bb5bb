import { createHash } from 'node:crypto';
import type { KubernetesVersion } from '../../../lib';

/** An object of the cluster, as plain data. */
export type Wire = any;

/** What a controller sees besides the object that it works on. */
export interface Cluster {
  readonly objects: readonly Wire[];
  readonly target: KubernetesVersion;
}

/** Makes the objects that follow from one. */
export type Controller = (object: Wire, cluster: Cluster) => Wire[];

const OWNERS = Symbol('owners');

/** An object that a controller makes for another: it is in the same namespace, and known to be the other's. */
export function madeBy(owner: Wire, object: Wire): Wire {
  return { ...object, metadata: { namespace: namespaceOf(owner), ...object.metadata }, [OWNERS]: [...ownersOf(owner), owner] };
}

/** Who made an object, the first of them first; none where it stands in a manifest. */
export function ownersOf(object: Wire): readonly Wire[] {
  return object[OWNERS] ?? [];
}

/** Kind and name, as people write it. */
export function idOf({ kind, metadata }: Wire): string {
  return `${kind}/${metadata.name}`;
}

export function namespaceOf({ metadata }: Wire): string {
  return metadata.namespace ?? 'default';
}

/** A copy that can be changed. */
export function copyOf<T>(value: T): T {
  return structuredClone(value);
}

/** Five characters as the API server puts behind a generated name, the same for the same text. */
export function suffixOf(text: string): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  return [...createHash('sha256').update(text).digest().subarray(0, 5)].map(byte => alphabet[byte % alphabet.length]).join('');
}

/** What a StatefulSet puts into a label of its pods: its own name, and up to ten characters. */
export function revisionOf(set: string): string {
  return `${set}-${suffixOf(set)}${suffixOf(set)}`;
}

/** A pod made from a template. */
export function podFrom(template: Wire, name: string, { labels = {}, annotations = {}, spec = {} }: {
  labels?: Record<string, string>; annotations?: Record<string, string>; spec?: Wire;
}): Wire {
  const { metadata = {}, spec: own } = copyOf(template);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { ...metadata.labels, ...labels }, annotations: { ...metadata.annotations, ...annotations } },
    spec: { ...own, ...spec },
  };
}

/** Every container of a pod that starts with it, in order. */
export function containersOf(spec: Wire): Wire[] {
  return [...spec.initContainers ?? [], ...spec.containers];
}

/** The pod's spec with every container changed. */
export function withContainers(spec: Wire, change: (container: Wire) => Wire): Wire {
  return {
    ...spec,
    ...spec.initContainers && { initContainers: spec.initContainers.map(change) },
    containers: spec.containers.map(change),
  };
}
