import type { ProblemSink } from '../findings/collector';
import type { EnvVar } from '../private/wire';
import { PytorchProps, pytorchProcesses } from './frameworks/pytorch';

/** What a framework needs to know of the job to say what its processes are told. */
export interface WorldSpec {
  readonly workers: number;
  /** Accelerators of each worker, 0 without. */
  readonly devices: number;
  /** Name by which every worker reaches worker 0. */
  readonly masterAddress: string;
  /** Where a worker's own index stands; undefined where only its hostname tells. */
  readonly rankFieldPath?: string;
  /** Seconds between SIGTERM and SIGKILL. */
  readonly gracePeriodSeconds: number;
  /** The user's script and its arguments. */
  readonly command: readonly string[];
}

/** What the processes of one worker are told. */
export interface ProcessSpec {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly EnvVar[];
  /** Variable that holds the worker's own index. */
  readonly rankVariable: string;
}

/** The part of a framework that does not depend on a job. */
export interface FrameworkSpec {
  readonly name: string;
  /** Port that the workers meet on. */
  readonly port: number;
  /** Variables that are the framework's to set, and what setting them by hand would do. */
  readonly reserved: (variable: string) => string | undefined;
  readonly check: (sink: ProblemSink) => void;
  readonly processes: (world: WorldSpec) => ProcessSpec;
}

/** What runs in the workers, and so what their processes must be told to find each other. */
export class Framework {
  /**
   * PyTorch, started by torchrun with a static rendezvous at worker 0.
   *
   * @see https://docs.pytorch.org/docs/stable/elastic/run.html
   */
  public static pytorch(props: PytorchProps = {}): Framework {
    return new Framework(pytorchProcesses(props));
  }

  /** Name of the framework. */
  public readonly name: string;

  /** @internal */
  public readonly _spec: FrameworkSpec;

  private constructor(spec: FrameworkSpec) {
    this.name = spec.name;
    this._spec = spec;
  }
}
