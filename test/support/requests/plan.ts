import type { EngineId } from '../../../lib/training/engines/engine-spec';
import type { FrameworkId } from '../../../lib/training/frameworks/framework-spec';
import { PAIRS } from '../../../lib/training/pairs';
import type { AcceleratorRequest, JobRequest } from './types';

/** A role of the pods that a request is for. */
export interface RolePlan {
  readonly name: 'worker' | 'chief' | 'ps' | 'evaluator' | 'launcher';
  readonly replicas: number;
  /** Whether its pods compute: they get the accelerators and what stands beside a worker. */
  readonly trains: boolean;
  readonly readsData: boolean;
  readonly mountsCheckpoints: boolean;
  /** Whether its processes are the user's command. */
  readonly runs: boolean;
}

/** What follows from a request by what the documents say. */
export interface Plan {
  readonly framework: FrameworkId;
  readonly engine: EngineId;
  /** Whether an operator tells the processes their place. */
  readonly isOperators: boolean;
  readonly roles: readonly RolePlan[];
  /** Processes of each worker. */
  readonly processes: number;
}

const WORKER = { trains: true, readsData: true, mountsCheckpoints: true, runs: true };

export function planOf(job: JobRequest): Plan {
  const framework = job.framework?.id ?? 'torchrun';
  const engine = job.engine?.id ?? defaultEngine(framework, job.checkpoints?.kind === 'perWorker');
  return {
    framework,
    engine,
    isOperators: PAIRS[framework][engine] === 'operator',
    roles: rolesOf(job, framework, engine),
    processes: job.framework?.processesPerWorker ?? Math.max(1, processesOf(job.accelerator)),
  };
}

function defaultEngine(framework: FrameworkId, hasClaims: boolean): EngineId {
  if (framework === 'horovod' || framework === 'mpi') return 'mpiJob';
  if (framework === 'tensorflowParameterServer') return 'jobSet';
  return hasClaims ? 'statefulSet' : 'indexedJob';
}

function rolesOf({ workers, framework }: JobRequest, id: FrameworkId, engine: EngineId): RolePlan[] {
  const worker: RolePlan = { ...WORKER, name: 'worker', replicas: workers };
  const none = { trains: false, readsData: false, mountsCheckpoints: false, runs: true };
  if (engine === 'mpiJob') return [{ ...none, name: 'launcher', replicas: 1 }, { ...worker, runs: false }];
  if (id !== 'tensorflowParameterServer') return [worker];
  return [
    { ...WORKER, name: 'chief', replicas: 1, trains: false },
    worker,
    { ...none, name: 'ps', replicas: framework!.parameterServers!, mountsCheckpoints: true },
    ...framework!.evaluator ? [{ ...worker, name: 'evaluator', replicas: 1 } as const] : [],
  ];
}

/** Processes that accelerators are for. */
export function processesOf(accelerator: AcceleratorRequest | undefined): number {
  if (!accelerator) return 0;
  // a process drives all TPUs of a host; a chip of Neuron has two cores here
  return accelerator.kind === 'tpu' ? 1 : accelerator.kind === 'neuron' ? accelerator.count * 2 : accelerator.count;
}
