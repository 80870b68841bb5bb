import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { AwsFsxLustre } from '../../../lib/storage/drivers/aws/aws-fsx-lustre';
import { AWS_FSX_LUSTRE_TYPES } from '../../../lib/storage/drivers/aws/aws-fsx-lustre-facts';
import { AwsFsxAutoImport, AwsFsxLustreVersion, AwsFsxMetadataMode } from '../../../lib/storage/drivers/aws/aws-fsx-lustre-props';
import { effectiveGiB } from '../../../lib/storage/drivers/limits';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, saidOf, sizeOf, untyped, warningsOf } from './tier-of';

const ID = 'fs-0123456789abcdef0';
const subnetId = 'subnet-0123456789abcdef0';

test('a class always names its deployment type, for the default of the driver loses data', () => {
  expect(classOf(AwsFsxLustre.scratch2({ subnetId }))).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'fsx.csi.aws.com',
    parameters: { subnetId, deploymentType: 'SCRATCH_2' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
    mountOptions: ['flock'],
  });
});

test('a scratch file system carries its bucket, its network and its tags', () => {
  const backend = AwsFsxLustre.scratch2({
    subnetId,
    securityGroupIds: ['sg-0123456789abcdef0', 'sg-0123456789abcdef1'],
    compression: true,
    weeklyMaintenanceStartTime: '1:02:30',
    version: AwsFsxLustreVersion.V2_15,
    tags: { team: 'vision', cost: '42' },
    s3ImportPath: 's3://acme-datasets/imagenet',
    s3ExportPath: 's3://acme-datasets/results',
    autoImport: AwsFsxAutoImport.NEW_CHANGED_DELETED,
  });
  expect(classOf(backend).parameters).toEqual({
    subnetId,
    securityGroupIds: 'sg-0123456789abcdef0,sg-0123456789abcdef1',
    deploymentType: 'SCRATCH_2',
    dataCompressionType: 'LZ4',
    weeklyMaintenanceStartTime: '1:02:30',
    fileSystemTypeVersion: '2.15',
    extraTags: 'team=vision,cost=42',
    s3ImportPath: 's3://acme-datasets/imagenet',
    s3ExportPath: 's3://acme-datasets/results',
    autoImportPolicy: 'NEW_CHANGED_DELETED',
  });
  expect(warningsOf(backend)).toEqual([]);
});

test('one that is kept carries its key and its backups, on hard disks its cache too', () => {
  const backend = AwsFsxLustre.persistent1Hdd({
    subnetId,
    perUnitStorageThroughput: 12,
    readCache: true,
    kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/abcd',
    automaticBackupRetentionDays: 35,
    dailyAutomaticBackupStartTime: '05:00',
    copyTagsToBackups: true,
    compression: false,
  });
  expect(classOf(backend).parameters).toEqual({
    subnetId,
    deploymentType: 'PERSISTENT_1',
    storageType: 'HDD',
    driveCacheType: 'READ',
    perUnitStorageThroughput: '12',
    kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/abcd',
    automaticBackupRetentionDays: '35',
    dailyAutomaticBackupStartTime: '05:00',
    copyTagsToBackups: 'true',
    dataCompressionType: 'NONE',
  });
  expect(classOf(AwsFsxLustre.persistent1Hdd({ subnetId, perUnitStorageThroughput: 40 })).parameters.driveCacheType).toBe('NONE');
});

test.each([
  [{ metadataIops: 192_000, efa: true }, { efaEnabled: 'true', metadataConfigurationMode: 'USER_PROVISIONED', metadataIops: '192000' }],
  [{ metadataIops: 1_500 }, { metadataConfigurationMode: 'USER_PROVISIONED', metadataIops: '1500' }],
  [{ metadataMode: AwsFsxMetadataMode.AUTOMATIC }, { metadataConfigurationMode: 'AUTOMATIC' }],
  [{ efa: true }, { efaEnabled: 'true', metadataConfigurationMode: 'AUTOMATIC' }],
  [{}, {}],
])('PERSISTENT_2 with %j has %j', (props, parameters) => {
  const backend = AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 1_000, ...props });
  expect(classOf(backend).parameters).toEqual({
    subnetId, deploymentType: 'PERSISTENT_2', storageType: 'SSD', perUnitStorageThroughput: '1000', ...parameters,
  });
});

