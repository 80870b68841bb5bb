import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel, isQualifiedName } from '../../../private/name-forms';
import { isPortNumber, PORT_NUMBER, portProblem } from '../../values/ports';
import { oneOf, quoted } from '../../values/quote';

export const SERVICE_PORTS = errorRule({
  id: 'api/service-ports',
  title: 'A Service has ports, each with a number, and where there are several each with a name of its own',
  why: 'Only a headless Service can do without ports. The API server refuses ports without numbers, two of one number and protocol, and '
    + 'several without names to tell them apart.',
  fix: 'give each port a `name` and a `port`, and a `targetPort` that is a number or the name of a port of the container',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services',
});

const PORTS = Path.ROOT.fields('spec', 'ports');
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const NONE: readonly Json[] = [];
const PORT_NAME = 'at most 63 small letters, digits and dashes';

export function checkServicePorts(subject: Subject, spec: Json, type: string, isHeadless: boolean): void {
  const ports: readonly Json[] = spec.ports ?? NONE;
  if (ports.length === 0) {
    if (!isHeadless && type !== 'ExternalName') subject.report(SERVICE_PORTS, PORTS, { expected: 'at least one port', found: 'none' });
    return;
  }
  for (let i = 0; i < ports.length; i++) checkPort(subject, ports[i], i, type, ports.length > 1);
  if (ports.length > 1) checkUnique(subject, ports);
}

function checkPort(subject: Subject, port: Json, i: number, type: string, isOneOfMany: boolean): void {
  const { name, port: number, targetPort, protocol, appProtocol, nodePort } = port;
  if (!name) {
    if (isOneOfMany) subject.report(SERVICE_PORTS, PORTS.index(i).field('name'), { expected: 'a name, because there are several ports', found: quoted(name) });
  } else if (!isDnsLabel(name)) subject.report(SERVICE_PORTS, PORTS.index(i).field('name'), { expected: PORT_NAME, found: quoted(name) });
  if (!isPortNumber(number)) subject.report(SERVICE_PORTS, PORTS.index(i).field('port'), { expected: PORT_NUMBER, found: quoted(number) });
  const target = targetPort ? portProblem(targetPort) : undefined;
  if (target !== undefined) subject.report(SERVICE_PORTS, PORTS.index(i).field('targetPort'), { expected: target, found: quoted(targetPort) });
  if (protocol && !PROTOCOLS.includes(protocol)) {
    subject.report(SERVICE_PORTS, PORTS.index(i).field('protocol'), { expected: oneOf(PROTOCOLS), found: quoted(protocol) });
  }
  if (appProtocol !== undefined && !isQualifiedName(appProtocol)) {
    subject.report(SERVICE_PORTS, PORTS.index(i).field('appProtocol'), { expected: 'a name such as kubernetes.io/h2c', found: quoted(appProtocol) });
  }
  if (nodePort && type === 'ClusterIP') {
    subject.report(SERVICE_PORTS, PORTS.index(i).field('nodePort'), { expected: 'it only for the types NodePort and LoadBalancer', found: quoted(nodePort) });
  }
}

function checkUnique(subject: Subject, ports: readonly Json[]): void {
  const names = new Set<string>();
  const numbers = new Set<string>();
  const nodePorts = new Set<string>();
  ports.forEach(({ name, port, nodePort, protocol }, i) => {
    const of = protocol || 'TCP';
    if (name && isTaken(names, name)) subject.report(SERVICE_PORTS, PORTS.index(i).field('name'), { expected: 'a name of its own', found: `${quoted(name)} again` });
    if (isTaken(numbers, `${port ?? 0}/${of}`)) subject.report(SERVICE_PORTS, PORTS.index(i), { expected: 'a port that no other has', found: `${of} ${port} again` });
    if (nodePort && isTaken(nodePorts, `${nodePort}/${of}`)) {
      subject.report(SERVICE_PORTS, PORTS.index(i).field('nodePort'), { expected: 'a node port that no other has', found: `${of} ${nodePort} again` });
    }
  });
}

function isTaken(seen: Set<string>, key: string): boolean {
  const isKnown = seen.has(key);
  seen.add(key);
  return isKnown;
}
