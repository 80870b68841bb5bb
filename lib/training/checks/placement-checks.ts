import { ProblemSink, under } from '../../findings/collector';
import { described } from '../../private/described';
import { isDnsSubdomain } from '../../private/name-forms';
import { checkSwitch } from '../../private/prop-types';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { JobContext } from './job-checks';

const EXCLUSIVE_DOCS = 'https://jobset.sigs.k8s.io/docs/concepts/#exclusive-job-to-topology-placement';

/** Checks of where pods run, and of who comes first. */
export function checkPlacement(props: DistributedTrainingJobProps, context: JobContext, sink: ProblemSink): void {
  const { placement, priorityClass, disruptable } = props;
  placement?._check(under('placement', sink));
  if (placement?._exclusive) checkExclusive(props.workers, context, sink);
  if (priorityClass != null && !(typeof priorityClass === 'string' && isDnsSubdomain(priorityClass))) {
    sink.error({
      ruleId: 'api/name',
      path: 'priorityClass',
      expected: 'the name of a PriorityClass: lower case letters, digits, `-` and `.`',
      found: described(priorityClass),
      fix: 'use a name such as `research`, as `kubectl get priorityclasses` lists them',
      link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass',
    });
  }
  checkSwitch('disruptable', disruptable, sink);
}

function checkExclusive(workers: number, { engine, framework }: JobContext, sink: ProblemSink): void {
  const { id, factory } = engine._spec;
  if (id !== 'jobSet') {
    sink.error({
      ruleId: 'train/engine-cannot',
      path: 'placement',
      expected: 'an engine that keeps places for one job: Engine.jobSet()',
      found: factory,
      fix: 'use it, or `Placement.packed({ topologyKey, required: true })`',
      link: EXCLUSIVE_DOCS,
    });
    return;
  }
  const roles = framework._spec.roles(workers >= 1 ? workers : 1, id);
  if (roles.length === 1) return;
  sink.error({
    ruleId: 'train/engine-cannot',
    path: 'placement',
    expected: 'a framework whose pods are all alike: the JobSet gives each of its Jobs a place of its own, and so would part the roles',
    found: `${framework.name}, with ${roles.map(({ name }) => name).join(', ')}`,
    fix: 'use `Placement.packed({ topologyKey, required: true })`',
    link: EXCLUSIVE_DOCS,
  });
}
