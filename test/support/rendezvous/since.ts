import type { KubernetesVersion } from '../../../lib';

/** Whether the cluster is of that minor release or newer. */
export function since(minor: number, target: KubernetesVersion): boolean {
  return Number(target.split('.')[1]) >= minor;
}
