import { Size, Testing } from 'cdk8s';
import { WARNING_METADATA, type Problem, type ProblemSink } from '../../../lib/findings/collector';
import { ValidationError } from '../../../lib/findings/validation-error';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { StorageTier, type StorageTierProps } from '../../../lib/storage/tiers/storage-tier';

type TierProps = Omit<StorageTierProps, 'backend'>;

/** Props that the types refuse, as plain JavaScript may pass them. */
export function untyped<T>(props: Record<string, unknown>): T {
  return props as T;
}

/** The StorageClass that a tier on the backend emits. */
export function classOf(backend: StorageBackend, props: TierProps = {}): any {
  const chart = Testing.chart();
  new StorageTier(chart, 'tier', { backend, name: 'tier', ...props });
  return Testing.synth(chart)[0];
}

/** What a tier on the backend is refused for, a line for each problem. */
export function errorsOf(backend: StorageBackend, props: TierProps = {}): string[] {
  try {
    classOf(backend, props);
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.findings.map(lineOf);
  }
}

/** What a tier on the backend is warned of. */
export function warningsOf(backend: StorageBackend, props: TierProps = {}): string[] {
  const tier = new StorageTier(Testing.chart(), 'tier', { backend, ...props });
  return tier.node.metadata.filter(entry => entry.type === WARNING_METADATA).map(entry => lineOf(entry.data));
}

export interface Said {
  readonly errors: string[];
  readonly warnings: string[];
}

/** What a claim of the size is told. */
export function sizeOf(backend: StorageBackend, size: Size): Said {
  return listen(sink => backend._checkSize(size, sink));
}

/** What an existing file system is told. */
export function saidOf(fileSystem: FileSystem): Said {
  return listen(sink => fileSystem._check(sink));
}

function listen(check: (sink: ProblemSink) => void): Said {
  const said: Said = { errors: [], warnings: [] };
  check({ error: problem => said.errors.push(lineOf(problem)), warn: problem => said.warnings.push(lineOf(problem)) });
  return said;
}

function lineOf({ ruleId, path, expected, found, fix }: Problem): string {
  return `${ruleId} | ${path}: expected ${expected}, found ${found} | ${fix}`;
}
