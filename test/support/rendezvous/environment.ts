import { expand } from './expansion';
import { namespaceOf, type Wire } from './objects';

/** What the kubelet knows of a pod that it starts. */
export interface Surroundings {
  readonly pod: Wire;
  readonly ip: string;
  readonly node: string;
  /** All objects of the cluster. */
  readonly objects: readonly Wire[];
}

/**
 * The environment of a container: `envFrom` first, then `env` in order, each with those before it to refer to; variables of
 * Services fill what is left. `HOSTNAME` is the container runtime's, so no text can refer to it.
 */
export function environmentOf(container: Wire, at: Surroundings): { known: Record<string, string>; all: Record<string, string> } {
  const links = serviceLinks(at);
  const known: Record<string, string> = {};
  for (const source of container.envFrom ?? []) Object.assign(known, allOf(source, at));
  for (const { name, value, valueFrom } of container.env ?? []) {
    const text = value ? expand(value as string, of => known[of] ?? links[of]) : valueFrom ? valueOf(valueFrom, container, at) : '';
    if (text !== undefined) known[name] = text;
  }
  const told = { ...links, ...known };
  return { known: told, all: { HOSTNAME: hostnameOf(at.pod), ...told } };
}

/** What `hostname` says in the pod. */
export function hostnameOf({ metadata, spec }: Wire): string {
  return spec.hostname ?? (metadata.name as string).slice(0, 63).replace(/[-.]+$/, '');
}

/** What a `fieldRef` yields: a label or annotation that is not there is empty. */
export function fieldOf(path: string, { pod, ip, node }: Surroundings): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) return String(pod.metadata[keyed[1]]?.[keyed[2]] ?? '');
  const plain: Record<string, string> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': namespaceOf(pod),
    'metadata.uid': `uid-of-${pod.metadata.name}`,
    'spec.nodeName': node,
    'spec.serviceAccountName': pod.spec.serviceAccountName ?? 'default',
    'status.hostIP': '10.0.0.1',
    'status.hostIPs': '10.0.0.1',
    'status.podIP': ip,
    'status.podIPs': ip,
  };
  if (!(path in plain)) throw new Error(`Pod/${pod.metadata.name}: field label not supported: ${path}`);
  return plain[path];
}

function valueOf(source: Wire, container: Wire, at: Surroundings): string | undefined {
  if (source.fieldRef) return fieldOf(source.fieldRef.fieldPath as string, at);
  if (source.resourceFieldRef) return amountOf(source.resourceFieldRef, container);
  const [kind, { name, key, optional }] = source.secretKeyRef ? ['Secret', source.secretKeyRef] : ['ConfigMap', source.configMapKeyRef];
  return keyedOf(kind, name as string, at)?.[key] ?? (optional ? undefined : `<${key} of ${kind}/${name}>`);
}

function allOf({ prefix = '', secretRef, configMapRef }: Wire, at: Surroundings): Record<string, string> {
  const data = keyedOf(secretRef ? 'Secret' : 'ConfigMap', (secretRef ?? configMapRef).name as string, at) ?? {};
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [prefix + key, value]));
}

function keyedOf(kind: string, name: string, { pod, objects }: Surroundings): Record<string, string> | undefined {
  const found = objects.find(object => object.kind === kind && object.metadata.name === name && namespaceOf(object) === namespaceOf(pod));
  if (!found) return undefined;
  const decoded = Object.entries((found.data ?? {}) as Record<string, string>)
    .map(([key, value]) => [key, kind === 'Secret' ? Buffer.from(value, 'base64').toString() : value]);
  return { ...Object.fromEntries(decoded), ...found.stringData };
}

function amountOf({ resource, divisor = '1' }: Wire, { resources = {} }: Wire): string {
  const [list, name] = [(resource as string).split('.')[0], (resource as string).slice((resource as string).indexOf('.') + 1)];
  return String(Math.ceil(numberOf(resources[list]?.[name] ?? '0') / (numberOf(divisor) || 1)));
}

function numberOf(quantity: unknown): number {
  const [, digits, unit] = /^([\d.]+)([A-Za-z]*)$/.exec(String(quantity))!;
  const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'].indexOf(unit) + 1;
  const decimal = ['k', 'M', 'G', 'T', 'P'].indexOf(unit) + 1;
  return Number(digits) * (binary ? 1024 ** binary : decimal ? 1000 ** decimal : unit === 'm' ? 0.001 : 1);
}

/** Variables for each Service with an address, in the manner of Docker's links; those of the API server's are always there. */
function serviceLinks({ pod, objects }: Surroundings): Record<string, string> {
  const apiServer = { metadata: { name: 'kubernetes' }, spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443 }] } };
  const linked = pod.spec.enableServiceLinks === false ? [] : objects.filter(({ kind, metadata, spec }) =>
    kind === 'Service' && namespaceOf({ metadata }) === namespaceOf(pod) && spec.clusterIP !== 'None' && spec.type !== 'ExternalName');
  return Object.assign({}, ...[apiServer, ...linked].map(linksOf)) as Record<string, string>;
}

function linksOf({ metadata, spec }: Wire, index: number): Record<string, string> {
  const name = (metadata.name as string).toUpperCase().replaceAll('-', '_');
  const ip = spec.clusterIP ?? `10.96.0.${index + 1}`;
  const ports = (spec.ports ?? []) as Wire[];
  if (ports.length === 0) return {};
  const links: Record<string, string> = { [`${name}_SERVICE_HOST`]: ip, [`${name}_SERVICE_PORT`]: String(ports[0].port) };
  links[`${name}_PORT`] = `${(ports[0].protocol ?? 'TCP').toLowerCase()}://${ip}:${ports[0].port}`;
  for (const { name: port, port: number, protocol = 'TCP' } of ports) {
    if (port) links[`${name}_SERVICE_PORT_${port.toUpperCase().replaceAll('-', '_')}`] = String(number);
    const [prefix, scheme] = [`${name}_PORT_${number}_${protocol}`, protocol.toLowerCase()];
    links[prefix] = `${scheme}://${ip}:${number}`;
    Object.assign(links, { [`${prefix}_PROTO`]: scheme, [`${prefix}_PORT`]: String(number), [`${prefix}_ADDR`]: ip });
  }
  return links;
}
