import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Durability, Platform, PlatformTiers, PlatformTiersProps, StorageClaim } from '../../../lib';
import { errorOf, errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn, manifestsOf } from '../../support/manifests';

const PLATFORMS = {
  aws: () => Platform.aws({ fileSystemId: 'fs-0123456789abcdef0' }),
  gcp: () => Platform.gcp(),
  azure: () => Platform.azure(),
  ceph: () => Platform.ceph({ pool: 'replicated', fastPool: 'nvme', archivePool: 'hdd', fileSystem: 'myfs' }),
  nfs: () => Platform.nfs({ server: 'nfs.example.com', share: '/export/ml' }),
  local: () => Platform.local(),
};

function tiersOn(platform: Platform, props: Partial<PlatformTiersProps> = {}): { tiers: PlatformTiers; classes: any[] } {
  const chart = chartIn();
  const tiers = new PlatformTiers(chart, 'tiers', { platform, ...props });
  return { tiers, classes: manifestsOf(chart) };
}

describe.each(Object.entries(PLATFORMS))('on %s', (_, platform) => {
  test('the classes are what they were', () => {
    expect(tiersOn(platform()).classes).toMatchSnapshot();
  });

  test('each class has the name of its tier, and keeps precious data', () => {
    const { classes } = tiersOn(platform(), { prefix: 'ml-' });
    for (const { metadata, reclaimPolicy } of classes) {
      expect(metadata.name).toMatch(/^ml-(ultra-fast|fast|balanced|archive|shared)$/);
      expect(reclaimPolicy).toBe('Retain');
    }
  });

  test('what it cannot give is told: as text, and as a warning for each', () => {
    const { tiers } = tiersOn(platform());
    expect(warningsOn(tiers).map(({ path, found }) => `${path}: ${found.replace(/^[^:]*: /, '')}`)).toEqual(tiers.degradations);
    expect(tiers.degradations).toMatchSnapshot();
  });

  test('a claim of each tier that it has can be made', () => {
    const chart = chartIn();
    const tiers = new PlatformTiers(chart, 'tiers', { platform: platform() });
    for (const [id, tier] of [['b', tiers.balanced], ['a', tiers.archive], ['f', tiers.fast], ['u', tiers.ultraFast]] as const) {
      expect(() => new StorageClaim(chart, id, { tier, size: Size.tebibytes(2) })).not.toThrow();
    }
  });
});

test.each([
  ['aws', Platform.aws(), "driver/tier-missing | shared: expected a platform that has `shared`, found AWS: no file system to make access points on | name one: Platform.aws({ fileSystemId: 'fs-…' })"],
  ['ceph', Platform.ceph({ pool: 'replicated' }), "driver/tier-missing | shared: expected a platform that has `shared`, found Ceph: no CephFS | name one: Platform.ceph({ fileSystem: 'myfs' })"],
  ['local', Platform.local(), 'driver/tier-missing | shared: expected a platform that has `shared`, found a local cluster: no file system that many nodes can mount | run an NFS server and use Platform.nfs()'],
])('on %s, a tier that it has nothing for is an error once it is asked for', (_, platform, line) => {
  const { tiers } = tiersOn(platform);
  expect(errorsOf(() => tiers.shared)).toEqual([line]);
  expect(errorOf(() => tiers.shared).findings[0].constructPath).toBe('vision/tiers');
});

test('zones are those of the disks only', () => {
  const { classes } = tiersOn(PLATFORMS.aws(), { zones: ['us-east-1a'] });
  const zoned = classes.filter(({ allowedTopologies }) => allowedTopologies).map(({ metadata }) => metadata.name);
  expect(zoned).toEqual(['ultra-fast', 'fast', 'balanced', 'archive']);
});

test('tiers for data that can be made again delete their volumes', () => {
  for (const { reclaimPolicy } of tiersOn(PLATFORMS.gcp(), { durability: Durability.REPRODUCIBLE }).classes) expect(reclaimPolicy).toBe('Delete');
});

test('`balanced` can be the default class, alone', () => {
  const { classes } = tiersOn(PLATFORMS.azure(), { defaultClass: true });
  const defaults = classes.filter(({ metadata }) => metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true');
  expect(defaults.map(({ metadata }) => metadata.name)).toEqual(['balanced']);
});

test('a warning says what the tier promises, what is there and what to do', () => {
  const { tiers } = tiersOn(PLATFORMS.local());
  expect(lineOf(warningsOn(tiers)[0])).toBe('driver/tier-degraded | ultra-fast: expected what `ultra-fast` promises, '
    + 'found a local cluster: a directory of the node, without a limit, gone with it | use it for development only');
});
