import { serviceNameProblem } from '../metadata/names';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { ipProblem } from '../../values/ip';
import { isDnsSubdomain } from '../../../private/name-forms';
import { isPathSegment, PATH_SEGMENT } from '../../values/path-segment';
import { isPortName, isPortNumber, PORT_NAME, PORT_NUMBER } from '../../values/ports';
import { oneOf, quoted } from '../../values/quote';

export const INGRESS_RULE = errorRule({
  id: 'api/ingress-rule',
  title: 'An Ingress has rules or a default backend, for hosts and paths that a URL can have',
  why: 'The API server refuses an Ingress that would route nothing, hosts that are addresses or no names, and paths that are relative or step back.',
  fix: 'give each path a `pathType` and a `path` from /, and each rule a host name or none',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules',
});

export const INGRESS_BACKEND = errorRule({
  id: 'api/ingress-backend',
  title: 'A backend of an Ingress is one Service with one port, or one resource',
  why: 'The API server refuses a backend that leads nowhere, or to more than one place: no Service, a port with both a name and a number.',
  fix: 'give the backend `service.name` and `service.port.number`',
  link: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#resource-backend',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const NONE: readonly never[] = [];
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const PATH_PARTS = ['//', '/./', '/../', '%2f', '%2F'];
const WILDCARD = '*.';

export function checkIngress(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  const { defaultBackend, ingressClassName } = spec;
  const rules: readonly Json[] = spec.rules ?? NONE;
  const tls: readonly Json[] = spec.tls ?? NONE;
  if (rules.length === 0 && defaultBackend === undefined) {
    subject.report(INGRESS_RULE, SPEC, { expected: 'rules or a defaultBackend', found: 'neither' });
  }
  if (defaultBackend !== undefined) checkBackend(subject, defaultBackend, SPEC.field('defaultBackend'));
  for (let i = 0; i < rules.length; i++) checkRule(subject, rules[i], SPEC.field('rules').index(i));
  for (let i = 0; i < tls.length; i++) checkTls(subject, tls[i], SPEC.field('tls').index(i));
  if (ingressClassName === undefined) return;
  if (!isDnsSubdomain(ingressClassName)) {
    subject.report(INGRESS_RULE, SPEC.field('ingressClassName'), { expected: 'the name of an IngressClass', found: quoted(ingressClassName) });
  }
  const annotated: string | undefined = subject.json.metadata?.annotations?.[CLASS_ANNOTATION];
  if (annotated !== undefined && annotated !== ingressClassName) {
    subject.report(INGRESS_RULE, Path.ROOT.fields('annotations', CLASS_ANNOTATION), { expected: `${quoted(ingressClassName)}, the ingressClassName`, found: quoted(annotated) });
  }
}

function checkRule(subject: Subject, { host, http }: Json, path: Path): void {
  const expected = host ? hostProblem(host) : undefined;
  if (expected !== undefined) subject.report(INGRESS_RULE, path.field('host'), { expected, found: quoted(host) });
  if (http === undefined) return;
  const paths: readonly Json[] = http.paths ?? NONE;
  const at = path.fields('http', 'paths');
  if (paths.length === 0) subject.report(INGRESS_RULE, at, { expected: 'at least one path', found: 'none' });
  for (let i = 0; i < paths.length; i++) checkPath(subject, paths[i], at.index(i));
}

function hostProblem(host: string): string | undefined {
  // any minor: whatever was ever an address is none of a host
  if (ipProblem(host, 0) === undefined) return 'a host name, not an IP address';
  return isHostName(host) ? undefined : 'a host name in small letters, perhaps with *. before it';
}

function isHostName(host: string): boolean {
  return host.includes('*') ? host.startsWith(WILDCARD) && host.length <= 253 && isDnsSubdomain(host.slice(WILDCARD.length)) : isDnsSubdomain(host);
}

function checkPath(subject: Subject, { path: given = '', pathType, backend = EMPTY }: Json, path: Path): void {
  if (pathType === undefined) {
    subject.report(INGRESS_RULE, path.field('pathType'), { expected: oneOf(PATH_TYPES), found: 'none' });
    return;
  }
  if (!PATH_TYPES.includes(pathType)) subject.report(INGRESS_RULE, path.field('pathType'), { expected: oneOf(PATH_TYPES), found: quoted(pathType) });
  else {
    const isOpen = pathType === 'ImplementationSpecific';
    const expected = !given.startsWith('/') && !(isOpen && given === '') ? 'a path from /' : isOpen ? undefined : pathProblem(given);
    if (expected !== undefined) subject.report(INGRESS_RULE, path.field('path'), { expected, found: quoted(given) });
  }
  checkBackend(subject, backend, path.field('backend'));
}

function pathProblem(path: string): string | undefined {
  const part = PATH_PARTS.find(one => path.includes(one)) ?? ['/..', '/.'].find(one => path.endsWith(one));
  return part && `a path without ${part}`;
}

function checkTls(subject: Subject, { hosts = NONE, secretName }: Json, path: Path): void {
  hosts.forEach((host: string, i: number) => {
    if (!isHostName(host)) subject.report(INGRESS_RULE, path.field('hosts').index(i), { expected: 'a host name', found: quoted(host) });
  });
  if (secretName && !isDnsSubdomain(secretName)) {
    subject.report(INGRESS_RULE, path.field('secretName'), { expected: 'the name of a Secret', found: quoted(secretName) });
  }
}

function checkBackend(subject: Subject, { service, resource }: Json, path: Path): void {
  if ((service === undefined) === (resource === undefined)) {
    subject.report(INGRESS_BACKEND, path, { expected: 'a service or a resource', found: service === undefined ? 'neither' : 'both' });
  } else if (resource !== undefined) checkResource(subject, resource, path.field('resource'));
  else checkService(subject, service, path);
}

function checkResource(subject: Subject, resource: Json, path: Path): void {
  if (resource.apiGroup !== undefined && !isDnsSubdomain(resource.apiGroup)) {
    subject.report(INGRESS_BACKEND, path.field('apiGroup'), { expected: 'an API group', found: quoted(resource.apiGroup) });
  }
  for (const field of ['kind', 'name']) {
    const value: string = resource[field] ?? '';
    if (value !== '' && isPathSegment(value)) continue;
    subject.report(INGRESS_BACKEND, path.field(field), { expected: value === '' ? `a ${field}` : PATH_SEGMENT, found: quoted(resource[field]) });
  }
}

function checkService(subject: Subject, { name, port = EMPTY }: Json, path: Path): void {
  const expected = name ? serviceNameProblem(name, subject.minor) : 'the name of a Service';
  if (expected !== undefined) subject.report(INGRESS_BACKEND, path.fields('service', 'name'), { expected, found: quoted(name) });
  if (port.name && port.number) subject.report(INGRESS_BACKEND, path, { expected: 'the name or the number of a port', found: 'both' });
  else if (port.name) {
    if (!isPortName(port.name)) subject.report(INGRESS_BACKEND, path.fields('service', 'port', 'name'), { expected: PORT_NAME, found: quoted(port.name) });
  } else if (port.number) {
    if (!isPortNumber(port.number)) subject.report(INGRESS_BACKEND, path.fields('service', 'port', 'number'), { expected: PORT_NUMBER, found: quoted(port.number) });
  } else subject.report(INGRESS_BACKEND, path, { expected: 'the name or the number of a port', found: 'neither' });
}
