import type { CheckpointVolume } from '../storage/claims/checkpoint-volume';
import type { EngineSpec } from './engines/engine-spec';
import { indexedJob } from './engines/indexed-job';
import { jobSet } from './engines/job-set';
import { statefulSet } from './engines/stateful-set';
import type { Framework } from './framework';
import { PAIRS } from './pairs';

/** The Kubernetes workload that runs a job. */
export class Engine {
  /**
   * A StatefulSet: a claim for each worker and stable pod names, but no end: a worker that finishes is started again.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
   */
  public static statefulSet(): Engine {
    return new Engine(statefulSet);
  }

  /**
   * An Indexed Job: ends when every worker has ended, but has no claims for each worker.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
   */
  public static indexedJob(): Engine {
    return new Engine(indexedJob);
  }

  /**
   * A JobSet: all workers start again together after a fault, as a collective needs it. The cluster must have its controller.
   *
   * @see https://jobset.sigs.k8s.io
   */
  public static jobSet(): Engine {
    return new Engine(jobSet);
  }

  /**
   * The engine of a framework where none is asked for.
   *
   * @internal
   */
  public static _for(framework: Framework, checkpoints?: CheckpointVolume): Engine {
    const engines = PAIRS[framework._spec.id];
    if (checkpoints?._perWorker && engines.statefulSet) return Engine.statefulSet();
    if (engines.indexedJob) return Engine.indexedJob();
    return Engine.jobSet();
  }

  /** Name of the workload. */
  public readonly name: string;

  /** @internal */
  public readonly _spec: EngineSpec;

  private constructor(spec: EngineSpec) {
    this.name = spec.name;
    this._spec = spec;
  }
}
