import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { isPortName, isPortNumber, PORT_NAME, PORT_NUMBER } from '../../values/ports';
import { oneOf, quoted } from '../../values/quote';
import { repeats } from '../../values/repeats';
import type { ContainerSite } from './site';

export const CONTAINER_PORT = errorRule({
  id: 'api/container-port',
  title: 'Ports of a container have a number from 1 to 65535, a known protocol, and names of their own',
  why: 'The API server refuses a container whose port has no number, a protocol other than TCP, UDP or SCTP, or a name that a probe or a '
    + 'Service could not use.',
  fix: 'give the port a `containerPort`, and a short name in lower case such as `rdzv`',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
});

export const HOST_PORT = errorRule({
  id: 'api/host-port',
  title: 'A host port is given once, and is the port of the container where the pod uses the network of the node',
  why: 'Two ports of a pod cannot be the same port of the node. With `hostNetwork` every port is a port of the node, so that the API server '
    + 'refuses another `hostPort`.',
  fix: 'leave `hostPort` out, and give every port its own number',
  link: 'https://kubernetes.io/docs/concepts/configuration/overview/#services',
});

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const NONE: readonly Json[] = [];
/** The last release in which templates of pods in the network of the node had their host ports filled in. */
const FILLED_IN_TEMPLATES_UNTIL = 27;

export function checkPorts({ pod: { subject }, container, path }: ContainerSite): void {
  const ports: readonly Json[] = container.ports;
  for (let i = 0; i < ports.length; i++) {
    const { name, containerPort, hostPort, protocol } = ports[i];
    if (!isPortNumber(containerPort)) {
      subject.report(CONTAINER_PORT, path.field('ports').index(i).field('containerPort'), { expected: PORT_NUMBER, found: quoted(containerPort) });
    }
    if (hostPort && !isPortNumber(hostPort)) {
      subject.report(HOST_PORT, path.field('ports').index(i).field('hostPort'), { expected: PORT_NUMBER, found: quoted(hostPort) });
    }
    if (protocol && !PROTOCOLS.includes(protocol)) {
      subject.report(CONTAINER_PORT, path.field('ports').index(i).field('protocol'), { expected: oneOf(PROTOCOLS), found: quoted(protocol) });
    }
    if (name && !isPortName(name)) {
      subject.report(CONTAINER_PORT, path.field('ports').index(i).field('name'), { expected: PORT_NAME, found: quoted(name) });
    }
  }
  for (const i of repeats(ports, 'name')) {
    const { name } = ports[i];
    if (!name || !isPortName(name)) continue;
    subject.report(CONTAINER_PORT, path.field('ports').index(i).field('name'), { expected: 'a name that no other port of the container has', found: quoted(name) });
  }
}

/** Judges the ports of the node: those of all containers together, and of each init container by itself. */
export function checkHostPorts(pod: PodSubject): void {
  const { spec } = pod;
  const containers: readonly Json[] = spec.containers ?? NONE;
  const inits: readonly Json[] = spec.initContainers ?? NONE;
  const isFilled = spec.hostNetwork === true && (!pod.isTemplate || pod.subject.minor <= FILLED_IN_TEMPLATES_UNTIL);
  if (spec.hostNetwork === true) checkHostNetwork(pod, containers);
  reportTaken(pod, 'containers', containers, isFilled);
  for (let i = 0; i < inits.length; i++) if (inits[i].ports !== undefined) reportTaken(pod, 'initContainers', [inits[i]], isFilled);
}

function checkHostNetwork(pod: PodSubject, containers: readonly Json[]): void {
  for (let i = 0; i < containers.length; i++) {
    const ports: readonly Json[] = containers[i].ports ?? NONE;
    for (let j = 0; j < ports.length; j++) {
      const { containerPort, hostPort } = ports[j];
      if (!hostPort || hostPort === containerPort) continue;
      pod.subject.report(HOST_PORT, pod.path.field('containers').index(i).field('ports').index(j).field('hostPort'), {
        expected: `${quoted(containerPort)}, the containerPort, in the network of the node`, found: quoted(hostPort),
      });
    }
  }
}

/** The server writes the index of the container among those that it compares, which for an init container is always 0. */
function reportTaken(pod: PodSubject, field: string, containers: readonly Json[], isFilled: boolean): void {
  let taken: Set<string> | undefined;
  for (let i = 0; i < containers.length; i++) {
    const ports: readonly Json[] = containers[i].ports ?? NONE;
    for (let j = 0; j < ports.length; j++) {
      const port = ports[j].hostPort || (isFilled ? ports[j].containerPort : 0);
      if (!port) continue;
      const key = `${ports[j].protocol || 'TCP'}/${ports[j].hostIP ?? ''}/${port}`;
      taken ??= new Set();
      if (taken.has(key)) {
        pod.subject.report(HOST_PORT, pod.path.field(field).index(i).field('ports').index(j).field('hostPort'), {
          expected: 'a port of the node that no other port of the pod has', found: quoted(port),
        });
      }
      taken.add(key);
    }
  }
}
