import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
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

/** The claim that a PersistentVolumeClaim is. */
export function claimOf(subject: Subject): Claim {
  const { json, namespace, name } = subject.manifest;
  return {
    subject, namespace, name, origin: 'claim', copies: 1,
    metadata: json.metadata ?? EMPTY, spec: json.spec ?? EMPTY, path: Path.ROOT.field('spec'),
  };
}

/** The claims that are made for a pod: those of claim templates and those of ephemeral volumes. */
export function claimsFor(pod: PodSubject): Claim[] {
  const { subject } = pod;
  const claims = pod.claimTemplates.map((template, i): Claim => ({
    subject, origin: 'template', copies: pod.copies, madeFor: pod,
    namespace: subject.manifest.namespace, name: template.metadata?.name ?? '',
    metadata: template.metadata ?? EMPTY, spec: template.spec ?? EMPTY,
    path: pod.controllerPath.field('volumeClaimTemplates').index(i).field('spec'),
  }));
  const volumes: Json[] = pod.spec.volumes ?? [];
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

/** The volumes of a pod that name a claim. */
export function claimUsesOf(pod: PodSubject): ClaimUse[] {
  const volumes: Json[] = pod.spec.volumes ?? [];
  const uses: ClaimUse[] = [];
  volumes.forEach((volume, i) => {
    const source = volume.persistentVolumeClaim;
    if (!source) return;
    uses.push({
      pod, volume: volume.name ?? '', claimName: source.claimName ?? '', readOnly: source.readOnly === true,
      path: pod.path.field('volumes').index(i).fields('persistentVolumeClaim', 'claimName'),
    });
  });
  return uses;
}
