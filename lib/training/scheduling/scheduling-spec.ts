/** Pods that start together or not at all, and who sees to it. */
export interface GangSpec {
  readonly scheduler: 'volcano' | 'coscheduling';
  /** Queue of the scheduler, where it has some. */
  readonly queue?: string;
  /** Seconds that pods wait for the others before they make room. */
  readonly timeoutSeconds?: number;
}
