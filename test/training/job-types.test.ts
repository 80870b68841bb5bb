import { Duration, JsonPatch, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  Accelerator, CheckpointVolume, DistributedTrainingJob, Engine, Fabric, Framework, JobScheduling, NodePool, PodVolume, WorkerProbe,
} from '../../lib';
import { errorOf, errorsOf } from '../support/findings';
import { chartIn, manifestsOf } from '../support/manifests';
import { MINIMUM, refused } from '../support/training';

/** Props as plain JavaScript may pass them. */
function linesFor(props: Record<string, unknown>): string[] {
  return errorsOf(refused(props));
}

const MEMORY = '| set `memory`, as Size.gibibytes(64)';
const COMMAND = "| set `command`, as ['train.py', '--epochs=90']";

describe('a job without checked types is refused for', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a quantity for memory', { memory: '64Gi' }, `props/type | memory: expected a Size, found "64Gi" ${MEMORY}`],
    ['a number for memory', { memory: 64 }, `props/type | memory: expected a Size, found 64 ${MEMORY}`],
    ['no memory', { memory: undefined }, `props/required | memory: expected a Size, found none ${MEMORY}`],
    ['a quantity for shared memory', { sharedMemory: '8Gi' },
      'props/type | sharedMemory: expected a Size, found "8Gi" | set `sharedMemory`, as Size.gibibytes(16)'],
    ['a command line', { command: 'train.py' }, `props/type | command: expected a list of texts, found "train.py" ${COMMAND}`],
    ['no command', { command: undefined }, `props/required | command: expected a list of texts, found none ${COMMAND}`],
    ['a number in the command', { command: ['train.py', 90] }, "props/type | command[1]: expected a text, found 90 | write it as a text: '90'"],
    ['a hole in the command', { command: ['train.py', undefined] }, 'props/type | command[1]: expected a text, found none | leave it out'],
    ['an object in the command', { command: ['train.py', {}] }, 'props/type | command[1]: expected a text, found a plain object | write it as a text'],
    ['no image', { image: undefined },
      'api/image | image: expected a reference without spaces, found none | use an image such as `ghcr.io/acme/train:1.4.2`'],
    ['a number in a variable', { env: { OMP: 4 } }, "props/type | env.OMP: expected a text, found 4 | write it as a text: '4'"],
    ['a variable without a value', { env: { X: undefined } },
      'props/type | env.X: expected a text, found none | set `X` to a text, or leave it out'],
    ['a list of variables', { env: [{ name: 'X', value: '1' }] },
      "props/type | env: expected texts by their names, found a list | set `env`, as { OMP_NUM_THREADS: '4' }"],
    ['a number in a label', { podLabels: { run: 7 } }, "props/type | podLabels.run: expected a text, found 7 | write it as a text: '7'"],
    ['a text for an EnvValue', { envValues: { A: 'x' } },
      "props/type | envValues.A: expected an EnvValue, found \"x\" | set `A`, as EnvValue.fromSecretValue({ secret, key: 'token' })"],
    ['a number of devices', { accelerator: 8 },
      'props/type | accelerator: expected an Accelerator, found 8 | set `accelerator`, as Accelerator.nvidia(8)'],
    ['a number of CPUs', { cpu: '16' }, 'props/type | cpu: expected a Cpu, found "16" | set `cpu`, as Cpu.units(16)'],
    ['seconds', { deadline: 3600 }, 'props/type | deadline: expected a Duration, found 3600 | set `deadline`, as Duration.hours(2)'],
    ['the name of a framework', { framework: 'pytorch' },
      'props/type | framework: expected a Framework, found "pytorch" | set `framework`, as Framework.pytorch()'],
    ['the name of an engine', { engine: 'job' }, 'props/type | engine: expected an Engine, found "job" | set `engine`, as Engine.indexedJob()'],
    ['a volume without a path', { volumes: [PodVolume.scratch()] },
      "props/type | volumes[0]: expected a volume at a path, found an object of PodVolume | set `volumes[0]`, as PodVolume.fromClaim(claim).at('/data')"],
    ['one dataset instead of a list', { datasets: {} },
      "props/type | datasets: expected a list, each of it a dataset at a path, found a plain object | set `datasets`, as [imagenet.at('/data')]"],
  ])('%s', (_, props, line) => {
    expect(linesFor(props)).toEqual([line]);
  });

  test('checkpoints of a tier and a size that are none', () => {
    const props: any = { tier: 'fast', size: '500Gi', path: '/checkpoints', grownTo: '1Ti' };
    expect(errorsOf(refused({ checkpoints: CheckpointVolume.perWorker(props) }))).toEqual([
      'props/type | checkpoints.size: expected a Size, found "500Gi" | set `size`, as Size.gibibytes(500)',
      "props/type | checkpoints.tier: expected a StorageTier, found \"fast\" | set `tier`, as new StorageTier(chart, 'fast', { backend: AwsEbs.gp3() })",
      'props/type | checkpoints.grownTo: expected a Size, found "1Ti" | set `grownTo`, as Size.gibibytes(1000)',
    ]);
  });

  test('all of it at once, beside what is wrong with the rest', () => {
    const props: any = { memory: '64Gi', command: 'train.py', env: { OMP: 4, RANK: '0' }, workers: 0 };
    expect(errorOf(refused(props)).findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([
      'props/type memory', 'props/type command', 'props/type env.OMP', 'train/workers workers', 'train/reserved-env env.RANK',
    ]);
  });
});

