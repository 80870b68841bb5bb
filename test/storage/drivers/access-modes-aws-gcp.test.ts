import { expect, test } from 'vitest';
import { conditionsFor, modesFor } from '../../../lib/storage/claims/access';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import { AWS_EFS } from '../../../lib/storage/drivers/aws/aws-efs-facts';
import { AWS_FSX_LUSTRE } from '../../../lib/storage/drivers/aws/aws-fsx-lustre-facts';
import { AWS_MOUNTPOINT_S3 } from '../../../lib/storage/drivers/aws/aws-mountpoint-s3-facts';
import type { AccessMode, ClaimSource, VolumeMode } from '../../../lib/storage/drivers/driver-facts';
import { GCP_FILESTORE } from '../../../lib/storage/drivers/google/gcp-filestore-facts';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import { GCP_GCS_FUSE } from '../../../lib/storage/drivers/google/gcs-fuse-facts';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';

const ONE: AccessMode[] = ['ReadWriteOnce', 'ReadWriteOncePod'];

function modesOf({ _driver, parameters }: StorageBackend, volumeMode: VolumeMode, source?: ClaimSource): AccessMode[] {
  return modesFor(_driver, { volumeMode, parameters, source });
}

test('EBS shares raw devices of io2, and nothing else', () => {
  expect(modesOf(AwsEbs.io2({ iops: 1_000 }), 'Block')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(AwsEbs.io2({ iops: 1_000, autoMode: true }), 'Block')).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesOf(AwsEbs.io2({ iops: 1_000 }), 'Filesystem')).toEqual(ONE);
  for (const backend of [AwsEbs.gp3(), AwsEbs.gp2(), AwsEbs.io1({ iops: 100 }), AwsEbs.st1(), AwsEbs.sc1(), AwsEbs.magnetic()]) {
    expect(modesOf(backend, 'Block')).toEqual(ONE);
    expect(modesOf(backend, 'Filesystem', 'VolumeSnapshot')).toEqual(ONE);
  }
  expect(conditionsFor(AwsEbs.gp3()._driver, 'ReadWriteMany', 'Block')).toEqual(['type io2 (AwsEbs.io2())']);
});

test('a disk of Compute Engine is read by many when it is filled from something', () => {
  for (const volumeMode of ['Filesystem', 'Block'] as const) {
    const disks = [
      GcpPersistentDisk.standard(), GcpPersistentDisk.ssd({ regional: true }), GcpPersistentDisk.extreme(),
      GcpPersistentDisk.hyperdiskBalanced(),
    ];
    for (const backend of disks) {
      expect(modesOf(backend, volumeMode)).not.toContain('ReadOnlyMany');
      expect(modesOf(backend, volumeMode, 'VolumeSnapshot')).toContain('ReadOnlyMany');
      expect(modesOf(backend, volumeMode, 'PersistentVolumeClaim')).toContain('ReadOnlyMany');
    }
  }
});

test('hyperdisk-ml is read by many even when it is empty', () => {
  expect(modesOf(GcpPersistentDisk.hyperdiskMl(), 'Filesystem')).toEqual([...ONE, 'ReadOnlyMany']);
  expect(modesOf(GcpPersistentDisk.hyperdiskMl(), 'Block')).toEqual([...ONE, 'ReadOnlyMany']);
});

test('three types of Hyperdisk are never read by many', () => {
  const never = [
    GcpPersistentDisk.hyperdiskBalancedHighAvailability(), GcpPersistentDisk.hyperdiskThroughput(), GcpPersistentDisk.hyperdiskExtreme(),
  ];
  for (const backend of never) {
    expect(modesOf(backend, 'Filesystem', 'VolumeSnapshot')).toEqual(ONE);
    expect(modesOf(backend, 'Block', 'PersistentVolumeClaim')).not.toContain('ReadOnlyMany');
  }
});

test('raw devices of some types are written by many, file systems never', () => {
  const shared = [
    GcpPersistentDisk.balanced(), GcpPersistentDisk.ssd(), GcpPersistentDisk.hyperdiskBalanced(),
    GcpPersistentDisk.hyperdiskBalancedHighAvailability(),
  ];
  for (const backend of shared) {
    expect(modesOf(backend, 'Block')).toEqual([...ONE, 'ReadWriteMany']);
    expect(modesOf(backend, 'Filesystem')).toEqual(ONE);
  }
  const single = [
    GcpPersistentDisk.standard(), GcpPersistentDisk.extreme(), GcpPersistentDisk.hyperdiskExtreme(),
    GcpPersistentDisk.hyperdiskThroughput(),
  ];
  for (const backend of single) expect(modesOf(backend, 'Block')).toEqual(ONE);
});

test('file systems and buckets are shared, and have no raw devices', () => {
  const none = { volumeMode: 'Filesystem', parameters: {} } as const;
  expect(modesFor(AWS_EFS, none)).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesFor(AWS_FSX_LUSTRE, none)).toEqual([...ONE, 'ReadWriteMany']);
  expect(modesFor(AWS_MOUNTPOINT_S3, none)).toEqual(['ReadOnlyMany', 'ReadWriteMany']);
  expect(modesFor(GCP_FILESTORE, none)).toEqual([...ONE, 'ReadOnlyMany', 'ReadWriteMany']);
  expect(modesFor(GCP_GCS_FUSE, none)).toEqual(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany']);
  for (const driver of [AWS_EFS, AWS_FSX_LUSTRE, AWS_MOUNTPOINT_S3, GCP_FILESTORE, GCP_GCS_FUSE]) {
    expect(modesFor(driver, { volumeMode: 'Block', parameters: {} })).toEqual([]);
  }
});
