import { basename } from 'node:path';
import type { ResolvedPod } from '../pods';
import { type Host, hostIn, hostsIn } from './hosts';
import { find } from './names';
import { type Reading, type Seat, wholeNumber } from './seat';

/** Variables that name the list of hosts, and who reads them. */
const HOSTFILE_VARIABLES = ['OMPI_MCA_orte_default_hostfile', 'I_MPI_HYDRA_HOST_FILE', 'HYDRA_HOST_FILE'];
const OPEN_MPI_5 = 'PRTE_MCA_prte_default_hostfile';
const HOSTFILE_FLAGS = ['--hostfile', '-hostfile', '--machinefile', '-machinefile', '-f'];
const HOST_FLAGS = ['-H', '--host', '-host', '-hosts', '--hosts'];
const COUNT_FLAGS = ['-np', '-n', '--np', '-c', '--num-proc'];
/** How many words follow a flag; one follows what is not here. */
const FOLLOWED: Readonly<Record<string, number>> = {
  '-x': 1, '-mca': 2, '--mca': 2, '--prtemca': 2, '-gmca': 2, '-genv': 2, '-genvall': 0, '--allow-run-as-root': 0, '-allow-run-as-root': 0, '--verbose': 0,
  '-v': 0, '--tag-output': 0, '-tag-output': 0, '--oversubscribe': 0, '--gloo': 0, '--mpi': 0, '--disable-cache': 0, '--report-bindings': 0,
};

/** What `mpirun`, `mpiexec` or `horovodrun` starts: a seat in each pod that gets processes. */
export function readMpi(reading: Reading): Seat[] {
  const { pod, say } = reading;
  const { container: { argv } } = pod;
  const launcher = basename(argv[0]);
  const { flags, rest } = flagsOf(argv.slice(1));
  const hosts = hostsOf(flags, launcher, reading);
  if (!hosts) return [];
  const slots = hosts.reduce((sum, host) => sum + host.slots, 0);
  const asked = COUNT_FLAGS.map(flag => flags.get(flag)).find(count => count !== undefined);
  const count = asked === undefined ? slots : wholeNumber(asked, `${launcher} -np`, reading);
  if (count === undefined) return [];
  if (count > slots) say(`${pod.name}: ${launcher} is to start ${count} processes, and its hosts take ${slots}`);
  return seatsOf(hosts, { reading, launcher, count, command: rest });
}

function seatsOf(hosts: readonly Host[], { reading, launcher, count, command }: {
  reading: Reading; launcher: string; count: number; command: readonly string[];
}): Seat[] {
  const { pod, pods, say } = reading;
  const seats: Seat[] = [];
  let rank = 0;
  for (const { host, slots } of hosts) {
    const processes = Math.min(slots, count - rank);
    const { found, trouble } = find(host, pod, pods);
    if (trouble) say(`${pod.name} starts processes in ${host}, ${trouble}`);
    if (found && processes > 0) {
      if (found !== pod && !isServing(found)) say(`${found.name} runs no sshd, so that ${pod.name} starts nothing in it`);
      seats.push({ pod: found, launcher, rank, processes, world: count, dials: { host, port: SSH }, command });
    }
    rank += Math.max(0, processes);
  }
  const workers = pods.filter(other => other.workload === pod.workload && other.namespace === pod.namespace && isServing(other));
  for (const idle of workers.filter(other => !seats.some(seat => seat.pod === other))) {
    say(`${idle.name} waits for ${pod.name}, which starts no process in it`);
  }
  return seats;
}

const SSH = 22;

/** Whether others can start processes in a pod. */
export function isServing({ container: { argv } }: ResolvedPod): boolean {
  return basename(argv[0] ?? '') === 'sshd';
}

function hostsOf(flags: ReadonlyMap<string, string>, launcher: string, reading: Reading): Host[] | undefined {
  const { pod, say } = reading;
  const { container: { env }, files } = pod;
  const listed = HOST_FLAGS.map(flag => flags.get(flag)).find(hosts => hosts !== undefined);
  if (listed !== undefined) return listed.split(',').map(hostIn);
  const named = HOSTFILE_FLAGS.map(flag => flags.get(flag)).find(file => file !== undefined);
  const variable = launcher === 'horovodrun' ? undefined : [...HOSTFILE_VARIABLES, OPEN_MPI_5].find(name => env[name] !== undefined);
  const path = named ?? (variable && env[variable]);
  if (path === undefined) {
    say(`${pod.name}: ${launcher} is told of no hosts, so that all its processes start in ${pod.name}`);
    return undefined;
  }
  if (named === undefined && variable === HOSTFILE_VARIABLES[0] && env[OPEN_MPI_5] !== path) {
    say(`${pod.name}: Open MPI 5 does not read ${variable}, so that all its processes start in ${pod.name}; it wants ${OPEN_MPI_5}`);
  }
  if (files[path] === undefined) {
    say(`${pod.name}: ${launcher} reads its hosts from ${path}, which is not there`);
    return undefined;
  }
  return hostsIn(files[path]);
}

function flagsOf(words: readonly string[]): { flags: Map<string, string>; rest: string[] } {
  const flags = new Map<string, string>();
  let at = 0;
  while (at < words.length && words[at].startsWith('-')) {
    const [flag, ...value] = words[at].split('=');
    const count = value.length > 0 ? 0 : FOLLOWED[flag] ?? 1;
    flags.set(flag, value.length > 0 ? value.join('=') : words.slice(at + 1, at + 1 + count).join(' '));
    at += 1 + count;
  }
  return { flags, rest: words.slice(at) };
}
