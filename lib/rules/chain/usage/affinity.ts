import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { matchesLabels } from '../../values/label-match';
import { quoted } from '../../values/quote';
import type { LabelIndex } from './label-index';
import { namespacesOfMakers } from './selectors';

export const AFFINITY_NOBODY = errorRule({
  id: 'chain/affinity-nobody',
  title: 'The pods that a pod must run beside exist',
  why: 'Required pod affinity looks for a pod with the labels, in the namespace of the pod where it names no other. Where there is none '
    + 'the pod is never placed, unless it answers the labels itself.',
  fix: 'use the labels of the other pods, name their namespace in `namespaces`, or prefer to run beside them instead of requiring it',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity',
});

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const NONE: readonly never[] = [];

/** Judges whether there are pods that others must run beside. */
export function checkAffinities(view: BundleView, pods: LabelIndex<PodSubject>): void {
  let makers: ReadonlySet<string> | undefined;
  for (const pod of view.pods) {
    const terms: readonly Json[] | undefined = pod.spec.affinity?.podAffinity?.[REQUIRED];
    if (terms === undefined) continue;
    for (let i = 0; i < terms.length; i++) {
      const places = placesWithout(pod, terms[i], pods);
      if (places.length === 0) continue;
      makers ??= namespacesOfMakers(view);
      // operators that are not known here may make such pods
      if (!places.some(namespace => makers!.has(namespace))) report(pod, terms[i], i);
    }
  }
}

/** The namespaces that are looked into, where none of them has such a pod; empty where one has, or that is not known. */
function placesWithout({ subject, metadata }: PodSubject, term: Json, pods: LabelIndex<PodSubject>): readonly string[] {
  const { labelSelector, namespaces = NONE, namespaceSelector, matchLabelKeys, mismatchLabelKeys } = term;
  // one that counts no pod at all has a warning of its own
  if (labelSelector === undefined || namespaceSelector !== undefined) return NONE;
  if (matchLabelKeys !== undefined || mismatchLabelKeys !== undefined) return NONE;
  const own = subject.manifest.namespace;
  const places: readonly string[] = namespaces.length === 0 ? [own] : namespaces;
  if (places.includes(own) && matchesLabels(labelSelector, metadata.labels)) return NONE;
  return places.some(namespace => pods.matching(namespace, labelSelector)?.length !== 0) ? NONE : places;
}

function report({ subject, path }: PodSubject, { labelSelector, namespaces = NONE }: Json, i: number): void {
  const where = namespaces.length === 0 ? 'its namespace' : (namespaces as readonly string[]).join(' or ');
  subject.unresolved(AFFINITY_NOBODY, path.fields('affinity', 'podAffinity', REQUIRED).index(i).field('labelSelector'), {
    expected: `labels of a pod of ${where}`, found: `${quoted(labelSelector)}, which none has`,
  });
}
