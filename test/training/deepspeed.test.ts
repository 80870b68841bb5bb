import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DeepspeedProps, DistributedTrainingJobProps, Engine, Framework } from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { enginesOf, pairsOf, run } from '../support/frameworks';
import { proveRendezvous } from '../support/rendezvous/proof';
import { CHECKPOINTS, GPUS, refused } from '../support/training';

const framework = Framework.deepspeed();
const isMpi = ([id]: readonly unknown[]): boolean => id === 'mpiJob';

describe.each(pairsOf(framework).filter(pair => !isMpi(pair)))('DeepSpeed on %s of %s', (id, target, engine) => {
  const { pods, manifests, broken } = run({ framework, engine, workers: 3, accelerator: GPUS, checkpoints: CHECKPOINTS.shared() }, target);

  test('meets at the first worker', () => {
    const { problems, ranks } = proveRendezvous(manifests, { target });
    expect(problems).toEqual([]);
    expect(ranks.map(({ rank, processes, worldSize, resolvesTo }) => [rank, processes, worldSize, resolvesTo]))
      .toEqual([0, 8, 16].map(rank => [rank, 8, 24, pods[0].name]));
  });

  test('starts by torchrun, without ssh and a list of hosts', () => {
    for (const { container } of pods) expect(container.argv).toEqual(['torchrun', 'train.py', '--epochs=90']);
  });

  test('lets all workers see the same checkpoints', () => {
    expect(new Set(pods.map(({ mounts }) => mounts.find(({ mountPath }) => mountPath === '/checkpoints')!.subPath))).toEqual(new Set([undefined]));
  });

  test('breaks no rule', () => {
    // the user said that it be a StatefulSet
    expect(broken.filter(rule => id !== 'statefulSet' || rule !== 'train/never-completes')).toEqual([]);
  });
});

describe.each(pairsOf(framework).filter(isMpi))('DeepSpeed on %s of %s', (_, target, engine) => {
  const { manifests, broken } = run({ framework, engine, workers: 3, accelerator: GPUS, checkpoints: CHECKPOINTS.shared() }, target);
  const { Launcher, Worker } = manifests.find(({ kind }) => kind === 'MPIJob')!.spec.mpiReplicaSpecs;
  const [launcher] = Launcher.template.spec.containers;

  test('starts all processes by mpirun, in the workers', () => {
    expect([...launcher.command, ...launcher.args].filter((word: string) => ['mpirun', '-np', '24', 'python', 'train.py'].includes(word)))
      .toEqual(['mpirun', '-np', '24', 'python', 'train.py']);
    expect(Worker.replicas).toBe(3);
    expect(proveRendezvous(manifests, { target }).problems).toEqual([]);
  });

  test('sets no place: DeepSpeed asks MPI only where RANK and the others are not there', () => {
    const names = [...launcher.env, ...Worker.template.spec.containers[0].env ?? []].map(({ name }: { name: string }) => name);
    expect(names.filter(name => /^(PET_.*|RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT)$/.test(name))).toEqual([]);
  });

  test('breaks no rule', () => {
    expect(broken).toEqual([]);
  });
});

describe('DeepSpeed', () => {
  test('runs on all engines that torchrun runs on, and on MPIJob', () => {
    const torchrun = enginesOf(Framework.pytorch()).map(([id]) => id);
    expect(enginesOf(framework).map(([id]) => id).sort()).toEqual([...torchrun, 'mpiJob'].sort());
  });

  test('is told what the user says', () => {
    const { pods } = run({ framework: Framework.deepspeed({ processesPerWorker: 2, port: 12345, maxRestarts: 5 }) });
    expect(pods[1].container.env).toMatchObject({ PET_NPROC_PER_NODE: '2', PET_MASTER_PORT: '12345', PET_MAX_RESTARTS: '5' });
  });

  test('takes options of the launcher on an MPIJob', () => {
    const { manifests } = run({ framework: Framework.deepspeed({ launcherMemory: Size.gibibytes(3) }), engine: Engine.mpiJob() });
    const { Launcher } = manifests.find(({ kind }) => kind === 'MPIJob')!.spec.mpiReplicaSpecs;
    expect(Launcher.template.spec.containers[0].resources.limits.memory).toBe('3Gi');
  });

  test('warns of a claim for each worker', () => {
    const { job } = run({ framework, engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.perWorker() });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'train/checkpoints-apart | checkpoints: expected one directory for all workers: each rank writes its own part of a checkpoint, and rank 0 which is the latest, found a claim for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`; or say `"checkpoint": { "use_node_local_storage": true }` in the configuration of DeepSpeed',
    ]);
  });

  test.each<[string, DeepspeedProps, Partial<DistributedTrainingJobProps>, string[]]>([
    ['options of torchrun with mpirun', { port: 29_500, maxRestarts: 3 }, { engine: Engine.mpiJob() }, [
      'train/framework-option | framework.port: expected no `port`: mpirun starts the processes with Engine.mpiJob(), found one | leave `port` out, or use another engine',
      'train/framework-option | framework.maxRestarts: expected no `maxRestarts`: mpirun starts the processes with Engine.mpiJob(), found one | leave `maxRestarts` out, or use another engine',
    ]],
    ['options of mpirun with torchrun', { launcherMemory: Size.gibibytes(1), exportedVariables: ['HF_TOKEN'] }, {}, [
      'train/framework-option | framework.exportedVariables: expected no `exportedVariables`: torchrun starts the processes, and there is no launcher, found one | leave `exportedVariables` out, or use Engine.mpiJob()',
      'train/framework-option | framework.launcherMemory: expected no `launcherMemory`: torchrun starts the processes, and there is no launcher, found one | leave `launcherMemory` out, or use Engine.mpiJob()',
    ]],
    ['no process', { processesPerWorker: 0 }, {}, [
      'train/framework-option | framework.processesPerWorker: expected a whole number from 1 to 1024, found 0 | set `processesPerWorker` within the range, or leave it out',
    ]],
    ['no port', { port: 0 }, {}, [
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 0 | set `port` within the range, or leave it out',
    ]],
    ['its own launcher', {}, { command: ['deepspeed', 'train.py'] }, [
      "train/command | command: expected the training script first: DeepSpeed's launcher is put before it, found [\"deepspeed\",\"train.py\"] | start with the script, or with '-m' and a module, and give each argument a text of its own",
    ]],
    ['a rank of the user', {}, { env: { RANK: '0' } }, [
      'train/reserved-env | env.RANK: expected no `RANK`: torchrun sets it for each process and ignores what the pod sets, found a value for RANK | leave `RANK` out',
    ]],
    ['a variable of MPI', {}, { env: { OMPI_COMM_WORLD_RANK: '0' } }, [
      'train/reserved-env | env.OMPI_COMM_WORLD_RANK: expected no `OMPI_COMM_WORLD_RANK`: mpirun sets it for each process, found a value for OMPI_COMM_WORLD_RANK | leave `OMPI_COMM_WORLD_RANK` out',
    ]],
  ])('refuses %s', (_, props, job, lines) => {
    expect(errorsOf(refused({ framework: Framework.deepspeed(props), ...job }))).toEqual(lines);
  });
});
