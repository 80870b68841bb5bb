import type { ProblemSink } from '../../findings/collector';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { CAPABILITIES, type Capability, enginesFor, PAIRS } from '../pairs';
import type { JobContext } from './job-checks';

const STATEFUL_SET_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/';

/** Whether the engine can run the framework. */
export function checkPair({ engine, framework }: JobContext, sink: ProblemSink): void {
  const { id, name } = framework._spec;
  if (PAIRS[id][engine._spec.id]) return;
  sink.error({
    ruleId: 'train/engine-cannot',
    path: 'engine',
    expected: `an engine that runs ${name}: ${enginesFor(id)}`,
    found: engine._spec.factory,
    fix: `use ${enginesFor(id)}, or another framework`,
  });
}

/** What the engine cannot give of what is asked for, with the engines that can. */
export function checkCapabilities(props: DistributedTrainingJobProps, context: JobContext, sink: ProblemSink): void {
  const { engine, framework } = context;
  const gives = CAPABILITIES[engine._spec.id];
  for (const { capability, path, what } of askedBy(props)) {
    // the framework says so itself, whatever the engine
    if (capability === 'perWorkerClaims' && framework._spec.needsSharedCheckpoints) continue;
    if (gives.includes(capability)) continue;
    const others = enginesFor(framework._spec.id, capability);
    const shared = capability === 'perWorkerClaims' ? ', or one claim for all with CheckpointVolume.shared()' : '';
    const withShared = props.engine ? '' : ' with CheckpointVolume.shared()';
    sink.error({
      ruleId: 'train/engine-cannot',
      path,
      expected: others === '' ? `${shared === '' ? `no \`${path}\`` : 'one claim for all workers'}: no engine of ${framework.name} has ${what}` : `an engine that has ${what}: ${others}`,
      found: foundOf(props, context),
      fix: shared !== ''
        ? `use ${others === '' ? 'another framework' : 'one of them'}${shared}`
        : `leave \`${path}\` out${others === '' ? '' : `, or use one of them${withShared}`}`,
    });
  }
  if (!props.engine && !gives.includes('completion')) {
    sink.warn({
      ruleId: 'train/never-completes',
      path: 'engine',
      expected: `${enginesFor(framework._spec.id, 'completion')} for a job that ends`,
      found: `${foundOf(props, context)}: it starts a worker that ends again, for ever`,
      fix: `say \`engine: ${engine._spec.factory}\` to accept it, or use CheckpointVolume.shared()`,
      link: STATEFUL_SET_DOCS,
    });
  }
}

interface Asked {
  readonly capability: Capability;
  readonly path: string;
  /** For people: `a deadline`. */
  readonly what: string;
}

function askedBy(props: DistributedTrainingJobProps): Asked[] {
  const all: (Asked & { readonly wanted: boolean })[] = [
    { capability: 'perWorkerClaims', path: 'checkpoints', what: 'a claim for each worker', wanted: props.checkpoints?._perWorker !== undefined },
    { capability: 'restarts', path: 'restarts', what: 'a limit of restarts', wanted: props.restarts !== undefined },
    { capability: 'deadline', path: 'deadline', what: 'a deadline', wanted: props.deadline !== undefined },
    { capability: 'failOnExitCodes', path: 'failOnExitCodes', what: 'an end by exit codes', wanted: props.failOnExitCodes != null },
    {
      capability: 'completion', path: 'success', what: 'an end, and so a success', wanted: props.success?._firstDecides === false,
    },
    { capability: 'firstDecides', path: 'success', what: 'an end that worker 0 decides', wanted: props.success?._firstDecides === true },
    { capability: 'ttlAfterFinished', path: 'ttlAfterFinished', what: 'an end, and so a time after it', wanted: props.ttlAfterFinished !== undefined },
  ];
  return all.filter(({ wanted }) => wanted);
}

function foundOf({ engine: asked, checkpoints }: DistributedTrainingJobProps, { engine, framework }: JobContext): string {
  const { factory, id } = engine._spec;
  if (asked) return factory;
  return `${factory}, chosen for ${checkpoints?._perWorker && id === 'statefulSet' ? 'the claims of each worker' : framework.name}`;
}
