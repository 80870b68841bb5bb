import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import type { AwsEbsGp3Props, AwsEbsIo2Props, AwsEbsProps } from '../../../lib/storage/drivers/aws/aws-ebs-props';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import { classOf, errorsOf, sizeOf, untyped, warningsOf } from './tier-of';

describe('gp3', () => {
  test('is encrypted, kept and made where its pod runs', () => {
    expect(classOf(AwsEbs.gp3())).toEqual({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'tier' },
      provisioner: 'ebs.csi.aws.com',
      parameters: { 'type': 'gp3', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
  });

  test('carries every option as a string', () => {
    const backend = AwsEbs.gp3({
      iops: 16_000,
      throughput: 1_000,
      kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/abcd',
      fsType: FsType.XFS,
      tags: { 'team': 'vision', 'claim': '{{ .PVCName }}' },
    });
    expect(classOf(backend).parameters).toEqual({
      'type': 'gp3',
      'iops': '16000',
      'throughput': '1000',
      'encrypted': 'true',
      'kmsKeyId': 'arn:aws:kms:eu-west-1:111122223333:key/abcd',
      'csi.storage.k8s.io/fstype': 'xfs',
      'tagSpecification_1': 'team=vision',
      'tagSpecification_2': 'claim={{ .PVCName }}',
    });
    expect(warningsOf(backend)).toEqual([]);
  });

  test('says no to encryption only when told to', () => {
    expect(classOf(AwsEbs.gp3({ encrypted: false })).parameters.encrypted).toBe('false');
  });

  test.each<[AwsEbsGp3Props, string]>([
    [{ iops: 80_001 }, 'driver/iops-over-limit | backend.iops: expected at most 80000 IOPS (gp3), found 80001 | lower `iops` to 80000'],
    [{ iops: 2_999 }, 'driver/iops-under-limit | backend.iops: expected at least 3000 IOPS (gp3), found 2999 | raise `iops` to 3000, or leave it out'],
    [{ iops: 3_000.5 }, 'driver/iops-not-an-integer | backend.iops: expected a whole number of IOPS (gp3), found 3000.5 | round `iops`'],
    [{ iops: NaN }, 'driver/iops-not-an-integer | backend.iops: expected a whole number of IOPS (gp3), found NaN | round `iops`'],
    [untyped({ iops: '4000' }), 'driver/iops-not-an-integer | backend.iops: expected a whole number of IOPS (gp3), found "4000" | round `iops`'],
    [{ iops: 80_000, throughput: 2_001 }, 'driver/throughput-over-limit | backend.throughput: expected at most 2000 MiB/s (gp3), found 2001 | lower `throughput` to 2000'],
    [{ throughput: 124 }, 'driver/throughput-under-limit | backend.throughput: expected at least 125 MiB/s (gp3), found 124 | raise `throughput` to 125, or leave it out'],
    [{ throughput: 751 }, 'driver/throughput-ratio | backend.throughput: expected at most 750 MiB/s with 3000 IOPS (gp3 gives 0.25 MiB/s for each of the IOPS), found 751 | raise `iops` to 3004, or lower `throughput` to 750'],
    [{ iops: 3_001, throughput: 1_000 }, 'driver/throughput-ratio | backend.throughput: expected at most 750 MiB/s with 3001 IOPS (gp3 gives 0.25 MiB/s for each of the IOPS), found 1000 | raise `iops` to 4000, or lower `throughput` to 750'],
    [{ encrypted: false, kmsKeyId: 'arn:aws:kms:::key/k' }, 'driver/kms-without-encrypted | backend.kmsKeyId: expected encrypted volumes: EC2 refuses a key for others, found "arn:aws:kms:::key/k" with encrypted false | leave `encrypted` out, or `kmsKeyId`'],
    [untyped({ encrypted: 'True' }), 'driver/value | backend.encrypted: expected true or false, not a text: drivers take other spellings for false, found "True" | set `encrypted` to true or false'],
    [untyped({ fsType: 'XFS' }), 'driver/value | backend.fsType: expected one of ext4, xfs, found "XFS" | use "xfs", or leave `fsType` out'],
    [{ tags: { 'a=b': 'c' } }, "driver/tags | backend.tags['a=b']: expected a key of 1 to 128 characters without `=`, at which the driver splits, found \"a=b\" | rename the tag"],
    [{ tags: { 'aws:x': 'c' } }, "driver/tags | backend.tags['aws:x']: expected none of CSIVolumeName, CSIVolumeSnapshotName, ebs.csi.aws.com/cluster and no key that starts with aws: or kubernetes.io, found \"aws:x\" | rename the tag"],
    [{ tags: { x: 'v'.repeat(257) } }, "driver/tags | backend.tags['x']: expected a value of at most 256 characters, found 257 characters | use a shorter value"],
    [{ tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, 'v'])) }, 'driver/tags | backend.tags: expected at most 50 tags, found 51 | leave some tags out'],
  ])('refuses %j', (props, line) => {
    expect(errorsOf(AwsEbs.gp3(props))).toEqual([line]);
  });

  test('an error points to the place where the limit was read', () => {
    expect(() => classOf(AwsEbs.gp3({ iops: 90_000 }))).toThrow('see: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html');
  });

  test('accepts every limit itself', () => {
    expect(errorsOf(AwsEbs.gp3({ iops: 80_000, throughput: 2_000 }))).toEqual([]);
    expect(errorsOf(AwsEbs.gp3({ iops: 3_000, throughput: 750 }))).toEqual([]);
    expect(errorsOf(AwsEbs.gp3({ tags: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`t${i}`, 'v'.repeat(256)])) }))).toEqual([]);
  });

  test('warns of performance that some regions do not have yet', () => {
    expect(warningsOf(AwsEbs.gp3({ iops: 16_001, throughput: 1_001 }))).toEqual([
      'driver/iops-over-older-limit | backend.iops: expected at most 16000 IOPS where the provider has not raised the limit yet (gp3), found 16001 | check that your region and machines offer more than 16000 IOPS, or lower `iops`',
      'driver/throughput-over-older-limit | backend.throughput: expected at most 1000 MiB/s where the provider has not raised the limit yet (gp3), found 1001 | check that your region and machines offer more than 1000 MiB/s, or lower `throughput`',
    ]);
  });

  test('holds claims against the sizes of the type and the IOPS', () => {
    expect(sizeOf(AwsEbs.gp3(), Size.gibibytes(1))).toEqual({ errors: [], warnings: [] });
    expect(sizeOf(AwsEbs.gp3(), Size.mebibytes(1_023)).errors).toEqual([
      'driver/size-under-min | size: expected at least 1Gi (gp3), found 1023Mi | use Size.gibibytes(1), or another volume type',
    ]);
    expect(sizeOf(AwsEbs.gp3(), Size.gibibytes(65_537))).toEqual({
      errors: ['driver/size-over-max | size: expected at most 64Ti (gp3), found 65537Gi | use Size.gibibytes(65536) or less, or another volume type'],
      warnings: [],
    });
    expect(sizeOf(AwsEbs.gp3(), Size.tebibytes(16))).toEqual({ errors: [], warnings: [] });
    expect(sizeOf(AwsEbs.gp3(), Size.tebibytes(17))).toEqual({
      errors: [],
      warnings: ['driver/size-over-older-limit | size: expected at most 16Ti where the provider has not raised the limit yet (gp3), found 17Ti | check that your region offers more, or use Size.gibibytes(16384) or less'],
    });
    expect(sizeOf(AwsEbs.gp3({ iops: 16_000 }), Size.gibibytes(32)).errors).toEqual([]);
    expect(sizeOf(AwsEbs.gp3({ iops: 16_000 }), Size.gibibytes(31)).errors).toEqual([
      'driver/iops-ratio | size: expected at least 32Gi for 16000 IOPS (gp3 gives 500 IOPS for each GiB), found 31Gi | use Size.gibibytes(32), or lower `iops` of the tier to 15500',
    ]);
    // every volume has these
    expect(sizeOf(AwsEbs.gp3({ iops: 3_000 }), Size.gibibytes(1)).errors).toEqual([]);
  });
});