describe('a job without checked types is refused, rather than made without it, for', () => {
  const AS_TAINT = "set `tolerations[0]`, as { key: 'acme.com/pool' }";
  const NAME = 'api/derived-name | name: expected lower case letters, digits and `-`, a letter first, at most 61 characters: Indexed Job puts more behind it,'
    + ' up to 63, found';
  const RENAME = '| use a name such as `resnet-50`, or leave it out';
  const CPU = '| set `cpu`, as Cpu.units(16)';
  const PROBE = 'props/type | liveness.initialDelay: expected a Duration, found 60 | set `initialDelay`, as Duration.minutes(15)';

  test.each<[string, Record<string, unknown>, string]>([
    ['the name of an account', { serviceAccount: 'trainer' },
      'props/type | serviceAccount: expected a ServiceAccount, found "trainer" |'
      + " set `serviceAccount`, as ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer')"],
    ['a Secret for an account', { serviceAccount: { kind: 'Secret', name: 'trainer' } },
      'props/type | serviceAccount: expected a ServiceAccount, found a plain object |'
      + " set `serviceAccount`, as ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer')"],
    ['a framework for an account', { serviceAccount: Framework.jax() },
      'props/type | serviceAccount: expected a ServiceAccount, found an object of Framework |'
      + " set `serviceAccount`, as ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer')"],
    ['another word for a key', { tolerations: [{ taint: 'gpu' }] },
      'props/unknown | tolerations[0].taint: expected key, value, effect of a taint, and no more, found "gpu" |'
      + ' leave it out: a taint is tolerated with any value where none is said'],
    ['a text for spot', { nodes: NodePool.gke({ spot: 'false' } as any), terminationGracePeriod: Duration.seconds(5) },
      'props/type | nodes.spot: expected true or false, found "false" | set `spot` to one of them'],
    ['a text for Karpenter', { nodes: NodePool.eks({ karpenter: 'no' } as any) },
      'props/type | nodes.karpenter: expected true or false, found "no" | set `karpenter` to one of them'],
    ['a text for a lock', { fabric: Fabric.rdma({ resource: 'rdma/a', ipcLock: 'no' } as any), runAsUser: 0 },
      'props/type | fabric.ipcLock: expected true or false, found "no" | set `ipcLock` to one of them'],
    ['one toleration', { tolerations: {} },
      "props/type | tolerations: expected a list of taints, found a plain object | set `tolerations`, as [{ key: 'acme.com/pool' }]"],
    ['the key of a taint', { tolerations: ['gpu'] }, `props/type | tolerations[0]: expected a taint, found "gpu" | ${AS_TAINT}`],
    ['a hole in the tolerations', { tolerations: [null] }, `props/required | tolerations[0]: expected a taint, found none | ${AS_TAINT}`],
    ['a key that is a number', { tolerations: [{ key: 1.5 }] },
      "props/type | tolerations[0].key: expected a text, found 1.5 | write it as a text: '1.5'"],
    ['an effect that is an object', { tolerations: [{ key: 'a', effect: {} }] },
      'props/type | tolerations[0].effect: expected a text, found a plain object | set `effect` to a text, or leave it out'],
    ['a Size for CPUs', { cpu: Size.gibibytes(16) }, `props/type | cpu: expected a Cpu, found an object of Size ${CPU}`],
    ['a Duration for CPUs', { cpu: Duration.hours(1) }, `props/type | cpu: expected a Cpu, found an object of Duration ${CPU}`],
    ['a number for a name', { name: 0 }, `${NAME} 0 ${RENAME}`],
    ['a list for a name', { name: ['abc'] }, `${NAME} ["abc"] ${RENAME}`],
    ['one patch', { patches: JsonPatch.remove('/a') },
      'props/type | patches: expected a list, each of it a JsonPatch, found an object of JsonPatch |'
      + " set `patches`, as [JsonPatch.add('/spec/template/spec/dnsPolicy', 'Default')]"],
    ['a plain patch', { patches: [{ op: 'remove', path: '/a' }] },
      "props/type | patches[0]: expected a JsonPatch, found a plain object | set `patches[0]`, as JsonPatch.add('/spec/template/spec/dnsPolicy', 'Default')"],
    ['seconds of a probe', { liveness: WorkerProbe.command(['a'], { initialDelay: 60 } as any) }, PROBE],
    ['an object for a user', { runAsUser: {} },
      'api/user-id | runAsUser: expected a whole number from 0 to 2147483647, found a plain object | set `runAsUser` to the id in the image'],
    ['an object for restarts', { restarts: {} },
      'train/restarts | restarts: expected a whole number from 0, found a plain object | set `restarts` to the incidents that the job shall survive'],
    ['a framework for an engine', { engine: Framework.jax() },
      'props/type | engine: expected an Engine, found an object of Framework | set `engine`, as Engine.indexedJob()'],
    ['an engine for a framework', { framework: Engine.indexedJob() },
      'props/type | framework: expected a Framework, found an object of Engine | set `framework`, as Framework.pytorch()'],
    ['a framework for an accelerator', { accelerator: Framework.jax() },
      'props/type | accelerator: expected an Accelerator, found an object of Framework | set `accelerator`, as Accelerator.nvidia(8)'],
    ['a hole in the taints of nodes', { nodes: NodePool.labelled({ tolerations: [null] } as any) },
      "props/required | nodes.tolerations[0]: expected a taint, found none | set `tolerations[0]`, as { key: 'acme.com/pool' }"],
    ['a capacity type of Karpenter', { nodes: NodePool.eks({ karpenter: true, capacityType: 'reserved' } as any) },
      'props/type | nodes.capacityType: expected an EksCapacityType: ON_DEMAND, SPOT, CAPACITY_BLOCK, found "reserved" |'
      + ' use one of them, as EksCapacityType.SPOT, or leave it out for any'],
  ])('%s', (_, props, line) => {
    expect(linesFor(props)).toEqual([line]);
  });
});

