import { Construct } from 'constructs';
import { ProblemCollector } from '../../findings/collector';
import { ValidationError } from '../../findings/validation-error';
import { findingOf } from '../../findings/complete';
import { Severity } from '../../findings/finding';
import { Durability } from './durability';
import { IStorageTier, StorageTier } from './storage-tier';
import { Platform } from './platform';
import { TIER_NAMES, TierName, TierOffer } from './tier-set';

/** Options of a `PlatformTiers`. */
export interface PlatformTiersProps {
  /** Where the cluster runs: `Platform.aws({ fileSystemId: 'fs-…' })`. */
  readonly platform: Platform;

  /**
   * Put before the names of the classes: `ml-` makes `ml-fast`.
   *
   * @default - none: `fast`
   */
  readonly prefix?: string;

  /**
   * Zones of the disks, for platforms whose disks are tied to one.
   *
   * @default - every zone
   */
  readonly zones?: string[];

  /**
   * Durability of the data that the tiers are for.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * Whether `balanced` is what claims get that name no class.
   *
   * @default false
   */
  readonly defaultClass?: boolean;
}

/**
 * The same tiers on every platform, with the same names, so that one definition of a team's storage moves between them.
 * What a platform cannot give is a warning, and a tier that it has nothing for is an error once it is asked for.
 *
 * @example
 *
 * const tiers = new PlatformTiers(chart, 'tiers', { platform: Platform.gcp() });
 * new StorageClaim(chart, 'registry', { tier: tiers.shared, size: Size.tebibytes(1) });
 */
export class PlatformTiers extends Construct {
  /** What is less than a tier promises, or missing: `<tier>: <what>`. */
  public readonly degradations: string[];

  private readonly platform: Platform;
  private readonly tiers = new Map<TierName, IStorageTier>();

  /**
   * @throws ValidationError naming every prop that a driver would refuse
   */
  constructor(scope: Construct, id: string, props: PlatformTiersProps) {
    super(scope, id);
    this.platform = props.platform;
    const { tiers: offers, zonal } = props.platform._spec;
    const problems = new ProblemCollector(this, 'PlatformTiers');
    this.degradations = [];
    for (const name of TIER_NAMES) {
      const offer = offers[name];
      if (offer.backend) {
        this.tiers.set(name, new StorageTier(this, name, {
          name: `${props.prefix ?? ''}${name}`,
          backend: offer.backend,
          durability: props.durability,
          zones: zonal && offer.backend._driver.topologyKeys.length > 0 ? props.zones : undefined,
          isDefault: name === 'balanced' && props.defaultClass,
        }));
      }
      if (offer.degraded !== undefined) {
        this.degradations.push(`${name}: ${offer.degraded}`);
        problems.warn(degradation(name, offer, this.platform));
      }
    }
  }

  /** For many small reads: the most IOPS that the platform sells. */
  public get ultraFast(): IStorageTier {
    return this.tier('ultra-fast');
  }

  /** For checkpoints: 16,000 IOPS and 1,000 MiB/s where they can be chosen. */
  public get fast(): IStorageTier {
    return this.tier('fast');
  }

  /** For the rest. */
  public get balanced(): IStorageTier {
    return this.tier('balanced');
  }

  /** For what is rarely read. */
  public get archive(): IStorageTier {
    return this.tier('archive');
  }

  /** For datasets and registries: a file system that many nodes can mount. */
  public get shared(): IStorageTier {
    return this.tier('shared');
  }

  private tier(name: TierName): IStorageTier {
    const tier = this.tiers.get(name);
    if (tier) return tier;
    const problem = degradation(name, this.platform._spec.tiers[name], this.platform);
    throw new ValidationError([findingOf(problem, Severity.ERROR, this, 'PlatformTiers')]);
  }
}

function degradation(name: TierName, { backend, degraded, remedy }: TierOffer, platform: Platform) {
  return {
    ruleId: backend ? 'driver/tier-degraded' : 'driver/tier-missing',
    path: name,
    expected: backend ? `what \`${name}\` promises` : `a platform that has \`${name}\``,
    found: `${platform.title}: ${degraded}`,
    fix: remedy ?? 'use another tier',
  };
}
