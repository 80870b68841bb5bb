import type { EngineId } from './engines/engine-spec';
import type { FrameworkId } from './frameworks/framework-spec';

/** Who tells the processes their place: the pods' own variables, or the operator of the engine. */
export type Wiring = 'pod' | 'operator';

/**
 * Which framework runs on which engine, and who tells its processes their place. What is not here cannot be: Horovod and
 * MPI need hosts that accept ssh, parameter servers need a workload of several roles, and operators know some frameworks only.
 */
export const PAIRS: Readonly<Record<FrameworkId, Readonly<Partial<Record<EngineId, Wiring>>>>> = {
  torchrun: { statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', trainJob: 'operator', pytorchJob: 'operator' },
  torchrunElastic: { statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', pytorchJob: 'operator' },
  pytorchPlain: { statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', trainJob: 'pod', pytorchJob: 'operator' },
  deepspeed: {
    statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', trainJob: 'operator', pytorchJob: 'operator', mpiJob: 'operator',
  },
  accelerate: { statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', trainJob: 'pod' },
  horovod: { mpiJob: 'operator' },
  mpi: { mpiJob: 'operator' },
  tensorflow: { statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', trainJob: 'pod' },
  tensorflowParameterServer: { statefulSet: 'pod', jobSet: 'pod' },
  jax: { statefulSet: 'pod', indexedJob: 'pod', jobSet: 'pod', leaderWorkerSet: 'pod', trainJob: 'operator' },
};

/** What a job may ask of an engine. */
export type Capability =
  | 'perWorkerClaims' | 'completion' | 'firstDecides' | 'restarts' | 'wholeJobRestart' | 'infrastructureFaults' | 'failOnExitCodes' | 'deadline'
  | 'ttlAfterFinished' | 'kueue' | 'volcano' | 'coscheduling';

/** What each engine can carry. What is missing is lost with it, or refused where it is asked for. */
export const CAPABILITIES: Readonly<Record<EngineId, readonly Capability[]>> = {
  statefulSet: ['perWorkerClaims', 'kueue', 'volcano', 'coscheduling'],
  indexedJob: [
    'completion', 'firstDecides', 'restarts', 'infrastructureFaults', 'failOnExitCodes', 'deadline', 'ttlAfterFinished', 'kueue', 'volcano', 'coscheduling',
  ],
  jobSet: [
    'completion', 'firstDecides', 'restarts', 'wholeJobRestart', 'infrastructureFaults', 'failOnExitCodes', 'deadline', 'ttlAfterFinished', 'kueue',
    'volcano', 'coscheduling',
  ],
  leaderWorkerSet: ['perWorkerClaims', 'wholeJobRestart', 'kueue', 'volcano', 'coscheduling'],
  trainJob: [
    'completion', 'firstDecides', 'restarts', 'wholeJobRestart', 'infrastructureFaults', 'failOnExitCodes', 'deadline', 'ttlAfterFinished', 'kueue',
    'volcano', 'coscheduling',
  ],
  mpiJob: ['completion', 'firstDecides', 'restarts', 'deadline', 'ttlAfterFinished', 'kueue', 'volcano', 'coscheduling'],
  pytorchJob: ['completion', 'firstDecides', 'restarts', 'deadline', 'ttlAfterFinished', 'kueue', 'volcano', 'coscheduling'],
};

/** How users ask for an engine that runs the framework and gives what is asked: by the factory of its id. */
export function enginesFor(framework: FrameworkId, ...asked: readonly Capability[]): string {
  const ids = (Object.keys(PAIRS[framework]) as EngineId[]).filter(id => asked.every(capability => CAPABILITIES[id].includes(capability)));
  return ids.map(id => `Engine.${id}()`).join(', ').replace(/, ([^,]*)$/, ' or $1');
}
