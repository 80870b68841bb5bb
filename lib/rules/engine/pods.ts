import type { ClaimUse } from '../bundle/claims';
import type { PodFacts } from '../train/pod-facts';
import type { Json, Manifest } from './manifest';
import { Path } from './path';
import type { Subject } from './subject';

/** A pod, or the template that a controller makes pods of. */
export interface PodSubject {
  /** The object that it stands in; reports go here. */
  readonly subject: Subject;
  /** Of the pod itself: labels and annotations. */
  readonly metadata: Json;
  readonly metadataPath: Path;
  readonly spec: Json;
  readonly path: Path;
  /** Of what kind the object is: a bare Pod has rules of its own. */
  readonly kind: string;
  /** A template in which the server leaves defaults out. */
  readonly isTemplate: boolean;
  /** Names of the claim templates beside it, which are volumes as well. */
  readonly claimTemplates: readonly Json[];
  /** Which template of the object it is: `Worker`, the name of a replicated job; '' where there is only one. */
  readonly role: string;
  /** Pods that it makes at once; undefined for one on each node. */
  readonly copies: number | undefined;
  /** What stands around the template: the spec of the StatefulSet, of the Job …; the pod's own for a bare Pod. */
  readonly controller: Json;
  readonly controllerPath: Path;
  /** Its volumes that name a claim, once they were asked for. */
  claimUses: readonly ClaimUse[] | undefined;
  /** What rules read of its containers, once they have. */
  facts: PodFacts | undefined;
}

type Finder = (subject: Subject) => PodSubject[];

const EMPTY: Json = {};
const NONE: readonly Json[] = [];
const NO_PODS: readonly PodSubject[] = [];
const SPEC = Path.ROOT.field('spec');
const TEMPLATE = SPEC.field('template');
const TEMPLATE_METADATA = TEMPLATE.field('metadata');
const TEMPLATE_SPEC = TEMPLATE.field('spec');
const JOB_SPEC = SPEC.fields('jobTemplate', 'spec');

/** The first release that looks into the pod template of a StatefulSet. */
const STATEFUL_SET_TEMPLATE_SINCE = 34;

/** Every pod and pod template of an object. */
export function podsOf(subject: Subject): readonly PodSubject[] {
  return FINDERS.get(subject.manifest.type)?.(subject) ?? NO_PODS;
}

function count(value: unknown, otherwise = 1): number {
  return typeof value === 'number' ? value : otherwise;
}

function templatePod(
  subject: Subject, controller: Json, controllerPath: Path, copies: number | undefined, role = '', claimTemplates = NONE, field = 'template',
): PodSubject[] {
  const template = controller[field];
  if (template === undefined || template === null || typeof template !== 'object') return [];
  const path = controllerPath === SPEC && field === 'template' ? TEMPLATE : controllerPath.field(field);
  return [{
    subject, role, copies, claimTemplates, controller, controllerPath, claimUses: undefined, facts: undefined,
    kind: subject.manifest.kind,
    isTemplate: true,
    metadata: template.metadata ?? EMPTY,
    metadataPath: path === TEMPLATE ? TEMPLATE_METADATA : path.field('metadata'),
    spec: template.spec ?? EMPTY,
    path: path === TEMPLATE ? TEMPLATE_SPEC : path.field('spec'),
  }];
}

function jobPod(subject: Subject, job: Json, path: Path, times = 1, role = ''): PodSubject[] {
  const parallelism = count(job.parallelism);
  const most = job.completions === undefined ? parallelism : Math.min(parallelism, count(job.completions));
  return templatePod(subject, job, path, most * times, role);
}

function replicated(subject: Subject): PodSubject[] {
  const spec = subject.json.spec ?? EMPTY;
  return templatePod(subject, spec, SPEC, count(spec.replicas));
}

/** Jobs of a JobSet, and of a training runtime, which holds the spec of one. */
function replicatedJobs(subject: Subject, spec: Json, path: Path): PodSubject[] {
  const jobs: Json[] = spec.replicatedJobs ?? [];
  const pods = jobs.flatMap((job, i) =>
    jobPod(subject, job.template?.spec ?? EMPTY, path.field('replicatedJobs').index(i).fields('template', 'spec'), count(job.replicas), job.name ?? ''));
  const shared = sharedClaimTemplates(spec);
  return shared.length === 0 ? pods : pods.map(pod => withVolumes(pod, shared));
}

