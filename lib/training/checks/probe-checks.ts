import { ProblemSink, under } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { PAIRS } from '../pairs';
import type { JobContext } from './job-checks';

/** Where processes meet that are started by ssh, as PyTorch has it by itself. */
const USUAL_PORT = 29_500;

/** Checks of what is asked of workers while they run. */
export function checkProbes(props: DistributedTrainingJobProps, context: JobContext, sink: ProblemSink): void {
  const { liveness, readiness } = props;
  const { mpi, factory } = context.engine._spec;
  readiness?._check(under('readiness', sink));
  liveness?._check(under('liveness', sink));
  liveness?._checkLiveness(under('liveness', sink));
  checkPorts(props, context, sink);
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

/** At the port of the rendezvous the others dial worker 0; they themselves do not listen there. */
function checkPorts(props: DistributedTrainingJobProps, { engine, framework }: JobContext, sink: ProblemSink): void {
  const { id, name } = framework._spec;
  const { mpi, operatorPort } = engine._spec;
  // each of the tasks of TensorFlow listens on the port; who trains alone is worker 0
  if (id === 'tensorflow' || id === 'tensorflowParameterServer' || props.workers === 1) return;
  const byOperator = PAIRS[id][engine._spec.id] === 'operator';
  const port = mpi ? USUAL_PORT : (byOperator ? operatorPort : undefined) ?? framework._spec.port;
  for (const prop of ['liveness', 'readiness'] as const) {
    const probed = props[prop]?._port;
    if (probed !== port || probed === mpi?.sshPort) continue;
    const reason = mpi ? `mpirun starts the processes by ssh, and at most one of them listens on ${port}` : `of ${name} only worker 0 listens on ${port}`;
    sink.error({
      ruleId: 'train/probe-port',
      path: `${prop}.port`,
      expected: `a port that every worker listens on: ${reason}`,
      found: `${port}, with which the others ${prop === 'liveness' ? 'are stopped again and again' : 'never get ready'}`,
      fix: mpi ? `probe the port of sshd, as WorkerProbe.tcp(${mpi.sshPort}), or leave \`${prop}\` out` : `probe a port of the script's own, or leave \`${prop}\` out`,
    });
  }
}