describe('a prop that a job has not', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['is told with the one that is meant', { gpus: 8 }, 'props/unknown | gpus: expected a prop of a DistributedTrainingJob, found 8 | did you mean `accelerator`?'],
    ['is told with what it is called here', { replicas: 3 }, 'props/unknown | replicas: expected a prop of a DistributedTrainingJob, found 3 | did you mean `workers`?'],
    ['is told with the nearest', { dataset: [] }, 'props/unknown | dataset: expected a prop of a DistributedTrainingJob, found [] | did you mean `datasets`?'],
    ['is told where none is near', { hyperband: true }, 'props/unknown | hyperband: expected a prop of a DistributedTrainingJob, found true | leave it out'],
  ])('%s', (_, props, line) => {
    expect(linesFor(props)).toEqual([line]);
  });

  test('is none where it says nothing', () => {
    expect(linesFor({ gpus: undefined, replicas: null })).toEqual([]);
  });
});

describe('what is made without props that must be', () => {
  const make: any = { Accelerator, Fabric, Framework, NodePool, WorkerProbe, Engine, JobScheduling };

  test.each<[string, (of: any) => Record<string, unknown>, string[]]>([
    ['elastic PyTorch', of => ({ framework: of.Framework.pytorchElastic() }), ['train/framework-option framework.minWorkers']],
    ['parameter servers', of => ({ framework: of.Framework.tensorflowParameterServer(), engine: Engine.jobSet() }),
      ['train/framework-option framework.parameterServers']],
    ['TPUs', of => ({ accelerator: of.Accelerator.tpu() }), ['train/tpu-topology accelerator.type', 'train/tpu-topology accelerator.topology']],
    ['devices by claim', of => ({ accelerator: of.Accelerator.dra(null) }), ['api/resource-claim accelerator.deviceClass', 'api/since accelerator']],
    ['EFA', of => ({ fabric: of.Fabric.efa() }), ['api/extended-resource fabric.interfaces']],
    ['RDMA', of => ({ fabric: of.Fabric.rdma(null) }), ['api/extended-resource fabric.resource']],
    ['labelled nodes', of => ({ nodes: of.NodePool.labelled() }), []],
    ['nodes of a cloud', of => ({ nodes: of.NodePool.eks(null) }), []],
    ['MPI', of => ({ framework: of.Framework.mpi({ exportedVariables: null }) }), []],
    ['PyTorch', of => ({ framework: of.Framework.pytorch(null) }), []],
    ['an MPIJob', of => ({ framework: of.Framework.horovod(null), engine: of.Engine.mpiJob(null) }), []],
    ['a queue', of => ({ scheduling: of.JobScheduling.kueue() }), ['api/name scheduling.queue']],
    ['a probe', of => ({ readiness: of.WorkerProbe.tcp(9400, null) }), []],
  ])('tells so when the job is made, or does without: %s', (_, props, found) => {
    const lines = linesFor(props(make)).map(line => line.replace(/^(\S+) \| ([^:]+):.*$/, '$1 $2'));
    expect(lines).toEqual(found);
  });
});

