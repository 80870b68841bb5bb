import { Severity } from '../../findings/finding';
import type { BundleView } from '../bundle/bundle-view';
import type { Json } from '../engine/manifest';
import type { PodSubject } from '../engine/pods';
import { infoRule } from '../engine/rule';
import { isHostPathTold } from '../keep/host-paths';
import { quoted } from '../values/quote';
import { checkBaseline } from './baseline';
import { containersOf } from './containers';
import { standardsOf } from './pod-standard';
import { checkRestricted } from './restricted';
import { HOST_NAMESPACE, HOST_PATH, INLINE_NFS, PRIVILEGED } from './rules';

export const PRIVILEGED_SUB_PATH = infoRule({
  id: 'sec/privileged-sub-path',
  title: 'A privileged container mounts whole volumes',
  why: 'Links that others leave in a volume lead a subPath of it elsewhere: a privileged container follows them with the rights of root on the node.',
  fix: 'mount the volume as a whole, or leave `privileged` out',
  link: 'https://kubernetes.io/blog/2018/04/04/fixing-subpath-volume-vulnerability/',
});

const NONE: readonly never[] = [];
const HOST_FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
const HOST_FIXES = {
  hostNetwork: 'leave hostNetwork out: pods reach each other by a Service; for the fabric of the node ask for its devices, as rdma/hca',
  hostPID: 'leave hostPID out',
  hostIPC: 'leave hostIPC out; for shared memory mount an emptyDir with medium Memory at /dev/shm',
} as const;
const LISTS = ['containers', 'initContainers'] as const;

/** Judges pods by the standard of their namespace; where that is not known, by what most namespaces refuse. */
export function checkPodSecurity(view: BundleView): void {
  const standards = standardsOf(view);
  for (const pod of view.pods) {
    const standard = standards.get(pod.subject.manifest.namespace);
    if (!standard) {
      checkAnywhere(pod);
      continue;
    }
    const containers = containersOf(pod);
    checkBaseline(pod, containers, standard);
    if (standard.level === 'restricted') checkRestricted(pod, containers, standard);
  }
}

function checkAnywhere(pod: PodSubject): void {
  const { subject, spec, path } = pod;
  for (const field of HOST_FIELDS) if (spec[field] === true) reportHostField(pod, field);
  const volumes: readonly Json[] = spec.volumes ?? NONE;
  for (let i = 0; i < volumes.length; i++) {
    const { hostPath, nfs } = volumes[i];
    if (hostPath && !isHostPathTold(pod, volumes[i])) reportHostPath(pod, hostPath, i);
    if (nfs) {
      subject.report(INLINE_NFS, path.field('volumes').index(i).field('nfs'), {
        expected: 'a claim of a PersistentVolume, which can have mount options and which a restricted namespace allows', found: quoted(nfs),
      });
    }
  }
  for (const list of LISTS) {
    const containers: readonly Json[] = spec[list] ?? NONE;
    for (let i = 0; i < containers.length; i++) {
      if (containers[i].securityContext?.privileged === true) {
        subject.report(PRIVILEGED, path.field(list).index(i).fields('securityContext', 'privileged'), { expected: 'false', found: 'true' });
      }
    }
  }
}

/** What works on nodes is made to see them, and whoever gives the DNS policy of the network of the node means it. */
function reportHostField({ subject, spec, path, kind }: PodSubject, field: typeof HOST_FIELDS[number]): void {
  const isMeant = kind === 'DaemonSet' || (field === 'hostNetwork' && spec.dnsPolicy === 'ClusterFirstWithHostNet');
  subject.report(HOST_NAMESPACE, path.field(field), {
    expected: 'false', found: 'true', fix: HOST_FIXES[field], severity: isMeant ? Severity.INFO : undefined,
  });
}

function reportHostPath({ subject, path, kind }: PodSubject, hostPath: Json, at: number): void {
  const isOfNode = kind === 'DaemonSet';
  subject.report(HOST_PATH, path.field('volumes').index(at).field('hostPath'), {
    expected: isOfNode ? 'nothing of the node that the pods can do without' : 'a volume that the scheduler knows',
    found: `${quoted(hostPath.path)} of ${isOfNode ? 'each' : 'whichever'} node${isOfNode ? '' : ' it is'}`,
    fix: isOfNode ? 'mount only what the pods work on, with readOnly: true where they only look at it, in a namespace whose standard is privileged' : undefined,
    severity: isOfNode ? Severity.INFO : undefined,
  });
}

/** Judges what privileged containers mount. */
export function checkSubPaths({ subject, spec, path }: PodSubject): void {
  const containers: readonly Json[] = spec.containers ?? NONE;
  for (let i = 0; i < containers.length; i++) {
    if (containers[i].securityContext?.privileged !== true) continue;
    const mounts: readonly Json[] = containers[i].volumeMounts ?? NONE;
    for (let m = 0; m < mounts.length; m++) {
      if (!mounts[m].subPath && !mounts[m].subPathExpr) continue;
      const field = mounts[m].subPath ? 'subPath' : 'subPathExpr';
      subject.report(PRIVILEGED_SUB_PATH, path.field('containers').index(i).field('volumeMounts').index(m).field(field), {
        expected: 'none in a privileged container', found: quoted(mounts[m][field]),
      });
    }
  }
}
