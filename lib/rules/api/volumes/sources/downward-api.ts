import type { Json } from '../../../engine/manifest';
import type { Path } from '../../../engine/path';
import { errorRule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { isQualifiedName } from '../../../../private/name-forms';
import { valueOf } from '../../../values/quantity';
import { oneOf, quoted } from '../../../values/quote';
import { checkFilePath, checkMode } from './items';
import { isThere } from './source';

export const DOWNWARD_API = errorRule({
  id: 'api/downward-api',
  title: 'A file about the pod names one field or one resource that pods tell',
  why: 'The API server refuses fields that a volume cannot hold (the node and the addresses are not known yet), resources without their '
    + 'container, and divisors that are no unit.',
  fix: "use metadata.name, metadata.labels['key'] …, or limits.memory with `containerName`",
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/',
});

const FIELDS = ['metadata.name', 'metadata.namespace', 'metadata.labels', 'metadata.annotations', 'metadata.uid'];
const RESOURCES = [
  'limits.cpu', 'limits.memory', 'limits.ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.ephemeral-storage',
];
const HUGE_PAGES = /^(?:limits|requests)\.hugepages-/;
const KEY_OF_MAP = /^(.+?)\['(.*)'\]$/s;

/** Holds the files of a downwardAPI volume, or of a projected one, against what the API server can fill them with. */
export function checkDownwardFiles(subject: Subject, items: readonly Json[] | undefined, parent: Path): void {
  if (items === undefined) return;
  for (let i = 0; i < items.length; i++) checkFile(subject, items[i], parent.field('items').index(i));
}

function checkFile(subject: Subject, file: Json, path: Path): void {
  checkFilePath(subject, file, 'path', path);
  checkMode(subject, file, 'mode', path);
  const { fieldRef, resourceFieldRef } = file;
  if ((fieldRef === undefined) === (resourceFieldRef === undefined)) {
    const found = fieldRef === undefined ? 'neither' : 'both';
    subject.report(DOWNWARD_API, path, { expected: 'either `fieldRef` or `resourceFieldRef`', found });
  }
  if (fieldRef !== undefined) checkField(subject, fieldRef, path.field('fieldRef'));
  else if (resourceFieldRef !== undefined) checkResource(subject, resourceFieldRef, path.field('resourceFieldRef'));
}

function checkField(subject: Subject, { apiVersion, fieldPath }: Json, path: Path): void {
  const report = (expected: string): void => subject.report(DOWNWARD_API, path.field('fieldPath'), { expected, found: quoted(fieldPath) });
  if (isThere(apiVersion) && apiVersion !== 'v1') {
    subject.report(DOWNWARD_API, path.field('fieldPath'), { expected: 'the `apiVersion` v1', found: quoted(apiVersion) });
  } else if (!isThere(fieldPath)) {
    report('a field of the pod');
  } else {
    const [, map, key] = KEY_OF_MAP.exec(fieldPath) ?? [];
    if (map === undefined) {
      if (!FIELDS.includes(fieldPath)) report(`${oneOf(FIELDS)}, or one label or annotation`);
    } else if (map !== 'metadata.labels' && map !== 'metadata.annotations') {
      report('a key only of metadata.labels and metadata.annotations');
    } else if (!isQualifiedName(map === 'metadata.annotations' ? key.toLowerCase() : key)) {
      subject.report(DOWNWARD_API, path, { expected: 'the key of a label or annotation', found: quoted(key) });
    }
  }
}

function checkResource(subject: Subject, { containerName, resource, divisor }: Json, path: Path): void {
  if (!isThere(containerName)) {
    subject.report(DOWNWARD_API, path.field('containerName'), { expected: 'the container, which a volume does not know by itself', found: quoted(containerName) });
  } else if (!isThere(resource) || (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource))) {
    subject.report(DOWNWARD_API, path.field('resource'), { expected: `${oneOf(RESOURCES)}, or those of hugepages-<size>`, found: quoted(resource) });
  }
  if (typeof resource === 'string' && !isUnitOf(resource, divisor)) {
    const units = resource.endsWith('.cpu') ? '1 or 1m' : '1, 1k, 1M … 1E, 1Ki, 1Mi … or 1Ei';
    subject.report(DOWNWARD_API, path.field('divisor'), { expected: units, found: quoted(divisor) });
  }
}

/** Whether a quantity is one of something: `1Gi`, `1k`, `1m` of CPU. */
function isUnitOf(resource: string, divisor: unknown): boolean {
  const value = valueOf(divisor);
  if (value === undefined || value === 0) return true;
  if (resource === 'limits.cpu' || resource === 'requests.cpu') return value === 1 || value === 0.001;
  if (!RESOURCES.includes(resource) && !HUGE_PAGES.test(resource)) return true;
  if (value === 1) return true;
  const text = String(divisor);
  // the server keeps the form that a quantity is written in
  if (/[eE][+-]?\d/.test(text)) return false;
  const base = text.endsWith('i') ? 1024 : 1000;
  return [1, 2, 3, 4, 5, 6].some(power => value === base ** power);
}
