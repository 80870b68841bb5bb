import { Chart, Size, Testing, Yaml } from 'cdk8s';
import { expect, test } from 'vitest';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import { AWS_EBS_TYPES } from '../../../lib/storage/drivers/aws/aws-ebs-facts';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import { AWS_EFS_TYPES } from '../../../lib/storage/drivers/aws/aws-efs-facts';
import { AwsEfsStorageClass } from '../../../lib/storage/drivers/aws/aws-efs-props';
import { AwsFsxLustre } from '../../../lib/storage/drivers/aws/aws-fsx-lustre';
import { AWS_FSX_LUSTRE_TYPES } from '../../../lib/storage/drivers/aws/aws-fsx-lustre-facts';
import { MountpointS3 } from '../../../lib/storage/drivers/aws/aws-mountpoint-s3';
import { AwsS3Files } from '../../../lib/storage/drivers/aws/aws-s3-files';
import type { ParameterFacts, VolumeTypeFacts } from '../../../lib/storage/drivers/driver-facts';
import { GcpFilestore } from '../../../lib/storage/drivers/google/gcp-filestore';
import { GCP_FILESTORE_TYPES } from '../../../lib/storage/drivers/google/gcp-filestore-facts';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import { GCP_PD_TYPES } from '../../../lib/storage/drivers/google/gcp-persistent-disk-facts';
import { GcsFuse } from '../../../lib/storage/drivers/google/gcs-fuse';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { SharedDataset } from '../../../lib/storage/datasets/shared-dataset';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { StorageTier } from '../../../lib/storage/tiers/storage-tier';
import { classOf, expectServed, expectSoundRanges, sizeOf, warningsOf } from './tier-of';

const ID = 'fs-0123456789abcdef0';
const subnetId = 'subnet-0123456789abcdef0';
const lustre = (perUnitStorageThroughput: number) => ({ subnetId, perUnitStorageThroughput });

/** Disks: their sizes have limits. */
const DISKS: [id: string, backend: StorageBackend, facts: VolumeTypeFacts][] = [
  ['ebs-gp3', AwsEbs.gp3(), AWS_EBS_TYPES.gp3],
  ['ebs-gp2', AwsEbs.gp2(), AWS_EBS_TYPES.gp2],
  ['ebs-io1', AwsEbs.io1({ iops: 100 }), AWS_EBS_TYPES.io1],
  ['ebs-io2', AwsEbs.io2({ iops: 1_000 }), AWS_EBS_TYPES.io2],
  ['ebs-st1', AwsEbs.st1(), AWS_EBS_TYPES.st1],
  ['ebs-sc1', AwsEbs.sc1(), AWS_EBS_TYPES.sc1],
  ['ebs-magnetic', AwsEbs.magnetic(), AWS_EBS_TYPES.magnetic],
  ['pd-standard', GcpPersistentDisk.standard(), GCP_PD_TYPES.standard],
  ['pd-standard-regional', GcpPersistentDisk.standard({ regional: true }), GCP_PD_TYPES.regionalStandard],
  ['pd-balanced', GcpPersistentDisk.balanced(), GCP_PD_TYPES.balanced],
  ['pd-balanced-regional', GcpPersistentDisk.balanced({ regional: true }), GCP_PD_TYPES.regionalBalanced],
  ['pd-ssd', GcpPersistentDisk.ssd(), GCP_PD_TYPES.ssd],
  ['pd-ssd-regional', GcpPersistentDisk.ssd({ regional: true }), GCP_PD_TYPES.regionalSsd],
  ['pd-extreme', GcpPersistentDisk.extreme(), GCP_PD_TYPES.extreme],
  ['hyperdisk-balanced', GcpPersistentDisk.hyperdiskBalanced(), GCP_PD_TYPES.hyperdiskBalanced],
  ['hyperdisk-balanced-ha', GcpPersistentDisk.hyperdiskBalancedHighAvailability(), GCP_PD_TYPES.hyperdiskBalancedHighAvailability],
  ['hyperdisk-ml', GcpPersistentDisk.hyperdiskMl(), GCP_PD_TYPES.hyperdiskMl],
  ['hyperdisk-extreme', GcpPersistentDisk.hyperdiskExtreme(), GCP_PD_TYPES.hyperdiskExtreme],
  ['hyperdisk-throughput', GcpPersistentDisk.hyperdiskThroughput(), GCP_PD_TYPES.hyperdiskThroughput],
];

