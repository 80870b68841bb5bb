import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  AccelerateProps, Accelerator, DistributedTrainingJobProps, Engine, Framework, KubernetesVersion, MixedPrecision,
} from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { pairsOf, run } from '../support/frameworks';
import { proveRendezvous } from '../support/rendezvous/proof';
import { Sandbox } from '../support/shell';
import { CHECKPOINTS, GPUS, refused, train } from '../support/training';

const framework = Framework.accelerate();

describe.each(pairsOf(framework))('Accelerate on %s of %s', (id, target, engine) => {
  const { pods, manifests, broken } = run({ framework, engine, workers: 3, accelerator: GPUS, checkpoints: CHECKPOINTS.shared() }, target);

  test('starts as many processes on each worker as it has accelerators', () => {
    const { problems, ranks } = proveRendezvous(manifests, { target });
    expect(problems).toEqual([]);
    expect(ranks.map(({ rank, processes, worldSize, resolvesTo }) => [rank, processes, worldSize, resolvesTo]))
      .toEqual([0, 8, 16].map(rank => [rank, 8, 24, pods[0].name]));
  });

  test('is told all by its arguments', () => {
    const address = pods[1].container.argv[pods[1].container.argv.indexOf('--main_process_ip') + 1];
    expect(pods[0].dnsNames).toContain(address);
    expect(pods.map(({ container }) => container.argv)).toEqual([0, 1, 2].map(machine => [
      'accelerate', 'launch', '--multi_gpu', '--num_machines', '3', '--num_processes', '24', '--machine_rank', String(machine),
      '--main_process_ip', address, '--main_process_port', '29500', '--max_restarts', '0', 'train.py', '--epochs=90',
    ]));
  });

  test('leaves its processes the grace period but 10 s', () => {
    expect(pods.map(({ container }) => container.env.PET_SHUTDOWN_TIMEOUT)).toEqual(['110', '110', '110']);
  });

  test('lets all workers see the same checkpoints', () => {
    expect(new Set(pods.map(({ mounts }) => mounts.find(({ mountPath }) => mountPath === '/checkpoints')!.subPath))).toEqual(new Set([undefined]));
  });

  test('breaks no rule', () => {
    // the user said that it be a StatefulSet
    expect(broken.filter(rule => id !== 'statefulSet' || rule !== 'train/never-completes')).toEqual([]);
  });
});

