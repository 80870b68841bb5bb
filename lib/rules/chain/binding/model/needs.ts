import type { BundleView } from '../../../bundle/bundle-view';
import type { Claim } from '../../../bundle/claims';
import type { Json } from '../../../engine/manifest';
import type { PodSubject } from '../../../engine/pods';
import { valueOf } from '../../../values/quantity';
import { classNameOf, type StorageClass, type StorageClasses } from './classes';
import type { Volume } from './volumes';

const NONE: readonly never[] = [];

/** What a claim, or a template of claims, asks the cluster for. */
export interface Need {
  readonly claim: Claim;
  /** The class after defaulting, '' for none; undefined where that depends on a default that is not known. */
  readonly className: string | undefined;
  /** Names no class by itself. */
  readonly unnamed: boolean;
  /** The class, where it is known. */
  readonly class: StorageClass | undefined;
  /** Bytes. */
  readonly request: number;
  readonly modes: readonly string[];
  readonly volumeMode: 'Filesystem' | 'Block';
  /** `volumeAttributesClassName`; '' for none. */
  readonly attributes: string;
  readonly selector: Json | undefined;
  /** '' where no volume is named. */
  readonly volumeName: string;
  /** Claims that are made of it: 1 for a claim. */
  readonly wanted: number;
  /** Pods that use it by name or that it is made for. */
  readonly pods: readonly PodSubject[];
  /** The volumes of the bundle that it gets. */
  readonly bound: Volume[];
  /** A volume names it or it names one: the scheduler has no say. */
  prebound: boolean;
}

/** The needs of all claims of the bundle; of declared ones only those that say what they ask for. */
export function needsOf(bundle: BundleView, classes: StorageClasses): Map<Claim, Need> {
  // claims that are there already in place of one of a template: there are hardly ever any
  const there = new Map<Claim, number>();
  const templates = new Map<Claim, Claim>();
  for (const claim of bundle.claims) {
    const template = claim.origin === 'claim' ? bundle.claimTemplate(claim.namespace, claim.name) : undefined;
    if (!template) continue;
    templates.set(claim, template);
    there.set(template, (there.get(template) ?? 0) + 1);
  }
  const needs = new Map<Claim, Need>();
  for (const claim of bundle.claims) {
    if (claim.subject.manifest.external && claim.spec.accessModes === undefined) continue;
    const template = templates.size === 0 ? undefined : templates.get(claim);
    const wanted = Math.max(0, (claim.copies ?? 1) - (there.size === 0 ? 0 : there.get(claim) ?? 0));
    needs.set(claim, needOf(claim, wanted, podsOf(bundle, claim, template), bundle, classes));
  }
  return needs;
}

function podsOf(bundle: BundleView, claim: Claim, template: Claim | undefined): readonly PodSubject[] {
  const uses = bundle.usesOf(claim);
  const maker = claim.madeFor ?? template?.madeFor;
  if (uses.length === 0) return maker ? [maker] : NONE;
  if (uses.length === 1 && !maker) return [uses[0].pod];
  const pods = new Set(uses.map(({ pod }) => pod));
  if (maker) pods.add(maker);
  return [...pods];
}

function needOf(claim: Claim, wanted: number, pods: readonly PodSubject[], bundle: BundleView, classes: StorageClasses): Need {
  const { metadata, spec } = claim;
  const named = classNameOf(metadata, spec);
  // of several defaults it is the newest, which a bundle makes last
  const standard = classes.defaults[classes.defaults.length - 1];
  const className = named ?? standard?.name ?? (bundle.run.assumeComplete ? '' : undefined);
  return {
    claim, className, wanted, pods,
    unnamed: named === undefined,
    class: className === undefined || className === '' ? undefined : classes.find(className),
    request: valueOf(spec.resources?.requests?.storage) ?? 0,
    modes: spec.accessModes ?? NONE,
    volumeMode: spec.volumeMode === 'Block' ? 'Block' : 'Filesystem',
    attributes: spec.volumeAttributesClassName ?? '',
    selector: spec.selector,
    volumeName: spec.volumeName ?? '',
    bound: [],
    prebound: false,
  };
}

/** Whether the scheduler chooses its volume, when a pod is placed. */
export function waits({ class: storageClass, volumeName, prebound }: Need): boolean {
  return storageClass?.waits === true && volumeName === '' && !prebound;
}

/** Whether a driver makes the volumes that are not there. */
export function isProvisioned({ class: storageClass }: Need): boolean {
  return storageClass?.provisioning === 'dynamic';
}
