import { Size } from 'cdk8s';
import { afterEach, describe, expect, test } from 'vitest';
import { CheckpointVolume, DistributedTrainingJob, Engine, Framework, KubernetesVersion } from '../../../lib';
import { chartIn, manifestsOf } from '../../support/manifests';
import { LocalCluster } from '../../support/real/cluster';
import { frameworks } from '../../support/real/python';
import { resolvePods } from '../../support/rendezvous/pods';
import { MINIMUM, SHARED } from '../../support/training';

const { V1_27, V1_36 } = KubernetesVersion;
const CHECKPOINTS = '/mnt/checkpoints';
/** Adds up the ranks, each of them one more than it is; each process writes a file of the same name. */
const SUMS = 'all_reduce.py';

interface World {
  readonly name: string;
  readonly framework: Framework;
  readonly engine: Engine;
  readonly target: KubernetesVersion;
  readonly script: string;
}

const torch = frameworks('torch', 'accelerate');
const jax = frameworks('jax');
const tensorflow = frameworks('tensorflow');

let cluster: LocalCluster;
afterEach(() => cluster.remove());

/** Two workers, from nothing but what was synthesized. */
async function start({ framework, engine, target, script }: World, ...args: string[]): Promise<void> {
  const chart = chartIn({ target });
  new DistributedTrainingJob(chart, 'train', {
    ...MINIMUM, name: 'train', engine, framework, workers: 2, command: [script, ...args],
    checkpoints: CheckpointVolume.shared({
      tier: SHARED, size: Size.gibibytes(10), path: CHECKPOINTS, ...(script === SUMS && { directoryPerWorker: true }),
    }),
  });
  cluster = await LocalCluster.of(resolvePods(manifestsOf(chart), { target }), { bin: torch.bin, workingDir: import.meta.dirname });
  await cluster.startAll();
}

/** Each process tells its rank, the size of the world, and a sum over all ranks. */
async function expectOneWorld(): Promise<void> {
  expect(await cluster.finish('pod', { most: 0 })).toBe(0);
  const told = cluster.told();
  expect(told.map(({ rank }) => rank).sort(), cluster.output()).toEqual([0, 1]);
  for (const { world, sum } of told) expect({ world, sum }, cluster.output()).toEqual({ world: 2, sum: 1 });
}

describe.skipIf(jax.missing !== undefined)('two processes of JAX, from the manifests', () => {
  const script = 'jax_world.py';
  test.each<World>([
    { name: 'a StatefulSet of 1.27, whose rank a shell reads', framework: Framework.jax(), engine: Engine.statefulSet(), target: V1_27, script },
    { name: 'a JobSet', framework: Framework.jax(), engine: Engine.jobSet(), target: V1_36, script },
    { name: 'a TrainJob', framework: Framework.jax(), engine: Engine.trainJob(), target: V1_36, script },
  ])('are one world in $name', { timeout: 200_000, retry: 1 }, async world => {
    await start(world);
    await expectOneWorld();
  });
});

describe.skipIf(tensorflow.missing !== undefined)('two workers of TensorFlow, from the manifests', () => {
  const script = 'tensorflow_world.py';
  test.each<World>([
    { name: 'a StatefulSet of 1.27, whose rank a shell reads', framework: Framework.tensorflow(), engine: Engine.statefulSet(), target: V1_27, script },
    { name: 'an Indexed Job', framework: Framework.tensorflow(), engine: Engine.indexedJob(), target: V1_36, script },
  ])('are one world in $name', { timeout: 200_000, retry: 1 }, async world => {
    await start(world);
    await expectOneWorld();
  });
});

describe.skipIf(tensorflow.missing !== undefined)('parameter servers of TensorFlow, from the manifests', () => {
  test('serve the workers until the chief of a JobSet is done', { timeout: 300_000, retry: 1 }, async () => {
    const framework = Framework.tensorflowParameterServer({ parameterServers: 1 });
    await start({ name: '', framework, engine: Engine.jobSet(), target: V1_36, script: 'tensorflow_ps.py' });
    const chief = cluster.pods.find(({ pod }) => pod.role === 'chief')!;
    expect(await chief.exit, cluster.output()).toBe(0);
    expect(cluster.told()).toContainEqual(expect.objectContaining({ role: 'chief', workers: 2, steps: 40, world: { chief: 1, worker: 2, ps: 1 } }));
    // the others never end by themselves: the set is done with its chief
    expect(cluster.running).toHaveLength(3);
  });
});

describe.skipIf(torch.missing !== undefined)('PyTorch without torchrun, from the manifests', () => {
  test.each<World>([
    { name: 'without a launcher, in a JobSet', framework: Framework.pytorchPlain(), engine: Engine.jobSet(), target: V1_36, script: SUMS },
    { name: 'by Accelerate, in an Indexed Job', framework: Framework.accelerate(), engine: Engine.indexedJob(), target: V1_36, script: SUMS },
    { name: 'by Accelerate, in a StatefulSet of 1.27', framework: Framework.accelerate(), engine: Engine.statefulSet(), target: V1_27, script: SUMS },
  ])('is one world $name', { timeout: 200_000, retry: 1 }, async world => {
    await start(world, `--checkpoints=${CHECKPOINTS}`, '--steps=2');
    expect(await cluster.finish('pod', { most: 0 })).toBe(0);
    expect(cluster.told('done').map(({ rank }) => rank).sort(), cluster.output()).toEqual([0, 1]);
    expect(new Set(cluster.told('step').map(({ total }) => total))).toEqual(new Set([1 + 2]));
  });
});
