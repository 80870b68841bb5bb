import type { KubernetesVersion } from '../kubernetes-version';
import type { ClaimSpec, PodTemplate } from '../private/wire';
import { indexedJob } from './engines/indexed-job';
import { statefulSet } from './engines/stateful-set';

/** What a job may ask of an engine. */
export type Capability = 'perWorkerClaims' | 'completion' | 'restarts' | 'deadline' | 'ttlAfterFinished';

/** Claim templates of a workload, and what becomes of the claims. */
export interface ClaimTemplates {
  readonly name: string;
  readonly spec: ClaimSpec;
  readonly whenDeleted: string;
  readonly whenScaled: string;
}

/** What an engine makes a workload from. */
export interface WorkloadRequest {
  readonly target: KubernetesVersion;
  readonly workers: number;
  readonly serviceName: string;
  /** Labels that only the pods of this job have. */
  readonly selector: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
  readonly claims?: ClaimTemplates;
  /** How many incidents the job survives, whatever the number of pods that fail in one. */
  readonly restarts: number;
  readonly deadlineSeconds?: number;
  readonly ttlSecondsAfterFinished?: number;
}

/** One workload of Kubernetes: what it can carry and how it is written. */
export interface EngineSpec {
  readonly name: string;
  /** How a user asks for it. */
  readonly factory: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly gives: readonly Capability[];
  readonly restartPolicy: 'Always' | 'Never';
  /** Most workers the API takes; undefined where it has no limit. */
  readonly maxWorkers?: number;
  /** Longest name of a workload with so many workers. */
  readonly maxNameLength: (workers: number) => number;
  /** Field of the pod that holds its index; undefined where only the hostname's end tells. */
  readonly rankFieldPath: (target: KubernetesVersion) => string | undefined;
  readonly spec: (request: WorkloadRequest) => Record<string, unknown>;
}

const ENGINES: readonly EngineSpec[] = [statefulSet, indexedJob];

/** How users ask for an engine that gives `capability`. */
export function enginesThatGive(capability: Capability): string {
  return ENGINES.filter(engine => engine.gives.includes(capability)).map(engine => engine.factory).join(' or ');
}

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

  /** Name of the workload. */
  public readonly name: string;

  /** @internal */
  public readonly _spec: EngineSpec;

  private constructor(spec: EngineSpec) {
    this.name = spec.name;
    this._spec = spec;
  }
}
