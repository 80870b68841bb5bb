import { Size } from 'cdk8s';
import { afterEach, describe, expect, test } from 'vitest';
import { CheckpointVolume, DistributedTrainingJob, Engine, Framework } from '../../../lib';
import { chartIn, manifestsOf } from '../../support/manifests';
import { LocalCluster, type Told } from '../../support/real/cluster';
import { frameworks } from '../../support/real/python';
import { resolvePods } from '../../support/rendezvous/pods';
import { MINIMUM, SHARED } from '../../support/training';

const { bin, missing } = frameworks('torch');
const PATH = '/mnt/checkpoints';

let cluster: LocalCluster;
afterEach(() => cluster.remove());

/** Steps in a world of some size, after a step. */
const steps = (world: number, after = 0): Told[] => cluster.told('step').filter(told => told.world === world && told.step > after);

describe.skipIf(missing !== undefined)('elastic PyTorch, from the manifests', () => {
  test('goes on with the workers that are left, and takes in the one that comes back', { timeout: 400_000, retry: 1 }, async () => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', {
      ...MINIMUM,
      name: 'train',
      engine: Engine.indexedJob(),
      framework: Framework.pytorchElastic({ minWorkers: 1 }),
      workers: 2,
      command: ['all_reduce.py', `--checkpoints=${PATH}`, '--steps=400'],
      checkpoints: CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(10), path: PATH, directoryPerWorker: true }),
      env: { OMP_NUM_THREADS: '1' },
    });
    const pods = resolvePods(manifestsOf(chart));
    cluster = await LocalCluster.of(pods, { bin, workingDir: import.meta.dirname });
    await cluster.startAll();
    await cluster.until(() => steps(2).length > 10, 'steps of two workers');
    // WHEN
    await cluster.pods[1].kill();
    await cluster.until(() => steps(1).length > 10, 'steps of the worker that is left', 180);
    const [first] = steps(1);
    expect(first.step).toBeGreaterThan(4);
    // AND
    await cluster.start(pods[1]);
    await cluster.until(() => steps(2, steps(1).at(-1)!.step as number).length > 5, 'steps of two workers again', 180);
    // THEN both add up again
    expect(new Set(steps(2).map(({ total }) => total))).toEqual(new Set([1 + 2]));
    expect(new Set(steps(1).map(({ total }) => total))).toEqual(new Set([1]));
  });
});