describe('Accelerate', () => {
  const argvOf = (props: AccelerateProps, job: Partial<DistributedTrainingJobProps> = {}): string[] =>
    run({ framework: Framework.accelerate(props), workers: 2, ...job }).pods[1].container.argv;

  test('is told what the user says', () => {
    expect(argvOf({ mixedPrecision: MixedPrecision.BF16, processesPerWorker: 2, port: 12345, maxRestarts: 5 })).toEqual([
      'accelerate', 'launch', '--multi_gpu', '--mixed_precision', 'bf16', '--num_machines', '2', '--num_processes', '4', '--machine_rank', '1',
      '--main_process_ip', 'train-0.train', '--main_process_port', '12345', '--max_restarts', '5', 'train.py', '--epochs=90',
    ]);
  });

  test('takes from a file what is trained how, and keeps DeepSpeed from ssh', () => {
    expect(argvOf({ configFile: '/workspace/fsdp.yaml' }, { command: ['-m', 'acme.train'] })).toEqual([
      'accelerate', 'launch', '--config_file', '/workspace/fsdp.yaml', '--deepspeed_multinode_launcher', 'standard',
      '--num_machines', '2', '--num_processes', '2', '--machine_rank', '1', '--main_process_ip', 'train-0.train', '--main_process_port', '29500',
      '--max_restarts', '0', '-m', 'acme.train',
    ]);
  });

  test('hears of it where there are no accelerators: else each process would train alone', () => {
    expect(run({ framework, workers: 2 }).pods[0].container.env.ACCELERATE_USE_CPU).toBe('true');
    expect(run({ framework, workers: 2, accelerator: GPUS }).pods[0].container.env).not.toHaveProperty('ACCELERATE_USE_CPU');
  });

  test('starts the processes of a single worker', () => {
    const { pods: [{ container }] } = run({ framework, workers: 1, accelerator: GPUS });
    expect(container.argv.slice(0, 7)).toEqual(['accelerate', 'launch', '--multi_gpu', '--num_machines', '1', '--num_processes', '8']);
  });

  test('leaves one process that trains alone to Python, so that it gets the signals', () => {
    const alone = Framework.accelerate({ mixedPrecision: MixedPrecision.FP16 });
    const { pods: [{ container }] } = run({ framework: alone, workers: 1, accelerator: Accelerator.nvidia(1) });
    expect(container.argv).toEqual(['python', '-u', 'train.py', '--epochs=90']);
    expect(container.env).toMatchObject({ ACCELERATE_MIXED_PRECISION: 'fp16', RANK: '0', WORLD_SIZE: '1' });
    // with one it would take itself for one of many
    expect(container.env).not.toHaveProperty('LOCAL_RANK');
  });

  test('starts one process too by a configuration', () => {
    const { pods: [{ container }] } = run({ framework: Framework.accelerate({ configFile: '/a.yaml' }), workers: 1 });
    expect(container.argv.slice(0, 4)).toEqual(['accelerate', 'launch', '--config_file', '/a.yaml']);
  });

  test.each<[string, AccelerateProps, string]>([
    ['a precision that there is not', { mixedPrecision: 'int8' as never },
      'train/framework-option | framework.mixedPrecision: expected no, fp16, bf16, fp8, found "int8" | use a MixedPrecision, or leave it out'],
    ['a file that is somewhere', { configFile: 'fsdp.yaml' },
      'train/framework-option | framework.configFile: expected an absolute path in the workers, without `$`, found "fsdp.yaml" | name the file as the workers see it, as `/workspace/accelerate.yaml`'],
    ['a file with a variable', { configFile: '/workspace/$(NAME).yaml' },
      'train/framework-option | framework.configFile: expected an absolute path in the workers, without `$`, found "/workspace/$(NAME).yaml" | name the file as the workers see it, as `/workspace/accelerate.yaml`'],
    ['no process', { processesPerWorker: 0 },
      'train/framework-option | framework.processesPerWorker: expected a whole number from 1 to 1024, found 0 | set `processesPerWorker` within the range, or leave it out'],
  ])('refuses %s', (_, props, line) => {
    expect(errorsOf(refused({ framework: Framework.accelerate(props) }))).toEqual([line]);
  });

  test('refuses TPUs', () => {
    expect(errorsOf(refused({ framework, accelerator: Accelerator.extendedResource('google.com/tpu', 4) }))).toContain(
      'train/framework-option | accelerator: expected devices that torchrun starts processes for, found Accelerator.extendedResource() | use Framework.pytorchPlain(), with a script that starts the processes of a host by torch_xla',
    );
  });

  test.each([
    ['NODE_RANK', 'the job sets it to the index of the worker'],
    ['ACCELERATE_USE_CPU', 'the job sets it where workers have no accelerators'],
    ['ACCELERATE_MIXED_PRECISION', 'accelerate launch sets it: use `mixedPrecision` of the framework'],
    ['ACCELERATE_DYNAMO_BACKEND', 'accelerate launch sets it: use `configFile` of the framework'],
    ['PET_NNODES', 'torchrun reads its options from it, and the job sets them'],
  ])('keeps %s to itself', (name, why) => {
    expect(errorsOf(refused({ framework, env: { [name]: '1' } }))).toEqual([
      `train/reserved-env | env.${name}: expected no \`${name}\`: ${why}, found a value for ${name} | leave \`${name}\` out`,
    ]);
  });

  test('leaves other variables of Accelerate to the user', () => {
    expect(run({ framework, env: { ACCELERATE_LOG_LEVEL: 'info' } }).pods[0].container.env.ACCELERATE_LOG_LEVEL).toBe('info');
  });

  test('warns of restarts of a process that nobody starts again', () => {
    const stubborn = Framework.accelerate({ maxRestarts: 5 });
    const warned = (workers: number): string[] => warningsOn(run({ framework: stubborn, workers }).job).map(lineOf);
    expect(warned(1)).toEqual([
      expect.stringContaining('train/restart-in-place | framework.maxRestarts'),
      'train/framework-option | framework.maxRestarts: expected none: nobody starts a process again that trains alone, found 5 | leave `maxRestarts` out, and count on `restarts` of the job',
    ]);
    expect(warned(2)).toEqual([expect.stringContaining('train/restart-in-place | framework.maxRestarts')]);
    expect(warningsOn(run({ framework: Framework.accelerate({ maxRestarts: 0 }), workers: 2 }).job)).toEqual([]);
  });

  test('warns of a claim for each worker', () => {
    const { job } = run({ framework, engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.perWorker() });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'train/checkpoints-apart | checkpoints: expected one directory for all workers: rank 0 writes what all of them read, found a claim for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`; or give Accelerator a ProjectConfiguration with `save_on_each_node=True`',
    ]);
  });
});

describe('the shell around accelerate, in a StatefulSet of 1.27', () => {
  let sandbox: Sandbox;
  beforeEach(() => { sandbox = new Sandbox(); });
  afterEach(() => sandbox.remove());

  const command = ['train.py', '--note=two words', '*', "it's", '"quoted"', '$HOME', '`id`', '', '\\n', 'a;b'];
  const configFile = "/work space/it's; \"one\".yaml";
  const { worker } = train({ framework: Framework.accelerate({ configFile }), engine: Engine.statefulSet(), command, name: 'resnet-50' }, {
    target: KubernetesVersion.V1_27,
  });

  test('puts the rank among the arguments, and hands on the others as they are', async () => {
    sandbox.stub('accelerate');
    expect(await sandbox.run(worker, '/', { HOSTNAME: 'resnet-50-3' })).toMatchObject({ status: 0, stderr: '' });
    expect(sandbox.callsOf('accelerate')).toEqual([[
      'launch', '--config_file', configFile, '--deepspeed_multinode_launcher', 'standard', '--num_machines', '4', '--num_processes', '4',
      '--machine_rank', '3', '--main_process_ip', 'resnet-50-0.resnet-50', '--main_process_port', '29500', '--max_restarts', '0', ...command,
    ]]);
  });

  test('makes way for accelerate, so that it gets the signals', async () => {
    sandbox.stub('accelerate', 'echo $$');
    const { pid, stdout } = await sandbox.run(worker, '/', { HOSTNAME: 'resnet-50-3' });
    expect(Number(stdout)).toBe(pid);
  });
});
