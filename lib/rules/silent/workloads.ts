import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { errorRule, infoRule, warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';

export const STATEFUL_SET_NAME = errorRule({
  id: 'silent/stateful-set-name',
  title: 'The name of a StatefulSet has at most 52 characters',
  why: 'Its pods carry the label controller-revision-hash, the name with up to 11 more characters, and labels end at 63. The API server '
    + 'takes names of up to 63 characters, and no pod is ever made.',
  fix: 'use a shorter name',
  link: 'https://github.com/kubernetes/kubernetes/issues/64023',
});

export const NIL_LABEL_SELECTOR = warningRule({
  id: 'silent/nil-label-selector',
  title: 'A spread constraint or pod affinity says which pods it counts',
  why: 'Without `labelSelector` it counts no pod: an affinity finds nobody, an anti-affinity keeps nobody away, and nothing is spread.',
  fix: 'set `labelSelector` to the labels of the pods',
  link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
});

export const DISRUPTION_SELECTOR = warningRule({
  id: 'silent/disruption-selector',
  title: 'A PodDisruptionBudget says which pods it protects',
  why: 'Without `selector` it protects no pod; an empty one counts every pod of the namespace together.',
  fix: 'set `selector.matchLabels` to the labels of the pods of one workload',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
});

export const WORK_QUEUE = infoRule({
  id: 'silent/work-queue',
  title: 'A Job of workers with ranks says how many completions it has',
  why: 'With `parallelism` alone a Job is a work queue: when one pod succeeds no other is started anew, and pods have no index.',
  fix: 'set `completions` to the same number, and `completionMode: Indexed`',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#parallel-jobs',
});

const MAX_NAME = 52;
/** Longer ones are refused. */
const MAX_ACCEPTED = 63;
/** What `generateName` adds. */
const GENERATED = 5;
const METADATA = Path.ROOT.field('metadata');
const SPEC = Path.ROOT.field('spec');
/** What workers that find each other by rank are told or started with. */
const RANKS = /\b(?:WORLD_SIZE|(?:NODE_|LOCAL_)?RANK|MASTER_ADDR|PET_NNODES)\b|--n(?:nodes|ode[-_]rank)\b|torchrun|torch\.distributed/;

/** Looks for names that leave no room for what the controller adds. */
export function checkStatefulSetName(subject: Subject): void {
  const { name } = subject.manifest;
  if (name !== '') {
    if (name.length <= MAX_NAME || name.length > MAX_ACCEPTED) return;
    subject.report(STATEFUL_SET_NAME, METADATA.field('name'), { expected: `at most ${MAX_NAME} characters`, found: `${name.length}` });
    return;
  }
  const prefix: unknown = subject.json.metadata?.generateName;
  if (typeof prefix !== 'string' || prefix.length + GENERATED <= MAX_NAME) return;
  subject.report(STATEFUL_SET_NAME, METADATA.field('generateName'), {
    expected: `at most ${MAX_NAME - GENERATED} characters, to which ${GENERATED} are added`, found: `${prefix.length}`,
  });
}

/** Looks for constraints and affinities that count no pod. */
export function checkLabelSelectors(pod: PodSubject): void {
  const { topologySpreadConstraints: constraints, affinity } = pod.spec;
  if (constraints !== undefined) checkTerms(pod, constraints, 'topologySpreadConstraints', [], '');
  if (affinity === undefined) return;
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const terms: Json | undefined = affinity[kind];
    if (terms === undefined) continue;
    const [required, preferred] = ['requiredDuringSchedulingIgnoredDuringExecution', 'preferredDuringSchedulingIgnoredDuringExecution'];
    if (terms[required] !== undefined) checkTerms(pod, terms[required], required, ['affinity', kind], '');
    if (terms[preferred] !== undefined) checkTerms(pod, terms[preferred], preferred, ['affinity', kind], 'podAffinityTerm');
  }
}

function checkTerms(pod: PodSubject, terms: readonly Json[], list: string, above: readonly string[], below: string): void {
  for (let i = 0; i < terms.length; i++) {
    const term: Json | undefined = below === '' ? terms[i] : terms[i][below];
    if (term === undefined || term.labelSelector !== undefined) continue;
    const path = pod.path.fields(...above, list).index(i);
    pod.subject.report(NIL_LABEL_SELECTOR, (below === '' ? path : path.field(below)).field('labelSelector'), { expected: 'the labels of pods', found: 'none' });
  }
}

/** Looks for budgets that protect nothing, or everything. */
export function checkDisruptionBudget(subject: Subject): void {
  const selector: Json | undefined = subject.json.spec?.selector;
  if (selector === undefined) {
    subject.report(DISRUPTION_SELECTOR, SPEC.field('selector'), { expected: 'the labels of pods', found: 'none: no pod is protected' });
    return;
  }
  for (const key in selector.matchLabels) if (key !== undefined) return;
  if ((selector.matchExpressions ?? []).length > 0) return;
  subject.report(DISRUPTION_SELECTOR, SPEC.field('selector'), { expected: 'the labels of pods', found: 'an empty selector: every pod of the namespace' });
}

/** Looks for Jobs of workers with ranks that are work queues. */
export function checkWorkQueue(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  const { parallelism, completions } = spec;
  if (completions !== undefined || parallelism === undefined || parallelism < 2) return;
  const containers: readonly Json[] = spec.template?.spec?.containers ?? [];
  if (!containers.some(hasRanks)) return;
  subject.report(WORK_QUEUE, SPEC.field('completions'), { expected: `${parallelism}, as \`parallelism\``, found: quoted(completions) });
}

function hasRanks({ command = [], args = [], env = [] }: Json): boolean {
  for (const { name } of env) if (typeof name === 'string' && RANKS.test(name)) return true;
  for (const text of [...command, ...args]) if (typeof text === 'string' && RANKS.test(text)) return true;
  return false;
}
