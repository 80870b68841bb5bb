import type { ProblemSink } from '../../findings/collector';
import type { EnvVar } from '../../private/wire';
import { workersOnly } from '../roles';
import type { FrameworkId, FrameworkSpec, ProcessSpec, WorldSpec } from './framework-spec';
import { checkWholeNumber, MAX_PORT } from './options';

export const TORCHRUN_DOCS = 'https://docs.pytorch.org/docs/stable/elastic/run.html';
export const TORCHRUN_PORT = 29_500;

const RANK_VARIABLE = 'PET_NODE_RANK';
export const DEFAULT_MAX_RESTARTS = 0;
/** Seconds that torchrun keeps of the grace period to end itself after its processes. */
const LAUNCHER_SECONDS = 10;
const SET_BY_TORCHRUN = ['RANK', 'LOCAL_RANK', 'GROUP_RANK', 'WORLD_SIZE', 'LOCAL_WORLD_SIZE', 'MASTER_ADDR', 'MASTER_PORT'];

/** Options of a framework that torchrun starts. */
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
   * How often torchrun starts the processes of a worker again in place before the worker fails. The store at worker 0 keeps
   * the addresses of the processes before them, and those that start again may wait for these until their process group
   * gives up; a worker that fails takes the store with it, and the engine starts all of them again.
   *
   * @default 0
   * @see https://github.com/pytorch/pytorch/issues/135712
   */
  readonly maxRestarts?: number;
}

/** What tells frameworks apart that torchrun starts. */
export interface TorchrunKind {
  readonly id: FrameworkId;
  readonly name: string;
  readonly factory: string;
  readonly checkpointsTogether: boolean;
}

/**
 * torchrun by `PET_*` variables, with a static rendezvous at worker 0. It ignores `RANK`, `WORLD_SIZE`, `MASTER_ADDR` and
 * `MASTER_PORT`: a job that sets those and starts torchrun trains one separate model in each pod.
 */
export function torchrun(kind: TorchrunKind, props: PytorchProps): FrameworkSpec {
  const port = props.port ?? TORCHRUN_PORT;
  return {
    ...kind,
    port,
    keepsExitCodes: false,
    roles: workersOnly,
    reserved: reservedByTorchrun,
    docs: `${TORCHRUN_DOCS}#environment-variables`,
    check: sink => checkTorchrunProps(props, sink),
    processes: world => staticRendezvous(world, props, port),
  };
}

function staticRendezvous(world: WorldSpec, props: PytorchProps, port: number): ProcessSpec {
  const processes = processesOf(world, props);
  const own: EnvVar[] = world.wiring === 'operator' ? [] : [
    { name: 'PET_NNODES', value: String(world.role.replicas) },
    { name: 'PET_NPROC_PER_NODE', value: String(processes) },
    { name: 'PET_MASTER_ADDR', value: world.placeOf('worker').address(0) },
    { name: 'PET_MASTER_PORT', value: String(port) },
  ];
  return {
    rankVariable: RANK_VARIABLE,
    command: ['torchrun'],
    args: world.command,
    env: [...own, ...torchrunLimits(world, props)],
    processes,
  };
}

/** Processes in each worker. */
export function processesOf({ devices }: WorldSpec, { processesPerWorker }: PytorchProps): number {
  return processesPerWorker ?? Math.max(1, devices);
}

/** What torchrun may do by itself, whoever tells it its place. */
export function torchrunLimits(world: WorldSpec, { maxRestarts = DEFAULT_MAX_RESTARTS }: PytorchProps): EnvVar[] {
  return [{ name: 'PET_MAX_RESTARTS', value: String(maxRestarts) }, shutdownTimeout(world)];
}

/** Without it torchrun kills its processes after 30 s, whatever the grace period; releases before the flag ignore it. */
export function shutdownTimeout({ gracePeriodSeconds }: WorldSpec): EnvVar {
  return { name: 'PET_SHUTDOWN_TIMEOUT', value: String(Math.max(1, gracePeriodSeconds - LAUNCHER_SECONDS)) };
}

export function reservedByTorchrun(variable: string): string | undefined {
  if (variable.startsWith('PET_')) return 'torchrun reads its options from it, and the job sets them';
  if (SET_BY_TORCHRUN.includes(variable)) return 'torchrun sets it for each process and ignores what the pod sets';
  return reservedHostname(variable);
}

/** The one variable that no framework may lose. */
export function reservedHostname(variable: string): string | undefined {
  return variable === 'HOSTNAME' ? 'the container runtime sets it, and before Kubernetes 1.28 a worker finds its rank by it' : undefined;
}

export function checkTorchrunProps(props: PytorchProps, sink: ProblemSink): void {
  const link = TORCHRUN_DOCS;
  checkWholeNumber({ path: 'processesPerWorker', value: props.processesPerWorker, min: 1, max: 1024, link }, sink);
  checkWholeNumber({ path: 'port', value: props.port, min: 1, max: MAX_PORT, link }, sink);
  checkWholeNumber({ path: 'maxRestarts', value: props.maxRestarts, min: 0, max: 1_000_000, link }, sink);
  if (!(props.maxRestarts! > 0)) return;
  sink.warn({
    ruleId: 'train/restart-in-place',
    path: 'maxRestarts',
    expected: '0: processes that start again in place may dial those that are gone, and wait for them',
    found: String(props.maxRestarts),
    fix: 'leave `maxRestarts` out, and let the engine start workers again, or use Framework.pytorchElastic()',
    link: 'https://github.com/pytorch/pytorch/issues/135712',
  });
}
