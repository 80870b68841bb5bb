import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { launchFlag } from './launcher';
import { groupsOf, hasServicePerGroup, isMember, LWS } from './lws';
import { commandPath, envOf, pathOf, type ContainerFacts, type PodFacts } from './pod-facts';

/** A name in the cluster's DNS. */
export interface Host {
  /** undefined for the name of a Service alone. */
  readonly pod: string | undefined;
  readonly service: string;
  /** undefined where it is not written. */
  readonly namespace: string | undefined;
}

/** Kinds whose pods have names in DNS, by a Service that the object names. */
export const HOME: ReadonlySet<string> = new Set(['StatefulSet', 'Job', 'JobSet', 'Pod', LWS]);

const DASH = 45;
const MOST_GROUPS = 100;
const MASTERS = ['MASTER_ADDR', 'JAX_COORDINATOR_ADDRESS', 'DMLC_PS_ROOT_URI'];
const TORCHRUN_MASTERS = ['PET_MASTER_ADDR', 'PET_RDZV_ENDPOINT'];
const MASTER_FLAGS = ['master-addr', 'rdzv-endpoint', 'main-process-ip'];

/** Where the processes meet: by a flag of the launcher, or by a variable. */
export function addressOf(facts: PodFacts, container: ContainerFacts): { readonly text: string; readonly path: () => Path } | undefined {
  const { launch } = container;
  const flag = launch && launchFlag(launch, ...MASTER_FLAGS);
  if (flag !== undefined) return { text: flag, path: () => commandPath(facts, container) };
  for (const name of launch?.kind === 'torchrun' ? TORCHRUN_MASTERS : MASTERS) {
    const found = envOf(container, name);
    if (typeof found?.entry.value !== 'string') continue;
    return { text: found.entry.value, path: () => pathOf(facts, container).field('env').index(found.at).field('value') };
  }
  return undefined;
}

/** The Service that gives the pods their names: of the first group, where each has its own. */
export function serviceOf(pod: PodSubject): string | undefined {
  const { kind, controller, spec, subject } = pod;
  if (kind === LWS) return hasServicePerGroup(pod) ? `${subject.manifest.name}-0` : subject.manifest.name;
  if (kind === 'StatefulSet') return nonEmpty(controller.serviceName);
  if (kind === 'JobSet') {
    const network: Json = subject.json.spec?.network ?? {};
    return network.enableDNSHostnames === false ? undefined : nonEmpty(network.subdomain) ?? subject.manifest.name;
  }
  return nonEmpty(spec.subdomain);
}

function nonEmpty(text: unknown): string | undefined {
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Reads a host of the cluster, `train-0.train:29500`; undefined for what is elsewhere, or is not written out. */
export function hostIn(text: string, pod: PodSubject): Host | undefined {
  const scheme = text.indexOf('://');
  const rest = scheme < 0 ? text : text.slice(scheme + 3);
  const colon = rest.indexOf(':');
  const host = (colon < 0 ? rest : rest.slice(0, colon)).replace(/\.$/, '');
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host) || host === 'localhost' || /^\d+(\.\d+){3}$/.test(host)) return undefined;
  const labels = host.split('.');
  const svc = labels.indexOf('svc');
  if (svc === 2) return { pod: undefined, service: labels[0], namespace: labels[1] };
  if (svc === 3) return { pod: labels[0], service: labels[1], namespace: labels[2] };
  if (svc >= 0 || labels.length > 3) return undefined;
  if (labels.length === 1) return { pod: undefined, service: labels[0], namespace: undefined };
  if (labels.length === 3) return { pod: labels[0], service: labels[1], namespace: labels[2] };
  const isService = labels[1] === pod.subject.manifest.namespace && labels[1] !== serviceOf(pod);
  if (isService) return { pod: undefined, service: labels[0], namespace: labels[1] };
  return { pod: labels[0], service: labels[1], namespace: undefined };
}

