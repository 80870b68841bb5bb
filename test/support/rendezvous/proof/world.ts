import type { ResolvedPod } from '../pods';
import { find } from './names';
import type { Seat } from './seat';

/** What becomes of one pod. */
export interface RankProof {
  readonly pod: string;
  /** Rank of the first process of the pod. */
  readonly rank: number;
  readonly worldSize: number;
  /** `host:port` that it meets the others at. */
  readonly dials: string;
  /** Name of the pod that it reaches there. */
  readonly resolvesTo: string | undefined;
  readonly command: string[];
  /** Processes that train in the pod. */
  readonly processes: number;
}

/** A seat whose rank is known. */
type Settled = Seat & { readonly rank: number };

/** Holds the seats of one group against each other. */
export function proveWorld(seats: readonly Seat[], pods: readonly ResolvedPod[], say: (problem: string) => void): RankProof[] {
  const settled = settle(seats, say);
  checkSame(seats, say);
  const proofs = settled.map(seat => proofOf(seat, settled, pods, say));
  if (isApart(settled)) sayApart(settled, say);
  else checkComplete(settled, say);
  return proofs;
}

/** A group that settles its ranks when it meets may give them in the order of the pods. */
function settle(seats: readonly Seat[], say: (problem: string) => void): Settled[] {
  const processes = seats.reduce((sum, seat) => sum + seat.processes, 0);
  return seats.map((seat, i) => {
    if (seat.rank !== undefined) return { ...seat, rank: seat.rank };
    const { min, max } = seat.nodes!;
    if (i === 0 && seats.length < min) say(`${namesOf(seats)} wait for ${min} pods at least`);
    if (i === 0 && seats.length > max) say(`${namesOf(seats)} are more than the ${max} pods that meet`);
    const rank = seats.slice(0, i).reduce((sum, before) => sum + before.processes, 0);
    return { ...seat, rank, world: seats.length >= min && seats.length <= max ? processes : seat.world };
  });
}

/** What all must have been told alike. */
function checkSame([first, ...others]: readonly Seat[], say: (problem: string) => void): void {
  for (const seat of others) {
    if (seat.launcher !== first.launcher) say(`${seat.pod.name} starts ${seat.launcher} and ${first.pod.name} ${first.launcher}`);
    if (seat.group !== first.group) say(`${seat.pod.name} meets as '${seat.group}' and ${first.pod.name} as '${first.group}'`);
    if (seat.nodes && (seat.nodes.min !== first.nodes?.min || seat.nodes.max !== first.nodes.max)) {
      say(`${seat.pod.name} and ${first.pod.name} are told of different numbers of pods`);
    }
  }
}

function proofOf(seat: Settled, seats: readonly Seat[], pods: readonly ResolvedPod[], say: (problem: string) => void): RankProof {
  const { pod, rank, world, processes, command, dials } = seat;
  const { found, trouble } = dials ? find(dials.host, pod, pods) : { found: pod, trouble: undefined };
  const address = dials ? `${dials.host}:${dials.port}` : `${pod.hostname}`;
  if (trouble) say(`${pod.name} dials ${address}, ${trouble}`);
  else if (dials && !startsFromElsewhere(seat)) checkMeeting(seat, found!, seats, say);
  return { pod: pod.name, rank, worldSize: world, dials: address, resolvesTo: found?.name, command: [...command], processes };
}

/** Processes that a launcher elsewhere starts are dialled, and dial nobody themselves. */
function startsFromElsewhere({ launcher }: Seat): boolean {
  return ['mpirun', 'mpiexec', 'mpiexec.hydra', 'horovodrun', 'tensorflow'].includes(launcher);
}

/** All meet at the pod of rank 0, on the port that it listens on. */
function checkMeeting({ pod, dials, rank }: Seat, found: ResolvedPod, seats: readonly Seat[], say: (problem: string) => void): void {
  const host = seats.find(seat => seat.pod === found);
  const address = `${dials!.host}:${dials!.port}`;
  if (!host) say(`${pod.name} dials ${address}, which is ${found.name}, a pod of another group`);
  else if (found === pod && rank !== undefined && rank > 0) say(`${pod.name} has rank ${rank} and dials ${address}, which is itself`);
  else if (host.rank !== undefined && host.rank > 0) say(`${pod.name} dials ${address}, which is ${found.name} with rank ${host.rank}, not rank 0`);
  else if (host.dials && host.dials.port !== dials!.port) say(`${pod.name} dials port ${dials!.port} of ${found.name}, which listens on ${host.dials.port}`);
}

/** Each waits for nobody else. */
function isApart(seats: readonly Seat[]): boolean {
  return seats.length > 1 && seats.every(({ dials }) => dials === undefined);
}

function sayApart(seats: readonly Seat[], say: (problem: string) => void): void {
  const [{ pod, launcher, ignored = [] }] = seats;
  const unread = ignored.length === 0 ? '' : launcher === 'deepspeed' ? `; there is no ${ignored[0]}` : `; it does not read ${ignored.join(', ')}`;
  say(`${launcher} in each of the ${seats.length} pods of ${pod.workload} is told of no other, so that they train ${seats.length} models apart${unread}`);
}

function checkComplete(seats: readonly Settled[], say: (problem: string) => void): void {
  const total = seats.reduce((sum, { processes }) => sum + processes, 0);
  for (const world of new Set(seats.map(seat => seat.world))) {
    const waiting = seats.filter(seat => seat.world === world);
    if (world !== total) say(`${namesOf(waiting)} wait${waiting.length === 1 ? 's' : ''} for ${world} processes, and there are ${total}`);
  }
  const holders = new Map<number, string[]>();
  for (const { pod, rank, processes } of seats) {
    for (let at = rank; at < rank + processes; at++) holders.set(at, [...holders.get(at) ?? [], pod.name]);
  }
  for (const [rank, names] of holders) if (names.length > 1) say(`rank ${rank} is that of ${names.join(', ')}`);
  const missing = Array.from({ length: total }, (_, rank) => rank).filter(rank => !holders.has(rank));
  if (missing.length > 0) say(`nobody has rank ${missing.join(', ')}`);
}

function namesOf(seats: readonly Seat[]): string {
  return seats.map(({ pod }) => pod.name).join(', ');
}
