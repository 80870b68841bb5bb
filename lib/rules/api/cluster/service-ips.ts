import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { ipProblem, isIpv6 } from '../../values/ip';
import { oneOf, quoted } from '../../values/quote';

export const CLUSTER_IP = errorRule({
  id: 'api/cluster-ip',
  title: 'A Service has cluster IPs of its own families, or None for a headless one',
  why: 'clusterIP is an IP address, or exactly None. The API server refuses other spellings, more than one address of a family, and families '
    + 'that do not fit to addresses or policy.',
  fix: 'write `clusterIP: None` for a headless Service, and leave it out otherwise',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
});

const SPEC = Path.ROOT.field('spec');
const IPS = SPEC.field('clusterIPs');
const NONE = 'None';
const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['SingleStack', 'PreferDualStack', 'RequireDualStack'];
const NOTHING: readonly string[] = [];

/** Addresses of a Service: `clusterIPs`, which follow `clusterIP` where they are left out. */
export function clusterIpsOf({ clusterIP, clusterIPs = NOTHING }: Json): readonly string[] {
  return clusterIPs.length === 0 && clusterIP ? [clusterIP] : clusterIPs;
}

export function isHeadless(ips: readonly string[]): boolean {
  return ips.length === 1 && ips[0] === NONE;
}

/** Judges the addresses of a Service and their families. */
export function checkClusterIps(subject: Subject, spec: Json, ips: readonly string[]): void {
  const { ipFamilies = NOTHING, ipFamilyPolicy: policy } = spec;
  const first: string = spec.clusterIP || '';
  if (ips.length > 0 && ips[0] !== first) {
    subject.report(CLUSTER_IP, IPS, { expected: `clusterIP, ${quoted(first)}, as the first address`, found: quoted(ips[0]) });
  }
  if (ipFamilies.length > 0) checkFamilies(subject, ipFamilies);
  if (policy !== undefined && !POLICIES.includes(policy)) {
    subject.report(CLUSTER_IP, SPEC.field('ipFamilyPolicy'), { expected: oneOf(POLICIES), found: quoted(policy) });
  }
  if (ips.length > 0 && checkAddresses(subject, ips)) checkStacks(subject, ips, ipFamilies);
  checkPolicy(subject, spec, ips, ipFamilies);
}

function checkFamilies(subject: Subject, families: readonly string[]): void {
  families.forEach((family, i) => {
    const at = SPEC.field('ipFamilies').index(i);
    if (!FAMILIES.includes(family)) subject.report(CLUSTER_IP, at, { expected: oneOf(FAMILIES), found: quoted(family) });
    if (families.indexOf(family) < i) subject.report(CLUSTER_IP, at, { expected: 'each family once', found: `${quoted(family)} again` });
  });
}

function checkAddresses(subject: Subject, ips: readonly string[]): boolean {
  let areSound = true;
  for (let i = 0; i < ips.length; i++) {
    const isNone = i === 0 && ips[i] === NONE;
    if (isNone && ips.length > 1) subject.report(CLUSTER_IP, IPS, { expected: 'None as the only one', found: quoted(ips) });
    const expected = isNone ? undefined : ipProblem(ips[i], subject.minor);
    if (expected !== undefined) subject.report(CLUSTER_IP, IPS.index(i), { expected: `${expected}, or None`, found: quoted(ips[i]) });
    areSound &&= expected === undefined && !(isNone && ips.length > 1);
  }
  if (ips.length > 2) subject.report(CLUSTER_IP, IPS, { expected: 'at most 2 addresses', found: String(ips.length) });
  return areSound;
}

function checkStacks(subject: Subject, ips: readonly string[], families: readonly string[]): void {
  if (ips.length === 2 && isIpv6(ips[0]) === isIpv6(ips[1])) {
    subject.report(CLUSTER_IP, IPS, { expected: 'one address of each family', found: quoted(ips) });
  }
  if (isHeadless(ips)) return;
  for (let i = 0; i < ips.length && i < families.length; i++) {
    if (!FAMILIES.includes(families[i]) || isIpv6(ips[i]) === (families[i] === 'IPv6')) continue;
    subject.report(CLUSTER_IP, IPS.index(i), { expected: `an address of the family ${families[i]}`, found: quoted(ips[i]) });
  }
}

/** A Service is of one family unless it says otherwise, or has neither an address nor a selector. */
function checkPolicy(subject: Subject, spec: Json, ips: readonly string[], families: readonly string[]): void {
  if (ips.length !== 2 && families.length !== 2) return;
  const { ipFamilyPolicy: policy, clusterIP, selector } = spec;
  const isOpen = clusterIP === NONE && (selector === undefined || Object.keys(selector as Json).length === 0);
  if (policy !== 'SingleStack' && (policy !== undefined || isOpen)) return;
  subject.report(CLUSTER_IP, SPEC.field('ipFamilyPolicy'), { expected: 'PreferDualStack or RequireDualStack for two families', found: quoted(policy) });
}
