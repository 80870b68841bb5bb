import { Size, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  CheckpointVolume, DistributedTrainingJobProps, Engine, Framework, JobScheduling, KueueTopology,
} from '../../../lib';
import { rulesIn } from '../../support/checker';
import { emit, TARGETS } from '../../support/engines';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { CHECKPOINTS, GPUS, refused, SHARED } from '../../support/training';

const QUEUE = { 'kueue.x-k8s.io/queue-name': 'research' };
const RACK = 'cloud.provider.com/topology-rack';
const LABELS = { ...QUEUE, 'kueue.x-k8s.io/priority-class': 'high' };

const scheduling = JobScheduling.kueue({ queue: 'research', priorityClass: 'high', topology: KueueTopology.required(RACK) });
const near = { [`kueue.x-k8s.io/podset-required-topology`]: RACK };

/** Each engine, with the templates of its pods. */
const ENGINES: [string, Engine, (spec: any) => any[], Partial<DistributedTrainingJobProps>?][] = [
  ['StatefulSet', Engine.statefulSet(), spec => [spec.template]],
  ['Job', Engine.indexedJob(), spec => [spec.template]],
  ['JobSet', Engine.jobSet(), spec => spec.replicatedJobs.map((job: any) => job.template.spec.template)],
  ['LeaderWorkerSet', Engine.leaderWorkerSet(), spec => [spec.leaderWorkerTemplate.workerTemplate]],
  ['PyTorchJob', Engine.pytorchJob(), spec => Object.values(spec.pytorchReplicaSpecs).map((of: any) => of.template)],
  ['MPIJob', Engine.mpiJob(), spec => Object.values(spec.mpiReplicaSpecs).map((of: any) => of.template), { framework: Framework.mpi() }],
];

describe.each(ENGINES)('a %s in a queue of Kueue', (kind, engine, templatesOf, props) => {
  const { workload, manifests } = emit({ engine, scheduling, accelerator: GPUS, ...props });

  test('has the labels that Kueue reads, and its pods have none of them', () => {
    expect(workload.kind).toBe(kind);
    expect(workload.metadata.labels).toMatchObject(LABELS);
    for (const { metadata } of templatesOf(workload.spec)) expect(Object.keys(metadata.labels as object).join()).not.toContain('kueue');
  });

  test('says at its pods how near to each other they are to be', () => {
    expect(templatesOf(workload.spec).length).toBeGreaterThan(0);
    const isWorker = ({ metadata }: any) => metadata.labels['app.kubernetes.io/component'] === 'worker';
    const computing = templatesOf(workload.spec).filter(isWorker);
    const others = templatesOf(workload.spec).filter(template => !isWorker(template));
    expect(computing.length).toBeGreaterThan(0);
    for (const { metadata } of computing) expect(metadata.annotations).toMatchObject(near);
    // a launcher needs no node of theirs
    for (const { metadata } of others) expect(JSON.stringify(metadata.annotations ?? {})).not.toContain('podset-');
  });

  test('is not suspended by the manifest, which would stop it whenever it is applied again', () => {
    expect(JSON.stringify(workload)).not.toContain('suspend');
  });

  test('needs no further object, and the scheduler of the cluster', () => {
    expect(manifests.map(of => of.kind)).not.toContain('PodGroup');
    expect(JSON.stringify(workload)).not.toContain('schedulerName');
  });

  test('keeps its Service to the labels of its pods', () => {
    expect(JSON.stringify(manifests.filter(of => of.kind === 'Service'))).not.toContain('kueue');
  });
});

test('a TrainJob has the labels, and its runtime the annotations', () => {
  const { workload, manifests } = emit({ engine: Engine.trainJob(), scheduling });
  expect(workload).toMatchObject({ kind: 'TrainJob', metadata: { labels: LABELS } });
  const runtime = manifests.find(({ kind }) => kind === 'TrainingRuntime')!;
  expect(runtime.metadata.labels).not.toHaveProperty('kueue.x-k8s.io/queue-name');
  expect(runtime.spec.template.spec.replicatedJobs[0].template.spec.template.metadata.annotations).toMatchObject(near);
});

describe('the topology', () => {
  const annotationsOf = (topology: KueueTopology | undefined, props: Partial<DistributedTrainingJobProps> = {}): any =>
    emit({ scheduling: JobScheduling.kueue({ queue: 'research', topology }), ...props }).workload.spec.template.metadata.annotations;

  test('is said by one annotation', () => {
    expect(annotationsOf(KueueTopology.preferred(RACK))).toMatchObject({ 'kueue.x-k8s.io/podset-preferred-topology': RACK });
    expect(annotationsOf(KueueTopology.unconstrained())).toMatchObject({ 'kueue.x-k8s.io/podset-unconstrained-topology': 'true' });
  });

  test('is left to the queue unless it is asked for', () => {
    expect(JSON.stringify(annotationsOf(undefined))).not.toContain('kueue');
  });

  const groupsOf = (props: Partial<DistributedTrainingJobProps>): any[] =>
    Object.values(emit({ engine: Engine.pytorchJob(), scheduling, ...props }).workload.spec.pytorchReplicaSpecs as object)
      .map(({ template }) => template.metadata.annotations['kueue.x-k8s.io/podset-group-name']);

  test('holds for the master and the workers of a PyTorchJob together', () => {
    expect(groupsOf({})).toEqual(['train', 'train']);
    expect(groupsOf({ workers: 1 })).toEqual([undefined]);
    expect(groupsOf({ scheduling: JobScheduling.kueue({ queue: 'research', topology: KueueTopology.unconstrained() }) })).toEqual([undefined, undefined]);
  });
});

