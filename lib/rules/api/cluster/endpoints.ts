import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel, isDnsSubdomain, isQualifiedName } from '../../../private/name-forms';
import { isPortNumber, PORT_NUMBER } from '../../values/ports';
import { oneOf, quoted } from '../../values/quote';
import { checkExternalIp } from './service-traffic';

export const ENDPOINTS = errorRule({
  id: 'api/endpoints',
  title: 'A subset of Endpoints has addresses, and ports with numbers',
  why: 'The API server refuses subsets without addresses, and ports that nobody could reach.',
  fix: 'give each subset `addresses` with `ip`, and each port a `port`, and a `name` where there are several',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoints-v1/',
});

const SUBSETS = Path.ROOT.field('subsets');
const NONE: readonly Json[] = [];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export function checkEndpoints(subject: Subject): void {
  const subsets: readonly Json[] = subject.json.subsets ?? NONE;
  for (let i = 0; i < subsets.length; i++) checkSubset(subject, subsets[i], SUBSETS.index(i));
}

function checkSubset(subject: Subject, { addresses = NONE, notReadyAddresses = NONE, ports = NONE }: Json, path: Path): void {
  if (addresses.length === 0 && notReadyAddresses.length === 0) {
    subject.report(ENDPOINTS, path, { expected: 'addresses or notReadyAddresses', found: 'neither' });
  }
  addresses.forEach((address: Json, i: number) => checkAddress(subject, address, path.field('addresses').index(i)));
  notReadyAddresses.forEach((address: Json, i: number) => checkAddress(subject, address, path.field('notReadyAddresses').index(i)));
  ports.forEach((port: Json, i: number) => checkPort(subject, port, path.field('ports').index(i), ports.length > 1));
}

function checkAddress(subject: Subject, { ip = '', hostname, nodeName }: Json, path: Path): void {
  checkExternalIp(subject, ip, path.field('ip'));
  if (hostname && !isDnsLabel(hostname)) subject.report(ENDPOINTS, path.field('hostname'), { expected: 'a host name without dots', found: quoted(hostname) });
  if (nodeName !== undefined && !isDnsSubdomain(nodeName)) {
    subject.report(ENDPOINTS, path.field('nodeName'), { expected: 'the name of a node', found: quoted(nodeName) });
  }
}

function checkPort(subject: Subject, { name, port, protocol, appProtocol }: Json, path: Path, isOneOfMany: boolean): void {
  if (name ? !isDnsLabel(name) : isOneOfMany) {
    subject.report(ENDPOINTS, path.field('name'), { expected: 'a name of small letters, digits and dashes', found: quoted(name) });
  }
  if (!isPortNumber(port)) subject.report(ENDPOINTS, path.field('port'), { expected: PORT_NUMBER, found: quoted(port) });
  if (protocol && !PROTOCOLS.includes(protocol)) subject.report(ENDPOINTS, path.field('protocol'), { expected: oneOf(PROTOCOLS), found: quoted(protocol) });
  if (appProtocol !== undefined && !isQualifiedName(appProtocol)) {
    subject.report(ENDPOINTS, path.field('appProtocol'), { expected: 'a name such as kubernetes.io/h2c', found: quoted(appProtocol) });
  }
}
