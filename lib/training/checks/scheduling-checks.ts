import { ProblemSink, under } from '../../findings/collector';
import { isTier } from '../../storage/tiers/tier-types';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { enginesFor } from '../pairs';
import { nodeSelectorOf } from '../pods/worker-pod';
import type { SchedulingSpec } from '../scheduling/scheduling-spec';
import type { JobContext } from './job-checks';

const ZONE = 'topology.kubernetes.io/zone';

/** Checks of who decides when and where the pods start. */
export function checkScheduling(props: DistributedTrainingJobProps, context: JobContext, sink: ProblemSink): void {
  const spec = props.scheduling?._scheduling;
  if (!spec) return;
  spec.check(under('scheduling', sink));
  if (spec.capability === 'kueue') checkOneWorkload(props, context, sink);
  if (spec.gang && props.placement?._exclusive) reportExclusive(spec, sink);
  if (spec.choosesNodes) checkBoundClaims(props, sink);
}

/** Kueue admits each StatefulSet by itself: two jobs could each hold half of what they need. */
function checkOneWorkload({ workers }: DistributedTrainingJobProps, { engine, framework }: JobContext, sink: ProblemSink): void {
  const { id, factory } = engine._spec;
  const roles = framework._spec.roles(workers >= 1 ? workers : 1, id);
  if (id !== 'statefulSet' || roles.length === 1) return;
  const others = enginesFor(framework._spec.id, 'kueue', 'completion');
  sink.error({
    ruleId: 'train/engine-cannot',
    path: 'scheduling',
    expected: `an engine that holds all roles in one workload: ${others}`,
    found: `${factory}, a StatefulSet for each of ${roles.map(({ name }) => name).join(', ')}, which Kueue admits one by one`,
    fix: `use ${others}, or JobScheduling.volcano()`,
  });
}

/** JobSet makes the other pods when the first has a node, which it gets when all are there. */
function reportExclusive({ factory }: SchedulingSpec, sink: ProblemSink): void {
  sink.error({
    ruleId: 'train/gang-order',
    path: 'placement',
    expected: `pods that are made together: ${factory} waits until all of the group are there`,
    found: 'Placement.exclusive(), with which the others are made when the first has a node',
    fix: 'leave one of the two out, or use JobScheduling.kueue()',
    link: 'https://jobset.sigs.k8s.io/docs/concepts/#exclusive-job-to-topology-placement',
  });
}

/** Volumes stay where the first run has put them. */
function checkBoundClaims(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  const { checkpoints } = props;
  const tier = checkpoints?._perWorker?.tier ?? checkpoints?._shared?.tier ?? checkpoints?._existing?.claim?.tier;
  if (!isTier(tier)) return;
  const { provisioner, topologyKeys } = tier.backend._driver;
  const nodeSelector = nodeSelectorOf(props);
  if (topologyKeys.length === 0 || [ZONE, ...topologyKeys].some(key => nodeSelector[key] !== undefined)) return;
  sink.warn({
    ruleId: 'train/topology-claims',
    path: 'scheduling.topology',
    expected: 'checkpoints that every node reaches, or a `nodeSelector` that keeps the workers where their volumes are: Kueue does not look at volumes',
    found: `${provisioner}, whose volumes stay with one ${topologyKeys[0]}`,
    fix: `add the label ${topologyKeys[0]} to \`nodeSelector\`, or use CheckpointVolume.shared() on a file system`,
    link: 'https://github.com/kubernetes-sigs/kueue/issues/14708',
  });
}
