import { titleOf } from '../../bundle/bundle-view';
import type { PodSubject } from '../../engine/pods';
import { warningRule, type Rule } from '../../engine/rule';
import { purposeOf } from '../../values/purpose';
import { factsOf } from '../../train/pod-facts';
import { mountsOf, writes, type HeldClaim, type Holder } from './holders';
import { areOrdered, isFinite, waitsInside } from './order';

export const LOADER_RACE = warningRule({
  id: 'chain/loader-race',
  title: 'Pods that read a claim wait for the job that fills it',
  why: 'Both are applied at once, and nothing orders them: the training starts on a part of the data, or on none.',
  fix: 'wait in an init container for a file that the loader writes last, or order them by `dependsOn` of a JobSet, sync waves of Argo CD '
    + 'or hooks of Helm',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/',
});
export const DATASET_WRITABLE = warningRule({
  id: 'chain/dataset-writable',
  title: 'A dataset that one job fills is read-only for the others',
  why: 'A training that may write to its dataset can change it without a word, for itself and for all that use it.',
  fix: 'set `readOnly: true` on the volume and its mounts',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#read-only-mounts',
});

export const RACE_RULES: readonly Rule[] = [LOADER_RACE, DATASET_WRITABLE];

/** Judges the readers of a claim that a job fills. */
export function checkRaces({ name, holders }: HeldClaim): void {
  if (holders.length < 2 || !holders.some(({ pod }) => pod.kind !== 'CronJob' && isFinite(pod))) return;
  const loader = holders.find(isLoader);
  if (!loader) return;
  for (const holder of holders) {
    const { pod } = holder;
    if (pod === loader.pod || pod.kind === 'CronJob' || isLoader(holder)) continue;
    const isDataset = holdsDataset(holder, name);
    const isReader = !writes(holder);
    if (!isReader && !isDataset) continue;
    const who = titleOf(loader.pod.subject.manifest);
    if (!isReader) {
      pod.subject.report(DATASET_WRITABLE, holder.path, { expected: `claim ${name} read-only: ${who} fills it`, found: 'a volume that may be written' });
    }
    if (areOrdered(loader.pod, pod) || waitsInside(pod)) continue;
    pod.subject.report(LOADER_RACE, holder.path, { expected: `pods that wait for ${who}, which fills claim ${name}`, found: 'nothing that orders them' });
  }
}

/** A job that writes, comes to an end, and does not train: it prepares something. */
function isLoader(holder: Holder): boolean {
  const { pod } = holder;
  return pod.kind !== 'CronJob' && isFinite(pod) && writes(holder) && !trains(pod) && !holdsOutput(holder);
}

function trains(pod: PodSubject): boolean {
  const { trainer, containers } = factsOf(pod);
  return trainer !== undefined || containers.some(({ accelerators }) => accelerators > 0);
}

function holdsDataset({ pod, volume }: Holder, claim: string): boolean {
  return purposeOf(claim) === 'dataset' || mountsOf(pod, volume).some(({ mount }) => /^\/?(data|input)\/?$/.test(mount.mountPath) || purposeOf(mount.mountPath ?? '') === 'dataset');
}

function holdsOutput({ pod, volume }: Holder): boolean {
  return mountsOf(pod, volume).some(({ mount }) => purposeOf(mount.mountPath ?? '') === 'checkpoints' || /log|output|result|metric/.test(mount.mountPath ?? ''));
}
