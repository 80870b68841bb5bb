import type { BundleView } from '../bundle/bundle-view';
import type { Claim } from '../bundle/claims';
import type { Subject } from '../engine/subject';
import type { Purpose } from '../values/purpose';
import { purposeOfClaim } from './purposes';

/** A claim whose content has a purpose, and what stands behind it. */
export interface KeptClaim {
  readonly claim: Claim;
  readonly purpose: Purpose;
  /** undefined where it is not known. */
  readonly storageClass: Subject | undefined;
  /** The volume that it names, made by hand. */
  readonly volume: Subject | undefined;
}

/** The claims of a bundle by which something is kept. */
export function* keptClaimsOf(view: BundleView): Generator<KeptClaim> {
  const classes = new Map<string, Subject | undefined>();
  for (const claim of view.claims) {
    if (claim.subject.manifest.external) continue;
    const purpose = purposeOfClaim(view, claim);
    if (purpose === undefined) continue;
    const { storageClassName, volumeName } = claim.spec;
    const volume = volumeName ? view.find('PersistentVolume', '', volumeName) : undefined;
    yield { claim, purpose, volume, storageClass: storageClassName ? classOf(view, storageClassName, classes) : undefined };
  }
}

/** Many claims have few classes. */
function classOf(view: BundleView, name: string, classes: Map<string, Subject | undefined>): Subject | undefined {
  if (!classes.has(name)) classes.set(name, view.find('storage.k8s.io/StorageClass', '', name));
  return classes.get(name);
}

/** The driver of its volume; undefined where it is not known. */
export function driverOf({ volume, storageClass }: KeptClaim): string | undefined {
  return volume ? volume.json.spec?.csi?.driver : storageClass?.json.provisioner;
}
