import type { Json } from '../../../engine/manifest';
import type { Path } from '../../../engine/path';
import { errorRule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { isFreeBelow } from '../../../values/file-paths';
import { quoted } from '../../../values/quote';
import { isThere } from './source';

const LINK = 'https://kubernetes.io/docs/concepts/storage/volumes/#configmap';

export const FILE_MODE = errorRule({
  id: 'api/file-mode',
  title: 'The mode of a file is 0 to 0777',
  why: 'The API server refuses modes beyond the nine permission bits. JSON and quoted numbers know no octal: 0777 is 511 there.',
  fix: 'use an octal number such as 0440 in YAML, or its decimal value in JSON, at most 511',
  link: LINK,
});

export const FILE_PATH = errorRule({
  id: 'api/file-path',
  title: 'A file of a volume has a relative path that stays inside the volume',
  why: 'The API server refuses paths that are absolute, climb out with `..` or start with `..`, a name that the kubelet keeps for itself.',
  fix: 'use a path such as config/train.yaml',
  link: LINK,
});

const MAX_MODE = 0o777;

/** Holds the mode in `field` of what stands at `path` against the permission bits. */
export function checkMode(subject: Subject, json: Json, field: string, path: Path): void {
  const mode = json[field];
  if (mode === undefined || (mode >= 0 && mode <= MAX_MODE)) return;
  subject.report(FILE_MODE, path.field(field), { expected: `0 to ${MAX_MODE}, which is 0777`, found: String(mode) });
}

/** Holds the path of a file in `field` of what stands at `path` against what the kubelet can write. */
export function checkFilePath(subject: Subject, json: Json, field: string, path: Path): void {
  const file = json[field];
  if (isThere(file) && isFreeBelow(file)) return;
  subject.report(FILE_PATH, path.field(field), { expected: 'a relative path without `..` at its start or between slashes', found: quoted(file) });
}

/** Holds the items of a ConfigMap or Secret against what can become files. */
export function checkItems(subject: Subject, items: readonly Json[] | undefined, parent: Path): void {
  if (items === undefined) return;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    const path = parent.field('items').index(i);
    if (!isThere(item.key)) subject.report(FILE_PATH, path.field('key'), { expected: 'a key', found: quoted(item.key), fix: 'name the key' });
    checkFilePath(subject, item, 'path', path);
    checkMode(subject, item, 'mode', path);
  }
}
