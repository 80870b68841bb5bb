import { ProblemSink, under } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineSpec } from '../engines/engine-spec';

/** Checks of what is asked of workers while they run. */
export function checkProbes({ liveness, readiness }: DistributedTrainingJobProps, { mpi, factory }: EngineSpec, sink: ProblemSink): void {
  readiness?._check(under('readiness', sink));
  liveness?._check(under('liveness', sink));
  liveness?._checkLiveness(under('liveness', sink));
  if (!readiness || !mpi || readiness._tcpPort === mpi.sshPort) return;
  sink.warn({
    ruleId: 'train/readiness',
    path: 'readiness',
    expected: `a worker that is ready before the training begins, as WorkerProbe.tcp(${mpi.sshPort}) finds its sshd: the launcher is made when all are ready`,
    found: `another probe with ${factory}`,
    fix: `probe the port of sshd, or leave \`readiness\` out`,
    link: 'https://github.com/kubeflow/mpi-operator/issues/481',
  });
}