/** Whether the pod, or one made of the template, has the name. */
export function isHostOf(pod: PodSubject, host: string): boolean {
  const start = stemOf(pod);
  if (pod.kind === 'Pod') return host === start;
  if (!host.startsWith(start) || host.charCodeAt(start.length) !== DASH) return false;
  const rest = host.slice(start.length + 1);
  if (pod.kind === 'JobSet') return /^\d+-\d+$/.test(rest);
  if (pod.kind === LWS) return isMember(pod, rest);
  if (!/^(0|[1-9]\d*)$/.test(rest)) return false;
  const first = firstIndexOf(pod);
  const controller: Json = pod.controller;
  const count: number = pod.kind === 'StatefulSet' ? pod.copies ?? 1 : controller.completions ?? pod.copies ?? 1;
  return Number(rest) >= first && Number(rest) < first + count;
}

/** `train-0.train` of StatefulSet train, as most are written. */
export function isOwnHost(pod: PodSubject, text: string): boolean {
  const service = serviceOf(pod);
  const dot = text.indexOf('.');
  if (service === undefined || dot <= 0 || text.length !== dot + 1 + service.length || !text.endsWith(service)) return false;
  return isHostOf(pod, text.slice(0, dot));
}

/** The name of its first pod. */
export function firstHostOf(pod: PodSubject): string {
  if (pod.kind === 'Pod') return stemOf(pod);
  return pod.kind === 'JobSet' ? `${stemOf(pod)}-0-0` : `${stemOf(pod)}-${firstIndexOf(pod)}`;
}

/** What the names of its pods begin with. */
function stemOf({ kind, subject, role, spec }: PodSubject): string {
  const { name } = subject.manifest;
  if (kind === 'JobSet') return `${name}-${role}`;
  return kind === 'Pod' ? nonEmpty(spec.hostname) ?? name : name;
}

function firstIndexOf({ controller }: PodSubject): number {
  const start: unknown = controller.ordinals?.start;
  return typeof start === 'number' ? start : 0;
}

function groupServicesOf(pod: PodSubject): string[] {
  return Array.from({ length: Math.min(groupsOf(pod), MOST_GROUPS) }, (_, group) => `${pod.subject.manifest.name}-${group}`);
}

/** The names that the pods of a bundle have in DNS. */
export class HostNames {
  private readonly byStem = new Map<string, PodSubject>();
  private readonly byService = new Map<string, PodSubject>();
  private isRead = false;

  constructor(private readonly view: BundleView) {}

  /** The first pod that the Service gives a name. */
  public firstOf(namespace: string, service: string): PodSubject | undefined {
    this.read();
    return this.byService.get(`${namespace} ${service}`);
  }

  /** Whether a pod behind the Service has the name. */
  public has(namespace: string, service: string, host: string): boolean {
    this.read();
    // `<pod>`, `<set>-<ordinal>`, `<set>-<job>-<index>`
    for (let end = host.length, steps = 0; end > 0 && steps < 3; end = host.lastIndexOf('-', end - 1), steps++) {
      const pod = this.byStem.get(`${namespace} ${service} ${host.slice(0, end)}`);
      if (pod && isHostOf(pod, host)) return true;
    }
    return false;
  }

  /** Most pods meet at one of their own: the names of all are read when the first does not. */
  private read(): void {
    if (this.isRead) return;
    this.isRead = true;
    for (const pod of this.view.pods) {
      if (!HOME.has(pod.kind)) continue;
      const services = hasServicePerGroup(pod) ? groupServicesOf(pod) : [serviceOf(pod)];
      for (const service of services) if (service !== undefined) this.add(pod, service);
    }
  }

  private add(pod: PodSubject, service: string): void {
    const key = `${pod.subject.manifest.namespace} ${service}`;
    if (!this.byService.has(key)) this.byService.set(key, pod);
    this.byStem.set(`${key} ${stemOf(pod)}`, pod);
  }
}
