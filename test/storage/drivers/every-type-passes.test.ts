import { Chart, Size } from 'cdk8s';
import { expect, test } from 'vitest';
import * as library from '../../../lib';
import {
  AwsEbs, AwsEfs, AwsFsxLustre, AwsS3Files, AzureBlob, AzureBlobProtocol, AzureDisk, AzureFiles, AzureFilesProtocol, CephCsi,
  CheckpointVolume, DistributedTrainingJob, FileSystem, GcpFilestore, GcpPersistentDisk, GcsFuse, JuiceFs, LocalVolumes, Longhorn, MlApp,
  MountpointS3, MountpointS3MetadataTtl, Nfs, NfsCsi, RookCeph, Severity, SharedDataset, StorageBackend, StorageTier, TopoLvm,
} from '../../../lib';
import { MINIMUM } from '../../support/training';
import { FULL } from './full';

const ID = 'fs-0123456789abcdef0';
const SECRET = { name: 'key', inNamespace: 'storage' };
const subnetId = 'subnet-0123456789abcdef0';
/** Most come in this size. */
const SIZE = Size.tebibytes(12);
const SMALL = Size.gibibytes(500);

/** What a tier is made with, by the factory. */
const TIERS: [factory: string, backend: StorageBackend, size?: Size][] = [
  ['AwsEbs.gp3', AwsEbs.gp3({ iops: 16_000, throughput: 1_000 })],
  ['AwsEbs.gp2', AwsEbs.gp2()],
  ['AwsEbs.io1', AwsEbs.io1({ iops: 3_000 })],
  ['AwsEbs.io2', AwsEbs.io2({ iops: 3_000 })],
  ['AwsEbs.st1', AwsEbs.st1()],
  ['AwsEbs.sc1', AwsEbs.sc1()],
  ['AwsEbs.magnetic', AwsEbs.magnetic(), SMALL],
  ['AwsEfs.accessPoints', AwsEfs.accessPoints({ fileSystemId: ID, uid: 1000, gid: 1000 })],
  ['AwsS3Files.accessPoints', AwsS3Files.accessPoints({ fileSystemId: ID })],
  ['AwsFsxLustre.scratch1', AwsFsxLustre.scratch1({ subnetId }), Size.gibibytes(14_400)],
  ['AwsFsxLustre.scratch2', AwsFsxLustre.scratch2({ subnetId }), Size.gibibytes(14_400)],
  ['AwsFsxLustre.persistent1Ssd', AwsFsxLustre.persistent1Ssd({ subnetId, perUnitStorageThroughput: 100 }), Size.gibibytes(14_400)],
  ['AwsFsxLustre.persistent1Hdd', AwsFsxLustre.persistent1Hdd({ subnetId, perUnitStorageThroughput: 12 }), Size.gibibytes(12_000)],
  ['AwsFsxLustre.persistent2Ssd', AwsFsxLustre.persistent2Ssd({ subnetId, perUnitStorageThroughput: 250 }), Size.gibibytes(14_400)],
  ['AzureBlob.container', AzureBlob.container({ protocol: AzureBlobProtocol.NFS, hierarchicalNamespace: true })],
  ['AzureDisk.standardHdd', AzureDisk.standardHdd()],
  ['AzureDisk.standardSsd', AzureDisk.standardSsd()],
  ['AzureDisk.premiumSsd', AzureDisk.premiumSsd()],
  ['AzureDisk.premiumSsdV2', AzureDisk.premiumSsdV2({ iops: 16_000, throughput: 1_000 })],
  ['AzureDisk.ultra', AzureDisk.ultra({ iops: 64_000, throughput: 4_000 })],
  ['AzureFiles.premium', AzureFiles.premium({ protocol: AzureFilesProtocol.NFS })],
  ['AzureFiles.standard', AzureFiles.standard(), SMALL],
  ['AzureFiles.premiumV2', AzureFiles.premiumV2()],
  ['AzureFiles.standardV2', AzureFiles.standardV2()],
  ['CephCsi.blockPool', CephCsi.blockPool({ clusterId: 'c', pool: 'p', secret: SECRET })],
  ['CephCsi.fileSystem', CephCsi.fileSystem({ clusterId: 'c', fsName: 'f', secret: SECRET })],
  ['RookCeph.blockPool', RookCeph.blockPool({ pool: 'replicapool' })],
  ['RookCeph.fileSystem', RookCeph.fileSystem({ fsName: 'myfs' })],
  ['GcpFilestore.basicHdd', GcpFilestore.basicHdd()],
  ['GcpFilestore.basicSsd', GcpFilestore.basicSsd()],
  ['GcpFilestore.zonal', GcpFilestore.zonal({ network: 'ml' })],
  ['GcpFilestore.regional', GcpFilestore.regional()],
  ['GcpFilestore.enterprise', GcpFilestore.enterprise(), Size.tebibytes(8)],
  ['GcpFilestore.enterpriseMultishare', GcpFilestore.enterpriseMultishare(), SMALL],
  ['GcpFilestore.highScaleSsd', GcpFilestore.highScaleSsd(), Size.tebibytes(20)],
  ['GcpPersistentDisk.standard', GcpPersistentDisk.standard()],
  ['GcpPersistentDisk.balanced', GcpPersistentDisk.balanced()],
  ['GcpPersistentDisk.ssd', GcpPersistentDisk.ssd({ regional: true })],
  ['GcpPersistentDisk.extreme', GcpPersistentDisk.extreme({ iops: 100_000 })],
  ['GcpPersistentDisk.hyperdiskBalanced', GcpPersistentDisk.hyperdiskBalanced({ iops: 16_000, throughput: 1_000 })],
  ['GcpPersistentDisk.hyperdiskBalancedHighAvailability', GcpPersistentDisk.hyperdiskBalancedHighAvailability()],
  ['GcpPersistentDisk.hyperdiskMl', GcpPersistentDisk.hyperdiskMl({ throughput: 2_400 })],
  ['GcpPersistentDisk.hyperdiskExtreme', GcpPersistentDisk.hyperdiskExtreme({ iops: 100_000 })],
  ['GcpPersistentDisk.hyperdiskThroughput', GcpPersistentDisk.hyperdiskThroughput({ throughput: 250 })],
  ['JuiceFs.volumes', JuiceFs.volumes({ secret: SECRET })],
  ['LocalVolumes.preProvisioned', LocalVolumes.preProvisioned()],
  ['LocalVolumes.localPath', LocalVolumes.localPath()],
  ['Longhorn.volumes', Longhorn.volumes()],
  ['NfsCsi.share', NfsCsi.share({ server: 'nfs.example.com', share: '/export/ml' })],
  ['TopoLvm.deviceClass', TopoLvm.deviceClass({ deviceClass: 'nvme', thin: true })],
];

