import { errorRule, warningRule } from '../../engine/rule';
import { Path } from '../../engine/path';
import { quoted } from '../../values/quote';
import type { Need } from './model/needs';
import type { StorageChain } from './model/storage-chain';

const DEFAULTS = 'https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass';

export const DEFAULT_CLASS_CAPTURES = errorRule({
  id: 'chain/default-class-captures',
  title: 'A claim for a volume without a class says storageClassName: ""',
  why: 'A claim that names no class gets the default class, when it is created or later. A new, empty volume is then made for it, and '
    + 'the one that was prepared stays unused.',
  fix: 'write storageClassName: "" into the claim',
  link: DEFAULTS,
});

export const NO_DEFAULT_CLASS = errorRule({
  id: 'chain/no-default-class',
  title: 'A claim names its class, or there is a default one',
  why: 'A claim without a class depends on what the cluster has as default: on one without, it waits for a volume made by hand.',
  fix: 'name the class in storageClassName',
  link: DEFAULTS,
});

export const TWO_DEFAULT_CLASSES = warningRule({
  id: 'silent/two-default-classes',
  title: 'One class of the cluster is the default',
  why: 'Of several default classes, claims that name none get the newest: which one that is depends on the order of creation.',
  fix: 'take the annotation storageclass.kubernetes.io/is-default-class off all but one',
  link: DEFAULTS,
});

/** Claims that name no class: what they get, and what they do not. */
export function checkDefaultClass(chain: StorageChain): void {
  const { defaults } = chain.classes;
  for (let i = 1; i < defaults.length; i++) {
    // those that are declared come last, and have nothing to report to
    const one = defaults[i].subject.manifest.external ? defaults[0] : defaults[i];
    const other = one === defaults[i] ? defaults[0] : defaults[i];
    one.subject.report(TWO_DEFAULT_CLASSES, Path.ROOT.fields('metadata', 'annotations'), {
      expected: 'one default class', found: `${quoted(one.name)} and ${quoted(other.name)}`,
    });
  }
  for (const need of chain.needs.values()) if (need.unnamed) checkUnnamed(chain, need);
}

function checkUnnamed(chain: StorageChain, need: Need): void {
  const { claim, className } = need;
  if (need.volumeName !== '' || need.bound.length > 0 || chain.told.has(need)) return;
  const volume = className === '' ? undefined : chain.pool.fewestModes({ ...need, className: '' });
  if (volume && className !== undefined) {
    claim.subject.report(DEFAULT_CLASS_CAPTURES, claim.path, {
      expected: `storageClassName: "", as the PersistentVolume ${volume.name} has it`, found: `none, for which the default class ${quoted(className)} is filled in`,
    });
  } else if (volume) {
    claim.subject.unresolved(DEFAULT_CLASS_CAPTURES, claim.path, {
      expected: `storageClassName: "", as the PersistentVolume ${volume.name} has it`, found: 'none, for which a default class is filled in where the cluster has one',
    });
  } else if (className === undefined) {
    claim.subject.unresolved(NO_DEFAULT_CLASS, claim.path, { expected: 'the name of a class', found: 'none: it gets the default of the cluster' });
  }
}
