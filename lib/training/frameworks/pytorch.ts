import type { ProblemSink } from '../../findings/collector';
import type { EnvVar } from '../../private/wire';
import type { FrameworkSpec, ProcessSpec, WorldSpec } from '../framework';

const TORCHRUN_DOCS = 'https://docs.pytorch.org/docs/stable/elastic/run.html';
const DEFAULT_PORT = 29500;
const DEFAULT_MAX_RESTARTS = 3;
/** Seconds that torchrun keeps of the grace period to end itself after its processes. */
const LAUNCHER_SECONDS = 10;

/** Options of PyTorch. */
export interface PytorchProps {
  /**
   * Processes that torchrun starts in each worker.
   *
   * @default - one for each accelerator of a worker; 1 without
   */
  readonly processesPerWorker?: number;

  /**
   * TCP port of the rendezvous at worker 0.
   *
   * @default 29500
   */
  readonly port?: number;

  /**
   * How often torchrun starts the processes of the whole group again in place before the worker fails.
   *
   * @default 3
   */
  readonly maxRestarts?: number;
}

/**
 * torchrun by `PET_*` variables. It ignores `RANK`, `WORLD_SIZE`, `MASTER_ADDR` and `MASTER_PORT`: a job that sets those
 * and starts torchrun trains one separate model in each pod.
 */
export function pytorchProcesses(props: PytorchProps): FrameworkSpec {
  const port = props.port ?? DEFAULT_PORT;
  const maxRestarts = props.maxRestarts ?? DEFAULT_MAX_RESTARTS;
  return {
    name: 'PyTorch',
    port,
    reserved: reservedBecause,
    check: sink => checkProps(props, sink),
    processes: world => torchrun(world, {
      port, maxRestarts, processes: props.processesPerWorker ?? Math.max(1, world.devices),
    }),
  };
}

function torchrun(world: WorldSpec, own: { port: number; maxRestarts: number; processes: number }): ProcessSpec {
  const rank = 'PET_NODE_RANK';
  const env: EnvVar[] = [
    // first: a variable can only be referred to by what stands behind it
    ...(world.rankFieldPath ? [{ name: rank, valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: world.rankFieldPath } } }] : []),
    { name: 'PET_NNODES', value: String(world.workers) },
    { name: 'PET_NPROC_PER_NODE', value: String(own.processes) },
    { name: 'PET_MASTER_ADDR', value: world.masterAddress },
    { name: 'PET_MASTER_PORT', value: String(own.port) },
    { name: 'PET_MAX_RESTARTS', value: String(own.maxRestarts) },
    // without it torchrun kills its processes after 30 s, whatever the grace period; releases before the flag ignore it
    { name: 'PET_SHUTDOWN_TIMEOUT', value: String(Math.max(1, world.gracePeriodSeconds - LAUNCHER_SECONDS)) },
  ];
  const launcher = ['torchrun'];
  return world.rankFieldPath
    ? { command: launcher, args: world.command, env, rankVariable: rank }
    : { command: ['/bin/sh', '-c', `export ${rank}="\${HOSTNAME##*-}"; exec "$@"`, 'sh', ...launcher], args: world.command, env, rankVariable: rank };
}

function reservedBecause(variable: string): string | undefined {
  if (variable.startsWith('PET_')) return 'torchrun reads its options from it, and the job sets them';
  if (['RANK', 'LOCAL_RANK', 'GROUP_RANK', 'WORLD_SIZE', 'LOCAL_WORLD_SIZE', 'MASTER_ADDR', 'MASTER_PORT'].includes(variable)) {
    return 'torchrun sets it for each process and ignores what the pod sets';
  }
  if (variable === 'HOSTNAME') return 'the container runtime sets it, and before Kubernetes 1.28 a worker finds its rank by it';
  return undefined;
}

function checkProps(props: PytorchProps, sink: ProblemSink): void {
  checkInteger('processesPerWorker', props.processesPerWorker, 1, 1024, sink);
  checkInteger('port', props.port, 1, 65535, sink);
  checkInteger('maxRestarts', props.maxRestarts, 0, 1_000_000, sink);
}

function checkInteger(path: string, value: number | undefined, min: number, max: number, sink: ProblemSink): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  sink.error({
    ruleId: 'train/pytorch-option',
    path,
    expected: `a whole number from ${min} to ${max}`,
    found: String(value),
    fix: `set \`${path}\` within the range, or leave it out`,
    link: TORCHRUN_DOCS,
  });
}
