import type { Json } from '../../../engine/manifest';
import type { Path } from '../../../engine/path';
import { errorRule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { quoted } from '../../../values/quote';
import { checkDownwardFiles } from './downward-api';
import { checkFilePath, checkItems, checkMode } from './items';
import { isThere, type VolumeSource } from './source';

export const PROJECTED_VOLUME = errorRule({
  id: 'api/projected-volume',
  title: 'Each entry of a projected volume names one source, and no two make the same file',
  why: 'The API server refuses an entry with two sources, one without a name, and a file that two of them would write.',
  fix: 'give each source an entry of its own, and each file a path of its own',
  link: 'https://kubernetes.io/docs/concepts/storage/projected-volumes/',
});

export const TOKEN_VOLUME = errorRule({
  id: 'api/token-volume',
  title: 'A projected token lives from 10 minutes to 2^32 seconds, and has a path in its volume',
  why: 'The API server refuses other lifetimes, and a token without the name of its file.',
  fix: 'set `path`, and `expirationSeconds` to 600 or more',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#serviceaccount-token-volume-projection',
});

const MIN_SECONDS = 600;
const MAX_SECONDS = 2 ** 32;

/** Holds a projected volume against what the kubelet can put together. */
export function checkProjected(source: VolumeSource): void {
  const { subject, json } = source;
  checkMode(subject, json, 'defaultMode', source.path);
  const entries: readonly Json[] = json.sources ?? [];
  const taken = new Set<string>();
  for (let i = 0; i < entries.length; i++) {
    const path = source.path.field('sources').index(i);
    checkEntry(subject, entries[i], path);
    for (const file of filesOf(entries[i])) {
      if (taken.has(file)) subject.report(PROJECTED_VOLUME, source.path, { expected: 'a path of its own for each file', found: `${quoted(file)} twice` });
      taken.add(file);
    }
  }
}

/** Sources that are off where the cluster does not turn them on are dropped before anything is judged, so they do not count. */
function checkEntry(subject: Subject, entry: Json, path: Path): void {
  const { secret, configMap, downwardAPI, serviceAccountToken: token } = entry;
  const sources = [secret, configMap, downwardAPI, token].filter(source => source !== undefined).length;
  if (sources > 1) subject.report(PROJECTED_VOLUME, path, { expected: 'one source', found: `${sources}` });
  if (secret !== undefined) checkNamed(subject, secret, path.field('secret'));
  if (configMap !== undefined) checkNamed(subject, configMap, path.field('configMap'));
  if (downwardAPI !== undefined) checkDownwardFiles(subject, downwardAPI.items, path.field('downwardAPI'));
  if (token !== undefined) checkToken(subject, token, path.field('serviceAccountToken'));
}

function checkNamed(subject: Subject, source: Json, path: Path): void {
  if (!isThere(source.name)) subject.report(PROJECTED_VOLUME, path.field('name'), { expected: 'a name', found: quoted(source.name), fix: 'name it' });
  checkItems(subject, source.items, path);
}

function checkToken(subject: Subject, token: Json, path: Path): void {
  const { expirationSeconds: seconds } = token;
  if (seconds !== undefined && (seconds < MIN_SECONDS || seconds > MAX_SECONDS)) {
    subject.report(TOKEN_VOLUME, path.field('expirationSeconds'), { expected: `${MIN_SECONDS} to 2^32 seconds`, found: String(seconds) });
  }
  checkFilePath(subject, token, 'path', path);
}

/** Files that an entry makes for certain: all keys of a ConfigMap without items are not known here. */
function filesOf({ secret, configMap, downwardAPI }: Json): string[] {
  const items: readonly Json[] = [...secret?.items ?? [], ...configMap?.items ?? [], ...downwardAPI?.items ?? []];
  return items.map(({ path }) => path as unknown).filter((path): path is string => typeof path === 'string' && path !== '');
}
