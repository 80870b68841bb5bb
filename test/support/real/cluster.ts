import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { ResolvedPod } from '../rendezvous/pods';
import { PodNetwork } from './network';

/** A line that a process told. */
export interface Told {
  readonly event: string;
  readonly rank: number;
  readonly world: number;
  readonly [fact: string]: any;
}

/** What the processes find where a container finds its image. */
export interface Image {
  /** Folder of the programs. */
  readonly bin: string;
  /** Folder that they start in, with the script of the user. */
  readonly workingDir: string;
}

/** Gives a process the network, the hostname and the volumes of its pod, and makes way for its command. */
const ENTER = [
  'echo here >&4', 'read connected <&3', 'exec 3<&- 4>&-', 'ip link set eth0 address "$(echo "$3" | awk -F. \'{ printf "02:00:%02x:%02x:%02x:%02x", $1, $2, $3, $4 }\')"',
  'ip addr add "$3/8" dev eth0', 'ip link set eth0 up', 'ip link set lo up',
  'mount --bind "$1" /etc/hosts', 'echo "$2" > /proc/sys/kernel/hostname', 'mount -t tmpfs tmpfs /mnt', 'shift 3',
  'while [ "$1" != -- ]; do mkdir -p "$1"; mount --bind "$2" "$1"; shift 2; done', 'shift', 'exec "$@"',
].join(' && ');

/** The container of a pod as a process of this machine. */
export class LocalPod {
  public readonly told: Told[] = [];
  public output = '';
  public readonly exit: Promise<number>;
  public exitCode: number | undefined;

  constructor(public readonly pod: ResolvedPod, private readonly process: ChildProcess) {
    let rest = '';
    process.stdout!.on('data', chunk => {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop()!;
      for (const line of lines) this.read(line);
    });
    process.stderr!.on('data', chunk => { this.output += String(chunk); });
    this.exit = new Promise(resolve => process.on('close', (code, signal) => {
      this.exitCode = code ?? 128 + (signal === 'SIGKILL' ? 9 : 15);
      resolve(this.exitCode);
    }));
  }

  /** Ends all processes of the pod, as a node that goes does. */
  public async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.exitCode === undefined) process.kill(-this.process.pid!, signal);
    await this.exit;
  }

  private read(line: string): void {
    this.output += `${line}\n`;
    if (line.startsWith('{')) this.told.push(JSON.parse(line) as Told);
  }
}

/** Pods as processes: each with its names, its address and its hostname; volumes are folders. */
export class LocalCluster {
  public readonly pods: LocalPod[] = [];
  private readonly root = mkdtempSync(join(tmpdir(), 'cluster-'));
  private readonly hosts = join(this.root, 'hosts');
  private readonly links = new Map<string, string>();

  private constructor(
    private readonly resolved: readonly ResolvedPod[], private readonly image: Image, private readonly network: PodNetwork,
  ) {
    const lines = resolved.map(({ ip, dnsNames, hostname }) => [ip, ...new Set([hostname, ...dnsNames.filter(name => name !== ip)])].join(' '));
    writeFileSync(this.hosts, ['127.0.0.1 localhost', ...lines, ''].join('\n'));
  }

  public static async of(pods: readonly ResolvedPod[], image: Image): Promise<LocalCluster> {
    return new LocalCluster(pods, image, await PodNetwork.create());
  }

  /** Starts all pods at once. */
  public async startAll(): Promise<void> {
    await Promise.all(this.resolved.map(pod => this.start(pod)));
  }

  /** Starts a pod, or another in the place of one that is gone. */
  public async start(pod: ResolvedPod): Promise<LocalPod> {
    const { argv, env } = pod.container;
    const inside = ['/bin/sh', '-c', ENTER, 'sh', this.hosts, pod.hostname, pod.ip, ...this.volumesOf(pod), '--', ...argv];
    const [command, ...args] = [...this.network.enter, ...inside];
    const child = spawn(command, args, {
      cwd: this.image.workingDir,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      env: { ...env, PATH: `${this.image.bin}:/usr/sbin:/usr/bin:/sbin:/bin`, HOME: this.root, PYTHONUNBUFFERED: '1' },
    });
    const started = new LocalPod(pod, child);
    this.pods.push(started);
    // before that it is not in the network of its own
    await once(child.stdio[4]!, 'data');
    const former = this.links.get(pod.name);
    if (former !== undefined) await this.network.disconnect(former);
    this.links.set(pod.name, await this.network.connect(child.pid!));
    (child.stdio[3] as Writable).end('connected\n');
    return started;
  }

  /**
   * Plays the controller until every pod has ended well: a pod that fails is started again, alone or with all others.
   *
   * @returns how many pods failed
   */
  public async finish(again: 'pod' | 'all', { most = 8, seconds = 150 } = {}): Promise<number> {
    const end = Date.now() + seconds * 1000;
    for (let failures = 0; ;) {
      const latest = [...new Map(this.pods.map(pod => [pod.pod.name, pod])).values()];
      const failed = latest.find(({ exitCode }) => exitCode !== undefined && exitCode !== 0);
      if (failed && ++failures > most) throw new Error(`${failures} pods have failed\n${this.output()}`);
      if (failed && again === 'pod') {
        await this.start(failed.pod);
      } else if (failed) {
        await Promise.all(this.running.map(pod => pod.kill()));
        await this.startAll();
      } else if (this.running.length === 0) {
        return failures;
      } else {
        if (Date.now() > end) throw new Error(`after ${seconds} s the pods still run\n${this.output()}`);
        await Promise.race([...this.running.map(({ exit }) => exit), new Promise(resolve => setTimeout(resolve, 1000))]);
      }
    }
  }

  /** Pods that run. */
  public get running(): LocalPod[] {
    return this.pods.filter(({ exitCode }) => exitCode === undefined);
  }

  /** All that was told, pod by pod. */
  public told(event?: string): Told[] {
    return this.pods.flatMap(({ told }) => told).filter(one => event === undefined || one.event === event);
  }

  /** What everything printed, for whoever reads of a failure. */
  public output(): string {
    return this.pods.map(({ pod, exitCode, output }) => `--- ${pod.name}, exit ${exitCode ?? 'none'}\n${output}`).join('\n');
  }

  /** Waits until something holds. */
  public async until(holds: () => boolean, what: string, seconds = 120): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`after ${seconds} s still not: ${what}\n${this.output()}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  /** Files of all volumes. */
  public files(): string[] {
    return (readdirSync(this.root, { recursive: true }) as string[]).filter(name => name.startsWith('volumes/')).sort();
  }

  public async remove(): Promise<void> {
    await Promise.all(this.running.map(pod => pod.kill()));
    this.network.remove();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Mounts under /mnt, which every system has and no process needs. */
  private volumesOf(pod: ResolvedPod): string[] {
    return pod.mounts.filter(({ mountPath }) => mountPath.startsWith('/mnt/')).flatMap(({ mountPath, source, subPath = '' }) => {
      const folder = join(this.root, 'volumes', String(source.persistentVolumeClaim?.claimName ?? source.name), subPath);
      mkdirSync(folder, { recursive: true });
      return [mountPath, folder];
    });
  }
}
