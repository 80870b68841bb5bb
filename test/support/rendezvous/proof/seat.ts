import type { ResolvedPod } from '../pods';

/** An address as a process is told it. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the launcher of one pod has been told of the world. */
export interface Seat {
  readonly pod: ResolvedPod;
  /** Program that meets the others. */
  readonly launcher: string;
  /** Rank of the first process that runs in the pod; undefined where the group settles it when it meets. */
  readonly rank?: number;
  readonly processes: number;
  /** Processes of the whole group that it waits for. */
  readonly world: number;
  /** Pods that it goes on with, and that it takes, where the number may change. */
  readonly nodes?: { readonly min: number; readonly max: number };
  readonly dials?: Address;
  /** Variables that it was given and does not read. */
  readonly ignored?: readonly string[];
  readonly command: readonly string[];
  /** Names that it goes by in a group: all must be the same. */
  readonly group?: string;
}

/** What a pod is started with, as a reader takes it apart. */
export interface Reading {
  readonly pod: ResolvedPod;
  /** All pods of the cluster. */
  readonly pods: readonly ResolvedPod[];
  /** Takes note of what cannot work. */
  readonly say: (problem: string) => void;
}

/** A whole number, or undefined with a word of why. */
export function wholeNumber(text: string | undefined, what: string, { pod, say }: Reading): number | undefined {
  if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  say(text === undefined ? `${pod.name}: ${what} is not set` : `${pod.name}: ${what} is '${text}', which is no whole number`);
  return undefined;
}

/** `host:port`, or undefined with a word of why. */
export function addressOf(text: string | undefined, what: string, reading: Reading, defaultPort?: number): Address | undefined {
  const { pod, say } = reading;
  if (text === undefined) {
    say(`${pod.name}: ${what} is not set`);
    return undefined;
  }
  const [, host, port] = /^([^:]*)(?::(.*))?$/.exec(text) ?? [undefined, text, ''];
  const number = port === undefined && defaultPort !== undefined ? defaultPort : wholeNumber(port, `port of ${what}`, reading);
  return number === undefined ? undefined : { host, port: number };
}

/** Options of a command line in front of its first other word, by their names with `_`; and what follows. */
export function optionsOf(words: readonly string[], switches: readonly string[]): { options: Map<string, string>; rest: string[] } {
  const options = new Map<string, string>();
  let at = 0;
  while (at < words.length && words[at].startsWith('-')) {
    const [flag, ...value] = words[at].split('=');
    const name = flag.replace(/^-+/, '').replaceAll('-', '_');
    at += 1;
    if (value.length > 0) options.set(name, value.join('='));
    else if (switches.includes(name)) options.set(name, '');
    else options.set(name, words[at++] ?? '');
  }
  return { options, rest: words.slice(at) };
}

/** Accelerators of the container, as far as the word says that they are such. */
export function devicesOf({ spec }: ResolvedPod): number {
  const limits = spec.containers[0].resources?.limits ?? {};
  return Object.entries(limits as Record<string, string>).reduce((sum, [name, amount]) => name.includes('gpu') ? sum + Number(amount) : sum, 0);
}
