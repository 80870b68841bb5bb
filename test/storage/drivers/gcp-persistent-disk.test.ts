import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, sizeOf, untyped, warningsOf } from './tier-of';

const FSTYPE = { 'csi.storage.k8s.io/fstype': 'ext4' };

test('a disk is kept and made where its pod runs', () => {
  expect(classOf(GcpPersistentDisk.balanced())).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'pd.csi.storage.gke.io',
    parameters: { type: 'pd-balanced', ...FSTYPE },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
});

test.each<[string, StorageBackend, Record<string, string>]>([
  ['standard', GcpPersistentDisk.standard(), { type: 'pd-standard' }],
  ['regional standard', GcpPersistentDisk.standard({ regional: true }), { 'type': 'pd-standard', 'replication-type': 'regional-pd' }],
  ['regional balanced', GcpPersistentDisk.balanced({ regional: true }), { 'type': 'pd-balanced', 'replication-type': 'regional-pd' }],
  ['ssd', GcpPersistentDisk.ssd(), { type: 'pd-ssd' }],
  ['regional ssd', GcpPersistentDisk.ssd({ regional: true }), { 'type': 'pd-ssd', 'replication-type': 'regional-pd' }],
  ['extreme', GcpPersistentDisk.extreme({ iops: 20_000 }), { 'type': 'pd-extreme', 'provisioned-iops-on-create': '20000' }],
  ['hyperdisk balanced', GcpPersistentDisk.hyperdiskBalanced({ iops: 10_000, throughput: 1_000 }), {
    'type': 'hyperdisk-balanced', 'provisioned-iops-on-create': '10000', 'provisioned-throughput-on-create': '1000Mi',
  }],
  ['hyperdisk ml', GcpPersistentDisk.hyperdiskMl({ throughput: 2_400 }), {
    'type': 'hyperdisk-ml', 'provisioned-throughput-on-create': '2400Mi',
  }],
  ['hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 100_000 }), {
    'type': 'hyperdisk-extreme', 'provisioned-iops-on-create': '100000',
  }],
  ['hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput({ throughput: 250 }), {
    'type': 'hyperdisk-throughput', 'provisioned-throughput-on-create': '250Mi',
  }],
])('%s has the parameters that the driver knows, throughput with its suffix', (_, backend, parameters) => {
  expect(classOf(backend).parameters).toEqual({ ...parameters, ...FSTYPE });
  expect(warningsOf(backend)).toEqual([]);
});

test('labels, key and file system are carried', () => {
  const kmsKey = 'projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/disks';
  const backend = GcpPersistentDisk.ssd({ labels: { team: 'vision', cost_center: '42' }, kmsKey, fsType: FsType.XFS });
  expect(classOf(backend).parameters).toEqual({
    'type': 'pd-ssd',
    'labels': 'team=vision,cost_center=42',
    'disk-encryption-kms-key': kmsKey,
    'csi.storage.k8s.io/fstype': 'xfs',
  });
  expect(classOf(GcpPersistentDisk.ssd({ labels: {} })).parameters).toEqual({ type: 'pd-ssd', ...FSTYPE });
});

const NO_CHOICE = 'it follows the size, use a Hyperdisk to choose';

