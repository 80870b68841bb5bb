import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isQualifiedName } from '../../../private/name-forms';
import { valueOf } from '../../values/quantity';
import { oneOf, quoted } from '../../values/quote';

export const FIELD_REF = errorRule({
  id: 'api/field-ref',
  title: 'A variable from a field of the pod names a field that variables can have',
  why: 'Only a few fields of a pod can be put into variables; the API server refuses all others, and labels and annotations without their '
    + 'key.',
  fix: 'use one of the known fields, or `metadata.labels[\'<key>\']` for a label',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
});

export const RESOURCE_FIELD_REF = errorRule({
  id: 'api/resource-field-ref',
  title: 'A variable from the resources of a container names a resource that variables can have, and a known divisor',
  why: 'The API server knows the limits and requests of cpu, memory, ephemeral-storage and huge pages, and only whole powers as divisors.',
  fix: 'use such as `limits.memory` with the divisor `1Mi`',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#downwardapi-resourceFieldRef',
});

const FIELDS = new Set([
  'metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.podIP',
  'status.podIPs', 'spec.host',
]);
const HOST_IPS = 'status.hostIPs';
const HOST_IPS_SINCE = 29;
const KNOWN_FIELDS = 'metadata.name, metadata.namespace, metadata.uid, metadata.labels[\'<key>\'], metadata.annotations[\'<key>\'], spec.nodeName, '
  + 'spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP or status.podIPs';

const RESOURCES = [
  'limits.cpu', 'limits.memory', 'limits.ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.ephemeral-storage',
];
const HUGE_PAGES = /^(?:limits|requests)\.hugepages-/;
const CPU = /\.cpu$/;
const CPU_DIVISORS = new Set([1, 0.001]);
const DECIMAL_DIVISORS = new Set([1, 1e3, 1e6, 1e9, 1e12, 1e15, 1e18]);
const BINARY_DIVISORS = new Set([1, 2 ** 10, 2 ** 20, 2 ** 30, 2 ** 40, 2 ** 50, 2 ** 60]);
const EXPONENT = /[eE][+-]?\d+$/;

/** Judges `fieldRef` of a `valueFrom`. */
export function checkFieldRef(subject: Subject, { apiVersion, fieldPath }: Json, parent: Path): void {
  if (fieldPath && isKnownField(fieldPath, subject.minor) && (!apiVersion || apiVersion === 'v1')) return;
  const path = parent.field('fieldRef');
  if (!fieldPath) subject.report(FIELD_REF, path.field('fieldPath'), { expected: KNOWN_FIELDS, found: 'none' });
  else if (apiVersion && apiVersion !== 'v1') subject.report(FIELD_REF, path.field('fieldPath'), { expected: 'apiVersion v1 beside it', found: quoted(apiVersion) });
  else reportField(subject, fieldPath, path);
}

function isKnownField(field: string, minor: number): boolean {
  if (FIELDS.has(field)) return true;
  if (field === HOST_IPS) return minor >= HOST_IPS_SINCE;
  const key = keyIn(field);
  return key !== undefined && isQualifiedName(key);
}

/** The key of `metadata.labels['<key>']`; that of an annotation is compared in lower case. */
function keyIn(field: string): string | undefined {
  if (!field.endsWith('\']')) return undefined;
  if (field.startsWith('metadata.labels[\'')) return field.slice('metadata.labels[\''.length, -2);
  if (field.startsWith('metadata.annotations[\'')) return field.slice('metadata.annotations[\''.length, -2).toLowerCase();
  return undefined;
}

function reportField(subject: Subject, field: string, path: Path): void {
  const key = keyIn(field);
  if (key === undefined) subject.report(FIELD_REF, path.field('fieldPath'), { expected: KNOWN_FIELDS, found: quoted(field) });
  else subject.report(FIELD_REF, path, { expected: 'a key that labels and annotations may have', found: quoted(key) });
}

/** Judges `resourceFieldRef` of a `valueFrom`. */
export function checkResourceFieldRef(subject: Subject, { resource, divisor }: Json, parent: Path): void {
  const path = parent.field('resourceFieldRef');
  if (!resource) subject.report(RESOURCE_FIELD_REF, path.field('resource'), { expected: 'a resource', found: 'none' });
  else if (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource)) {
    subject.report(RESOURCE_FIELD_REF, path.field('resource'), { expected: `${oneOf(RESOURCES)}, or hugepages-<size> of them`, found: quoted(resource) });
  } else if (divisor !== undefined && !isDivisor(resource, divisor)) {
    const expected = CPU.test(resource) ? 'a divisor of 1 or 1m' : 'a divisor of 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi or 1Ei';
    subject.report(RESOURCE_FIELD_REF, path.field('divisor'), { expected, found: quoted(divisor) });
  }
}

/** It is compared as the server would write it, which keeps the kind of suffix. */
function isDivisor(resource: string, divisor: unknown): boolean {
  const value = valueOf(divisor);
  if (value === undefined || value === 0) return true;
  if (typeof divisor === 'string' && EXPONENT.test(divisor)) return false;
  if (CPU.test(resource)) return CPU_DIVISORS.has(value);
  return (typeof divisor === 'string' && divisor.endsWith('i') ? BINARY_DIVISORS : DECIMAL_DIVISORS).has(value);
}
