import { Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJobProps, Engine, Framework, JobScheduling, Placement, PodManagement } from '../../../lib';
import { rulesIn } from '../../support/checker';
import { emit, TARGETS } from '../../support/engines';
import { errorsOf } from '../../support/findings';
import { templatesIn, the } from '../../support/manifests';
import { GPUS, refused } from '../../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const scheduling = JobScheduling.volcano({ queue: 'research' });
const servers = Framework.tensorflowParameterServer({ parameterServers: 2 });
const GROUP = 'scheduling.k8s.io/group-name';

/** Each engine, the pods that start together, and the name of their group. */
const ENGINES: [string, Props, number, string][] = [
  ['StatefulSet', { engine: Engine.statefulSet() }, 4, 'train'],
  ['StatefulSet of each role', { engine: Engine.statefulSet(), framework: servers }, 7, 'train'],
  ['Indexed Job', { engine: Engine.indexedJob() }, 4, 'train'],
  ['JobSet', { engine: Engine.jobSet() }, 4, 'train'],
  ['JobSet of several roles', { engine: Engine.jobSet(), framework: servers }, 7, 'train'],
  ['LeaderWorkerSet', { engine: Engine.leaderWorkerSet() }, 4, 'train'],
  // an operator with --gang-scheduling makes a group of the job's name, and takes no other's
  ['PyTorchJob', { engine: Engine.pytorchJob() }, 4, 'train-gang'],
  // the launcher is made when the workers are ready
  ['MPIJob', { engine: Engine.mpiJob(), framework: Framework.mpi() }, 4, 'train-gang'],
];

describe.each(ENGINES)('a gang of a %s', (_, props, minMember, name) => {
  const { manifests } = emit({ ...props, scheduling, accelerator: GPUS });
  const workloads = manifests.filter(({ kind }) => kind !== 'PodGroup');

  test('is a group of all pods that start together', () => {
    expect(the('PodGroup', manifests)).toEqual({
      apiVersion: 'scheduling.volcano.sh/v1beta1',
      kind: 'PodGroup',
      metadata: { name, namespace: 'ml-training', labels: { 'app.kubernetes.io/name': 'train' } },
      spec: { minMember, queue: 'research' },
    });
  });

  test('is there before the pods that name it', () => {
    expect(manifests.findIndex(({ kind }) => kind === 'PodGroup')).toBeLessThan(manifests.findIndex(of => templatesIn(of).length > 0));
  });

  test('is what every pod names, and Volcano is who places it', () => {
    const templates = workloads.flatMap(templatesIn);
    expect(templates.length).toBeGreaterThan(0);
    for (const template of templates) {
      expect(template.metadata.annotations[GROUP]).toBe(name);
      expect(template.spec.schedulerName).toBe('volcano');
    }
  });

  test.each(TARGETS)('breaks no rule for %s that the job without it does not break', target => {
    const found = (of: Props): string[] => rulesIn(emit({ ...props, accelerator: GPUS, ...of }, { target }).manifests, { target });
    expect(found({ scheduling })).toEqual(found({}));
  });
});

describe('a gang', () => {
  const groupOf = (props: Props): any => the('PodGroup', emit({ scheduling, ...props }).manifests).spec;

  test('has the default queue and no priority of its own unless asked for', () => {
    expect(groupOf({ scheduling: JobScheduling.volcano() })).toEqual({ minMember: 4 });
  });

  test('has the priority of its pods, by which Volcano puts jobs in order', () => {
    expect(groupOf({ priorityClass: 'urgent' })).toEqual({ minMember: 4, queue: 'research', priorityClassName: 'urgent' });
  });

  test('of a group that goes on with fewer is as small as that', () => {
    const elastic = { workers: 8, framework: Framework.pytorchElastic({ minWorkers: 2 }) };
    expect(groupOf(elastic).minMember).toBe(2);
    expect(groupOf({ workers: 8 }).minMember).toBe(8);
    const { spec } = emit({ ...elastic, scheduling, engine: Engine.pytorchJob() }).workload;
    expect(spec.runPolicy.schedulingPolicy.minAvailable).toBe(2);
  });

  test('of a TrainJob is made by Kubeflow Trainer, which names it at pods where Volcano does not look', () => {
    const { manifests } = emit({ engine: Engine.trainJob(), scheduling });
    expect(manifests.map(({ kind }) => kind)).not.toContain('PodGroup');
    const { spec } = the('TrainingRuntime', manifests);
    expect(spec.podGroupPolicy).toEqual({ volcano: {} });
    expect(spec.template.metadata.annotations).toEqual({ 'scheduling.volcano.sh/queue-name': 'research' });
    const [template] = templatesIn(spec);
    expect(template.metadata.annotations[GROUP]).toBe('train');
    expect(template.spec.schedulerName).toBe('volcano');
  });

  test.each<[string, Props, unknown]>([
    ['PyTorchJob', { engine: Engine.pytorchJob() }, { minAvailable: 4, queue: 'research' }],
    ['MPIJob', { engine: Engine.mpiJob(), framework: Framework.mpi() }, { minAvailable: 4, queue: 'research' }],
  ])('of a %s is of the same size where the operator makes it', (_, props, policy) => {
    expect(emit({ ...props, scheduling }).workload.spec.runPolicy.schedulingPolicy).toEqual(policy);
  });

  test('has the namespace of the job', () => {
    expect(the('PodGroup', emit({ scheduling }, { namespace: 'team-a' }).manifests).metadata.namespace).toBe('team-a');
  });

  test('is written like this', () => {
    expect(Yaml.stringify(...emit({ scheduling, accelerator: GPUS }).manifests)).toMatchSnapshot();
  });
});

describe('a gang is refused', () => {
  test.each<[string, Props, string]>([
    ['with a queue that none can be', { scheduling: JobScheduling.volcano({ queue: 'Research' }) },
      'api/name | scheduling.queue: expected lower case letters, digits, `-` and `.`, found "Research" | use the name of a Queue of Volcano, as `research`'],
    ['where pods are made one after the other', { scheduling, engine: Engine.statefulSet({ podManagement: PodManagement.ORDERED_READY }) },
      'train/gang-order | engine.podManagement: expected PodManagement.PARALLEL: JobScheduling.volcano() waits until all pods of the group are there, found PodManagement.ORDERED_READY, which makes the second when the first is ready | leave `podManagement` out'],
    ['where the others are made when the first has a node',
      { scheduling, engine: Engine.jobSet(), placement: Placement.exclusive('cloud.google.com/gke-nodepool') },
      'train/gang-order | placement: expected pods that are made together: JobScheduling.volcano() waits until all of the group are there, found Placement.exclusive(), with which the others are made when the first has a node | leave one of the two out, or use JobScheduling.kueue()'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test('for neither of the two in a queue of Kueue', () => {
    const kueue = JobScheduling.kueue({ queue: 'research' });
    const ordered = Engine.statefulSet({ podManagement: PodManagement.ORDERED_READY });
    expect(errorsOf(refused({ scheduling: kueue, engine: ordered }))).toEqual([]);
    expect(errorsOf(refused({ scheduling: kueue, engine: Engine.jobSet(), placement: Placement.exclusive('rack') }))).toEqual([]);
  });
});
