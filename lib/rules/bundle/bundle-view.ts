import type { Manifest } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import type { Run, Subject } from '../engine/subject';
import { claimOf, claimsFor, claimUsesOf, sharedClaimsOf, type Claim, type ClaimUse } from './claims';
import { NamedIndex } from './named-index';

const NONE: readonly never[] = [];
/** Kinds that make claims for all their pods at once. */
const JOB_SETS = ['jobset.x-k8s.io/JobSet', 'trainer.kubeflow.org/TrainingRuntime', 'trainer.kubeflow.org/ClusterTrainingRuntime'];

/** All objects at once, found by what refers to them. Every lookup is one step, so that a check of all objects is linear. */
export class BundleView {
  /** Of every pod and pod template of the bundle. */
  public readonly pods: readonly PodSubject[];
  /** Objects that have type, namespace and name of an earlier one, which is the one that is found. */
  public readonly repeats: readonly Subject[];
  /** Claims, claim templates and claims of ephemeral volumes; those that are declared are external subjects. */
  public readonly claims: readonly Claim[];
  /** Claim templates of StatefulSets whose claims have the names of those of an earlier template: that one. */
  public readonly claimRivals: ReadonlyMap<Claim, Claim>;

  private readonly byType = new Map<string, Subject[]>();
  private readonly byName = new Map<string, NamedIndex<Subject>>();
  private readonly claimsByName = new NamedIndex<Claim>(({ namespace }) => namespace);
  /** By `<template>-<set>`. */
  private readonly templateClaims = new NamedIndex<Claim>(({ namespace }) => namespace);

  /**
   * @param subjects those of the bundle and then those that are declared to be outside it
   */
  constructor(public readonly run: Run, public readonly subjects: readonly Subject[]) {
    const repeats: Subject[] = [];
    for (const subject of subjects) if (!this.index(subject)) repeats.push(subject);
    this.repeats = repeats;
    const pods: PodSubject[] = [];
    for (const subject of subjects) {
      if (subject.manifest.external) continue;
      for (const pod of subject.pods) pods.push(pod);
    }
    this.pods = pods;
    const claims = this.all('PersistentVolumeClaim').map(claimOf);
    for (const type of JOB_SETS) for (const subject of this.all(type)) claims.push(...sharedClaimsOf(subject));
    for (const claim of claims) this.claimsByName.add(claim.name, claim);
    const rivals = new Map<Claim, Claim>();
    for (const pod of pods) {
      for (const claim of claimsFor(pod)) {
        claims.push(claim);
        if (claim.origin !== 'template') continue;
        const name = `${claim.name}-${pod.subject.manifest.name}`;
        if (!this.templateClaims.add(name, claim)) rivals.set(claim, this.templateClaims.get(claim.namespace, name)!);
      }
    }
    this.claims = claims;
    this.claimRivals = rivals;
    for (const pod of pods) this.indexUses(pod);
  }

  /** Every object of a type, `apps/StatefulSet`, `Pod`; the declared ones last. */
  public all(type: string): readonly Subject[] {
    return this.byType.get(type) ?? NONE;
  }

  /** An object by its type and name; `namespace` is '' for what has none. */
  public find(type: string, namespace: string, name: string): Subject | undefined {
    return this.byName.get(type)?.get(namespace, name);
  }

  /** The claim of a name, also where a StatefulSet makes it: `ckpt-train-3`. */
  public claim(namespace: string, name: string): Claim | undefined {
    return this.claimsByName.get(namespace, name) ?? this.claimTemplate(namespace, name);
  }

  /** The template of a StatefulSet that claims of this name are made of, whether or not one of them is there already. */
  public claimTemplate(namespace: string, name: string): Claim | undefined {
    const dash = name.lastIndexOf('-');
    if (dash < 0 || !isOrdinal(name, dash + 1)) return undefined;
    const made = this.templateClaims.get(namespace, name.slice(0, dash));
    if (!made) return undefined;
    const first: number = made.madeFor?.controller.ordinals?.start ?? 0;
    const ordinal = Number(name.slice(dash + 1));
    return ordinal >= first && ordinal < first + (made.copies ?? 0) ? made : undefined;
  }

  /** The pods that use a claim by name, or that it is made for. */
  public usesOf(claim: Claim): readonly ClaimUse[] {
    return claim.uses ?? NONE;
  }

  /** The volumes of a pod that name a claim. */
  public claimUses(pod: PodSubject): readonly ClaimUse[] {
    return pod.claimUses ??= claimUsesOf(pod);
  }

  /** @returns whether it is the first of its type, namespace and name */
  private index(subject: Subject): boolean {
    const { manifest } = subject;
    const known = this.byType.get(manifest.type);
    if (known) known.push(subject); else this.byType.set(manifest.type, [subject]);
    let names = this.byName.get(manifest.type);
    if (!names) this.byName.set(manifest.type, names = new NamedIndex(one => one.manifest.namespace));
    return names.add(manifest.name, subject);
  }

  private indexUses(pod: PodSubject): void {
    for (const use of this.claimUses(pod)) {
      const claim = this.claim(pod.subject.manifest.namespace, use.claimName);
      if (claim) (claim.uses ??= []).push(use);
    }
  }
}

/** What a manifest is called in a sentence: `StatefulSet train`. */
export function titleOf({ kind, name }: Manifest): string {
  return `${kind} ${name}`;
}

function isOrdinal(text: string, from: number): boolean {
  if (from >= text.length) return false;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text[from] !== '0' || text.length === from + 1;
}
