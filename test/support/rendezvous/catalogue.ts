import { Engine, Framework } from '../../../lib';
import type { EngineId } from '../../../lib/training/engines/engine-spec';
import type { FrameworkId } from '../../../lib/training/frameworks/framework-spec';
import { PAIRS } from '../../../lib/training/pairs';

/** What a test says of a group. */
export interface GroupRequest {
  readonly workers: number;
  /** Processes in each worker, where the framework lets one say so. */
  readonly processes: number;
}

/** How each framework is asked for. */
const FRAMEWORKS: Readonly<Record<FrameworkId, (request: GroupRequest) => Framework>> = {
  torchrun: ({ processes }) => Framework.pytorch({ processesPerWorker: processes }),
  torchrunElastic: ({ workers, processes }) => (
    Framework.pytorchElastic({ minWorkers: Math.ceil(workers / 2), processesPerWorker: processes })
  ),
  pytorchPlain: () => Framework.pytorchPlain(),
  deepspeed: ({ processes }) => Framework.deepspeed({ processesPerWorker: processes }),
  accelerate: ({ processes }) => Framework.accelerate({ processesPerWorker: processes }),
  horovod: ({ processes }) => Framework.horovod({ processesPerWorker: processes }),
  mpi: ({ processes }) => Framework.mpi({ processesPerWorker: processes }),
  tensorflow: () => Framework.tensorflow(),
  // as many servers as other frameworks would have processes
  tensorflowParameterServer: ({ processes: parameterServers }) => (
    Framework.tensorflowParameterServer({ parameterServers, evaluator: parameterServers > 1 })
  ),
  jax: () => Framework.jax(),
};

/** How each engine is asked for. */
const ENGINES: Readonly<Record<EngineId, () => Engine>> = {
  statefulSet: () => Engine.statefulSet(),
  indexedJob: () => Engine.indexedJob(),
  jobSet: () => Engine.jobSet(),
  leaderWorkerSet: () => Engine.leaderWorkerSet(),
  trainJob: () => Engine.trainJob(),
  mpiJob: () => Engine.mpiJob(),
  pytorchJob: () => Engine.pytorchJob(),
};

/** A framework on an engine. */
export class Pair {
  constructor(public readonly framework: FrameworkId, public readonly engine: EngineId) {}

  public get name(): string {
    return `${this.framework} on ${this.engine}`;
  }

  public props(request: GroupRequest): { framework: Framework; engine: Engine } {
    return { framework: FRAMEWORKS[this.framework](request), engine: ENGINES[this.engine]() };
  }
}

/** Every pair that there is. */
export const EVERY_PAIR: readonly Pair[] = (Object.keys(PAIRS) as FrameworkId[])
  .flatMap(framework => (Object.keys(PAIRS[framework]) as EngineId[]).map(engine => new Pair(framework, engine)));
