/** What a command may see and do of the process it runs in. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether what is printed goes to a terminal. */
  readonly isTerminal: boolean;
  /** All of the standard input. */
  readonly readInput: () => Promise<Buffer>;
  /** To the standard output. */
  readonly print: (text: string) => void;
  /** To the standard error output. */
  readonly warn: (text: string) => void;
}

/** What the process says when it ends. */
export enum ExitCode {
  CLEAN = 0,
  /** Wrong use, or input that cannot be read. */
  UNUSABLE = 1,
  /** Findings at the threshold or above. */
  FINDINGS = 2,
}

/** @see https://no-color.org and https://force-color.org */
export function showsColours({ env, isTerminal }: Io): boolean {
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTerminal && env.TERM !== 'dumb';
}
