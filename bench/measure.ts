import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** CPU milliseconds, user and system, of what a child process measures and of the whole process. */
export interface Sample {
  readonly part: number;
  readonly process: number;
}

/** Within the package, so that `cdk8s-ml` resolves to it; git ignores it. */
const OUT = join(__dirname, '..', 'dist', 'bench');

/** Directory for the output of children, emptied. */
export function freshOutdir(name: string): string {
  const directory = join(OUT, name);
  rmSync(directory, { recursive: true, force: true });
  return directory;
}

/** The child compiled to plain JavaScript: what translates TypeScript is not to be measured. */
export function compile(child: string): string {
  const source = readFileSync(join(__dirname, `${child}.ts`), 'utf8');
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const file = join(OUT, `${child}.js`);
  mkdirSync(OUT, { recursive: true });
  writeFileSync(file, ts.transpileModule(source, { compilerOptions }).outputText);
  return file;
}

/** What a child prints as JSON. */
export function runOnce<T>(file: string, args: readonly string[]): T {
  return JSON.parse(execFileSync(process.execPath, [file, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as T;
}

/** Runs the variants in turn, A B A B, so that what else the machine does hits all of them alike. */
export function runPaired(rounds: number, file: string, variants: readonly (readonly string[])[]): Sample[] {
  const samples = variants.map((): Sample[] => []);
  for (let round = 0; round < rounds; round++) {
    variants.forEach((args, i) => {
      samples[i].push(runOnce<Sample>(file, args));
    });
  }
  return samples.map(of => ({ part: median(of.map(({ part }) => part)), process: median(of.map(sample => sample.process)) }));
}

/** Instructions that the process executes, the same every time within a thousandth; nothing without valgrind. */
export function countInstructions(file: string, args: readonly string[]): number | undefined {
  const valgrind = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];
  const node = [process.execPath, '--single-threaded', '--predictable', '--hash-seed=1', '--random-seed=1'];
  const { stderr, error } = spawnSync('valgrind', [...valgrind, ...node, file, ...args], { encoding: 'utf8' });
  const count = /I\s+refs:\s+([\d,]+)/.exec(error ? '' : stderr)?.[1];
  return count === undefined ? undefined : Number(count.replaceAll(',', ''));
}

/** One hash of the names and contents of all files below a directory. */
export function hashOf(directory: string): string {
  const hash = createHash('sha256');
  for (const name of (readdirSync(directory, { recursive: true }) as string[]).sort()) {
    const path = join(directory, name);
    if (statSync(path).isFile()) hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
