import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { isInt32From, MAX_INT32 } from '../../private/int32-checks';

const UPDATE_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies';

/** In which order a StatefulSet starts its pods. */
export enum PodManagement {
  /** All at once, as processes that wait for each other need it. */
  PARALLEL = 'Parallel',
  /**
   * One after the other, each when the one before it is ready. Workers that are ready only when all have met never start;
   * without a readiness probe they start one by one, and the first waits for the last.
   */
  ORDERED_READY = 'OrderedReady',
}

/** Options of a rolling update. */
export interface RollingUpdateProps {
  /**
   * Only workers from this ordinal on are changed: a canary. The workers of one group then run different templates, and one that
   * is made again gets that of its ordinal.
   *
   * @default 0 - all of them
   */
  readonly partition?: number;
}

/** What becomes of running workers when the template of a StatefulSet changes: a new image, another command. */
export class StatefulSetUpdate {
  /** Nothing: they change when they are deleted. Delete all together, and the group starts again once. */
  public static onDelete(): StatefulSetUpdate {
    return new StatefulSetUpdate();
  }

  /**
   * They are replaced one after the other, the last first, each when the one before is ready. Each breaks the group for all,
   * so that the training starts again once for each worker, and goes on from its last checkpoint.
   */
  public static rolling(props: RollingUpdateProps = {}): StatefulSetUpdate {
    return new StatefulSetUpdate(props);
  }

  private constructor(private readonly props?: RollingUpdateProps) {}

  /** @internal */
  public get _strategy(): Record<string, unknown> {
    if (!this.props) return { type: 'OnDelete' };
    const { partition } = this.props;
    return { type: 'RollingUpdate', ...(partition != null && { rollingUpdate: { partition } }) };
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    const partition = this.props?.partition;
    if (partition == null || isInt32From(0, partition)) return;
    sink.error({
      ruleId: 'api/rolling-update',
      path: 'partition',
      expected: `a whole number from 0 to ${MAX_INT32}`,
      found: described(partition),
      fix: 'set `partition` to the ordinal of the first worker to change, or leave it out',
      link: UPDATE_DOCS,
    });
  }

  /**
   * What it does to workers that train together.
   *
   * @internal
   */
  public _checkGroup(sink: ProblemSink): void {
    if (!this.props) return;
    sink.warn({
      ruleId: 'train/rolling-update',
      path: 'update',
      expected: 'StatefulSetUpdate.onDelete(): workers of one group that change together',
      found: `StatefulSetUpdate.rolling(): each worker that is replaced breaks the group${this.props.partition ? ', and workers of two templates train together' : ''}`,
      fix: 'leave `update` out, and delete the pods together after a change',
      link: UPDATE_DOCS,
    });
  }
}

/** Options of `Engine.statefulSet()`. */
export interface StatefulSetProps {
  /**
   * In which order the workers start.
   *
   * @default PodManagement.PARALLEL
   */
  readonly podManagement?: PodManagement;

  /**
   * What becomes of running workers when the job changes.
   *
   * @default StatefulSetUpdate.onDelete()
   */
  readonly update?: StatefulSetUpdate;

  /**
   * Former templates that the StatefulSet keeps, to go back to one by `kubectl rollout undo`.
   *
   * @default - as the API server does: 10
   */
  readonly revisionHistoryLimit?: number;
}
