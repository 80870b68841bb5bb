import type { Duration, JsonPatch, Size } from 'cdk8s';
import type { Cpu, EnvValue, IServiceAccount } from 'cdk8s-plus-27';
import type { CheckpointVolume } from '../storage/claims/checkpoint-volume';
import type { DatasetStream } from '../storage/datasets/dataset-stream';
import type { Mount } from '../storage/volumes/mount';
import type { Engine } from './engine';
import type { Framework } from './framework';
import type { Accelerator } from './nodes/accelerator';
import type { WorkerToleration } from './pods/worker-toleration';

/** Options of a `DistributedTrainingJob`. */
export interface DistributedTrainingJobProps {
  /** Image of the workers, by digest or by a version that never moves. It must bring the framework's launcher. */
  readonly image: string;

  /** The training script and its arguments; the framework's launcher is put before it: `['train.py', '--epochs=90']`. */
  readonly command: string[];

  /** Number of workers: pods that train together. */
  readonly workers: number;

  /**
   * Memory of each worker: its limit, and its request too, so that no neighbour takes it. Shared memory counts to it.
   */
  readonly memory: Size;

  /**
   * What runs in the workers.
   *
   * @default Framework.pytorch()
   */
  readonly framework?: Framework;

  /**
   * The Kubernetes workload that runs the job.
   *
   * @default - a StatefulSet where checkpoints have a claim for each worker, else an Indexed Job
   */
  readonly engine?: Engine;

  /**
   * Devices of each worker.
   *
   * @default - none
   */
  readonly accelerator?: Accelerator;

  /**
   * CPU that each worker is sure to get. There is no limit: a limit would slow data loading on an idle node.
   *
   * @default - none asked for
   */
  readonly cpu?: Cpu;

  /**
   * Size of `/dev/shm`, where data loaders and NCCL exchange data; a container has 64 MB without. It is memory of the
   * worker, so it must be below `memory`.
   *
   * @default - a quarter of `memory`
   */
  readonly sharedMemory?: Size;

  /**
   * Datasets, read-only: `imagenet.at('/data')`. Workers wait for one that a loader still fills.
   *
   * @default - none
   */
  readonly datasets?: Mount[];

  /**
   * Data that the workers read from object storage themselves: `DatasetStream.s3('s3://bucket/prefix')`.
   *
   * @default - none
   */
  readonly streams?: DatasetStream[];

  /**
   * Where checkpoints go.
   *
   * @default - none: the job must not be worth restarting
   */
  readonly checkpoints?: CheckpointVolume;

  /**
   * Other volumes: `registry.at('/registry')` of a ModelRegistry, `PodVolume.scratch().at('/tmp/cache')`.
   *
   * @default - none
   */
  readonly volumes?: Mount[];

  /**
   * Environment variables with plain values. `$(NAME)` refers to a variable before it.
   *
   * @default - only what the framework needs
   */
  readonly env?: { [name: string]: string };

  /**
   * Environment variables from Secrets, ConfigMaps and fields, as cdk8s-plus has them.
   *
   * @default - none
   */
  readonly envValues?: { [name: string]: EnvValue };

  /**
   * Labels that the nodes must have.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [name: string]: string };

  /**
   * Taints that the nodes may have, besides the accelerator's.
   *
   * @default - none
   */
  readonly tolerations?: WorkerToleration[];

  /**
   * Service account of the workers, for access to clouds. Its token for the Kubernetes API is not mounted.
   *
   * @default - the namespace's default
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * User that the workers run as. With 0, root, the namespace must not enforce the restricted Pod Security Standard.
   * An image that does not know the user starts with `HOME=/`: set `HOME` in `env` where a cache is written there.
   *
   * @default 1000
   */
  readonly runAsUser?: number;

  /**
   * Group that the workers run as, and that volumes are made writable for.
   *
   * @default 1000
   */
  readonly runAsGroup?: number;

  /**
   * Time between SIGTERM and SIGKILL: what a last checkpoint may take. torchrun is told to leave its processes all of it
   * but 10 s.
   *
   * @default Duration.seconds(120)
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Incidents that the job survives before it fails, whatever the number of workers that one takes down. Nodes that are
   * drained or preempted do not count.
   *
   * @default 3 - where the engine counts; a StatefulSet starts its workers again for ever
   */
  readonly restarts?: number;

  /**
   * Time after which the job is ended as failed.
   *
   * @default - none
   */
  readonly deadline?: Duration;

  /**
   * Time after which the finished job and its pods are deleted.
   *
   * @default - they stay
   */
  readonly ttlAfterFinished?: Duration;

  /**
   * Name of the workload and its Service, and so of the workers' hostnames and claims. A new name means new claims.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;

  /**
   * More labels for the pods.
   *
   * @default - none
   */
  readonly podLabels?: { [name: string]: string };

  /**
   * Annotations for the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [name: string]: string };

  /**
   * Last resort: RFC 6902 operations on the finished StatefulSet or Job as it is written, for what has no prop here:
   * `JsonPatch.add('/spec/template/spec/priorityClassName', 'research')`.
   *
   * @default - none
   */
  readonly patches?: JsonPatch[];
}
