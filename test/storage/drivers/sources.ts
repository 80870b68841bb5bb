import { Testing } from 'cdk8s';
import type { Problem } from '../../../lib/findings/collector';
import { ValidationError } from '../../../lib/findings/validation-error';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { StorageTier, type StorageTierProps } from '../../../lib/storage/tiers/storage-tier';
import { warningsOn } from '../../support/findings';

export type TierProps = Omit<StorageTierProps, 'backend'>;

/** A backend, the tier that it is for, and what the tier is told, a line for each problem. */
export type Case = [name: string, backend: StorageBackend, props: TierProps, lines: string[]];

/** Rules of the problems of a tier that do not say where they come from. */
export function withoutSource(backend: StorageBackend, props: TierProps): string[] {
  const chart = Testing.chart();
  try {
    const tier = new StorageTier(chart, 'tier', { backend, ...props });
    return ruleIds(warningsOn(tier));
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return ruleIds(error.findings);
  }
}

/** The same, of a file system that exists. */
export function withoutSourceOf(fileSystem: FileSystem): string[] {
  const problems: Problem[] = [];
  fileSystem._check({ error: problem => problems.push(problem), warn: problem => problems.push(problem) });
  return ruleIds(problems);
}

function ruleIds(problems: readonly Problem[]): string[] {
  return problems.filter(({ link }) => !/^https:\/\/\S+$/.test(link ?? '')).map(({ ruleId }) => ruleId);
}
