import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import { warningRule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';
import type { PodFacts } from '../train/pod-facts';

export const NFS_CLUSTER_NAME = warningRule({
  id: 'silent/nfs-cluster-name',
  title: 'The address of an NFS server is one that nodes resolve',
  why: 'The node mounts the share, not the pod, and nodes do not ask the DNS of the cluster. The mount fails, and the pod never starts.',
  fix: 'use the IP address of the server, or the ClusterIP of its Service',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#nfs',
});

const SPEC = Path.ROOT.field('spec');
const NONE: readonly Json[] = [];
const OF_CLUSTER = /\.svc(\.|$)/;

/** Holds the server of a volume made by hand. */
export function checkNfsVolume(subject: Subject): void {
  const nfs: Json | undefined = subject.json.spec?.nfs;
  if (nfs && OF_CLUSTER.test(nfs.server ?? '')) report(subject, nfs, SPEC.field('nfs'));
}

/** Holds the servers of volumes of a pod. */
export function checkNfsServers({ pod }: PodFacts): void {
  const volumes: readonly Json[] = pod.spec.volumes ?? NONE;
  for (let i = 0; i < volumes.length; i++) {
    const nfs: Json | undefined = volumes[i].nfs;
    if (nfs && OF_CLUSTER.test(nfs.server ?? '')) report(pod.subject, nfs, pod.path.field('volumes').index(i).field('nfs'));
  }
}

function report(subject: Subject, { server }: Json, path: Path): void {
  subject.report(NFS_CLUSTER_NAME, path.field('server'), { expected: 'an address that nodes resolve', found: `${quoted(server)}, a name of the cluster` });
}
