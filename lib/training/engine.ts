import { given } from '../private/given';
import type { CheckpointVolume } from '../storage/claims/checkpoint-volume';
import type { EngineSpec } from './engines/engine-spec';
import { indexedJob } from './engines/indexed-job';
import { jobSet } from './engines/job-set';
import { leaderWorkerSet } from './engines/leader-worker-set';
import { pytorchJob } from './engines/pytorch-job';
import { mpiJob, MpiJobProps } from './engines/mpi-job';
import { statefulSet } from './engines/stateful-set';
import type { StatefulSetProps } from './engines/stateful-set-options';
import { trainJob } from './engines/train-job';
import type { Framework } from './framework';
import { PAIRS } from './pairs';

/** The Kubernetes workload that runs a job. */
export class Engine {
  /**
   * A StatefulSet: a claim for each worker and stable pod names, but no end: a worker that finishes is started again.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
   */
  public static statefulSet(props: StatefulSetProps = {}): Engine {
    return new Engine(statefulSet(given(props)));
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
   * A LeaderWorkerSet: a claim for each worker, and all of them start again together after a fault; but no end, as with a
   * StatefulSet. The cluster must have its controller, from v0.8 on where workers have claims.
   *
   * @see https://lws.sigs.k8s.io
   */
  public static leaderWorkerSet(): Engine {
    return new Engine(leaderWorkerSet);
  }

  /**
   * A PyTorchJob of the Kubeflow Training Operator, v1.9, for those who still run it: a worker that fails starts again
   * alone, and the job is done when the first is, or all workers where they may leave and join.
   *
   * @see https://www.kubeflow.org/docs/components/trainer/legacy-v1/user-guides/pytorch/
   */
  public static pytorchJob(): Engine {
    return new Engine(pytorchJob);
  }

  /**
   * A TrainJob of Kubeflow Trainer, with a TrainingRuntime of its own that holds the pods: all workers start again together
   * after a fault. The cluster must have Kubeflow Trainer, from v2.2 on where the job has a deadline.
   *
   * @see https://www.kubeflow.org/docs/components/trainer/
   */
  public static trainJob(): Engine {
    return new Engine(trainJob);
  }

  /**
   * An MPIJob of the MPI Operator: a launcher starts the processes by ssh in workers that wait for it. The operator makes the
   * keys, the list of the workers and the Service.
   *
   * The image must have an sshd that runs without root, and know the job's `runAsUser`; images made from `mpioperator/openmpi`
   * do. Its pods run in namespaces that enforce the restricted Pod Security Standard: of the capabilities they have the one that
   * the standard allows, NET_BIND_SERVICE.
   *
   * Where the launcher fails, a new one starts all processes again, at most `restarts` times. A worker that goes takes its
   * processes with it at once, without time for a last checkpoint. `deadline` counts from the start of the launcher, and
   * `ttlAfterFinished` deletes the launcher; the workers go with the end of the training, the MPIJob itself stays.
   *
   * @see https://github.com/kubeflow/mpi-operator
   */
  public static mpiJob(props: MpiJobProps = {}): Engine {
    return new Engine(mpiJob(given(props)));
  }

  /**
   * The engine of a framework where none is asked for.
   *
   * @internal
   */
  public static _for(framework: Framework, checkpoints?: CheckpointVolume): Engine {
    // what is no framework is told by the checks of the job
    const engines = PAIRS[framework._spec.id] ?? PAIRS.torchrun;
    if (checkpoints?._perWorker && engines.statefulSet && !framework._spec.needsSharedCheckpoints) return Engine.statefulSet();
    if (engines.indexedJob) return Engine.indexedJob();
    return engines.jobSet ? Engine.jobSet() : Engine.mpiJob();
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