describe('io2', () => {
  test('carries its IOPS', () => {
    expect(classOf(AwsEbs.io2({ iops: 64_000 })).parameters).toEqual({
      'type': 'io2', 'iops': '64000', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4',
    });
  });

  test.each<[AwsEbsIo2Props, string]>([
    [untyped({}), 'driver/iops-missing | backend.iops: expected IOPS from 100 to 256000 (io2), found none | set `iops`: io2 has no default'],
    [{ iops: 99 }, 'driver/iops-under-limit | backend.iops: expected at least 100 IOPS (io2), found 99 | raise `iops` to 100'],
    [{ iops: 256_001 }, 'driver/iops-over-limit | backend.iops: expected at most 256000 IOPS (io2), found 256001 | lower `iops` to 256000'],
    [untyped({ iops: 1_000, throughput: 500 }), 'driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the IOPS, only gp3 takes one (io2), found 500 | leave `throughput` out'],
  ])('refuses %j', (props, line) => {
    expect(errorsOf(AwsEbs.io2(props))).toEqual([line]);
  });

  test('has no throughput in its types', () => {
    // @ts-expect-error only gp3 takes a throughput
    AwsEbs.io2({ iops: 1_000, throughput: 500 });
  });

  test('holds claims against its sizes and 1000 IOPS for each GiB', () => {
    const backend = AwsEbs.io2({ iops: 64_000 });
    expect(sizeOf(backend, Size.gibibytes(64)).errors).toEqual([]);
    expect(sizeOf(backend, Size.gibibytes(63)).errors).toEqual([
      'driver/iops-ratio | size: expected at least 64Gi for 64000 IOPS (io2 gives 1000 IOPS for each GiB), found 63Gi | use Size.gibibytes(64), or lower `iops` of the tier to 63000',
    ]);
    expect(sizeOf(AwsEbs.io2({ iops: 100 }), Size.gibibytes(3)).errors).toEqual([
      'driver/size-under-min | size: expected at least 4Gi (io2), found 3Gi | use Size.gibibytes(4), or another volume type',
    ]);
    expect(sizeOf(AwsEbs.io2({ iops: 100 }), Size.tebibytes(65)).errors).toEqual([
      'driver/size-over-max | size: expected at most 64Ti (io2), found 65Ti | use Size.gibibytes(65536) or less, or another volume type',
    ]);
  });
});

