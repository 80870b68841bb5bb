import { hostnameOf } from './environment';
import { containersOf, idOf, namespaceOf, ownersOf, type Wire } from './objects';

/** The names that other pods of its namespace reach a pod by, and no other pod. */
export interface DnsNames {
  /** From the moment that the pod has an address. */
  readonly published: string[];
  /** Only once the pod is ready, with the Service that waits for it. */
  readonly late: { readonly name: string; readonly service: string }[];
}

/**
 * A pod has a name of its own under the headless Service that its `subdomain` names, where that Service selects it, and where
 * it has a `hostname`. Each Service that selects it alone is a name of it too.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function dnsNamesOf(pod: Wire, objects: readonly Wire[]): DnsNames {
  const here = objects.filter(object => namespaceOf(object) === namespaceOf(pod));
  const services = here.filter(({ kind, spec }) => kind === 'Service' && spec.selector && selects(spec.selector as object, pod));
  const published: string[] = [];
  const late: { name: string; service: string }[] = [];
  for (const service of services) {
    const { metadata: { name }, spec } = service;
    const isHeadless = spec.clusterIP === 'None';
    const own = isHeadless && pod.spec.hostname && pod.spec.subdomain === name ? [`${hostnameOf(pod)}.${name}`] : [];
    const isAlone = here.filter(other => other.kind === 'Pod' && selects(spec.selector as object, other)).length === 1;
    const names = [...own, ...isAlone ? [name as string] : []].flatMap(short => qualified(short, namespaceOf(pod)));
    // what operators start dials again until it answers, and a pod that nobody probes is ready once it runs
    const isSoon = ownersOf(service).length > 0 && containersOf(pod.spec).every(({ readinessProbe }) => readinessProbe === undefined);
    if (spec.publishNotReadyAddresses || isSoon) published.push(...names);
    else late.push(...names.map(of => ({ name: of, service: idOf(service) })));
  }
  return { published, late };
}

/** All forms of a name that the search list of a pod in the namespace completes. */
function qualified(name: string, namespace: string): string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
}

function selects(selector: object, { metadata }: Wire): boolean {
  return Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value);
}
