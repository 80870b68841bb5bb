import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { errorRule, warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { isKeptSource, isOfOtherNamespace } from '../api/storage/data-source';
import { quoted } from '../values/quote';
import { checkBytes } from './quantities';

const SOURCES_LINK = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#data-source-references';

export const SOURCE_DROPPED = errorRule({
  id: 'silent/data-source-dropped',
  title: 'The data source of a claim is one that the API server keeps',
  why: 'A `dataSource` other than a claim or a VolumeSnapshot with exactly its API group is dropped without a word: the volume is empty.',
  fix: 'use `dataSourceRef`, which is refused instead of dropped: { apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: … }',
  link: SOURCES_LINK,
});

export const OTHER_NAMESPACE = errorRule({
  id: 'silent/data-source-namespace',
  title: 'The data source of a claim is in its own namespace',
  why: 'A `dataSourceRef` with a namespace is dropped without a word where the cluster has not turned on an alpha feature: the volume is empty.',
  fix: 'leave `dataSourceRef.namespace` out, and make the claim in the namespace of its source',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#cross-namespace-data-sources',
});

export const ATTRIBUTES_CLASS_DROPPED = warningRule({
  id: 'silent/attributes-class-dropped',
  title: 'A volume attributes class is for Kubernetes 1.34 and newer',
  why: 'Before 1.34 the API server drops `volumeAttributesClassName` without a word unless the cluster turns it on: the volume stays as it is.',
  fix: 'raise the target to 1.34, or put the attributes into the storage class',
  link: 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/',
  since: 29,
  until: 33,
});

const SPEC = Path.ROOT.field('spec');
const EMPTY: Json = {};

/** Looks for what the API server drops of a claim. */
export function checkClaim(subject: Subject): void {
  checkSpec(subject, subject.json.spec ?? EMPTY, SPEC);
}

/** The same for claims that are made for a pod: the controller that makes them meets the same API server. */
export function checkClaimsOfPod(pod: PodSubject): void {
  for (let i = 0; i < pod.claimTemplates.length; i++) {
    checkSpec(pod.subject, pod.claimTemplates[i].spec ?? EMPTY, pod.controllerPath.field('volumeClaimTemplates').index(i).field('spec'));
  }
  const volumes: readonly Json[] | undefined = pod.spec.volumes;
  if (volumes === undefined) return;
  for (let i = 0; i < volumes.length; i++) {
    const template = volumes[i].ephemeral?.volumeClaimTemplate;
    if (template === undefined) continue;
    checkSpec(pod.subject, template.spec ?? EMPTY, pod.path.field('volumes').index(i).fields('ephemeral', 'volumeClaimTemplate', 'spec'));
  }
}

/** Looks for what the API server drops of a PersistentVolume. */
export function checkAttributesOfVolume(subject: Subject): void {
  reportAttributesClass(subject, subject.json.spec ?? EMPTY, SPEC);
}

function checkSpec(subject: Subject, spec: Json, path: Path): void {
  const { dataSource, dataSourceRef, resources } = spec;
  if (isOfOtherNamespace(dataSourceRef)) {
    subject.report(OTHER_NAMESPACE, path.field('dataSourceRef').field('namespace'), { expected: 'no namespace', found: quoted(dataSourceRef.namespace) });
  }
  if (dataSource !== undefined && (dataSourceRef === undefined || isOfOtherNamespace(dataSourceRef)) && !isKeptSource(dataSource)) {
    reportDropped(subject, dataSource, path.field('dataSource'));
  }
  if (spec.volumeAttributesClassName !== undefined) reportAttributesClass(subject, spec, path);
  if (resources !== undefined) checkBytes(subject, resources, path, STORAGE);
}

const STORAGE = ['storage'];

function reportDropped(subject: Subject, { apiGroup, kind }: Json, path: Path): void {
  const isSnapshot = kind === 'VolumeSnapshot';
  subject.report(SOURCE_DROPPED, isSnapshot ? path.field('apiGroup') : path, {
    expected: isSnapshot ? '"snapshot.storage.k8s.io", without a version' : 'a PersistentVolumeClaim, or a VolumeSnapshot of snapshot.storage.k8s.io',
    found: isSnapshot ? quoted(apiGroup) : `${quoted(kind)} of ${apiGroup === undefined || apiGroup === '' ? 'no group' : quoted(apiGroup)}`,
  });
}

function reportAttributesClass(subject: Subject, { volumeAttributesClassName: name }: Json, path: Path): void {
  if (name === undefined || name === '') return;
  subject.report(ATTRIBUTES_CLASS_DROPPED, path.field('volumeAttributesClassName'), { expected: 'none before 1.34', found: quoted(name) });
}
