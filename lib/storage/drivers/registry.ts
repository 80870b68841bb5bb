import { AWS_EBS, AWS_EBS_AUTO_MODE } from './aws/aws-ebs-facts';
import { AWS_EFS } from './aws/aws-efs-facts';
import { AWS_FSX_LUSTRE } from './aws/aws-fsx-lustre-facts';
import { AWS_MOUNTPOINT_S3 } from './aws/aws-mountpoint-s3-facts';
import { AZURE_BLOB } from './azure/azure-blob-facts';
import { AZURE_DISK } from './azure/azure-disk-facts';
import { AZURE_FILES } from './azure/azure-files-facts';
import { CEPH_FS, CEPH_RBD } from './ceph/ceph-facts';
import type { DriverFacts } from './driver-facts';
import { GCP_FILESTORE } from './google/gcp-filestore-facts';
import { GCP_PD } from './google/gcp-persistent-disk-facts';
import { GCP_GCS_FUSE } from './google/gcs-fuse-facts';
import { JUICEFS } from './clusters/juicefs';
import { LOCAL_PATH, LOCAL_STATIC } from './clusters/local';
import { LONGHORN } from './clusters/longhorn-facts';
import { NFS_CSI, NFS_IN_TREE } from './clusters/nfs';
import { TOPOLVM } from './clusters/topolvm';

/** Every driver of the library. */
export const DRIVERS: readonly DriverFacts[] = [
  AWS_EBS, AWS_EBS_AUTO_MODE, AWS_EFS, AWS_FSX_LUSTRE, AWS_MOUNTPOINT_S3, AZURE_BLOB, AZURE_DISK, AZURE_FILES, CEPH_FS, CEPH_RBD,
  GCP_FILESTORE, GCP_GCS_FUSE, GCP_PD, JUICEFS, LOCAL_PATH, LOCAL_STATIC, LONGHORN, NFS_CSI, NFS_IN_TREE, TOPOLVM,
];

/** The drivers that `can`, by what a tier of theirs is made with, for the fix of a driver that cannot. */
export function driversThat(can: (driver: DriverFacts) => boolean): string {
  return [...new Set(DRIVERS.filter(can).map(({ provisioner, madeBy }) => madeBy ?? provisioner))].join(', ');
}
