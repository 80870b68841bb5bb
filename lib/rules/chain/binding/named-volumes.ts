import { titleOf } from '../../bundle/bundle-view';
import type { Claim } from '../../bundle/claims';
import { Path } from '../../engine/path';
import { errorRule, warningRule } from '../../engine/rule';
import { Severity } from '../../../findings/finding';
import { quoted } from '../../values/quote';
import { DEFAULT_CLASS_CAPTURES } from './default-class';
import type { Need } from './model/needs';
import type { StorageChain } from './model/storage-chain';
import { misfitOf, type Misfit, type Volume } from './model/volumes';

const REF = Path.ROOT.fields('spec', 'claimRef');
const PREBINDING = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reserving-a-persistentvolume';

export const VOLUME_MISSING = errorRule({
  id: 'chain/volume-missing',
  title: 'The volume that a claim names exists',
  why: 'A claim with volumeName takes no other volume, and none is made for it: it stays Pending without an event.',
  fix: 'correct volumeName, add the PersistentVolume, or leave volumeName out',
  link: PREBINDING,
});

export const VOLUME_TAKEN = errorRule({
  id: 'chain/volume-taken',
  title: 'A volume is named by one claim, and is not reserved for another',
  why: 'A PersistentVolume is bound to one claim at a time. Every other claim that names it stays Pending.',
  fix: 'give each claim a volume of its own, or let the pods share one claim',
  link: PREBINDING,
});

export const VOLUME_MISMATCH = errorRule({
  id: 'chain/volume-mismatch',
  title: 'A volume that is tied to a claim by name is what the claim asks for',
  why: 'Naming each other is not enough: class, size, access modes, volumeMode and attributes class must fit as well, or the claim stays Pending.',
  fix: 'make the claim and the volume alike',
  link: PREBINDING,
});

export const CLAIM_REF = warningRule({
  id: 'chain/claim-ref',
  title: 'The claim that a volume is reserved for exists and takes it',
  why: 'A PersistentVolume with a claimRef is kept for that claim. Where the claim does not exist, or has another volume, nobody can use it.',
  fix: 'correct name and namespace in spec.claimRef, or leave it out',
  link: PREBINDING,
});

/** Binds the claims that name a volume. */
export function bindNamed(chain: StorageChain): void {
  for (const need of chain.needs.values()) {
    if (need.volumeName === '') continue;
    need.prebound = true;
    bindByName(chain, need);
  }
}

function bindByName(chain: StorageChain, need: Need): void {
  const { claim, volumeName } = need;
  const { subject } = claim;
  const volume = chain.volume(volumeName);
  if (!volume) {
    chain.told.add(need);
    subject.unresolved(VOLUME_MISSING, claim.path.field('volumeName'), { expected: 'the name of a PersistentVolume that exists', found: quoted(volumeName) });
    return;
  }
  const reserved = volume.claimRef !== undefined;
  const holder = holderOf(chain, volume, claim);
  if (holder !== undefined) {
    chain.told.add(need);
    subject.report(VOLUME_TAKEN, claim.path.field('volumeName'), { expected: 'a volume that no other claim has', found: `${quoted(volumeName)}, which is ${holder}` });
    return;
  }
  if (need.wanted > 1) {
    chain.told.add(need);
    subject.report(VOLUME_TAKEN, claim.path.field('volumeName'), {
      expected: `a volume for each of the ${need.wanted} claims that are made of the template`, found: `${quoted(volumeName)} for all of them`,
      fix: 'leave volumeName out, and let a class and a selector find the volumes',
    });
  }
  chain.take(volume, need);
  // of one that is declared by name alone nothing more is known
  if (volume.subject.json.spec === undefined) return;
  const misfit = misfitOf(volume, need.className === undefined ? { ...need, className: volume.className } : need, 'named');
  if (!misfit) return;
  if (need.unnamed && volume.className === '' && misfit.field[0] === 'storageClassName' && !reserved) {
    chain.told.add(need);
    subject.report(DEFAULT_CLASS_CAPTURES, claim.path, {
      expected: `storageClassName: "", as the PersistentVolume ${volume.name} has it`, found: `none, for which the default class ${quoted(need.className)} is filled in`,
    });
    return;
  }
  // one that is reserved for the claim is bound whatever it is like
  if (!reserved) chain.told.add(need);
  reportMismatch(need, volume, misfit, reserved ? Severity.WARNING : Severity.ERROR);
}

