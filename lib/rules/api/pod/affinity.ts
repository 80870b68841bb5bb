import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkLabelSelector, LABEL_KEY, LABEL_VALUE } from '../../values/label-selector';
import { isDnsLabel, isLabelValue, isQualifiedName } from '../../../private/name-forms';
import { checkNodeSelector, checkNodeSelectorTerm, NODE_SELECTOR } from '../../values/node-selector';
import { quoted } from '../../values/quote';
import { checkMatchLabelKeys } from './match-label-keys';

export const POD_AFFINITY = errorRule({
  id: 'api/pod-affinity',
  title: 'An affinity between pods has a topology key, a weight from 1 to 100, and possible namespaces',
  why: 'Without the label that tells places apart, the scheduler cannot know what "near" means; the API server refuses the pod.',
  fix: 'set `topologyKey`, as `topology.kubernetes.io/zone`, and a weight from 1 to 100 where it is only preferred',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
});

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const WEIGHT = 'a weight from 1 to 100';
/** Before it the server took any value. */
const VALUES_SINCE = 33;
/** Before it the server drops keys of labels to match. */
const LABEL_KEYS_SINCE = 31;
const NONE: readonly any[] = [];

export function checkAffinity(pod: PodSubject): void {
  const { affinity, nodeSelector } = pod.spec;
  if (nodeSelector !== undefined) checkNodeLabels(pod.subject, nodeSelector, pod.path);
  if (affinity === undefined) return;
  const path = pod.path.field('affinity');
  if (affinity.nodeAffinity !== undefined) checkNodeAffinity(pod.subject, affinity.nodeAffinity, path.field('nodeAffinity'));
  if (affinity.podAffinity !== undefined) checkPodAffinity(pod, affinity.podAffinity, path.field('podAffinity'));
  if (affinity.podAntiAffinity !== undefined) checkPodAffinity(pod, affinity.podAntiAffinity, path.field('podAntiAffinity'));
}

const NODE_LABELS = 'write keys and values as labels of nodes have them: `kubectl get nodes --show-labels`';

function checkNodeLabels(subject: Subject, labels: Json, path: Path): void {
  for (const key in labels) {
    if (!isQualifiedName(key)) subject.report(NODE_SELECTOR, path.field('nodeSelector'), { expected: LABEL_KEY, found: quoted(key), fix: NODE_LABELS });
    if (!isLabelValue(labels[key])) subject.report(NODE_SELECTOR, path.field('nodeSelector'), { expected: LABEL_VALUE, found: quoted(labels[key]), fix: NODE_LABELS });
  }
}

function checkNodeAffinity(subject: Subject, affinity: Json, path: Path): void {
  checkNodeSelector(subject, affinity[REQUIRED], path, REQUIRED, subject.minor >= VALUES_SINCE);
  const preferred: readonly Json[] = affinity[PREFERRED] ?? NONE;
  for (let i = 0; i < preferred.length; i++) {
    const { weight, preference } = preferred[i];
    if (!isWeight(weight)) subject.report(NODE_SELECTOR, path.field(PREFERRED).index(i).field('weight'), { expected: WEIGHT, found: quoted(weight) });
    if (preference !== undefined) checkNodeSelectorTerm(subject, preference, path.field(PREFERRED).index(i), 'preference', false);
  }
}

function isWeight(weight: unknown): boolean {
  return typeof weight === 'number' && weight >= 1 && weight <= 100;
}

function checkPodAffinity(pod: PodSubject, affinity: Json, path: Path): void {
  const required: readonly Json[] = affinity[REQUIRED] ?? NONE;
  for (let i = 0; i < required.length; i++) checkTerm(pod, required[i], path.field(REQUIRED).index(i));
  const preferred: readonly Json[] = affinity[PREFERRED] ?? NONE;
  for (let i = 0; i < preferred.length; i++) {
    const { weight, podAffinityTerm = {} } = preferred[i];
    const at = path.field(PREFERRED).index(i);
    if (!isWeight(weight)) pod.subject.report(POD_AFFINITY, at.field('weight'), { expected: WEIGHT, found: quoted(weight) });
    checkTerm(pod, podAffinityTerm, at.field('podAffinityTerm'));
  }
}

function checkTerm(pod: PodSubject, term: Json, path: Path): void {
  const { subject } = pod;
  const { labelSelector, namespaceSelector, namespaces = NONE, topologyKey = '' } = term;
  checkLabelSelector(subject, labelSelector, path, 'labelSelector');
  checkLabelSelector(subject, namespaceSelector, path, 'namespaceSelector');
  for (let i = 0; i < namespaces.length; i++) {
    if (isDnsLabel(namespaces[i])) continue;
    subject.report(POD_AFFINITY, path.field('namespace'), { expected: 'names of namespaces: lower case letters, digits and dashes', found: quoted(namespaces[i]) });
  }
  if (subject.minor >= LABEL_KEYS_SINCE) checkMatchLabelKeys(pod, POD_AFFINITY, term, path);
  if (!isQualifiedName(topologyKey)) {
    subject.report(POD_AFFINITY, path.field('topologyKey'), { expected: LABEL_KEY, found: topologyKey === '' ? 'none' : quoted(topologyKey) });
  }
}
