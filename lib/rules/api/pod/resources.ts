import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { amountOf, isWholePages, kindOf, type ResourceKind } from './amounts';
import { checkClaimUses } from './resource-claims';
import type { ContainerSite } from './site';

export const RESOURCE_NAME = errorRule({
  id: 'api/resource-name',
  title: 'Resources are cpu, memory, ephemeral-storage, huge pages, or devices with a domain',
  why: 'The API server refuses a resource without a domain that it does not know, as `gpu`, and one whose name no quota could hold.',
  fix: 'write the resource as the device plugin of the nodes offers it, as `nvidia.com/gpu`',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources',
});

export const RESOURCE_AMOUNT = errorRule({
  id: 'api/resource-amount',
  title: 'No amount of a resource is negative',
  why: 'The API server refuses negative limits and requests.',
  fix: 'write an amount of 0 or more',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-cpu',
});

export const REQUEST_OVER_LIMIT = errorRule({
  id: 'api/request-over-limit',
  title: 'No container requests more than its limit',
  why: 'What is requested is promised, what is above the limit is forbidden: the API server refuses the pod.',
  fix: 'lower the request, or raise the limit',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits',
});

export const EXTENDED_RESOURCE = errorRule({
  id: 'api/extended-resource',
  title: 'Devices are asked for in whole numbers, with a limit that equals the request',
  why: 'Devices such as GPUs cannot be shared out in parts or promised twice. The API server refuses fractions, a request without a limit, '
    + 'and a limit that differs from the request.',
  fix: 'write the whole number in `limits` and leave the request out, or make both equal',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/extended-resource/',
});

export const HUGE_PAGES = errorRule({
  id: 'api/huge-pages',
  title: 'Huge pages come in whole pages, with an equal limit, and beside cpu or memory',
  why: 'The API server refuses an amount that is no multiple of the page size in the name, a request that differs from its limit, and a '
    + 'container that asks for nothing but huge pages.',
  fix: 'ask for a multiple of the page size in `limits`, and for cpu or memory as well',
  link: 'https://kubernetes.io/docs/tasks/manage-hugepages/scheduling-hugepages/',
});

export function checkContainerResources({ pod, container: { resources }, path }: ContainerSite): void {
  const at = path.field('resources');
  checkAmounts(pod.subject, resources, at, 'isOfContainers');
  if (resources.claims !== undefined) checkClaimUses(pod, resources.claims, at.field('claims'));
}

/**
 * Judges limits and requests. What the server copies to requests that are not there cannot be wrong by itself.
 *
 * @param owner whose resources they are
 */
export function checkAmounts(subject: Subject, { limits, requests }: Json, path: Path, owner: 'isOfContainers' | 'isOfPods'): void {
  let hugePages = false;
  let cpuOrMemory = false;
  for (const resource in limits) {
    const kind = kindOf(resource);
    hugePages ||= kind.isHugePages;
    cpuOrMemory ||= resource === 'cpu' || resource === 'memory';
    if (!kind[owner]) reportUnknown(subject, resource, path.field('limits'));
    checkAmount(subject, resource, kind, limits[resource], path, 'limits');
  }
  for (const resource in requests) {
    const kind = kindOf(resource);
    hugePages ||= kind.isHugePages;
    cpuOrMemory ||= resource === 'cpu' || resource === 'memory';
    if (!kind[owner]) reportUnknown(subject, resource, path.field('requests'));
    checkAmount(subject, resource, kind, requests[resource], path, 'requests');
    if (limits !== undefined && Object.hasOwn(limits, resource)) {
      compare(subject, resource, kind, requests[resource], limits[resource], path);
    } else if (!kind.isOvercommitted) {
      subject.report(ruleOf(kind), path.field('limits'), { expected: `a limit of ${quoted(resource)} that equals the request`, found: 'none' });
    }
  }
  if (hugePages && !cpuOrMemory) subject.report(HUGE_PAGES, path, { expected: 'cpu or memory beside huge pages', found: 'none' });
}

function ruleOf(kind: ResourceKind): Rule {
  return kind.isHugePages ? HUGE_PAGES : EXTENDED_RESOURCE;
}

function reportUnknown(subject: Subject, resource: string, path: Path): void {
  const fix = resource === 'gpu' || resource === 'gpus' ? 'write `nvidia.com/gpu`, or what the device plugin of the nodes offers' : undefined;
  subject.report(RESOURCE_NAME, path.key(resource), { expected: 'a resource that the server knows, or one with a domain', found: quoted(resource), fix });
}

function checkAmount(subject: Subject, resource: string, kind: ResourceKind, quantity: unknown, path: Path, field: string): void {
  const amount = amountOf(quantity);
  if (amount < 0) subject.report(RESOURCE_AMOUNT, path.field(field).key(resource), { expected: 'an amount of 0 or more', found: quoted(quantity) });
  if (kind.isExtended && !Number.isInteger(amount)) {
    subject.report(EXTENDED_RESOURCE, path.field(field).key(resource), { expected: 'a whole number', found: quoted(quantity) });
  }
  if (kind.isHugePages && !isWholePages(resource, amount)) {
    subject.report(HUGE_PAGES, path.field(field).key(resource), { expected: 'a multiple of the page size in the name', found: quoted(quantity) });
  }
}

function compare(subject: Subject, resource: string, kind: ResourceKind, request: unknown, limit: unknown, path: Path): void {
  if (request === limit) return;
  const requested = amountOf(request);
  const allowed = amountOf(limit);
  if (requested === allowed) return;
  if (!kind.isOvercommitted) {
    subject.report(ruleOf(kind), path.field('requests'), {
      expected: `a request of ${resource} that equals its limit, ${quoted(limit)}`, found: quoted(request),
    });
  } else if (requested > allowed) {
    subject.report(REQUEST_OVER_LIMIT, path.field('requests'), { expected: `a request of ${resource} up to its limit, ${quoted(limit)}`, found: quoted(request) });
  }
}
