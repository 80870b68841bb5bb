import type { ProblemSink } from '../../findings/collector';
import type { Capability } from '../pairs';

/** Pods that start together or not at all, and who sees to it. */
export interface GangSpec {
  readonly scheduler: 'volcano' | 'coscheduling';
  /** Queue of the scheduler, where it has some. */
  readonly queue?: string;
  /** Seconds that pods wait for the others before they make room. */
  readonly timeoutSeconds?: number;
}

/** Who decides when and where the pods of a job start, and what it is told. */
export interface SchedulingSpec {
  readonly name: string;
  /** How a user asks for it. */
  readonly factory: string;
  readonly capability: Extract<Capability, 'kueue' | 'volcano' | 'coscheduling'>;
  /** Labels of the workload. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** Whether nodes are chosen by how near they are to each other. */
  readonly choosesNodes?: boolean;
  /** Name of the scheduler, as pods ask for it; undefined for the cluster's own. */
  readonly schedulerName?: string;
  readonly gang?: GangSpec;
  /** Holds its own options. */
  readonly check: (sink: ProblemSink) => void;
}
