import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { checkNodeSelector } from '../../values/node-selector';
import { valueOf } from '../../values/quantity';
import { oneOf, quoted } from '../../values/quote';
import { CSI_VOLUME, checkCsi } from '../volumes/sources/csi';
import { LOCAL_VOLUME } from '../volumes/sources/files';
import type { SourceKind, VolumeSource } from '../volumes/sources/source';
import { checkSharedSource, SHARED_SOURCES, VOLUME_SOURCE } from '../volumes/volumes';
import { checkAccessModes } from './access-modes';
import { ATTRIBUTES_CLASS_NAME, checkClassName, checkVolumeMode, STORAGE_CLASS_NAME } from './class-names';

const LINK = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/';

export const CAPACITY = errorRule({
  id: 'api/capacity',
  title: 'A PersistentVolume has a capacity: its storage alone, more than none',
  why: 'Claims find volumes by it: the API server refuses a volume without, and other resources beside it.',
  fix: 'set `capacity.storage` to the size of the volume, and nothing else in `capacity`',
  link: `${LINK}#capacity`,
});

export const RECLAIM_POLICY = errorRule({
  id: 'api/reclaim-policy',
  title: 'The reclaim policy is Retain or Delete',
  why: 'The API server refuses any other; of PersistentVolumes it still takes Recycle, but not to empty the root of a node.',
  fix: 'use Retain for what is precious, Delete for what can be made again',
  link: `${LINK}#reclaiming`,
});

export const VOLUME_AFFINITY = errorRule({
  id: 'api/volume-affinity',
  title: 'The node affinity of a PersistentVolume has required terms',
  why: 'A volume is reached from a node or it is not: the API server refuses an affinity without `required`.',
  fix: 'set `nodeAffinity.required.nodeSelectorTerms`, or leave `nodeAffinity` out',
  link: `${LINK}#node-affinity`,
});

export const MOUNT_OPTIONS_ANNOTATION = errorRule({
  id: 'api/mount-options-annotation',
  title: 'The annotation for mount options stands only on volumes of types that had it',
  why: 'The API server refuses volume.beta.kubernetes.io/mount-options on any other type, CSI among them.',
  fix: 'use `spec.mountOptions`',
  link: `${LINK}#mount-options`,
});

const SPEC = Path.ROOT.field('spec');
const POLICIES = ['Delete', 'Recycle', 'Retain'];
const ANNOTATION = 'volume.beta.kubernetes.io/mount-options';
/** Types that had mount options before there was a field for them. */
const ANNOTATED = [
  'gcePersistentDisk', 'awsElasticBlockStore', 'glusterfs', 'nfs', 'rbd', 'quobyte', 'iscsi', 'cinder', 'cephfs', 'azureFile', 'vsphereVolume',
  'azureDisk', 'photonPersistentDisk',
];
/** In the order in which the server takes the first and refuses the others. */
const SOURCES_IN_ORDER = [
  'hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'glusterfs', 'flocker', 'nfs', 'rbd', 'quobyte', 'cephfs', 'iscsi', 'cinder', 'fc',
  'flexVolume', 'azureFile', 'vsphereVolume', 'photonPersistentDisk', 'portworxVolume', 'azureDisk', 'scaleIO', 'local', 'storageos', 'csi',
];
const FIELDS = new Set(SOURCES_IN_ORDER);
const CSI: SourceKind = { rule: CSI_VOLUME, required: [], check: checkCsi };

/** The sources of a PersistentVolume, in the order of the server. */
export function sourcesOfVolume(spec: Json): readonly string[] {
  let first: string | undefined;
  for (const field in spec) {
    if (!FIELDS.has(field)) continue;
    if (first !== undefined) return SOURCES_IN_ORDER.filter(source => spec[source] !== undefined);
    first = field;
  }
  return first === undefined ? [] : [first];
}

/** Holds a PersistentVolume against what the API server takes. */
export function checkVolume(subject: Subject): void {
  const spec: Json = subject.json.spec ?? {};
  checkAccessModes(subject, spec.accessModes, SPEC);
  checkCapacity(subject, spec.capacity ?? {});
  checkPolicy(subject, spec);
  const { nodeAffinity } = spec;
  if (nodeAffinity !== undefined) {
    if (nodeAffinity.required !== undefined) checkNodeSelector(subject, nodeAffinity.required, SPEC.field('nodeAffinity'), 'required');
    else subject.report(VOLUME_AFFINITY, SPEC.fields('nodeAffinity', 'required'), { expected: 'required terms', found: 'none' });
  }
  checkSources(subject, spec);
  checkClassName(subject, STORAGE_CLASS_NAME, spec, 'storageClassName', SPEC);
  checkVolumeMode(subject, spec, SPEC);
  if (spec.volumeAttributesClassName !== undefined) checkAttributesClass(subject, spec);
  const annotations: Json | undefined = subject.json.metadata?.annotations;
  if (annotations !== undefined && Object.hasOwn(annotations, ANNOTATION)) checkAnnotation(subject, spec);
}

