import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { nearest } from '../../../private/nearest';
import { hasBackstep, isBelow } from '../../values/file-paths';
import { quoted } from '../../values/quote';
import { repeats } from '../../values/repeats';
import { NamedVolumes } from './named-volumes';
import { isDropped } from './sources/pod-sources';
import { isThere } from './sources/source';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/';

export const VOLUME_MOUNT = errorRule({
  id: 'api/volume-mount',
  title: 'A mount names a volume of the pod, and one that no device of the container is',
  why: 'The API server refuses a container that mounts what the pod does not have. Of a StatefulSet, claim templates are volumes as well.',
  fix: 'use the name of a volume of the pod, or add the volume',
  link: LINK,
});

export const MOUNT_PATH = errorRule({
  id: 'api/mount-path',
  title: 'A mount has a path that no other mount or device of the container has',
  why: 'Two volumes cannot lie at one path: the API server refuses the container.',
  fix: 'give each mount a path of its own, as /data',
  link: LINK,
});

export const SUB_PATH = errorRule({
  id: 'api/sub-path',
  title: 'A mount takes one subfolder of its volume, by a relative path without `..`',
  why: 'A path that leaves the volume would show the files of the node.',
  fix: 'use either `subPath` or `subPathExpr`, as runs/$(POD_NAME)',
  link: `${LINK}#using-subpath`,
});

export const MOUNT_PROPAGATION = errorRule({
  id: 'api/mount-propagation',
  title: 'Mount propagation is None, HostToContainer or, in a privileged container, Bidirectional',
  why: 'Bidirectional lets a container mount things on its node, which only a privileged one may do.',
  fix: 'leave `mountPropagation` out, or use HostToContainer',
  link: `${LINK}#mount-propagation`,
});

export const RECURSIVE_READ_ONLY = errorRule({
  id: 'api/recursive-read-only',
  title: 'A recursive read-only mount is read-only, and propagates nothing',
  why: 'The API server refuses `recursiveReadOnly` Enabled or IfPossible without `readOnly: true`, and beside a mount propagation.',
  fix: 'set `readOnly: true`, and leave `mountPropagation` out',
  link: `${LINK}#recursive-read-only-mounts`,
  since: 31,
});

export const VOLUME_DEVICE = errorRule({
  id: 'api/volume-device',
  title: 'A raw device is a claim of the pod, at a path of its own',
  why: 'Only claims can be raw devices, each once in a container, and never as a mount at the same time.',
  fix: 'name a volume that is a claim with `volumeMode: Block`, and a path such as /dev/xvda',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support',
});

const PROPAGATIONS = ['None', 'HostToContainer', 'Bidirectional'];
/** Beyond this, nobody looks for the nearest name: it would take too long. */
const MOST_TO_COMPARE = 50;

/** Holds the mounts and devices of every container against the volumes of the pod. */
export function checkMounts(pod: PodSubject): void {
  let volumes: NamedVolumes | undefined;
  for (const list of LISTS) {
    const containers: readonly Json[] | undefined = pod.spec[list];
    if (containers === undefined) continue;
    for (let i = 0; i < containers.length; i++) {
      const container = containers[i];
      if (container.volumeMounts === undefined && container.volumeDevices === undefined) continue;
      volumes ??= new NamedVolumes(pod);
      checkContainer(new Place(pod, container, volumes, list, i));
    }
  }
}

const LISTS = ['initContainers', 'containers'] as const;

/** A container, and where it stands. */
class Place {
  constructor(
    public readonly pod: PodSubject, public readonly container: Json, public readonly volumes: NamedVolumes, private readonly list: string,
    private readonly i: number,
  ) {}

  public get path(): Path {
    return this.pod.path.field(this.list).index(this.i);
  }
}

function checkContainer(place: Place): void {
  const { container } = place;
  const mounts: readonly Json[] = container.volumeMounts ?? [];
  const devices: readonly Json[] = container.volumeDevices ?? [];
  for (let i = 0; i < mounts.length; i++) checkMount(place, mounts[i], i);
  reportRepeats(place, mounts, 'volumeMounts', 'mountPath');
  if (devices.length === 0) return;
  for (let i = 0; i < devices.length; i++) checkDevice(place, devices[i], i);
  reportRepeats(place, devices, 'volumeDevices', 'devicePath');
  reportRepeats(place, devices, 'volumeDevices', 'name');
  if (mounts.length > 0) checkOverlap(place, mounts, devices);
}

function reportRepeats(place: Place, entries: readonly Json[], list: string, field: string): void {
  for (const i of repeats(entries, field)) {
    const value = entries[i][field];
    if (value === '') continue;
    place.pod.subject.report(list === 'volumeMounts' ? MOUNT_PATH : VOLUME_DEVICE, place.path.field(list).index(i).field(field), {
      expected: field === 'name' ? 'each volume once' : 'a path of its own', found: `${quoted(value)} again`,
    });
  }
}

