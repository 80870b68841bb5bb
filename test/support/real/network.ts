import { ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BRIDGE = 'pods0';
const START = `ip link add ${BRIDGE} type bridge && ip link set ${BRIDGE} up && ip link set lo up && echo ready && exec sleep infinity`;
const NEW = ['--user', '--map-root-user', '--net', '--mount', '--uts'];

/** What a machine must let a process do; it needs no root. */
export const NAMESPACES = ['unshare', ...NEW, '/bin/sh', '-c', `ip link add ${BRIDGE} type bridge && nsenter --version`];

/** A network of its own, in which each pod has an interface with its address, as in a cluster. */
export class PodNetwork {
  public static async create(): Promise<PodNetwork> {
    const node = spawn('unshare', [...NEW, '/bin/sh', '-c', START], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      node.stdout.once('data', resolve);
      node.once('close', () => reject(new Error('there is no network for the pods')));
    });
    return new PodNetwork(node);
  }

  private links = 0;

  private constructor(private readonly node: ChildProcess) {}

  /** What stands before a command that is to have an interface and a hostname of its own, and to end with all that it started. */
  public get enter(): string[] {
    return [...this.inside, 'unshare', '--net', '--mount', '--uts', '--pid', '--fork', '--kill-child'];
  }

  /**
   * Gives a process that was started with `enter` its interface, `eth0`.
   *
   * @returns the other end of it
   */
  public async connect(pid: number): Promise<string> {
    const link = `pod${this.links++}`;
    await this.ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid));
    await this.ip('link', 'set', link, 'master', BRIDGE, 'up');
    return link;
  }

  /** Takes an interface away: that of a pod that is gone would go on to answer for its address, until the kernel has cleaned up. */
  public async disconnect(link: string): Promise<void> {
    await this.ip('link', 'delete', link).catch(() => undefined);
  }

  public remove(): void {
    this.node.kill('SIGKILL');
  }

  private get inside(): string[] {
    return ['nsenter', '--preserve-credentials', '--user', '--net', '--target', String(this.node.pid)];
  }

  private async ip(...args: readonly string[]): Promise<void> {
    const [command, ...rest] = [...this.inside, 'ip', ...args];
    await run(command, rest);
  }
}