/** Templates of the claims that all pods of a JobSet share. */
export function sharedClaimTemplates(spec: Json): readonly Json[] {
  const policies: Json[] | undefined = spec.volumeClaimPolicies;
  return policies === undefined ? NONE : policies.flatMap(({ templates }) => templates ?? []);
}

/** A claim of a JobSet. */
export function sharedClaimName(template: Json, { name }: Manifest): string {
  return `${template.metadata?.name ?? ''}-${name}`;
}

/** The controller of a JobSet makes volumes of its claims in the pods that mount them. */
function withVolumes(pod: PodSubject, templates: readonly Json[]): PodSubject {
  const containers: Json[] = [...pod.spec.containers ?? [], ...pod.spec.initContainers ?? []];
  const mounted = new Set(containers.flatMap(({ volumeMounts = [] }) => (volumeMounts as Json[]).map(({ name }): unknown => name)));
  const added = templates.filter(({ metadata }) => mounted.has(metadata?.name)).map(template => {
    const claimName = sharedClaimName(template, pod.subject.manifest);
    return { name: template.metadata.name, persistentVolumeClaim: { claimName } };
  });
  return added.length === 0 ? pod : { ...pod, spec: { ...pod.spec, volumes: [...pod.spec.volumes ?? [], ...added] } };
}

function runtime(subject: Subject): PodSubject[] {
  return replicatedJobs(subject.accepted(), subject.json.spec?.template?.spec ?? EMPTY, TEMPLATE.field('spec'));
}

function replicaSpecs(field: string): Finder {
  return subject => {
    const replicas: Json = subject.json.spec?.[field] ?? EMPTY;
    return Object.keys(replicas).flatMap(role =>
      templatePod(subject.accepted(), replicas[role] ?? EMPTY, SPEC.field(field).key(role), count(replicas[role]?.replicas), role));
  };
}

const FINDERS: ReadonlyMap<string, Finder> = new Map(Object.entries<Finder>({
  Pod: subject => [{
    subject, role: '', copies: 1, claimTemplates: NONE, kind: 'Pod', isTemplate: false, claimUses: undefined, facts: undefined,
    metadata: subject.json.metadata ?? EMPTY,
    metadataPath: Path.ROOT.field('metadata'),
    spec: subject.json.spec ?? EMPTY,
    path: SPEC,
    controller: subject.json.spec ?? EMPTY,
    controllerPath: SPEC,
  }],
  PodTemplate: subject => templatePod(subject, subject.json, Path.ROOT, 0),
  ReplicationController: replicated,
  'apps/ReplicaSet': replicated,
  'apps/Deployment': replicated,
  'apps/StatefulSet': subject => {
    const spec = subject.json.spec ?? EMPTY;
    const reporter = subject.minor < STATEFUL_SET_TEMPLATE_SINCE ? subject.accepted() : subject;
    return templatePod(reporter, spec, SPEC, count(spec.replicas), '', spec.volumeClaimTemplates ?? NONE);
  },
  'apps/DaemonSet': subject => templatePod(subject, subject.json.spec ?? EMPTY, SPEC, undefined),
  'batch/Job': subject => jobPod(subject, subject.json.spec ?? EMPTY, SPEC),
  'batch/CronJob': subject => jobPod(subject, subject.json.spec?.jobTemplate?.spec ?? EMPTY, JOB_SPEC),
  'jobset.x-k8s.io/JobSet': subject => replicatedJobs(subject.accepted(), subject.json.spec ?? EMPTY, SPEC),
  'trainer.kubeflow.org/TrainingRuntime': runtime,
  'trainer.kubeflow.org/ClusterTrainingRuntime': runtime,
  'kubeflow.org/MPIJob': replicaSpecs('mpiReplicaSpecs'),
  'kubeflow.org/PyTorchJob': replicaSpecs('pytorchReplicaSpecs'),
  'leaderworkerset.x-k8s.io/LeaderWorkerSet': subject => {
    const spec = subject.json.spec ?? EMPTY;
    const group: Json = spec.leaderWorkerTemplate ?? EMPTY;
    const groups = count(spec.replicas);
    const path = SPEC.field('leaderWorkerTemplate');
    const hasLeader = group.leaderTemplate !== undefined;
    return [
      ...templatePod(subject.accepted(), group, path, groups, 'leader', group.volumeClaimTemplates ?? NONE, 'leaderTemplate'),
      ...templatePod(subject.accepted(), group, path, groups * Math.max(0, count(group.size) - (hasLeader ? 1 : 0)), 'worker',
        group.volumeClaimTemplates ?? NONE, 'workerTemplate'),
    ];
  },
}));
