import { Size } from 'cdk8s';
import { afterEach, describe, expect, test } from 'vitest';
import { CheckpointVolume, DistributedTrainingJob, Engine, Framework } from '../../../lib';
import { frameworks } from '../../support/real/python';
import { LocalCluster, type Told } from '../../support/real/cluster';
import { resolvePods } from '../../support/rendezvous/pods';
import { chartIn, manifestsOf } from '../../support/manifests';
import { DISK, MINIMUM, SHARED } from '../../support/training';

const { bin, missing } = frameworks('torch');
const PATH = '/mnt/checkpoints';
const SIZE = Size.gibibytes(10);
const OWN = (): CheckpointVolume => CheckpointVolume.perWorker({ tier: DISK, size: SIZE, path: PATH });
const ONE = (): CheckpointVolume => CheckpointVolume.shared({ tier: SHARED, size: SIZE, path: PATH });

const STEPS = 20;
/** Incidents that a job survives unless told otherwise. */
const RESTARTS = 3;
/** Sum of `rank + 1` over four ranks. */
const TOTAL = 1 + 2 + 3 + 4;

const ENGINES = [
  { name: 'StatefulSet', engine: Engine.statefulSet(), checkpoints: OWN, again: 'pod' as const },
  { name: 'Indexed Job', engine: Engine.indexedJob(), checkpoints: ONE, again: 'pod' as const },
  { name: 'JobSet', engine: Engine.jobSet(), checkpoints: ONE, again: 'all' as const },
];

let cluster: LocalCluster;
afterEach(() => cluster.remove());

/** Two workers of two processes, from nothing but what was synthesized. */
async function start({ engine, checkpoints }: Omit<typeof ENGINES[number], 'again'>): Promise<void> {
  const chart = chartIn();
  new DistributedTrainingJob(chart, 'train', {
    ...MINIMUM,
    engine,
    workers: 2,
    framework: Framework.pytorch({ processesPerWorker: 2 }),
    command: ['all_reduce.py', `--checkpoints=${PATH}`, `--steps=${STEPS}`],
    checkpoints: checkpoints(),
    env: { OMP_NUM_THREADS: '1' },
    name: 'train',
  });
  cluster = await LocalCluster.of(resolvePods(manifestsOf(chart)), { bin, workingDir: import.meta.dirname });
  await cluster.startAll();
  await cluster.until(() => cluster.told('step').filter(({ step }) => step === 5).length === 4, 'five steps of four ranks');
}

const ranksOf = (told: readonly Told[]): number[] => [...new Set(told.map(({ rank }) => rank))].sort();

/** What all four ranks told in the end, however often they were started again. */
function expectOneModel(): void {
  const starts = cluster.told('start');
  expect(new Set(starts.map(({ world }) => world)), cluster.output()).toEqual(new Set([4]));
  expect(new Set(starts.map(({ host }) => host)).size).toBe(2);
  expect(ranksOf(cluster.told('done')), cluster.output()).toEqual([0, 1, 2, 3]);
  expect(new Set(cluster.told('step').map(({ total }) => total))).toEqual(new Set([TOTAL]));
  // a claim, or a directory of one, for each worker, and a file for each of its processes
  expect(cluster.files().filter(file => file.endsWith('.pt'))).toHaveLength(4);
}

/** Each went on from the checkpoint that it had written itself, and all from the same step. */
function expectResumed(): void {
  const again = cluster.told('start').filter(({ step }) => step > 0);
  expect(ranksOf(again), cluster.output()).toEqual([0, 1, 2, 3]);
  for (const { rank, was, step, own } of again) {
    expect(was).toBe(rank);
    expect(step).toBeGreaterThanOrEqual(4);
    expect(own - step).toBeLessThanOrEqual(1);
  }
}

describe.skipIf(missing !== undefined)('two workers of two processes under torchrun, from the manifests', () => {
  test.each(ENGINES)('train one model in $name, through the death of a rank and of a pod', { timeout: 300_000, retry: 1 }, async ({ again, ...setup }) => {
    await start(setup);
    // WHEN a process is gone, which all notice
    process.kill(cluster.told('start').find(({ rank }) => rank === 1)!.pid as number, 'SIGKILL');
    const finished = cluster.finish(again);
    finished.catch(() => undefined);
    await cluster.until(() => cluster.told('step').some(({ step }) => step === 10), 'ten steps');
    // and then a node
    await cluster.running.at(-1)!.kill();
    const failures = await finished;
    // THEN each incident has cost each worker once, or the set once; where the machine is slow, no more than the job may lose
    const [least, most] = again === 'all' ? [2, RESTARTS] : [4, 2 * RESTARTS];
    expect(failures, cluster.output()).toBeGreaterThanOrEqual(least);
    expect(failures, cluster.output()).toBeLessThanOrEqual(most);
    expectOneModel();
    expectResumed();
  });
});
