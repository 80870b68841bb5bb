import type { DriverFacts } from '../../../storage/drivers/driver-facts';
import type { BundleView } from '../../bundle/bundle-view';
import type { Claim, ClaimUse } from '../../bundle/claims';
import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { classNameOf, driverOf } from '../binding/model/classes';
import { isHeldBack } from './order';

/** A pod, or all pods of a template, that have a claim as a volume. */
export interface Holder {
  readonly pod: PodSubject;
  /** The volume's name in the pod. */
  readonly volume: string;
  /** The volume is read-only for all containers. */
  readonly readOnly: boolean;
  /** Of the name of the claim, or of its template. */
  readonly path: Path;
  /** How many pods at once; undefined for one on each node. */
  readonly copies: number | undefined;
}

/** One claim of the cluster, and who holds it. */
export interface HeldClaim {
  readonly claim: Claim;
  /** Of the claim itself, also where it is made of a template. */
  readonly name: string;
  readonly holders: readonly Holder[];
}

/** How a claim reaches nodes: `block` is attached to one, `local` is on one, `file` and `object` come over the network. */
export type Reach = DriverFacts['kind'] | undefined;

const NONE: readonly never[] = [];
const LISTS = ['initContainers', 'containers'] as const;
const NETWORK_VOLUMES = ['nfs', 'cephfs', 'glusterfs', 'azureFile', 'quobyte'] as const;
const LOCAL_VOLUMES = ['local', 'hostPath'] as const;

/** Every claim that pods name, with those pods. Pods that are not started are left out. */
export function heldClaims(view: BundleView): HeldClaim[] {
  const held: HeldClaim[] = [];
  for (const claim of view.claims) {
    const uses = view.usesOf(claim);
    if (uses.length === 0) continue;
    if (claim.origin === 'claim') {
      held.push({ claim, name: claim.name, holders: holdersOf(view, claim, claim.name, uses) });
      continue;
    }
    for (const name of new Set(uses.map(({ claimName }) => claimName))) {
      held.push({ claim, name, holders: holdersOf(view, claim, name, uses.filter(({ claimName }) => claimName === name)) });
    }
  }
  return held;
}

function holdersOf(view: BundleView, claim: Claim, name: string, uses: readonly ClaimUse[]): Holder[] {
  const holders = makerOf(view, claim, name);
  for (const { pod, volume, readOnly, path } of uses) {
    if (!isHeldBack(pod)) holders.push({ pod, volume, readOnly, path, copies: pod.copies });
  }
  return holders;
}

/** The pod of the StatefulSet that the claim is made for, where others name it. */
function makerOf(view: BundleView, claim: Claim, name: string): Holder[] {
  const template = claim.origin === 'template' ? claim : view.claimTemplate(claim.namespace, name);
  const pod = template?.madeFor;
  if (!template || !pod || isHeldBack(pod)) return [];
  return [{ pod, volume: template.name, readOnly: false, path: template.path, copies: 1 }];
}

/** The PersistentVolume that a claim names, or that names it. */
export function volumeOf(view: BundleView, claim: Claim, byClaim: ReadonlyMap<string, Json>): Json | undefined {
  const named: unknown = claim.spec.volumeName;
  if (typeof named === 'string' && named !== '') return view.find('PersistentVolume', '', named)?.json.spec;
  return claim.origin === 'claim' ? byClaim.get(`${claim.namespace}/${claim.name}`) : undefined;
}

/** The specs of PersistentVolumes by the claim that they are reserved for. */
export function volumesByClaim(view: BundleView): ReadonlyMap<string, Json> {
  const volumes = new Map<string, Json>();
  for (const { json } of view.all('PersistentVolume')) {
    const ref: Json | undefined = json.spec?.claimRef;
    if (ref) volumes.set(`${ref.namespace ?? ''}/${ref.name ?? ''}`, json.spec);
  }
  return volumes;
}

/** How a claim reaches nodes; undefined where that is not known. */
export function reachOf(view: BundleView, claim: Claim, volume: Json | undefined): Reach {
  if (volume?.csi) return driverOf(volume.csi.driver ?? '')?.kind;
  if (volume) {
    if (NETWORK_VOLUMES.some(type => volume[type])) return 'file';
    return LOCAL_VOLUMES.some(type => volume[type]) ? 'local' : undefined;
  }
  const className = classNameOf(claim.metadata, claim.spec);
  const provisioner: unknown = className ? view.find('storage.k8s.io/StorageClass', '', className)?.json.provisioner : undefined;
  return typeof provisioner === 'string' ? driverOf(provisioner)?.kind : undefined;
}

/** A mount of a volume in a container. */
export interface Mount {
  readonly container: Json;
  readonly mount: Json;
  readonly list: 'initContainers' | 'containers';
  readonly at: number;
  readonly index: number;
}

/** The mounts of a volume of a pod. */
export function mountsOf({ spec }: PodSubject, volume: string): Mount[] {
  const mounts: Mount[] = [];
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let at = 0; at < containers.length; at++) {
      const all: readonly Json[] = containers[at].volumeMounts ?? NONE;
      for (let index = 0; index < all.length; index++) {
        if (all[index].name === volume) mounts.push({ container: containers[at], mount: all[index], list, at, index });
      }
    }
  }
  return mounts;
}

/** Whether a container may write to the volume. */
export function writes({ pod, volume, readOnly }: Holder): boolean {
  if (readOnly) return false;
  for (const list of LISTS) {
    const containers: readonly Json[] = pod.spec[list] ?? NONE;
    for (let at = 0; at < containers.length; at++) {
      const all: readonly Json[] = containers[at].volumeMounts ?? NONE;
      for (let index = 0; index < all.length; index++) if (all[index].name === volume && all[index].readOnly !== true) return true;
    }
  }
  return false;
}

/** Claims by the pods that they are made for. */
export function claimsByMaker(view: BundleView): ReadonlyMap<PodSubject, readonly Claim[]> {
  const made = new Map<PodSubject, Claim[]>();
  for (const claim of view.claims) {
    if (!claim.madeFor) continue;
    const known = made.get(claim.madeFor);
    if (known) known.push(claim); else made.set(claim.madeFor, [claim]);
  }
  return made;
}

/** The modes that count: of the claim. */
export function modesOf(claim: Claim): readonly string[] {
  return claim.spec.accessModes ?? NONE;
}
