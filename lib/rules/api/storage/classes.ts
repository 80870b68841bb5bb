import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { LABEL_KEY } from '../../values/label-selector';
import { isQualifiedName } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';
import { RECLAIM_POLICY } from './persistent-volumes';

const LINK = 'https://kubernetes.io/docs/concepts/storage/storage-classes/';

export const PROVISIONER = errorRule({
  id: 'api/provisioner',
  title: 'A class names its driver',
  why: 'The API server refuses a class without a driver, and names that no driver can have.',
  fix: 'use the name of the CSI driver, as ebs.csi.aws.com',
  link: `${LINK}#provisioner`,
});

export const PARAMETERS = errorRule({
  id: 'api/parameters',
  title: 'A class has at most 512 parameters with names, of 256 KiB in all',
  why: 'The API server refuses more; a VolumeAttributesClass without parameters would change nothing.',
  fix: 'use fewer or shorter parameters, each with a name',
  link: `${LINK}#parameters`,
});

export const BINDING_MODE = errorRule({
  id: 'api/binding-mode',
  title: 'The binding mode of a class is Immediate or WaitForFirstConsumer',
  why: 'The API server refuses any other.',
  fix: 'use WaitForFirstConsumer for storage of one zone or node, else Immediate',
  link: `${LINK}#volume-binding-mode`,
});

export const ALLOWED_TOPOLOGIES = errorRule({
  id: 'api/allowed-topologies',
  title: 'Each allowed topology has label keys with values, none twice',
  why: 'The API server refuses terms without keys or values, a key that is no label, and what is written twice.',
  fix: 'write each key once in a term, with the values that are allowed: topology.kubernetes.io/zone with its zones',
  link: `${LINK}#allowed-topologies`,
});

const MAX_PARAMETERS = 512;
const MAX_BYTES = 256 * 1024;
const POLICIES = ['Delete', 'Retain'];
const MODES = ['Immediate', 'WaitForFirstConsumer'];

/** Holds a StorageClass against what the API server takes. */
export function checkStorageClass(subject: Subject): void {
  const { json } = subject;
  checkDriver(subject, 'provisioner');
  checkParameters(subject);
  const { reclaimPolicy: policy, volumeBindingMode: mode } = json;
  if (policy !== undefined && policy !== '' && !POLICIES.includes(policy)) {
    subject.report(RECLAIM_POLICY, Path.ROOT.field('reclaimPolicy'), { expected: oneOf(POLICIES), found: quoted(policy) });
  }
  if (mode !== undefined && !MODES.includes(mode)) {
    subject.report(BINDING_MODE, Path.ROOT.field('volumeBindingMode'), { expected: oneOf(MODES), found: quoted(mode) });
  }
  if (json.allowedTopologies !== undefined) checkTopologies(subject, json.allowedTopologies);
}

/** Holds a VolumeAttributesClass against what the API server takes. */
export function checkAttributesClass(subject: Subject): void {
  checkDriver(subject, 'driverName');
  checkParameters(subject);
  if (Object.keys(subject.json.parameters ?? {}).length === 0) {
    subject.report(PARAMETERS, Path.ROOT.field('parameters'), { expected: 'one parameter or more', found: 'none', fix: 'name what the class changes' });
  }
}

function checkDriver(subject: Subject, field: string): void {
  const name = subject.json[field];
  if (name !== undefined && isQualifiedName(name.toLowerCase())) return;
  subject.report(PROVISIONER, Path.ROOT.field(field), { expected: `the name of a driver, formed as ${LABEL_KEY}`, found: quoted(name) });
}

function checkParameters(subject: Subject): void {
  const parameters: Record<string, string> | undefined = subject.json.parameters;
  if (parameters === undefined) return;
  const path = Path.ROOT.field('parameters');
  const names = Object.keys(parameters);
  if (names.length > MAX_PARAMETERS) {
    subject.report(PARAMETERS, path, { expected: `at most ${MAX_PARAMETERS}`, found: String(names.length) });
    return;
  }
  let bytes = 0;
  for (const name of names) {
    if (name === '') subject.report(PARAMETERS, path, { expected: 'a name for each parameter', found: '""' });
    bytes += name.length + parameters[name].length;
  }
  // no character takes more than three bytes in UTF-8 for each of its units
  if (bytes * 3 > MAX_BYTES) bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name) + Buffer.byteLength(parameters[name]), 0);
  if (bytes > MAX_BYTES) subject.report(PARAMETERS, path, { expected: `at most ${MAX_BYTES} bytes`, found: String(bytes) });
}

function checkTopologies(subject: Subject, topologies: readonly Json[]): void {
  const terms = new Set<string>();
  for (let i = 0; i < topologies.length; i++) {
    const expressions: readonly Json[] = topologies[i].matchLabelExpressions ?? [];
    const path = Path.ROOT.field('allowedTopologies').index(i).field('matchLabelExpressions');
    const keys = new Map<string, readonly string[]>();
    for (let j = 0; j < expressions.length; j++) {
      const { key = '', values = [] } = expressions[j];
      checkExpression(subject, key, values, path.index(j));
      if (keys.has(key)) subject.report(ALLOWED_TOPOLOGIES, path.index(j).field('key'), { expected: 'each key once', found: `${quoted(key)} again` });
      keys.set(key, values);
    }
    // a term without any keys is one that the server takes for a repeated one
    if (keys.size === 0 || (topologies.length > 1 && isRepeated(terms, keys))) {
      subject.report(ALLOWED_TOPOLOGIES, path, { expected: 'keys, and other ones than the terms before', found: keys.size === 0 ? 'none' : 'the same' });
    }
  }
}

/** Whether a term of the same keys and values has been there before; the order of both means nothing. */
function isRepeated(terms: Set<string>, keys: ReadonlyMap<string, readonly string[]>): boolean {
  const sorted = [...keys].sort(([a], [b]) => a < b ? -1 : 1).map(([key, values]) => [key, [...new Set(values)].sort()]);
  const term = JSON.stringify(sorted);
  if (terms.has(term)) return true;
  terms.add(term);
  return false;
}

function checkExpression(subject: Subject, key: string, values: readonly string[], path: Path): void {
  if (values.length === 0) subject.report(ALLOWED_TOPOLOGIES, path.field('values'), { expected: 'one value or more', found: 'none' });
  const seen = new Set<string>();
  for (let i = 0; i < values.length; i++) {
    if (seen.has(values[i])) {
      subject.report(ALLOWED_TOPOLOGIES, path.field('values').index(i), { expected: 'each value once', found: `${quoted(values[i])} again` });
    }
    seen.add(values[i]);
  }
  if (!isQualifiedName(key)) subject.report(ALLOWED_TOPOLOGIES, path.field('key'), { expected: LABEL_KEY, found: quoted(key) });
}
