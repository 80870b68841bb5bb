import type { Json } from '../engine/manifest';
import { errorRule, warningRule } from '../engine/rule';
import { DRIVERS } from '../../storage/drivers/registry';
import { purposeOf } from '../values/purpose';
import { quoted } from '../values/quote';
import { flagOf } from '../train/command-line';
import { commandPath, type ContainerFacts, mountOver, pathOf, type PodFacts, volumeOf } from '../train/pod-facts';
import { driverOf, type KeptClaim } from './claims';

export const CHECKPOINTS_DIE = errorRule({
  id: 'keep/checkpoints-die-with-pod',
  title: 'Checkpoints are written to a volume that outlives the pod',
  why: 'An emptyDir, an ephemeral claim and the file system of the container are gone with the pod. A pod that is evicted, or fails and is replaced, begins from the first step.',
  fix: 'mount a PersistentVolumeClaim there, or a claim template of a StatefulSet',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#emptydir',
});

export const OBJECT_STORE_CHECKPOINTS = warningRule({
  id: 'keep/object-store-checkpoints',
  title: 'Checkpoints are written to a file system',
  why: 'A mounted bucket has no rename, no writing in the middle of a file and no locks. Writers of checkpoints that rely on them fail, or leave files that cannot be read.',
  fix: 'write to a file system and upload from it, or use a writer made for object stores',
  link: 'https://github.com/awslabs/mountpoint-s3/blob/main/doc/SEMANTICS.md',
});

const NONE: readonly Json[] = [];
const OBJECT_STORES = new Set(DRIVERS.filter(({ kind }) => kind === 'object').map(({ provisioner }) => provisioner));
const CHECKPOINT_FLAGS = [
  'checkpoint-dir', 'checkpoint-path', 'checkpoints', 'checkpoints-dir', 'checkpoint-directory', 'ckpt-dir', 'ckpt-path', 'save-checkpoint-dir',
];
const CHECKPOINT_ENV = /^(CHECKPOINTS?|CKPTS?)_?(DIR|PATH|ROOT|DIRECTORY|FOLDER)$/;

/** Holds where trainings write their checkpoints to. */
export function checkCheckpointVolumes(facts: PodFacts): void {
  for (const container of facts.containers) {
    if (!container.trains || startsElsewhere(facts, container)) continue;
    const told: string[] = [];
    const flag = checkpointFlag(container);
    if (flag !== undefined) checkDirectory(facts, container, flag, told);
    const env: readonly Json[] = container.json.env ?? NONE;
    for (let i = 0; i < env.length; i++) {
      const { name, value } = env[i];
      if (typeof value === 'string' && value.startsWith('/') && CHECKPOINT_ENV.test(name)) checkDirectory(facts, container, value, told, i);
    }
    for (const { name, mountPath, readOnly } of mountsOf(container)) {
      if (readOnly !== true && purposeOf(mountPath ?? '') === 'checkpoints') checkVolume(facts, container, name, told);
    }
  }
}

/** The launcher of an MPIJob hands its words to processes of the workers, which have the volumes. */
function startsElsewhere({ pod }: PodFacts, { launch }: ContainerFacts): boolean {
  return pod.kind === 'MPIJob' && pod.role === 'Launcher' && launch !== undefined && pod.subject.manifest.json.spec?.runLauncherAsWorker !== true;
}

function checkpointFlag({ line: { programs } }: ContainerFacts): string | undefined {
  for (const { words } of programs) {
    const value = words.length > 0 ? flagOf(words, ...CHECKPOINT_FLAGS) : undefined;
    if (value?.startsWith('/')) return value;
  }
  return undefined;
}

function checkDirectory(facts: PodFacts, container: ContainerFacts, directory: string, told: string[], envAt = -1): void {
  const mount = mountOver(container, directory);
  if (mount) {
    checkVolume(facts, container, mount.name, told);
    return;
  }
  if (told.includes('')) return;
  told.push('');
  const path = envAt < 0 ? commandPath(facts, container) : pathOf(facts, container).field('env').index(envAt).field('value');
  facts.pod.subject.report(CHECKPOINTS_DIE, path, { expected: `a volume at ${directory}, for checkpoints`, found: 'none: it is in the container, and gone with it' });
}

function checkVolume(facts: PodFacts, container: ContainerFacts, name: string, told: string[]): void {
  if (told.includes(name)) return;
  told.push(name);
  const volume = volumeOf(facts, name);
  const isEmptyDir = volume?.json.emptyDir !== undefined;
  if (!volume || !(isEmptyDir || volume.json.ephemeral) || facts.pod.claimTemplates.some(({ metadata }) => metadata?.name === name)) return;
  // another container takes them away
  const isShared = (other: ContainerFacts): boolean => other !== container && mountsOf(other).some(mount => mount.name === name);
  if (facts.containers.some(isShared) || facts.initContainers.some(isShared)) return;
  facts.pod.subject.report(CHECKPOINTS_DIE, facts.pod.path.field('volumes').index(volume.at), {
    expected: `a claim for the checkpoints of ${container.name}`, found: isEmptyDir ? `an emptyDir ${quoted(name)}` : `an ephemeral claim ${quoted(name)}`,
  });
}

function mountsOf({ json }: ContainerFacts): readonly Json[] {
  return json.volumeMounts ?? NONE;
}

/** Holds the driver behind a claim of checkpoints. */
export function checkCheckpointDriver(kept: KeptClaim): void {
  const { claim, purpose } = kept;
  const driver = purpose === 'checkpoints' ? driverOf(kept) : undefined;
  if (driver === undefined || !OBJECT_STORES.has(driver)) return;
  claim.subject.report(OBJECT_STORE_CHECKPOINTS, claim.path.field(kept.volume ? 'volumeName' : 'storageClassName'), {
    expected: 'storage with a file system, for checkpoints', found: `a bucket (${driver})`,
  });
}
