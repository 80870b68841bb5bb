import type { ProblemSink } from '../../findings/collector';
import { reportType } from '../../private/prop-types';
import type { StorageBackend } from './storage-backend';
import type { IStorageTier } from './storage-tier';

/** Holds a backend to its type: all that a tier is comes from it. */
export function checkIsBackend(backend: unknown, sink: ProblemSink): backend is StorageBackend {
  if (isBackend(backend)) return true;
  reportType(backend, { path: 'backend', expected: 'a driver and its volume type', example: 'AwsEbs.gp3()' }, sink);
  return false;
}

/** Holds a tier to its type; false where nothing can be read from it. */
export function checkIsTier(tier: IStorageTier | undefined, sink: ProblemSink, path = 'tier'): tier is IStorageTier {
  if (isTier(tier)) return true;
  reportType(tier, { path, expected: 'a StorageTier', example: "new StorageTier(chart, 'fast', { backend: AwsEbs.gp3() })" }, sink);
  return false;
}

/** Whether it can be used as a tier, of this copy of the library or of another. */
export function isTier(tier: unknown): tier is IStorageTier {
  return isBackend((tier as Partial<IStorageTier> | null | undefined)?.backend);
}

function isBackend(backend: unknown): backend is StorageBackend {
  return (backend as Partial<StorageBackend> | null | undefined)?._driver !== undefined;
}
