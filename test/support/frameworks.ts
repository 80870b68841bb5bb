import { DistributedTrainingJobProps, Engine, Framework, KubernetesVersion } from '../../lib';
import type { EngineId } from '../../lib/training/engines/engine-spec';
import { PAIRS } from '../../lib/training/pairs';
import { rulesIn } from './checker';
import { type Emitted, emit, TARGETS } from './engines';
import { type ResolvedPod, resolvePods } from './rendezvous/pods';

/** What a job emits, and the pods that come of it. */
export interface Running extends Emitted {
  readonly pods: readonly ResolvedPod[];
  /** Ids of the rules that the manifests break. */
  readonly broken: readonly string[];
}

/** All engines that run a framework, by their ids. */
export function enginesOf(framework: Framework): [EngineId, Engine][] {
  return (Object.keys(PAIRS[framework._spec.id]) as EngineId[]).map(id => [id, Engine[id]()]);
}

/** Each engine of a framework with each target. */
export function pairsOf(framework: Framework): [EngineId, KubernetesVersion, Engine][] {
  return enginesOf(framework).flatMap(([id, engine]) => TARGETS.map<[EngineId, KubernetesVersion, Engine]>(target => [id, target, engine]));
}

/** Emits a job of any engine called `train`, and starts its pods. */
export function run(props: Partial<DistributedTrainingJobProps>, target = KubernetesVersion.V1_36): Running {
  const emitted = emit(props, { target });
  return { ...emitted, pods: resolvePods(emitted.manifests, { target }), broken: rulesIn(emitted.manifests, { target }) };
}
