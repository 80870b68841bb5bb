import { KubernetesVersion } from '../../kubernetes-version';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { hasReached } from '../../private/target';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineId } from '../engines/engine-spec';
import { CAPABILITIES } from '../pairs';
import type { JobContext } from './job-checks';

const SUCCESS_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy';
const FAILURE_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy';
/** Engines that leave it to the policy of a Job, where there is but one role. */
const BY_JOB: readonly EngineId[] = ['indexedJob', 'jobSet', 'trainJob'];
/** The most values that a rule of the API holds. */
const MAX_CODES = 255;

/** Checks of when a job has succeeded, and of what it has failed by. */
export function checkEnd(props: DistributedTrainingJobProps, context: JobContext, target: KubernetesVersion, sink: ProblemSink): void {
  checkSuccess(props, context, target, sink);
  if (props.failOnExitCodes) checkExitCodes(props.failOnExitCodes, context, sink);
}

function checkSuccess(
  { success, workers }: DistributedTrainingJobProps, { engine, framework }: JobContext, target: KubernetesVersion, sink: ProblemSink,
): void {
  const { id, factory } = engine._spec;
  // the launcher of an MPIJob ends with all processes: it is both
  if (!success || !CAPABILITIES[id].includes('completion') || id === 'mpiJob') return;
  const roles = framework._spec.roles(workers >= 1 ? workers : 1, id);
  const endless = roles.filter(({ ends }) => !ends).map(({ name }) => name);
  if (!success._firstDecides) {
    const reason = endless.length > 0 ? `pods of the role ${endless.join(', ')} never end` : 'the operator asks the master alone';
    // it has no master where the number of workers may change
    if (endless.length === 0 && (id !== 'pytorchJob' || framework._spec.minWorkers !== undefined)) return;
    sink.error({
      ruleId: 'train/success',
      path: 'success',
      expected: `SuccessPolicy.firstWorker(): ${reason}`,
      found: `SuccessPolicy.allWorkers() with ${endless.length > 0 ? framework._spec.factory : factory}`,
      fix: 'leave `success` out',
    });
  } else if (roles.length === 1 && BY_JOB.includes(id) && !hasReached(target, KubernetesVersion.V1_31)) {
    sink.error({
      ruleId: 'api/since',
      path: 'success',
      expected: 'Kubernetes 1.31 or newer, whose Jobs have a success policy',
      found: `target ${target}`,
      fix: 'raise the `target` of the app, or leave `success` out and let all workers end',
      link: SUCCESS_DOCS,
    });
  }
}

function checkExitCodes(codes: readonly number[], { framework }: JobContext, sink: ProblemSink): void {
  const wrong = codes.filter((code, i) => !Number.isInteger(code) || code < 1 || code > 255 || codes.indexOf(code) !== i);
  if (wrong.length > 0 || codes.length === 0 || codes.length > MAX_CODES) {
    sink.error({
      ruleId: 'train/exit-codes',
      path: 'failOnExitCodes',
      expected: 'exit codes from 1 to 255, each once',
      found: described(wrong.length > 0 ? wrong : codes),
      fix: 'list the codes that the script ends with where no restart will help, as [3], or leave it out',
      link: FAILURE_DOCS,
    });
  }
  if (framework._spec.keepsExitCodes) return;
  sink.error({
    ruleId: 'train/exit-codes',
    path: 'failOnExitCodes',
    expected: 'a framework whose launcher ends with the exit code of the script',
    found: `${framework._spec.factory}, whose launcher ends with 1, whatever the script says`,
    fix: 'leave `failOnExitCodes` out, or start the script without a launcher',
    link: 'https://docs.pytorch.org/docs/stable/elastic/run.html',
  });
}