test.each<[string, StorageBackend, string[]]>([
  ['IOPS and throughput of standard', GcpPersistentDisk.standard(untyped({ iops: 1, throughput: 1 })), [
    `driver/iops-not-settable | backend.iops: expected no \`iops\`: ${NO_CHOICE} (pd-standard), found 1 | leave \`iops\` out`,
    `driver/throughput-not-settable | backend.throughput: expected no \`throughput\`: ${NO_CHOICE} (pd-standard), found 1 | leave \`throughput\` out`,
  ]],
  ['IOPS of regional ssd', GcpPersistentDisk.ssd(untyped({ regional: true, iops: 1 })), [
    `driver/iops-not-settable | backend.iops: expected no \`iops\`: ${NO_CHOICE} (regional pd-ssd), found 1 | leave \`iops\` out`,
  ]],
  ['throughput of extreme', GcpPersistentDisk.extreme(untyped({ throughput: 1 })), [
    'driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the IOPS (pd-extreme), found 1 | leave `throughput` out',
  ]],
  ['too few IOPS of extreme', GcpPersistentDisk.extreme({ iops: 2_499 }), [
    'driver/iops-under-limit | backend.iops: expected at least 2500 IOPS (pd-extreme), found 2499 | raise `iops` to 2500, or leave it out',
  ]],
  ['too many IOPS of extreme', GcpPersistentDisk.extreme({ iops: 120_001 }), [
    'driver/iops-over-limit | backend.iops: expected at most 120000 IOPS (pd-extreme), found 120001 | lower `iops` to 120000',
  ]],
  ['a copy of a Hyperdisk', GcpPersistentDisk.hyperdiskBalanced(untyped({ regional: true })), [
    'driver/regional-type | backend.regional: expected no `regional`: only standard, balanced and ssd disks have a copy in a second zone (hyperdisk-balanced), found true | leave `regional` out, or use GcpPersistentDisk.ssd()',
  ]],
  ['too much of hyperdisk balanced', GcpPersistentDisk.hyperdiskBalanced({ iops: 160_001, throughput: 2_401 }), [
    'driver/iops-over-limit | backend.iops: expected at most 160000 IOPS (hyperdisk-balanced), found 160001 | lower `iops` to 160000',
    'driver/throughput-over-limit | backend.throughput: expected at most 2400 MiB/s (hyperdisk-balanced), found 2401 | lower `throughput` to 2400',
  ]],
  ['too little of hyperdisk balanced', GcpPersistentDisk.hyperdiskBalanced({ iops: 1_999, throughput: 139 }), [
    'driver/iops-under-limit | backend.iops: expected at least 2000 IOPS (hyperdisk-balanced), found 1999 | raise `iops` to 2000, or leave it out',
    'driver/throughput-under-limit | backend.throughput: expected at least 140 MiB/s (hyperdisk-balanced), found 139 | raise `throughput` to 140, or leave it out',
  ]],
  ['more throughput than the IOPS carry', GcpPersistentDisk.hyperdiskBalanced({ iops: 4_000, throughput: 1_001 }), [
    'driver/throughput-ratio | backend.throughput: expected at most 1000 MiB/s with 4000 IOPS (hyperdisk-balanced gives 0.25 MiB/s for each of the IOPS), found 1001 | raise `iops` to 4004, or lower `throughput` to 1000',
  ]],
  ['IOPS of hyperdisk ml', GcpPersistentDisk.hyperdiskMl(untyped({ iops: 1 })), [
    'driver/iops-not-settable | backend.iops: expected no `iops`: it follows the throughput, 16 for each MiB/s (hyperdisk-ml), found 1 | leave `iops` out',
  ]],
  ['too little of hyperdisk ml', GcpPersistentDisk.hyperdiskMl({ throughput: 399 }), [
    'driver/throughput-under-limit | backend.throughput: expected at least 400 MiB/s (hyperdisk-ml), found 399 | raise `throughput` to 400, or leave it out',
  ]],
  ['too much of hyperdisk ml', GcpPersistentDisk.hyperdiskMl({ throughput: 1_200_001 }), [
    'driver/throughput-over-limit | backend.throughput: expected at most 1200000 MiB/s (hyperdisk-ml), found 1200001 | lower `throughput` to 1200000',
  ]],
  ['throughput of hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme(untyped({ throughput: 1 })), [
    'driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the IOPS (hyperdisk-extreme), found 1 | leave `throughput` out',
  ]],
  ['too few IOPS of hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 127 }), [
    'driver/iops-under-limit | backend.iops: expected at least 128 IOPS (hyperdisk-extreme), found 127 | raise `iops` to 128, or leave it out',
  ]],
  ['too many IOPS of hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 500_001 }), [
    'driver/iops-over-limit | backend.iops: expected at most 500000 IOPS (hyperdisk-extreme), found 500001 | lower `iops` to 500000',
  ]],
  ['IOPS of hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput(untyped({ iops: 1 })), [
    'driver/iops-not-settable | backend.iops: expected no `iops`: it follows the throughput, 4 for each MiB/s (hyperdisk-throughput), found 1 | leave `iops` out',
  ]],
  ['too little of hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput({ throughput: 19 }), [
    'driver/throughput-under-limit | backend.throughput: expected at least 20 MiB/s (hyperdisk-throughput), found 19 | raise `throughput` to 20, or leave it out',
  ]],
  ['too much of hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput({ throughput: 2_401 }), [
    'driver/throughput-over-limit | backend.throughput: expected at most 2400 MiB/s (hyperdisk-throughput), found 2401 | lower `throughput` to 2400',
  ]],
  ['the id of a key', GcpPersistentDisk.ssd({ kmsKey: 'disks' }), [
    'driver/kms-key | backend.kmsKey: expected the full name of a Cloud KMS key, found "disks" | use a value such as projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/disks',
  ]],
  ['a label in capitals', GcpPersistentDisk.ssd({ labels: { Team: 'vision' } }), [
    "driver/labels | backend.labels['Team']: expected lower case letters, digits, `_` and `-`, up to 63 of them, in a key that starts with a letter and in its value, found \"Team=vision\" | use a value such as team=vision",
  ]],
  ['65 labels', GcpPersistentDisk.ssd({ labels: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, 'v'])) }), [
    'driver/labels | backend.labels: expected at most 64 labels, found 65 | leave some labels out',
  ]],
  ['an unknown file system', GcpPersistentDisk.ssd(untyped({ fsType: 'zfs' })), [
    'driver/value | backend.fsType: expected one of ext4, xfs, found "zfs" | use "ext4", or leave `fsType` out',
  ]],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});

