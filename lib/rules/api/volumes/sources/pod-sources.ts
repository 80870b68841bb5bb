import type { Json } from '../../../engine/manifest';
import type { PodSubject } from '../../../engine/pods';
import { errorRule } from '../../../engine/rule';
import { valueOf } from '../../../values/quantity';
import { quoted } from '../../../values/quote';
import { checkCsi } from './csi';
import { checkDownwardFiles } from './downward-api';
import { checkEphemeral } from './ephemeral';
import { checkItems, checkMode } from './items';
import { checkProjected } from './projected';
import { checkChoice, isThere, reportField, type VolumeSource } from './source';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/';

export const EMPTY_DIR = errorRule({
  id: 'api/empty-dir',
  title: 'The size limit of an emptyDir is not negative',
  why: 'The API server refuses a limit below zero.',
  fix: 'set `sizeLimit` to a size such as 16Gi, or leave it out',
  link: `${LINK}#emptydir`,
});

export const CLAIM_VOLUME = errorRule({
  id: 'api/claim-volume',
  title: 'A volume that is a claim names it, and not one that is made for an ephemeral volume of the pod',
  why: 'Without `claimName` there is nothing to mount. The claim `<pod>-<volume>` of an ephemeral volume is made for that volume alone.',
  fix: 'set `persistentVolumeClaim.claimName` to the name of a claim in the namespace of the pod',
  link: `${LINK}#persistentvolumeclaim`,
});

export const CONFIG_VOLUME = errorRule({
  id: 'api/config-volume',
  title: 'A volume of a ConfigMap or Secret names it',
  why: 'A ConfigMap is named by `name` and a Secret by `secretName`: the API server refuses a volume without.',
  fix: 'set `configMap.name` or `secret.secretName`',
  link: `${LINK}#configmap`,
});

export const IMAGE_VOLUME = errorRule({
  id: 'api/image-volume',
  title: 'A volume of an image names it, and a known pull policy',
  why: 'The API server refuses a bare pod whose image volume has no reference, and pull policies other than Always, IfNotPresent and Never.',
  fix: 'set `image.reference` to the full reference of an image or artifact',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/',
  since: 35,
});

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never', ''];

/** Releases before drop volumes of images, and their mounts, where the cluster does not turn them on. */
export function isDropped(volume: Json | undefined, minor: number): boolean {
  return volume?.image !== undefined && minor < IMAGE_VOLUME.since!;
}

type PodSourceCheck = (source: VolumeSource, pod: PodSubject) => void;

/** Sources that only pods have. */
export const POD_SOURCES: Readonly<Record<string, PodSourceCheck>> = {
  emptyDir: source => {
    const limit = valueOf(source.json.sizeLimit);
    if (limit !== undefined && limit < 0) reportField(source, EMPTY_DIR, 'sizeLimit', 'a size of 0 or more');
  },
  persistentVolumeClaim: checkClaim,
  configMap: source => checkConfig(source, 'name'),
  secret: source => checkConfig(source, 'secretName'),
  downwardAPI: source => {
    checkMode(source.subject, source.json, 'defaultMode', source.path);
    checkDownwardFiles(source.subject, source.json.items, source.path);
  },
  projected: checkProjected,
  csi: checkCsi,
  ephemeral: checkEphemeral,
  image: (source, pod) => {
    if (pod.kind === 'Pod' && !isThere(source.json.reference)) reportField(source, IMAGE_VOLUME, 'reference', 'the reference of an image');
    checkChoice(source, IMAGE_VOLUME, 'pullPolicy', PULL_POLICIES);
  },
};

function checkClaim(source: VolumeSource, pod: PodSubject): void {
  const { claimName } = source.json;
  if (!isThere(claimName)) {
    reportField(source, CLAIM_VOLUME, 'claimName', 'the name of a claim');
  } else if (pod.kind === 'Pod' && isMadeForVolume(claimName, pod)) {
    source.subject.report(CLAIM_VOLUME, source.path.field('claimName'), {
      expected: 'a claim of its own', found: `${quoted(claimName)}, the claim that is made for an ephemeral volume of this pod`,
    });
  }
}

function isMadeForVolume(claimName: string, pod: PodSubject): boolean {
  const prefix = `${pod.subject.manifest.name}-`;
  if (prefix === '-' || !claimName.startsWith(prefix)) return false;
  const name = claimName.slice(prefix.length);
  for (const volume of pod.spec.volumes) if (volume.ephemeral !== undefined && volume.name === name) return true;
  return false;
}

function checkConfig(source: VolumeSource, field: string): void {
  if (!isThere(source.json[field])) reportField(source, CONFIG_VOLUME, field, 'a name');
  checkMode(source.subject, source.json, 'defaultMode', source.path);
  checkItems(source.subject, source.json.items, source.path);
}