/** Services: claims are rounded up, or not looked at. */
const SERVICES: [id: string, backend: StorageBackend, facts: VolumeTypeFacts][] = [
  ['efs-standard', AwsEfs.accessPoints({ fileSystemId: ID }), AWS_EFS_TYPES.standard],
  ['efs-infrequent-access', AwsEfs.accessPoints({ fileSystemId: ID, storageClass: AwsEfsStorageClass.INFREQUENT_ACCESS }), AWS_EFS_TYPES.infrequentAccess],
  ['fsx-scratch1', AwsFsxLustre.scratch1({ subnetId }), AWS_FSX_LUSTRE_TYPES.scratch1],
  ['fsx-scratch2', AwsFsxLustre.scratch2({ subnetId }), AWS_FSX_LUSTRE_TYPES.scratch2],
  ['fsx-persistent1-ssd', AwsFsxLustre.persistent1Ssd(lustre(50)), AWS_FSX_LUSTRE_TYPES.persistent1Ssd],
  ['fsx-persistent1-hdd-12', AwsFsxLustre.persistent1Hdd(lustre(12)), AWS_FSX_LUSTRE_TYPES.persistent1Hdd12],
  ['fsx-persistent1-hdd-40', AwsFsxLustre.persistent1Hdd(lustre(40)), AWS_FSX_LUSTRE_TYPES.persistent1Hdd40],
  ['fsx-persistent2-ssd', AwsFsxLustre.persistent2Ssd(lustre(125)), AWS_FSX_LUSTRE_TYPES.persistent2Ssd],
  ['filestore-basic-hdd', GcpFilestore.basicHdd(), GCP_FILESTORE_TYPES.basicHdd],
  ['filestore-basic-ssd', GcpFilestore.basicSsd(), GCP_FILESTORE_TYPES.basicSsd],
  ['filestore-zonal', GcpFilestore.zonal(), GCP_FILESTORE_TYPES.zonal],
  ['filestore-regional', GcpFilestore.regional(), GCP_FILESTORE_TYPES.regional],
  ['filestore-enterprise', GcpFilestore.enterprise(), GCP_FILESTORE_TYPES.enterprise],
  ['filestore-enterprise-multishare', GcpFilestore.enterpriseMultishare(), GCP_FILESTORE_TYPES.enterpriseMultishare],
  ['filestore-high-scale-ssd', GcpFilestore.highScaleSsd(), GCP_FILESTORE_TYPES.highScaleSsd],
];

const TYPED = [...DISKS, ...SERVICES];
const ALL: [id: string, backend: StorageBackend][] = [
  ...TYPED.map(([id, backend]): [string, StorageBackend] => [id, backend]),
  ['s3-files', AwsS3Files.accessPoints({ fileSystemId: ID })],
];

const EXISTING: [id: string, fileSystem: FileSystem][] = [
  ['efs', AwsEfs.existing(ID)],
  ['s3-files', AwsS3Files.existing(ID)],
  ['fsx', AwsFsxLustre.existing({ fileSystemId: ID, dnsName: `${ID}.fsx.us-east-1.amazonaws.com`, mountName: '2p3fhbmv' })],
  ['mountpoint-s3', MountpointS3.bucket('acme-datasets', { prefix: 'imagenet', region: 'us-east-1' })],
  ['filestore', GcpFilestore.existing({ location: 'us-central1-c', instance: 'ml-data', share: 'vol1', ip: '10.10.0.2' })],
  ['gcs-fuse', GcsFuse.bucket('acme-datasets', { onlyDir: 'imagenet' })],
];

test('every volume type has a factory', () => {
  const types = [AWS_EBS_TYPES, AWS_EFS_TYPES, AWS_FSX_LUSTRE_TYPES, GCP_PD_TYPES, GCP_FILESTORE_TYPES];
  const facts = types.flatMap(of => Object.values<VolumeTypeFacts>(of));
  expect(TYPED.map(([, , type]) => type)).toEqual(expect.arrayContaining(facts));
  expect(TYPED).toHaveLength(facts.length);
});

