import type { Json } from '../../../engine/manifest';
import type { Path } from '../../../engine/path';
import type { PodSubject } from '../../../engine/pods';
import { errorRule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { quoted } from '../../../values/quote';
import { valueOf } from '../../../values/quantity';
import type { StorageChain } from '../model/storage-chain';
import { amountsOf, byNamespace, makesPods, resourcesOf, type Amounts, type ContainerResources } from './pod-resources';

const NONE: readonly never[] = [];

export const LIMIT_RANGE = errorRule({
  id: 'chain/limit-range',
  title: 'Claims, containers and pods are within the LimitRange of their namespace',
  why: 'The API server refuses a claim or a pod outside the bounds of a LimitRange. A controller that makes them tries again for ever.',
  fix: 'stay within the bounds, or change the LimitRange',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
});

/** What is held against the bounds. */
interface Bounded {
  readonly subject: Subject;
  /** Of what holds `requests` and `limits`. */
  readonly path: Path;
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** Holds claims and pods against the LimitRanges of their namespaces. */
export function checkLimitRanges(chain: StorageChain): void {
  const ranges = byNamespace(chain.bundle, 'LimitRange');
  if (ranges.size === 0) return;
  for (const { subject, namespace, spec, path } of chain.bundle.claims) {
    for (const item of itemsOf(ranges.get(namespace), 'PersistentVolumeClaim')) {
      const claim: Bounded = { subject, path: path.field('resources'), requests: amountsOf(spec.resources?.requests), limits: new Map() };
      checkLeast(claim, item.min, 'a claim');
      checkMost(claim, item.max, 'a claim', ['requests']);
    }
  }
  for (const pod of chain.bundle.pods) {
    const ofNamespace = ranges.get(pod.subject.manifest.namespace);
    if (!ofNamespace || !makesPods(pod)) continue;
    const { containers, requests, limits } = resourcesOf(pod, ofNamespace);
    for (const container of containers) checkFilledLimits(pod, container);
    for (const item of itemsOf(ofNamespace, 'Container')) {
      for (const container of containers) {
        checkItem({ ...container, subject: pod.subject, path: pod.path.field(container.field).index(container.index).field('resources') }, item, 'a container');
      }
    }
    for (const item of itemsOf(ofNamespace, 'Pod')) checkItem({ subject: pod.subject, path: pod.path, requests, limits }, item, 'a pod');
  }
}

/** A request without a limit of its own meets the limit that is filled in. */
function checkFilledLimits({ subject, spec, path }: PodSubject, { field, index, requests, limits }: ContainerResources): void {
  const own: Json = spec[field][index].resources?.limits ?? {};
  for (const [name, request] of requests) {
    const limit = limits.get(name);
    if (limit === undefined || request <= limit || Object.hasOwn(own, name)) continue;
    subject.report(LIMIT_RANGE, path.field(field).index(index).fields('resources', 'requests').key(name), {
      expected: `at most ${quoted(limit)}, the limit that is filled in`, found: quoted(request), fix: 'set a limit that is as large as the request',
    });
  }
}

function itemsOf(ranges: readonly Json[] | undefined, type: string): Json[] {
  return (ranges ?? NONE).flatMap(range => ((range.spec?.limits ?? NONE) as readonly Json[]).filter(item => item.type === type));
}

function checkItem(bounded: Bounded, item: Json, what: string): void {
  checkLeast(bounded, item.min, what);
  checkMost(bounded, item.max, what, ['limits', 'requests']);
  checkRatio(bounded, item.maxLimitRequestRatio, what);
}

/** The request must be there; a limit only counts where there is one. */
function checkLeast({ subject, path, requests, limits }: Bounded, least: Json | undefined, what: string): void {
  for (const [name, bound] of amountsOf(least)) {
    const found = requests.get(name);
    const limit = limits.get(name);
    const field = found !== undefined && found >= bound && limit !== undefined ? 'limits' : 'requests';
    const amount = field === 'limits' ? limit : found;
    if (amount !== undefined && amount >= bound) continue;
    subject.report(LIMIT_RANGE, path.field(field).key(name), { expected: `at least ${least?.[name]} for ${what}`, found: textOf(amount) });
  }
}

/** The first of `fields` must be there, the others only count where there is one. */
function checkMost(bounded: Bounded, most: Json | undefined, what: string, fields: readonly ('requests' | 'limits')[]): void {
  for (const [name, bound] of amountsOf(most)) {
    const field = fields.find((one, i) => {
      const amount = bounded[one].get(name);
      return amount === undefined ? i === 0 : amount > bound;
    });
    if (field === undefined) continue;
    bounded.subject.report(LIMIT_RANGE, bounded.path.field(field).key(name), {
      expected: `at most ${most?.[name]} for ${what}`, found: textOf(bounded[field].get(name)),
    });
  }
}

function checkRatio({ subject, path, requests, limits }: Bounded, ratios: Json | undefined, what: string): void {
  for (const name in ratios) {
    const request = requests.get(name) ?? 0;
    const limit = limits.get(name) ?? 0;
    const most = valueOf(ratios[name]) ?? Infinity;
    if (request !== 0 && limit !== 0 && limit / request <= most) continue;
    const found = request === 0 ? 'no request' : limit === 0 ? 'no limit' : `${limit / request} times as much`;
    subject.report(LIMIT_RANGE, path.field('limits').key(name), { expected: `a limit of at most ${ratios[name]} times the request for ${what}`, found });
  }
}

function textOf(amount: number | undefined): string {
  return amount === undefined ? 'none' : quoted(amount);
}
