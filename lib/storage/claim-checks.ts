import type { Size } from 'cdk8s';
import type { ProblemSink } from '../findings/collector';
import { bytesOf, quantityOf } from '../private/quantity';
import { canShare } from './claim';
import type { IStorageTier } from './storage-tier';

/** Holds the size of a claim against its tier. */
export function checkClaimSize(tier: IStorageTier, size: Size, sink: ProblemSink): void {
  if (bytesOf(size) > 0) {
    tier.backend._checkSize(size, sink);
    return;
  }
  sink.error({
    ruleId: 'api/quantity',
    path: 'size',
    expected: 'a size above 0',
    found: quantityOf(size),
    fix: 'set `size`, as Size.gibibytes(500)',
  });
}

/** A tier for a claim that pods on many nodes use must reach it from all of them. */
export function checkCanShare(tier: IStorageTier, why: string, instead: string | undefined, sink: ProblemSink): void {
  const driver = tier.backend._driver;
  if (canShare(driver)) return;
  sink.error({
    ruleId: 'chain/access-mode',
    path: 'tier',
    expected: `a driver that gives many nodes one file system (ReadWriteMany): ${why}`,
    found: `${driver.provisioner}, which gives ${driver.filesystemModes.join(', ')}`,
    fix: `use a tier on a shared file system, such as AwsEfs.accessPoints() or NfsCsi.share()${instead ? `, or ${instead}` : ''}`,
    link: driver.link,
  });
}
