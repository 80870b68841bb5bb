import type { Manifest } from '../engine/manifest';
import { podsOf, type PodSubject } from '../engine/pods';
import type { Run, Subject } from '../engine/subject';
import { claimOf, claimsFor, claimUsesOf, type Claim, type ClaimUse } from './claims';

const NONE: readonly never[] = [];

/** All objects at once, found by what refers to them. Every lookup is one step, so that a check of all objects is linear. */
export class BundleView {
  /** Of every pod and pod template of the bundle. */
  public readonly pods: readonly PodSubject[];
  /** Claims, claim templates and claims of ephemeral volumes; those that are declared are external subjects. */
  public readonly claims: readonly Claim[];

  private readonly byType = new Map<string, Subject[]>();
  private readonly byKey = new Map<string, Subject>();
  private readonly claimsByKey = new Map<string, Claim>();
  private readonly templateClaims = new Map<string, Claim>();
  private readonly uses = new Map<Claim, ClaimUse[]>();
  private readonly usesOfPods = new Map<PodSubject, readonly ClaimUse[]>();

  /**
   * @param subjects those of the bundle and then those that are declared to be outside it
   */
  constructor(public readonly run: Run, public readonly subjects: readonly Subject[]) {
    for (const subject of subjects) this.index(subject);
    this.pods = subjects.flatMap(subject => subject.manifest.external ? NONE : podsOf(subject));
    const claims = this.all('PersistentVolumeClaim').map(claimOf);
    for (const claim of claims) {
      const key = keyOf(claim.namespace, claim.name);
      if (!this.claimsByKey.has(key)) this.claimsByKey.set(key, claim);
    }
    for (const pod of this.pods) {
      for (const claim of claimsFor(pod)) {
        claims.push(claim);
        if (claim.origin === 'template') this.templateClaims.set(keyOf(claim.namespace, `${claim.name}-${pod.subject.manifest.name}`), claim);
      }
    }
    this.claims = claims;
    for (const pod of this.pods) this.indexUses(pod);
  }

  /** Every object of a type, `apps/StatefulSet`, `Pod`; the declared ones last. */
  public all(type: string): readonly Subject[] {
    return this.byType.get(type) ?? NONE;
  }

  /** An object by its type and name; `namespace` is '' for what has none. */
  public find(type: string, namespace: string, name: string): Subject | undefined {
    return this.byKey.get(`${type} ${keyOf(namespace, name)}`);
  }

  /** The claim of a name, also where a StatefulSet makes it: `ckpt-train-3`. */
  public claim(namespace: string, name: string): Claim | undefined {
    const claim = this.claimsByKey.get(keyOf(namespace, name));
    if (claim) return claim;
    const dash = name.lastIndexOf('-');
    if (dash < 0 || !isOrdinal(name, dash + 1)) return undefined;
    const made = this.templateClaims.get(keyOf(namespace, name.slice(0, dash)));
    if (!made) return undefined;
    const first: number = made.madeFor?.controller.ordinals?.start ?? 0;
    const ordinal = Number(name.slice(dash + 1));
    return ordinal >= first && ordinal < first + (made.copies ?? 0) ? made : undefined;
  }

  /** The pods that use a claim by name, or that it is made for. */
  public usesOf(claim: Claim): readonly ClaimUse[] {
    return this.uses.get(claim) ?? NONE;
  }

  /** The volumes of a pod that name a claim. */
  public claimUses(pod: PodSubject): readonly ClaimUse[] {
    return this.usesOfPods.get(pod) ?? NONE;
  }

  private index(subject: Subject): void {
    const { manifest } = subject;
    const known = this.byType.get(manifest.type);
    if (known) known.push(subject); else this.byType.set(manifest.type, [subject]);
    const key = `${manifest.type} ${keyOf(manifest.namespace, manifest.name)}`;
    if (!this.byKey.has(key)) this.byKey.set(key, subject);
  }

  private indexUses(pod: PodSubject): void {
    const uses = claimUsesOf(pod);
    if (uses.length === 0) return;
    this.usesOfPods.set(pod, uses);
    for (const use of uses) {
      const claim = this.claim(pod.subject.manifest.namespace, use.claimName);
      if (!claim) continue;
      const known = this.uses.get(claim);
      if (known) known.push(use); else this.uses.set(claim, [use]);
    }
  }
}

/** What a manifest is called in a sentence: `StatefulSet train`. */
export function titleOf({ kind, name }: Manifest): string {
  return `${kind} ${name}`;
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function isOrdinal(text: string, from: number): boolean {
  if (from >= text.length) return false;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return text[from] !== '0' || text.length === from + 1;
}
