import type { ProblemSink } from '../../findings/collector';
import type { EnvVar } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineId, Place } from '../engines/engine-spec';
import type { MpiLaunch } from '../engines/mpi-launch';
import type { PodPart } from '../pods/pod-part';
import type { Wiring } from '../pairs';
import type { Role, RoleName } from '../roles';

export type FrameworkId =
  | 'torchrun' | 'torchrunElastic' | 'pytorchPlain' | 'deepspeed' | 'accelerate' | 'horovod' | 'mpi'
  | 'tensorflow' | 'tensorflowParameterServer' | 'jax';

/** What a framework needs to know of the job to say what the processes of one role are told. */
export interface WorldSpec {
  /** Name of the job, which nothing else in its namespace has. */
  readonly jobName: string;
  readonly role: Role;
  readonly roles: readonly Role[];
  readonly placeOf: (role: RoleName) => Place;
  /** Who tells the processes their place: the pod itself, or an operator beside it. */
  readonly wiring: Wiring;
  /** Accelerators of each worker that a process each trains on, 0 without. */
  readonly devices: number;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly gracePeriodSeconds: number;
  /** The user's script and its arguments. */
  readonly command: readonly string[];
  /** How the engine starts processes by MPI; undefined where it cannot. */
  readonly mpi?: MpiLaunch;
  /** Variables of the pods that train, besides those of the framework: not all launchers hand them on by themselves. */
  readonly variables: () => readonly EnvVar[];
  /** Names of those that the cluster adds. */
  readonly addedVariables: readonly string[];
}

/**
 * What the processes of one pod are told. `$(<rankVariable>)` in `env` and `command` stands for the pod's index, wherever
 * the engine has it; it must not be set here.
 */
export interface ProcessSpec {
  /** Variable that holds the pod's own index. */
  readonly rankVariable: string;
  /** The launcher. */
  readonly command: readonly string[];
  /** The user's script and its arguments, or nothing. */
  readonly args: readonly string[];
  readonly env: readonly EnvVar[];
  /** Processes that train in each pod. */
  readonly processes: number;
  /** What they need of their pod besides. */
  readonly pod?: PodPart;
}

/** The part of a framework that does not depend on a job. */
export interface FrameworkSpec {
  readonly id: FrameworkId;
  readonly name: string;
  /** How a user asks for it. */
  readonly factory: string;
  /** Port that the processes meet on. */
  readonly port: number;
  /** Whether all processes write their checkpoints into one directory together. */
  readonly checkpointsTogether: boolean;
  /** Whether it cannot do with a claim for each worker, because no process has all of a checkpoint. */
  readonly needsSharedCheckpoints?: boolean;
  /** Whether the launcher ends with the exit code of the script; torchrun ends with 1, whatever the script says. */
  readonly keepsExitCodes: boolean;
  /** Whether `command` begins with a program, rather than with a script for Python. */
  readonly runsPrograms?: boolean;
  /** Fewest workers that the group goes on with; undefined where it needs all. */
  readonly minWorkers?: number;
  /** The first is whom the others dial. Where an engine starts processes in its own way, its roles may be others. */
  readonly roles: (workers: number, engine: EngineId) => Role[];
  /** Variables that are the framework's to set, and what setting them by hand would do. */
  readonly reserved: (variable: string) => string | undefined;
  /** Source of `reserved`. */
  readonly docs: string;
  /** Holds the framework's own options. */
  readonly check: (sink: ProblemSink) => void;
  /** Holds the other props of a job against what the framework needs of them. Props of a wrong type are left out. */
  readonly checkJob?: (props: Partial<DistributedTrainingJobProps>, sink: ProblemSink) => void;
  readonly processes: (world: WorldSpec) => ProcessSpec;
}
