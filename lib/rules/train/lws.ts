import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';

/** A LeaderWorkerSet makes the same group several times; the kinds beside it make one. */
export const LWS = 'LeaderWorkerSet';

/** Pods of the template that are in one group; undefined for one on each node. */
export function copiesInGroup(pod: PodSubject): number | undefined {
  if (pod.kind !== LWS) return pod.copies;
  if (pod.role === 'leader') return 1;
  return Math.max(0, sizeOf(pod) - (pod.controller.leaderTemplate === undefined ? 0 : 1));
}

/** Pods of one group, of whatever template. */
export function groupSize(pod: PodSubject): number | undefined {
  return pod.kind === LWS ? sizeOf(pod) : pod.copies;
}

export function groupsOf({ kind, subject }: PodSubject): number {
  const replicas: unknown = kind === LWS ? subject.json.spec?.replicas : undefined;
  return typeof replicas === 'number' ? replicas : 1;
}

/** Each group has a Service of its own, `<set>-<group>`. */
export function hasServicePerGroup({ kind, subject }: PodSubject): boolean {
  const network: Json | undefined = kind === LWS ? subject.json.spec?.networkConfig : undefined;
  return network?.subdomainPolicy === 'UniquePerReplica';
}

/** Whether `<group>` is a leader, or `<group>-<index>` a worker. */
export function isMember(pod: PodSubject, ending: string): boolean {
  const found = /^(0|[1-9]\d*)(?:-([1-9]\d*))?$/.exec(ending);
  return found !== null && Number(found[1]) < groupsOf(pod) && (found[2] === undefined || Number(found[2]) < sizeOf(pod));
}

function sizeOf({ controller }: PodSubject): number {
  return typeof controller.size === 'number' ? controller.size : 1;
}
