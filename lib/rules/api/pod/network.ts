import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { ipProblem } from '../../values/ip';
import { isDnsLabel, isDnsSubdomain } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';

export const DNS_CONFIG = errorRule({
  id: 'api/dns-config',
  title: 'DNS settings of a pod are ones that a resolver can use',
  why: 'Resolvers take three name servers and 32 search domains; with the policy None a pod without a name server could resolve nothing. '
    + 'The API server refuses more, and addresses and domains that are none.',
  fix: 'list at most three IP addresses as `nameservers`, and domains as `searches`',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config',
});

export const HOST_ALIAS = errorRule({
  id: 'api/host-alias',
  title: 'Entries of the hosts file have an IP address and host names',
  why: 'The API server refuses an alias whose address is none, or whose names no host can have.',
  fix: 'write `ip` as an address, and host names in lower case',
  link: 'https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/',
});

export const HOSTNAME = errorRule({
  id: 'api/hostname',
  title: 'Host name and subdomain of a pod are DNS labels',
  why: 'They become the name by which other pods find this one; the API server refuses what DNS cannot hold. `hostnameOverride` replaces them, '
    + 'and goes neither with `setHostnameAsFQDN` nor with the network of the node.',
  fix: 'use lower case letters, digits and dashes; the subdomain is the name of the headless Service',
  link: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-hostname-and-subdomain-field',
});

const NAMESERVERS_MAX = 3;
const SEARCHES_MAX = 32;
const SEARCH_CHARACTERS_MAX = 2_048;
const SUBDOMAIN_MAX = 253;
const OVERRIDE_MAX = 64;
const OVERRIDE_SINCE = 35;
/** Before it no underscores, and no single dot. */
const ANY_SEARCH_SINCE = 33;
const SEARCH = /^_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\._?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;
const POLICIES = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'];
const LABEL = 'a DNS label: at most 63 lower case letters, digits and dashes, no dash at either end';
const SUBDOMAIN = 'a DNS name: lower case letters, digits, - and ., a letter or digit at both ends';
/** Its controller overwrites host name and subdomain, so that the server does not look at them. */
const NAMES_ITS_PODS = 'StatefulSet';
const NONE: readonly any[] = [];

export function checkNetwork(pod: PodSubject): void {
  const { spec, subject } = pod;
  const { hostAliases, dnsPolicy } = spec;
  if (pod.kind !== NAMES_ITS_PODS) checkHostname(pod);
  if (spec.hostnameOverride !== undefined && subject.minor >= OVERRIDE_SINCE) checkOverride(pod);
  if (hostAliases !== undefined) checkAliases(pod, hostAliases);
  if (dnsPolicy && !POLICIES.includes(dnsPolicy)) {
    subject.report(DNS_CONFIG, pod.path.field('dnsPolicy'), { expected: oneOf(POLICIES), found: quoted(dnsPolicy) });
  }
  if (spec.dnsConfig !== undefined || dnsPolicy === 'None') checkDns(pod);
}

function checkHostname({ spec: { hostname, subdomain }, subject, path }: PodSubject): void {
  if (hostname && !isDnsLabel(hostname)) subject.report(HOSTNAME, path.field('hostname'), { expected: LABEL, found: quoted(hostname) });
  if (subdomain && !isDnsLabel(subdomain)) subject.report(HOSTNAME, path.field('subdomain'), { expected: LABEL, found: quoted(subdomain) });
}

function checkOverride(pod: PodSubject): void {
  const { hostnameOverride: name, setHostnameAsFQDN, hostNetwork } = pod.spec;
  const expected = setHostnameAsFQDN === true ? 'none beside setHostnameAsFQDN'
    : hostNetwork === true ? 'none in a pod with hostNetwork'
      : name.length > OVERRIDE_MAX || !isDnsSubdomain(name) ? `${SUBDOMAIN}, at most ${OVERRIDE_MAX} characters` : undefined;
  if (expected) pod.subject.report(HOSTNAME, pod.path.field('hostnameOverride'), { expected, found: quoted(name) });
}

function checkAliases({ subject, path }: PodSubject, aliases: readonly Json[]): void {
  for (let i = 0; i < aliases.length; i++) {
    const { ip = '', hostnames = NONE } = aliases[i];
    const expected = ipProblem(ip, subject.minor);
    if (expected) subject.report(HOST_ALIAS, path.field('hostAliases').index(i).field('ip'), { expected, found: ip === '' ? 'none' : quoted(ip) });
    for (let j = 0; j < hostnames.length; j++) {
      if (isDnsSubdomain(hostnames[j])) continue;
      subject.report(HOST_ALIAS, path.field('hostAliases').index(i).field('hostnames').index(j), { expected: SUBDOMAIN, found: quoted(hostnames[j]) });
    }
  }
}

function checkDns(pod: PodSubject): void {
  const { subject } = pod;
  const { dnsConfig: config, dnsPolicy } = pod.spec;
  const path = pod.path.field('dnsConfig');
  if (dnsPolicy === 'None' && !(config?.nameservers?.length > 0)) {
    const expected = 'at least one name server where dnsPolicy is None';
    subject.report(DNS_CONFIG, config === undefined ? path : path.field('nameservers'), { expected, found: 'none' });
    return;
  }
  const { nameservers = NONE, searches = NONE, options = NONE } = config;
  if (nameservers.length > NAMESERVERS_MAX) {
    subject.report(DNS_CONFIG, path.field('nameservers'), { expected: `at most ${NAMESERVERS_MAX} name servers`, found: String(nameservers.length) });
  }
  for (let i = 0; i < nameservers.length; i++) {
    const expected = ipProblem(nameservers[i], subject.minor);
    if (expected) subject.report(DNS_CONFIG, path.field('nameservers').index(i), { expected, found: quoted(nameservers[i]) });
  }
  checkSearches(pod, searches);
  for (let i = 0; i < options.length; i++) {
    if (!options[i].name) subject.report(DNS_CONFIG, path.field('options').index(i), { expected: 'a name', found: 'none' });
  }
}

function checkSearches({ subject, path: specPath }: PodSubject, searches: readonly string[]): void {
  const path = specPath.fields('dnsConfig', 'searches');
  if (searches.length > SEARCHES_MAX) subject.report(DNS_CONFIG, path, { expected: `at most ${SEARCHES_MAX} domains`, found: String(searches.length) });
  const characters = searches.join(' ').length;
  if (characters > SEARCH_CHARACTERS_MAX) {
    subject.report(DNS_CONFIG, path, { expected: `at most ${SEARCH_CHARACTERS_MAX} characters in all domains`, found: String(characters) });
  }
  for (let i = 0; i < searches.length; i++) {
    if (isSearch(searches[i], subject.minor)) continue;
    subject.report(DNS_CONFIG, path.index(i), { expected: SUBDOMAIN, found: quoted(searches[i]) });
  }
}

function isSearch(domain: string, minor: number): boolean {
  const anyForm = minor >= ANY_SEARCH_SINCE;
  if (anyForm && domain === '.') return true;
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  return anyForm ? name.length <= SUBDOMAIN_MAX && SEARCH.test(name) : isDnsSubdomain(name);
}
