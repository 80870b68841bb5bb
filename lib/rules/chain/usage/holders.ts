import type { DriverFacts } from '../../../storage/drivers/driver-facts';
import type { BundleView } from '../../bundle/bundle-view';
import type { Claim, ClaimUse } from '../../bundle/claims';
import { NamedIndex } from '../../bundle/named-index';
import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { classNameOf, driverOf, NO_PROVISIONER } from '../binding/model/classes';
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
  for (const use of uses) if (!isHeldBack(use.pod)) holders.push(use);
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
export function volumeOf(view: BundleView, claim: Claim, byClaim: NamedIndex<Json>): Json | undefined {
  const named: unknown = claim.spec.volumeName;
  if (typeof named === 'string' && named !== '') return view.find('PersistentVolume', '', named)?.json.spec;
  return claim.origin === 'claim' ? byClaim.get(claim.namespace, claim.name) : undefined;
}

/** The specs of PersistentVolumes by the claim that they are reserved for: of several the last. */
export function volumesByClaim(view: BundleView): NamedIndex<Json> {
  const index = new NamedIndex<Json>(({ claimRef }) => claimRef.namespace ?? '');
  const volumes = view.all('PersistentVolume');
  for (let i = volumes.length - 1; i >= 0; i--) {
    const spec: Json | undefined = volumes[i].json.spec;
    if (spec?.claimRef) index.add(spec.claimRef.name ?? '', spec);
  }
  return index;
}

/** How a claim reaches nodes; undefined where that is not known. */
export function reachOf(view: BundleView, claim: Claim, volume: Json | undefined): Reach {
  if (volume) return reachOfVolume(volume);
  const className = classNameOf(claim.metadata, claim.spec) ?? '';
  const provisioner: unknown = className === '' ? undefined : view.find('storage.k8s.io/StorageClass', '', className)?.json.provisioner;
  if (typeof provisioner === 'string' && provisioner !== NO_PROVISIONER) return driverOf(provisioner)?.kind;
  return reachesOf(view).get(className);
}

const reaches = new WeakMap<BundleView, ReadonlyMap<string, Reach>>();

/** How the volumes made by hand reach nodes, by class; undefined where those of a class differ. */
function reachesOf(view: BundleView): ReadonlyMap<string, Reach> {
  const known = reaches.get(view);
  if (known) return known;
  const byClass = new Map<string, Reach>();
  for (const { json: { metadata, spec } } of view.all('PersistentVolume')) {
    if (spec === undefined) continue;
    const className = classNameOf(metadata, spec) ?? '';
    const reach = reachOfVolume(spec);
    byClass.set(className, byClass.has(className) && byClass.get(className) !== reach ? undefined : reach);
  }
  reaches.set(view, byClass);
  return byClass;
}

function reachOfVolume(volume: Json): Reach {
  if (volume.csi) return driverOf(volume.csi.driver ?? '')?.kind;
  if (NETWORK_VOLUMES.some(type => volume[type])) return 'file';
  return LOCAL_VOLUMES.some(type => volume[type]) ? 'local' : undefined;
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