describe('st1', () => {
  test('carries its type alone', () => {
    expect(classOf(AwsEbs.st1()).parameters).toEqual({ 'type': 'st1', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4' });
  });

  test('takes neither IOPS nor throughput', () => {
    // @ts-expect-error only gp3 takes a throughput
    AwsEbs.st1({ throughput: 500 });
    expect(errorsOf(AwsEbs.st1(untyped<AwsEbsProps>({ iops: 500, throughput: 500 })))).toEqual([
      'driver/iops-not-settable | backend.iops: expected no `iops`: it follows the size, only gp3, io1 and io2 take them (st1), found 500 | leave `iops` out',
      'driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the size, only gp3 takes one (st1), found 500 | leave `throughput` out',
    ]);
  });

  test('holds claims against its sizes', () => {
    expect(sizeOf(AwsEbs.st1(), Size.gibibytes(124)).errors).toEqual([
      'driver/size-under-min | size: expected at least 125Gi (st1), found 124Gi | use Size.gibibytes(125), or another volume type',
    ]);
    expect(sizeOf(AwsEbs.st1(), Size.tebibytes(17)).errors).toEqual([
      'driver/size-over-max | size: expected at most 16Ti (st1), found 17Ti | use Size.gibibytes(16384) or less, or another volume type',
    ]);
  });
});

describe('EKS Auto Mode', () => {
  test('has the same parameters under the name of the built-in driver', () => {
    const auto = classOf(AwsEbs.gp3({ autoMode: true }));
    expect(auto.provisioner).toBe('ebs.csi.eks.amazonaws.com');
    expect(auto.parameters).toEqual(classOf(AwsEbs.gp3()).parameters);
  });

  test('can keep pods on its nodes', () => {
    const props = { zones: ['eu-west-1a'], allowedTopologies: { 'eks.amazonaws.com/compute-type': ['auto'] } };
    expect(classOf(AwsEbs.gp3({ autoMode: true }), props).allowedTopologies).toEqual([{
      matchLabelExpressions: [
        { key: 'topology.kubernetes.io/zone', values: ['eu-west-1a'] },
        { key: 'eks.amazonaws.com/compute-type', values: ['auto'] },
      ],
    }]);
    expect(errorsOf(AwsEbs.gp3(), props)).toEqual([
      'driver/topology-key | allowedTopologies: expected a topology key of ebs.csi.aws.com: topology.kubernetes.io/zone, topology.ebs.csi.aws.com/zone, topology.k8s.aws/zone-id, topology.ebs.csi.aws.com/outpost-id, found eks.amazonaws.com/compute-type | use topology.kubernetes.io/zone, or `zones`',
    ]);
  });
});