function checkMount(place: Place, mount: Json, i: number): void {
  const { pod, volumes } = place;
  const { name, mountPath } = mount;
  const volume = volumes.find(name);
  if (isDropped(volume, pod.subject.minor)) return;
  if (volume === undefined) reportUnknown(place, name, 'volumeMounts', i);
  if (!isThere(mountPath)) {
    pod.subject.report(MOUNT_PATH, at(place, i).field('mountPath'), { expected: 'a path in the container', found: quoted(mountPath) });
  }
  if (isThere(mount.subPath) || isThere(mount.subPathExpr)) checkSubPath(place, mount, i);
  if (mount.mountPropagation !== undefined) checkPropagation(place, mount, i);
  if (mount.recursiveReadOnly !== undefined) checkRecursive(place, mount, i);
}

function at(place: Place, i: number): Path {
  return place.path.field('volumeMounts').index(i);
}

function reportUnknown({ pod, volumes, path }: Place, name: string | undefined, list: 'volumeMounts' | 'volumeDevices', i: number): void {
  const near = isThere(name) && volumes.size <= MOST_TO_COMPARE ? nearest(name!, volumes.names()) : undefined;
  pod.subject.report(list === 'volumeMounts' ? VOLUME_MOUNT : VOLUME_DEVICE, path.field(list).index(i).field('name'), {
    expected: `a volume of the pod${volumes.size === 0 ? ', which has none' : ''}`, found: quoted(name), fix: near === undefined ? undefined : `use ${quoted(near)}`,
  });
}

function checkSubPath(place: Place, mount: Json, i: number): void {
  const { subject } = place.pod;
  for (const field of ['subPath', 'subPathExpr']) {
    const value = mount[field];
    if (isThere(value) && !isBelow(value)) {
      subject.report(SUB_PATH, at(place, i).field(field), { expected: 'a relative path without `..`', found: quoted(value) });
    }
  }
  if (isThere(mount.subPath) && isThere(mount.subPathExpr)) {
    subject.report(SUB_PATH, at(place, i).field('subPathExpr'), { expected: 'either `subPath` or `subPathExpr`', found: 'both' });
  }
}

function checkPropagation(place: Place, mount: Json, i: number): void {
  const { subject } = place.pod;
  const { mountPropagation: propagation } = mount;
  if (!PROPAGATIONS.includes(propagation)) {
    subject.report(MOUNT_PROPAGATION, at(place, i).field('mountPropagation'), { expected: 'None, HostToContainer or Bidirectional', found: quoted(propagation) });
  } else if (propagation === 'Bidirectional' && place.container.securityContext?.privileged !== true) {
    subject.report(MOUNT_PROPAGATION, at(place, i).field('mountPropagation'), {
      expected: 'a privileged container for Bidirectional', found: 'one that is not privileged',
    });
  }
}

function checkRecursive(place: Place, mount: Json, i: number): void {
  const { subject } = place.pod;
  const { mountPropagation: propagation, recursiveReadOnly: recursive, readOnly } = mount;
  if (recursive === 'Disabled') return;
  const report = (expected: string, found: string): void =>
    subject.report(RECURSIVE_READ_ONLY, at(place, i).field('recursiveReadOnly'), { expected, found });
  if (recursive !== 'Enabled' && recursive !== 'IfPossible') {
    report('Disabled, IfPossible or Enabled', quoted(recursive));
    return;
  }
  if (readOnly !== true) report('`readOnly: true` beside it', quoted(readOnly));
  if (propagation !== undefined && propagation !== 'None') report('no mount propagation beside it', quoted(propagation));
}

function checkDevice(place: Place, device: Json, i: number): void {
  const { pod, volumes } = place;
  const { name, devicePath } = device;
  const path = place.path.field('volumeDevices').index(i);
  const volume = volumes.find(name);
  if (volume === undefined) {
    reportUnknown(place, name, 'volumeDevices', i);
  } else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
    pod.subject.report(VOLUME_DEVICE, path.field('name'), { expected: 'a volume that is a claim', found: quoted(name) });
  }
  if (!isThere(devicePath) || hasBackstep(devicePath)) {
    pod.subject.report(VOLUME_DEVICE, path.field('devicePath'), { expected: 'a path in the container, without `..`', found: quoted(devicePath) });
  }
}

/** One volume is a mount or a device, and one path holds one of the two. */
function checkOverlap({ pod, path }: Place, mounts: readonly Json[], devices: readonly Json[]): void {
  const names = new Set<unknown>();
  const paths = new Set<unknown>();
  for (const { name, mountPath } of mounts) {
    if (isThere(name)) names.add(name);
    if (isThere(mountPath)) paths.add(mountPath);
  }
  for (let i = 0; i < devices.length; i++) {
    const { name, devicePath } = devices[i];
    const device = path.field('volumeDevices').index(i);
    if (names.has(name)) {
      pod.subject.report(VOLUME_DEVICE, device.field('name'), { expected: 'a volume that is not mounted too', found: quoted(name) });
    }
    if (paths.has(devicePath)) {
      pod.subject.report(VOLUME_DEVICE, device.field('devicePath'), { expected: 'a path where nothing is mounted', found: quoted(devicePath) });
    }
  }
}
