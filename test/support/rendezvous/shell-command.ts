import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** What a container starts, and with which environment. */
export interface Started {
  readonly argv: string[];
  readonly env: Record<string, string>;
}

/** Programs that start what trains. */
const LAUNCHERS = [
  'torchrun', 'python', 'python3', 'deepspeed', 'accelerate', 'horovodrun', 'mpirun', 'mpiexec', 'mpiexec.hydra', 'sshd',
];
/** What scripts call on their way to the launcher, and what of it has no say in where the processes meet. */
const HARMLESS = ['pip', 'pip3', 'apt-get', 'mkdir', 'sleep', 'nslookup', 'getent', 'ssh-keygen', 'chmod', 'cp', 'ls', 'nvidia-smi'];
/** Real programs that scripts make their variables with. */
const REAL = ['cut', 'tr', 'sed', 'awk', 'seq', 'expr', 'head', 'tail', 'grep', 'cat', 'basename', 'paste'];
/** Variables that shells set for themselves. */
const SHELL_VARIABLES = ['PWD', 'OLDPWD', 'SHLVL', '_', 'PATH'];

/**
 * What a `sh -c` starts in the end, found out by running it: the launchers are stubs that note their arguments and their
 * environment. Nothing else is started by such a script but a few programs that only handle text.
 */
export function startedByShell(started: Started): Started {
  const script = scriptOf(started.argv);
  if (script === undefined || !LAUNCHERS.some(launcher => started.argv.some(word => word.includes(launcher)))) return started;
  const root = mkdtempSync(join(tmpdir(), 'rendezvous-'));
  try {
    return run(started, root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The text that a shell is to run; undefined where it is no shell. */
function scriptOf(argv: readonly string[]): string | undefined {
  if (!['sh', 'bash', 'dash'].includes(basename(argv[0] ?? ''))) return undefined;
  const option = argv.findIndex((word, i) => i > 0 && /^-[a-z]*c$/.test(word));
  return option < 0 ? undefined : argv[option + 1];
}

function run({ argv, env }: Started, root: string): Started {
  const [bin, calls, work] = ['bin', 'calls', 'work'].map(name => join(root, name));
  for (const directory of [bin, calls, work]) mkdirSync(directory);
  for (const name of LAUNCHERS) program(join(bin, name), noting(calls, name));
  for (const name of HARMLESS) program(join(bin, name), ':');
  for (const name of REAL) program(join(bin, name), `PATH=/usr/bin:/bin exec ${name} "$@"`);
  program(join(bin, 'hostname'), `echo '${env.HOSTNAME}'`);
  // programs that a script names by their path are the stubs too
  const words = argv.slice(1).map(word => word.replace(/(?:\/usr)?(?:\/local)?\/s?bin\/(?=\w)/g, ''));
  // a bash whose input is a socket takes itself for one of `rsh`, and reads the user's own settings
  const { status, stderr, error } = spawnSync(`/bin/${basename(argv[0])}`, words, {
    cwd: work, env: { ...env, PATH: bin }, stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000,
  });
  const noted = readdirSync(calls).sort((a, b) => Number(a) - Number(b)).pop();
  const why = error?.message ?? `exit ${status}, ${String(stderr)}`;
  if (noted === undefined) throw new Error(`\`${argv.join(' ')}\` starts no launcher: ${why}`);
  const [args, variables] = readFileSync(join(calls, noted), 'utf8').split('\0\0\n').map(text => text.split('\0'));
  const found = Object.fromEntries(variables.filter(text => text.includes('=')).map(partsOf));
  for (const name of SHELL_VARIABLES) if (!(name in env)) delete found[name];
  if (env.PATH !== undefined) found.PATH = env.PATH;
  return { argv: args, env: found };
}

/** Name and value of a variable. */
function partsOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

/** A stub: its name and arguments, and its environment, in a file with the number of the call. */
function noting(calls: string, name: string): string {
  return [
    `n=1; while [ -e '${calls}'/$n ]; do n=$((n + 1)); done`,
    `{ printf '%s\\0' '${name}' "$@"; printf '\\0\\n'; /usr/bin/env -0; } > '${calls}'/$n`,
  ].join('\n');
}

function program(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}
