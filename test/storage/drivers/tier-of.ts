import { Size, Testing } from 'cdk8s';
import { expect } from 'vitest';
import type { VolumeTypeFacts } from '../../../lib/storage/drivers/driver-facts';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { StorageTier, type StorageTierProps } from '../../../lib/storage/tiers/storage-tier';
import * as findings from '../../support/findings';

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
  return findings.errorsOf(() => classOf(backend, props));
}

/** What a tier on the backend is warned of. */
export function warningsOf(backend: StorageBackend, props: TierProps = {}): string[] {
  return findings.warningsOn(new StorageTier(Testing.chart(), 'tier', { backend, ...props })).map(findings.lineOf);
}

/** What a claim of the size is told. */
export function sizeOf(backend: StorageBackend, size: Size): ReturnType<typeof findings.said> {
  return findings.said(sink => backend._checkSize(size, sink));
}

/** What an existing file system is told. */
export function saidOf(fileSystem: FileSystem): ReturnType<typeof findings.said> {
  return findings.said(sink => fileSystem._check(sink));
}

/** The ranges of a volume type are in order, and its facts have a source. */
export function expectSoundRanges(facts: VolumeTypeFacts): void {
  for (const range of [facts.iops, facts.throughput]) {
    const steps = [range?.min, range?.olderMin, range?.olderMax, range?.max].filter(step => step !== undefined);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(range?.notSettable === undefined || range.required === undefined).toBe(true);
  }
  expect(facts.link).toMatch(/^https:\/\//);
}

/** A file system that exists is mounted without a complaint, by a driver that serves such. */
export function expectServed(fileSystem: FileSystem): void {
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings: [] });
  expect(fileSystem._driver.staticProvisioning).toBe(true);
  expect((fileSystem._source.csi as { driver: string }).driver).toBe(fileSystem._driver.provisioner);
}
