import type { BundleView } from '../../../bundle/bundle-view';
import type { Json } from '../../../engine/manifest';
import type { PodSubject } from '../../../engine/pods';
import { valueOf } from '../../../values/quantity';

/** Amounts by the name of the resource. */
export type Amounts = Map<string, number>;

/** What a container asks for, once the server and the LimitRanges have filled in what is missing. */
export interface ContainerResources {
  readonly field: 'containers' | 'initContainers';
  readonly index: number;
  readonly name: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly restarts: boolean;
}

/** What a pod asks for. */
export interface PodResources {
  readonly containers: readonly ContainerResources[];
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Says by `spec.resources` what all its containers get together. */
  readonly ofItself: boolean;
}

const NONE: readonly never[] = [];
const EMPTY: Json = {};
/** The first release that reads `spec.resources` of a pod. */
const POD_LEVEL_SINCE = 34;
const FIELDS = ['containers', 'initContainers'] as const;
/** Makers of pods that make none by themselves. */
const BLUEPRINTS: ReadonlySet<string> = new Set(['PodTemplate', 'TrainingRuntime', 'ClusterTrainingRuntime']);

/** Whether pods are made of it as it stands. */
export function makesPods({ kind }: PodSubject): boolean {
  return !BLUEPRINTS.has(kind);
}

/** Objects of a type by their namespace. */
export function byNamespace(bundle: BundleView, type: string): Map<string, Json[]> {
  const all = new Map<string, Json[]>();
  for (const { json, manifest } of bundle.all(type)) {
    const known = all.get(manifest.namespace);
    if (known) known.push(json); else all.set(manifest.namespace, [json]);
  }
  return all;
}

/** The amounts of a map of quantities. */
export function amountsOf(quantities: Json | undefined): Amounts {
  const amounts: Amounts = new Map();
  for (const name in quantities) amounts.set(name, valueOf(quantities[name]) ?? 0);
  return amounts;
}

/** What a pod asks for, with the defaults of the LimitRanges of its namespace. */
export function resourcesOf(pod: PodSubject, limitRanges: readonly Json[]): PodResources {
  const defaults = limitRanges.map(defaultsOf);
  const containers = FIELDS.flatMap(field => {
    const ofField: readonly Json[] = pod.spec[field] ?? NONE;
    return ofField.map((container, index) => containerOf(container, field, index, defaults));
  });
  const own: Json | undefined = pod.subject.minor < POD_LEVEL_SINCE ? undefined : pod.spec.resources;
  const requests = total(containers, 'requests');
  const limits = total(containers, 'limits');
  overrule(limits, own?.limits);
  overrule(requests, own?.limits);
  overrule(requests, own?.requests);
  for (const [name, amount] of amountsOf(pod.spec.overhead)) {
    add(requests, name, amount);
    if (limits.has(name)) add(limits, name, amount);
  }
  return { containers, requests, limits, ofItself: own?.requests !== undefined || own?.limits !== undefined };
}

export function add(amounts: Amounts, name: string, amount: number): void {
  amounts.set(name, (amounts.get(name) ?? 0) + amount);
}

function overrule(amounts: Amounts, quantities: Json | undefined): void {
  for (const [name, amount] of amountsOf(quantities)) amounts.set(name, amount);
}

function containerOf(
  { name = '', resources = EMPTY, restartPolicy }: Json, field: ContainerResources['field'], index: number, defaults: readonly Defaults[],
): ContainerResources {
  const limits = amountsOf(resources.limits);
  const requests = amountsOf(resources.requests);
  fill(requests, limits);
  for (const one of defaults) {
    fill(limits, one.limits);
    fill(requests, one.requests);
  }
  return { field, index, name, requests, limits, restarts: restartPolicy === 'Always' };
}

interface Defaults {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** What a LimitRange fills in: the server derives from its bounds what it leaves out. */
function defaultsOf(limitRange: Json): Defaults {
  const limits: Amounts = new Map();
  const requests: Amounts = new Map();
  for (const item of (limitRange.spec?.limits ?? NONE) as readonly Json[]) {
    if (item.type !== 'Container') continue;
    const ofItem = amountsOf(item.default);
    fill(ofItem, amountsOf(item.max));
    const asked = amountsOf(item.defaultRequest);
    fill(asked, ofItem);
    fill(asked, amountsOf(item.min));
    for (const [name, amount] of ofItem) limits.set(name, amount);
    for (const [name, amount] of asked) requests.set(name, amount);
  }
  return { requests, limits };
}

function fill(amounts: Amounts, missing: Amounts): void {
  for (const [name, amount] of missing) if (!amounts.has(name)) amounts.set(name, amount);
}

/** Containers run together; each init container before them, beside the sidecars that came before it. */
function total(containers: readonly ContainerResources[], kind: 'requests' | 'limits'): Amounts {
  const running: Amounts = new Map();
  const sidecars: Amounts = new Map();
  const most: Amounts = new Map();
  for (const container of containers) {
    const isInit = container.field === 'initContainers';
    for (const [name, amount] of container[kind]) {
      if (!isInit || container.restarts) add(running, name, amount);
      if (!isInit) continue;
      const beside = sidecars.get(name) ?? 0;
      if (container.restarts) sidecars.set(name, beside + amount);
      most.set(name, Math.max(most.get(name) ?? 0, beside + amount));
    }
  }
  for (const [name, amount] of most) running.set(name, Math.max(running.get(name) ?? 0, amount));
  return running;
}
