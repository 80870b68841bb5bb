import { errorRule, type Detail } from '../../engine/rule';
import { quoted } from '../../values/quote';
import { NO_DEFAULT_CLASS } from './default-class';
import { isProvisioned, waits, type Need } from './model/needs';
import type { StorageChain } from './model/storage-chain';
import { misfitOf, type Volume } from './model/volumes';

const CLASS_FIELD = 'storageClassName';
const BINDING = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding';
/** Volumes that a finding tells of. */
const MOST_TOLD = 3;
/** Volumes that are held against a claim for the sake of the text. */
const MOST_COMPARED = 50;

export const CLASS_MISSING = errorRule({
  id: 'chain/class-missing',
  title: 'The class that a claim names exists, or volumes of it do',
  why: 'A claim of a class that does not exist stays Pending: nothing makes volumes for it.',
  fix: 'correct storageClassName, add the StorageClass, or declare it as existing outside',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/',
});

export const NO_VOLUME = errorRule({
  id: 'chain/no-volume',
  title: 'A claim that no driver makes a volume for finds one made by hand',
  why: 'Without a class, or with one whose volumes are made by hand, a claim takes a free PersistentVolume of the same class and '
    + 'volumeMode that is large enough, has all its access modes and answers its selector. Where there is none it stays Pending.',
  fix: 'add such a PersistentVolume, or name a class whose driver makes volumes',
  link: BINDING,
});

export const TOO_FEW_VOLUMES = errorRule({
  id: 'chain/volumes-too-few',
  title: 'There are as many volumes made by hand as claims for them',
  why: 'Each claim takes a PersistentVolume of its own, so that a StatefulSet needs one for every replica. The claims that come last stay Pending.',
  fix: 'add a PersistentVolume for each claim, or lower the number of replicas',
  link: BINDING,
});

export const PROVISIONER_GONE = errorRule({
  id: 'chain/in-tree-provisioner',
  title: 'The provisioner of a class is one that still makes volumes',
  why: 'Provisioners of Kubernetes itself have left it one by one. A class of such a one makes no volumes, and its claims stay Pending.',
  fix: 'use the CSI driver of the storage in place of it',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#types-of-volumes',
});

/** Binds the claims that do not wait for a pod, as the controller does: the smallest volume that fits. */
export function bindAtOnce(chain: StorageChain): void {
  for (const need of chain.needs.values()) {
    if (need.volumeName !== '' || need.className === undefined || waits(need) || chain.told.has(need)) continue;
    while (need.bound.length < need.wanted) {
      const volume = chain.pool.fewestModes(need);
      if (!volume) break;
      chain.take(volume, need);
    }
    if (need.bound.length < need.wanted && need.class?.provisioning !== 'gone' && !isProvisioned(need)) reportUnbound(chain, need);
  }
}

/** Reports claims of classes that nothing makes volumes for any more. */
export function checkProvisioners(chain: StorageChain): void {
  for (const need of chain.needs.values()) {
    const { claim, class: storageClass, bound, wanted } = need;
    if (storageClass?.provisioning !== 'gone' || bound.length >= wanted || chain.told.has(need)) continue;
    chain.told.add(need);
    claim.subject.report(PROVISIONER_GONE, claim.path.field(CLASS_FIELD), {
      expected: 'a class whose driver exists', found: `${quoted(storageClass.name)}, of ${storageClass.provisioner}`,
    });
  }
}

function reportUnbound(chain: StorageChain, need: Need): void {
  const { claim, className = '', wanted, bound } = need;
  chain.told.add(need);
  const path = claim.spec[CLASS_FIELD] === undefined ? claim.path : claim.path.field(CLASS_FIELD);
  if (bound.length > 0) {
    claim.subject.unresolved(TOO_FEW_VOLUMES, path, tooFew(need, wanted));
  } else if (!need.class && className !== '' && chain.volumesOf(className).length === 0) {
    const near = nearVolume(chain, need);
    claim.subject.unresolved(CLASS_MISSING, path, {
      expected: 'the name of a StorageClass that exists',
      found: near ? `${quoted(className)}, while the PersistentVolume ${near.name}, which fits otherwise, is ${near.className === '' ? 'of no class' : `of class ${quoted(near.className)}`}` : quoted(className),
    });
  } else if (need.unnamed) {
    claim.subject.unresolved(NO_DEFAULT_CLASS, path, { expected: 'the name of a class, for there is no default one', found: `none, and ${noFit(chain, need)}` });
  } else {
    claim.subject.unresolved(NO_VOLUME, path, { expected: `a PersistentVolume ${ofClass(className)} that fits`, found: noFit(chain, need) });
  }
}

/** The detail of a need that only some volumes are there for. */
export function tooFew({ className = '', bound, claim }: Need, wanted: number): Detail {
  const size = quoted(claim.spec.resources?.requests?.storage);
  return { expected: `${wanted} PersistentVolumes ${ofClass(className)} with ${size} or more, one for each claim`, found: `${bound.length} that fit` };
}

/** `of class "local"`, for people. */
export function ofClass(className: string): string {
  return className === '' ? 'without a class' : `of class ${quoted(className)}`;
}

/** What is wrong with the volumes that come nearest. */
export function noFit(chain: StorageChain, need: Need): string {
  const volumes = chain.volumesOf(need.className ?? '');
  const texts: string[] = [];
  for (let i = 0; i < volumes.length && i < MOST_COMPARED && texts.length < MOST_TOLD; i++) texts.push(`${volumes[i].name} (${whyNot(volumes[i], need)})`);
  if (texts.length === 0) {
    const near = nearVolume(chain, need);
    return near ? `none: ${near.name} would fit, but is ${ofClass(near.className)}` : 'none';
  }
  return `only ${texts.join(', ')}${volumes.length > texts.length ? ' …' : ''}`;
}

function whyNot(volume: Volume, need: Need): string {
  const misfit = misfitOf(volume, need, 'chosen');
  if (misfit) return misfit.reason;
  if (volume.claimRef) return `reserved for ${quoted(`${volume.claimRef.namespace ?? ''}/${volume.claimRef.name ?? ''}`)}`;
  return volume.taker ? `which the claim ${quoted(volume.taker.claim.name)} takes` : 'which is elsewhere';
}

/** A free volume of another class that fits in everything else. */
function nearVolume(chain: StorageChain, need: Need): Volume | undefined {
  const { volumes } = chain;
  for (let i = 0; i < volumes.length && i < MOST_COMPARED; i++) {
    const volume = volumes[i];
    if (!volume.taker && !volume.claimRef && !misfitOf(volume, { ...need, className: volume.className }, 'chosen')) return volume;
  }
  return undefined;
}
