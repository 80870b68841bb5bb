import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AccessMode } from '../drivers/driver-facts';
import type { Durability } from '../tiers/durability';
import type { IClaim } from './storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

/** Who makes a job's claim: the API server from a template, the job itself, its expansion, or somebody else. */
export type Maker = 'template' | 'job' | 'expansion' | 'user';

/** What is known of a job's claim. */
export interface JobClaimSpec {
  readonly claimName: string;
  readonly maker: Maker;
  readonly tier?: IStorageTier;
  readonly size?: Size;
  readonly durability: Durability;
  readonly mode?: AccessMode;
  /** How many workers have one like it. */
  readonly count: number;
}

/** A claim with the checkpoints of a job. */
export class JobClaim implements IClaim {
  public readonly claimName: string;
  public readonly tier?: IStorageTier;
  public readonly size?: Size;
  public readonly durability: Durability;
  public readonly block = false;

  constructor(public readonly owner: Construct, public readonly spec: JobClaimSpec) {
    this.claimName = spec.claimName;
    this.tier = spec.tier;
    this.size = spec.size;
    this.durability = spec.durability;
  }
}
