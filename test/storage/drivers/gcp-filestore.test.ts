import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { GcpFilestore } from '../../../lib/storage/drivers/google/gcp-filestore';
import { GcpFilestoreConnectMode, GcpFilestoreProtocol } from '../../../lib/storage/drivers/google/gcp-filestore-props';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, saidOf, sizeOf, untyped, warningsOf } from './tier-of';

const SHARE = { location: 'us-central1-c', instance: 'ml-data', share: 'vol1', ip: '10.10.0.2' };

test('an instance is made where its pod runs', () => {
  expect(classOf(GcpFilestore.zonal(), { zones: ['us-central1-c'] })).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'filestore.csi.storage.gke.io',
    parameters: { tier: 'zonal' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'topology.gke.io/zone', values: ['us-central1-c'] }] }],
  });
});

test('every option is carried', () => {
  const kmsKey = 'projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/files';
  const backend = GcpFilestore.enterpriseMultishare({
    network: 'projects/host/global/networks/shared',
    connectMode: GcpFilestoreConnectMode.PRIVATE_SERVICE_ACCESS,
    reservedIpRange: 'filestore-range',
    location: 'us-central1',
    protocol: GcpFilestoreProtocol.NFS_V4_1,
    kmsKey,
    labels: { team: 'vision', cost: '42' },
    resourceTags: ['acme-project/environment/research'],
    maxVolumeSize: Size.gibibytes(128),
    instanceLabel: 'ml',
  });
  expect(classOf(backend).parameters).toEqual({
    'tier': 'enterprise',
    'network': 'projects/host/global/networks/shared',
    'connect-mode': 'PRIVATE_SERVICE_ACCESS',
    'reserved-ip-range': 'filestore-range',
    'location': 'us-central1',
    'protocol': 'NFS_V4_1',
    'instance-encryption-kms-key': kmsKey,
    'labels': 'team=vision,cost=42',
    'resource-tags': 'acme-project/environment/research',
    'multishare': 'true',
    'max-volume-size': '128Gi',
    'instance-storageclass-label': 'ml',
  });
  expect(warningsOf(backend)).toEqual([]);
  expect(classOf(GcpFilestore.basicHdd({ reservedIpv4Cidr: '10.10.0.0/24' })).parameters).toEqual({ 'tier': 'basic_hdd', 'reserved-ipv4-cidr': '10.10.0.0/24' });
});

test.each<[string, StorageBackend, number]>([
  ['basic hard disks', GcpFilestore.basicHdd(), 100],
  ['basic SSD', GcpFilestore.basicSsd(), 2_560],
  ['zonal, least', GcpFilestore.zonal(), 1_024],
  ['zonal, a step up', GcpFilestore.zonal(), 1_280],
  ['zonal, end of the low band', GcpFilestore.zonal(), 9_984],
  ['zonal, start of the high band', GcpFilestore.zonal(), 10_240],
  ['regional', GcpFilestore.regional(), 1_024],
  ['enterprise', GcpFilestore.enterprise(), 1_024],
  ['high scale', GcpFilestore.highScaleSsd(), 10_240],
])('%s is made as large as asked for', (_, backend, gib) => {
  expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors: [], warnings: [] });
});

test('a soft mount of a tier is warned of', () => {
  expect(warningsOf(GcpFilestore.zonal(), { mountOptions: ['soft'] })).toEqual([
    'driver/nfs-soft | mountOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found soft | replace "soft" with "hard"',
  ]);
});

test('a share that exists is named by its instance', () => {
  const fileSystem = GcpFilestore.existing(SHARE);
  expect(fileSystem._source).toEqual({
    csi: { driver: 'filestore.csi.storage.gke.io', volumeHandle: 'modeInstance/us-central1-c/ml-data/vol1', volumeAttributes: { ip: '10.10.0.2', volume: 'vol1' } },
  });
  expect(fileSystem.description).toBe('10.10.0.2:/vol1');
});

