import type { Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';

/** What a part of the group is called, in labels and in the names of its pods. */
export type RoleName = 'worker' | 'chief' | 'ps' | 'evaluator' | 'launcher';

/** A part of the group whose pods are all alike. */
export interface Role {
  readonly name: RoleName;
  readonly replicas: number;
  /** Whether its pods get the job's accelerators, `/dev/shm` and interconnect. */
  readonly accelerated: boolean;
  /** Whether its pods mount the datasets, the streams and the other volumes. */
  readonly readsData: boolean;
  /** Whether its pods mount the checkpoints. */
  readonly mountsCheckpoints: boolean;
  /** Whether its processes end when the training has ended; parameter servers never do. */
  readonly ends: boolean;
  /** Whether its processes start those of the others and hand their environment on to them. */
  readonly launches?: boolean;
  /** CPU of each pod; undefined for the job's. */
  readonly cpu?: Cpu;
  /** Memory of each pod; undefined for the job's. */
  readonly memory?: Size;
  /** Labels of the nodes, in the place of the job's own; undefined for the job's. */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Whether the others go on while a pod of it is made anew; a collective cannot. */
  readonly replaceable?: boolean;
}

/** Number of pods of the roles that do something. */
export function podsThat(roles: readonly Role[], does: 'accelerated' | 'readsData' | 'mountsCheckpoints'): number {
  return roles.reduce((sum, role) => role[does] ? sum + role.replicas : sum, 0);
}

/** The role of a group in which all pods train alike. */
export function workersOnly(workers: number): Role[] {
  return [{ name: 'worker', replicas: workers, accelerated: true, readsData: true, mountsCheckpoints: true, ends: true }];
}
