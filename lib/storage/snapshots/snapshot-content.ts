import type { Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { ClaimContent } from '../claims/storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';
import { SNAPSHOT_GROUP } from './wire';

/** What a claim that is filled from a snapshot must know of it. */
export function snapshotContent(home: Construct, of: { name: string; tier: IStorageTier; size: Size; block: boolean }): ClaimContent {
  const { name, ...from } = of;
  // without the group the API server takes the snapshot for nothing that it knows
  return ClaimContent._of({ apiGroup: SNAPSHOT_GROUP, kind: 'VolumeSnapshot', name }, { kind: 'VolumeSnapshot', home, ...from });
}
