import type { StorageBackend } from './storage-backend';

/** The tiers that every platform has, by what they are for. */
export const TIER_NAMES = ['ultra-fast', 'fast', 'balanced', 'archive', 'shared'] as const;

/** `ultra-fast` … `shared`. */
export type TierName = typeof TIER_NAMES[number];

/** What a platform gives for one tier. */
export interface TierOffer {
  /** Undefined where the platform has nothing that could stand for the tier. */
  readonly backend?: StorageBackend;
  /** What is less than the tier promises, and what follows. */
  readonly degraded?: string;
  /** What to do to get what the tier promises. */
  readonly remedy?: string;
}

/** What a platform gives for all of them. */
export interface PlatformSpec {
  readonly title: string;
  readonly tiers: Readonly<Record<TierName, TierOffer>>;
  /** Whether its disks are tied to zones. */
  readonly zonal: boolean;
}
