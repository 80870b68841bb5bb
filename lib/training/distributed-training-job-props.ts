import type { Duration, JsonPatch, Size } from 'cdk8s';
import type { Cpu, EnvValue, ISecret, IServiceAccount } from 'cdk8s-plus-27';
import type { CheckpointVolume } from '../storage/claims/checkpoint-volume';
import type { DatasetStream } from '../storage/datasets/dataset-stream';
import type { Mount } from '../storage/volumes/mount';
import type { Engine } from './engine';
import type { Framework } from './framework';
import type { Accelerator } from './nodes/accelerator';
import type { Fabric } from './nodes/fabric';
import type { NodePool } from './nodes/node-pool';
import type { CloudIdentity } from './pods/cloud-identity';
import type { Placement } from './pods/placement';
import type { WorkerContainer } from './pods/worker-container';
import type { WorkerProbe } from './pods/worker-probe';
import type { WorkerToleration } from './pods/worker-toleration';
import type { JobScheduling } from './scheduling/job-scheduling';
import type { SuccessPolicy } from './success-policy';

/** Options of a `DistributedTrainingJob`. */
export interface DistributedTrainingJobProps {
  /** Image of the workers, by digest or by a version that never moves. It must bring the framework's launcher. */
  readonly image: string;

  /** The training script and its arguments; the framework's launcher is put before it: `['train.py', '--epochs=90']`. */
  readonly command: string[];

  /**
   * Number of workers: pods that train together. What the processes are told of it is derived, so that a change is one of the
   * template: Jobs and what is made of them refuse it and must be deleted first; the pods of a StatefulSet must all be deleted
   * after it, as long as they are updated on delete. Claims of workers that are gone stay with their checkpoints, and are mounted
   * again, old as they are, when the number grows back.
   */
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
   * @default - a StatefulSet where checkpoints have a claim for each worker, a JobSet where pods have several roles, else an Indexed Job
   */
  readonly engine?: Engine;

  /**
   * Devices of each worker.
   *
   * @default - none
   */
  readonly accelerator?: Accelerator;

  /**
   * Network between the workers that is faster than the pods' own: `Fabric.efa({ interfaces: 32 })`.
   *
   * @default - the pods' network
   */
  readonly fabric?: Fabric;

  /**
   * Nodes of the workers, with the labels and taints that their cloud gives them: `NodePool.gke({ spot: true })`. Launchers
   * go elsewhere, and so do other pods without accelerators, as parameter servers, unless no pod of the job has some.
   *
   * @default - any node that has the accelerators
   */
  readonly nodes?: NodePool;

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
   * Where the pods run, as seen from each other.
   *
   * @default Placement.packed() - near each other where there is room; a single pod goes anywhere
   */
  readonly placement?: Placement;

  /**
   * Name of the PriorityClass of the pods: who comes first on full nodes, and who is taken from them. The priorities of a queue
   * are another matter.
   *
   * @default - that of the cluster
   */
  readonly priorityClass?: string;

  /**
   * Whether Karpenter and the cluster autoscaler may empty the nodes of the pods to save some. Without it the pods have the
   * annotations that keep them from it; spot nodes, drift of nodes with an end of their own and `kubectl drain` still take them.
   *
   * @default false
   */
  readonly disruptable?: boolean;

  /**
   * Who the pods are in a cloud. The job makes a service account for it, which has the job's name.
   *
   * @default - whoever `serviceAccount` is
   */
  readonly identity?: CloudIdentity;

  /**
   * Service account of the workers, for access to clouds: one that has the rights already, by EKS Pod Identity or annotations of
   * its own. Its token for the Kubernetes API is not mounted. Not beside `identity`.
   *
   * @default - the namespace's default
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Secrets with the credentials of private registries, of type `kubernetes.io/dockerconfigjson`.
   *
   * @default - none: registries are public, or nodes have access
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Containers that run to their end, one after the other, before a worker starts, and after its datasets are there. In the pods
   * that compute, workers and an evaluator; not in parameter servers, their chief, and launchers.
   *
   * @default - none
   */
  readonly initContainers?: WorkerContainer[];

  /**
   * Containers that run beside a worker and are stopped after it and the last copy of its checkpoints, with what both leave of
   * `terminationGracePeriod`: they keep no Job from its end. They start after `initContainers`, in the same pods. From Kubernetes
   * 1.29.
   *
   * @default - none
   */
  readonly sidecars?: WorkerContainer[];

  /**
   * Probe that starts a worker again when it fails. It ends workers that wait for the others longer than it allows, so that all
   * of them start again: give it a large `initialDelay`. In the pods that compute.
   *
   * @default - none: a worker that ends is seen without
   */
  readonly liveness?: WorkerProbe;

  /**
   * Probe that says when a worker is ready. Workers find each other before they are. In the pods that compute.
   *
   * @default - none: a worker is ready when it runs
   */
  readonly readiness?: WorkerProbe;

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
   * drained or preempted do not count in an Indexed Job, a JobSet and a TrainJob, which see why a pod has failed; a PyTorchJob
   * and an MPIJob cannot tell, and count them.
   *
   * @default 3 - where the engine counts; a StatefulSet starts its workers again for ever
   */
  readonly restarts?: number;

  /**
   * Time after which the job is ended as failed. In a JobSet each attempt has as long, since each is a new Job; what goes on for
   * longer ends the job, whatever `restarts` are left.
   *
   * @default - none
   */
  readonly deadline?: Duration;

  /**
   * When the job has succeeded.
   *
   * @default - when all workers have; when the first has with MPIJobs, PyTorchJobs, parameter servers, and elastic PyTorch from
   * Kubernetes 1.31 on
   */
  readonly success?: SuccessPolicy;

  /**
   * Exit codes of the script, from 1 to 255, that no restart will mend: a worker that ends with one of them ends the job as
   * failed. Not where torchrun or another launcher ends with a code of its own. A JobSet tells them from a drained node from
   * JobSet 0.10 on; older ones take both for the end.
   *
   * @default - none: any failure is worth a restart
   */
  readonly failOnExitCodes?: number[];

  /**
   * Who decides when and where the pods start.
   *
   * @default - the cluster's scheduler, pod by pod, as each finds room
   */
  readonly scheduling?: JobScheduling;

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
   * Last resort: RFC 6902 operations on the finished workload as it is written, for what has no prop here:
   * `JsonPatch.add('/spec/template/spec/dnsPolicy', 'Default')` of a StatefulSet or a Job; other engines hold their pods
   * elsewhere. They act on the object that has the job's name, or on the chief's StatefulSet where there are several. The others
   * are children: `ApiObject.of(job.node.findChild('Runtime')).addJsonPatch(…)` for the pods of a TrainJob, and
   * `Resource-worker`, `Resource-ps` for other roles.
   *
   * @default - none
   */
  readonly patches?: JsonPatch[];
}
