import { Duration, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJobProps, Engine, Framework, JobScheduling } from '../../../lib';
import { findingsIn, rulesIn } from '../../support/checker';
import { emit, TARGETS } from '../../support/engines';
import { errorsOf } from '../../support/findings';
import { the } from '../../support/manifests';
import { GPUS, refused } from '../../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const scheduling = JobScheduling.coscheduling({ timeout: Duration.minutes(5) });
const MEMBER = 'scheduling.x-k8s.io/pod-group';

describe('a gang by the coscheduling plugin', () => {
  const { manifests, workload } = emit({ scheduling, accelerator: GPUS });

  test('is a group of all pods', () => {
    expect(the('PodGroup', manifests)).toEqual({
      apiVersion: 'scheduling.x-k8s.io/v1alpha1',
      kind: 'PodGroup',
      metadata: { name: 'train', namespace: 'ml-training', labels: { 'app.kubernetes.io/name': 'train' } },
      spec: { minMember: 4, scheduleTimeoutSeconds: 300 },
    });
  });

  test('is what every pod names by a label, and the plugin is in the scheduler that places it', () => {
    expect(workload.spec.template.metadata.labels[MEMBER]).toBe('train');
    expect(workload.spec.template.spec.schedulerName).toBe('scheduler-plugins-scheduler');
  });

  test('is placed by the scheduler that has the plugin, with its own patience', () => {
    const own = emit({ scheduling: JobScheduling.coscheduling({ schedulerName: 'default-scheduler' }), priorityClass: 'urgent' });
    expect(own.workload.spec.template.spec.schedulerName).toBe('default-scheduler');
    expect(the('PodGroup', own.manifests).spec).toEqual({ minMember: 4 });
  });

  test('is not found by the label of a StatefulSet', () => {
    const { workload: { spec } } = emit({ scheduling, engine: Engine.statefulSet() });
    expect(spec.selector.matchLabels).not.toHaveProperty([MEMBER]);
    expect(spec.template.metadata.labels[MEMBER]).toBe('train');
  });

  test.each(TARGETS)('is of a kind that is not known, and breaks no rule for %s', target => {
    const { manifests: all } = emit({ scheduling, accelerator: GPUS }, { target });
    expect(rulesIn(all, { target })).toEqual([]);
    expect(findingsIn(all, { target }).filter(({ constructPath, path }) => `${constructPath} ${path}`.includes('PodGroup'))).toEqual([]);
  });

  test('is made by Kubeflow Trainer where there is a TrainJob', () => {
    const made = emit({ scheduling, engine: Engine.trainJob() }).manifests;
    expect(made.map(({ kind }) => kind)).not.toContain('PodGroup');
    expect(the('TrainingRuntime', made).spec.podGroupPolicy).toEqual({ coscheduling: { scheduleTimeoutSeconds: 300 } });
    expect(JSON.stringify(the('TrainingRuntime', made))).toContain('"schedulerName":"scheduler-plugins-scheduler"');
  });

  test.each<[string, Props]>([
    ['PyTorchJob', { engine: Engine.pytorchJob() }],
    ['MPIJob', { engine: Engine.mpiJob(), framework: Framework.mpi() }],
  ])('of a %s has a name that its operator does not take', (_, props) => {
    const of = emit({ ...props, scheduling });
    expect(the('PodGroup', of.manifests)).toMatchObject({ metadata: { name: 'train-gang' }, spec: { minMember: 4, scheduleTimeoutSeconds: 300 } });
    expect(JSON.stringify(of.workload)).toContain(`"${MEMBER}":"train-gang"`);
    expect(of.workload.spec.runPolicy.schedulingPolicy).toEqual({ minAvailable: 4, scheduleTimeoutSeconds: 300 });
  });

  test('is written like this', () => {
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });
});

describe('a gang is refused', () => {
  const of = (props: unknown): Props => ({ scheduling: JobScheduling.coscheduling(props as any) });

  test.each<[string, Props, string]>([
    ['with a scheduler that has no name', of({ schedulerName: '' }),
      "api/name | scheduling.schedulerName: expected a name without spaces, found \"\" | use the name in the scheduler's profile, as `scheduler-plugins-scheduler`, or leave it out"],
    ['with no patience', of({ timeout: Duration.seconds(0) }),
      'api/seconds | scheduling.timeout: expected whole seconds from 1 to 2147483647, found 0 s | set `timeout`, as Duration.minutes(5)'],
    ['with a part of a second', of({ timeout: Duration.millis(1500) }),
      'api/seconds | scheduling.timeout: expected whole seconds from 1 to 2147483647, found 1.5 s | set `timeout`, as Duration.minutes(5)'],
    ['with a number of seconds', of({ timeout: 300 }),
      'props/type | scheduling.timeout: expected a Duration, found 300 | set `timeout`, as Duration.minutes(5)'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });
});
