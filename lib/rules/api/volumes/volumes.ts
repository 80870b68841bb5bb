import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsLabel, isDnsSubdomain } from '../../../private/name-forms';
import { quoted } from '../../values/quote';
import { repeats } from '../../values/repeats';
import { CLOUD_SOURCES } from './sources/cloud';
import { FILE_SOURCES } from './sources/files';
import { NETWORK_SOURCES } from './sources/network';
import { isDropped, POD_SOURCES } from './sources/pod-sources';
import { RETIRED_SOURCES } from './sources/retired';
import { isThere, type SourceKind, type VolumeSource } from './sources/source';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/';

export const VOLUME_NAME = errorRule({
  id: 'api/volume-name',
  title: 'A volume has a name that is a DNS label and no other volume of the pod has',
  why: 'Containers name their mounts by it, and the kubelet makes a directory of it.',
  fix: 'use at most 63 lower-case letters, digits and dashes, as training-data',
  link: LINK,
});

export const VOLUME_SOURCE = errorRule({
  id: 'api/volume-sources',
  title: 'A volume has one source',
  why: 'A volume is one thing: the API server refuses two sources, and a PersistentVolume without any.',
  fix: 'leave one source, and make a volume of its own of each other',
  link: LINK,
});

/** Sources that pods and PersistentVolumes share, each in the words of the API. */
export const SHARED_SOURCES: ReadonlyMap<string, SourceKind> = new Map(Object.entries({
  ...FILE_SOURCES, ...NETWORK_SOURCES, ...CLOUD_SOURCES, ...RETIRED_SOURCES,
}));
const PODS_OWN = new Map(Object.entries(POD_SOURCES));
const SOURCES_IN_ORDER = [
  'emptyDir', 'hostPath', 'gitRepo', 'gcePersistentDisk', 'awsElasticBlockStore', 'secret', 'nfs', 'iscsi', 'glusterfs', 'flocker',
  'persistentVolumeClaim', 'rbd', 'cinder', 'cephfs', 'quobyte', 'downwardAPI', 'fc', 'flexVolume', 'configMap', 'azureFile', 'vsphereVolume',
  'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'storageos', 'projected', 'scaleIO', 'csi', 'ephemeral', 'image',
];
const LABEL = 'at most 63 lower-case letters, digits and dashes, a letter or digit at both ends';
const NONE: readonly Json[] = [];

const POD_FIELDS = new Set(SOURCES_IN_ORDER);

function volumePath(pod: PodSubject, i: number): Path {
  return pod.path.field('volumes').index(i);
}

/** Of a pod's volume; the path is made only where something is reported. */
class PodVolumeSource implements VolumeSource {
  public readonly isPersistent = false;

  constructor(
    public readonly json: Json, private readonly pod: PodSubject, public readonly volumeName: string, private readonly field: string,
    private readonly i: number,
  ) {}

  public get subject(): Subject {
    return this.pod.subject;
  }

  public get path(): Path {
    return volumePath(this.pod, this.i).field(this.field);
  }
}

/** Whether a field of a volume is a source. */
export function isPodSource(field: string): boolean {
  return POD_FIELDS.has(field);
}

/** Holds the volumes of a pod, and the claim templates that become some, against what the API server takes. */
export function checkVolumes(pod: PodSubject): void {
  const volumes: readonly Json[] = pod.spec.volumes ?? NONE;
  for (let i = 0; i < pod.claimTemplates.length; i++) checkTemplateName(pod, i);
  if (volumes.length === 0) return;
  const { claimTemplates } = pod;
  const replaced = claimTemplates.length === 0 ? undefined : new Set<unknown>(claimTemplates.map(({ metadata }) => metadata?.name));
  for (let i = 0; i < volumes.length; i++) {
    // a claim template takes its place before anything is judged
    if (!replaced?.has(volumes[i].name ?? '') && !isDropped(volumes[i], pod.subject.minor)) checkVolume(pod, volumes[i], i);
  }
  for (const i of repeats(volumes, 'name')) {
    const { name } = volumes[i];
    if (name === '' || replaced?.has(name) || isDropped(volumes[i], pod.subject.minor)) continue;
    pod.subject.report(VOLUME_NAME, volumePath(pod, i).field('name'), { expected: 'a name that no other volume of the pod has', found: quoted(name) });
  }
}

function checkTemplateName(pod: PodSubject, i: number): void {
  const name = pod.claimTemplates[i].metadata?.name;
  if (isThere(name) && isDnsLabel(name)) return;
  pod.subject.report(VOLUME_NAME, pod.controllerPath.field('volumeClaimTemplates').index(i).fields('metadata', 'name'), {
    expected: `a name that a volume can have: ${LABEL}`, found: quoted(name),
  });
}

function checkVolume(pod: PodSubject, volume: Json, i: number): void {
  const { name } = volume;
  if (!isThere(name) || !isDnsLabel(name)) {
    pod.subject.report(VOLUME_NAME, volumePath(pod, i).field('name'), { expected: LABEL, found: quoted(name) });
  }
  let first: string | undefined;
  let isAlone = true;
  for (const field in volume) {
    if (field === 'name' || !isPodSource(field)) continue;
    if (first === undefined) first = field;
    else isAlone = false;
  }
  if (first === undefined) return;
  if (!isAlone) first = reportMany(pod, volume, volumePath(pod, i));
  checkSource(pod, volume, first, i);
}

/** The server takes the first source in an order of its own, and refuses the others. */
function reportMany(pod: PodSubject, volume: Json, path: Path): string {
  const [first, ...others] = SOURCES_IN_ORDER.filter(field => volume[field] !== undefined);
  for (const field of others) pod.subject.report(VOLUME_SOURCE, path.field(field), { expected: 'one source', found: `${first} and ${field}` });
  return first;
}

function checkSource(pod: PodSubject, volume: Json, field: string, i: number): void {
  const source = new PodVolumeSource(volume[field], pod, volume.name ?? '', field, i);
  const own = PODS_OWN.get(field);
  if (own) own(source, pod);
  else checkSharedSource(SHARED_SOURCES.get(field)!, source);
  if (field === 'ephemeral' && pod.kind === 'Pod') checkClaimName(pod, volume, i);
}

/** Holds a source against what its kind asks for. */
export function checkSharedSource(kind: SourceKind, source: VolumeSource): void {
  for (const field of kind.required) {
    if (isThere(source.json[field])) continue;
    source.subject.report(kind.rule, source.path.field(field), { expected: 'a value', found: quoted(source.json[field]), fix: `set \`${field}\`` });
  }
  kind.check?.(source);
}

/** The claim of an ephemeral volume is called `<pod>-<volume>`. */
function checkClaimName(pod: PodSubject, volume: Json, i: number): void {
  const { name } = pod.subject.manifest;
  if (name === '' || !isThere(volume.name)) return;
  const claim = `${name}-${volume.name}`;
  if (isDnsSubdomain(claim)) return;
  pod.subject.report(VOLUME_NAME, volumePath(pod, i).field('name'), {
    expected: 'a name that makes `<pod>-<volume>` the name of a claim: at most 253 characters', found: quoted(claim),
  });
}
