import type { ProblemSink } from '../../findings/collector';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { workersOnly } from '../roles';
import type { FrameworkSpec, ProcessSpec, WorldSpec } from './framework-spec';
import { checkWholeNumber, MAX_PORT } from './options';
import { preferOneDirectory } from './shared-directory';
import { reservedHostname } from './torchrun';

const DOCS = 'https://docs.jax.dev/en/latest/multi_process.html';
const DEFAULT_PORT = 1234;
const PROCESS_ID = 'JAX_PROCESS_ID';
const PROCESSES = 'JAX_NUM_PROCESSES';
const COORDINATOR = 'JAX_COORDINATOR_ADDRESS';

/** Options of JAX. */
export interface JaxProps {
  /**
   * TCP port of the coordinator in worker 0.
   *
   * @default 1234 - Kubeflow's own in a TrainJob
   */
  readonly port?: number;
}

/** One process in each pod, with all its devices; worker 0 is the coordinator. */
export function jax(props: JaxProps): FrameworkSpec {
  const port = props.port ?? DEFAULT_PORT;
  return {
    id: 'jax',
    name: 'JAX',
    factory: 'Framework.jax()',
    port,
    checkpointsTogether: true,
    keepsExitCodes: true,
    roles: workersOnly,
    reserved: reservedByJax,
    docs: DOCS,
    check: sink => checkWholeNumber({ path: 'port', value: props.port, min: 1, max: MAX_PORT, link: DOCS }, sink),
    checkJob: (job, sink) => {
      checkPort(job, props, sink);
      checkTpu(job, sink);
      preferOneDirectory(job, 'one directory for all workers: each writes its part of a checkpoint, and reads those of others', sink);
    },
    processes: world => processOf(world, port),
  };
}

function processOf({ wiring, role, placeOf, command }: WorldSpec, port: number): ProcessSpec {
  const isOperator = wiring === 'operator';
  const own: EnvVar[] = isOperator ? [] : [
    { name: COORDINATOR, value: `${placeOf('worker').address(0)}:${port}` },
    { name: PROCESSES, value: String(role.replicas) },
  ];
  return { rankVariable: PROCESS_ID, command: ['python'], args: command, env: own, processes: 1 };
}

function reservedByJax(variable: string): string | undefined {
  if (variable === COORDINATOR) return 'the job sets it to the address of worker 0';
  if (variable === PROCESSES) return 'the job sets it to the number of workers';
  if (variable === PROCESS_ID) return 'the job sets it to the index of the worker';
  return reservedHostname(variable);
}

/** The operator has a port of its own. */
function checkPort({ engine }: Partial<DistributedTrainingJobProps>, { port }: JaxProps, sink: ProblemSink): void {
  if (port === undefined || engine?._spec.id !== 'trainJob') return;
  sink.error({
    ruleId: 'train/framework-option',
    path: 'framework.port',
    expected: `no \`port\`: the operator of ${engine._spec.factory} sets its own`,
    found: String(port),
    fix: 'leave `port` out, or use another engine',
  });
}

/**
 * libtpu finds the hosts of a slice by `TPU_WORKER_ID` and `TPU_WORKER_HOSTNAMES`. GKE sets them in the pods of Jobs and so
 * of JobSets, and LeaderWorkerSet in its own; they are left alone. Nobody sets them in a StatefulSet.
 */
function checkTpu(job: Partial<DistributedTrainingJobProps>, sink: ProblemSink): void {
  const { engine, accelerator, workers, checkpoints, env, envValues } = job;
  const isStatefulSet = engine ? engine._spec.id === 'statefulSet' : checkpoints?._perWorker !== undefined;
  if (accelerator?.resourceName !== 'google.com/tpu' || !isStatefulSet || !(workers! > 1)) return;
  if ('TPU_WORKER_HOSTNAMES' in { ...env, ...envValues }) return;
  sink.warn({
    ruleId: 'train/tpu-hosts',
    path: 'engine',
    expected: 'Engine.indexedJob(), Engine.jobSet() or Engine.leaderWorkerSet(), whose pods are told TPU_WORKER_ID and TPU_WORKER_HOSTNAMES',
    found: 'Engine.statefulSet()',
    fix: `use one of them, or set TPU_WORKER_ID in \`env\` to $(${PROCESS_ID}) (from Kubernetes 1.28), and TPU_WORKER_HOSTNAMES to the names of all workers`,
    link: 'https://cloud.google.com/kubernetes-engine/docs/how-to/tpus',
  });
}
