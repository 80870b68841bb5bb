import { Severity } from '../../findings/finding';
import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { valueOf } from '../values/quantity';
import { quoted } from '../values/quote';

const LINK = 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/';

export const FRACTION_OF_A_BYTE = warningRule({
  id: 'silent/fraction-of-a-byte',
  title: 'Memory and storage are whole bytes',
  why: '`m` is a thousandth: `512m` of memory is half a byte, which the API server takes with a warning, and no container can start in. '
    + 'A fraction such as 0.1Gi is only rounded up.',
  fix: 'use Mi or Gi with a whole number, as 512Mi',
  link: LINK,
});

export const ROUNDED_QUANTITY = warningRule({
  id: 'silent/rounded-quantity',
  title: 'A quantity is one that the API server can hold',
  why: 'What is finer than a thousandth is rounded up, and what is more than 2^63-1 is cut down to it, without a word.',
  fix: 'use a larger unit, or no more than three places after the point',
  link: LINK,
});

/** Below this, nobody can have meant it. */
const MIB = 1024 ** 2;
const MOST = 2 ** 63;
const BYTES = ['memory', 'ephemeral-storage'];
const PARTS = ['limits', 'requests'] as const;
const LISTS = ['initContainers', 'containers'] as const;

/** Looks for amounts of containers that the API server makes something else of. */
export function checkQuantities(pod: PodSubject): void {
  for (const list of LISTS) {
    const containers: readonly Json[] | undefined = pod.spec[list];
    if (containers === undefined) continue;
    for (let i = 0; i < containers.length; i++) {
      if (containers[i].resources !== undefined) checkResources(pod, containers[i].resources, list, i);
    }
  }
  if (pod.spec.resources !== undefined) checkResources(pod, pod.spec.resources);
}

function checkResources(pod: PodSubject, resources: Json, list?: string, i = 0): void {
  for (const part of PARTS) {
    const amounts: Json | undefined = resources[part];
    if (amounts === undefined) continue;
    for (const name in amounts) {
      const value = valueOf(amounts[name]);
      if (value === undefined || isSound(name, value)) continue;
      const holder = list === undefined ? pod.path : pod.path.field(list).index(i);
      reportAmount(pod.subject, amounts[name], name, value, holder.fields('resources', part).key(name));
    }
  }
}

/** Holds amounts of bytes below `resources` of what stands at `path` against whole bytes. */
export function checkBytes(subject: Subject, resources: Json, path: Path, names: readonly string[]): void {
  for (const part of PARTS) {
    const amounts: Json | undefined = resources[part];
    if (amounts === undefined) continue;
    for (const name of names) {
      const value = valueOf(amounts[name]);
      if (value === undefined || (Number.isInteger(value) && value < MOST)) continue;
      reportAmount(subject, amounts[name], name, value, path.fields('resources', part).key(name));
    }
  }
}

function isSound(name: string, value: number): boolean {
  if (Number.isInteger(value)) return value < MOST;
  if (BYTES.includes(name)) return false;
  const thousandths = value * 1000;
  return Math.abs(thousandths - Math.round(thousandths)) < 1e-6;
}

function reportAmount(subject: Subject, written: unknown, name: string, value: number, path: Path): void {
  if (value < 0) return;
  if (value >= MOST) {
    subject.report(ROUNDED_QUANTITY, path, { expected: 'less than 2^63', found: quoted(written) });
  } else if (name !== 'cpu' && (BYTES.includes(name) || name === 'storage')) {
    const tiny = value < MIB;
    const text = String(written);
    subject.report(FRACTION_OF_A_BYTE, path, {
      severity: tiny ? Severity.ERROR : Severity.WARNING,
      expected: 'a whole number of bytes', found: `${quoted(written)}, which is ${value} bytes`,
      fix: tiny && text.endsWith('m') ? `use ${text.slice(0, -1)}Mi` : undefined,
    });
  } else {
    subject.report(ROUNDED_QUANTITY, path, { expected: 'at most three places after the point', found: quoted(written) });
  }
}