test.each([50, 100, 200])('PERSISTENT_1 on SSD comes with %i MB/s for each TiB', perUnitStorageThroughput => {
  expect(errorsOf(AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput }))).toEqual([]);
});

test.each([125, 250, 500, 1_000])('PERSISTENT_2 comes with %i MB/s for each TiB', perUnitStorageThroughput => {
  expect(errorsOf(AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput }))).toEqual([]);
});

test.each<[keyof typeof AWS_FSX_LUSTRE_TYPES, number[]]>([
  ['scratch1', [1_200, 2_400, 3_600, 7_200]],
  ['scratch2', [1_200, 2_400, 4_800, 7_200]],
  ['persistent1Ssd', [1_200, 2_400, 4_800]],
  ['persistent1Hdd12', [6_000, 12_000]],
  ['persistent1Hdd40', [1_800, 3_600, 5_400]],
  ['persistent2Ssd', [1_200, 2_400, 4_800]],
])('%s comes in %j GiB', (type, sizes) => {
  const facts = AWS_FSX_LUSTRE_TYPES[type];
  sizes.forEach((size, index) => {
    expect(effectiveGiB(facts, size)).toBe(size);
    expect(effectiveGiB(facts, (sizes[index - 1] ?? 0) + 1)).toBe(size);
  });
});

test('one that exists is named in full', () => {
  const fileSystem = AwsFsxLustre.existing({ fileSystemId: ID, dnsName: `${ID}.fsx.us-east-1.amazonaws.com`, mountName: 'fsx', mountOptions: ['flock', 'ro'] });
  expect(fileSystem._source).toEqual({
    csi: { driver: 'fsx.csi.aws.com', volumeHandle: ID, volumeAttributes: { dnsname: `${ID}.fsx.us-east-1.amazonaws.com`, mountname: 'fsx' } },
  });
  expect(fileSystem._mountOptions).toEqual(['flock', 'ro']);
});

