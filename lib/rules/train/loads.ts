import { flagOf, type CommandLine } from './command-line';
import type { Program } from './shell';

/** A step that moves data between an object store, or the web, and a directory. */
export interface Load {
  readonly program: Program;
  /** Where the data comes from: a URI, or a directory. */
  readonly from: string | undefined;
  /** The directory that a download is written to. */
  readonly to: string | undefined;
  /** The URI that an upload goes to. */
  readonly uploadTo: string | undefined;
  /** The store asks who it is. */
  readonly needsIdentity: boolean;
}

const NONE: readonly Load[] = [];
const STORES = /^(s3|gs|az|abfss?|https?|oci):\/\//;
const PYTHON = /^python[\d.]*$/;
const PYTHON_DOWNLOAD = /\b(download\s*=\s*True|snapshot_download\(|load_dataset\(|urlretrieve\()/;
const PYTHON_TARGET = /\b(?:root|local_dir|cache_dir|data_dir)\s*=\s*['"](\/[^'"]*)['"]/;

/** The downloads and uploads of a command. */
export function loadsBy({ programs }: CommandLine): readonly Load[] {
  let loads: Load[] | undefined;
  for (const program of programs) {
    const load = loadBy(program);
    if (load) (loads ??= []).push(load);
  }
  return loads ?? NONE;
}

function loadBy(program: Program): Load | undefined {
  const { name, words } = program;
  switch (name) {
    case 'aws': return isWord(words, 's3') && isWord(words, 'sync', 'cp', 'mv') ? transfer(program, !words.includes('--no-sign-request')) : undefined;
    case 'gsutil': return isWord(words, 'cp', 'rsync', 'mv') ? transfer(program, true) : undefined;
    case 'gcloud': return isWord(words, 'storage') ? transfer(program, true) : undefined;
    case 's5cmd': case 'azcopy': return transfer(program, true);
    case 'rclone': return rclone(program);
    case 'hf': case 'huggingface-cli':
      return words[0] === 'download' ? download(program, flagOf(words, 'local-dir', 'cache-dir')) : undefined;
    case 'wget': return download(program, flagOf(words, 'P', 'directory-prefix', 'O', 'output-document'));
    case 'curl': {
      const to = flagOf(words, 'o', 'output', 'output-dir');
      return to === undefined ? undefined : download(program, to);
    }
    default: return PYTHON.test(name) ? python(program) : undefined;
  }
}

function isWord(words: readonly string[], ...any: readonly string[]): boolean {
  return any.some(word => words.includes(word));
}

/** Two places, one of them in a store. */
function transfer(program: Program, needsIdentity: boolean): Load | undefined {
  const places = program.words.filter(word => STORES.test(word) || word.startsWith('/') || word.startsWith('./') || word === '.' || word.startsWith('$'));
  if (places.length < 2) return undefined;
  const [from, to] = places;
  if (STORES.test(from) && !STORES.test(to)) return { program, from, to, uploadTo: undefined, needsIdentity };
  if (STORES.test(to) && !STORES.test(from)) return { program, from, to: undefined, uploadTo: to, needsIdentity };
  return undefined;
}

/** A remote of rclone is `name:path`, and its configuration says who it is. */
function rclone(program: Program): Load | undefined {
  const at = program.words.findIndex(word => word === 'copy' || word === 'sync' || word === 'copyto');
  if (at < 0) return undefined;
  const [from, to] = program.words.slice(at + 1).filter(word => !word.startsWith('-'));
  if (from === undefined || to === undefined) return undefined;
  const isRemote = (place: string): boolean => /^[\w:-]+:/.test(place);
  if (isRemote(from) && !isRemote(to)) return { program, from, to, uploadTo: undefined, needsIdentity: false };
  return isRemote(to) && !isRemote(from) ? { program, from, to: undefined, uploadTo: to, needsIdentity: false } : undefined;
}

function download(program: Program, to: string | undefined): Load {
  return { program, from: undefined, to: to === '-' ? undefined : to, uploadTo: undefined, needsIdentity: false };
}

function python(program: Program): Load | undefined {
  const code = program.words[0] === '-c' ? program.words[1] : undefined;
  if (code === undefined || !PYTHON_DOWNLOAD.test(code)) return undefined;
  return download(program, PYTHON_TARGET.exec(code)?.[1]);
}
