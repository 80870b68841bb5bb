import type { Mount, MountedVolume } from '../storage/mount';
import type { Volume, VolumeMount } from './wire';
import { DNS_LABEL_MAX } from './names';

/** Put before the name of a volume to name the container that waits for its content. */
export const GATE_PREFIX = 'wait-for-';

/** What mounts become in a pod. */
export interface PodVolumes {
  readonly volumes: readonly Volume[];
  /** One for each mount, in order. */
  readonly volumeMounts: readonly VolumeMount[];
}

/**
 * Names the volumes of a pod after what they hold. The same volume mounted twice is one volume; two that would have the
 * same name, or one of `taken`, are told apart by a number.
 */
export function volumesFor(mounts: readonly Mount[], taken: readonly string[] = []): PodVolumes {
  const names = new Map<MountedVolume, string>();
  const used = new Set(taken);
  const volumes: Volume[] = [];
  const volumeMounts: VolumeMount[] = [];
  for (const { _spec: spec } of mounts) {
    let name = names.get(spec.volume);
    if (name === undefined) {
      name = uniqueName(spec.volume.hint, used);
      names.set(spec.volume, name);
      volumes.push({ name, ...spec.volume.source });
    }
    volumeMounts.push({
      name,
      mountPath: spec.path,
      ...(spec.readOnly && { readOnly: true }),
      ...(spec.subPath !== undefined && { subPath: spec.subPath }),
    });
  }
  return { volumes, volumeMounts };
}

function uniqueName(hint: string, used: Set<string>): string {
  const room = DNS_LABEL_MAX - GATE_PREFIX.length - '-99'.length;
  const base = hint.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^-+/, '').slice(0, room).replace(/-+$/, '') || 'volume';
  let name = base;
  for (let n = 2; used.has(name); n++) name = `${base}-${n}`;
  used.add(name);
  return name;
}
