import type { Duration } from 'cdk8s';
import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { checkSeconds } from '../../private/int32-checks';
import { reportType } from '../../private/prop-types';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { INDEX_VARIABLE } from '../pods/own-index';
import { type Role, workersOnly } from '../roles';
import type { FrameworkSpec, ProcessSpec, WorldSpec } from './framework-spec';
import { checkWholeNumber, MAX_PORT } from './options';
import { preferOneDirectory } from './shared-directory';
import { processesOf, reservedByTorchrun, TORCHRUN_DOCS, torchrunLimits } from './torchrun';

const ELASTIC_PORT = 29_400;
const RENDEZVOUS_DOCS = 'https://docs.pytorch.org/docs/stable/elastic/rendezvous.html';
const EXAMPLE = 'Duration.minutes(30)';
const SHARE_STORE = 'TORCH_DISABLE_SHARE_RDZV_TCP_STORE';

/** Options of an elastic PyTorch. */
export interface PytorchElasticProps {
  /** Fewest workers that the training goes on with; `workers` of the job are the most. Worker 0 must be among them. */
  readonly minWorkers: number;

  /**
   * Processes that torchrun starts in each worker.
   *
   * @default - one for each accelerator of a worker; 1 without
   */
  readonly processesPerWorker?: number;

  /**
   * TCP port of the rendezvous at worker 0.
   *
   * @default 29400
   */
  readonly port?: number;

  /**
   * How often torchrun starts the processes of the group again in place before a worker fails. A worker that is lost costs
   * each of the others one; one that joins costs none.
   *
   * @default 3
   */
  readonly maxRestarts?: number;

  /**
   * How long a worker waits for `minWorkers` to be there before it fails.
   *
   * @default Duration.minutes(10)
   */
  readonly joinTimeout?: Duration;
}

const DEFAULT_MAX_RESTARTS = 3;

/**
 * torchrun by `PET_*` variables, with a rendezvous by c10d at worker 0 that any number of workers in a range can join. The
 * rank of a process is not that of its pod, and it changes when workers come and go.
 */
export function torchrunElastic(props: PytorchElasticProps): FrameworkSpec {
  const port = props.port ?? ELASTIC_PORT;
  return {
    id: 'torchrunElastic',
    name: 'elastic PyTorch',
    factory: 'Framework.pytorchElastic()',
    port,
    checkpointsTogether: true,
    keepsExitCodes: false,
    minWorkers: props.minWorkers,
    roles: workers => workersOnly(workers).map((role): Role => ({ ...role, replaceable: true })),
    reserved: variable => variable === SHARE_STORE ? 'the job sets it: with a shared store, workers meet what was left of those before' : reservedByTorchrun(variable),
    docs: `${TORCHRUN_DOCS}#environment-variables`,
    check: sink => checkProps(props, sink),
    checkJob: (job, sink) => {
      checkRange(job, props, sink);
      preferOneDirectory(job, 'one directory for all workers: the rank of a worker changes when others come and go', sink);
    },
    processes: world => elasticRendezvous(world, props, port),
  };
}

function elasticRendezvous(world: WorldSpec, props: PytorchElasticProps, port: number): ProcessSpec {
  const processes = processesOf(world, props);
  const range: EnvVar[] = world.wiring === 'operator' ? [] : [
    { name: 'PET_NNODES', value: `${props.minWorkers}:${world.role.replicas}` },
    { name: 'PET_RDZV_BACKEND', value: 'c10d' },
    { name: 'PET_RDZV_ENDPOINT', value: `${world.placeOf('worker').address(0)}:${port}` },
  ];
  return {
    rankVariable: INDEX_VARIABLE,
    command: ['torchrun'],
    args: world.command,
    env: [...range, ...ownSettings(world, props, processes)],
    processes,
  };
}

/** What an operator leaves to the pods: of a job without a master, it does not even tell them `nprocPerNode`. */
function ownSettings(world: WorldSpec, props: PytorchElasticProps, processes: number): EnvVar[] {
  return [
    { name: 'PET_NPROC_PER_NODE', value: String(processes) },
    // without it all jobs are called `none`, and would join whom they reach
    { name: 'PET_RDZV_ID', value: world.jobName },
    ...props.joinTimeout ? [{ name: 'PET_RDZV_CONF', value: `join_timeout=${props.joinTimeout.toSeconds()}` }] : [],
    // after the rendezvous all dial an address of worker 0 of the group, which may be any pod: its IP needs no DNS
    { name: 'PET_LOCAL_ADDR', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } },
    // see https://github.com/pytorch/pytorch/issues/135712: else those who stay read addresses of processes that are gone
    { name: SHARE_STORE, value: '1' },
    ...torchrunLimits(world, { maxRestarts: props.maxRestarts ?? DEFAULT_MAX_RESTARTS }),
  ];
}

function checkProps(props: PytorchElasticProps, sink: ProblemSink): void {
  const link = TORCHRUN_DOCS;
  if (!(Number.isInteger(props.minWorkers) && props.minWorkers >= 1)) {
    sink.error({
      ruleId: 'train/framework-option', path: 'minWorkers', expected: 'a whole number from 1', found: described(props.minWorkers),
      fix: 'set `minWorkers` to the fewest workers that can train', link,
    });
  }
  checkWholeNumber({ path: 'processesPerWorker', value: props.processesPerWorker, min: 1, max: 1024, link }, sink);
  checkWholeNumber({ path: 'port', value: props.port, min: 1, max: MAX_PORT, link }, sink);
  // the loss of a worker is a failure of the processes of all others
  checkWholeNumber({ path: 'maxRestarts', value: props.maxRestarts, min: 1, max: 1_000_000, link }, sink);
  const { joinTimeout } = props;
  if (joinTimeout != null && !(typeof joinTimeout === 'object' && 'toSeconds' in joinTimeout)) {
    reportType(joinTimeout, { path: 'joinTimeout', expected: 'a Duration', example: EXAMPLE }, sink);
  } else {
    checkSeconds(joinTimeout, { path: 'joinTimeout', least: 1, example: EXAMPLE }, sink);
  }
}

function checkRange({ workers }: Partial<DistributedTrainingJobProps>, { minWorkers }: PytorchElasticProps, sink: ProblemSink): void {
  if (!Number.isInteger(workers) || !Number.isInteger(minWorkers) || minWorkers < workers!) return;
  const say = { path: 'framework.minWorkers', found: `${minWorkers} of ${workers}` };
  if (minWorkers > workers!) {
    sink.error({
      ...say,
      ruleId: 'train/framework-option',
      expected: 'at most `workers`, which are the most',
      fix: 'lower `minWorkers`, or raise `workers`',
      link: TORCHRUN_DOCS,
    });
  } else {
    sink.warn({
      ...say,
      ruleId: 'train/elastic-fixed',
      expected: 'fewer than `workers`: a group of a fixed size recovers faster with the static rendezvous',
      fix: 'lower `minWorkers`, or use Framework.pytorch()',
      link: RENDEZVOUS_DOCS,
    });
  }
}
