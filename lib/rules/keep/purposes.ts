import type { BundleView } from '../bundle/bundle-view';
import type { Claim } from '../bundle/claims';
import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import { purposeOf, type Purpose } from '../values/purpose';

const NONE: readonly Json[] = [];
/** Labels that say what data is for, and not who it belongs to. */
const LABELS = ['app.kubernetes.io/component', 'component', 'role', 'purpose', 'type', 'data', 'app.kubernetes.io/name', 'app'];

/** What a claim is for: by its name, its labels, or where pods mount it. */
export function purposeOfClaim(view: BundleView, claim: Claim): Purpose | undefined {
  return purposeOf(claim.name) ?? purposeOfLabels(claim.metadata.labels) ?? purposeOfMounts(view, claim);
}

function purposeOfLabels(labels: Json | undefined): Purpose | undefined {
  if (!labels) return undefined;
  for (const label of LABELS) {
    const value: unknown = labels[label];
    const purpose = typeof value === 'string' ? purposeOf(value) : undefined;
    if (purpose) return purpose;
  }
  return undefined;
}

function purposeOfMounts(view: BundleView, claim: Claim): Purpose | undefined {
  if (claim.madeFor) return purposeOfVolume(claim.madeFor, claim.name);
  for (const use of view.usesOf(claim)) {
    const purpose = purposeOfVolume(use.pod, use.volume);
    if (purpose) return purpose;
  }
  return undefined;
}

/** What a volume of a pod is for: by where it is mounted. */
export function purposeOfVolume(pod: PodSubject, volume: string): Purpose | undefined {
  for (const container of (pod.spec.containers ?? NONE) as readonly Json[]) {
    for (const mount of (container.volumeMounts ?? NONE) as readonly Json[]) {
      if (mount.name !== volume) continue;
      const purpose = purposeOf(mount.mountPath ?? '');
      if (purpose) return purpose;
    }
  }
  return undefined;
}

/** What cannot be made again by loading it. */
export function isPrecious(purpose: Purpose | undefined): boolean {
  return purpose === 'checkpoints' || purpose === 'registry' || purpose === 'database';
}