test('null is as good as nothing for every prop that may be left out', () => {
  const optional = ['framework', 'engine', 'accelerator', 'fabric', 'nodes', 'cpu', 'sharedMemory', 'datasets', 'streams', 'checkpoints', 'volumes', 'env',
    'envValues', 'nodeSelector', 'tolerations', 'placement', 'priorityClass', 'disruptable', 'identity', 'serviceAccount', 'imagePullSecrets',
    'initContainers', 'sidecars', 'liveness', 'readiness', 'runAsUser', 'runAsGroup', 'terminationGracePeriod', 'restarts', 'deadline', 'success',
    'failOnExitCodes', 'scheduling', 'ttlAfterFinished', 'name', 'podLabels', 'podAnnotations', 'patches'];
  const emit = (props: any): unknown => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, ...props });
    return manifestsOf(chart);
  };
  for (const prop of optional) expect([prop, emit({ [prop]: null })]).toEqual([prop, emit({})]);
  const container = { name: 'fetch', image: 'busybox:1.37', command: ['true'], memory: Size.mebibytes(64) };
  const nulls = { args: null, env: null, envValues: null, cpu: null, mounts: null };
  expect(emit({ initContainers: [{ ...container, ...nulls }] })).toEqual(emit({ initContainers: [container] }));
});

test('a Size and a Duration of another copy of cdk8s are taken, and so is null for what may be left out', () => {
  const memory: any = { toKibibytes: () => 2 ** 20 };
  const props: any = { ...MINIMUM, memory, deadline: { toSeconds: () => 60 }, sharedMemory: null, env: null, cpu: null };
  expect(() => new DistributedTrainingJob(chartIn(), 'train', props)).not.toThrow();
});

describe('a literal secret in `envValues`', () => {
  const FIX = '| put it into a Secret and refer to it in `envValues`, as EnvValue.fromSecretValue(), or use a service account';

  test('is refused as one in `env` is', () => {
    expect(errorsOf(refused({ envValues: { HF_TOKEN: EnvValue.fromValue('hf_abc') } }))).toEqual([
      `sec/literal-secret | envValues.HF_TOKEN: expected no secret: manifests are read by many, found a value for HF_TOKEN ${FIX}`,
    ]);
    expect(errorsOf(refused({ envValues: { STEPS: EnvValue.fromValue('10') } }))).toEqual([]);
  });
});

describe('a mount that is there twice', () => {
  const TWICE = 'api/mount-path | volumes[1].path: expected a path of its own, found /a, where `volumes[0].path` is |';

  test('is to be left out once', () => {
    const mount = PodVolume.scratch().at('/a');
    const volume = PodVolume.scratch();
    expect(errorsOf(refused({ volumes: [mount, mount] }))).toEqual([`${TWICE} leave one of the two out: they mount the same`]);
    expect(errorsOf(refused({ volumes: [volume.at('/a'), volume.at('/a')] }))).toEqual([`${TWICE} leave one of the two out: they mount the same`]);
  });

  test('is to be mounted elsewhere where the two differ', () => {
    const volume = PodVolume.scratch();
    expect(errorsOf(refused({ volumes: [volume.at('/a'), volume.at('/a', { subPath: 'b' })] }))).toEqual([`${TWICE} mount it elsewhere`]);
  });
});