/** What exists, by the factory. */
const EXISTING: [factory: string, fileSystem: FileSystem][] = [
  ['AwsEfs.existing', AwsEfs.existing(ID, { accessPointId: 'fsap-0123456789abcdef0', mountOptions: ['iam'] })],
  ['AwsS3Files.existing', AwsS3Files.existing(ID)],
  ['AwsFsxLustre.existing', AwsFsxLustre.existing({ fileSystemId: ID, dnsName: `${ID}.fsx.us-east-1.amazonaws.com`, mountName: '2p3fhbmv' })],
  ['MountpointS3.bucket', MountpointS3.bucket('acme-datasets', {
    region: 'us-east-1', prefix: 'imagenet/', metadataTtl: MountpointS3MetadataTtl.indefinite(), mountOptions: ['allow-other', 'uid 1000'],
  })],
  ['AzureBlob.existing', AzureBlob.existing({ storageAccount: 'mldata', container: 'imagenet', secret: SECRET })],
  ['AzureFiles.existing', AzureFiles.existing({ storageAccount: 'mldata', shareName: 'imagenet', secret: SECRET })],
  ['RookCeph.existing', RookCeph.existing({ fsName: 'myfs', rootPath: '/datasets/imagenet', secret: SECRET })],
  ['GcpFilestore.existing', GcpFilestore.existing({ location: 'us-central1-c', instance: 'ml-data', share: 'vol1', ip: '10.10.0.2' })],
  ['GcsFuse.bucket', GcsFuse.bucket('acme-datasets', { onlyDir: 'imagenet' })],
  ['JuiceFs.existing', JuiceFs.existing({ name: 'imagenet', secret: SECRET, mountOptions: ['cache-size=204800'] })],
  ['Nfs.existing', Nfs.existing('10.0.0.5', '/export', { mountOptions: ['hard', 'nconnect=16'] })],
];

/** Classes of the library with factories of tiers and file systems. */
const DRIVER_CLASSES = [...new Set([...TIERS, ...EXISTING].map(([factory]) => factory.split('.')[0]))];

function errorsIn(build: (chart: Chart) => void): string[] {
  const app = new MlApp({ target: library.KubernetesVersion.V1_36 });
  build(new Chart(app, 'vision', { namespace: 'ml' }));
  return app.check().violations(Severity.ERROR).map(({ ruleId, message }) => `${ruleId} ${message}`);
}

test('every factory of a driver has its turn', () => {
  const factories = DRIVER_CLASSES.flatMap(name => {
    const of = (library as Record<string, any>)[name];
    return Object.getOwnPropertyNames(of).filter(one => typeof of[one] === 'function' && one !== 'prototype').map(one => `${name}.${one}`);
  });
  expect([...TIERS, ...EXISTING].map(([factory]) => factory).sort()).toEqual(factories.sort());
});

test.each(TIERS)('the rules take a training with checkpoints on %s', (_, backend, size = SIZE) => {
  expect(errorsIn(chart => {
    const tier = new StorageTier(chart, 'tier', { backend });
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, checkpoints: CheckpointVolume.perWorker({ tier, size, path: '/checkpoints' }) });
  })).toEqual([]);
});

test.each(FULL)('the rules take a tier on %s with all its options', (_, backend) => {
  expect(errorsIn(chart => { new StorageTier(chart, 'tier', { backend }); })).toEqual([]);
});

test.each(EXISTING)('the rules take a training with a dataset of %s', (_, fileSystem) => {
  expect(errorsIn(chart => {
    const dataset = SharedDataset.onFileSystem(chart, 'dataset', { fileSystem, size: Size.tebibytes(1) });
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, datasets: [dataset.at('/data')] });
  })).toEqual([]);
});
