import { KubernetesVersion } from '../../kubernetes-version';
import type { ProblemSink } from '../../findings/collector';
import { hasReached } from '../../private/target';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineId } from '../engines/engine-spec';
import type { FrameworkSpec } from '../frameworks/framework-spec';
import type { JobContext } from './job-checks';

const DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy';
const PYTORCH_JOB = 'https://github.com/kubeflow/training-operator/blob/v1.9.3/pkg/controller.v1/pytorch/pytorchjob_controller.go';
/** Engines whose end is that of a Job. */
const BY_JOB: readonly EngineId[] = ['indexedJob', 'jobSet'];

/**
 * Whether worker 0 says that an elastic group is done. Its agent ends when those of all members have, and a worker that comes
 * after that finds nobody: it would fail a job that has succeeded.
 */
export function endsWithFirst({ success }: DistributedTrainingJobProps, { minWorkers }: FrameworkSpec, target: KubernetesVersion): boolean {
  return minWorkers !== undefined && success === undefined && hasReached(target, KubernetesVersion.V1_31);
}

/** Holds the end of an elastic group against what says that its workload is done. */
export function checkElasticEnd(
  { success }: DistributedTrainingJobProps, { engine, framework }: JobContext, target: KubernetesVersion, sink: ProblemSink,
): void {
  if (framework._spec.minWorkers === undefined) return;
  const { id, factory } = engine._spec;
  const others = 'Engine.indexedJob() or Engine.jobSet(), from Kubernetes 1.31 on';
  const asksAll = `${factory}, whose operator asks all workers`;
  if (id === 'pytorchJob' && success?._firstDecides === true) {
    sink.error({
      ruleId: 'train/success', path: 'success', expected: `an engine that is done when worker 0 of an elastic group is: ${others}`, found: asksAll,
      fix: 'use one of them, or leave `success` out', link: PYTORCH_JOB,
    });
  }
  if (success !== undefined) return;
  const say = { ruleId: 'train/elastic-end', path: 'framework.minWorkers' };
  const accept = 'say `success: SuccessPolicy.allWorkers()` where there is room for all of them in the end';
  const late = 'a worker that is not there at the end of the training fails the job afterwards';
  if (id === 'pytorchJob') {
    const expected = `an engine that is done when worker 0 is: ${others}`;
    sink.warn({ ...say, expected, found: `${asksAll}: ${late}`, fix: `use one of them, or ${accept}`, link: PYTORCH_JOB });
  } else if (BY_JOB.includes(id) && !hasReached(target, KubernetesVersion.V1_31)) {
    sink.warn({
      ...say,
      expected: 'Kubernetes 1.31 or newer, whose Jobs can be done when worker 0 is',
      found: `target ${target}: ${late}`,
      fix: `raise the \`target\` of the app, or ${accept}`,
      link: DOCS,
    });
  }
}