test.each<[string, StorageBackend, string[]]>([
  ['basicHdd: reservedIpRange DIRECT_PEERING', GcpFilestore.basicHdd({ reservedIpRange: 'filestore-range' }), ['driver/filestore-network | backend.reservedIpRange: expected `connectMode` PRIVATE_SERVICE_ACCESS beside it, found DIRECT_PEERING | set `connectMode`, or use `reservedIpv4Cidr`']],
  ['basicHdd: reservedIpv4Cidr PRIVATE_SERVICE_ACCESS', GcpFilestore.basicHdd({ connectMode: GcpFilestoreConnectMode.PRIVATE_SERVICE_ACCESS, reservedIpv4Cidr: '10.10.0.0/24' }), ['driver/filestore-network | backend.reservedIpv4Cidr: expected DIRECT_PEERING: the driver drops it otherwise, found PRIVATE_SERVICE_ACCESS | use `reservedIpRange`']],
  ['basicHdd: reservedIpRange "10.10.0.0/24"', GcpFilestore.basicHdd({ connectMode: GcpFilestoreConnectMode.PRIVATE_SERVICE_ACCESS, reservedIpRange: '10.10.0.0/24' }), ['driver/filestore-network | backend.reservedIpRange: expected the name of an allocated range, not its addresses, found "10.10.0.0/24" | use a value such as filestore-range']],
  ['basicHdd: reservedIpv4Cidr "10.10.0.0"', GcpFilestore.basicHdd({ reservedIpv4Cidr: '10.10.0.0' }), ['driver/filestore-network | backend.reservedIpv4Cidr: expected a range of IPv4 addresses, found "10.10.0.0" | use a value such as 10.10.0.0/24']],
  ['basicHdd: connectMode "direct_peering"', GcpFilestore.basicHdd({ connectMode: 'direct_peering' as any }), ['driver/value | backend.connectMode: expected one of DIRECT_PEERING, PRIVATE_SERVICE_ACCESS, found "direct_peering" | use "DIRECT_PEERING", or leave `connectMode` out']],
  ['basicHdd: network ""', GcpFilestore.basicHdd({ network: '' }), ['driver/filestore-network | backend.network: expected the name of a network, found "" | use a value such as ml-vpc']],
  ['basicHdd: labels[\'Team\'] "Team=vision"', GcpFilestore.basicHdd({ labels: { Team: 'vision' } }), ['driver/labels | backend.labels[\'Team\']: expected lower case letters, digits, `_` and `-`, up to 63 of them, in a key that starts with a letter and in its value, found "Team=vision" | use a value such as team=vision']],
  ['basicHdd: resourceTags[0] "research"', GcpFilestore.basicHdd({ resourceTags: ['research'] }), ['driver/resource-tags | backend.resourceTags[0]: expected the id of the organization or project, the key and the value, with `/` between them, found "research" | use a value such as acme-project/environment/research']],
  ['basicHdd: protocol NFS_V4_1 (basic_hdd)', GcpFilestore.basicHdd(untyped({ protocol: 'NFS_V4_1' })), ['driver/filestore-tier | backend.protocol: expected NFS_V3: basic tiers refuse NFS 4.1, found NFS_V4_1 (basic_hdd) | leave `protocol` out, or use GcpFilestore.zonal()']],
  ['basicSsd: protocol NFS_V4_1 (basic_ssd)', GcpFilestore.basicSsd(untyped({ protocol: 'NFS_V4_1' })), ['driver/filestore-tier | backend.protocol: expected NFS_V3: basic tiers refuse NFS 4.1, found NFS_V4_1 (basic_ssd) | leave `protocol` out, or use GcpFilestore.zonal()']],
  ['zonal: protocol "nfs4"', GcpFilestore.zonal({ protocol: 'nfs4' as any }), ['driver/value | backend.protocol: expected one of NFS_V3, NFS_V4_1, found "nfs4" | use "NFS_V3", or leave `protocol` out']],
  ['zonal: kmsKey "disks"', GcpFilestore.zonal({ kmsKey: 'disks' }), ['driver/kms-key | backend.kmsKey: expected the full name of a Cloud KMS key, found "disks" | use a value such as projects/acme/locations/us-central1/keyRings/storage/cryptoKeys/disks']],
  ['enterprise: maxVolumeSize enterprise', GcpFilestore.enterprise(untyped({ maxVolumeSize: Size.gibibytes(128) })), ['driver/filestore-tier | backend.maxVolumeSize: expected GcpFilestore.enterpriseMultishare(), found enterprise | leave `maxVolumeSize` out, or use GcpFilestore.enterpriseMultishare()']],
  ['zonal: instanceLabel zonal', GcpFilestore.zonal(untyped({ instanceLabel: 'ml' })), ['driver/filestore-tier | backend.instanceLabel: expected GcpFilestore.enterpriseMultishare(), found zonal | leave `instanceLabel` out, or use GcpFilestore.enterpriseMultishare()']],
  ['enterpriseMultishare: maxVolumeSize 0', GcpFilestore.enterpriseMultishare({ maxVolumeSize: Size.gibibytes(0) }), ['api/quantity | backend.maxVolumeSize: expected a size above 0, found 0 | set it, as Size.gibibytes(128)']],
  ['zonal: location "europe-west4"', GcpFilestore.zonal({ location: 'europe-west4' }), ['driver/filestore-location | backend.location: expected a zone: instances of zonal lie in one, found "europe-west4" | use a value such as europe-west4-a']],
  ['basicHdd: location "europe-west4"', GcpFilestore.basicHdd({ location: 'europe-west4' }), ['driver/filestore-location | backend.location: expected a zone: instances of basic_hdd lie in one, found "europe-west4" | use a value such as europe-west4-a']],
  ['regional: location "europe-west4-a"', GcpFilestore.regional({ location: 'europe-west4-a' }), ['driver/filestore-location | backend.location: expected a region: instances of regional lie in several zones of it, found "europe-west4-a" | use a value such as europe-west4']],
  ['enterpriseMultishare: location "europe-west4-a"', GcpFilestore.enterpriseMultishare({ location: 'europe-west4-a' }), ['driver/filestore-location | backend.location: expected a region: instances of enterprise lie in several zones of it, found "europe-west4-a" | use a value such as europe-west4']],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});