describe('volumes that stay in one place', () => {
  const RULE = 'train/topology-claims';
  const toldOf = (props: Partial<DistributedTrainingJobProps>): string[] =>
    warningsOn(emit({ engine: Engine.statefulSet(), scheduling, ...props }).job).filter(({ ruleId }) => ruleId === RULE).map(lineOf);

  test('are warned of where Kueue chooses the nodes', () => {
    expect(toldOf({ checkpoints: CHECKPOINTS.perWorker() })).toEqual([
      `${RULE} | scheduling.topology: expected checkpoints that every node reaches, or a \`nodeSelector\` that keeps the workers where their volumes are: Kueue does not look at volumes, found ebs.csi.aws.com, whose volumes stay with one topology.kubernetes.io/zone | add the label topology.kubernetes.io/zone to \`nodeSelector\`, or use CheckpointVolume.shared() on a file system`,
    ]);
  });

  test('are fine where the workers are kept with them, where every node reaches them, and where Kueue chooses none', () => {
    const checkpoints = CHECKPOINTS.perWorker();
    expect(toldOf({ checkpoints, nodeSelector: { 'topology.kubernetes.io/zone': 'eu-central-1a' } })).toEqual([]);
    expect(toldOf({ checkpoints: CHECKPOINTS.shared() })).toEqual([]);
    expect(toldOf({})).toEqual([]);
    expect(toldOf({ checkpoints, scheduling: JobScheduling.kueue({ queue: 'research' }) })).toEqual([]);
  });
});

describe('a queue is refused', () => {
  const NAME = 'expected lower case letters, digits, `-` and `.`, at most 63 characters: a label holds it';
  const queue: any = (props: unknown) => ({ scheduling: JobScheduling.kueue(props as any) });

  test.each<[string, Partial<DistributedTrainingJobProps>, string]>([
    ['with a name that none can have', queue({ queue: 'Research Team' }),
      `api/name | scheduling.queue: ${NAME}, found "Research Team" | use the name of a LocalQueue, as \`research\``],
    ['with a name that no label holds', queue({ queue: 'q'.repeat(64) }),
      `api/name | scheduling.queue: ${NAME}, found "${'q'.repeat(64)}" | use the name of a LocalQueue, as \`research\``],
    ['without a name', queue({}), `api/name | scheduling.queue: ${NAME}, found none | use the name of a LocalQueue, as \`research\``],
    ['with a priority class that none can be', queue({ queue: 'research', priorityClass: 7 }),
      `api/name | scheduling.priorityClass: ${NAME}, found 7 | use the name of a WorkloadPriorityClass, as \`high\``],
    ['with a level that is no label', queue({ queue: 'research', topology: KueueTopology.required('a rack') }),
      'api/label | scheduling.topology.level: expected a key: an optional domain and `/`, then at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends, found "a rack" | correct the key'],
    ['with a level alone', queue({ queue: 'research', topology: RACK }),
      `props/type | scheduling.topology: expected a KueueTopology, found "${RACK}" | set \`topology\`, as KueueTopology.unconstrained()`],
    ['for parameter servers in StatefulSets, which it would admit one by one',
      { engine: Engine.statefulSet(), framework: Framework.tensorflowParameterServer({ parameterServers: 2 }), scheduling },
      'train/engine-cannot | scheduling: expected an engine that holds all roles in one workload: Engine.jobSet(), found Engine.statefulSet(), a StatefulSet for each of chief, worker, ps, which Kueue admits one by one | use Engine.jobSet(), or JobScheduling.volcano()'],
    ['by its name alone', { scheduling: 'research' as any },
      "props/type | scheduling: expected a JobScheduling, found \"research\" | set `scheduling`, as JobScheduling.kueue({ queue: 'research' })"],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test('for nothing else: parameter servers in a JobSet are one workload', () => {
    const framework = Framework.tensorflowParameterServer({ parameterServers: 2 });
    expect(emit({ engine: Engine.jobSet(), framework, scheduling }).workload.metadata.labels).toMatchObject(LABELS);
  });
});

describe.each(TARGETS)('for %s', target => {
  test.each(ENGINES.filter(([kind]) => kind !== 'StatefulSet'))('every rule holds for a %s in a queue', (_, engine, __, props) => {
    const checkpoints = CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(500), path: '/checkpoints' });
    const { manifests } = emit({ engine, scheduling, accelerator: GPUS, checkpoints, ...props }, { target });
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

test('the manifests of a job in a queue', () => {
  expect(Yaml.stringify(...emit({ scheduling, accelerator: GPUS }).manifests)).toMatchSnapshot();
});
