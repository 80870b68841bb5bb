import { Duration, Size } from 'cdk8s';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import { AwsFsxLustre } from '../../../lib/storage/drivers/aws/aws-fsx-lustre';
import { AzureBlob } from '../../../lib/storage/drivers/azure/azure-blob';
import { AzureBlobAccessTier, AzureBlobAuth, AzureBlobProtocol } from '../../../lib/storage/drivers/azure/azure-blob-props';
import { AzureNetworkEndpoint } from '../../../lib/storage/drivers/azure/azure-common';
import { AzureDisk } from '../../../lib/storage/drivers/azure/azure-disk';
import { AzureDiskCaching, AzureDiskEncryption, AzureDiskNetworkAccess } from '../../../lib/storage/drivers/azure/azure-disk-props';
import { AzureFiles } from '../../../lib/storage/drivers/azure/azure-files';
import { AzureFilesIdentity, AzureFilesProtocol, AzureRootSquash } from '../../../lib/storage/drivers/azure/azure-files-props';
import { CephCsi } from '../../../lib/storage/drivers/ceph/ceph';
import { CephFsMounter, RbdFeature, RbdMounter } from '../../../lib/storage/drivers/ceph/ceph-props';
import { GcpFilestore } from '../../../lib/storage/drivers/google/gcp-filestore';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import { JuiceFs } from '../../../lib/storage/drivers/clusters/juicefs';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import { Longhorn, LonghornAutoBalance, LonghornDataEngine, LonghornDataLocality } from '../../../lib/storage/drivers/clusters/longhorn';
import { NfsCsi, NfsOnDelete } from '../../../lib/storage/drivers/clusters/nfs';
import { RookCeph } from '../../../lib/storage/drivers/ceph/rook-ceph';
import { TopoLvm } from '../../../lib/storage/drivers/clusters/topolvm';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';

const SECRET = { name: 'key', inNamespace: 'storage' };
const ARM = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute';

const AZURE_DISK_OPTIONS = {
  diskEncryptionSetId: `${ARM}/diskEncryptionSets/d`, diskEncryption: AzureDiskEncryption.CUSTOMER_KEY, resourceGroup: 'g', subscriptionId: 's',
  tags: { team: 'vision' }, networkAccess: AzureDiskNetworkAccess.ALLOW_PRIVATE, diskAccessId: `${ARM}/diskAccesses/d`, publicNetworkAccess: true,
};
const AZURE_FILES_OPTIONS = {
  storageAccount: 'mldata', resourceGroup: 'g', shareNamePrefix: 'ml', networkEndpoint: AzureNetworkEndpoint.SERVICE, vnetResourceGroup: 'g',
  vnetName: 'v', subnetName: 's', mountPermissions: '0777', tags: { team: 'vision' }, storeAccountKey: true, secretNamespace: 'ml',
};

