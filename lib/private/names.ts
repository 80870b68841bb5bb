import { Names } from 'cdk8s';
import type { Construct } from 'constructs';

/** Longest DNS label; pods, Services and label values share the limit. */
export const DNS_LABEL_MAX = 63;

/**
 * Longest name of a workload. A StatefulSet puts `-<hash>` of up to 10 characters behind its name in a pod label, so
 * names over 52 are accepted and never get a pod; the room also holds `-<last index>` of an Indexed Job and lets the
 * engine change without a new name.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/64023
 */
export const WORKLOAD_NAME_MAX = 52;

const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1123_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1123_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/**
 * A name made from a construct's path: a DNS-1035 label, the same for the same path whatever else the app holds.
 *
 * cdk8s's own names keep `_` and `.` of an id and may start with a digit, which Services and hostnames refuse.
 */
export function nameFor(scope: Construct, maxLength: number = DNS_LABEL_MAX): string {
  const prefix = 'x-';
  const name = Names.toDnsLabel(scope, { maxLen: maxLength - prefix.length }).replace(/[._]/g, '-').replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(name) ? name : prefix + name;
}

export function isDns1035Label(name: string, maxLength: number = DNS_LABEL_MAX): boolean {
  return name.length <= maxLength && DNS_1035_LABEL.test(name);
}

export function isDnsLabel(name: string): boolean {
  return name.length <= DNS_LABEL_MAX && DNS_1123_LABEL.test(name);
}

export function isDnsSubdomain(name: string): boolean {
  return name.length <= 253 && DNS_1123_SUBDOMAIN.test(name);
}
