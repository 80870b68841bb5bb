import { Severity } from '../../../findings/finding';
import { titleOf, type BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { warningRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { matchesLabels } from '../../values/label-match';
import { quoted } from '../../values/quote';
import { dialsOf } from './dials';
import { meansController } from './label-index';
import { Lookup } from './lookup';

const DNS_DOCS = 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-hostname-and-subdomain-fields';
const STABLE_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id';

export const SERVICE_MISSING = warningRule({
  id: 'chain/service-missing',
  title: 'The Service that gives pods their names exists',
  why: 'Pods run without it, but names such as train-0.train are not known: processes that meet by name wait for each other for ever.',
  fix: 'add a headless Service (`clusterIP: None`) of this name that selects the pods',
  link: STABLE_DOCS,
});
export const SERVICE_NOT_HEADLESS = warningRule({
  id: 'chain/service-not-headless',
  title: 'The Service that gives pods their names is headless',
  why: 'A Service with an address of its own gives no names to single pods: train-0.train is not known.',
  fix: 'set `clusterIP: None`, or make a second, headless Service for the names',
  link: 'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
});
export const SERVICE_OTHER_PODS = warningRule({
  id: 'chain/service-selects-others',
  title: 'The Service that gives pods their names selects them',
  why: 'Only pods that the Service selects get names of it.',
  fix: 'select the labels of the pod template',
  link: DNS_DOCS,
});
export const SERVICE_HIDES_PODS = warningRule({
  id: 'chain/service-hides-starting-pods',
  title: 'The Service by which pods meet names them before they are ready',
  why: 'Without `publishNotReadyAddresses` a pod has no name until it is ready, and where it is ready only when it has met the others, '
    + 'none ever is.',
  fix: 'set `publishNotReadyAddresses: true`',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec',
});

export const GOVERNING_RULES: readonly Rule[] = [SERVICE_MISSING, SERVICE_NOT_HEADLESS, SERVICE_OTHER_PODS, SERVICE_HIDES_PODS];

const SPEC = Path.ROOT.field('spec');
const SERVICE_NAME = SPEC.field('serviceName');
const EMPTY: Json = {};
/** Kinds whose pods get their names by a Service that the user makes; other operators make it themselves. */
const NAMED_BY_USER = new Set(['StatefulSet', 'Job', 'CronJob', 'Pod', 'Deployment', 'ReplicaSet']);

/**
 * Judges the headless Services of StatefulSets, and those that pods name in `subdomain`.
 *
 * @returns those that select other pods
 */
export function checkGoverningServices(view: BundleView): ReadonlySet<Subject> {
  const lookup = new Lookup(view);
  const told = new Map<Rule, Set<Subject>>(GOVERNING_RULES.map(rule => [rule, new Set()]));
  for (const pod of view.pods) {
    if (!NAMED_BY_USER.has(pod.kind)) continue;
    const isSet = pod.kind === 'StatefulSet';
    const name: string | undefined = isSet ? pod.controller.serviceName : pod.spec.subdomain;
    if (!name) continue;
    const { subject } = pod;
    const path = isSet ? SERVICE_NAME : pod.path.field('subdomain');
    const service = view.find('Service', subject.manifest.namespace, name);
    if (service) checkService(pod, service, path, told);
    else {
      lookup.reportMissing(SERVICE_MISSING, {
        subject, path, name, type: 'Service', namespace: subject.manifest.namespace, severity: dialsOf(pod, name) ? Severity.ERROR : undefined,
      });
    }
  }
  return told.get(SERVICE_OTHER_PODS)!;
}

function checkService(pod: PodSubject, service: Subject, path: Path, told: ReadonlyMap<Rule, Set<Subject>>): void {
  const spec: Json | undefined = service.json.spec;
  if (spec === undefined) return;
  const { name } = service.manifest;
  if (spec.clusterIP !== 'None') {
    report(SERVICE_NOT_HEADLESS, 'clusterIP', `None: ${titleOf(pod.subject.manifest)} has its names of it`,
      spec.clusterIP === undefined ? 'none set, so an address of its own' : quoted(spec.clusterIP), dialsOf(pod, name) === 'pod');
    return;
  }
  const selector: Json | undefined = spec.selector;
  const labels: Json = pod.metadata.labels ?? EMPTY;
  if (selector === undefined || !matchesLabels({ matchLabels: selector }, labels)) {
    if (selector !== undefined && meansController({ matchLabels: selector })) return;
    report(SERVICE_OTHER_PODS, 'selector', `labels of the pods of ${titleOf(pod.subject.manifest)}: ${quoted(labels)}`, quoted(selector),
      dialsOf(pod, name) !== undefined);
    return;
  }
  if (spec.publishNotReadyAddresses !== true && pod.copies !== undefined && pod.copies > 1 && dialsOf(pod, name) === 'pod') {
    report(SERVICE_HIDES_PODS, 'publishNotReadyAddresses', `true: the ${pod.copies} pods of ${titleOf(pod.subject.manifest)} meet by their names`,
      quoted(spec.publishNotReadyAddresses), false);
  }

  /** Once for a Service; for one that is declared, with each of those that rely on it. */
  function report(rule: Rule, field: string, expected: string, found: string, isError: boolean): void {
    const severity = isError ? Severity.ERROR : undefined;
    if (service.manifest.external) {
      pod.subject.report(rule, path, { expected: `a Service with ${field} ${expected}`, found: `${quoted(name)} with ${found}`, severity });
    } else if (!told.get(rule)!.has(service)) {
      told.get(rule)!.add(service);
      service.report(rule, SPEC.field(field), { expected, found, severity });
    }
  }
}
