import type { Size } from 'cdk8s';
import { KubernetesVersion } from '../kubernetes-version';
import { quantityOf } from '../private/quantity';
import { hasReached } from '../private/target';
import type { ClaimSpec } from '../private/wire';
import type { AccessMode, DriverFacts } from './drivers/driver-facts';

/** Spec of a claim, with the defaults that controllers compare written out, so that GitOps tools see no drift. */
export function claimSpec(className: string, size: Size, mode: AccessMode, volumeName?: string): ClaimSpec {
  return {
    accessModes: [mode],
    resources: { requests: { storage: quantityOf(size) } },
    storageClassName: className,
    volumeMode: 'Filesystem',
    ...(volumeName !== undefined && { volumeName }),
  };
}

/**
 * The mode for a claim of one pod: one pod only where driver and target can say so, else one node.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
 */
export function singlePodMode(driver: DriverFacts, target: KubernetesVersion): AccessMode {
  const pod = driver.filesystemModes.includes('ReadWriteOncePod') && hasReached(target, KubernetesVersion.V1_29);
  return pod ? 'ReadWriteOncePod' : 'ReadWriteOnce';
}

/** Whether many pods on many nodes can write to one claim of the driver. */
export function canShare(driver: DriverFacts): boolean {
  return driver.filesystemModes.includes('ReadWriteMany');
}
