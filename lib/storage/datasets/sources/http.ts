import type { ProblemSink } from '../../../findings/collector';
import type { SourceSpec } from '../dataset-source';

/** One file of a web server. */
export interface HttpFile {
  /** Where it is, without a user name or password. */
  readonly url: string;

  /**
   * SHA-256 of the file, in hexadecimal. The loader fails on any other content.
   *
   * @default - not checked
   */
  readonly sha256?: string;

  /**
   * Path below the dataset to store it at.
   *
   * @default - the last part of the URL's path
   */
  readonly path?: string;
}

/** Options of a source on web servers. */
export interface HttpSourceProps {
  /**
   * Says which state of the files is meant: change it when the content behind the same URLs has changed, and the dataset
   * is loaded again. Files with a `sha256` need none.
   *
   * @default - none: loaded once
   */
  readonly revision?: string;
}

/**
 * Takes url, path and checksum in turns. A broken download is gone on with; a file appears under its name when it is whole.
 * A file that is there already may be of another revision: only its checksum, or a note of this very load, can say it is not.
 */
const SCRIPT = [
  'parts=$target/$marker.parts; n=0',
  'mkdir -p "$parts"',
  'while [ $# -gt 0 ]; do',
  '  url=$1; file=$target/$2; sum=$3; shift 3',
  '  n=$((n + 1)); part=$parts/$n',
  '  if [ -e "$part.done" ]; then continue; fi',
  '  if [ -z "$sum" ] || [ ! -e "$file" ] || [ "$(sha256sum < "$file")" != "$sum  -" ]; then',
  '    if [ ! -e "$part.whole" ]; then',
  '      code=0',
  "      status=$(curl --fail --location --globoff --silent --show-error --retry 5 --continue-at - --write-out '%{http_code}'"
  + ' --output "$part" "$url") || code=$?',
  // the server cannot go on with the part, or has no more than that: the next try begins again
  '      if [ "$status" = 416 ]; then code=33; fi',
  '      if [ "$code" -eq 33 ]; then rm -f "$part"; fi',
  '      if [ "$code" -ne 0 ]; then exit "$code"; fi',
  '      mv "$part" "$part.whole"',
  '    fi',
  '    if [ -n "$sum" ] && [ "$(sha256sum < "$part.whole")" != "$sum  -" ]; then',
  '      echo "the checksum of $url is not $sum" >&2',
  '      rm -f "$part.whole"',
  '      exit 1',
  '    fi',
  '    mkdir -p "${file%/*}"',
  '    mv "$part.whole" "$file"',
  '  fi',
  '  : > "$part.done"',
  'done',
  'rm -rf "$parts"',
].join('\n');

export function httpSource(files: HttpFile[], props: HttpSourceProps): SourceSpec {
  const rows = files.map(({ url, path, sha256 }) => ({ url, path: path ?? nameIn(url), sha256: sha256?.toLowerCase() ?? '' }));
  return {
    description: files.length === 1 ? files[0].url : `${files.length} files by HTTP`,
    identity: { http: rows, revision: props.revision },
    image: 'docker.io/curlimages/curl:8.11.1',
    tool: 'curl',
    script: SCRIPT,
    args: rows.flatMap(({ url, path, sha256 }) => [url, path, sha256]),
    needsIdentity: false,
    check: sink => checkFiles(files, rows.map(({ path }) => path), sink),
  };
}

function nameIn(url: string): string {
  return url.replace(/[?#].*$/, '').split('/').slice(3).pop() ?? '';
}

function checkFiles(files: HttpFile[], paths: string[], sink: ProblemSink): void {
  const error = (path: string, expected: string, found: string, fix: string): void =>
    sink.error({ ruleId: 'props/http-file', path, expected, found, fix });
  if (files.length === 0) error('files', 'one file or more', 'none', "name them, as [{ url: 'https://example.com/data.tar' }]");
  files.forEach(({ url, sha256 }, i) => {
    const at = `files[${i}]`;
    if (!/^https?:\/\/[^\s/@]+\/\S+$/.test(url)) {
      error(`${at}.url`, 'an http or https URL with a path, without user name or password', JSON.stringify(url), 'correct the URL; credentials go into a Secret');
    } else if (paths[i] === '') {
      error(`${at}.path`, 'a `path`: the URL ends in no file name', 'none', "say where to store it, as path: 'train.tar'");
    } else if (paths[i].split('/').some(part => ['', '.', '..'].includes(part))) {
      error(`${at}.path`, 'the path of a file below the dataset, without `.` and `..`', JSON.stringify(paths[i]), "use a relative path, as 'train/part-0.tar'");
    } else if (paths.indexOf(paths[i]) !== i) {
      error(`${at}.path`, 'a path of its own', `${JSON.stringify(paths[i])}, where files[${paths.indexOf(paths[i])}] goes`, 'set `path` of one of them');
    }
    if (sha256 !== undefined && !/^[0-9a-fA-F]{64}$/.test(sha256)) {
      error(`${at}.sha256`, '64 hexadecimal digits', JSON.stringify(sha256), 'take the output of sha256sum');
    }
  });
}
