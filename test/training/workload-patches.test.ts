import { ApiObject, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, Engine, Framework } from '../../lib';
import { errorsOf } from '../support/findings';
import { chartIn, manifestsOf } from '../support/manifests';
import { CHECKPOINTS, MINIMUM } from '../support/training';

const made = (engine: Engine, patches: JsonPatch[]) => {
  const chart = chartIn();
  const job = new DistributedTrainingJob(chart, 'train', { ...MINIMUM, name: 'train', engine, patches });
  return { chart, job };
};

describe('patches of a job', () => {
  test.each([
    [Engine.jobSet(), '/spec/replicatedJobs/0/template/spec/template/spec/dnsPolicy'],
    [Engine.leaderWorkerSet(), '/spec/leaderWorkerTemplate/workerTemplate/spec/dnsPolicy'],
    [Engine.pytorchJob(), '/spec/pytorchReplicaSpecs/Worker/template/spec/dnsPolicy'],
  ])('act on the object that stands for it', (engine, path) => {
    const { chart } = made(engine, [JsonPatch.add(path, 'Default')]);
    expect(JSON.stringify(manifestsOf(chart))).toContain('"dnsPolicy":"Default"');
  });

  test('reach the pods of a TrainJob through its runtime', () => {
    const { chart, job } = made(Engine.trainJob(), []);
    ApiObject.of(job.node.findChild('Runtime'))
      .addJsonPatch(JsonPatch.add('/spec/template/spec/replicatedJobs/0/template/spec/template/spec/dnsPolicy', 'Default'));
    expect(JSON.stringify(manifestsOf(chart))).toContain('"dnsPolicy":"Default"');
  });

  test('that have no place are refused, by their index', () => {
    const patches = [JsonPatch.add('/metadata/annotations', {}), JsonPatch.add('/spec/template/spec/priorityClassName', 'research')];
    expect(errorsOf(() => made(Engine.jobSet(), patches))).toEqual([
      'props/patch | patches[1]: expected an operation that the JobSet has a place for, found {"op":"add","path":"/spec/template/spec/priorityClassName","value":"research"} | look the path up in the manifest: pods stand where the kind has its template',
    ]);
  });
});

describe('a name that is made', () => {
  const nameOf = (engine: Engine, workers: number, framework = Framework.pytorch()) => {
    const job = new DistributedTrainingJob(chartIn(), 'a-training-whose-name-is-longer-than-what-any-of-the-engines-takes', {
      ...MINIMUM, engine, workers, framework, checkpoints: CHECKPOINTS.shared(),
    });
    return [job.jobName, ...job.checkpointClaims];
  };

  test.each([
    Engine.statefulSet(), Engine.indexedJob(), Engine.jobSet(), Engine.leaderWorkerSet(), Engine.trainJob(), Engine.pytorchJob(),
  ].map(engine => [engine.name, engine] as const))('stays when a job grows, and its claims with it (%s)', (_, engine) => {
    for (const workers of [2, 10, 11, 101, 1001]) expect(nameOf(engine, workers)).toEqual(nameOf(engine, 1));
  });

  test('stays when a job gets an evaluator', () => {
    const servers = (evaluator: boolean) => Framework.tensorflowParameterServer({ parameterServers: 1, evaluator });
    for (const engine of [Engine.jobSet(), Engine.statefulSet()]) {
      expect(nameOf(engine, 2, servers(true))).toEqual(nameOf(engine, 2, servers(false)));
    }
  });

  test('of worker 0 is that of a worker, where a launcher starts it', () => {
    const framework = Framework.mpi();
    const job = new DistributedTrainingJob(chartIn(), 'train', { ...MINIMUM, name: 'train', framework });
    expect(job.masterAddress).toBe('train-worker-0.train');
  });
});