function reportMismatch({ claim }: Need, volume: Volume, { field, reason }: Misfit, severity: Severity): void {
  claim.subject.report(VOLUME_MISMATCH, claim.path.fields(...field), {
    expected: `what the PersistentVolume ${volume.name} offers, which is tied to this claim`, found: `a volume ${reason}`, severity,
  });
}

/** Binds the claims that volumes are reserved for. */
export function bindReserved(chain: StorageChain): void {
  const served = new Map<string, Volume>();
  for (const volume of chain.volumes) {
    const { claimRef, subject } = volume;
    if (!claimRef || volume.taker) continue;
    const { namespace = '', name = '' } = claimRef;
    const claim = claimOfRef(chain, volume);
    if (!claim) {
      subject.unresolved(CLAIM_REF, REF, { expected: 'a claim that exists', found: claimRefText(volume) });
      continue;
    }
    const need = chain.needs.get(claim);
    if (!need) continue;
    if (isOfOldClaim(volume, claim)) {
      reportOldClaim(volume);
      // it is nobody's where the claim is a new one for sure
      if (chain.bundle.run.assumeComplete) continue;
    }
    const key = `${namespace}/${name}`;
    const other = served.get(key);
    if (need.volumeName !== '' || other) {
      subject.report(CLAIM_REF, REF, {
        expected: 'a claim that takes this volume',
        found: `${claimRefText(volume)}, which ${other ? `the PersistentVolume ${other.name} is reserved for as well` : `names the volume ${quoted(need.volumeName)}`}`,
      });
      continue;
    }
    const misfit = misfitOf(volume, need, 'reserved');
    if (misfit) {
      chain.told.add(need);
      reportMismatch(need, volume, misfit, Severity.ERROR);
      continue;
    }
    served.set(key, volume);
    need.prebound = true;
    chain.take(volume, need);
  }
}

/** A volume that was written out of a cluster still carries the uid of the claim that it had there. */
function isOfOldClaim({ claimRef }: Volume, { subject, metadata }: Claim): boolean {
  const uid: unknown = claimRef?.uid;
  if (uid === undefined || uid === '') return false;
  // what the bundle does not say of a claim outside it may be so
  return metadata.uid === undefined ? !subject.manifest.external : uid !== metadata.uid;
}

function reportOldClaim({ claimRef, subject }: Volume): void {
  subject.unresolved(CLAIM_REF, REF.field('uid'), {
    expected: 'no uid, so that a new claim of the name is the one', found: quoted(claimRef?.uid), fix: 'leave spec.claimRef.uid out',
  });
}

function claimOfRef({ bundle }: StorageChain, { claimRef }: Volume): Claim | undefined {
  const { namespace = '', name = '' } = claimRef ?? {};
  // manifests without a namespace are applied to one that only the user knows
  return bundle.claim(namespace, name) ?? bundle.claim('', name);
}

/** Who else has a volume, for people. */
function holderOf(chain: StorageChain, volume: Volume, claim: Claim): string | undefined {
  if (volume.claimRef && claimOfRef(chain, volume) !== claim) return `reserved for ${claimRefText(volume)}`;
  if (chain.bundle.run.assumeComplete && isOfOldClaim(volume, claim)) return `reserved for an earlier claim ${claimRefText(volume)}, by its uid`;
  return volume.taker && `named by ${titleOf(volume.taker.claim.subject.manifest)}`;
}

function claimRefText({ claimRef }: Volume): string {
  const { namespace, name = '' } = claimRef ?? {};
  return quoted(namespace === undefined ? name : `${namespace}/${name}`);
}
