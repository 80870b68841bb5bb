import type { InitRequest } from '../../private/pod';
import type { EnvVar, Toleration, Volume, VolumeMount } from '../../private/wire';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import type { EngineSpec } from '../engines/engine-spec';
import type { Role } from '../roles';

/** A claim of a pod's own, and the template that it is made from. */
export interface PodClaim {
  readonly name: string;
  readonly resourceClaimTemplateName: string;
}

/** What one concern of a job adds to the pods of a role. */
export interface PodPart {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
  /** Before the user's own. */
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly Readonly<Record<string, unknown>>[];
  /** Devices and the like: asked for and limited alike, or the API refuses the pod. */
  readonly resources?: Readonly<Record<string, string>>;
  /** Claims of devices that each pod gets of its own, for the container that trains. */
  readonly claims?: readonly PodClaim[];
  readonly volumes?: readonly Volume[];
  readonly volumeMounts?: readonly VolumeMount[];
  readonly init?: readonly InitRequest[];
  /** Fields of the pod's spec that no other concern writes. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Fields of the container that trains that no other concern writes. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** Linux capabilities of the container that trains. */
  readonly capabilities?: readonly string[];
}

/** What a concern is told. */
export interface PartContext {
  readonly jobName: string;
  readonly role: Role;
  /** All roles of the job. */
  readonly roles: readonly Role[];
  /** Labels that only the pods of this job have. */
  readonly jobLabels: Readonly<Record<string, string>>;
  /** Undefined where only the nodes are asked for. */
  readonly engine?: EngineSpec;
}

/** A concern of a job's pods. */
export type PodConcern = (props: DistributedTrainingJobProps, context: PartContext) => PodPart;

/** All parts as one: later ones win where two say the same. Every job of an app comes through here, for each of its roles. */
export function mergeParts(parts: readonly PodPart[]): Required<PodPart> {
  const whole: Record<keyof PodPart, any> = {
    labels: {}, annotations: {}, nodeSelector: {}, resources: {}, spec: {}, container: {},
    claims: [], tolerations: [], env: [], envFrom: [], volumes: [], volumeMounts: [], init: [], capabilities: [],
  };
  for (const part of parts) {
    for (const key in part) {
      const value: unknown = part[key as keyof PodPart];
      if (Array.isArray(value)) whole[key as keyof PodPart].push(...value);
      else if (value !== undefined) Object.assign(whole[key as keyof PodPart], value);
    }
  }
  return whole;
}
