import { described } from '../../private/described';
import { isDnsSubdomain } from '../../private/name-forms';
import type { SchedulingSpec } from './scheduling-spec';

/** Options of `JobScheduling.volcano()`. */
export interface VolcanoProps {
  /**
   * Name of Volcano's Queue, which has no namespace.
   *
   * @default - the cluster's default queue
   */
  readonly queue?: string;
}

/** A gang by Volcano. It has no time after which a group gives up. */
export function volcano({ queue }: VolcanoProps): SchedulingSpec {
  return {
    name: 'Volcano',
    factory: 'JobScheduling.volcano()',
    capability: 'volcano',
    schedulerName: 'volcano',
    gang: { scheduler: 'volcano', ...(queue != null && { queue }) },
    check: sink => {
      if (queue == null || (typeof queue === 'string' && isDnsSubdomain(queue))) return;
      sink.error({
        ruleId: 'api/name',
        path: 'queue',
        expected: 'lower case letters, digits, `-` and `.`',
        found: described(queue),
        fix: 'use the name of a Queue of Volcano, as `research`',
        link: 'https://volcano.sh/en/docs/queue/',
      });
    },
  };
}