function checkCapacity(subject: Subject, capacity: Json): void {
  let hasStorage = false;
  let others = 0;
  for (const resource in capacity) {
    if (resource === 'storage') hasStorage = true;
    else others++;
    if ((valueOf(capacity[resource]) ?? 1) > 0) continue;
    subject.report(CAPACITY, SPEC.field('capacity').key(resource), { expected: 'a size of more than 0', found: quoted(capacity[resource]) });
  }
  if (hasStorage && others === 0) return;
  subject.report(CAPACITY, SPEC.field('capacity'), { expected: '`storage` alone', found: quoted(Object.keys(capacity)) });
}

function checkPolicy(subject: Subject, spec: Json): void {
  const policy = spec.persistentVolumeReclaimPolicy;
  if (policy === undefined || policy === '') return;
  const path = SPEC.field('persistentVolumeReclaimPolicy');
  if (!POLICIES.includes(policy)) {
    subject.report(RECLAIM_POLICY, path, { expected: oneOf(POLICIES), found: quoted(policy) });
  } else if (policy === 'Recycle' && spec.hostPath !== undefined && isRoot(spec.hostPath.path ?? '')) {
    subject.report(RECLAIM_POLICY, path, { expected: 'no Recycle for the root of a node', found: quoted(policy) });
  }
}

/** Whether the path is `/`, however it is written. */
function isRoot(path: string): boolean {
  if (!path.startsWith('/')) return false;
  let depth = 0;
  for (const element of path.split('/')) {
    if (element === '..') depth = Math.max(0, depth - 1);
    else if (element !== '' && element !== '.') depth++;
  }
  return depth === 0;
}

function checkSources(subject: Subject, spec: Json): void {
  const sources = sourcesOfVolume(spec);
  if (sources.length === 0) {
    subject.report(VOLUME_SOURCE, SPEC, { expected: 'one source', found: 'none', fix: 'name where the data lie, as `csi` with `driver` and `volumeHandle`' });
    return;
  }
  for (let i = 0; i < sources.length; i++) {
    // a flexVolume is taken beside the others that stand before it in the order
    if (i === 0 || sources[i] === 'flexVolume') checkSource(subject, spec, sources[i]);
    else subject.report(VOLUME_SOURCE, SPEC.field(sources[i]), { expected: 'one source', found: `${sources[0]} and ${sources[i]}` });
  }
}

function checkSource(subject: Subject, spec: Json, field: string): void {
  const source: VolumeSource = {
    json: spec[field], subject, path: SPEC.field(field), volumeName: subject.manifest.name, isPersistent: true,
  };
  checkSharedSource(field === 'csi' ? CSI : SHARED_SOURCES.get(field)!, source);
  if (field === 'local' && spec.nodeAffinity === undefined) {
    subject.report(LOCAL_VOLUME, SPEC.field('nodeAffinity'), { expected: 'the node that has the disk', found: 'none' });
  }
}

function checkAttributesClass(subject: Subject, spec: Json): void {
  if (spec.volumeAttributesClassName === '') {
    subject.report(ATTRIBUTES_CLASS_NAME, SPEC.field('volumeAttributesClassName'), { expected: 'a name, or no such field', found: '""' });
  }
  checkClassName(subject, ATTRIBUTES_CLASS_NAME, spec, 'volumeAttributesClassName', SPEC);
  if (spec.csi === undefined) {
    subject.report(ATTRIBUTES_CLASS_NAME, SPEC.field('csi'), { expected: '`csi` beside `volumeAttributesClassName`', found: 'none' });
  }
}

function checkAnnotation(subject: Subject, spec: Json): void {
  for (const source of ANNOTATED) if (spec[source] !== undefined) return;
  // the server writes the key after a dot
  subject.report(MOUNT_OPTIONS_ANNOTATION, Path.ROOT.fields('metadata', 'annotations', ANNOTATION), { expected: 'no such annotation', found: 'one' });
}
