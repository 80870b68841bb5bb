import type { BundleView } from '../../../bundle/bundle-view';
import type { Claim } from '../../../bundle/claims';
import type { Json } from '../../../engine/manifest';
import type { Subject } from '../../../engine/subject';
import { valueOf } from '../../../values/quantity';
import { inTreeProvisioner } from '../../../../storage/drivers/custom/in-tree';
import type { StorageChain } from './storage-chain';
import type { Need } from './needs';

/** API group of snapshots. */
export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';
const MODE_CHANGE = 'snapshot.storage.kubernetes.io/allow-volume-mode-change';

/** What is in a snapshot, or in a claim that is cloned: as much as the bundle tells. */
export interface Content {
  /** Who it is, for people. */
  readonly title: string;
  /** Provisioner that made it. */
  readonly driver?: string;
  /** Bytes. */
  readonly size?: number;
  /** As it is written. */
  readonly sizeText?: string;
  readonly volumeMode?: string;
  /** Its volume may be read in the other mode. */
  readonly modeMayChange?: boolean;
  /** Class of the claim that it is of. */
  readonly className?: string;
}

/** The claim that a snapshot is taken of; undefined where it is of a content, or of a claim that is not known. */
export function claimOfSnapshot(bundle: BundleView, { json, namespace }: Subject['manifest']): Claim | undefined {
  const name: string | undefined = json.spec?.source?.persistentVolumeClaimName;
  return name === undefined ? undefined : bundle.claim(namespace, name);
}

/** The content that a snapshot is bound to by hand. */
export function contentOfSnapshot(bundle: BundleView, { json }: Subject['manifest']): Subject | undefined {
  const name: string | undefined = json.spec?.source?.volumeSnapshotContentName;
  return name === undefined ? undefined : bundle.find(`${SNAPSHOT_GROUP}/VolumeSnapshotContent`, '', name);
}

/** What is known of the content of a snapshot. */
export function contentOf(chain: StorageChain, { manifest }: Subject): Content {
  const title = `the VolumeSnapshot ${manifest.name}`;
  const restore: string | undefined = manifest.json.status?.restoreSize;
  const claim = claimOfSnapshot(chain.bundle, manifest);
  if (claim) {
    const ofClaim = contentOfClaim(chain, claim);
    return restore === undefined ? { ...ofClaim, title } : { ...ofClaim, title, size: valueOf(restore), sizeText: restore };
  }
  const content: Json | undefined = contentOfSnapshot(chain.bundle, manifest)?.json;
  const bytes: number | undefined = content?.status?.restoreSize;
  return {
    title,
    driver: content?.spec?.driver,
    size: valueOf(restore ?? bytes),
    sizeText: restore ?? bytes?.toString(),
    volumeMode: content?.spec?.sourceVolumeMode,
    modeMayChange: content?.metadata?.annotations?.[MODE_CHANGE] === 'true',
  };
}

/** What is known of a claim that is copied. */
export function contentOfClaim(chain: StorageChain, claim: Claim): Content {
  const need = chain.needs.get(claim);
  const title = `the claim ${claim.name}`;
  if (!need) return { title };
  const sizeText: string | undefined = claim.spec.resources?.requests?.storage;
  return {
    title,
    driver: driverNameOf(need),
    size: sizeText === undefined ? undefined : need.request,
    sizeText,
    volumeMode: need.volumeMode,
    className: need.className,
  };
}

/** Name of the driver that has the volumes of a claim; undefined where it is not known. */
export function driverNameOf({ bound, class: storageClass }: Need): string | undefined {
  if (bound.length > 0) return bound[0].subject.json.spec?.csi?.driver;
  if (storageClass?.provisioning !== 'dynamic' || storageClass.provisioner === '') return undefined;
  return inTreeProvisioner(storageClass.provisioner)?.successor ?? storageClass.provisioner;
}
