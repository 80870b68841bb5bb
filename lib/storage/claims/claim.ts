import type { Size } from 'cdk8s';
import { KubernetesVersion } from '../../kubernetes-version';
import { quantityOf } from '../../private/quantity';
import { hasReached } from '../../private/target';
import type { ClaimSpec, DataSourceRef } from '../../private/wire';
import { modesFor } from './access';
import type { AccessMode, DriverFacts, VolumeMode } from '../drivers/driver-facts';
import type { IStorageTier } from '../tiers/storage-tier';

/** Class of claims and volumes that are bound by hand: no class at all, not the cluster's default. */
export const NO_CLASS = '';

/** What a claim is written from. */
export interface ClaimRequest {
  readonly className: string;
  readonly size: Size;
  readonly mode: AccessMode;
  /** A file system where it is left out. */
  readonly volumeMode?: VolumeMode;
  /** The volume that it is tied to. */
  readonly volumeName?: string;
  /** What it is filled from. */
  readonly source?: DataSourceRef;
  /** Its VolumeAttributesClass. */
  readonly attributesClass?: string;
}

/** Spec of a claim, with the defaults that controllers compare written out, so that GitOps tools see no drift. */
export function claimSpec(request: ClaimRequest): ClaimSpec {
  return {
    accessModes: [request.mode],
    // never `dataSource`: the API server empties one that it does not know, and the claim with it
    ...(request.source && { dataSourceRef: request.source }),
    resources: { requests: { storage: quantityOf(request.size) } },
    storageClassName: request.className,
    volumeMode: request.volumeMode ?? 'Filesystem',
    ...(request.attributesClass !== undefined && { volumeAttributesClassName: request.attributesClass }),
    ...(request.volumeName !== undefined && { volumeName: request.volumeName }),
  };
}

/**
 * The mode for a claim of one pod: one pod only where driver and target can say so, else one node.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
 */
export function singlePodMode(driver: DriverFacts, target: KubernetesVersion, volumeMode: VolumeMode = 'Filesystem'): AccessMode {
  const modes = volumeMode === 'Filesystem' ? driver.filesystemModes : driver.blockModes;
  return modes.includes('ReadWriteOncePod') && hasReached(target, KubernetesVersion.V1_29) ? 'ReadWriteOncePod' : 'ReadWriteOnce';
}

/** Whether many pods on many nodes can write to one file system of the tier. */
export function canShare(tier: IStorageTier): boolean {
  const { backend } = tier;
  return modesFor(backend._driver, { volumeMode: 'Filesystem', parameters: backend.parameters }).includes('ReadWriteMany');
}
