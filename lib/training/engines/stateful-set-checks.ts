import { ProblemSink, under } from '../../findings/collector';
import { described } from '../../private/described';
import { isInt32From, MAX_INT32 } from '../../private/int32-checks';
import { reportType } from '../../private/prop-types';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { PodManagement, StatefulSetProps, StatefulSetUpdate } from './stateful-set-options';

const ORDER_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#pod-management-policies';

/** Holds the options themselves. */
export function checkStatefulSetProps({ podManagement, update, revisionHistoryLimit }: StatefulSetProps, sink: ProblemSink): void {
  if (podManagement != null && !Object.values(PodManagement).includes(podManagement)) {
    reportType(podManagement, { path: 'podManagement', expected: 'a PodManagement', example: 'PodManagement.PARALLEL' }, sink);
  }
  if (isUpdate(update)) update._check(under('update', sink));
  else if (update != null) reportType(update, { path: 'update', expected: 'a StatefulSetUpdate', example: 'StatefulSetUpdate.onDelete()' }, sink);
  if (revisionHistoryLimit == null || isInt32From(0, revisionHistoryLimit)) return;
  sink.error({
    ruleId: 'train/engine-option',
    path: 'revisionHistoryLimit',
    expected: `a whole number from 0 to ${MAX_INT32}`,
    found: described(revisionHistoryLimit),
    fix: 'set `revisionHistoryLimit` within the range, or leave it out',
    link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#revision-history',
  });
}

/** Says what the options do to workers that train together. */
export function checkStatefulSetGroup(
  { podManagement, update }: StatefulSetProps,
  { workers = 1, framework, scheduling }: Partial<DistributedTrainingJobProps>,
  sink: ProblemSink,
): void {
  // a set for each role
  const pods = framework?._spec.roles(workers >= 1 ? workers : 1, 'statefulSet').map(({ replicas }) => replicas) ?? [workers];
  if (podManagement === PodManagement.ORDERED_READY && Math.max(...pods) > 1) {
    const say = { path: 'podManagement', fix: 'leave `podManagement` out', link: ORDER_DOCS };
    const gang = scheduling?._scheduling.gang;
    if (gang) {
      sink.error({
        ...say,
        ruleId: 'train/gang-order',
        expected: `PodManagement.PARALLEL: ${scheduling._scheduling.factory} waits until all pods of the group are there`,
        found: 'PodManagement.ORDERED_READY, which makes the second when the first is ready',
      });
    } else {
      sink.warn({
        ...say,
        ruleId: 'train/ordered-start',
        expected: 'PodManagement.PARALLEL: workers that wait for each other start together',
        found: 'PodManagement.ORDERED_READY: the first waits for the last, and one that is ready only when all have met holds up all',
      });
    }
  }
  if (isUpdate(update) && pods.reduce((sum, replicas) => sum + replicas, 0) > 1) update._checkGroup(sink);
}

function isUpdate(update: unknown): update is StatefulSetUpdate {
  return update instanceof Object && '_strategy' in update;
}
