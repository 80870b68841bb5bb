import { Size, Testing, Yaml } from 'cdk8s';
import { expect, test } from 'vitest';
import { isDnsSubdomain } from '../../../lib/private/names';
import { AWS_EBS_TYPES, AwsEbs } from '../../../lib/storage/drivers/aws-ebs';
import { AwsEfs } from '../../../lib/storage/drivers/aws-efs';
import { AzureDisk } from '../../../lib/storage/drivers/azure-disk';
import { AZURE_DISK_TYPES } from '../../../lib/storage/drivers/azure-disk-facts';
import type { VolumeTypeFacts } from '../../../lib/storage/drivers/driver-facts';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/gcp-persistent-disk';
import { GCP_PD_TYPES } from '../../../lib/storage/drivers/gcp-persistent-disk-facts';
import { LocalVolumes } from '../../../lib/storage/drivers/local';
import { NfsCsi } from '../../../lib/storage/drivers/nfs';
import type { StorageBackend } from '../../../lib/storage/storage-backend';
import { StorageTier } from '../../../lib/storage/storage-tier';
import { classOf, sizeOf, warningsOf } from './tier-of';

const TYPED: [id: string, backend: StorageBackend, facts: VolumeTypeFacts][] = [
  ['ebs-gp3', AwsEbs.gp3(), AWS_EBS_TYPES.gp3],
  ['ebs-io2', AwsEbs.io2({ iops: 1_000 }), AWS_EBS_TYPES.io2],
  ['ebs-st1', AwsEbs.st1(), AWS_EBS_TYPES.st1],
  ['pd-standard', GcpPersistentDisk.standard(), GCP_PD_TYPES.standard],
  ['pd-standard-regional', GcpPersistentDisk.standard({ regional: true }), GCP_PD_TYPES.regionalStandard],
  ['pd-balanced', GcpPersistentDisk.balanced(), GCP_PD_TYPES.balanced],
  ['pd-balanced-regional', GcpPersistentDisk.balanced({ regional: true }), GCP_PD_TYPES.regionalBalanced],
  ['pd-ssd', GcpPersistentDisk.ssd(), GCP_PD_TYPES.ssd],
  ['pd-ssd-regional', GcpPersistentDisk.ssd({ regional: true }), GCP_PD_TYPES.regionalSsd],
  ['pd-extreme', GcpPersistentDisk.extreme(), GCP_PD_TYPES.extreme],
  ['hyperdisk-balanced', GcpPersistentDisk.hyperdiskBalanced(), GCP_PD_TYPES.hyperdiskBalanced],
  ['hyperdisk-ml', GcpPersistentDisk.hyperdiskMl(), GCP_PD_TYPES.hyperdiskMl],
  ['hyperdisk-extreme', GcpPersistentDisk.hyperdiskExtreme(), GCP_PD_TYPES.hyperdiskExtreme],
  ['hyperdisk-throughput', GcpPersistentDisk.hyperdiskThroughput(), GCP_PD_TYPES.hyperdiskThroughput],
  ['azure-standard-hdd', AzureDisk.standardHdd(), AZURE_DISK_TYPES.standardHdd],
  ['azure-standard-ssd', AzureDisk.standardSsd(), AZURE_DISK_TYPES.standardSsd],
  ['azure-standard-ssd-zrs', AzureDisk.standardSsd({ zoneRedundant: true }), AZURE_DISK_TYPES.standardSsdZrs],
  ['azure-premium-ssd', AzureDisk.premiumSsd(), AZURE_DISK_TYPES.premiumSsd],
  ['azure-premium-ssd-zrs', AzureDisk.premiumSsd({ zoneRedundant: true }), AZURE_DISK_TYPES.premiumSsdZrs],
  ['azure-premium-ssd-v2', AzureDisk.premiumSsdV2(), AZURE_DISK_TYPES.premiumSsdV2],
  ['azure-ultra', AzureDisk.ultra(), AZURE_DISK_TYPES.ultra],
];

const ALL: [id: string, backend: StorageBackend][] = [
  ...TYPED.map(([id, backend]): [string, StorageBackend] => [id, backend]),
  ['efs', AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' })],
  ['nfs', NfsCsi.share({ server: 'nfs.example.com', share: '/export/ml' })],
  ['local', LocalVolumes.preProvisioned()],
  ['local-path', LocalVolumes.localPath()],
];

test('every volume type has a factory', () => {
  const facts = [AWS_EBS_TYPES, GCP_PD_TYPES, AZURE_DISK_TYPES].flatMap(types => Object.values<VolumeTypeFacts>(types));
  expect(TYPED.map(([, , type]) => type)).toEqual(expect.arrayContaining(facts));
  expect(TYPED).toHaveLength(facts.length);
});

test('every backend leads to the class that is on file', async () => {
  const chart = Testing.chart();
  for (const [id, backend] of ALL) new StorageTier(chart, id, { backend, name: id });
  await expect(Yaml.stringify(...Testing.synth(chart))).toMatchFileSnapshot('every-type.yaml');
});

test.each(ALL)('%s has the facts that a class needs, with their date and source', (_, backend) => {
  const driver = backend._driver;
  expect(isDnsSubdomain(driver.provisioner.replace('/', '.'))).toBe(true);
  expect(driver.asOf).toMatch(/^2026-\d\d(-\d\d)?, /);
  expect(driver.link).toMatch(/^https:\/\//);
  expect(driver.filesystemModes).toContain('ReadWriteOnce');
  // a volume that lies somewhere must wait to learn where its pod will be
  expect(driver.bindingMode).toBe(driver.topologyKeys.length > 0 ? 'WaitForFirstConsumer' : 'Immediate');
});

test.each(ALL)('%s has parameters of text only, and asks for nothing that warns', (_, backend) => {
  const { parameters = {} } = classOf(backend);
  expect(Object.values(parameters).filter(value => typeof value !== 'string' || value === '')).toEqual([]);
  expect(warningsOf(backend)).toEqual([]);
});

test.each(TYPED)('%s takes claims from its smallest to its largest size and no others', (_, backend, facts) => {
  const { minSizeGiB: min = 0, maxSizeGiB: max = 0 } = facts;
  expect(backend.volumeType).toBe(facts.name);
  expect(sizeOf(backend, Size.gibibytes(Math.max(min, 8))).errors).toEqual([]);
  expect(sizeOf(backend, Size.gibibytes(min)).errors).toEqual([]);
  expect(sizeOf(backend, Size.gibibytes(max)).errors).toEqual([]);
  expect(sizeOf(backend, Size.mebibytes(min * 1024 - 1)).errors).toEqual([expect.stringContaining('driver/size-under-min')]);
  expect(sizeOf(backend, Size.gibibytes(max + 1)).errors).toEqual([expect.stringContaining('driver/size-over-max')]);
});

test.each(TYPED)('%s has ranges that can be met', (_, _backend, facts) => {
  for (const range of [facts.iops, facts.throughput]) {
    const steps = [range?.min, range?.olderMin, range?.olderMax, range?.max].filter(step => step !== undefined);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(range?.notSettable === undefined || range.required === undefined).toBe(true);
  }
  expect(facts.link).toMatch(/^https:\/\//);
});
