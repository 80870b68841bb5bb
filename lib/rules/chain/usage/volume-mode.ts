import type { BundleView } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { claimsByMaker } from './holders';

export const VOLUME_MODE = errorRule({
  id: 'chain/volume-mode',
  title: 'A claim with a file system is mounted, a raw device is not',
  why: 'The kubelet does not start a container that mounts a raw device, or that takes a file system for a device.',
  fix: 'use `volumeDevices` for a claim with `volumeMode: Block`, and `volumeMounts` for every other one',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support',
});

const LISTS = ['initContainers', 'containers'] as const;
const NONE: readonly never[] = [];

/** Judges how containers take the claims of their pods. */
export function checkVolumeModes(view: BundleView): void {
  let made: ReadonlyMap<PodSubject, readonly Claim[]> | undefined;
  // most bundles have no raw device at all
  const hasDevices = view.claims.some(({ spec }) => spec.volumeMode === 'Block');
  for (const pod of view.pods) {
    if (!hasDevices && !takesDevices(pod)) continue;
    made ??= claimsByMaker(view);
    const byVolume = new Map<string, Claim>();
    for (const { volume, claimName } of view.claimUses(pod)) {
      const claim = view.claim(pod.subject.manifest.namespace, claimName);
      // one that is declared by its name alone can be either
      if (claim && !(claim.subject.manifest.external && claim.spec.accessModes === undefined)) byVolume.set(volume, claim);
    }
    for (const claim of made.get(pod) ?? NONE) byVolume.set(claim.name, claim);
    if (byVolume.size > 0) checkContainers(pod, byVolume);
  }
}

function takesDevices({ spec }: PodSubject): boolean {
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let i = 0; i < containers.length; i++) if (containers[i].volumeDevices !== undefined) return true;
  }
  return false;
}

function checkContainers({ subject, spec, path }: PodSubject, claims: ReadonlyMap<string, Claim>): void {
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let i = 0; i < containers.length; i++) {
      for (const [field, isDevice] of [['volumeMounts', false], ['volumeDevices', true]] as const) {
        const entries: readonly Json[] = containers[i][field] ?? NONE;
        for (let m = 0; m < entries.length; m++) {
          const claim = claims.get(entries[m].name);
          if (!claim || (claim.spec.volumeMode === 'Block') === isDevice) continue;
          const what = claim.origin === 'claim' ? `claim ${claim.name}` : `the claim of ${claim.name}`;
          subject.report(VOLUME_MODE, path.field(list).index(i).field(field).index(m).field('name'), {
            expected: isDevice ? 'a claim with `volumeMode: Block`' : 'a claim with a file system',
            found: isDevice ? `${what}, which has a file system` : `${what}, which is a raw device`,
            fix: isDevice ? 'mount it with `volumeMounts`, or set `volumeMode: Block` on the claim' : 'take it with `volumeDevices`, or leave `volumeMode: Block` of the claim out',
          });
        }
      }
    }
  }
}