test('every backend leads to the class that is on file', async () => {
  const chart = Testing.chart();
  for (const [id, backend] of ALL) new StorageTier(chart, id, { backend, name: id });
  await expect(Yaml.stringify(...Testing.synth(chart))).toMatchFileSnapshot('every-type-aws-gcp.yaml');
});

test('every file system that exists leads to the volume that is on file', async () => {
  const chart = new Chart(Testing.app(), 'data', { namespace: 'ml' });
  for (const [id, fileSystem] of EXISTING) SharedDataset.onFileSystem(chart, id, { fileSystem, size: Size.tebibytes(1) });
  const volumes = Testing.synth(chart).filter((object: { kind: string }) => object.kind === 'PersistentVolume');
  expect(volumes).toHaveLength(EXISTING.length);
  await expect(Yaml.stringify(...volumes)).toMatchFileSnapshot('every-file-system-aws-gcp.yaml');
});

test.each(ALL)('%s has the facts that a class needs, with their date and source', (_, backend) => {
  const driver = backend._driver;
  expect(driver.asOf).toMatch(/^2026-\d\d-\d\d, /);
  expect(driver.link).toMatch(/^https:\/\//);
  expect(driver.dynamicProvisioning).toBe(true);
  // a volume that lies somewhere must wait to learn where its pod will be
  expect(driver.bindingMode).toBe(driver.topologyKeys.length > 0 ? 'WaitForFirstConsumer' : 'Immediate');
});

test.each(ALL)('%s asks for parameters that its driver knows, as text, with values that it takes', (id, backend) => {
  const { parameters = {} } = classOf(backend);
  for (const [name, value] of Object.entries<string>(parameters)) {
    const facts = backend._driver.parameters.find(one => one.name === name);
    expect(facts, name).toBeDefined();
    expect(accepts(facts!, value), `${name}: ${value}`).toBe(true);
  }
  const missing = backend._driver.parameters.filter(({ name, required }) => required && parameters[name] === undefined);
  expect(missing).toEqual([]);
  if (id !== 'ebs-magnetic') expect(warningsOf(backend)).toEqual([]);
});

test.each(DISKS)('%s takes claims from its smallest to its largest size and no others', (_, backend, facts) => {
  const { minSizeGiB: min = 0, maxSizeGiB: max = 0 } = facts;
  expect(backend.volumeType).toBe(facts.name);
  expect(sizeOf(backend, Size.gibibytes(min)).errors).toEqual([]);
  expect(sizeOf(backend, Size.gibibytes(max)).errors).toEqual([]);
  expect(sizeOf(backend, Size.mebibytes(min * 1024 - 1)).errors).toEqual([expect.stringContaining('driver/size-under-min')]);
  expect(sizeOf(backend, Size.gibibytes(max + 1)).errors).toEqual([expect.stringContaining('driver/size-over-max')]);
});

test.each(SERVICES)('%s rounds its smallest claims up, and has no others than its largest', (_, backend, facts) => {
  const { roundsUpToGiB: least, maxSizeGiB: max, olderMinSizeGiB: olderMin } = facts;
  expect(backend.volumeType).toBe(facts.name);
  expect(sizeOf(backend, Size.gibibytes(least ?? 1)).errors).toEqual([]);
  if (least !== undefined) {
    const { errors, warnings } = sizeOf(backend, Size.gibibytes(least - 1));
    expect(errors).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(olderMin === undefined ? 'driver/size-rounded-up' : 'driver/size-under-older-limit')]);
  }
  if (max !== undefined) {
    expect(sizeOf(backend, Size.gibibytes(max))).toEqual({ errors: [], warnings: [] });
    expect(sizeOf(backend, Size.gibibytes(max + 1)).errors).toEqual([expect.stringContaining('driver/size-over-max')]);
  }
});

test.each(TYPED)('%s has ranges that can be met', (_, _backend, facts) => expectSoundRanges(facts));

test.each(EXISTING)('%s is mounted without a complaint, by a driver that serves what exists', (_, fileSystem) => expectServed(fileSystem));

function accepts({ type, values, min, max, pattern }: ParameterFacts, value: string): boolean {
  if (type === 'enum') return values!.includes(value);
  if (type === 'boolean') return value === 'true' || value === 'false';
  if (type === 'integer') return /^\d+$/.test(value) && Number(value) >= (min ?? 0) && Number(value) <= (max ?? Infinity);
  return value !== '' && (pattern?.test(value) ?? true);
}
