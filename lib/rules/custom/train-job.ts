import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { errorRule, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';

export const TRAIN_JOB_ENV = errorRule({
  id: 'silent/train-job-env',
  title: 'A TrainJob leaves what torchrun is told to its runtime',
  why: 'The runtime tells torchrun the number of nodes, the rank and the address of the first. The webhook of Kubeflow Trainer refuses a TrainJob that sets them itself.',
  fix: 'leave the variable out, and set numNodes and numProcPerNode of the trainer',
  link: 'https://github.com/kubeflow/trainer/blob/master/pkg/runtime/framework/plugins/torch/torch.go',
});

export const TRAIN_JOB_RULES: readonly Rule[] = [TRAIN_JOB_ENV];

const TRAINER = 'trainer.kubeflow.org';
const RESERVED: ReadonlySet<string> = new Set(['PET_NNODES', 'PET_NPROC_PER_NODE', 'PET_NODE_RANK', 'PET_MASTER_ADDR', 'PET_MASTER_PORT']);
/** Names of the runtimes that come with Kubeflow Trainer. */
const TORCH_RUNTIME = /^torch/;
const ENV = Path.ROOT.fields('spec', 'trainer', 'env');

/** Judges variables that a runtime of PyTorch sets itself. */
export function checkTrainJobs(view: BundleView): void {
  for (const subject of view.all(`${TRAINER}/TrainJob`)) checkEnv(view, subject);
}

function checkEnv(view: BundleView, subject: Subject): void {
  const { trainer, runtimeRef }: Json = subject.json.spec ?? {};
  const env: readonly Json[] | undefined = trainer?.env;
  if (env === undefined || isTorchTune(trainer.command)) return;
  for (let i = 0; i < env.length; i++) {
    if (!RESERVED.has(env[i].name)) continue;
    const detail = { expected: 'variables other than those that the runtime sets', found: quoted(env[i].name) };
    const runsTorch = isTorch(view, subject, runtimeRef ?? {});
    if (runsTorch) subject.report(TRAIN_JOB_ENV, ENV.index(i).field('name'), detail);
    else if (runsTorch === undefined) subject.unresolved(TRAIN_JOB_ENV, ENV.index(i).field('name'), detail);
  }
}

/** torchtune gets the same as arguments. */
function isTorchTune(command: readonly string[] | undefined): boolean {
  return command?.length === 2 && command[0] === 'tune' && command[1] === 'run';
}

/** Undefined where nobody knows what the runtime is. */
function isTorch(view: BundleView, { manifest }: Subject, { name = '', kind = 'ClusterTrainingRuntime' }: Json): boolean | undefined {
  const namespace = kind === 'TrainingRuntime' ? manifest.namespace : '';
  const runtime = view.find(`${TRAINER}/${kind}`, namespace, name);
  const policy: Json | undefined = runtime?.json.spec?.mlPolicy;
  if (policy !== undefined) return policy.torch !== undefined;
  return TORCH_RUNTIME.test(name) ? true : undefined;
}
