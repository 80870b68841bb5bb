import type { Json } from '../engine/manifest';
import { Path } from '../engine/path';
import type { PodSubject } from '../engine/pods';
import { warningRule, type Detail, type Rule } from '../engine/rule';
import type { Subject } from '../engine/subject';
import { quoted } from '../values/quote';
import { factsOf, type PodFacts } from '../train/pod-facts';
import type { KeptClaim } from './claims';
import { isPrecious, purposeOfVolume } from './purposes';

export const HOST_PATH = warningRule({
  id: 'keep/host-path',
  title: 'Data of a training is in a volume that the scheduler knows',
  why: 'A hostPath is whatever the node has there. Another node has other data or none, nothing counts its size, and DirectoryOrCreate makes an empty folder on the system disk where the fast disk is not mounted.',
  fix: 'use a local volume with node affinity, a generic ephemeral volume, or a copy on each node that is checked before it is used',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#hostpath',
});

export const HOST_PATH_VOLUME = warningRule({
  id: 'keep/host-path-volume',
  title: 'A PersistentVolume on a disk of a node says which node',
  why: 'A hostPath without node affinity is another folder on every node. A pod that is placed elsewhere finds an empty one, and its capacity holds nobody back.',
  fix: 'use local with nodeAffinity, or storage on the network',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#local',
});

export const ONE_NODE = warningRule({
  id: 'keep/one-node',
  title: 'Checkpoints, models and databases are not on the disk of one node',
  why: 'They are lost with the node: its disk is emptied when the machine is stopped or replaced, and until then the pod cannot run anywhere else.',
  fix: 'use storage on the network, or copy them elsewhere',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#local',
});

const SPEC = Path.ROOT.field('spec');
const NONE: readonly Json[] = [];
/** What belongs to the node: devices, sockets, logs, kernel modules. */
const OF_NODE = /^\/((dev|sys|proc|run|etc|lib|usr|s?bin|boot|opt\/cni|var\/(run|log|lib\/(kubelet|containerd|cni)))(\/|$)|$)/;
/** Provisioners of volumes on the disk of a node. */
const LOCAL = new Set([
  'rancher.io/local-path', 'kubernetes.io/host-path', 'docker.io/hostpath', 'k8s.io/minikube-hostpath', 'topolvm.io', 'local.csi.openebs.io',
  'hostpath.csi.k8s.io',
]);

/** Holds folders of nodes in pods. */
export function checkHostPaths(facts: PodFacts): void {
  const { pod } = facts;
  const volumes: readonly Json[] = pod.spec.volumes ?? NONE;
  for (let i = 0; i < volumes.length; i++) {
    if (!volumes[i].hostPath) continue;
    const loss = lossOf(pod, volumes[i]);
    if (!loss) continue;
    const path = pod.path.field('volumes').index(i).field('hostPath');
    pod.subject.report(loss.rule, loss.field === undefined ? path : path.field(loss.field), loss);
  }
}

/** Whether what a folder of a node means for the data in it has been told. */
export function isHostPathTold(pod: PodSubject, volume: Json): boolean {
  return lossOf(pod, volume) !== undefined;
}

/** What a folder of a node means for the data in it. */
interface Loss extends Detail {
  readonly rule: Rule;
  readonly field?: string;
}

function lossOf(pod: PodSubject, { hostPath, name }: Json): Loss | undefined {
  if (OF_NODE.test(hostPath.path ?? '')) return undefined;
  const found = `hostPath ${quoted(hostPath.path)}`;
  const purpose = purposeOfVolume(pod, name);
  if (isPrecious(purpose)) return { rule: ONE_NODE, expected: `storage that outlives a node, for ${purpose}`, found };
  // a copy for each node is what a DaemonSet is for; that the disk is there must be checked
  if (pod.kind === 'DaemonSet') return hostPath.type === 'Directory' ? undefined : unchecked(hostPath);
  // who reads a copy that is there and guards against its absence does so read-only
  if (!factsOf(pod).trainer || isGuarded(pod, name)) return undefined;
  return { rule: HOST_PATH, expected: 'a volume that the scheduler knows', found };
}

function unchecked({ type }: Json): Loss {
  return {
    rule: HOST_PATH,
    field: 'type',
    expected: 'Directory: the disk must be mounted before it is filled',
    found: type ? quoted(type) : 'none, which checks nothing',
    fix: 'set type: Directory, and compare the device of the folder with that of the node before filling it',
  };
}

/** An init container looks whether the data is there. */
function isGuarded({ spec }: PodSubject, volume: string): boolean {
  for (const container of (spec.initContainers ?? NONE) as readonly Json[]) {
    for (const mount of (container.volumeMounts ?? NONE) as readonly Json[]) {
      if (mount.name === volume && mount.readOnly === true) return true;
    }
  }
  return false;
}

/** Holds volumes that are folders of nodes. */
export function checkHostPathVolume(subject: Subject): void {
  const { hostPath, nodeAffinity } = subject.json.spec ?? {};
  if (!hostPath || nodeAffinity) return;
  subject.report(HOST_PATH_VOLUME, SPEC.field('hostPath'), { expected: 'local, with nodeAffinity', found: `hostPath ${quoted(hostPath.path)} on whatever node` });
}

/** Holds a claim of what must not be lost against volumes on the disk of a node. */
export function checkOneNode({ claim, purpose, volume, storageClass }: KeptClaim): void {
  if (!isPrecious(purpose)) return;
  const provisioner: unknown = storageClass?.json.provisioner;
  const spec: Json | undefined = volume?.json.spec;
  const isLocal = spec ? spec.local ?? spec.hostPath : typeof provisioner === 'string' && LOCAL.has(provisioner);
  if (!isLocal) return;
  claim.subject.report(ONE_NODE, claim.path.field(volume ? 'volumeName' : 'storageClassName'), {
    expected: `storage that outlives a node, for ${claim.name}`,
    found: volume ? `PersistentVolume ${volume.manifest.name} on the disk of a node` : String(provisioner),
  });
}