test.each<[string, StorageBackend, string[]]>([
  ['scratch2: subnetId ""', AwsFsxLustre.scratch2(untyped({})), ['driver/fsx-network | backend.subnetId: expected the id of a subnet: `subnet-` and hexadecimal digits, found "" | use a value such as subnet-0123456789abcdef0']],
  ['scratch2: subnetId "vpc-1"', AwsFsxLustre.scratch2({ subnetId: 'vpc-1' }), ['driver/fsx-network | backend.subnetId: expected the id of a subnet: `subnet-` and hexadecimal digits, found "vpc-1" | use a value such as subnet-0123456789abcdef0']],
  ['scratch2: securityGroupIds[0] "default"', AwsFsxLustre.scratch2({ subnetId, securityGroupIds: ['default'] }), ['driver/fsx-network | backend.securityGroupIds[0]: expected the id of a security group: `sg-` and hexadecimal digits, found "default" | use a value such as sg-0123456789abcdef0']],
  ['scratch2: weeklyMaintenanceStartTime "0:09:00"', AwsFsxLustre.scratch2({ subnetId, weeklyMaintenanceStartTime: '0:09:00' }), ['driver/fsx-time | backend.weeklyMaintenanceStartTime: expected a day from 1 to 7 and a time, `d:HH:MM`, found "0:09:00" | use a value such as 7:09:00']],
  ['scratch2: version "2.11"', AwsFsxLustre.scratch2({ subnetId, version: '2.11' as any }), ['driver/value | backend.version: expected one of 2.10, 2.12, 2.15, found "2.11" | use "2.10", or leave `version` out']],
  ['scratch2: tags[\'a=b\'] "a=b=c"', AwsFsxLustre.scratch2({ subnetId, tags: { 'a=b': 'c' } }), ['driver/tags | backend.tags[\'a=b\']: expected a key of 1 to 128 characters and a value of up to 256, both without `=` and `,`, found "a=b=c" | rename the tag']],
  ['scratch2: s3ImportPath "acme-datasets"', AwsFsxLustre.scratch2({ subnetId, s3ImportPath: 'acme-datasets' }), ['driver/fsx-bucket | backend.s3ImportPath: expected a bucket, or a prefix in it, found "acme-datasets" | use a value such as s3://acme-datasets/imagenet']],
  ['scratch2: s3ExportPath none', AwsFsxLustre.scratch2({ subnetId, s3ExportPath: 's3://acme-datasets/out' }), ['driver/fsx-bucket | backend.s3ExportPath: expected `s3ImportPath` beside it, found none | set `s3ImportPath`, or leave `s3ExportPath` out']],
  ['scratch2: s3ExportPath acme-results', AwsFsxLustre.scratch2({ subnetId, s3ImportPath: 's3://acme-datasets/in', s3ExportPath: 's3://acme-results/out' }), ['driver/fsx-bucket | backend.s3ExportPath: expected the bucket of `s3ImportPath`, acme-datasets, found acme-results | use s3://acme-datasets/ and a prefix']],
  ['scratch2: autoImport none', AwsFsxLustre.scratch2({ subnetId, autoImport: AwsFsxAutoImport.NEW }), ['driver/fsx-bucket | backend.autoImport: expected `s3ImportPath` beside it, found none | set `s3ImportPath`, or leave `autoImport` out']],
  ['scratch2: perUnitStorageThroughput 200', AwsFsxLustre.scratch2(untyped({ subnetId, perUnitStorageThroughput: 200 })), ['driver/fsx-throughput | backend.perUnitStorageThroughput: expected no `perUnitStorageThroughput` (SCRATCH_2), found 200 | leave `perUnitStorageThroughput` out, or use a PERSISTENT deployment type']],
  ['scratch1: kmsKeyId SCRATCH_1', AwsFsxLustre.scratch1(untyped({ subnetId, kmsKeyId: 'arn:aws:kms:::key/k' })), ['driver/fsx-deployment | backend.kmsKeyId: expected a PERSISTENT deployment type, found SCRATCH_1 | leave `kmsKeyId` out, or use a PERSISTENT deployment type']],
  ['scratch1: automaticBackupRetentionDays SCRATCH_1', AwsFsxLustre.scratch1(untyped({ subnetId, automaticBackupRetentionDays: 7 })), ['driver/fsx-deployment | backend.automaticBackupRetentionDays: expected a PERSISTENT deployment type, found SCRATCH_1 | leave `automaticBackupRetentionDays` out, or use a PERSISTENT deployment type']],
  ['persistent1Ssd: perUnitStorageThroughput none', AwsFsxLustre.persistent1Ssd(untyped({ subnetId })), ['driver/fsx-throughput | backend.perUnitStorageThroughput: expected one of 50, 100, 200 MB/s for each TiB (PERSISTENT_1 on SSD), found none | use 50']],
  ['persistent1Ssd: perUnitStorageThroughput 125', AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput: 125 }), ['driver/fsx-throughput | backend.perUnitStorageThroughput: expected one of 50, 100, 200 MB/s for each TiB (PERSISTENT_1 on SSD), found 125 | use 200']],
  ['persistent1Hdd: perUnitStorageThroughput 50', AwsFsxLustre.persistent1Hdd({ subnetId, perUnitStorageThroughput: 50 }), ['driver/fsx-throughput | backend.perUnitStorageThroughput: expected one of 12, 40 MB/s for each TiB (PERSISTENT_1 on HDD), found 50 | use 40']],
  ['persistent2Ssd: perUnitStorageThroughput 200', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 200 }), ['driver/fsx-throughput | backend.perUnitStorageThroughput: expected one of 125, 250, 500, 1000 MB/s for each TiB (PERSISTENT_2 on SSD), found 200 | use 250']],
  ['persistent2Ssd: perUnitStorageThroughput 2000', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 2_000 }), ['driver/fsx-throughput | backend.perUnitStorageThroughput: expected one of 125, 250, 500, 1000 MB/s for each TiB (PERSISTENT_2 on SSD), found 2000 | use 1000']],
  ['persistent2Ssd: version 2.10', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 125, version: AwsFsxLustreVersion.V2_10 }), ['driver/fsx-version | backend.version: expected 2.12 or newer (PERSISTENT_2), found 2.10 | use AwsFsxLustreVersion.V2_15']],
  ['persistent2Ssd: s3ImportPath PERSISTENT_2 on SSD', AwsFsxLustre.persistent2Ssd(untyped({ subnetId, perUnitStorageThroughput: 125, s3ImportPath: 's3://acme-datasets' })), ['driver/fsx-deployment | backend.s3ImportPath: expected a scratch or PERSISTENT_1 deployment type, found PERSISTENT_2 on SSD | leave `s3ImportPath` out, or use a scratch or PERSISTENT_1 deployment type']],
  ['persistent1Ssd: readCache PERSISTENT_1 on SSD', AwsFsxLustre.persistent1Ssd(untyped({ subnetId, perUnitStorageThroughput: 50, readCache: true })), ['driver/fsx-deployment | backend.readCache: expected PERSISTENT_1 on HDD, found PERSISTENT_1 on SSD | leave `readCache` out, or use PERSISTENT_1 on HDD']],
  ['persistent1Ssd: automaticBackupRetentionDays 36', AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput: 50, automaticBackupRetentionDays: 36 }), ['driver/number | backend.automaticBackupRetentionDays: expected a whole number of days, 0 to 35, found 36 | set `automaticBackupRetentionDays` to 35, or leave it out']],
  ['persistent1Ssd: dailyAutomaticBackupStartTime "5:00"', AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput: 50, automaticBackupRetentionDays: 7, dailyAutomaticBackupStartTime: '5:00' }), ['driver/fsx-time | backend.dailyAutomaticBackupStartTime: expected a time of the day, `HH:MM`, found "5:00" | use a value such as 05:00']],
  ['persistent1Ssd: dailyAutomaticBackupStartTime none', AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput: 50, dailyAutomaticBackupStartTime: '05:00' }), ['driver/fsx-backup | backend.dailyAutomaticBackupStartTime: expected `automaticBackupRetentionDays` above 0 beside it, found none | set `automaticBackupRetentionDays`, or leave the time out']],
  ['persistent2Ssd: metadataIops 9000', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 125, metadataIops: 9_000 }), ['driver/fsx-metadata | backend.metadataIops: expected 1500, 3000, 6000, or a multiple of 12000 up to 192000, found 9000 | use 12000']],
  ['persistent2Ssd: metadataIops 204000', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 125, metadataIops: 204_000 }), ['driver/fsx-metadata | backend.metadataIops: expected 1500, 3000, 6000, or a multiple of 12000 up to 192000, found 204000 | use 12000']],
  ['persistent2Ssd: metadataIops 12000', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 125, metadataIops: 12_000, metadataMode: AwsFsxMetadataMode.AUTOMATIC }), ['driver/fsx-metadata | backend.metadataIops: expected none with AUTOMATIC, found 12000 | leave `metadataMode` out, or `metadataIops`']],
  ['persistent2Ssd: metadataIops none', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 125, metadataMode: AwsFsxMetadataMode.USER_PROVISIONED }), ['driver/fsx-metadata | backend.metadataIops: expected a number with USER_PROVISIONED, found none | set `metadataIops`, or use AwsFsxMetadataMode.AUTOMATIC']],
  ['scratch2: efa SCRATCH_2', AwsFsxLustre.scratch2(untyped({ subnetId, efa: true })), ['driver/fsx-deployment | backend.efa: expected PERSISTENT_2, found SCRATCH_2 | leave `efa` out, or use PERSISTENT_2']],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});

