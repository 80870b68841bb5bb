import type { Construct } from 'constructs';
import type { KubernetesVersion } from '../../kubernetes-version';
import { ProblemSink, under } from '../../findings/collector';
import { bytesOf, isSize, quantityOf, quantityOfBytes } from '../../private/quantity';
import { hasReached } from '../../private/target';
import { checkSameNamespace } from '../../storage/claims/home';
import { Mount, MountedVolume, volumesOf } from '../../storage/volumes/mount';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { hasAccount } from '../pods/cloud-identity';
import { memoryOfVolumes } from '../pods/data';
import { sharedMemoryBytes } from '../pods/shared-memory';
import { nodeSelectorOf } from '../pods/worker-pod';
import { containersBeside } from '../pods/worker-container';

/** What the pods are that mount the volumes. */
interface Mounting {
  readonly target: KubernetesVersion;
  /** Number of pods that mount them. */
  readonly readers: number;
}

/** Checks of what volumes themselves demand: their own rules, the release that has them, the memory that they take. */
export function checkMountedVolumes(
  scope: Construct, props: DistributedTrainingJobProps, { target, readers }: Mounting, sink: ProblemSink,
): void {
  const who = `${readers} ${readers === props.workers ? 'workers' : 'pods'}`;
  const nodeSelector = nodeSelectorOf(props);
  const others = containersBeside(props).map(({ path, container }) => [`${path}.mounts`, container.mounts ?? []] as const);
  for (const [prop, mounts] of [['datasets', props.datasets ?? []], ['volumes', props.volumes ?? []], ...others] as const) {
    mounts.forEach((mount, i) => {
      checkClaim(mount, { readers, who }, `${prop}[${i}]`, sink);
      for (const volume of volumesOf(mount)) {
        checkVolume(volume, target, under(`${prop}[${i}]`, sink));
        checkIdentity(volume, props, `${prop}[${i}]`, sink);
        checkNodes(volume, nodeSelector, sink);
        for (const home of volume.homes ?? []) checkSameNamespace(home, scope, { path: `${prop}[${i}]`, what: `\`${volume.hint}\`` }, sink);
      }
    });
  }
  checkMemory(props, sink);
}

/** A claim must be what the mount takes it for, and reach the nodes of all workers. */
function checkClaim(
  { _spec: { volume, device = false } }: Mount, { readers, who }: { readers: number; who: string }, path: string, sink: ProblemSink,
): void {
  if (volume.block !== undefined && volume.block !== device) {
    sink.error({
      ruleId: 'chain/volume-mode',
      path,
      expected: volume.block ? '`device()`: the claim is a raw device' : '`at()`: the claim has a file system',
      found: volume.block ? '`at()`' : '`device()`',
      fix: `use ${volume.block ? "device('/dev/xvdb')" : "at('/data')"}, or change \`block\` of the claim`,
      link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support',
    });
  }
  if (readers > 1 && (volume.mode === 'ReadWriteOnce' || volume.mode === 'ReadWriteOncePod')) {
    sink.error({
      ruleId: 'chain/access-mode',
      path,
      expected: `a claim that ${who} can use at once (ReadWriteMany or ReadOnlyMany)`,
      found: `${volume.mode}: all but one worker would wait for ever`,
      fix: 'use a tier on a shared file system, or CheckpointVolume.perWorker() for a claim of each worker',
      link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
    });
  }
}

function checkVolume(volume: MountedVolume, target: KubernetesVersion, sink: ProblemSink): void {
  volume.check?.(sink);
  if (volume.since === undefined || hasReached(target, volume.since)) return;
  sink.error({
    ruleId: 'api/since',
    path: volume.hint,
    expected: `Kubernetes ${volume.since} or newer, which has such volumes`,
    found: `target ${target}`,
    fix: 'raise the `target` of the app, or use another volume',
    link: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  });
}

/** What a pod mounts under its own name, the account of its namespace may usually not read. */
function checkIdentity({ identity }: MountedVolume, props: DistributedTrainingJobProps, path: string, sink: ProblemSink): void {
  if (identity === undefined || hasAccount(props)) return;
  sink.warn({
    ruleId: 'chain/mount-identity',
    path,
    expected: `an \`identity\` or a \`serviceAccount\` that may read ${identity}: the pod itself mounts it`,
    found: "none, so the namespace's default",
    fix: 'set one of them for the job, and give it access to the bucket',
  });
}

/** What only some nodes have, pods on others wait for. */
function checkNodes({ hint, nodeLabels = {} }: MountedVolume, nodeSelector: Readonly<Record<string, string>>, sink: ProblemSink): void {
  for (const [key, value] of Object.entries(nodeLabels)) {
    if (nodeSelector[key] === value) continue;
    sink.error({
      ruleId: 'chain/node-labels',
      path: `nodeSelector['${key}']`,
      expected: `${JSON.stringify(value)}: only such nodes have \`${hint}\``,
      found: JSON.stringify(nodeSelector[key]),
      fix: 'leave the label out of `nodeSelector`, or mount what the same nodes have',
      link: 'https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodeselector',
    });
  }
}

/** What is written to volumes in memory is taken from the processes. */
function checkMemory(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  if (!isSize(props.memory)) return;
  const memory = bytesOf(props.memory);
  const volumes = memoryOfVolumes(props);
  if (volumes === sharedMemoryBytes(props) || volumes < memory) return;
  sink.error({
    ruleId: 'train/memory-volumes',
    path: 'volumes',
    expected: 'volumes in memory that leave some of `memory` to the training',
    found: `${quantityOfBytes(volumes)} of ${quantityOf(props.memory)}, /dev/shm among them`,
    fix: 'raise `memory`, or lower `sizeLimit` of the volumes or `sharedMemory`',
    link: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
  });
}
