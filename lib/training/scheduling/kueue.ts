import type { ProblemSink } from '../../findings/collector';
import { described } from '../../private/described';
import { DNS_LABEL_MAX, isDnsSubdomain } from '../../private/name-forms';
import { reportType } from '../../private/prop-types';
import { KueueTopology } from './kueue-topology';
import type { SchedulingSpec } from './scheduling-spec';

/** Options of `JobScheduling.kueue()`. */
export interface KueueProps {
  /** Name of the LocalQueue, in the namespace of the job. */
  readonly queue: string;

  /**
   * Name of a WorkloadPriorityClass: the place in the queue and who makes room for whom there, whatever the priority of the pods.
   *
   * @default - the priority of the pods
   */
  readonly priorityClass?: string;

  /**
   * How near to each other the pods are put. A volume that only one zone or node reaches stays where it was made, and Kueue does
   * not look at volumes: see `nodeSelector`.
   *
   * @default - as the queue does without
   * @see https://github.com/kubernetes-sigs/kueue/issues/14708
   */
  readonly topology?: KueueTopology;
}

const QUEUE_LABEL = 'kueue.x-k8s.io/queue-name';
const PRIORITY_LABEL = 'kueue.x-k8s.io/priority-class';
const LABELS_DOCS = 'https://kueue.sigs.k8s.io/docs/reference/labels-and-annotations/';

/**
 * Labels of the workload are all that Kueue asks for: its webhooks suspend what has them and hand them on to the pods of
 * StatefulSets and LeaderWorkerSets. `suspend` is not written: applied anew it would stop the admitted job.
 */
export function kueue({ queue, priorityClass, topology }: KueueProps): SchedulingSpec {
  const hasTopology = topology instanceof Object && '_annotations' in topology;
  return {
    name: 'Kueue',
    factory: 'JobScheduling.kueue()',
    capability: 'kueue',
    labels: { [QUEUE_LABEL]: queue, ...(priorityClass != null && { [PRIORITY_LABEL]: priorityClass }) },
    ...(hasTopology && { podAnnotations: topology._annotations, choosesNodes: true }),
    check: sink => {
      checkObjectName('queue', queue, 'use the name of a LocalQueue, as `research`', sink);
      if (priorityClass != null) checkObjectName('priorityClass', priorityClass, 'use the name of a WorkloadPriorityClass, as `high`', sink);
      if (hasTopology) topology._check('topology.level', sink);
      else if (topology != null) reportType(topology, { path: 'topology', expected: 'a KueueTopology', example: 'KueueTopology.unconstrained()' }, sink);
    },
  };
}

/** Names of objects that labels hold too. */
function checkObjectName(path: string, name: unknown, fix: string, sink: ProblemSink): void {
  if (typeof name === 'string' && name.length <= DNS_LABEL_MAX && isDnsSubdomain(name)) return;
  sink.error({
    ruleId: 'api/name',
    path,
    expected: `lower case letters, digits, \`-\` and \`.\`, at most ${DNS_LABEL_MAX} characters: a label holds it`,
    found: described(name),
    fix,
    link: LABELS_DOCS,
  });
}
