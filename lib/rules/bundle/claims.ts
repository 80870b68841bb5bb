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
  readonly madeFor?: PodSubject;
}

/** A pod's volume that is a claim. */
export interface ClaimUse {
  readonly pod: PodSubject;
  /** The volume's name in the pod. */
  readonly volume: string;
  /** `persistentVolumeClaim.readOnly` of the volume. */
  readonly readOnly: boolean;
  /** Of the claim's name: where to report that something is wrong with the reference. */
  readonly path: Path;
  readonly claimName: string;
}

const EMPTY: Json = {};
const NONE: readonly never[] = [];
const SPEC = Path.ROOT.field('spec');

/** The claim that a PersistentVolumeClaim is. */
export function claimOf(subject: Subject): Claim {
  const { json, namespace, name } = subject.manifest;
  return {
    subject, namespace, name, origin: 'claim', copies: 1,
    metadata: json.metadata ?? EMPTY, spec: json.spec ?? EMPTY, path: SPEC,
  };
}

/** The claims that a JobSet makes for all its pods, or a training runtime for those of each job. */
export function sharedClaimsOf(subject: Subject): Claim[] {
  const { json, namespace } = subject.manifest;
  const isRuntime = subject.manifest.kind !== 'JobSet';
  const path = isRuntime ? Path.ROOT.fields('spec', 'template', 'spec') : Path.ROOT.field('spec');
  const policies: Json[] = (isRuntime ? json.spec?.template?.spec : json.spec)?.volumeClaimPolicies ?? [];
  return policies.flatMap((policy, i) => sharedClaimTemplates({ volumeClaimPolicies: [policy] }).map((template, n): Claim => ({
    subject, namespace, name: sharedClaimName(template, subject.manifest), origin: 'claim', copies: 1,
    metadata: template.metadata ?? EMPTY, spec: template.spec ?? EMPTY,
    path: path.field('volumeClaimPolicies').index(i).field('templates').index(n).field('spec'),
  })));
}

/** The claims that are made for a pod: those of claim templates and those of ephemeral volumes. */
export function claimsFor(pod: PodSubject): readonly Claim[] {
  const { subject } = pod;
  const volumes: Json[] = pod.spec.volumes ?? NONE;
  if (pod.claimTemplates.length === 0 && !volumes.some(isEphemeral)) return NONE;
  const claims = pod.claimTemplates.map((template, i): Claim => ({
    subject, origin: 'template', copies: pod.copies, madeFor: pod,
    namespace: subject.manifest.namespace, name: template.metadata?.name ?? '',
    metadata: template.metadata ?? EMPTY, spec: template.spec ?? EMPTY,
    path: pod.controllerPath.field('volumeClaimTemplates').index(i).field('spec'),
  }));
  volumes.forEach((volume, i) => {
    const template = volume.ephemeral?.volumeClaimTemplate;
    if (!template) return;
    claims.push({
      subject, origin: 'ephemeral', copies: pod.copies, madeFor: pod,
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
    const volume = volumes[i];
    const source = volume.persistentVolumeClaim;
    if (!source) continue;
    (uses ??= []).push({
      pod, volume: volume.name ?? '', claimName: source.claimName ?? '', readOnly: source.readOnly === true,
      path: pod.path.field('volumes').index(i).fields('persistentVolumeClaim', 'claimName'),
    });
  }
  return uses ?? NONE;
}
