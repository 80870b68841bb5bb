import type { Json } from '../../engine/manifest';
import { matchesLabels } from '../../values/label-match';

/** Labels whose values controllers make up, so that any selector may mean them. */
const MADE_UP = new Set([
  'apps.kubernetes.io/pod-index', 'statefulset.kubernetes.io/pod-name', 'controller-uid', 'job-name', 'pod-template-hash',
  'controller-revision-hash', 'pod-template-generation',
]);
/** Domains of the labels that controllers and operators put on pods. */
const OF_OPERATORS = [
  'batch.kubernetes.io/', 'jobset.sigs.k8s.io/', 'training.kubeflow.org/', 'trainer.kubeflow.org/', 'leaderworkerset.sigs.k8s.io/', 'kueue.x-k8s.io/',
];
/** What is compared with one selector before it is taken to match: most match the first. */
const COMPARED = 200;
/** So few things of a namespace are compared one by one. */
const FEW = 8;
const EMPTY: Json = {};
const NONE: readonly never[] = [];

/** Things by namespace and label, to find those that a selector matches. */
export class LabelIndex<T> {
  private readonly namespaces = new Map<string, Namespace<T>>();

  public add(thing: T, namespace: string, labels: Json = EMPTY): void {
    let known = this.namespaces.get(namespace);
    if (!known) {
      known = { all: [], byLabel: undefined };
      this.namespaces.set(namespace, known);
    }
    const entry = { thing, labels };
    known.all.push(entry);
    if (known.byLabel !== undefined) addByLabel(known.byLabel, entry);
  }

  /** Whether a namespace has any. */
  public has(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }

  /**
   * The first ones that a selector matches.
   *
   * @returns undefined where that is not known: labels that controllers set decide, or there are too many to compare
   */
  public matching(namespace: string, selector: Json): readonly T[] | undefined {
    const known = this.namespaces.get(namespace);
    if (!known) return NONE;
    if (meansController(selector)) return undefined;
    const candidates = known.all.length > FEW ? likely(known, selector) : known.all;
    const matched: T[] = [];
    for (let i = 0; i < candidates.length; i++) {
      if (i === COMPARED) return matched.length > 0 ? matched : undefined;
      if (matchesLabels(selector, candidates[i].labels)) matched.push(candidates[i].thing);
    }
    return matched;
  }
}

/** By key and value of a label. */
type ByLabel<T> = Map<string, Map<unknown, Labelled<T>[]>>;

interface Namespace<T> {
  readonly all: Labelled<T>[];
  /** Once a selector is held against many. */
  byLabel: ByLabel<T> | undefined;
}

interface Labelled<T> {
  readonly thing: T;
  readonly labels: Json;
}

/** Those with the rarest label of a selector. */
function likely<T>(known: Namespace<T>, selector: Json): readonly Labelled<T>[] {
  if (known.byLabel === undefined) {
    known.byLabel = new Map();
    for (const entry of known.all) addByLabel(known.byLabel, entry);
  }
  let candidates: readonly Labelled<T>[] = known.all;
  for (const key in selector.matchLabels) {
    const found = known.byLabel.get(key)?.get(selector.matchLabels[key]) ?? NONE;
    if (found.length < candidates.length) candidates = found;
  }
  return candidates;
}

function addByLabel<T>(byLabel: ByLabel<T>, entry: Labelled<T>): void {
  for (const key in entry.labels) {
    let values = byLabel.get(key);
    if (!values) byLabel.set(key, values = new Map());
    const same = values.get(entry.labels[key]);
    if (same) same.push(entry); else values.set(entry.labels[key], [entry]);
  }
}

/** Whether a selector asks for labels that controllers set on pods. */
export function meansController({ matchLabels = EMPTY, matchExpressions = NONE }: Json): boolean {
  for (const key in matchLabels) if (isOfController(key)) return true;
  for (let i = 0; i < matchExpressions.length; i++) if (isOfController(matchExpressions[i].key ?? '')) return true;
  return false;
}

function isOfController(key: string): boolean {
  if (MADE_UP.has(key)) return true;
  for (const prefix of OF_OPERATORS) if (key.startsWith(prefix)) return true;
  return false;
}
