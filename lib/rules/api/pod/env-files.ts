import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import type { PodSubject } from '../../engine/pods';
import { errorRule } from '../../engine/rule';
import { isAnyEnvName } from '../../values/env-names';
import { hasBackstep } from '../../values/file-paths';
import { isDnsLabel } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

/** Before it the server drops the field. */
export const FILE_KEY_REF_SINCE = 35;

export const ENV_FILE = errorRule({
  id: 'api/env-file',
  title: 'A variable from a file names a key, a path without `..`, and an emptyDir volume of the pod',
  why: 'Files of variables are written by an init container into an emptyDir; the API server refuses other volumes, and paths that could leave '
    + 'them.',
  fix: 'name a volume of the pod that is an emptyDir, a relative path in it, and the variable to take',
  link: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-via-file/',
  since: FILE_KEY_REF_SINCE,
});

/** Judges `fileKeyRef` of a `valueFrom`. */
export function checkFileKeyRef(pod: PodSubject, { volumeName, path: file, key }: Json, parent: Path): void {
  const { subject } = pod;
  const path = parent.field('fileKeyRef');
  if (!key || !isAnyEnvName(key)) {
    subject.report(ENV_FILE, path.field('key'), { expected: 'the name of a variable in the file', found: key ? quoted(key) : 'none' });
  }
  if (!file || hasBackstep(file)) subject.report(ENV_FILE, path.field('path'), { expected: 'a path without ..', found: file ? quoted(file) : 'none' });
  if (!volumeName || !isDnsLabel(volumeName)) {
    subject.report(ENV_FILE, path.field('volumeName'), { expected: 'the name of a volume', found: volumeName ? quoted(volumeName) : 'none' });
  } else if (!isEmptyDir(pod, volumeName)) {
    subject.report(ENV_FILE, path.field('volumeName'), { expected: 'an emptyDir volume of the pod', found: quoted(volumeName) });
  }
}

/** A volume without any source is an emptyDir to the server; of volumes of one name the last counts. */
function isEmptyDir(pod: PodSubject, name: string): boolean {
  if (pod.claimTemplates.some(claim => claim.metadata?.name === name)) return false;
  const volumes: readonly Json[] = pod.spec.volumes ?? [];
  const volume = volumes.filter(one => one.name === name).pop();
  return volume !== undefined && (volume.emptyDir !== undefined || Object.keys(volume).length === 1);
}
