import { given } from '../../private/given';
import { CoschedulingProps, coscheduling } from './coscheduling';
import { KueueProps, kueue } from './kueue';
import type { SchedulingSpec } from './scheduling-spec';
import { VolcanoProps, volcano } from './volcano';

/**
 * Who decides when the pods of a job start, so that two jobs never hold half of what each needs. What it needs must be in the
 * cluster: without it labels do nothing, and pods that ask for a scheduler wait for ever.
 */
export class JobScheduling {
  /**
   * A queue of Kueue: the job waits until its quota has room for all pods, and makes room for what is more urgent.
   *
   * Kueue suspends the job and starts it again itself; a StatefulSet and a LeaderWorkerSet keep the number of their workers
   * while they are in a queue.
   *
   * @see https://kueue.sigs.k8s.io/docs/concepts/
   */
  public static kueue(props: KueueProps): JobScheduling {
    return new JobScheduling(kueue(given(props)));
  }

  /**
   * A gang by Volcano: all pods get their nodes together, or none.
   *
   * @see https://volcano.sh/en/docs/podgroup/
   */
  public static volcano(props: VolcanoProps = {}): JobScheduling {
    return new JobScheduling(volcano(given(props)));
  }

  /**
   * A gang by the coscheduling plugin of the Kubernetes scheduler: all pods get their nodes together, or none.
   *
   * @see https://github.com/kubernetes-sigs/scheduler-plugins/tree/master/pkg/coscheduling
   */
  public static coscheduling(props: CoschedulingProps = {}): JobScheduling {
    return new JobScheduling(coscheduling(given(props)));
  }

  /** Who decides: `Kueue`, `Volcano`, `coscheduling`. */
  public readonly name: string;

  /** @internal */
  public readonly _scheduling: SchedulingSpec;

  private constructor(spec: SchedulingSpec) {
    this.name = spec.name;
    this._scheduling = spec;
  }
}
