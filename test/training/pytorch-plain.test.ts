import { describe, expect, test } from 'vitest';
import { Accelerator, DistributedTrainingJobProps, Engine, Framework, KubernetesVersion, PytorchPlainProps } from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { pairsOf, run } from '../support/frameworks';
import { proveRendezvous } from '../support/rendezvous/proof';
import { GPUS, refused, train } from '../support/training';

const framework = Framework.pytorchPlain();

describe.each(pairsOf(framework))('plain PyTorch on %s of %s', (id, target, engine) => {
  const { pods, manifests, broken } = run({ framework, engine, workers: 3, accelerator: Accelerator.nvidia(1) }, target);

  test('tells the one process of each worker its place', () => {
    expect(pods.map(({ container: { env } }) => [env.RANK, env.WORLD_SIZE, env.LOCAL_RANK, env.LOCAL_WORLD_SIZE]))
      .toEqual([['0', '3', '0', '1'], ['1', '3', '0', '1'], ['2', '3', '0', '1']]);
  });

  test('lets all of them meet at the first', () => {
    const { problems, ranks } = proveRendezvous(manifests, { target });
    expect(problems).toEqual([]);
    expect(ranks.map(({ rank, worldSize, resolvesTo }) => [rank, worldSize, resolvesTo]))
      .toEqual([0, 1, 2].map(rank => [rank, 3, pods[0].name]));
  });

  test('starts Python with the script, without a buffer', () => {
    for (const { container } of pods) expect(container.argv).toEqual(['python', '-u', 'train.py', '--epochs=90']);
  });

  test('breaks no rule', () => {
    // the user said that it be a StatefulSet
    expect(broken.filter(rule => id !== 'statefulSet' || rule !== 'train/never-completes')).toEqual([]);
  });
});

describe('plain PyTorch', () => {
  test('has the interpreter and the port that are asked for', () => {
    const { pods } = run({ framework: Framework.pytorchPlain({ interpreter: '/opt/conda/bin/python3', port: 12345 }), command: ['-m', 'acme.train'] });
    expect(pods[1].container.argv).toEqual(['/opt/conda/bin/python3', '-u', '-m', 'acme.train']);
    expect(pods[1].container.env).toMatchObject({ MASTER_ADDR: 'train-0.train', MASTER_PORT: '12345' });
  });

  test('leaves to the operator of a PyTorchJob what it sets itself', () => {
    const { manifests } = run({ framework, engine: Engine.pytorchJob(), workers: 3 });
    const env = manifests[0].spec.pytorchReplicaSpecs.Master.template.spec.containers[0].env as { name: string }[];
    expect(env.map(({ name }) => name)).toEqual(['LOCAL_RANK', 'LOCAL_WORLD_SIZE']);
    expect(manifests[0].spec.nprocPerNode).toBe('1');
  });

  test('in a StatefulSet of 1.27 takes the rank from the name', () => {
    const { worker } = train({ framework, engine: Engine.statefulSet() }, { target: KubernetesVersion.V1_27 });
    expect(worker.command).toEqual(['/bin/sh', '-c', 'export RANK="${HOSTNAME##*-}"; exec "$@"', 'sh', 'python', '-u']);
  });

  test('keeps the exit code of the script', () => {
    const { podFailurePolicy } = train({ framework, failOnExitCodes: [3] }).workload.spec;
    expect(podFailurePolicy.rules[1]).toMatchObject({ onExitCodes: { values: [3] } });
  });

  test('warns of accelerators that nothing is started for', () => {
    expect(warningsOn(run({ framework, accelerator: GPUS }).job).map(lineOf)).toEqual([
      'train/idle-devices | framework: expected a process for each accelerator: most scripts use one, found one process and 8 accelerators in each worker | use Framework.pytorch(), which starts as many processes, or ask for one accelerator and more `workers`',
    ]);
    expect(warningsOn(run({ framework, accelerator: Accelerator.nvidia(1) }).job)).toEqual([]);
  });

  test.each<[string, PytorchPlainProps, string]>([
    ['an interpreter with arguments', { interpreter: 'python -u' },
      'train/framework-option | framework.interpreter: expected one program, without arguments, found "python -u" | name it, as `python3`, or leave `interpreter` out'],
    ['an interpreter that is none', { interpreter: 3 as never },
      'train/framework-option | framework.interpreter: expected one program, without arguments, found 3 | name it, as `python3`, or leave `interpreter` out'],
    ['no port', { port: 0 },
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 0 | set `port` within the range, or leave it out'],
  ])('refuses %s', (_, props, line) => {
    expect(errorsOf(refused({ framework: Framework.pytorchPlain(props) }))).toEqual([line]);
  });

  test.each<[string, Partial<DistributedTrainingJobProps>, string]>([
    ['a rank of the user', { env: { RANK: '0' } },
      'train/reserved-env | env.RANK: expected no `RANK`: the job sets it for the one process of each worker, found a value for RANK | leave `RANK` out'],
    ['a launcher', { command: ['torchrun', 'train.py'] },
      "train/command | command: expected the training script first: plain PyTorch's launcher is put before it, found [\"torchrun\",\"train.py\"] | start with the script, or with '-m' and a module, and give each argument a text of its own"],
    ...[['a launcher as a module', ['-m', 'torch.distributed.run', 'train.py']], ['a shell', ['/bin/bash', 'train.sh']], ['a launcher of MPI', ['mpiexec', 'a']]]
      .map(([what, command]): [string, Partial<DistributedTrainingJobProps>, string] => [String(what), { command: command as string[] },
        `train/command | command: expected the training script first: plain PyTorch's launcher is put before it, found ${JSON.stringify(command)} | start with the script, or with '-m' and a module, and give each argument a text of its own`]),
  ])('refuses %s', (_, props, line) => {
    expect(errorsOf(refused({ framework, ...props }))).toEqual([line]);
  });
});
