import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, DistributedTrainingJobProps, Engine, Framework, KubernetesVersion, SuccessPolicy } from '../../lib';
import { rulesIn } from '../support/checker';
import { emit } from '../support/engines';
import { errorsOf } from '../support/findings';
import { chartIn, Surroundings, the } from '../support/manifests';
import { MINIMUM, refused } from '../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const first = SuccessPolicy.firstWorker();
const all = SuccessPolicy.allWorkers();
const servers = Framework.tensorflowParameterServer({ parameterServers: 2 });
const DECIDES = { rules: [{ succeededIndexes: '0' }] };
const SINCE = [KubernetesVersion.V1_31, KubernetesVersion.V1_33, KubernetesVersion.V1_36];

describe.each(SINCE)('worker 0 decides, for %s:', target => {
  test('in an Indexed Job', () => {
    const { manifests, workload } = emit({ success: first }, { target });
    expect(workload.spec.successPolicy).toEqual(DECIDES);
    expect(rulesIn(manifests, { target })).toEqual([]);
  });

  test('in the Job of the JobSet that a TrainJob is made of', () => {
    const { manifests } = emit({ success: first, engine: Engine.trainJob() }, { target });
    const [job] = the('TrainingRuntime', manifests).spec.template.spec.replicatedJobs;
    expect(job.template.spec.successPolicy).toEqual(DECIDES);
    expect(rulesIn(manifests, { target })).toEqual([]);
  });

  test('in the Job of a JobSet, which is done when its Job is', () => {
    const { manifests, workload: { spec } } = emit({ success: first, engine: Engine.jobSet() }, { target });
    expect(spec.replicatedJobs[0].template.spec.successPolicy).toEqual(DECIDES);
    expect(spec.successPolicy).toEqual({ operator: 'All' });
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

describe('all decide', () => {
  test.each<[string, Props]>([['unless asked for', {}], ['where asked for', { success: all }]])('%s', (_, props) => {
    expect(emit(props).workload.spec).not.toHaveProperty('successPolicy');
    const { successPolicy, replicatedJobs: [job] } = emit({ ...props, engine: Engine.jobSet() }).workload.spec;
    expect(successPolicy).toEqual({ operator: 'All' });
    expect(job.template.spec).not.toHaveProperty('successPolicy');
  });

  test.each([all, first])('in an MPIJob, whose launcher is the first and ends with all of them', success => {
    expect(errorsOf(refused({ engine: Engine.mpiJob(), framework: Framework.mpi(), success }))).toEqual([]);
  });
});

describe('an operator that asks the master alone', () => {
  test('may be told so, in every release', () => {
    const { spec } = emit({ engine: Engine.pytorchJob(), success: first }, { target: KubernetesVersion.V1_27 }).workload;
    expect(spec).toEqual(emit({ engine: Engine.pytorchJob() }, { target: KubernetesVersion.V1_27 }).workload.spec);
  });
});

describe('the chief decides where parameter servers never end', () => {
  test.each<[string, Props]>([['unless asked for', {}], ['where asked for', { success: first }]])('%s, in every release', (_, props) => {
    const { spec } = emit({ ...props, engine: Engine.jobSet(), framework: servers }, { target: KubernetesVersion.V1_27 }).workload;
    expect(spec.successPolicy).toEqual({ operator: 'All', targetReplicatedJobs: ['chief'] });
    for (const { template } of spec.replicatedJobs) expect(template.spec).not.toHaveProperty('successPolicy');
  });
});

describe('a job is refused', () => {
  const SINCE_1_31 = 'api/since | success: expected Kubernetes 1.31 or newer, whose Jobs have a success policy, found target 1.30 | raise the `target` of the app, or leave `success` out and let all workers end';
  const old: Surroundings = { target: KubernetesVersion.V1_30 };

  test.each<[string, Props, string, Surroundings?]>([
    ['where Jobs have no policy yet', { success: first }, SINCE_1_31, old],
    ['where the Jobs of a JobSet have none yet', { success: first, engine: Engine.jobSet() }, SINCE_1_31, old],
    ['where the Jobs of a TrainJob have none yet', { success: first, engine: Engine.trainJob() }, SINCE_1_31, old],
    ['where there is no end', { success: all, engine: Engine.statefulSet() },
      'train/engine-cannot | success: expected an engine that has an end, and so a success: Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob(), found Engine.statefulSet() | leave `success` out, or use one of them'],
    ['where parameter servers never end', { success: all, engine: Engine.jobSet(), framework: servers },
      'train/success | success: expected SuccessPolicy.firstWorker(): pods of the role worker, ps never end, found SuccessPolicy.allWorkers() with Framework.tensorflowParameterServer() | leave `success` out'],
    ['where the operator asks the master', { success: all, engine: Engine.pytorchJob() },
      'train/success | success: expected SuccessPolicy.firstWorker(): the operator asks the master alone, found SuccessPolicy.allWorkers() with Engine.pytorchJob() | leave `success` out'],
    ['for a text', { success: 'first' as any },
      'props/type | success: expected a SuccessPolicy, found "first" | set `success`, as SuccessPolicy.firstWorker()'],
  ])('%s', (_, props, line, surroundings) => {
    expect(errorsOf(() => new DistributedTrainingJob(chartIn(surroundings), 'train', { ...MINIMUM, ...props }))).toEqual([line]);
  });
});
