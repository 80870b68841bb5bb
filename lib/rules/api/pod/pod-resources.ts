import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { amountOf, kindOf } from './amounts';
import { checkAmounts } from './resources';
import { isSidecar } from './site';

/** Before it the server drops them. */
const POD_RESOURCES_SINCE = 34;

export const POD_RESOURCES = errorRule({
  id: 'api/pod-resources',
  title: 'Resources of a whole pod cover those of its containers',
  why: 'Containers share what the pod asks for. The API server refuses a pod that requests less than its containers together, a container '
    + 'whose limit is above that of the pod, claims at this level, and resources of a whole Windows pod.',
  fix: 'raise the resources of the pod to the sum of its containers, or leave them out',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/',
  since: POD_RESOURCES_SINCE,
});

const EMPTY: Json = {};
const NONE: readonly Json[] = [];

type Amounts = Map<string, number>;

export function checkPodResources(pod: PodSubject): void {
  const { spec, subject } = pod;
  const { resources } = spec;
  if (resources === undefined || subject.minor < POD_RESOURCES_SINCE) return;
  const path = pod.path.field('resources');
  if (spec.os?.name === 'windows') {
    subject.report(POD_RESOURCES, path, { expected: 'none in a Windows pod', found: 'some' });
    return;
  }
  if (resources.claims !== undefined) subject.report(POD_RESOURCES, path.field('claims'), { expected: 'claims of containers only', found: quoted(resources.claims) });
  const requested = sumOf(pod, pod.isTemplate ? ownRequests : requestsOrLimits);
  const limited = sumOf(pod, ownLimits);
  const whole = pod.isTemplate ? resources : completed(resources, requested, limited);
  checkAmounts(subject, whole, path, 'isOfPods');
  compareSums(pod, whole, requested, limited, path);
  compareLimits(pod, whole.limits ?? EMPTY, path);
}

function ownRequests({ resources }: Json): Json {
  return resources?.requests ?? EMPTY;
}

function ownLimits({ resources }: Json): Json {
  return resources?.limits ?? EMPTY;
}

/** What a bare Pod does not request is requested up to the limit. */
function requestsOrLimits(container: Json): Json {
  return { ...ownLimits(container), ...ownRequests(container) };
}

/** What containers need at once: all that keep running, or an init container beside the sidecars before it, whichever is more. */
function sumOf({ spec, subject }: PodSubject, of: (container: Json) => Json): Amounts {
  const sum: Amounts = new Map();
  for (const container of (spec.containers ?? NONE) as Json[]) add(sum, of(container));
  const sidecars: Amounts = new Map();
  const most: Amounts = new Map();
  for (const container of (spec.initContainers ?? NONE) as Json[]) {
    if (isSidecar(container, subject.minor)) {
      add(sum, of(container));
      add(sidecars, of(container));
      raise(most, sidecars);
    } else {
      const now: Amounts = new Map(sidecars);
      add(now, of(container));
      raise(most, now);
    }
  }
  raise(sum, most);
  return sum;
}

function add(sum: Amounts, resources: Json): void {
  for (const [resource, quantity] of Object.entries(resources)) sum.set(resource, (sum.get(resource) ?? 0) + amountOf(quantity));
}

function raise(sum: Amounts, other: Amounts): void {
  for (const [resource, amount] of other) sum.set(resource, Math.max(sum.get(resource) ?? amount, amount));
}

/** As the server completes the resources of a bare Pod. */
function completed({ limits = EMPTY, requests = EMPTY }: Json, requested: Amounts, limited: Amounts): Json {
  const isSome = Object.keys(limits).length > 0 || Object.keys(requests).length > 0;
  const allLimits = { ...limits };
  if (isSome) {
    for (const [resource, amount] of limited) {
      if (kindOf(resource).isHugePages && !Object.hasOwn(requests, resource)) allLimits[resource] ??= amount;
    }
  }
  if (Object.keys(allLimits).length === 0) return { limits: allLimits, requests };
  const allRequests = { ...requests };
  for (const [resource, amount] of requested) {
    const { isOfPods, isOvercommitted } = kindOf(resource);
    if (isOfPods && isOvercommitted) allRequests[resource] ??= amount;
  }
  for (const resource of Object.keys(allLimits)) if (kindOf(resource).isOfPods) allRequests[resource] ??= allLimits[resource];
  return { limits: allLimits, requests: allRequests };
}

function compareSums(
  { subject }: PodSubject, { limits = EMPTY, requests = EMPTY }: Json, requested: Amounts, limited: Amounts, path: Path,
): void {
  for (const [resource, amount] of requested) {
    if (!Object.hasOwn(requests, resource) || amountOf(requests[resource]) >= amount) continue;
    subject.report(POD_RESOURCES, path.field('requests').key(resource), {
      expected: `${amount} or more, which the containers request together`, found: quoted(requests[resource]),
    });
  }
  for (const [resource, amount] of limited) {
    if (!kindOf(resource).isHugePages || !Object.hasOwn(limits, resource) || amountOf(limits[resource]) >= amount) continue;
    subject.report(POD_RESOURCES, path.field('limits').key(resource), {
      expected: `${amount} or more, the limits of the containers together`, found: quoted(limits[resource]),
    });
  }
}

/** The server writes this path in an order of its own. */
function compareLimits({ spec, subject }: PodSubject, limits: Json, path: Path): void {
  const containers: readonly Json[] = spec.containers ?? NONE;
  containers.forEach((container, i) => {
    for (const [resource, quantity] of Object.entries(ownLimits(container))) {
      if (!Object.hasOwn(limits, resource) || amountOf(quantity) <= amountOf(limits[resource])) continue;
      subject.report(POD_RESOURCES, path.field('containers').index(i).key(resource).field('limits'), {
        expected: `at most ${quoted(limits[resource])}, the limit of the pod`, found: quoted(quantity),
      });
    }
  });
}
