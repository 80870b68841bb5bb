import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { errorRule } from '../engine/rule';
import { quoted } from '../values/quote';
import { isReserved } from './launchers';
import { copiesInGroup, LWS } from './lws';
import { type ContainerFacts, pathOf, type PodFacts } from './pod-facts';

const DOWNWARD_DOCS = 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/';
const INDEX_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-index-label';

export const RANK_FROM_NAME = errorRule({
  id: 'train/rank-from-name',
  title: 'The rank of a process is a number, not the name of its pod',
  why: 'The launcher reads the rank as a whole number. The name of a pod is a text such as train-0, so every process ends as it starts.',
  fix: "take it from metadata.labels['apps.kubernetes.io/pod-index'] (StatefulSet) or metadata.labels['batch.kubernetes.io/job-completion-index'] (Indexed Job)",
  link: INDEX_DOCS,
});

export const RANK_SOURCE = errorRule({
  id: 'train/rank-source',
  title: 'The rank comes from a label or annotation that the pods have',
  why: 'A field of the downward API that names a label which the pod does not have gives an empty text without an error, and an empty rank is no number.',
  fix: "take apps.kubernetes.io/pod-index in a StatefulSet, batch.kubernetes.io/job-completion-index in a Job with completionMode: Indexed",
  link: DOWNWARD_DOCS,
});

export const RANK_OFFSET = errorRule({
  id: 'train/rank-offset',
  title: 'The first pod has rank 0',
  why: 'With ordinals.start the index of the first pod is not 0. Ranks count from 0: the rendezvous waits for a rank 0 that never comes.',
  fix: 'leave ordinals.start out',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#start-ordinal',
});

export const SAME_RANK = errorRule({
  id: 'train/same-rank',
  title: 'Each pod of a training has a rank of its own',
  why: 'A rank that is written out is the same in every pod made of the template: all of them claim the same place, and the others stay empty.',
  fix: "take it from the label apps.kubernetes.io/pod-index (StatefulSet) or batch.kubernetes.io/job-completion-index (Indexed Job)",
  link: DOWNWARD_DOCS,
});

const EMPTY: Json = {};
const NONE: readonly Json[] = [];
/** Variables that hold the place of a pod, or of its process, in the group. */
const RANKS = new Set([
  'RANK', 'NODE_RANK', 'PET_NODE_RANK', 'GROUP_RANK', 'MACHINE_RANK', 'GLOBAL_RANK', 'HOROVOD_RANK', 'OMPI_COMM_WORLD_RANK', 'PMI_RANK',
  'JAX_PROCESS_ID', 'PROCESS_ID', 'TASK_INDEX', 'DMLC_TASK_ID', 'WORKER_RANK', 'POD_RANK',
]);
const RANK_FLAGS = /^--?(node[_-]rank|machine[_-]rank|process[_-]id|task[_-]index|worker[_-]rank|rank)(?:=(.*))?$/;
const REFERENCE = /^\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)$/;
const KEYED = /^metadata\.(labels|annotations)\['([^']+)'\]$/;
const POD_INDEX = 'apps.kubernetes.io/pod-index';
const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
const WORKER_INDEX = 'leaderworkerset.sigs.k8s.io/worker-index';
const GROUP_INDEX = 'leaderworkerset.sigs.k8s.io/group-index';
const POD_INDEX_SINCE = 28;
/** Their Jobs are Indexed unless they say otherwise. */
const INDEXED = new Set(['JobSet', 'TrainJob', 'TrainingRuntime', 'ClusterTrainingRuntime']);

/** Holds what the processes are told of their place. */
export function checkRanks(facts: PodFacts): void {
  for (const container of facts.containers) {
    const env: readonly Json[] = container.json.env ?? NONE;
    for (let i = 0; i < env.length; i++) {
      if (mayBeRank(env[i].name ?? '') && !isReserved(facts, container, env[i].name)) checkRank(facts, container, env[i], i);
    }
    if (facts.isWired || container.line.programs.length === 0) continue;
    checkRankFlags(facts, container);
  }
}

/** All of them end in K, D or X, as few others do. */
function mayBeRank(name: string): boolean {
  const last = name.charCodeAt(name.length - 1);
  return (last === 75 || last === 68 || last === 88) && RANKS.has(name);
}

function checkRank(facts: PodFacts, container: ContainerFacts, entry: Json, at: number): void {
  const { value, valueFrom } = entry;
  if (valueFrom?.fieldRef) {
    const path = () => pathOf(facts, container).field('env').index(at).fields('valueFrom', 'fieldRef', 'fieldPath');
    checkField(facts, entry.name, valueFrom.fieldRef.fieldPath ?? '', path);
    return;
  }
  if (typeof value !== 'string') return;
  const path = (): Path => pathOf(facts, container).field('env').index(at).field('value');
  const reference = REFERENCE.exec(value);
  if (reference) checkReference(facts, container, entry.name, reference[1], path);
  else if (/^\d+$/.test(value) && isMany(facts.pod) && container.trains && !facts.isWired) {
    reportSame(facts, entry.name, value, path());
  }
}

