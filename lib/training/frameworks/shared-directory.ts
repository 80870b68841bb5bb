import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

const RULE = 'train/checkpoints-apart';
const FIX = 'use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`';

/** Where the pods' checkpoints lie apart from each other, in words; undefined where all see the same. */
function apart({ checkpoints, workers }: Partial<DistributedTrainingJobProps>): string | undefined {
  if (checkpoints?._perWorker) return 'a claim for each worker';
  return checkpoints?._directoryPerWorker(workers ?? 1, true) ? 'a directory for each worker' : undefined;
}

/** Refuses checkpoints that lie apart where no process has all of one. */
export function checkOneDirectory(props: Partial<DistributedTrainingJobProps>, expected: string, sink: ProblemSink): void {
  const found = apart(props);
  if (found !== undefined) sink.error({ ruleId: RULE, path: 'checkpoints', expected, found, fix: FIX });
}

/** Warns of checkpoints that lie apart where a script may, but seldom does, write and read a whole one in every process. */
export function preferOneDirectory(
  props: Partial<DistributedTrainingJobProps>, expected: string, sink: ProblemSink, otherwise: string = 'let every worker save and restore all of the model',
): void {
  const found = apart(props);
  if (found === undefined || !(props.workers! > 1)) return;
  sink.warn({ ruleId: RULE, path: 'checkpoints', expected, found, fix: `${FIX}; or ${otherwise}` });
}
