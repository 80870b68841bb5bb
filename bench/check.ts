/**
 * Child process: what the rules cost, on jobs of the library's own constructs.
 *
 *     node check.js rate <jobs>                      objects checked a second, warm, in one thread
 *     node check.js synth <jobs> <outdir> [unchecked]  CPU of a synth of as many charts with a job each
 */
import { Chart, Size } from 'cdk8s';
import {
  Accelerator, AwsEbs, AwsEfs, CheckpointVolume, DistributedTrainingJob, Engine, Framework, KubernetesVersion, ManifestChecker, MlApp,
  Severity, SharedDataset, StorageTier,
} from 'cdk8s-ml';
import type { Sample } from './measure';

/** Long enough for the compiler of the engine to have done its work. */
const WARM_UP_MS = 1_500;
const MEASURED_MS = 2_000;

/** A job of eight workers with a disk for each, in a namespace of its own, that reads a dataset. */
function addJob(app: MlApp, i: number): Chart {
  const chart = new Chart(app, `team-${i}`, { namespace: `team-${i}` });
  const fast = new StorageTier(chart, 'fast', { backend: AwsEbs.gp3({ iops: 16000, throughput: 1000 }) });
  const dataset = SharedDataset.onFileSystem(chart, 'imagenet', {
    fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(2),
  });
  new DistributedTrainingJob(chart, 'resnet', {
    image: 'ghcr.io/acme/train:1.4.2', command: ['train.py', '--epochs=90'], framework: Framework.pytorch(), engine: Engine.statefulSet(), workers: 8,
    accelerator: Accelerator.nvidia(8), memory: Size.gibibytes(512), datasets: [dataset.at('/data')],
    checkpoints: CheckpointVolume.perWorker({ tier: fast, size: Size.gibibytes(500), path: '/checkpoints' }),
  });
  return chart;
}


function cpuMs(use: () => void): number {
  const before = process.cpuUsage();
  use();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Repeats `use` for at least so long, and says how often it ran in how much CPU time. */
function repeat(use: () => void, atLeastMs: number): { readonly times: number; readonly ms: number } {
  let times = 0;
  let ms = 0;
  while (ms < atLeastMs) {
    ms += cpuMs(use);
    times++;
  }
  return { times, ms };
}

function rate(jobs: number): void {
  // an app for each: a chart renders its whole app
  const chartOf = (i: number): Chart => addJob(new MlApp({ target: KubernetesVersion.V1_36 }), i);
  const made = Array.from({ length: jobs }, (_, i) => chartOf(i).toJson() as unknown[]).flat();
  // as they are read from files: the apps need not be there any more
  const objects = JSON.parse(JSON.stringify(made)) as unknown[];
  const checker = new ManifestChecker({ target: KubernetesVersion.V1_36 });
  const wrong = checker.check(objects).violations(Severity.WARNING);
  if (wrong.length > 0) throw new Error(`the jobs are not clean: ${wrong[0].message}`);
  const perSecond = (use: () => void): number => {
    repeat(use, WARM_UP_MS);
    const { times, ms } = repeat(use, MEASURED_MS);
    return objects.length * times / ms * 1000;
  };
  const checked = perSecond(() => checker.check(objects));
  const written = perSecond(() => JSON.stringify(objects));
  console.log(JSON.stringify({ objects: objects.length, checked, written }));
}

function synth(jobs: number, outdir: string, validate: boolean): void {
  const app = new MlApp({ outdir, validate, target: KubernetesVersion.V1_36 });
  for (let i = 0; i < jobs; i++) addJob(app, i);
  const part = cpuMs(() => app.synth());
  const { user, system } = process.cpuUsage();
  const sample: Sample = { part, process: (user + system) / 1000 };
  console.log(JSON.stringify(sample));
}

const [mode, jobs, outdir, unchecked] = process.argv.slice(2);
if (mode === 'rate') rate(Number(jobs)); else synth(Number(jobs), outdir, unchecked === undefined);