test('numbers that documents disagree about are warned of', () => {
  expect(warningsOf(GcpPersistentDisk.extreme({ iops: 9_999 }))).toEqual([
    'driver/iops-under-older-limit | backend.iops: expected at least 10000 IOPS, as some of the provider\'s documents have it (pd-extreme), found 9999 | raise `iops` to 10000, or check that your region takes less',
  ]);
  expect(warningsOf(GcpPersistentDisk.extreme({ iops: 10_000 }))).toEqual([]);
  expect(warningsOf(GcpPersistentDisk.hyperdiskExtreme({ iops: 350_001 }))).toEqual([
    'driver/iops-over-older-limit | backend.iops: expected at most 350000 IOPS where the provider has not raised the limit yet (hyperdisk-extreme), found 350001 | check that your region and machines offer more than 350000 IOPS, or lower `iops`',
  ]);
});

describe('claims', () => {
  test.each<[string, StorageBackend, number, string]>([
    ['a small disk', GcpPersistentDisk.balanced(), 9, 'driver/size-under-min | size: expected at least 10Gi (pd-balanced), found 9Gi | use Size.gibibytes(10), or another volume type'],
    ['a small regional disk', GcpPersistentDisk.standard({ regional: true }), 199, 'driver/size-under-min | size: expected at least 200Gi (regional pd-standard), found 199Gi | use Size.gibibytes(200), or another volume type'],
    ['a small extreme disk', GcpPersistentDisk.extreme(), 499, 'driver/size-under-min | size: expected at least 500Gi (pd-extreme), found 499Gi | use Size.gibibytes(500), or another volume type'],
    ['a large disk', GcpPersistentDisk.ssd(), 65_537, 'driver/size-over-max | size: expected at most 64Ti (pd-ssd), found 65537Gi | use Size.gibibytes(65536) or less, or another volume type'],
    ['a small hyperdisk balanced', GcpPersistentDisk.hyperdiskBalanced(), 3, 'driver/size-under-min | size: expected at least 4Gi (hyperdisk-balanced), found 3Gi | use Size.gibibytes(4), or another volume type'],
    ['a small hyperdisk ml', GcpPersistentDisk.hyperdiskMl(), 3, 'driver/size-under-min | size: expected at least 4Gi (hyperdisk-ml), found 3Gi | use Size.gibibytes(4), or another volume type'],
    ['a small hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme(), 63, 'driver/size-under-min | size: expected at least 64Gi (hyperdisk-extreme), found 63Gi | use Size.gibibytes(64), or another volume type'],
    ['a small hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput(), 2_047, 'driver/size-under-min | size: expected at least 2Ti (hyperdisk-throughput), found 2047Gi | use Size.gibibytes(2048), or another volume type'],
    ['a large hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput(), 32_769, 'driver/size-over-max | size: expected at most 32Ti (hyperdisk-throughput), found 32769Gi | use Size.gibibytes(32768) or less, or another volume type'],
    ['too small for the IOPS', GcpPersistentDisk.hyperdiskBalanced({ iops: 3_000 }), 5, 'driver/iops-ratio | size: expected at least 6Gi for 3000 IOPS (hyperdisk-balanced gives 500 IOPS for each GiB), found 5Gi | use Size.gibibytes(6), or lower `iops` of the tier to 2500'],
    ['too large for the IOPS', GcpPersistentDisk.hyperdiskBalanced({ iops: 2_000 }), 100, 'driver/iops-under-ratio | size: expected at most 4Gi for 2000 IOPS (hyperdisk-balanced wants at least 500 IOPS for each GiB, up to 3000), found 100Gi | raise `iops` of the tier to 3000 or leave it out, or use a smaller volume'],
    ['too small for the IOPS of hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 120_001 }), 100, 'driver/iops-ratio | size: expected at least 101Gi for 120001 IOPS (hyperdisk-extreme gives 1200 IOPS for each GiB), found 100Gi | use Size.gibibytes(101), or lower `iops` of the tier to 120000'],
    ['too large for the IOPS of hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 1_999 }), 1_000, 'driver/iops-under-ratio | size: expected at most 999Gi for 1999 IOPS (hyperdisk-extreme wants at least 2 IOPS for each GiB), found 1000Gi | raise `iops` of the tier to 2000 or leave it out, or use a smaller volume'],
    ['too large for the throughput of hyperdisk ml', GcpPersistentDisk.hyperdiskMl({ throughput: 400 }), 4_000, 'driver/throughput-under-ratio | size: expected at most 3333Gi for 400 MiB/s (hyperdisk-ml wants at least 0.12 MiB/s for each GiB), found 4000Gi | raise `throughput` of the tier to 480 or leave it out, or use a smaller volume'],
    ['too small for the throughput of hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput({ throughput: 181 }), 2_048, 'driver/throughput-ratio | size: expected at least 2060Gi for 181 MiB/s (hyperdisk-throughput gives 90 MiB/s for each TiB), found 2Ti | use Size.gibibytes(2060), or lower `throughput` of the tier to 180'],
    ['too large for the throughput of hyperdisk throughput', GcpPersistentDisk.hyperdiskThroughput({ throughput: 39 }), 4_096, 'driver/throughput-under-ratio | size: expected at most 3993Gi for 39 MiB/s (hyperdisk-throughput wants at least 10 MiB/s for each TiB), found 4Ti | raise `throughput` of the tier to 40 or leave it out, or use a smaller volume'],
  ])('%s is refused', (_, backend, gib, line) => {
    expect(sizeOf(backend, Size.gibibytes(gib)).errors).toEqual([line]);
  });

  test.each<[string, StorageBackend, number]>([
    ['regional standard', GcpPersistentDisk.standard({ regional: true }), 200],
    ['regional ssd', GcpPersistentDisk.ssd({ regional: true }), 10],
    ['hyperdisk balanced', GcpPersistentDisk.hyperdiskBalanced({ iops: 2_000 }), 4],
    ['hyperdisk balanced with more', GcpPersistentDisk.hyperdiskBalanced({ iops: 3_000 }), 6],
    ['hyperdisk extreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 128 }), 64],
    ['hyperdisk throughput, least', GcpPersistentDisk.hyperdiskThroughput({ throughput: 20 }), 2_048],
    ['hyperdisk throughput, most', GcpPersistentDisk.hyperdiskThroughput({ throughput: 180 }), 2_048],
  ])('of %s are accepted at the limits', (_, backend, gib) => {
    expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors: [], warnings: [] });
  });
});

describe('zones', () => {
  test('have a key of the driver\'s own', () => {
    expect(classOf(GcpPersistentDisk.ssd(), { zones: ['us-central1-a'] }).allowedTopologies).toEqual([
      { matchLabelExpressions: [{ key: 'topology.gke.io/zone', values: ['us-central1-a'] }] },
    ]);
    expect(errorsOf(GcpPersistentDisk.ssd(), { allowedTopologies: { 'topology.kubernetes.io/zone': ['us-central1-a'] } })).toEqual([
      'driver/topology-key | allowedTopologies: expected a topology key of pd.csi.storage.gke.io: topology.gke.io/zone, found topology.kubernetes.io/zone | use topology.gke.io/zone, or `zones`',
    ]);
  });

  test('of a regional disk are two at least', () => {
    const regional = GcpPersistentDisk.ssd({ regional: true });
    expect(errorsOf(regional, { zones: ['us-central1-a', 'us-central1-b'] })).toEqual([]);
    expect(errorsOf(regional)).toEqual([]);
    expect(errorsOf(regional, { zones: ['us-central1-a'] })).toEqual([
      'driver/regional-zones | zones: expected 2 zones or more: each volume has a copy in a second one, found ["us-central1-a"] | name another zone, or leave `zones` out',
    ]);
    expect(errorsOf(regional, { allowedTopologies: { 'topology.gke.io/zone': ['us-central1-a'] } })).toEqual([
      "driver/regional-zones | allowedTopologies['topology.gke.io/zone']: expected 2 zones or more: each volume has a copy in a second one, found [\"us-central1-a\"] | name another zone, or leave `allowedTopologies['topology.gke.io/zone']` out",
    ]);
  });

  test('of a regional disk are of one region', () => {
    const zones = ['europe-west4-a', 'us-central1-b'];
    const lines = ['driver/regional-zones | zones: expected zones of one region: the copy of a disk is in a second zone of it, found ["europe-west4-a","us-central1-b"] | name zones of europe-west4 only, or make a tier for each region'];
    expect(errorsOf(GcpPersistentDisk.ssd({ regional: true }), { zones })).toEqual(lines);
    expect(errorsOf(GcpPersistentDisk.hyperdiskBalancedHighAvailability(), { zones })).toEqual(lines);
    expect(errorsOf(GcpPersistentDisk.ssd(), { zones })).toEqual([]);
  });
});
