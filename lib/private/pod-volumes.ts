import type { Mount, MountedVolume } from '../storage/volumes/mount';
import type { Volume, VolumeDevice, VolumeMount } from './wire';
import { DNS_LABEL_MAX } from './name-forms';

/** Put before the name of a volume to name the container that waits for its content. */
export const GATE_PREFIX = 'wait-for-';

/** What mounts become in a pod. */
export interface PodVolumes {
  readonly volumes: readonly Volume[];
  /** Name of the volume of each mount. */
  readonly nameOf: (mount: Mount) => string;
}

/** What mounts become in one of the pod's containers. */
export interface ContainerVolumes {
  /** One for each mount that is a file system, in order. */
  readonly volumeMounts: readonly VolumeMount[];
  /** One for each mount that is a raw device, in order. */
  readonly volumeDevices: readonly VolumeDevice[];
}

/**
 * Names the volumes of a pod after what they hold. The same volume mounted twice is one volume; two that would have the
 * same name, or one of `taken`, are told apart by a number.
 */
export function volumesFor(mounts: readonly Mount[], taken: readonly string[] = []): PodVolumes {
  const names = new Map<MountedVolume, string>();
  const used = new Set(taken);
  const volumes: Volume[] = [];
  for (const { _spec: { volume } } of mounts) {
    if (names.has(volume)) continue;
    const name = uniqueName(volume.hint, used);
    names.set(volume, name);
    volumes.push({ name, ...volume.source });
  }
  return { volumes, nameOf: mount => names.get(mount._spec.volume)! };
}

/** The mounts of one container, once the volumes of its pod have names. */
export function mountsOf(mounts: readonly Mount[], { nameOf }: PodVolumes): ContainerVolumes {
  const volumeMounts: VolumeMount[] = [];
  const volumeDevices: VolumeDevice[] = [];
  for (const mount of mounts) {
    const { path, device, readOnly, subPath } = mount._spec;
    const name = nameOf(mount);
    if (device) volumeDevices.push({ name, devicePath: path });
    else volumeMounts.push({ name, mountPath: path, ...(readOnly && { readOnly: true }), ...(subPath !== undefined && { subPath }) });
  }
  return { volumeMounts, volumeDevices };
}

function uniqueName(hint: string, used: Set<string>): string {
  const room = DNS_LABEL_MAX - GATE_PREFIX.length - '-99'.length;
  const base = hint.toLowerCase().replace(/[^a-z0-9-]/g, '-').replace(/^-+/, '').slice(0, room).replace(/-+$/, '') || 'volume';
  let name = base;
  for (let n = 2; used.has(name); n++) name = `${base}-${n}`;
  used.add(name);
  return name;
}
