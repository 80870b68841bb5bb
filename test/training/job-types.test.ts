import { EnvValue } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { CheckpointVolume, DistributedTrainingJob, PodVolume } from '../../lib';
import { errorOf, errorsOf } from '../support/findings';
import { chartIn } from '../support/manifests';
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