test.each<[string, StorageBackend, string[]]>([
  ['a zone', GcpFilestore.zonal({ location: 'europe-west4-a' }), ['europe-west4-a']],
  ['a zone with a longer name', GcpFilestore.highScaleSsd({ location: 'us-central1-ai1a' }), ['us-central1-ai1a']],
  ['a region', GcpFilestore.regional({ location: 'europe-west4' }), ['europe-west4-a', 'europe-west4-b']],
])('the location may be %s, as the tier is, and the zones in it', (_, backend, zones) => {
  expect(errorsOf(backend)).toEqual([]);
  expect(errorsOf(backend, { zones })).toEqual([]);
});

test('zones away from the location are refused', () => {
  expect(errorsOf(GcpFilestore.zonal({ location: 'europe-west4-a' }), { zones: ['europe-west4-a', 'us-central1-a'] })).toEqual([
    'driver/filestore-location | zones: expected europe-west4-a alone, the `location` of the backend, found ["europe-west4-a","us-central1-a"] | leave one of the two out, or let both say the same place',
  ]);
  expect(errorsOf(GcpFilestore.regional({ location: 'europe-west4' }), { zones: ['us-central1-a'] })).toEqual([
    'driver/filestore-location | zones: expected zones of europe-west4, the `location` of the backend, found ["us-central1-a"] | leave one of the two out, or let both say the same place',
  ]);
  expect(errorsOf(GcpFilestore.zonal({ location: 'europe-west4' }), { zones: ['us-central1-a'] })).toEqual([
    'driver/filestore-location | backend.location: expected a zone: instances of zonal lie in one, found "europe-west4" | use a value such as europe-west4-a',
  ]);
});

