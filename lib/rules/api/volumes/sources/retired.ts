import { errorRule } from '../../../engine/rule';
import { isBelow } from '../../../values/file-paths';
import { isDnsLabel } from '../../../../private/name-forms';
import { quoted } from '../../../values/quote';
import { checkSecretRef, isThere, reportField, type SourceKind, type VolumeSource } from './source';

export const RETIRED_VOLUME = errorRule({
  id: 'api/retired-volume',
  title: 'A volume of a type that Kubernetes has retired is still written in full',
  why: 'Most of these types work no more, but the API server still refuses the ones that are not complete.',
  fix: 'use a claim of a CSI driver, or name what the type asks for',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#volume-types',
});

const MAX_TENANT = 64;
const LABEL = 'at most 63 lower-case letters, digits and dashes, a letter or digit at both ends';

/** Sources of before there was CSI, most of which nothing serves any more. */
export const RETIRED_SOURCES: Readonly<Record<string, SourceKind>> = {
  gitRepo: { rule: RETIRED_VOLUME, required: ['repository'], check: checkGitRepo },
  glusterfs: { rule: RETIRED_VOLUME, required: ['endpoints', 'path'], check: checkGlusterfs },
  flocker: { rule: RETIRED_VOLUME, required: [], check: checkFlocker },
  quobyte: { rule: RETIRED_VOLUME, required: ['registry', 'volume'], check: checkQuobyte },
  flexVolume: { rule: RETIRED_VOLUME, required: ['driver'], check: checkFlexVolume },
  photonPersistentDisk: { rule: RETIRED_VOLUME, required: ['pdID'] },
  scaleIO: { rule: RETIRED_VOLUME, required: ['gateway', 'system', 'volumeName'] },
  storageos: { rule: RETIRED_VOLUME, required: ['volumeName'], check: checkStorageOs },
};

function checkGitRepo(source: VolumeSource): void {
  if (!isBelow(source.json.directory ?? '')) reportField(source, RETIRED_VOLUME, 'directory', 'a relative path without `..`');
}

function checkGlusterfs(source: VolumeSource): void {
  const { endpointsNamespace } = source.json;
  if (source.isPersistent && endpointsNamespace !== undefined && !isDnsLabel(endpointsNamespace)) {
    reportField(source, RETIRED_VOLUME, 'endpointsNamespace', `the name of a namespace: ${LABEL}`);
  }
}

function checkFlocker(source: VolumeSource): void {
  const { datasetName = '', datasetUUID = '' } = source.json;
  if ((datasetName === '') === (datasetUUID === '')) {
    const found = datasetName === '' ? 'neither' : 'both';
    source.subject.report(RETIRED_VOLUME, source.path, { expected: 'either `datasetName` or `datasetUUID`', found });
  }
  if (datasetName.includes('/')) reportField(source, RETIRED_VOLUME, 'datasetName', 'a name without `/`');
}

function checkQuobyte(source: VolumeSource): void {
  const { registry, tenant = '' } = source.json;
  if (!isThere(registry)) return;
  if (tenant.length > MAX_TENANT) {
    reportField(source, RETIRED_VOLUME, 'tenant', `at most ${MAX_TENANT} characters`);
  } else if (!(registry as string).split(',').every(isHostAndPort)) {
    reportField(source, RETIRED_VOLUME, 'registry', 'pairs of host:port with commas between them');
  }
}

/** `host:port`, `:port`, `[2001:db8::1]:port`. */
function isHostAndPort(pair: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(pair);
}

function checkFlexVolume(source: VolumeSource): void {
  const options: Record<string, unknown> = source.json.options ?? {};
  for (const key of Object.keys(options)) {
    const slash = key.indexOf('/');
    const owner = `.${slash < 0 ? key : key.slice(0, slash)}`.toLowerCase();
    if (!owner.endsWith('.kubernetes.io') && !owner.endsWith('.k8s.io')) continue;
    source.subject.report(RETIRED_VOLUME, source.path.field('options').key(key), {
      expected: 'a key outside of kubernetes.io and k8s.io, which are reserved', found: quoted(key),
    });
  }
}

function checkStorageOs(source: VolumeSource): void {
  const { volumeName, volumeNamespace } = source.json;
  if (isThere(volumeName) && !isDnsLabel(volumeName)) reportField(source, RETIRED_VOLUME, 'volumeName', LABEL);
  if (isThere(volumeNamespace) && !isDnsLabel(volumeNamespace)) reportField(source, RETIRED_VOLUME, 'volumeNamespace', LABEL);
  checkSecretRef(source, RETIRED_VOLUME, 'secretRef', source.isPersistent ? ['name', 'namespace'] : ['name']);
}