/** Every driver, with as many of its options as go together. */
export const FULL: [name: string, backend: StorageBackend][] = [
  ['EBS', AwsEbs.gp3({ iops: 16_000, throughput: 1_000 })],
  ['EFS', AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0', uid: 1000, gid: 1000, basePath: '/data' })],
  ['FSx', AwsFsxLustre.persistent2Ssd({ subnetId: 'subnet-0123456789abcdef0', perUnitStorageThroughput: 125 })],
  ['Persistent Disk', GcpPersistentDisk.hyperdiskBalanced({ iops: 10_000, throughput: 500 })],
  ['Filestore', GcpFilestore.zonal()],
  ['Azure Disk', AzureDisk.premiumSsd({
    ...AZURE_DISK_OPTIONS, cachingMode: AzureDiskCaching.READ_ONLY, bursting: true, writeAccelerator: true, performancePlus: true,
    zoneRedundant: true,
  })],
  ['Azure Disk, shared', AzureDisk.ultra({ ...AZURE_DISK_OPTIONS, maxShares: 3, logicalSectorSize: 512, iops: 10_000, throughput: 1_000 })],
  ['Azure Files, SMB', AzureFiles.premium({ ...AZURE_FILES_OPTIONS, multichannel: true, identity: AzureFilesIdentity.MANAGED })],
  ['Azure Files, workload identity', AzureFiles.standard({ identity: AzureFilesIdentity.WORKLOAD })],
  ['Azure Files, OAuth', AzureFiles.standardV2({ identity: AzureFilesIdentity.OAUTH, iops: 1_000, throughput: 100 })],
  ['Azure Files, NFS', AzureFiles.premiumV2({
    ...AZURE_FILES_OPTIONS, protocol: AzureFilesProtocol.NFS, rootSquash: AzureRootSquash.ROOT_SQUASH, encryptInTransit: true, iops: 5_000,
  })],
  ['Azure Blob', AzureBlob.container({
    storageAccount: 'mldata', resourceGroup: 'g', containerNamePrefix: 'ml', versioning: true, softDeleteBlobs: Duration.days(7),
    softDeleteContainers: Duration.days(7), accessTier: AzureBlobAccessTier.COOL, auth: AzureBlobAuth.KEY, storeAccountKey: true,
    privateEndpoint: true, vnetName: 'v', subnetName: 's', mountPermissions: '0777', tags: { team: 'vision' },
  })],
  ['Azure Blob, NFS', AzureBlob.container({ protocol: AzureBlobProtocol.NFS, hierarchicalNamespace: true, premium: true })],
  ['NFS', NfsCsi.share({
    server: 'nfs.example.com', share: '/export', subDir: '${pvc.metadata.name}', onDelete: NfsOnDelete.ARCHIVE, mountPermissions: '0770',
    mountOptionsSecret: SECRET,
  })],
  ['Rook, RBD', RookCeph.blockPool({
    pool: 'p', dataPool: 'd', imageFeatures: [RbdFeature.LAYERING], mounter: RbdMounter.KERNEL, mapOptions: ['a'], unmapOptions: ['b'],
    mkfsOptions: '-m0', stripeUnit: Size.kibibytes(64), stripeCount: 2, objectSize: Size.mebibytes(4), encrypted: true, encryptionKmsId: 'vault',
    volumeNamePrefix: 'ml-',
  })],
  ['Rook, CephFS', RookCeph.fileSystem({
    fsName: 'f', pool: 'p', mounter: CephFsMounter.KERNEL, kernelMountOptions: ['a'], fuseMountOptions: ['b'], backingSnapshot: true,
    encryptionKmsId: 'vault', volumeNamePrefix: 'ml-',
  })],
  ['ceph-csi', CephCsi.blockPool({ clusterId: 'c', pool: 'p', secret: SECRET })],
  ['local-path', LocalVolumes.localPath({
    nodePath: '/opt/data', pathPattern: '{{ .PVC.Namespace }}/{{ .PVC.Name }}', allowUnsafePathPattern: false,
    nodeAffinityKey: 'kubernetes.io/hostname', userPattern: '1000', groupPattern: '1000', permPattern: '0770',
  })],
  ['TopoLVM', TopoLvm.deviceClass({ deviceClass: 'nvme', lvcreateOptionClass: 'striped' })],
  ['TopoLVM, former name', TopoLvm.deviceClass({ deviceClass: 'nvme', lvcreateOptionClass: 'striped', legacyName: true })],
  ['Longhorn', Longhorn.volumes({
    replicas: 1, staleReplicaTimeout: Duration.minutes(30), dataLocality: LonghornDataLocality.STRICT_LOCAL, encryptionSecret: SECRET,
    migratable: true, diskTags: ['nvme'], nodeTags: ['gpu'], dataEngine: LonghornDataEngine.V1, replicaAutoBalance: LonghornAutoBalance.DISABLED,
    strictTopology: true,
  })],
  ['JuiceFS', JuiceFs.volumes({
    secret: SECRET, pathPattern: '${.PVC.name}', mountServiceAccount: 'j', mountCpuRequest: '500m', mountCpuLimit: '1.5', mountMemoryRequest: '1Gi',
    mountMemoryLimit: '5Gi',
  })],
];
