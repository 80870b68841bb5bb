import type { Duration } from 'cdk8s';
import type { ProblemSink } from '../findings/collector';
import { described } from './described';

/** The largest number that most fields of the API hold. */
export const MAX_INT32 = 2 ** 31 - 1;

/** Whether a field of the API can hold a number. */
export function isInt32From(least: number, value: number): boolean {
  return Number.isInteger(value) && value >= least && value <= MAX_INT32;
}

/** Reports the id of a user or a group that there cannot be. */
export function checkUserId(id: number | undefined, say: { path: string; fix: string }, sink: ProblemSink): void {
  if (id == null || isInt32From(0, id)) return;
  sink.error({ ...say, ruleId: 'api/user-id', expected: `a whole number from 0 to ${MAX_INT32}`, found: described(id) });
}

/** Reports a time that is not of whole seconds, which is all that the API has. */
export function checkSeconds(
  duration: Duration | undefined, { path, least, example }: { path: string; least: number; example: string }, sink: ProblemSink,
): void {
  if (!duration) return;
  const seconds = duration.toSeconds({ integral: false });
  if (isInt32From(least, seconds)) return;
  sink.error({
    ruleId: 'api/seconds', path, expected: `whole seconds from ${least} to ${MAX_INT32}`, found: `${seconds} s`, fix: `set \`${path}\`, as ${example}`,
  });
}
