import type { ProblemSink } from '../../findings/collector';
import type { IStorageTier } from '../tiers/storage-tier';

/** Whether claims of a tier are buckets that look like a file system: no renaming, no writing in the middle of a file. */
export function isObjectStore({ backend }: IStorageTier): boolean {
  // by NFS, Azure's containers are written as files are
  return backend._driver.kind === 'object' && !/^nfs/.test(backend.parameters.protocol ?? '');
}

/** Reports a bucket for data that is written as files are. */
export function checkNoObjectStore(tier: IStorageTier, why: string, sink: ProblemSink): void {
  if (!isObjectStore(tier)) return;
  const { _driver: driver } = tier.backend;
  sink.error({
    ruleId: 'chain/object-store-write',
    path: 'tier',
    expected: `a file system: ${why}, which a mounted bucket cannot`,
    found: driver.provisioner,
    fix: 'write to a file system, and copy to the bucket what is finished',
    link: driver.link,
  });
}
