import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { cidrProblem, endpointIpProblem, ipProblem } from '../../values/ip';
import { isPortNumber, PORT_NUMBER } from '../../values/ports';
import { oneOf, quoted } from '../../values/quote';

export const TRAFFIC_POLICY = errorRule({
  id: 'api/traffic-policy',
  title: 'Traffic to a Service is distributed in a way that exists for its type',
  why: 'Traffic policies are Cluster or Local, and that of outside traffic is only for a Service that is reached from outside; trafficDistribution '
    + 'has values of its own in each release. The API server refuses the rest.',
  fix: 'leave the policy out, or use a value of the release and type',
  link: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies',
});

export const IP_ADDRESS = errorRule({
  id: 'api/ip-address',
  title: 'IP addresses and blocks of them are written so that every program reads the same',
  why: 'The API server refuses what is no address, and addresses that no endpoint can have. From 1.36 it also refuses zeros before numbers, '
    + 'which others read as octal, IPv4 inside IPv6, and bits behind the length of a block.',
  fix: 'write the address in its usual form: 10.0.0.0/8, 2001:db8::/64',
  link: 'https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/StrictIPCIDRValidation/',
});

const SPEC = Path.ROOT.field('spec');
const POLICIES = ['Cluster', 'Local'];
/** The first releases that look at the field, and that know all values of today. */
const DISTRIBUTION_SINCE = 31;
const SAME_SINCE = 34;
const CLOSE = ['PreferClose'];
const CLOSE_AND_SAME = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const RANGES_ANNOTATION = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const NONE: readonly string[] = [];

/** Judges from where a Service is reached, and how that is distributed. */
export function checkTraffic(subject: Subject, spec: Json, type: string): void {
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal, healthCheckNodePort, externalIPs = NONE } = spec;
  const isOutside = type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && externalIPs.length > 0);
  if (external && (!isOutside || !POLICIES.includes(external))) {
    subject.report(TRAFFIC_POLICY, SPEC.field('externalTrafficPolicy'), {
      expected: isOutside ? oneOf(POLICIES) : 'it only for a Service that is reached from outside', found: quoted(external),
    });
  }
  if (internal !== undefined && !POLICIES.includes(internal)) {
    subject.report(TRAFFIC_POLICY, SPEC.field('internalTrafficPolicy'), { expected: oneOf(POLICIES), found: quoted(internal) });
  }
  if (healthCheckNodePort) checkHealthPort(subject, healthCheckNodePort, type === 'LoadBalancer' && external === 'Local');
  if (spec.trafficDistribution !== undefined) checkDistribution(subject, spec.trafficDistribution);
  for (let i = 0; i < externalIPs.length; i++) checkExternalIp(subject, externalIPs[i], SPEC.field('externalIPs').index(i));
  checkSourceRanges(subject, spec.loadBalancerSourceRanges ?? NONE, type);
}

function checkHealthPort(subject: Subject, port: number, isChecked: boolean): void {
  if (isChecked && isPortNumber(port)) return;
  subject.report(TRAFFIC_POLICY, SPEC.field('healthCheckNodePort'), {
    expected: isChecked ? PORT_NUMBER : 'it only for the type LoadBalancer with externalTrafficPolicy Local', found: quoted(port),
  });
}

function checkDistribution(subject: Subject, distribution: string): void {
  const known = subject.minor >= SAME_SINCE ? CLOSE_AND_SAME : CLOSE;
  if (subject.minor < DISTRIBUTION_SINCE || known.includes(distribution)) return;
  subject.report(TRAFFIC_POLICY, SPEC.field('trafficDistribution'), { expected: oneOf(known), found: quoted(distribution) });
}

/** Judges the address of an endpoint, or one that a Service takes traffic of. */
export function checkExternalIp(subject: Subject, ip: string, path: Path): void {
  const expected = ipProblem(ip, subject.minor) ?? endpointIpProblem(ip);
  if (expected !== undefined) subject.report(IP_ADDRESS, path, { expected, found: quoted(ip) });
}

/** The server writes the name of the field with a capital; an annotation of old says the same. */
function checkSourceRanges(subject: Subject, ranges: readonly string[], type: string): void {
  if (ranges.length > 0) {
    const path = SPEC.field('LoadBalancerSourceRanges');
    if (type !== 'LoadBalancer') reportRanges(subject, path, type, ranges);
    ranges.forEach((range, i) => checkRange(subject, range.trim(), path.index(i)));
    return;
  }
  const annotation: string | undefined = subject.json.metadata?.annotations?.[RANGES_ANNOTATION];
  if (annotation === undefined) return;
  const path = Path.ROOT.fields('metadata', 'annotations').key(RANGES_ANNOTATION);
  if (type !== 'LoadBalancer') reportRanges(subject, path, type, annotation);
  if (annotation.trim() !== '') for (const range of annotation.split(',')) checkRange(subject, range.trim(), path);
}

function reportRanges(subject: Subject, path: Path, type: string, ranges: unknown): void {
  subject.report(TRAFFIC_POLICY, path, { expected: `source ranges only for the type LoadBalancer, not ${type}`, found: quoted(ranges) });
}

function checkRange(subject: Subject, range: string, path: Path): void {
  const expected = cidrProblem(range, subject.minor);
  if (expected !== undefined) subject.report(IP_ADDRESS, path, { expected, found: quoted(range) });
}
