import { titleOf } from '../../bundle/bundle-view';
import type { Json } from '../../engine/manifest';
import type { PodSubject } from '../../engine/pods';
import { infoRule, warningRule, type Rule } from '../../engine/rule';
import { purposeOf } from '../../values/purpose';
import { quoted } from '../../values/quote';
import { modesOf, mountsOf, writes, type HeldClaim, type Holder, type Mount } from './holders';

export const SAME_OUTPUT = warningRule({
  id: 'chain/same-output-path',
  title: 'Pods that write results to one claim write to directories of their own',
  why: 'Pods that do not know of each other write files of the same names, and the last one wins: checkpoints of others are lost.',
  fix: 'mount a directory of each pod with `subPathExpr: $(POD_NAME)`, or write below a directory named by the index of the pod',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath-expanded-environment',
});
export const MANY_READERS = infoRule({
  id: 'chain/many-readers',
  title: 'Few pods read one claim at once',
  why: 'All of them share the throughput of one file system, and wait for it together when they start.',
  fix: 'check its throughput against the number of pods, or copy the data to the disks of the nodes first',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
});

export const OUTPUT_RULES: readonly Rule[] = [SAME_OUTPUT, MANY_READERS];

const NONE: readonly never[] = [];
const OUTPUT = /(^|[/_-])(logs?|outputs?|results?|runs|metrics|tensorboard)([/_-]|$)/;
/** What tells the processes of one training who they are, so that they share out the work of writing. */
const WIRED = /torchrun|torch\.distributed|deepspeed|accelerate|mpirun|horovod|MASTER_ADDR|WORLD_SIZE|TF_CONFIG|PET_|NNODES|JAX_|RANK/i;
/** What a pod knows of itself alone. */
const OWN = /pod-?index|completion-?index|pod_?name|hostname|metadata\.(name|uid)|task_?id|job_?id/i;
/** Kinds whose operators wire processes. */
const WIRING = new Set(['PyTorchJob', 'MPIJob', 'TrainingRuntime', 'ClusterTrainingRuntime', 'LeaderWorkerSet']);
const MANY = 32;

/** Judges pods that write to, or read from, one claim in numbers. */
export function checkOutputs({ name, claim, holders }: HeldClaim): void {
  if (claim.spec.volumeMode === 'Block') return;
  for (const holder of holders) {
    const { pod, copies } = holder;
    if (copies !== undefined && copies < 2) continue;
    if (!writes(holder)) {
      checkReaders(holder, name, modesOf(claim));
      continue;
    }
    if (WIRING.has(pod.kind) || !modesOf(claim).includes('ReadWriteMany')) continue;
    const mount = mountsOf(pod, holder.volume).find(one => isSharedOutput(one, name));
    if (!mount || knowsItself(pod)) continue;
    const { list, at, index } = mount;
    pod.subject.report(SAME_OUTPUT, pod.path.field(list).index(at).field('volumeMounts').index(index), {
      expected: `a directory for each of ${copies === undefined ? 'the pods' : `the ${copies} pods`} of ${titleOf(pod.subject.manifest)}`,
      found: `${quoted(mount.mount.mountPath)} of claim ${name} for all of them`,
    });
  }
}

function checkReaders(holder: Holder, claim: string, modes: readonly string[]): void {
  const { pod, copies } = holder;
  // one pod on each node is how data gets to the disks of the nodes
  if (copies === undefined || copies <= MANY || !modes.some(mode => mode === 'ReadOnlyMany' || mode === 'ReadWriteMany')) return;
  pod.subject.report(MANY_READERS, holder.path, { expected: `at most ${MANY} pods that read claim ${claim} at once`, found: `${copies}` });
}

/** A mount that is written, of the same directory in each pod, for what names call results. */
function isSharedOutput({ mount }: Mount, claim: string): boolean {
  if (mount.readOnly === true || mount.subPathExpr) return false;
  return [mount.mountPath ?? '', mount.name ?? '', mount.subPath ?? '', claim].some(name => OUTPUT.test(name) || purposeOf(name) === 'checkpoints');
}

/** Whether what a pod runs can tell its files from those of others, or does so together with them. */
function knowsItself({ spec }: PodSubject): boolean {
  const containers: readonly Json[] = spec.containers ?? NONE;
  return containers.some(({ env = NONE, command = NONE, args = NONE }) =>
    env.some(({ name, value, valueFrom }: Json) => WIRED.test(name) || OWN.test(name) || OWN.test(value ?? '') || OWN.test(valueFrom?.fieldRef?.fieldPath ?? ''))
    || [...command, ...args].some((text: unknown) => typeof text === 'string' && (WIRED.test(text) || OWN.test(text))));
}
