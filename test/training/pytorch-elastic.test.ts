import { Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  CheckpointVolume, DistributedTrainingJobProps, Engine, Framework, KubernetesVersion, PytorchElasticProps, SuccessPolicy,
} from '../../lib';
import { errorsOf, lineOf, warningsOn } from '../support/findings';
import { pairsOf, run } from '../support/frameworks';
import { proveRendezvous } from '../support/rendezvous/proof';
import { CHECKPOINTS, GPUS, refused, SHARED, train } from '../support/training';

const { V1_30, V1_31 } = KubernetesVersion;
const elastic = (props: Partial<PytorchElasticProps> = {}): Framework => Framework.pytorchElastic({ minWorkers: 2, ...props });
const framework = elastic();
type Props = Partial<DistributedTrainingJobProps>;

describe.each(pairsOf(framework))('elastic PyTorch on %s of %s', (id, target, engine) => {
  const { pods, manifests, broken } = run({ framework, engine, workers: 4, accelerator: GPUS, checkpoints: CHECKPOINTS.shared() }, target);

  test('lets from two to four workers meet at the first', () => {
    const { problems, ranks } = proveRendezvous(manifests, { target });
    expect(problems).toEqual([]);
    expect(new Set(ranks.map(({ resolvesTo }) => resolvesTo))).toEqual(new Set([pods[0].name]));
    for (const { container: { env } } of pods) {
      expect(env).toMatchObject({
        PET_NNODES: '2:4', PET_NPROC_PER_NODE: '8', PET_RDZV_BACKEND: 'c10d', PET_MAX_RESTARTS: '3', PET_SHUTDOWN_TIMEOUT: '110',
      });
      expect(env.PET_RDZV_ENDPOINT).toMatch(/:29400$/);
      expect(env.PET_RDZV_ID).toBe('train');
    }
  });

  test('lets each worker be dialled by its address', () => {
    expect(pods.map(({ container }) => container.env.PET_LOCAL_ADDR)).toEqual(pods.map(({ ip }) => ip));
  });

  test('gives no worker a rank', () => {
    for (const { container: { env } } of pods) expect(Object.keys(env)).not.toContain('PET_NODE_RANK');
  });

  test('has each round meet in a store of its own', () => {
    expect(pods.map(({ container }) => container.env.TORCH_DISABLE_SHARE_RDZV_TCP_STORE)).toEqual(['1', '1', '1', '1']);
  });

  test('starts torchrun with the script', () => {
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

describe('elastic PyTorch', () => {
  const endOf = (props: Props, target = V1_31): unknown =>
    train({ framework, engine: Engine.indexedJob(), ...props }, { target }).workload.spec.successPolicy;
  const warned = (props: Props, target = V1_31): string[] => warningsOn(run({ framework, ...props }, target).job).map(lineOf);

  test('is told what the user says', () => {
    const told = elastic({ minWorkers: 1, processesPerWorker: 2, port: 12345, maxRestarts: 7, joinTimeout: Duration.hours(1) });
    const { pods } = run({ framework: told });
    expect(pods[3].container.env).toMatchObject({
      PET_NNODES: '1:4', PET_NPROC_PER_NODE: '2', PET_RDZV_ENDPOINT: 'train-0.train:12345', PET_MAX_RESTARTS: '7', PET_RDZV_CONF: 'join_timeout=3600',
    });
  });

  test('leaves the time to join to torchrun', () => {
    expect(run({ framework }).pods[0].container.env).not.toHaveProperty('PET_RDZV_CONF');
  });

  test('is done when worker 0 is: who comes later finds nobody', () => {
    expect(endOf({})).toEqual({ rules: [{ succeededIndexes: '0' }] });
    const { manifests } = run({ framework, engine: Engine.jobSet() });
    expect(manifests[0].spec.replicatedJobs[0].template.spec.successPolicy).toEqual({ rules: [{ succeededIndexes: '0' }] });
  });

  test('is done when all workers are, if the user says so', () => {
    expect(endOf({ success: SuccessPolicy.allWorkers() })).toBeUndefined();
    expect(warned({ engine: Engine.indexedJob(), success: SuccessPolicy.allWorkers() }, V1_30)).toEqual([]);
  });

  test('of Kubernetes 1.30 warns that a worker may come too late', () => {
    expect(endOf({}, V1_30)).toBeUndefined();
    const expected = [
      'train/elastic-end | framework.minWorkers: expected Kubernetes 1.31 or newer, whose Jobs can be done when worker 0 is, found target 1.30: a worker that is not there at the end of the training fails the job afterwards | raise the `target` of the app, or say `success: SuccessPolicy.allWorkers()` where there is room for all of them in the end',
    ];
    expect(warned({ engine: Engine.indexedJob() }, V1_30)).toEqual(expected);
    expect(warned({ engine: Engine.jobSet() }, V1_30)).toEqual(expected);
    expect(warned({ engine: Engine.statefulSet() }, V1_30)).toEqual([]);
    expect(warned({ engine: Engine.indexedJob() }, V1_31)).toEqual([]);
  });

  test('on a PyTorchJob warns of it too: the operator asks all workers', () => {
    expect(warned({ engine: Engine.pytorchJob() })).toEqual([
      'train/elastic-end | framework.minWorkers: expected an engine that is done when worker 0 is: Engine.indexedJob() or Engine.jobSet(), from Kubernetes 1.31 on, found Engine.pytorchJob(), whose operator asks all workers: a worker that is not there at the end of the training fails the job afterwards | use one of them, or say `success: SuccessPolicy.allWorkers()` where there is room for all of them in the end',
    ]);
    expect(warned({ engine: Engine.pytorchJob(), success: SuccessPolicy.allWorkers() })).toEqual([]);
    expect(errorsOf(refused({ framework, engine: Engine.pytorchJob(), success: SuccessPolicy.firstWorker() }))).toEqual([
      'train/success | success: expected an engine that is done when worker 0 of an elastic group is: Engine.indexedJob() or Engine.jobSet(), from Kubernetes 1.31 on, found Engine.pytorchJob(), whose operator asks all workers | use one of them, or leave `success` out',
    ]);
  });

  test('in a JobSet loses one worker without the others', () => {
    const { manifests } = run({ framework, engine: Engine.jobSet() });
    const { backoffLimit, podFailurePolicy } = manifests[0].spec.replicatedJobs[0].template.spec;
    expect(backoffLimit).toBe(12);
    expect(podFailurePolicy.rules[0].action).toBe('Ignore');
  });

  test('warns of a size that cannot change', () => {
    expect(warned({ framework: elastic({ minWorkers: 4 }) })).toEqual([
      'train/elastic-fixed | framework.minWorkers: expected fewer than `workers`: a group of a fixed size recovers faster with the static rendezvous, found 4 of 4 | lower `minWorkers`, or use Framework.pytorch()',
    ]);
  });

  test('warns of checkpoints that lie apart', () => {
    const own = CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(1), path: '/checkpoints', directoryPerWorker: true });
    const line = (found: string): string => `train/checkpoints-apart | checkpoints: expected one directory for all workers: the rank of a worker changes when others come and go, found ${found} | use CheckpointVolume.shared() or CheckpointVolume.existing(), without \`directoryPerWorker\`; or let every worker save and restore all of the model`;
    expect(warned({ checkpoints: own })).toEqual([line('a directory for each worker')]);
    expect(warned({ checkpoints: CHECKPOINTS.perWorker(), engine: Engine.statefulSet() })).toEqual([line('a claim for each worker')]);
  });

  test.each<[string, Partial<PytorchElasticProps>, string]>([
    ['more workers at least than at most', { minWorkers: 5 },
      'train/framework-option | framework.minWorkers: expected at most `workers`, which are the most, found 5 of 4 | lower `minWorkers`, or raise `workers`'],
    ['no worker at least', { minWorkers: 0 },
      'train/framework-option | framework.minWorkers: expected a whole number from 1, found 0 | set `minWorkers` to the fewest workers that can train'],
    ['half a process', { processesPerWorker: 0.5 },
      'train/framework-option | framework.processesPerWorker: expected a whole number from 1 to 1024, found 0.5 | set `processesPerWorker` within the range, or leave it out'],
    ['a port beyond all ports', { port: 65_536 },
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 65536 | set `port` within the range, or leave it out'],
    ['no restart, since the loss of a worker is one', { maxRestarts: 0 },
      'train/framework-option | framework.maxRestarts: expected a whole number from 1 to 1000000, found 0 | set `maxRestarts` within the range, or leave it out'],
    ['a fraction of a second to join', { joinTimeout: Duration.millis(500) },
      'api/seconds | framework.joinTimeout: expected whole seconds from 1 to 2147483647, found 0.5 s | set `joinTimeout`, as Duration.minutes(30)'],
  ])('refuses %s', (_, props, line) => {
    expect(errorsOf(refused({ framework: elastic(props) }))).toEqual([line]);
  });

  test('refuses a number of workers that is not there, in plain JavaScript', () => {
    expect(errorsOf(refused({ framework: Framework.pytorchElastic({} as PytorchElasticProps) }))).toEqual([
      'train/framework-option | framework.minWorkers: expected a whole number from 1, found none | set `minWorkers` to the fewest workers that can train',
    ]);
    expect(errorsOf(refused({ framework: elastic({ joinTimeout: 600 as never }) }))).toEqual([
      'props/type | framework.joinTimeout: expected a Duration, found 600 | set `joinTimeout`, as Duration.minutes(30)',
    ]);
  });

  test.each([
    ['PET_NNODES', 'torchrun reads its options from it, and the job sets them'],
    ['TORCH_DISABLE_SHARE_RDZV_TCP_STORE', 'the job sets it: with a shared store, workers meet what was left of those before'],
  ])('keeps %s to itself', (name, why) => {
    expect(errorsOf(refused({ framework, env: { [name]: '1' } }))).toEqual([
      `train/reserved-env | env.${name}: expected no \`${name}\`: ${why}, found a value for ${name} | leave \`${name}\` out`,
    ]);
  });
});
