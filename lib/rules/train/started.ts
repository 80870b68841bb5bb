import type { Json } from '../engine/manifest';
import { lineOf, type CommandLine } from './command-line';
import { launchOf, type Launch } from './launcher';
import { loadsBy, type Load } from './loads';

/** What the command of a container starts: all that its text alone tells. */
export interface Started {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly line: CommandLine;
  /** The launcher that it starts. */
  readonly launch: Launch | undefined;
  /** Its downloads and uploads. */
  readonly loads: readonly Load[];
  /** It starts a launcher or a training script. */
  readonly isTraining: boolean;
  /** It is a server of a group, such as a parameter server. */
  readonly isServer: boolean;
}

const NONE: readonly string[] = [];
const PYTHON = /^python[\d.]*$/;
const TRAINING_SCRIPT = /(^|[./_-])(pre|fine[_-]?)?(train|training|trainer|tune|tuning)([_.-][\w.-]*)?$/;
const NOTHING = read(NONE, NONE);

const CACHE_MAX = 500;
/** Longer ones, with a script in them, are not kept. */
const LENGTH_MAX = 10_000;
/** By the last word, which tells most commands apart: workers of a bundle start the same few. */
const cache = new Map<string, Started>();

/** Reads `command` and `args` of a container; of the entrypoint of an image nothing is known. */
export function startedBy(container: Json): Started {
  const command: readonly string[] = container.command ?? NONE;
  const args: readonly string[] = container.args ?? NONE;
  if (command.length === 0 && args.length === 0) return NOTHING;
  const key = args.length > 0 ? args[args.length - 1] : command[command.length - 1];
  const known = cache.get(key);
  if (known !== undefined && areSame(known.command, command) && areSame(known.args, args)) return known;
  // the lists are the user's, who may change them
  const started = read([...command], [...args]);
  if (lengthOf(command) + lengthOf(args) <= LENGTH_MAX) {
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(key, started);
  }
  return started;
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let i = 0; i < some.length; i++) if (some[i] !== others[i]) return false;
  return true;
}

function lengthOf(words: readonly string[]): number {
  let length = 0;
  for (const word of words) length += word.length;
  return length;
}

function read(command: readonly string[], args: readonly string[]): Started {
  const line = lineOf([...command, ...args], command.length === 0);
  const launch = launchOf(line);
  return {
    command, args, line, launch, loads: loadsBy(line), isTraining: launch !== undefined || startsTraining(line), isServer: isServer(line),
  };
}

/** `python train.py`, `python -m train`, `./finetune.sh`. */
function startsTraining({ programs }: CommandLine): boolean {
  for (const { name, words } of programs) {
    if (!PYTHON.test(name)) continue;
    for (let i = 0; i < words.length; i++) {
      if (words[i] === '-c') break;
      const isScript = words[i].endsWith('.py') || words[i - 1] === '-m';
      if (!isScript) continue;
      if (TRAINING_SCRIPT.test(words[i].replace(/\.py$/, ''))) return true;
      break;
    }
  }
  return false;
}

/** `tf.distribute.Server(…).join()`. */
function isServer({ programs }: CommandLine): boolean {
  for (const { words } of programs) {
    if (words[0] === '-c' && words[1]?.includes('tf.distribute.Server(')) return true;
  }
  return false;
}
