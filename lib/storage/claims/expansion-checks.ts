import type { Size } from 'cdk8s';
import type { Problem, ProblemSink } from '../../findings/collector';
import { checkIsSize } from '../../private/prop-types';
import { bytesOf, isSize, quantityOf } from '../../private/quantity';
import { driversThat } from '../drivers/registry';
import type { IStorageTier } from '../tiers/storage-tier';
import { isTier } from '../tiers/tier-types';

const EXPANSION_DOCS = 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims';

/** A claim that is to grow. */
export interface GrowingClaim {
  readonly tier: IStorageTier;
  readonly size: Size;
}

/** Holds a claim, and its class and driver, against the size that it is to grow to. */
export function checkExpansion({ tier, size }: GrowingClaim, grown: Size, path: string, sink: ProblemSink): void {
  const readable = checkIsSize(path, grown, 'Size.gibibytes(1000)', sink);
  // what is wrong with the claim itself is said elsewhere
  if (!readable || !isSize(size) || !isTier(tier)) return;
  const driver = tier.backend._driver;
  if (bytesOf(grown) <= bytesOf(size)) {
    sink.error({
      ruleId: 'api/claim-shrinks',
      path,
      expected: `more than ${quantityOf(size)}: a claim can only grow`,
      found: quantityOf(grown),
      fix: 'copy the data to a smaller claim with a job, or leave the claim as it is',
      link: EXPANSION_DOCS,
    });
  } else {
    const error = (problem: Problem) => sink.error({ ...problem, path });
    tier.backend._checkSize(grown, { error, warn: problem => sink.warn({ ...problem, path }) });
  }
  if (!driver.expansion) {
    sink.error({
      ruleId: 'driver/expansion-unsupported',
      path,
      expected: 'a driver that can make a volume larger',
      found: driver.provisioner,
      fix: `copy the data to a new claim with a job, or use a driver that can: ${driversThat(one => one.expansion)}`,
      link: driver.link,
    });
  } else if (tier.allowExpansion === false) {
    sink.error({
      ruleId: 'chain/expansion-forbidden',
      path,
      expected: 'a class that lets claims grow',
      found: `${tier.className} with \`allowVolumeExpansion: false\``,
      fix: 'leave `allowExpansion` out of the tier: of a class that exists this, too, can change',
      link: EXPANSION_DOCS,
    });
  }
}
