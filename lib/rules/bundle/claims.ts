import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { sharedClaimName, sharedClaimTemplates, type PodSubject } from '../engine/pods';
import type { Subject } from '../engine/subject';

/** A claim of the bundle, or the template that several are made of. */
export interface Claim {
  /** The object that it stands in; reports go here. */
  readonly subject: Subject;
  readonly metadata: Json;
  readonly spec: Json;
  /** Of `spec`. */
  readonly path: Path;
  readonly namespace: string;
  /** Of the claim; of the template where several are made of it. */
  readonly name: string;
  /** `template`: of a StatefulSet, one for each ordinal. `ephemeral`: of a pod's volume, one for each pod, gone with it. */
  readonly origin: 'claim' | 'template' | 'ephemeral';
  /** How many there are of it; undefined for one on each node. */
  readonly copies: number | undefined;
  /** The pods that it is made for; undefined for a claim of its own. */
  readonly madeFor: PodSubject | undefined;
  /** The pods that use it by name, as the view of the bundle finds them; undefined for none. */
  uses: ClaimUse[] | undefined;
}

/** A pod's volume that is a claim. */
export class ClaimUse {
  /** The volume's name in the pod. */
  public readonly volume: string;
  /** `persistentVolumeClaim.readOnly` of the volume. */
  public readonly readOnly: boolean;
  public readonly claimName: string;

  constructor(public readonly pod: PodSubject, private readonly at: number, volume: Json) {
    const source: Json = volume.persistentVolumeClaim;
    this.volume = volume.name ?? '';
    this.claimName = source.claimName ?? '';
    this.readOnly = source.readOnly === true;
  }

  /** How many pods use it at once; undefined for one on each node. */
  public get copies(): number | undefined {
    return this.pod.copies;
  }

  /** Of the claim's name: where to report that something is wrong with the reference. */
  public get path(): Path {
    return this.pod.path.field('volumes').index(this.at).fields('persistentVolumeClaim', 'claimName');
  }
}

const EMPTY: Json = {};
const NONE: readonly never[] = [];
const SPEC = Path.ROOT.field('spec');

/** The claim that a PersistentVolumeClaim is. */
export function claimOf(subject: Subject): Claim {
  const { json, namespace, name } = subject.manifest;
  return {
    subject, namespace, name, origin: 'claim', copies: 1, madeFor: undefined, uses: undefined,
    metadata: json.metadata ?? EMPTY, spec: json.spec ?? EMPTY, path: SPEC,
  };
}

/** A claim that a StatefulSet makes for each of its pods. */
class TemplateClaim implements Claim {
  public readonly origin = 'template';
  public readonly subject: Subject;
  public readonly metadata: Json;
  public readonly spec: Json;
  public readonly name: string;
  public uses: ClaimUse[] | undefined = undefined;

  constructor(public readonly madeFor: PodSubject, private readonly at: number, template: Json) {
    this.subject = madeFor.subject;
    this.metadata = template.metadata ?? EMPTY;
    this.spec = template.spec ?? EMPTY;
    this.name = template.metadata?.name ?? '';
  }

  public get namespace(): string {
    return this.subject.manifest.namespace;
  }

  public get copies(): number | undefined {
    return this.madeFor.copies;
  }

  public get path(): Path {
    return this.madeFor.controllerPath.field('volumeClaimTemplates').index(this.at).field('spec');
  }
}

/** The claims that a JobSet makes for all its pods, or a training runtime for those of each job. */
export function sharedClaimsOf(subject: Subject): Claim[] {
  const { json, namespace } = subject.manifest;
  const isRuntime = subject.manifest.kind !== 'JobSet';
  const path = isRuntime ? Path.ROOT.fields('spec', 'template', 'spec') : Path.ROOT.field('spec');
  const policies: Json[] = (isRuntime ? json.spec?.template?.spec : json.spec)?.volumeClaimPolicies ?? [];
  return policies.flatMap((policy, i) => sharedClaimTemplates({ volumeClaimPolicies: [policy] }).map((template, n): Claim => ({
    subject, namespace, name: sharedClaimName(template, subject.manifest), origin: 'claim', copies: 1, madeFor: undefined, uses: undefined,
    metadata: template.metadata ?? EMPTY, spec: template.spec ?? EMPTY,
    path: path.field('volumeClaimPolicies').index(i).field('templates').index(n).field('spec'),
  })));
}

/** The claims that are made for a pod: those of claim templates and those of ephemeral volumes. */
export function claimsFor(pod: PodSubject): readonly Claim[] {
  const { subject } = pod;
  const volumes: Json[] = pod.spec.volumes ?? NONE;
  if (pod.claimTemplates.length === 0 && !volumes.some(isEphemeral)) return NONE;
  const claims = pod.claimTemplates.map((template, i): Claim => new TemplateClaim(pod, i, template));
  volumes.forEach((volume, i) => {
    const template = volume.ephemeral?.volumeClaimTemplate;
    if (!template) return;
    claims.push({
      subject, origin: 'ephemeral', copies: pod.copies, madeFor: pod, uses: undefined,
      namespace: subject.manifest.namespace, name: volume.name ?? '',
      metadata: template.metadata ?? EMPTY, spec: template.spec ?? EMPTY,
      path: pod.path.field('volumes').index(i).fields('ephemeral', 'volumeClaimTemplate', 'spec'),
    });
  });
  return claims;
}

function isEphemeral(volume: Json): boolean {
  return volume.ephemeral?.volumeClaimTemplate !== undefined;
}

/** The volumes of a pod that name a claim. */
export function claimUsesOf(pod: PodSubject): readonly ClaimUse[] {
  const volumes: Json[] = pod.spec.volumes ?? NONE;
  let uses: ClaimUse[] | undefined;
  for (let i = 0; i < volumes.length; i++) {
    if (volumes[i].persistentVolumeClaim) (uses ??= []).push(new ClaimUse(pod, i, volumes[i]));
  }
  return uses ?? NONE;
}
