import type { ProblemSink } from '../../findings/collector';
import { modesFor } from '../claims/access';
import { canShare } from '../claims/claim';
import { driversThat } from '../drivers/registry';
import type { DriverFacts } from '../drivers/driver-facts';
import type { IStorageTier } from '../tiers/storage-tier';

/** How many nodes come to read one state of a dataset. */
export type PublishingWay =
  /** A snapshot is taken, and a claim made from it that many nodes mount read-only. */
  | 'snapshot'
  /** The claim that the loader has written is itself on a file system that many nodes mount. */
  | 'claim';

/** How a dataset of a tier is published; undefined where its driver cannot. */
export function publishingWay(tier: IStorageTier): PublishingWay | undefined {
  const { backend } = tier;
  if (readsSnapshots(backend._driver, backend.parameters)) return 'snapshot';
  return canShare(tier) ? 'claim' : undefined;
}

/** Holds a tier against what publishing needs. */
export function checkCanPublish(tier: IStorageTier, sink: ProblemSink): void {
  if (publishingWay(tier)) return;
  const { _driver: driver } = tier.backend;
  sink.error({
    ruleId: 'chain/publish-unsupported',
    path: 'tier',
    expected: 'a driver that gives many nodes a claim made from a snapshot (ReadOnlyMany), or one file system (ReadWriteMany)',
    found: `${driver.provisioner}, which gives ${driver.filesystemModes.join(', ')}`,
    fix: `use one of ${driversThat(one => readsSnapshots(one, {}))}, or a tier on a shared file system`,
    link: driver.link,
  });
}

/** Whether many nodes may read a claim because it is made from a snapshot. File systems that give the mode to any claim do not count. */
function readsSnapshots(driver: DriverFacts, parameters: Readonly<Record<string, string>>): boolean {
  const gives = (source?: 'VolumeSnapshot'): boolean => modesFor(driver, { volumeMode: 'Filesystem', parameters, source }).includes('ReadOnlyMany');
  return driver.snapshots && gives('VolumeSnapshot') && !gives();
}
