import { programOf, scriptOf, type Program, type Script } from './shell';

/** What a container starts. */
export interface CommandLine {
  /** In the order in which they are written. */
  readonly programs: readonly Program[];
  /** Where a shell is given a script. */
  readonly script?: Script;
  /** The image's own entrypoint is started with them. */
  readonly viaEntrypoint: boolean;
}

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh']);

/** Reads a command in exec form. */
export function lineOf(words: readonly string[], viaEntrypoint = false): CommandLine {
  const program = programOf(words);
  if (!program) return { programs: [], viaEntrypoint };
  if (!SHELLS.has(program.name)) return { programs: [program], viaEntrypoint };
  return shellLine(program, viaEntrypoint);
}

/** `sh -euc '…'`, `bash -o pipefail -c '…'`; a shell that is given a file is a program like any other. */
function shellLine(shell: Program, viaEntrypoint: boolean): CommandLine {
  let stops = false;
  for (let i = 0; i < shell.words.length; i++) {
    const word = shell.words[i];
    if (/^[-+][a-z]*o$/.test(word)) {
      if (word.includes('e') || shell.words[i + 1] === 'errexit') stops = true;
      i++;
    } else if (!word.startsWith('-') || word.startsWith('--')) {
      break;
    } else {
      if (word.includes('e')) stops = true;
      if (!word.endsWith('c')) continue;
      const text = shell.words[i + 1];
      if (text === undefined) break;
      const script = withArguments(scriptOf(text), shell.words.slice(i + 3));
      return { programs: script.programs, script: stops ? { ...script, stopsOnError: true } : script, viaEntrypoint };
    }
  }
  return { programs: [shell], viaEntrypoint };
}

/** `sh -c 'exec "$@"' sh torchrun train.py`: what stands behind the script and the name of the shell takes the place of `$@`. */
function withArguments(script: Script, args: readonly string[]): Script {
  // of a script that takes some of them away, or sets others, nobody knows what is left
  const changes = ({ name, words }: Program): boolean => name === 'shift' || (name === 'set' && words.includes('--'));
  if (!script.text.includes('$@') || script.programs.some(changes)) return script;
  const programs = script.programs.flatMap(program => {
    const { file, words } = program;
    if (file !== '$@' && !words.includes('$@')) return [program];
    const { guarded, background, writes, replaces } = program;
    return programOf([file, ...words].flatMap(word => word === '$@' ? args : [word]), { guarded, background, writes, replaces }) ?? [];
  });
  return { ...script, programs };
}

/** Value of a flag: `--nnodes=2`, `--nnodes 2`, `-np 4`; names without dashes, `_` as `-`. '' for a flag without a value. */
export function flagOf(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word.charCodeAt(0) !== 45) continue;
    const dashes = word.charCodeAt(1) === 45 ? 2 : 1;
    const equals = word.indexOf('=');
    const name = (equals < 0 ? word.slice(dashes) : word.slice(dashes, equals)).replaceAll('_', '-');
    if (!names.includes(name)) continue;
    if (equals >= 0) return word.slice(equals + 1);
    const next = words[i + 1];
    return next === undefined || next.startsWith('-') ? '' : next;
  }
  return undefined;
}