test.each<[string, StorageBackend, number, string[]]>([
  ['scratch1 of 100 GiB', AwsFsxLustre.scratch1({ subnetId }), 100, ['driver/size-rounded-up | size: expected a size that SCRATCH_1 offers: this one is made, and billed, as 1200Gi, found 100Gi | use Size.gibibytes(1200)']],
  ['scratch1 of 1201 GiB', AwsFsxLustre.scratch1({ subnetId }), 1_201, ['driver/size-rounded-up | size: expected a size that SCRATCH_1 offers: this one is made, and billed, as 2400Gi, found 1201Gi | use Size.gibibytes(2400)']],
  ['scratch1 of 3601 GiB', AwsFsxLustre.scratch1({ subnetId }), 3_601, ['driver/size-rounded-up | size: expected a size that SCRATCH_1 offers: this one is made, and billed, as 7200Gi, found 3601Gi | use Size.gibibytes(7200)']],
  ['scratch2 of 1199 GiB', AwsFsxLustre.scratch2({ subnetId }), 1_199, ['driver/size-rounded-up | size: expected a size that SCRATCH_2 offers: this one is made, and billed, as 1200Gi, found 1199Gi | use Size.gibibytes(1200)']],
  ['scratch2 of 1201 GiB', AwsFsxLustre.scratch2({ subnetId }), 1_201, ['driver/size-rounded-up | size: expected a size that SCRATCH_2 offers: this one is made, and billed, as 2400Gi, found 1201Gi | use Size.gibibytes(2400)']],
  ['scratch2 of 2401 GiB', AwsFsxLustre.scratch2({ subnetId }), 2_401, ['driver/size-rounded-up | size: expected a size that SCRATCH_2 offers: this one is made, and billed, as 4800Gi, found 2401Gi | use Size.gibibytes(4800)']],
  ['persistent1Ssd of 500 GiB', AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput: 50 }), 500, ['driver/size-rounded-up | size: expected a size that PERSISTENT_1 on SSD offers: this one is made, and billed, as 1200Gi, found 500Gi | use Size.gibibytes(1200)']],
  ['persistent1Hdd of 1800 GiB', AwsFsxLustre.persistent1Hdd({ subnetId, perUnitStorageThroughput: 12 }), 1_800, ['driver/size-rounded-up | size: expected a size that PERSISTENT_1 on HDD with 12 MB/s for each TiB offers: this one is made, and billed, as 6000Gi, found 1800Gi | use Size.gibibytes(6000)']],
  ['persistent1Hdd of 1801 GiB', AwsFsxLustre.persistent1Hdd({ subnetId, perUnitStorageThroughput: 40 }), 1_801, ['driver/size-rounded-up | size: expected a size that PERSISTENT_1 on HDD with 40 MB/s for each TiB offers: this one is made, and billed, as 3600Gi, found 1801Gi | use Size.gibibytes(3600)']],
  ['persistent2Ssd of 4801 GiB', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 125 }), 4_801, ['driver/size-rounded-up | size: expected a size that PERSISTENT_2 on SSD offers: this one is made, and billed, as 7200Gi, found 4801Gi | use Size.gibibytes(7200)']],
])('a claim for %s is warned of', (_, backend, gib, warnings) => {
  expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors: [], warnings });
});

test.each<[string, FileSystem, string[]]>([
  ['fileSystemId "lustre"', AwsFsxLustre.existing({ fileSystemId: 'lustre', dnsName: 'fs.example.com', mountName: 'fsx' }), ['driver/fsx-id | fileSystemId: expected the id of a file system: `fs-` and 8 to 40 hexadecimal digits, found "lustre" | use a value such as fs-0123456789abcdef0']],
  ['dnsName "fs.example.com@tcp:/fsx"', AwsFsxLustre.existing({ fileSystemId: ID, dnsName: 'fs.example.com@tcp:/fsx', mountName: 'fsx' }), ['driver/fsx-id | dnsName: expected the name of the file system in the DNS, without a path, found "fs.example.com@tcp:/fsx" | use a value such as fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com']],
  ['mountName "/fsx"', AwsFsxLustre.existing({ fileSystemId: ID, dnsName: 'fs.example.com', mountName: '/fsx' }), ['driver/fsx-id | mountName: expected the mount name, up to 8 letters, digits and `_`, found "/fsx" | use a value such as fsx']],
])('what exists, with %s, is refused', (_, fileSystem, errors) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings: [] });
});
