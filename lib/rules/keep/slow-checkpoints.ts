import { warningRule } from '../engine/rule';
import { quoted } from '../values/quote';
import type { KeptClaim } from './claims';

export const SLOW_CHECKPOINTS = warningRule({
  id: 'train/slow-checkpoints',
  title: 'Checkpoints are written to solid-state storage',
  why: 'The accelerators wait while a checkpoint is written. What a hard disk saves is paid for many times over by them.',
  fix: 'use a faster class, and move old checkpoints to the cheap one',
  link: 'https://docs.aws.amazon.com/ebs/latest/userguide/hdd-vols.html',
});

/** Volume types of hard disks, in the parameters of classes. */
const HARD_DISKS: ReadonlyMap<string, readonly [parameter: string, types: ReadonlySet<string>]> = new Map([
  ['ebs.csi.aws.com', ['type', new Set(['st1', 'sc1', 'standard'])]],
  ['pd.csi.storage.gke.io', ['type', new Set(['pd-standard'])]],
  ['disk.csi.azure.com', ['skuName', new Set(['Standard_LRS'])]],
]);

/** Holds the class of a claim of checkpoints against the time that writing them takes. */
export function checkSpeed({ claim, purpose, storageClass }: KeptClaim): void {
  if (purpose !== 'checkpoints' || !storageClass) return;
  const { provisioner, parameters } = storageClass.json;
  const [parameter, types] = HARD_DISKS.get(provisioner) ?? [];
  if (parameter === undefined || !types!.has(parameters?.[parameter])) return;
  claim.subject.report(SLOW_CHECKPOINTS, claim.path.field('storageClassName'), {
    expected: 'a class of solid-state storage for checkpoints', found: `${quoted(storageClass.manifest.name)}, hard disks (${parameters[parameter]})`,
  });
}
