import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What became of a process. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly pid: number | undefined;
}

/** Directories of one run: what stands for the volume, and the programs that the container finds. */
export class Sandbox {
  public readonly root = mkdtempSync(join(tmpdir(), 'a space-'));
  public readonly volume = join(this.root, 'vol ume');
  private readonly bin = join(this.root, 'bin');
  private readonly calls = join(this.root, 'calls');

  constructor() {
    for (const directory of [this.volume, this.bin, this.calls]) mkdirSync(directory);
  }

  /**
   * Puts a program in the place of a real one. It notes its arguments and runs `body`, where `$n` is the number of the call.
   */
  public stub(name: string, body = ':'): void {
    const path = join(this.bin, name);
    writeFileSync(path, [
      '#!/bin/sh',
      `calls='${this.calls}/${name}'`,
      'n=1; while [ -e "$calls.$n" ]; do n=$((n + 1)); done',
      'printf "%s\\0" "$@" > "$calls.$n"',
      body,
    ].join('\n'));
    chmodSync(path, 0o755);
  }

  /** Arguments of each call of a stub. */
  public callsOf(name: string): string[][] {
    return readdirSync(this.calls)
      .filter(call => call.startsWith(`${name}.`))
      .sort((a, b) => Number(a.split('.').pop()) - Number(b.split('.').pop()))
      .map(call => readFileSync(join(this.calls, call), 'utf8').split('\0').slice(0, -1));
  }

  /** Runs a container's command as a kubelet would, with `directory` of the container standing for the volume. */
  public run(container: any, directory: string, env: Record<string, string> = {}): Promise<Outcome> {
    const known = { ...Object.fromEntries(plainVariables(container)), ...env };
    const argv = [...container.command as string[], ...container.args as string[] ?? []]
      .map(text => expand(text, known))
      .map(text => text === directory || text.startsWith(`${directory}/`) ? this.volume + text.slice(directory.length) : text);
    return new Promise((resolve, reject) => {
      const child = spawn(argv[0], argv.slice(1), { env: { ...known, PATH: `${this.bin}:/usr/bin:/bin` }, stdio: ['ignore', 'pipe', 'pipe'] });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', chunk => { stdout += String(chunk); });
      child.stderr.on('data', chunk => { stderr += String(chunk); });
      child.on('error', reject);
      child.on('close', status => resolve({ status, stdout, stderr, pid: child.pid }));
    });
  }

  /** Names in the volume, of files and directories, sorted. */
  public names(): string[] {
    return (readdirSync(this.volume, { recursive: true }) as string[]).sort();
  }

  public has(name: string): boolean {
    return existsSync(join(this.volume, name));
  }

  public read(name: string): string {
    return readFileSync(join(this.volume, name), 'utf8');
  }

  public remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** `$(NAME)` in a container's command, as Kubernetes expands it: unknown names stay, `$$` is `$`. */
export function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (all: string, name?: string) => all === '$$' ? '$' : variables[name!] ?? all);
}

/** Whether the machine has a program. */
export function hasProgram(name: string): boolean {
  return spawnSync('/bin/sh', ['-c', `command -v ${name}`]).status === 0;
}

function plainVariables({ env }: any): [string, string][] {
  return ((env ?? []) as any[]).filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]);
}