function checkRankFlags(facts: PodFacts, container: ContainerFacts): void {
  const { launch } = container;
  if (!launch) return;
  for (let i = 0; i < launch.words.length; i++) {
    if (launch.words[i].charCodeAt(0) !== 45) continue;
    const found = RANK_FLAGS.exec(launch.words[i]);
    if (!found) continue;
    const value = found[2] ?? launch.words[i + 1] ?? '';
    const path = (): Path => pathOf(facts, container).field(container.json.args ? 'args' : 'command');
    const reference = REFERENCE.exec(value) ?? (container.line.script && /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(value));
    if (reference) checkReference(facts, container, `--${found[1]}`, reference[1], path);
    else if (/^\d+$/.test(value) && isMany(facts.pod)) reportSame(facts, `--${found[1]}`, value, path());
  }
}

/** `$(POD_NAME)`: what counts is where that comes from. */
function checkReference(facts: PodFacts, container: ContainerFacts, what: string, name: string, path: () => Path): void {
  const env: readonly Json[] = container.json.env ?? NONE;
  const source = env.find(one => one.name === name)?.valueFrom?.fieldRef;
  // what is a rank itself is held against the rules where it stands
  if (source && !RANKS.has(name)) checkField(facts, what, source.fieldPath ?? '', path);
}

function checkField(facts: PodFacts, what: string, field: string, path: () => Path): void {
  const keyed = KEYED.exec(field);
  if (!keyed) {
    facts.pod.subject.report(RANK_FROM_NAME, path(), {
      expected: `a whole number for ${what}`, found: `${field}, a text such as ${exampleOf(facts.pod, field)}`,
      fix: facts.pod.kind === 'StatefulSet' ? `take it from metadata.labels['${POD_INDEX}']` : undefined,
    });
    return;
  }
  const [, map, key] = keyed;
  const wrong = absenceOf(facts.pod, map, key);
  if (wrong !== undefined) {
    facts.pod.subject.report(RANK_SOURCE, path(), { expected: `a label or annotation that the pods have, for ${what}`, found: `${key}: ${wrong}` });
    return;
  }
  const start: unknown = facts.pod.controller.ordinals?.start;
  if (key === POD_INDEX && typeof start === 'number' && start > 0) {
    facts.pod.subject.report(RANK_OFFSET, facts.pod.controllerPath.fields('ordinals', 'start'), {
      expected: `0, of which ${what} is made`, found: String(start),
    });
  }
}

function exampleOf({ subject, kind }: PodSubject, field: string): string {
  if (field !== 'metadata.name') return quoted(field.slice(field.lastIndexOf('.') + 1));
  const name = subject.manifest.name || 'train';
  return quoted(kind === 'StatefulSet' || kind === LWS ? `${name}-0` : kind === 'Pod' ? name : `${name}-0-x7k2p`);
}

/** Why the pods do not have the label or annotation; undefined where they have it, or may. */
function absenceOf({ kind, controller, metadata, subject }: PodSubject, map: string, key: string): string | undefined {
  if (key !== POD_INDEX && key !== COMPLETION_INDEX && key !== WORKER_INDEX && key !== GROUP_INDEX) return undefined;
  if (Object.hasOwn(metadata[map] ?? EMPTY, key)) return undefined;
  if (key === WORKER_INDEX || key === GROUP_INDEX) {
    if (kind !== LWS) return `only pods of a LeaderWorkerSet have it, not those of a ${kind}`;
    if (map === 'annotations') return 'it is a label, not an annotation';
    return key === GROUP_INDEX && controller.size > 1 ? 'it counts groups, not the pods of one' : undefined;
  }
  if (key === POD_INDEX) {
    if (kind === LWS) return 'in a group it counts groups, not the pods of one';
    if (kind !== 'StatefulSet') return `only pods of a StatefulSet have it, not those of a ${kind}`;
    if (map === 'annotations') return 'it is a label, not an annotation';
    return subject.minor < POD_INDEX_SINCE ? 'pods have it from Kubernetes 1.28 on' : undefined;
  }
  if (INDEXED.has(kind)) return undefined;
  if (kind !== 'Job' && kind !== 'CronJob') return `only pods of an Indexed Job have it, not those of a ${kind}`;
  if (controller.completionMode !== 'Indexed') return 'only pods of a Job with completionMode: Indexed have it';
  return map === 'labels' && subject.minor < POD_INDEX_SINCE ? 'before Kubernetes 1.28 it is an annotation only' : undefined;
}

function isMany(pod: PodSubject): boolean {
  const copies = copiesInGroup(pod);
  return copies === undefined || copies > 1;
}

function reportSame({ pod }: PodFacts, what: string, value: string, path: Path): void {
  pod.subject.report(SAME_RANK, path, {
    expected: `a value of ${what} for each of ${copiesInGroup(pod) ?? 'the'} pods`, found: `${quoted(value)} in all of them`,
  });
}
