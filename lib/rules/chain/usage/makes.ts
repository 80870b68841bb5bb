import type { BundleView } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import type { Subject } from '../../engine/subject';

/** Names that a controller gives to objects of a type: `<stem>-<from>` to `<stem>-<to - 1>`, or `stem` alone where `from` is -1. */
export interface Made {
  readonly owner: Subject;
  readonly type: string;
  readonly stem: string;
  readonly from: number;
  readonly to: number;
  /** Where the controller takes an object that is there already: the labels of the pods that it has to select, if they are known. */
  readonly takes?: { readonly labels: readonly Json[] | undefined };
}

export const POD = 'Pod';
export const SERVICE = 'Service';
export const JOB = 'batch/Job';
export const STATEFUL_SET = 'apps/StatefulSet';
export const JOB_SET = 'jobset.x-k8s.io/JobSet';
export const CONFIG_MAP = 'ConfigMap';
export const SECRET = 'Secret';

const TRAINER = 'trainer.kubeflow.org';
const EMPTY: Json = {};
const MOST_GROUPS = 100;
const ORDINAL = /^(.*)-(0|[1-9]\d*)$/;

/** What the shipped runtimes of Kubeflow Trainer call the job that trains. */
const NODES: readonly Json[] = [{ name: 'node' }];

type Namer = (owner: Subject, spec: Json, view: BundleView) => Made[];

/** A name taken apart: `train-3` is one of the names `train-<index>`. */
export function partsOf(name: string): Pick<Made, 'stem' | 'from' | 'to'> {
  const found = ORDINAL.exec(name);
  if (!found) return { stem: name, from: -1, to: 0 };
  const index = Number(found[2]);
  return { stem: found[1], from: index, to: index + 1 };
}

/** What the controller of an object makes. */
export function madeBy(owner: Subject, view: BundleView): readonly Made[] {
  const { name, external } = owner.manifest;
  if (external || name === '') return [];
  return NAMERS.get(owner.manifest.type)?.(owner, owner.json.spec ?? EMPTY, view) ?? [];
}

function one(owner: Subject, type: string, name: string, takes?: Made['takes']): Made {
  return { owner, type, ...partsOf(name), takes };
}

function many(owner: Subject, type: string, stem: string, count: number, from = 0): Made {
  return { owner, type, stem, from, to: from + count };
}

function count(value: unknown, otherwise = 1): number {
  return typeof value === 'number' ? value : otherwise;
}

function jobSet(owner: Subject, { replicatedJobs, network }: Json, jobs: readonly Json[] = listed(replicatedJobs), isKnown = true): Made[] {
  const { name } = owner.manifest;
  const made = jobs.filter(job => typeof job?.name === 'string').map(job => many(owner, JOB, `${name}-${job.name}`, count(job.replicas)));
  if (network?.enableDNSHostnames === false) return made;
  const own = { 'jobset.sigs.k8s.io/jobset-name': name };
  const labels = isKnown ? jobs.map((job): Json => ({ ...job?.template?.spec?.template?.metadata?.labels, ...own })) : undefined;
  return [...made, one(owner, SERVICE, network?.subdomain || name, { labels })];
}

/** A JobSet of its name, of which the runtime says the rest. */
function trainJob(owner: Subject, { runtimeRef }: Json, view: BundleView): Made[] {
  const { name, namespace } = owner.manifest;
  const { name: runtime = '', kind = 'ClusterTrainingRuntime' }: Json = runtimeRef ?? EMPTY;
  const found = view.find(`${TRAINER}/${kind}`, kind === 'TrainingRuntime' ? namespace : '', runtime);
  const set: Json | undefined = found?.json.spec?.template?.spec;
  const rest = set ? jobSet(owner, set) : jobSet(owner, EMPTY, NODES, false);
  return [one(owner, JOB_SET, name), ...rest];
}

function leaderWorkerSet(owner: Subject, { replicas, leaderWorkerTemplate, networkConfig }: Json): Made[] {
  const { name } = owner.manifest;
  const groups = count(replicas);
  const size = count(leaderWorkerTemplate?.size);
  const labels = [leaderWorkerTemplate?.leaderTemplate, leaderWorkerTemplate?.workerTemplate]
    .filter(template => template).map((template): Json => ({ ...template.metadata?.labels, 'leaderworkerset.sigs.k8s.io/name': name }));
  const takes = { labels };
  const made = [one(owner, STATEFUL_SET, name), many(owner, POD, name, groups)];
  if (networkConfig?.subdomainPolicy === 'UniquePerReplica') made.push({ ...many(owner, SERVICE, name, Math.min(groups, MOST_GROUPS)), takes });
  else made.push(one(owner, SERVICE, name, takes));
  if (size < 2) return made;
  made.push(many(owner, STATEFUL_SET, name, groups));
  for (let group = 0; group < Math.min(groups, MOST_GROUPS); group++) made.push(many(owner, POD, `${name}-${group}`, size - 1, 1));
  return made;
}

function mpiJob(owner: Subject, { mpiReplicaSpecs }: Json): Made[] {
  const { name, apiVersion } = owner.manifest;
  const workers = mpiReplicaSpecs?.Worker ? [many(owner, POD, `${name}-worker`, count(mpiReplicaSpecs.Worker.replicas))] : [];
  const config = one(owner, CONFIG_MAP, `${name}-config`);
  // v1 is of the training operator, which makes other objects
  if (!apiVersion.endsWith('/v2beta1')) return [...workers, config];
  return [one(owner, SERVICE, name), one(owner, JOB, `${name}-launcher`), ...workers, config, one(owner, SECRET, `${name}-ssh`)];
}

function pyTorchJob(owner: Subject, { pytorchReplicaSpecs }: Json): Made[] {
  const { name } = owner.manifest;
  const roles: Json = pytorchReplicaSpecs ?? EMPTY;
  return Object.keys(roles).flatMap(role => {
    const stem = `${name}-${role.toLowerCase()}`;
    const copies = count(roles[role]?.replicas);
    return [many(owner, POD, stem, copies), many(owner, SERVICE, stem, copies)];
  });
}

function listed(list: unknown): readonly Json[] {
  return Array.isArray(list) ? list : [];
}

const NAMERS: ReadonlyMap<string, Namer> = new Map(Object.entries<Namer>({
  [STATEFUL_SET]: (owner, { replicas, ordinals }) => [many(owner, POD, owner.manifest.name, count(replicas), count(ordinals?.start, 0))],
  [JOB_SET]: (owner, spec) => jobSet(owner, spec),
  [`${TRAINER}/TrainJob`]: trainJob,
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': leaderWorkerSet,
  'kubeflow.org/MPIJob': mpiJob,
  'kubeflow.org/PyTorchJob': pyTorchJob,
}));

/** Kinds whose controllers give names that can be said beforehand. */
export const MAKERS: readonly string[] = [...NAMERS.keys()];
