import { isQualifiedName } from '../../../private/name-forms';
import { valueOf } from '../../values/quantity';

const HUGE_PAGES = 'hugepages-';
const REQUESTS = 'requests.';
const NATIVE = 'kubernetes.io/';
const MAX = 2 ** 63;
/** The server keeps thousandths, and rounds up what is less. */
const THOUSANDTHS = 1_000;

/** An amount of a resource as the server keeps it: rounded up to thousandths, at most 2^63; 0 for what is no quantity. */
export function amountOf(quantity: unknown): number {
  const value = valueOf(quantity);
  if (value === undefined || Number.isInteger(value)) return Math.min(value ?? 0, MAX);
  const scaled = value * THOUSANDTHS;
  const whole = Math.round(scaled);
  if (Math.abs(scaled - whole) <= Math.abs(scaled) * Number.EPSILON * 4) return whole / THOUSANDTHS;
  return (scaled < 0 ? Math.floor(scaled) : Math.ceil(scaled)) / THOUSANDTHS;
}

/** What the name of a resource says about it. */
export interface ResourceKind {
  readonly isHugePages: boolean;
  /** Requests of it may be smaller than its limits. */
  readonly isOvercommitted: boolean;
  /** A device that a plugin of nodes offers: `nvidia.com/gpu`. */
  readonly isExtended: boolean;
  /** Whether containers can ask for it. */
  readonly isOfContainers: boolean;
  /** Whether a pod as a whole can ask for it. */
  readonly isOfPods: boolean;
}

const CACHE_MAX = 500;
/** The same few resources come again and again. */
const cache = new Map<string, ResourceKind>();

export function kindOf(resource: string): ResourceKind {
  let kind = cache.get(resource);
  if (kind === undefined) {
    kind = read(resource);
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(resource, kind);
  }
  return kind;
}

function read(resource: string): ResourceKind {
  const hasDomain = resource.includes('/');
  /** One of Kubernetes itself, whatever stands before its slash. */
  const isNative = !hasDomain || resource.includes(NATIVE);
  const isHugePages = resource.startsWith(HUGE_PAGES);
  const isQualified = isQualifiedName(resource);
  const isExtended = !isNative && !resource.startsWith(REQUESTS) && isQualifiedName(REQUESTS + resource);
  const isCompute = resource === 'cpu' || resource === 'memory';
  return {
    isHugePages,
    isOvercommitted: isNative && !isHugePages,
    isExtended,
    isOfContainers: isQualified && (hasDomain ? isNative || isExtended : isHugePages || isCompute || resource === 'ephemeral-storage'),
    isOfPods: isCompute || (isHugePages && isQualified),
  };
}

/** Whether huge pages of the size in the name make up the amount. */
export function isWholePages(resource: string, amount: number): boolean {
  const size = valueOf(resource.slice(HUGE_PAGES.length));
  return size !== undefined && size > 0 && Number.isInteger(size) && Math.ceil(amount) % size === 0;
}
