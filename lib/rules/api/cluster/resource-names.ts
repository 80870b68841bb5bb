import { isQualifiedName } from '../../../private/name-forms';

const COUNTED: ReadonlySet<string> = new Set([
  'pods', 'resourcequotas', 'services', 'replicationcontrollers', 'secrets', 'configmaps', 'persistentvolumeclaims', 'services.nodeports',
  'services.loadbalancers',
]);
const STANDARD: ReadonlySet<string> = new Set([
  ...COUNTED, 'cpu', 'memory', 'ephemeral-storage', 'requests.cpu', 'requests.memory', 'requests.storage', 'requests.ephemeral-storage',
  'limits.cpu', 'limits.memory', 'limits.ephemeral-storage',
]);
const CONTAINER: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const HUGE_PAGES = 'hugepages-';
const REQUESTS = 'requests.';
const NATIVE = 'kubernetes.io/';

/** What a resource of a quota is called, as findings say it. */
export const QUOTA_RESOURCE = 'a resource that a quota can count, such as requests.cpu, count/jobs.batch or requests.nvidia.com/gpu';

/** A resource of a quota, a LimitRange or a container: one of the known ones, or one of a vendor. */
export function isResourceName(name: string): boolean {
  return isQualifiedName(name) && (name.includes('/') || name === 'storage' || isStandard(name));
}

export function isQuotaResource(name: string): boolean {
  return isQualifiedName(name) && (name.includes('/') || isStandard(name));
}

export function isContainerResource(name: string): boolean {
  if (!isQualifiedName(name)) return false;
  if (!name.includes('/')) return CONTAINER.has(name) || name.startsWith(HUGE_PAGES);
  return name.includes(NATIVE) || isExtendedResource(name);
}

/** Resources that come whole: objects, and whatever a vendor adds. */
export function isIntegerResource(name: string): boolean {
  return COUNTED.has(name) || isExtendedResource(name);
}

/** Whether more of it can be promised than there is. */
export function isOvercommittable(name: string): boolean {
  return (!name.includes('/') || name.includes(NATIVE)) && !name.startsWith(HUGE_PAGES);
}

function isStandard(name: string): boolean {
  return STANDARD.has(name) || name.startsWith(HUGE_PAGES) || name.startsWith(REQUESTS + HUGE_PAGES);
}

function isExtendedResource(name: string): boolean {
  return name.includes('/') && !name.includes(NATIVE) && !name.startsWith(REQUESTS) && isQualifiedName(REQUESTS + name);
}
