import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { valueOf } from '../../values/quantity';

const NONE: readonly never[] = [];
const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The most that the containers of a pod may use of a resource together; undefined where one of them has no limit. */
export function limitOfPod({ spec }: PodSubject, resource: string): number | undefined {
  const whole = valueOf(spec.resources?.limits?.[resource]);
  if (whole !== undefined) return whole;
  const containers: readonly Json[] = spec.containers ?? NONE;
  const starting: readonly Json[] = spec.initContainers ?? NONE;
  let sum = 0;
  for (const container of containers) {
    const limit = valueOf(container.resources?.limits?.[resource]);
    if (limit === undefined) return undefined;
    sum += limit;
  }
  for (const container of starting) {
    if (container.restartPolicy !== 'Always') continue;
    const limit = valueOf(container.resources?.limits?.[resource]);
    if (limit === undefined) return undefined;
    sum += limit;
  }
  return containers.length === 0 ? undefined : sum;
}

/** `64Gi`, in the largest unit of which it is a whole number. */
export function bytesText(bytes: number): string {
  let unit = 0;
  let rest = bytes;
  while (unit + 1 < UNITS.length && rest >= 1024 && rest % 1024 === 0) {
    rest /= 1024;
    unit++;
  }
  return `${rest}${UNITS[unit]}`;
}
