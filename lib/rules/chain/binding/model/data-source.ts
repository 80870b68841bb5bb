import type { ClaimSource } from '../../../../storage/drivers/driver-facts';
import type { Claim } from '../../../bundle/claims';
import type { Json } from '../../../engine/manifest';
import type { Path } from '../../../engine/path';

const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

/** What a claim is to be filled from. */
export interface DataSource {
  readonly kind: ClaimSource;
  readonly name: string;
  /** Of the field that names it. */
  readonly path: Path;
}

/** The source that the server keeps; undefined for an empty claim, and where a populator of its own fills it. */
export function dataSourceOf(claim: Claim): DataSource | undefined {
  const { spec } = claim;
  const reference: Json | undefined = spec.dataSourceRef;
  // one of another namespace is dropped
  if (reference) return reference.namespace ? undefined : sourceOf(reference, claim.path.field('dataSourceRef'));
  return spec.dataSource ? sourceOf(spec.dataSource, claim.path.field('dataSource')) : undefined;
}

function sourceOf({ apiGroup = '', kind, name = '' }: Json, path: Path): DataSource | undefined {
  const isSnapshot = kind === 'VolumeSnapshot' && apiGroup === SNAPSHOT_GROUP;
  const isClaim = kind === 'PersistentVolumeClaim' && apiGroup === '';
  return isSnapshot || isClaim ? { kind, name, path } : undefined;
}
