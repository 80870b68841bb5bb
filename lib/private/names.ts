import { Names } from 'cdk8s';
import type { Construct } from 'constructs';
import { DNS_LABEL_MAX } from './name-forms';

/**
 * Longest name of a workload. A StatefulSet puts `-<hash>` of up to 10 characters behind its name in a pod label, so
 * names over 52 are accepted and never get a pod; the room also holds `-<last index>` of an Indexed Job and lets the
 * engine change without a new name.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/64023
 */
export const WORKLOAD_NAME_MAX = 52;

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
