import { basename } from 'node:path';
import { type ResolvedPod, resolvePods, type ResolveOptions } from './pods';
import type { Wire } from './objects';
import { readAccelerate, readDeepspeed } from './proof/launchers';
import { readMpi } from './proof/mpi';
import { find } from './proof/names';
import { readEnvironment, readJax } from './proof/python';
import type { Reading, Seat } from './proof/seat';
import { readTfConfig, seatsOfTasks, type Task } from './proof/tensorflow';
import { readTorchrun } from './proof/torchrun';
import { proveWorld, type RankProof } from './proof/world';

export type { RankProof } from './proof/world';

/** Launchers that start the processes of all pods. */
const MPI = ['mpirun', 'mpiexec', 'mpiexec.hydra', 'horovodrun'];

/** What will happen, and why it will not work. */
export interface Proof {
  readonly ranks: RankProof[];
  readonly problems: string[];
}

/** Says of every pod that trains, from the manifests alone, who it will be, whom it will dial and what it will run. */
export function proveRendezvous(manifests: readonly Wire[], options: ResolveOptions = {}): Proof {
  const problems: string[] = [];
  const say = (problem: string): void => { if (!problems.includes(problem)) problems.push(problem); };
  const pods = resolvePods(manifests, options);
  checkOrder(pods, manifests, say);

  const seats: Seat[] = [];
  const tasks: Task[] = [];
  const broken = startedManyTimes(pods, say);
  for (const pod of pods.filter(({ workload }) => !broken.has(workload))) {
    const before = problems.length;
    const reading: Reading = { pod, pods, say };
    const task = 'TF_CONFIG' in pod.container.env && readTfConfig(reading);
    if (task) tasks.push(task);
    else seats.push(...seatsOf(reading));
    if (problems.length > before) broken.add(pod.workload);
  }
  for (const group of tasksTogether(tasks)) if (!broken.has(group[0].pod.workload)) seats.push(...seatsOfTasks(group, { pods, say }));
  const groups = together(seats.filter(({ pod }) => !broken.has(pod.workload)), pods);
  return { ranks: groups.flatMap(group => proveWorld(group, pods, say)), problems };
}

/** What a pod is told, by what it starts. A pod that starts no such thing trains with nobody. */
function seatsOf(reading: Reading): Seat[] {
  const { argv, env } = reading.pod.container;
  const [program, ...words] = argv;
  const one = (seat: Seat | undefined): Seat[] => seat ? [seat] : [];
  const name = basename(program ?? '');
  if (MPI.includes(name)) return readMpi(reading);
  if (name === 'torchrun') return one(readTorchrun(words, reading));
  if (name === 'accelerate') return one(readAccelerate(words.slice(1), reading));
  if (name === 'deepspeed') return one(readDeepspeed(words, reading));
  if (words[0] === '-m' && words[1] === 'torch.distributed.run') return one(readTorchrun(words.slice(2), reading));
  if (Object.keys(env).some(name => /^JAX_(PROCESS_ID|NUM_PROCESSES|COORDINATOR_ADDRESS)$/.test(name))) return one(readJax(argv, reading));
  if ('RANK' in env || 'WORLD_SIZE' in env) return one(readEnvironment(argv, reading));
  return [];
}

/** Workloads with many of a launcher that starts the processes of all, and so is to run once. */
function startedManyTimes(pods: readonly ResolvedPod[], say: (problem: string) => void): Set<string> {
  const launchers = pods.filter(({ container: { argv } }) => MPI.includes(basename(argv[0] ?? '')));
  const many = new Set<string>();
  for (const { workload, container } of launchers) {
    const count = launchers.filter(other => other.workload === workload).length;
    if (count === 1) continue;
    many.add(workload);
    say(`${basename(container.argv[0])} starts in each of the ${count} pods of ${workload}, so that there are ${count} jobs`);
  }
  return many;
}

/** Pods that are made one after another must not wait for those behind them before they are ready. */
function checkOrder(pods: readonly ResolvedPod[], manifests: readonly Wire[], say: (problem: string) => void): void {
  for (const { kind, metadata, spec } of manifests) {
    if (kind !== 'StatefulSet' || spec.podManagementPolicy === 'Parallel') continue;
    const name = `StatefulSet/${metadata.name}`;
    const [first, second] = pods.filter(({ workload }) => workload === name);
    if (!second || !(first.spec.containers as Wire[]).some(({ readinessProbe }) => readinessProbe)) continue;
    say(`${second.name} is not made before ${first.name} is ready, and ${first.name} waits for it: ${name} is OrderedReady`);
  }
}

/** Pods meet when they are of one workload, or when one dials the other's. */
function together(seats: readonly Seat[], pods: readonly ResolvedPod[]): Seat[][] {
  const groups = new Map<string, Seat[]>();
  for (const seat of seats) {
    const { pod, dials } = seat;
    const dialled = dials && find(dials.host, pod, pods).found;
    const key = keyOf(dialled && groups.has(keyOf(dialled)) ? dialled : pod);
    groups.set(key, [...groups.get(key) ?? [], seat]);
  }
  return [...groups.values()];
}

function keyOf({ namespace, workload }: ResolvedPod): string {
  return `${namespace} ${workload}`;
}

/** Tasks are of one cluster when they are told of an address in common. */
function tasksTogether(tasks: readonly Task[]): Task[][] {
  const groups: { addresses: Set<string>; tasks: Task[] }[] = [];
  for (const task of tasks) {
    const addresses = Object.values(task.cluster).flat().map(address => `${task.pod.namespace} ${address}`);
    const group = groups.find(of => addresses.some(address => of.addresses.has(address)));
    if (group) {
      group.tasks.push(task);
      for (const address of addresses) group.addresses.add(address);
    } else {
      groups.push({ addresses: new Set(addresses), tasks: [task] });
    }
  }
  return groups.map(group => group.tasks);
}
