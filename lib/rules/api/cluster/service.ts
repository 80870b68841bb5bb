import { LABEL } from '../metadata/labels';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { LABEL_KEY, LABEL_VALUE } from '../../values/label-selector';
import { isDnsSubdomain, isLabelValue, isQualifiedName } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';
import { clusterIpsOf, checkClusterIps, isHeadless } from './service-ips';
import { checkServicePorts } from './service-ports';
import { checkTraffic } from './service-traffic';

export const SERVICE_TYPE = errorRule({
  id: 'api/service-type',
  title: 'A Service has a type that exists, and only fields of that type',
  why: 'The API server refuses load balancer fields on a Service that has no load balancer, cluster IPs on one that is only another name, '
    + 'an external name that is no host name, and None as the address of a Service that is reached from outside.',
  fix: 'leave `type` out for a Service inside the cluster, and with it the fields of the others',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
});

export const SESSION_AFFINITY = errorRule({
  id: 'api/session-affinity',
  title: 'Session affinity is None or ClientIP, for up to a day',
  why: 'The API server refuses another affinity, and a timeout of no seconds or of more than 86,400.',
  fix: 'leave `sessionAffinity` out, or use ClientIP with `timeoutSeconds` from 1 to 86400',
  link: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity',
});

const SPEC = Path.ROOT.field('spec');
const ANNOTATIONS = Path.ROOT.fields('metadata', 'annotations');
const EMPTY: Json = {};
const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
const DAY_SECONDS = 86_400;
const HINTS = 'service.kubernetes.io/topology-aware-hints';
const MODE = 'service.kubernetes.io/topology-mode';

export function checkService(subject: Subject): void {
  const { spec = EMPTY, metadata = EMPTY }: Json = subject.json;
  const type: string = spec.type || 'ClusterIP';
  const ips = clusterIpsOf(spec);
  if (!TYPES.includes(type)) subject.report(SERVICE_TYPE, SPEC.field('type'), { expected: oneOf(TYPES), found: quoted(type) });
  if (type === 'ExternalName') checkExternalName(subject, spec, ips);
  else checkClusterIps(subject, spec, ips);
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(ips)) {
    subject.report(SERVICE_TYPE, SPEC.field('clusterIPs').index(0), { expected: `an address, or none written, for the type ${type}`, found: quoted(ips[0]) });
  }
  checkServicePorts(subject, spec, type, isHeadless(ips));
  if (spec.selector !== undefined) checkSelectorLabels(subject, spec.selector);
  if (spec.sessionAffinity) checkAffinity(subject, spec);
  if (type !== 'LoadBalancer') checkNoLoadBalancer(subject, spec, type);
  else if (spec.loadBalancerClass !== undefined && !isQualifiedName(spec.loadBalancerClass)) {
    subject.report(SERVICE_TYPE, SPEC.field('loadBalancerClass'), { expected: 'a name such as example.com/internal', found: quoted(spec.loadBalancerClass) });
  }
  checkTraffic(subject, spec, type);
  if (metadata.annotations !== undefined) checkTopology(subject, metadata.annotations);
}

function checkExternalName(subject: Subject, spec: Json, ips: readonly string[]): void {
  const name: string = (spec.externalName ?? '').replace(/\.$/, '');
  if (!isDnsSubdomain(name)) {
    subject.report(SERVICE_TYPE, SPEC.field('externalName'), { expected: 'a host name', found: quoted(spec.externalName) });
  }
  const nothing = { expected: 'nothing for the type ExternalName' };
  if (ips.length > 0) subject.report(SERVICE_TYPE, SPEC.field('clusterIPs'), { ...nothing, found: quoted(ips) });
  if (spec.ipFamilies?.length > 0) subject.report(SERVICE_TYPE, SPEC.field('ipFamilies'), { ...nothing, found: quoted(spec.ipFamilies) });
  if (spec.ipFamilyPolicy !== undefined) {
    subject.report(SERVICE_TYPE, SPEC.field('ipFamilyPolicy'), { ...nothing, found: quoted(spec.ipFamilyPolicy) });
  }
}

function checkSelectorLabels(subject: Subject, selector: Json): void {
  for (const key in selector) {
    if (!isQualifiedName(key)) subject.report(LABEL, SPEC.field('selector'), { expected: LABEL_KEY, found: quoted(key) });
    if (!isLabelValue(selector[key])) subject.report(LABEL, SPEC.field('selector'), { expected: LABEL_VALUE, found: quoted(selector[key]) });
  }
}

/** Without a timeout the server fills one in. */
function checkAffinity(subject: Subject, { sessionAffinity, sessionAffinityConfig }: Json): void {
  if (sessionAffinity === 'None') return;
  if (sessionAffinity !== 'ClientIP') {
    subject.report(SESSION_AFFINITY, SPEC.field('sessionAffinity'), { expected: 'ClientIP or None', found: quoted(sessionAffinity) });
    return;
  }
  const seconds: number | undefined = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (seconds === undefined || (seconds > 0 && seconds <= DAY_SECONDS)) return;
  subject.report(SESSION_AFFINITY, SPEC.fields('sessionAffinityConfig', 'clientIP', 'timeoutSeconds'), {
    expected: `seconds from 1 to ${DAY_SECONDS}`, found: quoted(seconds),
  });
}

function checkNoLoadBalancer(subject: Subject, spec: Json, type: string): void {
  for (const field of ['allocateLoadBalancerNodePorts', 'loadBalancerClass']) {
    if (spec[field] === undefined) continue;
    subject.report(SERVICE_TYPE, SPEC.field(field), { expected: `it only for the type LoadBalancer, not ${type}`, found: quoted(spec[field]) });
  }
}

function checkTopology(subject: Subject, annotations: Json): void {
  if (!Object.hasOwn(annotations, HINTS) || !Object.hasOwn(annotations, MODE) || annotations[HINTS] === annotations[MODE]) return;
  subject.report(SERVICE_TYPE, ANNOTATIONS.key(MODE), { expected: `${quoted(annotations[HINTS])}, as ${HINTS} says`, found: quoted(annotations[MODE]) });
}