test.each<[string, StorageBackend, string[]]>([
  ['basicHdd: kmsKey basic_hdd', GcpFilestore.basicHdd(untyped({ kmsKey: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' })), ['driver/filestore-tier | backend.kmsKey: expected a tier above the basic ones: the others take no key, as far as is known, found basic_hdd | leave `kmsKey` out, or use GcpFilestore.zonal()']],
])('%s is warned of', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual([]);
  expect(warningsOf(backend)).toEqual(lines);
});

test.each<[string, StorageBackend, number, string[]]>([
  ['basicHdd of 65435 GiB', GcpFilestore.basicHdd(), 65_435, ['driver/size-over-max | size: expected at most 65434Gi (basic_hdd), found 65435Gi | use Size.gibibytes(65434) or less, or another volume type']],
  ['basicSsd of 65435 GiB', GcpFilestore.basicSsd(), 65_435, ['driver/size-over-max | size: expected at most 65434Gi (basic_ssd), found 65435Gi | use Size.gibibytes(65434) or less, or another volume type']],
  ['zonal of 102401 GiB', GcpFilestore.zonal(), 102_401, ['driver/size-over-max | size: expected at most 100Ti (zonal), found 102401Gi | use Size.gibibytes(102400) or less, or another volume type']],
  ['regional of 102401 GiB', GcpFilestore.regional(), 102_401, ['driver/size-over-max | size: expected at most 100Ti (regional), found 102401Gi | use Size.gibibytes(102400) or less, or another volume type']],
  ['enterprise of 10241 GiB', GcpFilestore.enterprise(), 10_241, ['driver/size-over-max | size: expected at most 10Ti (enterprise), found 10241Gi | use Size.gibibytes(10240) or less, or another volume type']],
  ['highScaleSsd of 102401 GiB', GcpFilestore.highScaleSsd(), 102_401, ['driver/size-over-max | size: expected at most 100Ti (high_scale_ssd), found 102401Gi | use Size.gibibytes(102400) or less, or another volume type']],
])('a claim for %s is refused', (_, backend, gib, errors) => {
  expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors, warnings: [] });
});

test.each<[string, StorageBackend, number, string[]]>([
  ['basicHdd of 10 GiB', GcpFilestore.basicHdd(), 10, ['driver/size-rounded-up | size: expected a size that basic_hdd offers: this one is made, and billed, as 100Gi, found 10Gi | use Size.gibibytes(100)']],
  ['basicSsd of 10 GiB', GcpFilestore.basicSsd(), 10, ['driver/size-rounded-up | size: expected a size that basic_ssd offers: this one is made, and billed, as 2560Gi, found 10Gi | use Size.gibibytes(2560)']],
  ['zonal of 10 GiB', GcpFilestore.zonal(), 10, ['driver/size-rounded-up | size: expected a size that zonal offers: this one is made, and billed, as 1Ti, found 10Gi | use Size.gibibytes(1024)']],
  ['zonal of 1025 GiB', GcpFilestore.zonal(), 1_025, ['driver/size-rounded-up | size: expected a size that zonal offers: this one is made, and billed, as 1280Gi, found 1025Gi | use Size.gibibytes(1280)']],
  ['zonal of 10000 GiB', GcpFilestore.zonal(), 10_000, ['driver/size-rounded-up | size: expected a size that zonal offers: this one is made, and billed, as 10Ti, found 10000Gi | use Size.gibibytes(10240)']],
  ['zonal of 10241 GiB', GcpFilestore.zonal(), 10_241, ['driver/size-rounded-up | size: expected a size that zonal offers: this one is made, and billed, as 12800Gi, found 10241Gi | use Size.gibibytes(12800)']],
  ['regional of 99 GiB', GcpFilestore.regional(), 99, ["driver/size-under-older-limit | size: expected at least 1Ti, as some of the provider's documents have it (regional), found 99Gi | use Size.gibibytes(1024), or check that your region takes less"]],
  ['regional of 1023 GiB', GcpFilestore.regional(), 1_023, ["driver/size-under-older-limit | size: expected at least 1Ti, as some of the provider's documents have it (regional), found 1023Gi | use Size.gibibytes(1024), or check that your region takes less"]],
  ['regional of 9985 GiB', GcpFilestore.regional(), 9_985, ['driver/size-rounded-up | size: expected a size that regional offers: this one is made, and billed, as 10Ti, found 9985Gi | use Size.gibibytes(10240)']],
  ['enterprise of 100 GiB', GcpFilestore.enterprise(), 100, ['driver/size-rounded-up | size: expected a size that enterprise offers: this one is made, and billed, as 1Ti, found 100Gi | use Size.gibibytes(1024)']],
  ['highScaleSsd of 5000 GiB', GcpFilestore.highScaleSsd(), 5_000, ['driver/size-rounded-up | size: expected a size that high_scale_ssd offers: this one is made, and billed, as 10Ti, found 5000Gi | use Size.gibibytes(10240)']],
])('a claim for %s is warned of', (_, backend, gib, warnings) => {
  expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors: [], warnings });
});

test.each<[string, FileSystem, string[]]>([
  ['location "US"', GcpFilestore.existing({ ...SHARE, location: 'US' }), ['driver/filestore-share | location: expected a name of lower case letters, digits, `-` and `_`, found "US" | use a value such as us-central1-c']],
  ['share "/vol1"', GcpFilestore.existing({ ...SHARE, share: '/vol1' }), ['driver/filestore-share | share: expected a name of lower case letters, digits, `-` and `_`, found "/vol1" | use a value such as vol1']],
  ['ip "filestore.local"', GcpFilestore.existing({ ...SHARE, ip: 'filestore.local' }), ['driver/filestore-share | ip: expected an IPv4 address, found "filestore.local" | use a value such as 10.10.0.2']],
])('what exists, with %s, is refused', (_, fileSystem, errors) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings: [] });
});

test.each<[string, FileSystem, string[]]>([
  ['mountOptions soft', GcpFilestore.existing({ ...SHARE, mountOptions: ['soft'] }), ['driver/nfs-soft | mountOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found soft | replace "soft" with "hard"']],
])('what exists, with %s, is warned of', (_, fileSystem, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors: [], warnings });
});
