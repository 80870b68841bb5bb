import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { checkSeconds, MAX_INT32 } from '../../private/int32-checks';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

const SECONDS_EXAMPLE = 'Duration.seconds(120)';

/** Checks of times, and of how often a job may fail. */
export function checkTimes(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  checkSeconds(props.terminationGracePeriod, { path: 'terminationGracePeriod', least: 1, example: SECONDS_EXAMPLE }, sink);
  checkSeconds(props.deadline, { path: 'deadline', least: 1, example: SECONDS_EXAMPLE }, sink);
  checkSeconds(props.ttlAfterFinished, { path: 'ttlAfterFinished', least: 0, example: SECONDS_EXAMPLE }, sink);
  const { restarts, workers } = props;
  // the API counts pods
  const most = Math.floor(MAX_INT32 / (workers >= 1 ? workers : 1));
  if (restarts != null && !(Number.isInteger(restarts) && restarts >= 0 && restarts <= most)) {
    sink.error({
      ruleId: 'train/restarts',
      path: 'restarts',
      expected: restarts > most ? `at most ${most} with ${workers} workers` : 'a whole number from 0',
      found: described(restarts),
      fix: 'set `restarts` to the incidents that the job shall survive',
    });
  }
}
