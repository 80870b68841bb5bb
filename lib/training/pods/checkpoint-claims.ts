import type { Construct } from 'constructs';
import { targetOf } from '../../private/target';
import type { CheckpointVolume } from '../../storage/claims/checkpoint-volume';
import { singlePodMode } from '../../storage/claims/claim';
import { Durability } from '../../storage/tiers/durability';
import { JobClaim } from '../../storage/claims/job-claim';
import type { IClaim } from '../../storage/claims/storage-claim';

/** The claims of a job's checkpoints with what is known of them, in the order of the workers. */
export function checkpointClaimsOf(job: Construct, checkpoints: CheckpointVolume | undefined, names: readonly string[]): IClaim[] {
  if (!checkpoints) return [];
  const { _existing: existing, _shared: shared, _perWorker: perWorker } = checkpoints;
  if (existing?.claim) return [existing.claim];
  if (existing) return [new JobClaim(job, { claimName: existing.claimName, maker: 'user', durability: Durability.PRECIOUS, count: 1 })];
  const { tier, size, durability = Durability.PRECIOUS } = (perWorker ?? shared)!; // one of the three
  return names.map(claimName => new JobClaim(job, {
    claimName,
    maker: shared ? 'job' : perWorker?.grownTo ? 'expansion' : 'template',
    tier,
    size: perWorker?.grownTo ?? size,
    durability,
    mode: perWorker && singlePodMode(tier.backend._driver, targetOf(job)),
    count: names.length,
  }));
}

/** The claims of the workers as their template makes them, before they grow. */
export function templateClaimsOf(claims: readonly IClaim[], checkpoints: CheckpointVolume): IClaim[] {
  return claims.filter(claim => claim instanceof JobClaim)
    .map(claim => new JobClaim(claim.owner, { ...claim.spec, maker: 'template', size: checkpoints._perWorker?.size }));
}
