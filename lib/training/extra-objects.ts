import type { KubernetesVersion } from '../kubernetes-version';
import type { DistributedTrainingJobProps } from './distributed-training-job-props';
import type { EngineSpec, WorkloadObject } from './engines/engine-spec';
import { deviceClaimTemplate } from './nodes/dra';
import { identityAccount } from './pods/cloud-identity';
import type { Role } from './roles';
import { podGroup } from './scheduling/pod-group';

/** What is settled of a job when the objects beside its workload are made. */
export interface ExtraContext {
  readonly jobName: string;
  readonly roles: readonly Role[];
  readonly target: KubernetesVersion;
  readonly engine: EngineSpec;
  /** Fewest workers that the group goes on with; undefined where it needs all. */
  readonly minWorkers?: number;
}

/** Objects that the pods of a job refer to: claim templates of devices, groups of pods. Their ids are part of the output's order. */
export type ExtraObjects = (props: DistributedTrainingJobProps, context: ExtraContext) => WorkloadObject[];

const EXTRA_OBJECTS: readonly ExtraObjects[] = [deviceClaimTemplate, identityAccount, podGroup];

/** All objects of a job besides its workload, Service and claims. */
export function extraObjects(props: DistributedTrainingJobProps, context: ExtraContext): WorkloadObject[] {
  return EXTRA_OBJECTS.flatMap(make => make(props, context));
}
