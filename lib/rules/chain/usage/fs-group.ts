import type { BundleView } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import type { NamedIndex } from '../../bundle/named-index';
import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { warningRule, type Rule } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { valueOf } from '../../values/quantity';
import { claimsByMaker, modesOf, reachOf, volumeOf, volumesByClaim, type Reach } from './holders';

export const FS_GROUP_RECURSIVE = warningRule({
  id: 'chain/fs-group-recursive',
  title: 'A pod does not give all files of a large volume a new group at every start',
  why: 'With `fsGroup` the kubelet goes through every file of the volume before the containers start: hours for millions of them.',
  fix: 'set `fsGroupChangePolicy: OnRootMismatch`',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods',
});
export const FS_GROUP_IGNORED = warningRule({
  id: 'chain/fs-group-ignored',
  title: 'A bucket that is mounted as files belongs to the user of the pod',
  why: 'The files of a bucket have no owner. They belong to root where the mount options say nothing else, and `fsGroup` does not change that: '
    + 'a pod that does not run as root may not even read them.',
  fix: 'add allow-other, and uid and gid of the pod, to `mountOptions` of the PersistentVolume',
  link: 'https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md',
});

export const FS_GROUP_RULES: readonly Rule[] = [FS_GROUP_RECURSIVE, FS_GROUP_IGNORED];

/** Volumes that hold enough files to matter. */
const LARGE = 100 * 2 ** 30;
const NONE: readonly never[] = [];
const MOUNTPOINT_S3 = 's3.csi.aws.com';

/** Judges how pods take hold of the files of their claims. */
export function checkFsGroups(view: BundleView): void {
  let made: ReadonlyMap<PodSubject, readonly Claim[]> | undefined;
  let volumes: NamedIndex<Json> | undefined;
  const hasBuckets = view.all('PersistentVolume').some(({ json }) => json.spec?.csi?.driver === MOUNTPOINT_S3);
  for (const pod of view.pods) {
    const security: Json | undefined = pod.spec.securityContext;
    const isRecursive = security?.fsGroup !== undefined && security.fsGroupChangePolicy !== 'OnRootMismatch';
    if (!isRecursive && !hasBuckets) continue;
    made ??= claimsByMaker(view);
    volumes ??= volumesByClaim(view);
    if (isRecursive) checkGroup(view, pod, security, made, volumes);
    if (hasBuckets) checkBuckets(view, pod, security, volumes);
  }
}

function checkGroup(
  view: BundleView, pod: PodSubject, security: Json, made: ReadonlyMap<PodSubject, readonly Claim[]>, volumes: NamedIndex<Json>,
): void {
  const claim = claimsOf(view, pod, made).find(one => isLarge(one) && changes(one, reachOf(view, one, volumeOf(view, one, volumes))));
  if (!claim) return;
  pod.subject.report(FS_GROUP_RECURSIVE, pod.path.fields('securityContext', 'fsGroupChangePolicy'), {
    expected: `OnRootMismatch: ${claim.origin === 'claim' ? `claim ${claim.name}` : `the claim of ${claim.name}`} has ${claim.spec.resources.requests.storage}`,
    found: quoted(security.fsGroupChangePolicy),
  });
}

function checkBuckets(view: BundleView, pod: PodSubject, security: Json | undefined, volumes: NamedIndex<Json>): void {
  const user: number | undefined = security?.runAsUser;
  if (user === 0 || (user === undefined && security?.runAsNonRoot !== true)) return;
  for (const use of view.claimUses(pod)) {
    const { claimName } = use;
    const claim = view.claim(pod.subject.manifest.namespace, claimName);
    const volume = claim && volumeOf(view, claim, volumes);
    if (volume?.csi?.driver !== MOUNTPOINT_S3) continue;
    const options: readonly string[] = volume.mountOptions ?? NONE;
    if (options.some(option => /^(--)?allow-(other|root)$/.test(option))) continue;
    pod.subject.report(FS_GROUP_IGNORED, use.path, {
      expected: `a volume with the mount option allow-other, for a pod that runs as ${user === undefined ? 'another user than root' : `user ${user}`}`,
      found: quoted(options),
    });
  }
}

function claimsOf(view: BundleView, pod: PodSubject, made: ReadonlyMap<PodSubject, readonly Claim[]>): readonly Claim[] {
  const claims = (made.get(pod) ?? NONE).filter(({ origin }) => origin === 'template');
  for (const { claimName, readOnly } of view.claimUses(pod)) {
    const claim = readOnly ? undefined : view.claim(pod.subject.manifest.namespace, claimName);
    if (claim) claims.push(claim);
  }
  return claims;
}

/** A disk of one node: file systems that many nodes share keep their owners. */
function changes(claim: Claim, reach: Reach): boolean {
  if (claim.spec.volumeMode === 'Block' || reach === 'file' || reach === 'object') return false;
  return modesOf(claim).every(mode => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}

function isLarge({ spec }: Claim): boolean {
  return (valueOf(spec.resources?.requests?.storage) ?? 0) >= LARGE;
}
