import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { blockOf, cidrProblem, isInside } from '../../values/ip';
import { checkLabelSelector } from '../../values/label-selector';
import { isPortNumber, PORT_NUMBER, portProblem } from '../../values/ports';
import { oneOf, quoted } from '../../values/quote';
import { IP_ADDRESS } from './service-traffic';

export const NETWORK_PEER = errorRule({
  id: 'api/network-peer',
  title: 'A peer of a network policy is pods, namespaces or both, or a block of addresses',
  why: 'A peer without any of them would be nobody, and one of addresses and pods at once is not defined. What is excepted from a block must '
    + 'be a part of it. The API server refuses the rest.',
  fix: 'give the peer `podSelector` or `namespaceSelector` or both, or `ipBlock` alone',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors',
});

export const NETWORK_PORT = errorRule({
  id: 'api/network-port',
  title: 'Ports of a network policy are numbers, ranges of numbers, or names of ports of containers',
  why: 'The API server refuses ports outside 1 to 65535, an end before the begin or without a number to begin with, and unknown protocols.',
  fix: 'use a `port` with an `endPort` from there on, and the protocol TCP, UDP or SCTP',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#targeting-a-range-of-ports',
});

export const POLICY_TYPE = errorRule({
  id: 'api/policy-type',
  title: 'A network policy is about Ingress, Egress or both',
  why: 'policyTypes holds Ingress and Egress, each once. The API server refuses anything else.',
  fix: 'use `policyTypes: [Ingress, Egress]` or one of them',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const NONE: readonly never[] = [];
const TYPES = ['Ingress', 'Egress'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

export function checkNetworkPolicy(subject: Subject): void {
  const spec: Json = subject.json.spec ?? EMPTY;
  checkLabelSelector(subject, spec.podSelector, SPEC, 'podSelector');
  checkRules(subject, spec.ingress ?? NONE, 'ingress', 'from');
  checkRules(subject, spec.egress ?? NONE, 'egress', 'to');
  checkTypes(subject, spec.policyTypes ?? NONE);
}

function checkTypes(subject: Subject, types: readonly string[]): void {
  if (types.length > TYPES.length) {
    subject.report(POLICY_TYPE, SPEC.field('policyTypes'), { expected: `at most ${TYPES.length} types`, found: String(types.length) });
    return;
  }
  for (let i = 0; i < types.length; i++) {
    if (!TYPES.includes(types[i])) subject.report(POLICY_TYPE, SPEC.field('policyTypes').index(i), { expected: oneOf(TYPES), found: quoted(types[i]) });
  }
}

function checkRules(subject: Subject, rules: readonly Json[], direction: string, peersField: string): void {
  for (let i = 0; i < rules.length; i++) {
    const path = SPEC.field(direction).index(i);
    const ports: readonly Json[] = rules[i].ports ?? NONE;
    for (let j = 0; j < ports.length; j++) checkPort(subject, ports[j], path.field('ports').index(j));
    const peers: readonly Json[] = rules[i][peersField] ?? NONE;
    for (let j = 0; j < peers.length; j++) checkPeer(subject, peers[j], path.field(peersField).index(j));
  }
}

function checkPort(subject: Subject, { port, endPort, protocol }: Json, path: Path): void {
  if (protocol !== undefined && !PROTOCOLS.includes(protocol)) {
    subject.report(NETWORK_PORT, path.field('protocol'), { expected: oneOf(PROTOCOLS), found: quoted(protocol) });
  }
  const problem = port === undefined ? undefined : portProblem(port);
  if (problem !== undefined) subject.report(NETWORK_PORT, path.field('port'), { expected: problem, found: quoted(port) });
  if (endPort === undefined) return;
  const expected = typeof port !== 'number' ? 'it only beside a port that is a number'
    : endPort < port ? `at least ${port}, the port` : isPortNumber(endPort) ? undefined : PORT_NUMBER;
  if (expected !== undefined) subject.report(NETWORK_PORT, path.field('endPort'), { expected, found: quoted(endPort) });
}

function checkPeer(subject: Subject, { podSelector, namespaceSelector, ipBlock }: Json, path: Path): void {
  checkLabelSelector(subject, podSelector, path, 'podSelector');
  checkLabelSelector(subject, namespaceSelector, path, 'namespaceSelector');
  const isSelected = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock !== undefined) checkBlock(subject, ipBlock, path.field('ipBlock'));
  if (isSelected === (ipBlock !== undefined)) {
    subject.report(NETWORK_PEER, path, {
      expected: isSelected ? 'ipBlock alone' : 'podSelector, namespaceSelector or ipBlock', found: isSelected ? 'selectors beside it' : 'none of them',
    });
  }
}

function checkBlock(subject: Subject, { cidr, except = NONE }: Json, path: Path): void {
  if (!cidr) {
    subject.report(NETWORK_PEER, path.field('cidr'), { expected: 'a block of IP addresses', found: quoted(cidr) });
    return;
  }
  const problem = cidrProblem(cidr, subject.minor);
  if (problem !== undefined) subject.report(IP_ADDRESS, path.field('cidr'), { expected: problem, found: quoted(cidr) });
  const outer = blockOf(cidr);
  if (!outer) return;
  except.forEach((part: string, i: number) => {
    const wrong = cidrProblem(part, subject.minor);
    if (wrong !== undefined) subject.report(IP_ADDRESS, path.field('except').index(i), { expected: wrong, found: quoted(part) });
    const inner = blockOf(part);
    if (inner && !isInside(inner, outer)) {
      subject.report(NETWORK_PEER, path.field('except').index(i), { expected: `a smaller block within ${cidr}`, found: quoted(part) });
    }
  });
}
