import type { Json } from '../../engine/manifest';
import { warningRule } from '../../engine/rule';
import { modesOf, mountsOf, type HeldClaim } from './holders';

export const READ_ONLY = warningRule({
  id: 'chain/read-only',
  title: 'A volume that can only be read is mounted read-only',
  why: 'A container that mounts it for writing starts, or fails to mount on some drivers, and its first write fails.',
  fix: 'set `readOnly: true` on the volume and on the mount, or use a claim that can be written',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
});

/** Judges mounts against what the claim, its volume and the pod's volume allow. */
export function checkReadOnly({ claim, name, holders }: HeldClaim, volume: Json | undefined): void {
  const modes = modesOf(claim);
  const onlyRead = modes.length > 0 && modes.every(mode => mode === 'ReadOnlyMany') ? `claim ${name} is ReadOnlyMany`
    : isReadOnly(volume) ? `the volume of claim ${name} is read-only` : undefined;
  for (const { pod, volume: own, readOnly } of holders) {
    if (!readOnly && onlyRead === undefined) continue;
    for (const { mount, list, at, index } of mountsOf(pod, own)) {
      // the volume's own makes every mount of it read-only, whatever the mount leaves out
      if (readOnly ? mount.readOnly !== false : mount.readOnly === true) continue;
      pod.subject.report(READ_ONLY, pod.path.field(list).index(at).field('volumeMounts').index(index).field('readOnly'), {
        expected: `true: ${readOnly ? 'the volume of the pod is read-only' : onlyRead}`, found: mount.readOnly === false ? 'false' : 'none, which is false',
      });
    }
  }
}

/** Of a PersistentVolume: `csi.readOnly`, `nfs.readOnly`. */
function isReadOnly(volume: Json | undefined): boolean {
  for (const source in volume) if (volume[source]?.readOnly === true) return true;
  return false;
}
