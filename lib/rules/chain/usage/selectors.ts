import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { warningRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';
import { LabelIndex } from './label-index';

export const SELECTS_NOTHING = warningRule({
  id: 'chain/selects-nothing',
  title: 'A Service, PodDisruptionBudget, NetworkPolicy or monitor selects something',
  why: 'The API server takes a selector that no label answers: the Service has no endpoints, the budget protects nothing, the policy '
    + 'allows and forbids nothing.',
  fix: 'use the labels of the pod template',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors',
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};
const MONITORING = 'monitoring.coreos.com';
/** Groups of others whose objects make no pods, or pods that are found by their templates. */
const WITHOUT_PODS = new Set([
  MONITORING, 'velero.io', 'cert-manager.io', 'external-secrets.io', 'bitnami.com', 'kubeflow.org', 'jobset.x-k8s.io', 'leaderworkerset.x-k8s.io',
  'kueue.x-k8s.io',
]);
/** Kinds that select pods of their own namespace, and the field that they do it with. */
const SELECTING: readonly (readonly [type: string, field: string])[] = [
  ['policy/PodDisruptionBudget', 'selector'], ['networking.k8s.io/NetworkPolicy', 'podSelector'], [`${MONITORING}/PodMonitor`, 'selector'],
];

/** Pods by their labels. */
export function podsByLabel(view: BundleView): LabelIndex<PodSubject> {
  const index = new LabelIndex<PodSubject>();
  for (const pod of view.pods) index.add(pod, pod.subject.manifest.namespace, pod.metadata.labels);
  return index;
}

/**
 * Judges what is found by labels.
 *
 * @param told Services whose selectors have been told already
 */
export function checkSelectors(view: BundleView, pods: LabelIndex<PodSubject>, told: ReadonlySet<Subject>): void {
  const makers = namespacesOfMakers(view);
  const judge = (subject: Subject, selector: unknown, field: string, index: LabelIndex<unknown>, of: string): void => {
    const { namespace, external } = subject.manifest;
    if (external || !isSelector(selector) || looksElsewhere(subject) || !index.has(namespace)) return;
    if (index.matching(namespace, selector)?.length !== 0) return;
    const found = `${quoted(subject.manifest.kind === 'Service' ? selector.matchLabels : selector)}, which none has`;
    const detail = { expected: `labels of a ${of} of its namespace`, found };
    if (makers.has(namespace)) subject.unresolved(SELECTS_NOTHING, SPEC.field(field), detail);
    else subject.report(SELECTS_NOTHING, SPEC.field(field), detail);
  };
  for (const subject of view.all('Service')) {
    const { selector, type } = subject.json.spec ?? EMPTY;
    if (selector !== undefined && type !== 'ExternalName' && !told.has(subject)) judge(subject, { matchLabels: selector }, 'selector', pods, 'pod');
  }
  for (const [type, field] of SELECTING) for (const subject of view.all(type)) judge(subject, subject.json.spec?.[field], field, pods, 'pod');
  const monitors = view.all(`${MONITORING}/ServiceMonitor`);
  if (monitors.length === 0) return;
  const services = new LabelIndex<Subject>();
  for (const service of view.all('Service')) services.add(service, service.manifest.namespace, service.json.metadata?.labels);
  for (const subject of monitors) judge(subject, subject.json.spec?.selector, 'selector', services, 'Service');
}

/** One that asks for something: an empty selector selects all that there is, which may be nothing at the moment. */
function isSelector(selector: any): selector is Json {
  if (typeof selector !== 'object' || selector === null) return false;
  const { matchLabels = EMPTY, matchExpressions = [] } = selector;
  if (typeof matchLabels !== 'object' || matchLabels === null || !Array.isArray(matchExpressions)) return false;
  return matchExpressions.every(isExpression) && (matchExpressions.length > 0 || Object.keys(matchLabels).length > 0);
}

/** Kinds without a schema here may hold anything. */
function isExpression(one: any): boolean {
  return typeof one?.key === 'string' && (one.values === undefined || Array.isArray(one.values));
}

/** Monitors can look into other namespaces. */
function looksElsewhere({ json }: Subject): boolean {
  return json.spec?.namespaceSelector !== undefined;
}

/** Namespaces with objects of operators that are not known here: those may make pods of any label. */
export function namespacesOfMakers(view: BundleView): ReadonlySet<string> {
  const namespaces = new Set<string>();
  for (const { manifest: { group, namespace } } of view.subjects) {
    if (group.includes('.') && !group.endsWith('.k8s.io') && !WITHOUT_PODS.has(group)) namespaces.add(namespace);
  }
  return namespaces;
}
