import { ProblemSink } from '../../findings/collector';
import { DNS_LABEL_MAX, isDnsLabel } from '../../private/name-forms';
import type { CheckpointVolume } from '../../storage/claims/checkpoint-volume';
import { checkCanShare, checkClaimSize, checkDurability, checkFastEnough } from '../../storage/claims/claim-checks';
import { checkExpansion } from '../../storage/claims/expansion-checks';
import { Durability } from '../../storage/tiers/durability';
import { checkIsTier, isTier } from '../../storage/tiers/tier-types';
import { checkNoObjectStore } from '../../storage/volumes/object-store';
import { SHM_VOLUME } from '../pods/shared-memory';

/** Checks of where the checkpoints go. */
export function checkCheckpoints(checkpoints: CheckpointVolume, workers: number, sink: ProblemSink): void {
  const { _perWorker: perWorker, _shared: shared } = checkpoints;
  if (perWorker?.name !== undefined && !isDnsLabel(perWorker.name)) {
    sink.error({
      ruleId: 'api/name',
      path: 'name',
      expected: `lower case letters, digits and \`-\`, at most ${DNS_LABEL_MAX} characters`,
      found: JSON.stringify(perWorker.name),
      fix: 'use a name such as `checkpoints`',
    });
  } else if (perWorker?.name === SHM_VOLUME) {
    sink.error({
      ruleId: 'silent/volume-name',
      path: 'name',
      expected: 'a name of its own: a claim takes the place of a volume of the same name',
      found: `${JSON.stringify(perWorker.name)}, the volume at /dev/shm`,
      fix: 'use a name such as `checkpoints`',
    });
  }
  const made = perWorker ?? shared;
  if (made) {
    checkClaimSize(made.tier, made.size, sink);
    if (checkIsTier(made.tier, sink)) {
      checkDurability(made.tier, made.durability ?? Durability.PRECIOUS, sink);
      checkFastEnough(made.tier, sink);
      checkNoObjectStore(made.tier, 'checkpoints are renamed and written in places', sink);
    }
  }
  if (perWorker?.grownTo != null) checkExpansion(perWorker, perWorker.grownTo, 'grownTo', sink);
  const one = shared?.tier ?? checkpoints._existing?.claim?.tier;
  if (isTier(one) && workers > 1) checkCanShare(one, 'the workers may run on many nodes', 'CheckpointVolume.perWorker()', sink);
}
