import type { Json } from '../engine/manifest';
import type { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { errorRule, warningRule } from '../engine/rule';
import { isPodSource } from '../api/volumes/volumes';
import { isQuantity } from '../values/quantity';
import { quoted } from '../values/quote';
import { repeats } from '../values/repeats';
import { isOld, reportType } from './retired-volumes';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/';
const STATEFUL_SET_LINK = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates';

export const VOLUME_WITHOUT_SOURCE = errorRule({
  id: 'silent/volume-source',
  title: 'A volume says where its data lie',
  why: 'The API server makes an emptyDir of a volume without any source, without a word: what is written there is gone with the pod.',
  fix: 'name the source, as `persistentVolumeClaim: { claimName: … }`; write `emptyDir: {}` where scratch space is meant',
  link: 'https://github.com/kubernetes/kubernetes/issues/66081',
});

export const EMPTY_PROJECTION = warningRule({
  id: 'silent/empty-projection',
  title: 'Each entry of a projected volume has a source that clusters have',
  why: 'The API server takes an entry without any source, and drops sources that the cluster does not turn on: the files are missing.',
  fix: 'name a ConfigMap, a Secret, fields of the pod or a token; trust bundles and pod certificates must be turned on in the cluster',
  link: 'https://kubernetes.io/docs/concepts/storage/projected-volumes/',
});

export const OVERLAPPING_FILES = warningRule({
  id: 'silent/overlapping-files',
  title: 'Each item of a volume is a file of its own',
  why: 'Two items with one path, or one below the other, are taken by the API server. The kubelet keeps the last, or cannot make the folder.',
  fix: 'give each item a path of its own',
  link: `${LINK}#configmap`,
});

export const EMPTY_DIR_MEDIUM = errorRule({
  id: 'silent/empty-dir-medium',
  title: 'The medium of an emptyDir is Memory, HugePages or HugePages-<size>',
  why: 'The API server takes any text. The kubelet fails to mount the volume, and the pod never starts.',
  fix: 'use Memory for RAM, or leave `medium` out for the disk of the node',
  link: `${LINK}#emptydir`,
});

export const IMAGE_VOLUME_DROPPED = errorRule({
  id: 'silent/image-volume-dropped',
  title: 'A volume of an image is for Kubernetes 1.35 and newer',
  why: 'Before 1.35 the API server drops such volumes, and every mount of them, unless the cluster turns them on: the pod starts without.',
  fix: 'raise the target to 1.35, or copy the model into a claim',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/',
  since: 31,
  until: 34,
});

export const VOLUME_REPLACED = warningRule({
  id: 'silent/volume-replaced',
  title: 'No volume of the pod has the name of a claim template',
  why: 'The claim takes the place of the volume without a word: what the volume was meant to hold is not there.',
  fix: 'rename the volume or the claim template',
  link: STATEFUL_SET_LINK,
});

export const TEMPLATE_TWICE = errorRule({
  id: 'silent/claim-template-twice',
  title: 'Each claim template has a name of its own',
  why: 'Of two templates with one name the API server takes both, and the controller makes one claim: the other size or class is lost.',
  fix: 'rename one of the two',
  link: STATEFUL_SET_LINK,
});

/** Where a projected volume can get files from without that the cluster turns anything on. */
const PROJECTIONS = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'];
const HUGE_PAGES = 'HugePages-';

/** Looks for what the API server takes of the volumes of a pod, and makes something else of. */
export function checkVolumes(pod: PodSubject): void {
  const volumes: readonly Json[] | undefined = pod.spec.volumes;
  if (pod.claimTemplates.length > 0) checkTemplates(pod, volumes ?? []);
  if (volumes === undefined) return;
  for (let i = 0; i < volumes.length; i++) checkVolume(pod, volumes[i], i);
}

function checkVolume(pod: PodSubject, volume: Json, i: number): void {
  const { subject } = pod;
  const { emptyDir, projected, configMap, secret, downwardAPI, image } = volume;
  const source = sourceOf(volume);
  if (source === undefined) {
    subject.report(VOLUME_WITHOUT_SOURCE, at(pod, i), { expected: 'a source', found: `none in the volume ${quoted(volume.name)}` });
  } else if (emptyDir !== undefined) {
    if (emptyDir.medium !== undefined && !isMedium(emptyDir.medium)) {
      subject.report(EMPTY_DIR_MEDIUM, at(pod, i).fields('emptyDir', 'medium'), { expected: 'Memory, HugePages or HugePages-<size>', found: quoted(emptyDir.medium) });
    }
  } else if (projected !== undefined) {
    checkProjected(pod, projected, at(pod, i).field('projected'));
  } else if (image !== undefined) {
    subject.report(IMAGE_VOLUME_DROPPED, at(pod, i).field('image'), { expected: 'a source that the release has', found: 'a volume of an image' });
  }
  if (source !== undefined && isOld(source)) reportType(subject, source, at(pod, i));
  const items = configMap?.items ?? secret?.items ?? downwardAPI?.items;
  if (items !== undefined && items.length > 1) checkItems(pod, items, () => at(pod, i));
}

function at(pod: PodSubject, i: number): Path {
  return pod.path.field('volumes').index(i);
}

function sourceOf(volume: Json): string | undefined {
  for (const field in volume) if (isPodSource(field)) return field;
  return undefined;
}

function isMedium(medium: string): boolean {
  if (medium === '' || medium === 'Memory' || medium === 'HugePages') return true;
  return medium.startsWith(HUGE_PAGES) && isQuantity(medium.slice(HUGE_PAGES.length));
}

function checkProjected(pod: PodSubject, projected: Json, path: Path): void {
  const sources: readonly Json[] = projected.sources ?? [];
  if (sources.length === 0) pod.subject.report(EMPTY_PROJECTION, path, { expected: 'one source or more', found: 'none' });
  for (let i = 0; i < sources.length; i++) {
    if (PROJECTIONS.some(source => sources[i][source] !== undefined)) continue;
    pod.subject.report(EMPTY_PROJECTION, path.field('sources').index(i), {
      expected: 'a ConfigMap, a Secret, fields of the pod or a token', found: Object.keys(sources[i]).join(', ') || 'none',
    });
  }
}

/** Files that lie where another file or its folder is. Sorted, so that what lies below a path comes right after it. */
function checkItems(pod: PodSubject, items: readonly Json[], path: () => Path): void {
  const files = items.map(({ path: file }) => String(file ?? '').replace(/\/+$/, '')).filter(file => file !== '').sort(byElements);
  for (let i = 1; i < files.length; i++) {
    if (files[i] !== files[i - 1] && !files[i].startsWith(`${files[i - 1]}/`)) continue;
    pod.subject.report(OVERLAPPING_FILES, path(), { expected: 'files that do not overlap', found: `${quoted(files[i - 1])} and ${quoted(files[i])}` });
  }
}

/** Compares as if `/` came before every other character. */
function byElements(a: string, b: string): number {
  const [left, right] = [a.replaceAll('/', '\0'), b.replaceAll('/', '\0')];
  return left < right ? -1 : left > right ? 1 : 0;
}

function checkTemplates(pod: PodSubject, volumes: readonly Json[]): void {
  const path = pod.controllerPath.field('volumeClaimTemplates');
  const names = pod.claimTemplates.map(({ metadata }) => ({ name: metadata?.name as string | undefined }));
  for (const i of repeats(names, 'name')) {
    pod.subject.report(TEMPLATE_TWICE, path.index(i).fields('metadata', 'name'), { expected: 'a name of its own', found: `${quoted(names[i].name)} again` });
  }
  if (volumes.length === 0) return;
  const taken = new Set(names.map(({ name }) => name));
  for (let i = 0; i < volumes.length; i++) {
    const { name } = volumes[i];
    if (name === undefined || !taken.has(name)) continue;
    pod.subject.report(VOLUME_REPLACED, at(pod, i).field('name'), { expected: 'a name that no claim template has', found: quoted(name) });
  }
}
