/**
 * When a job that ends has succeeded. Where some processes never end (parameter servers), and where an operator asks only
 * the first (the launcher of an MPIJob, the master of a PyTorchJob), the first decides whatever is asked for.
 */
export class SuccessPolicy {
  /** When every worker has. */
  public static allWorkers(): SuccessPolicy {
    return new SuccessPolicy(false);
  }

  /**
   * When worker 0, or the chief, has: the others are ended then, with the grace period. For scripts in which worker 0 writes
   * the last checkpoint and the others may hang at their end.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/#success-policy
   */
  public static firstWorker(): SuccessPolicy {
    return new SuccessPolicy(true);
  }

  private constructor(
    /** @internal */
    public readonly _firstDecides: boolean,
  ) {}
}
