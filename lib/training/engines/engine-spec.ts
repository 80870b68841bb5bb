import type { ApiObjectProps } from 'cdk8s';
import type { ProblemSink } from '../../findings/collector';
import type { KubernetesVersion } from '../../kubernetes-version';
import type { ClaimSpec, PodSpec, PodTemplate } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { FrameworkId } from '../frameworks/framework-spec';
import type { Wiring } from '../pairs';
import type { Role } from '../roles';
import type { GangSpec } from '../scheduling/scheduling-spec';
import type { MpiLaunch } from './mpi-launch';

export type EngineId = 'statefulSet' | 'indexedJob' | 'jobSet' | 'leaderWorkerSet' | 'trainJob' | 'mpiJob' | 'pytorchJob';

/** Where a pod finds its own index among those of its role. */
export type IndexSource =
  /** In a field of the pod, as the downward API names it. */
  | { readonly kind: 'field'; readonly path: string }
  /** Only at the end of its hostname. */
  | { readonly kind: 'hostname' }
  /** In a variable that an operator sets behind those of the pod. */
  | { readonly kind: 'variable'; readonly name: string };

/** The pods of a role, as the engine will make them. */
export interface Place {
  /** DNS name of a pod inside the namespace. */
  readonly address: (index: number) => string;
  /** Name of a pod, where it is known before the pod is made: claims of a template are called after it. */
  readonly podName?: (index: number) => string;
  readonly index: IndexSource;
}

/** What an engine has to know to say where pods will be. */
export interface Group {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly target: KubernetesVersion;
  /** Fewest workers that the group goes on with; undefined where it needs all. */
  readonly minWorkers?: number;
}

/** Claim templates of a workload, and what becomes of the claims. */
export interface ClaimTemplates {
  readonly name: string;
  readonly spec: ClaimSpec;
  readonly whenDeleted: string;
  readonly whenScaled: string;
}

/** The pods of a role, ready to be put into a workload. */
export interface RoleWorkload {
  readonly role: Role;
  /** Labels that only the pods of this role have. */
  readonly selector: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
  readonly claims?: ClaimTemplates;
}

/** What an engine makes its objects from. */
export interface WorkloadRequest {
  readonly target: KubernetesVersion;
  readonly name: string;
  readonly framework: FrameworkId;
  /** Who tells the processes their place in the group. */
  readonly wiring: Wiring;
  readonly processesPerWorker: number;
  /** Port that the processes meet on. */
  readonly port: number;
  /** Fewest workers that the group goes on with; undefined where it needs all. */
  readonly minWorkers?: number;
  readonly serviceName: string;
  /** In the order of the framework; the first is whom the others dial, and who says that the training is done. */
  readonly roles: readonly RoleWorkload[];
  /** Labels of the workload: its own, and those of a queue. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** How many incidents the job survives, whatever the number of pods that fail in one. */
  readonly restarts: number;
  readonly deadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
  /** Whether the job is done when its first role or rank 0 is, rather than all that end. */
  readonly firstDecides: boolean;
  /** Exit codes of the script that no restart will mend. */
  readonly failOnExitCodes: readonly number[];
  readonly gang?: GangSpec;
}

/** An object of a workload, and the id of its construct: `Resource` for the one that stands for the job. */
export interface WorkloadObject {
  readonly id: string;
  readonly props: ApiObjectProps;
}

/** One workload of Kubernetes: how it is written, and where it puts its pods. What it cannot carry stands in `pairs.ts`. */
export interface EngineSpec {
  readonly id: EngineId;
  readonly name: string;
  /** How a user asks for it. */
  readonly factory: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly restartPolicy: PodSpec['restartPolicy'];
  /** Name of the container that trains, where an operator looks for it by name. */
  readonly containerName?: string;
  /** Name of the port that the processes meet on, where an operator looks for it by name. */
  readonly portName?: string;
  /** Port that an operator has the processes meet on that it tells their place; undefined where it takes the framework's. */
  readonly operatorPort?: number;
  /** How it starts processes by MPI; undefined where it cannot. */
  readonly mpi?: MpiLaunch;
  /** Whether a controller makes the headless Service, so that the job must not. */
  readonly makesService?: boolean;
  /**
   * Whether a controller makes the group of the pods of a gang, under the name of the job; `byFlag` where its operator does
   * only when the cluster's administrator has told it to.
   */
  readonly makesPodGroup?: 'always' | 'byFlag';
  /** Most workers the API takes; undefined where it has no limit. */
  readonly maxWorkers?: number;
  /** Longest name of a job with these roles. */
  readonly maxNameLength: (roles: readonly Role[]) => number;
  /** Where the pods of a role will be; their Service is called as the job. */
  readonly place: (group: Group, role: Role) => Place;
  readonly objects: (request: WorkloadRequest) => WorkloadObject[];
  /** Holds the engine's own options. */
  readonly check?: (sink: ProblemSink) => void;
  /** Holds the other props of a job against what the engine does to them. Props of a wrong type are left out. */
  readonly checkJob?: (props: Partial<DistributedTrainingJobProps>, sink: ProblemSink) => void;
}
