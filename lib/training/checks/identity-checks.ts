import { ProblemSink, under } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';

/** Checks of who the pods are in a cloud. */
export function checkIdentity({ identity, serviceAccount }: DistributedTrainingJobProps, sink: ProblemSink): void {
  identity?._check(under('identity', sink));
  if (!identity || !serviceAccount) return;
  sink.error({
    ruleId: 'train/two-identities',
    path: 'identity',
    expected: '`identity`, for which the job makes an account, or `serviceAccount`: pods have one',
    found: 'both',
    fix: 'leave one of them out; for an account of your own, annotate that one',
  });
}
