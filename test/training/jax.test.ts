import { describe, expect, test } from 'vitest';
import { Accelerator, DistributedTrainingJobProps, Engine, Framework } from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { pairsOf, run } from '../support/frameworks';
import { testOneProcess } from '../support/one-process';
import { CHECKPOINTS, refused } from '../support/training';

const framework = Framework.jax();
const TPU = Accelerator.extendedResource('google.com/tpu', 4);

describe.each(pairsOf(framework))('JAX on %s of %s', (id, target, engine) => {
  const { pods, broken } = run({ framework, engine, workers: 3, checkpoints: CHECKPOINTS.shared() }, target);
  const envs = pods.map(({ container }) => container.env);

  test('tells each process its own number, and how many there are', () => {
    expect(envs.map(({ JAX_PROCESS_ID, JAX_NUM_PROCESSES }) => [JAX_PROCESS_ID, JAX_NUM_PROCESSES])).toEqual([['0', '3'], ['1', '3'], ['2', '3']]);
  });

  test('tells all of them a name of the first', () => {
    const [coordinator, ...others] = new Set(envs.map(({ JAX_COORDINATOR_ADDRESS }) => JAX_COORDINATOR_ADDRESS));
    const [, host, port] = /^(.*):(\d+)$/.exec(coordinator)!;
    expect(others).toEqual([]);
    expect(pods[0].dnsNames).toContain(host);
    if (id !== 'trainJob') expect(port).toBe('1234');
  });

  testOneProcess(id, { pods, broken });
});

describe('JAX', () => {
  test('takes all devices of a worker into one process', () => {
    const { pods } = run({ framework, workers: 2, accelerator: Accelerator.nvidia(8) });
    expect(pods.map(({ container }) => container.env.JAX_NUM_PROCESSES)).toEqual(['2', '2']);
  });

  test('has the port that is asked for', () => {
    const { pods } = run({ framework: Framework.jax({ port: 4321 }), engine: Engine.jobSet(), workers: 2 });
    expect(pods[1].container.env.JAX_COORDINATOR_ADDRESS).toBe('train-worker-0-0.train:4321');
    expect(pods[0].container.ports).toEqual([{ name: 'rendezvous', containerPort: 4321 }]);
  });

  test('sets no variable that GKE sets in pods with TPUs', () => {
    const { pods } = run({ framework, engine: Engine.jobSet(), workers: 2, accelerator: TPU });
    expect(Object.keys(pods[0].container.env).filter(name => /^(TPU|MEGASCALE)_/.test(name))).toEqual([]);
  });

  test.each<[string, Partial<DistributedTrainingJobProps>, string]>([
    ['a coordinator of the user', { env: { JAX_COORDINATOR_ADDRESS: 'x:1' } },
      'train/reserved-env | env.JAX_COORDINATOR_ADDRESS: expected no `JAX_COORDINATOR_ADDRESS`: the job sets it to the address of worker 0, found a value for JAX_COORDINATOR_ADDRESS | leave `JAX_COORDINATOR_ADDRESS` out'],
    ['a number of processes of the user', { env: { JAX_NUM_PROCESSES: '1' } },
      'train/reserved-env | env.JAX_NUM_PROCESSES: expected no `JAX_NUM_PROCESSES`: the job sets it to the number of workers, found a value for JAX_NUM_PROCESSES | leave `JAX_NUM_PROCESSES` out'],
    ['a place of the user', { env: { JAX_PROCESS_ID: '0' } },
      'train/reserved-env | env.JAX_PROCESS_ID: expected no `JAX_PROCESS_ID`: the job sets it to the index of the worker, found a value for JAX_PROCESS_ID | leave `JAX_PROCESS_ID` out'],
    ['a port that is none', { framework: Framework.jax({ port: 65536 }) },
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 65536 | set `port` within the range, or leave it out'],
    ['a port beside that of an operator', { framework: Framework.jax({ port: 4321 }), engine: Engine.trainJob() },
      'train/framework-option | framework.port: expected no `port`: the operator of Engine.trainJob() sets its own, found 4321 | leave `port` out, or use another engine'],
  ])('refuses %s', (_, props, line) => {
    expect(errorsOf(refused({ framework, ...props }))).toEqual([line]);
  });

  test('warns of checkpoints that lie apart', () => {
    const { job } = run({ framework, engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.perWorker() });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'train/checkpoints-apart | checkpoints: expected one directory for all workers: each writes its part of a checkpoint, and reads those of others, found a claim for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`; or let every worker save and restore all of the model',
    ]);
  });

  test('warns of TPUs in a StatefulSet, whose pods nobody tells their place in the slice', () => {
    const props = { framework, engine: Engine.statefulSet(), accelerator: TPU };
    expect(warningsOn(run(props).job).map(lineOf)).toEqual([
      'train/tpu-hosts | engine: expected Engine.indexedJob(), Engine.jobSet() or Engine.leaderWorkerSet(), whose pods are told TPU_WORKER_ID and TPU_WORKER_HOSTNAMES, found Engine.statefulSet() | use one of them, or set TPU_WORKER_ID in `env` to $(JAX_PROCESS_ID) (from Kubernetes 1.28), and TPU_WORKER_HOSTNAMES to the names of all workers',
    ]);
    expect(warningsOn(run({ ...props, workers: 1 }).job)).toEqual([]);
    expect(warningsOn(run({ ...props, engine: Engine.indexedJob() }).job)).toEqual([]);
    const { job, pods } = run({
      ...props, workers: 2, env: { TPU_WORKER_ID: '$(JAX_PROCESS_ID)', TPU_WORKER_HOSTNAMES: 'train-0.train,train-1.train' },
    });
    expect(warningsOn(job)).toEqual([]);
    expect(pods.map(({ container }) => container.env.TPU_WORKER_ID)).toEqual(['0', '1']);
  });
});
