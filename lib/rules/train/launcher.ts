import { flagOf, type CommandLine } from './command-line';
import type { Program } from './shell';

/** What starts the processes of a training. */
export interface Launch {
  readonly kind: 'torchrun' | 'accelerate' | 'deepspeed' | 'horovodrun' | 'mpirun';
  readonly program: Program;
  /** What is the launcher's own of the words: those before the training script. */
  readonly words: readonly string[];
}

const PYTHON = /^python[\d.]*$/;

/** The first launcher of a command. */
export function launchOf({ programs }: CommandLine): Launch | undefined {
  for (let i = 0; i < programs.length; i++) {
    const launch = launchBy(programs[i]);
    if (launch) return launch;
  }
  return undefined;
}

function launchBy(program: Program): Launch | undefined {
  const { words } = program;
  switch (program.name) {
    case 'torchrun': return launch('torchrun', program, words);
    case 'accelerate': return words[0] === 'launch' ? launch('accelerate', program, words.slice(1)) : undefined;
    case 'deepspeed': return launch('deepspeed', program, words);
    case 'horovodrun': return launch('horovodrun', program, words);
    case 'mpirun': case 'mpiexec': return launch('mpirun', program, words);
    default: return PYTHON.test(program.name) ? launchByModule(program) : undefined;
  }
}

/** `python -m torch.distributed.run`, which is torchrun. */
function launchByModule(program: Program): Launch | undefined {
  const at = program.words.indexOf('-m');
  const module = at < 0 ? undefined : program.words[at + 1];
  if (module !== 'torch.distributed.run' && module !== 'torch.distributed.launch') return undefined;
  return launch('torchrun', program, program.words.slice(at + 2));
}

function launch(kind: Launch['kind'], program: Program, words: readonly string[]): Launch {
  const script = words.findIndex(word => word.endsWith('.py') && !word.startsWith('-'));
  return { kind, program, words: script < 0 ? words : words.slice(0, script) };
}

/** Value of a flag of the launcher. */
export function launchFlag({ words }: Launch, ...names: readonly string[]): string | undefined {
  return flagOf(words, ...names);
}
