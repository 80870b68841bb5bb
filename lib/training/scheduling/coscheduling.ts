import type { Duration } from 'cdk8s';
import { described } from '../../private/described';
import { checkSeconds } from '../../private/int32-checks';
import { reportType } from '../../private/prop-types';
import type { SchedulingSpec } from './scheduling-spec';

/** Options of `JobScheduling.coscheduling()`. */
export interface CoschedulingProps {
  /**
   * Name of the scheduler that runs the plugin.
   *
   * @default 'scheduler-plugins-scheduler' - as its Helm chart calls it
   */
  readonly schedulerName?: string;

  /**
   * How long pods that have found a node wait for the others, before all make room and try again.
   *
   * @default - as the plugin is configured, 60 s without
   */
  readonly timeout?: Duration;
}

const DEFAULT_SCHEDULER = 'scheduler-plugins-scheduler';
const EXAMPLE = 'Duration.minutes(5)';

/** A gang by the coscheduling plugin of the Kubernetes scheduler. */
export function coscheduling({ schedulerName, timeout }: CoschedulingProps): SchedulingSpec {
  const isDuration = timeout instanceof Object && 'toSeconds' in timeout;
  return {
    name: 'coscheduling',
    factory: 'JobScheduling.coscheduling()',
    capability: 'coscheduling',
    schedulerName: schedulerName ?? DEFAULT_SCHEDULER,
    gang: { scheduler: 'coscheduling', ...(isDuration && { timeoutSeconds: timeout.toSeconds({ integral: false }) }) },
    check: sink => {
      if (isDuration) checkSeconds(timeout, { path: 'timeout', least: 1, example: EXAMPLE }, sink);
      else if (timeout != null) reportType(timeout, { path: 'timeout', expected: 'a Duration', example: EXAMPLE }, sink);
      if (schedulerName == null || (typeof schedulerName === 'string' && /^\S+$/.test(schedulerName))) return;
      sink.error({
        ruleId: 'api/name',
        path: 'schedulerName',
        expected: 'a name without spaces',
        found: described(schedulerName),
        fix: `use the name in the scheduler's profile, as \`${DEFAULT_SCHEDULER}\`, or leave it out`,
        link: 'https://kubernetes.io/docs/tasks/extend-kubernetes/configure-multiple-schedulers/',
      });
    },
  };
}
