import { Severity } from '../../findings/finding';
import type { Claim } from '../bundle/claims';
import { Path } from '../engine/path';
import { infoRule, warningRule } from '../engine/rule';
import type { Purpose } from '../values/purpose';
import { quoted } from '../values/quote';
import type { KeptClaim } from './claims';
import { isPrecious } from './purposes';

const RECLAIM_DOCS = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming';
const RETENTION_DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention';

export const RECLAIM_DELETE = warningRule({
  id: 'keep/reclaim-delete',
  title: 'Checkpoints, models and databases outlive their claim',
  why: 'With reclaimPolicy Delete, which a class has where it says nothing, the disk goes with the claim, and the claim goes with its namespace or one kubectl delete.',
  fix: 'use a class with reclaimPolicy: Retain',
  link: RECLAIM_DOCS,
});

export const RETENTION_DELETE = warningRule({
  id: 'keep/retention-delete',
  title: 'Claims with checkpoints stay when their workers go',
  why: 'persistentVolumeClaimRetentionPolicy Delete deletes the claims, and with them the disks, when the StatefulSet is scaled down or deleted.',
  fix: 'set whenDeleted and whenScaled to Retain',
  link: RETENTION_DOCS,
});

export const RETENTION_UNSAID = infoRule({
  id: 'keep/retention-unsaid',
  title: 'A StatefulSet says what becomes of its claims',
  why: 'Where nothing is said the claims stay: they are paid for after the set is gone, and a worker that is added again mounts the checkpoints of the last time.',
  fix: 'set persistentVolumeClaimRetentionPolicy: { whenDeleted: Retain, whenScaled: Retain } to keep them on purpose, Delete for scratch space',
  link: RETENTION_DOCS,
});

export const OWNED_CLAIM = warningRule({
  id: 'keep/owned-claim',
  title: 'Results are not owned by the job that made them',
  why: 'What has an owner is deleted with it: by kubectl, or by ttlSecondsAfterFinished as soon as the job has finished.',
  fix: 'leave ownerReferences out, and delete the claim when its content is no longer needed',
  link: 'https://kubernetes.io/docs/concepts/architecture/garbage-collection/#owners-dependents',
});

const SPEC = Path.ROOT.field('spec');
const RETENTION = SPEC.field('persistentVolumeClaimRetentionPolicy');
const OWNERS = Path.ROOT.fields('metadata', 'ownerReferences');
const JOBS = new Set(['Job', 'JobSet', 'Pod', 'CronJob', 'TrainJob', 'PyTorchJob', 'MPIJob']);
const DELETES = new Set(['Delete', 'Recycle']);

/** Holds what becomes of the data of a claim when the claim goes. */
export function checkReclaim(kept: KeptClaim): void {
  const { claim, purpose } = kept;
  if (claim.origin === 'ephemeral') return;
  checkClass(kept);
  checkVolume(kept);
  if (!isPrecious(purpose)) return;
  if (claim.subject.manifest.kind === 'PersistentVolumeClaim') checkOwner(claim, purpose);
  if (claim.origin === 'template') checkRetention(claim);
}

function checkClass({ claim, purpose, storageClass }: KeptClaim): void {
  // a volume that exists has a policy of its own
  if (!storageClass || claim.spec.volumeName) return;
  const policy: unknown = storageClass.json.reclaimPolicy;
  // of what is declared, only what is written is known
  const deletes = policy === 'Delete' || (policy === undefined && !storageClass.manifest.external);
  if (!deletes || storageClass.json.provisioner === 'kubernetes.io/no-provisioner') return;
  claim.subject.report(RECLAIM_DELETE, claim.path.field('storageClassName'), {
    severity: isPrecious(purpose) ? undefined : Severity.INFO,
    expected: `a class that retains, for ${nounOf(purpose)}`,
    found: `${quoted(storageClass.manifest.name)} with reclaimPolicy ${policy === undefined ? 'left out, which is Delete' : quoted(policy)}`,
  });
}

/** A volume made by hand: `volumeName` of the claim. */
function checkVolume({ claim, purpose, volume }: KeptClaim): void {
  const policy: unknown = volume?.json.spec?.persistentVolumeReclaimPolicy;
  if (!volume || typeof policy !== 'string' || !DELETES.has(policy)) return;
  volume.report(RECLAIM_DELETE, SPEC.field('persistentVolumeReclaimPolicy'), {
    severity: isPrecious(purpose) ? undefined : Severity.INFO,
    expected: `Retain, for ${nounOf(purpose)} of claim ${claim.name}`, found: quoted(policy), fix: 'set persistentVolumeReclaimPolicy: Retain',
  });
}

function nounOf(purpose: Purpose): string {
  return purpose === 'registry' ? 'a model registry' : purpose === 'checkpoints' ? 'checkpoints' : `a ${purpose}`;
}

function checkOwner({ subject, metadata }: Claim, purpose: Purpose): void {
  const owners: readonly any[] = metadata.ownerReferences ?? [];
  owners.forEach(({ kind, name }, i) => {
    if (!JOBS.has(kind)) return;
    subject.report(OWNED_CLAIM, OWNERS.index(i), { expected: `no owner that ends, for ${nounOf(purpose)}`, found: `${kind} ${name}` });
  });
}

function checkRetention({ subject, name, madeFor }: Claim): void {
  if (subject.manifest.type !== 'apps/StatefulSet') return;
  const policy = madeFor?.controller.persistentVolumeClaimRetentionPolicy;
  if (!policy) {
    subject.report(RETENTION_UNSAID, RETENTION, { expected: `a policy for the claims of ${name}`, found: 'none, which keeps them' });
    return;
  }
  for (const when of ['whenDeleted', 'whenScaled'] as const) {
    if (policy[when] !== 'Delete') continue;
    subject.report(RETENTION_DELETE, RETENTION.field(when), { expected: `Retain, for the claims of ${name}`, found: '"Delete"' });
  }
}
