import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import { GcpDataCacheMode } from '../../../lib/storage/drivers/google/gcp-persistent-disk-props';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, untyped, warningsOf } from './tier-of';

const FSTYPE = { 'csi.storage.k8s.io/fstype': 'ext4' };
const kmsKey = 'projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/disks';
const POOLS = ['projects/acme/zones/us-central1-a/storagePools/fast', 'projects/acme/zones/us-central1-b/storagePools/fast'];

test.each<[string, StorageBackend, Record<string, string>]>([
  ['high availability', GcpPersistentDisk.hyperdiskBalancedHighAvailability({ iops: 100_000, throughput: 1_200 }), {
    'type': 'hyperdisk-balanced-high-availability', 'provisioned-iops-on-create': '100000', 'provisioned-throughput-on-create': '1200Mi',
  }],
  ['a disk that is torn from its zone', GcpPersistentDisk.ssd({ regional: true, hardFailover: true }), {
    'type': 'pd-ssd', 'replication-type': 'regional-pd', 'availability-class': 'regional-hard-failover',
  }],
  ['a disk for Confidential VMs', GcpPersistentDisk.hyperdiskBalanced({ confidential: true, kmsKey }), {
    'type': 'hyperdisk-balanced', 'disk-encryption-kms-key': kmsKey, 'enable-confidential-storage': 'true',
  }],
  ['storage pools', GcpPersistentDisk.hyperdiskThroughput({ storagePools: POOLS }), { 'type': 'hyperdisk-throughput', 'storage-pools': POOLS.join(',') }],
  ['a cache', GcpPersistentDisk.balanced({ dataCache: { size: Size.gibibytes(375) } }), {
    'type': 'pd-balanced', 'data-cache-size': '375Gi', 'data-cache-mode': 'writethrough',
  }],
  ['a cache that writes later', GcpPersistentDisk.balanced({ dataCache: { size: Size.gibibytes(375), mode: GcpDataCacheMode.WRITEBACK } }), {
    'type': 'pd-balanced', 'data-cache-size': '375Gi', 'data-cache-mode': 'writeback',
  }],
  ['tags', GcpPersistentDisk.ssd({ resourceTags: ['acme-project/environment/research', '123456789/cost/42'] }), {
    'type': 'pd-ssd', 'resource-tags': 'acme-project/environment/research,123456789/cost/42',
  }],
  ['many zones', GcpPersistentDisk.hyperdiskMl({ multiZone: true }), { 'type': 'hyperdisk-ml', 'enable-multi-zone-provisioning': 'true' }],
  ['the topology of disk types', GcpPersistentDisk.ssd({ useAllowedDiskTopology: true }), { 'type': 'pd-ssd', 'use-allowed-disk-topology': 'true' }],
])('%s is carried by the names that the driver knows', (_, backend, parameters) => {
  expect(classOf(backend).parameters).toEqual({ ...parameters, ...FSTYPE });
  expect(warningsOf(backend)).toEqual([]);
});

test('high availability takes two zones or more', () => {
  const backend = GcpPersistentDisk.hyperdiskBalancedHighAvailability();
  expect(errorsOf(backend, { zones: ['us-central1-a', 'us-central1-b'] })).toEqual([]);
  expect(errorsOf(backend, { zones: ['us-central1-a'] })).toEqual([
    'driver/regional-zones | zones: expected 2 zones or more: each volume has a copy in a second one, found ["us-central1-a"] | name another zone, or leave `zones` out',
  ]);
});

test.each<[string, StorageBackend, string[]]>([
  ['hyperdiskBalancedHighAvailability: iops 100001', GcpPersistentDisk.hyperdiskBalancedHighAvailability({ iops: 100_001, throughput: 1_201 }), [
    'driver/iops-over-limit | backend.iops: expected at most 100000 IOPS (hyperdisk-balanced-high-availability), found 100001 | lower `iops` to 100000',
    'driver/throughput-over-limit | backend.throughput: expected at most 1200 MiB/s (hyperdisk-balanced-high-availability), found 1201 | lower `throughput` to 1200',
  ]],
  ['hyperdiskBalancedHighAvailability: regional true', GcpPersistentDisk.hyperdiskBalancedHighAvailability(untyped({ regional: true })), ['driver/regional-type | backend.regional: expected no `regional`: only standard, balanced and ssd disks have a copy in a second zone (hyperdisk-balanced-high-availability), found true | leave `regional` out, or use GcpPersistentDisk.ssd()']],
  ['ssd: hardFailover pd-ssd', GcpPersistentDisk.ssd({ hardFailover: true }), ['driver/disk-type | backend.hardFailover: expected a disk with a copy in a second zone, `regional: true`, found pd-ssd | leave `hardFailover` out']],
  ['ssd: confidential none', GcpPersistentDisk.ssd({ confidential: true }), ['driver/confidential-key | backend.confidential: expected `kmsKey` beside it, found none | set `kmsKey`, or leave `confidential` out']],
  ['ssd: resourceTags[0] "environment=research"', GcpPersistentDisk.ssd({ resourceTags: ['environment=research'] }), ['driver/resource-tags | backend.resourceTags[0]: expected the id of the organization or project, the key and the value, with `/` between them, found "environment=research" | use a value such as acme-project/environment/research']],
  ['ssd: storagePools pd-ssd', GcpPersistentDisk.ssd(untyped({ storagePools: ['projects/acme/zones/us-central1-a/storagePools/fast'] })), ['driver/storage-pools | backend.storagePools: expected a disk of type hyperdisk-balanced or hyperdisk-throughput, found pd-ssd | leave `storagePools` out']],
  ['hyperdiskBalanced: storagePools[0] "fast"', GcpPersistentDisk.hyperdiskBalanced({ storagePools: ['fast'] }), ['driver/storage-pools | backend.storagePools[0]: expected the full name of a storage pool, found "fast" | use a value such as projects/acme/zones/us-central1-a/storagePools/fast']],
  ['hyperdiskBalanced: storagePools two in us-central1-a', GcpPersistentDisk.hyperdiskBalanced({ storagePools: ['projects/acme/zones/us-central1-a/storagePools/fast', 'projects/acme/zones/us-central1-a/storagePools/slow'] }), ['driver/storage-pools | backend.storagePools: expected one pool for each zone, found two in us-central1-a | leave one of them out']],
  ['hyperdiskBalanced: multiZone hyperdisk-balanced', GcpPersistentDisk.hyperdiskBalanced(untyped({ multiZone: true })), ['driver/disk-type | backend.multiZone: expected hyperdisk-ml, found hyperdisk-balanced | leave `multiZone` out']],
  ['ssd: dataCache.size 0', GcpPersistentDisk.ssd({ dataCache: { size: Size.gibibytes(0) } }), ['api/quantity | backend.dataCache.size: expected a size above 0, found 0 | set it, as Size.gibibytes(100)']],
  ['ssd: dataCache.mode "writearound"', GcpPersistentDisk.ssd({ dataCache: { size: Size.gibibytes(100), mode: 'writearound' as any } }), ['driver/value | backend.dataCache.mode: expected one of writeback, writethrough, found "writearound" | use "writeback", or leave `dataCache.mode` out']],
  ['ssd: useAllowedDiskTopology "yes"', GcpPersistentDisk.ssd(untyped({ useAllowedDiskTopology: 'yes' })), ['driver/value | backend.useAllowedDiskTopology: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `useAllowedDiskTopology` to true or false']],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});
