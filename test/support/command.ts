import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Io } from '../../lib/cli/io';
import { run } from '../../lib/cli/run';

/** What a command did. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is different from a command that has no input and prints into a file. */
export interface Surroundings {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Record<string, string>;
  readonly isTerminal?: boolean;
}

/** Runs a command in this process. */
export async function command(args: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const { cwd = tmpdir(), input, env = {}, isTerminal = false } = surroundings;
  let stdout = '';
  let stderr = '';
  const io: Io = {
    cwd, env, isTerminal,
    readInput: () => input === undefined ? Promise.reject(new Error('no input was expected')) : Promise.resolve(Buffer.from(input)),
    print: text => { stdout += text; },
    warn: text => { stderr += text; },
  };
  const code = await run(args, io);
  return { code, stdout, stderr };
}

/** A folder with files, for the time of the tests of a file. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

/** A manifest that no rule has anything to say of. */
export const GOOD = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: ml
data:
  epochs: "90"
`;

/** One that the API server refuses: a value that is no text, on line 7. */
export const BAD = GOOD.replace('"90"', '90');
