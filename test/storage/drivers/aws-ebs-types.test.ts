import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { classOf, errorsOf, sizeOf, untyped, warningsOf } from './tier-of';

test('every knob of the driver is carried, by its name', () => {
  const backend = AwsEbs.io2({
    iopsPerGiB: 100,
    allowAutoIopsPerGiBIncrease: true,
    allowAutoIopsIncreaseOnModify: false,
    volumeInitializationRate: 300,
    format: {
      blockSize: 4_096,
      inodeSize: 512,
      bytesPerInode: 8_192,
      numberOfInodes: 1_000_000,
      bigAlloc: true,
      clusterSize: 65_536,
      encryption: true,
    },
  });
  expect(classOf(backend).parameters).toEqual({
    'type': 'io2',
    'iopsPerGB': '100',
    'allowAutoIOPSPerGBIncrease': 'true',
    'allowAutoIOPSIncreaseOnModify': 'false',
    'encrypted': 'true',
    'csi.storage.k8s.io/fstype': 'ext4',
    'blockSize': '4096',
    'inodeSize': '512',
    'bytesPerInode': '8192',
    'numberOfInodes': '1000000',
    'ext4BigAlloc': 'true',
    'ext4ClusterSize': '65536',
    'ext4EncryptionSupport': 'true',
    'volumeInitializationRate': '300',
  });
  expect(warningsOf(backend)).toEqual([]);
});

test.each<[string, StorageBackend]>([
  ['the slowest warm-up', AwsEbs.gp3({ volumeInitializationRate: 100 })],
  ['sizes of blocks and inodes of xfs', AwsEbs.gp3({ fsType: FsType.XFS, format: { blockSize: 4_096, inodeSize: 512 } })],
  ['the most IOPS of io1', AwsEbs.io1({ iops: 64_000 })],
  ['the highest ratio of io1', AwsEbs.io1({ iopsPerGiB: 50 })],
  ['the highest ratio of io2', AwsEbs.io2({ iopsPerGiB: 1_000 })],
  ['the highest ratio of gp3', AwsEbs.gp3({ iopsPerGiB: 500 })],
])('%s is accepted', (_, backend) => {
  expect(errorsOf(backend)).toEqual([]);
  expect(warningsOf(backend)).toEqual([]);
});

test('IOPS for each GiB are counted for each claim', () => {
  const accepted = { errors: [], warnings: [] };
  expect(sizeOf(AwsEbs.io1({ iopsPerGiB: 10 }), Size.gibibytes(10))).toEqual(accepted);
  expect(sizeOf(AwsEbs.io1({ iopsPerGiB: 10, allowAutoIopsPerGiBIncrease: true }), Size.gibibytes(9))).toEqual(accepted);
  expect(sizeOf(AwsEbs.io1({ iopsPerGiB: 50 }), Size.gibibytes(1_280))).toEqual(accepted);
  expect(sizeOf(AwsEbs.gp3({ iopsPerGiB: 500 }), Size.gibibytes(160))).toEqual(accepted);
});

test('magnetic volumes go by the name of the driver', () => {
  expect(classOf(AwsEbs.magnetic()).parameters).toEqual({ 'type': 'standard', 'encrypted': 'true', 'csi.storage.k8s.io/fstype': 'ext4' });
});

test.each<[string, StorageBackend, string[]]>([
  ['gp2: iops 300', AwsEbs.gp2(untyped({ iops: 300 })), ['driver/iops-not-settable | backend.iops: expected no `iops`: it follows the size, only gp3, io1 and io2 take them (gp2), found 300 | leave `iops` out']],
  ['gp2: iopsPerGiB 3', AwsEbs.gp2(untyped({ iopsPerGiB: 3 })), ['driver/iops-not-settable | backend.iopsPerGiB: expected no `iopsPerGiB`: it follows the size, only gp3, io1 and io2 take them (gp2), found 3 | leave `iopsPerGiB` out']],
  ['gp2: throughput 250', AwsEbs.gp2(untyped({ throughput: 250 })), ['driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the size, only gp3 takes one (gp2), found 250 | leave `throughput` out']],
  ['io1: iops none', AwsEbs.io1({}), ['driver/iops-missing | backend.iops: expected IOPS from 100 to 64000 (io1), found none | set `iops`: io1 has no default']],
  ['io1: iops 99', AwsEbs.io1({ iops: 99 }), ['driver/iops-under-limit | backend.iops: expected at least 100 IOPS (io1), found 99 | raise `iops` to 100']],
  ['io1: iops 64001', AwsEbs.io1({ iops: 64_001 }), ['driver/iops-over-limit | backend.iops: expected at most 64000 IOPS (io1), found 64001 | lower `iops` to 64000']],
  ['io1: iopsPerGiB 51', AwsEbs.io1({ iopsPerGiB: 51 }), ['driver/iops-ratio | backend.iopsPerGiB: expected at most 50 IOPS for each GiB (io1), found 51 | lower `iopsPerGiB` to 50: the driver would do so without a word']],
  ['io1: throughput 500', AwsEbs.io1(untyped({ iops: 100, throughput: 500 })), ['driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the IOPS, only gp3 takes one (io1), found 500 | leave `throughput` out']],
  ['io2: iopsPerGiB 1001', AwsEbs.io2({ iopsPerGiB: 1_001 }), ['driver/iops-ratio | backend.iopsPerGiB: expected at most 1000 IOPS for each GiB (io2), found 1001 | lower `iopsPerGiB` to 1000: the driver would do so without a word']],
  ['io2: iopsPerGiB iops 1000 and iopsPerGiB 10', AwsEbs.io2({ iops: 1_000, iopsPerGiB: 10 }), ['driver/iops-both | backend.iopsPerGiB: expected either `iops` or `iopsPerGiB`: the driver takes one of them, found iops 1000 and iopsPerGiB 10 | leave one of the two out']],
  ['gp3: iopsPerGiB 501', AwsEbs.gp3({ iopsPerGiB: 501 }), ['driver/iops-ratio | backend.iopsPerGiB: expected at most 500 IOPS for each GiB (gp3), found 501 | lower `iopsPerGiB` to 500: the driver would do so without a word']],
  ['gp3: iopsPerGiB 0', AwsEbs.gp3({ iopsPerGiB: 0 }), ['driver/iops-not-an-integer | backend.iopsPerGiB: expected a whole number of IOPS for each GiB, 1 or more (gp3), found 0 | round `iopsPerGiB`']],
  ['gp3: iopsPerGiB 2.5', AwsEbs.gp3({ iopsPerGiB: 2.5 }), ['driver/iops-not-an-integer | backend.iopsPerGiB: expected a whole number of IOPS for each GiB, 1 or more (gp3), found 2.5 | round `iopsPerGiB`']],
  ['gp3: allowAutoIopsPerGiBIncrease none', AwsEbs.gp3({ allowAutoIopsPerGiBIncrease: true }), ['driver/iops-switch | backend.allowAutoIopsPerGiBIncrease: expected `iopsPerGiB` beside it: IOPS that are given as a number stay, found none | set `iopsPerGiB`, or leave `allowAutoIopsPerGiBIncrease` out']],
  ['io2: allowAutoIopsIncreaseOnModify none', AwsEbs.io2({ iops: 1_000, allowAutoIopsIncreaseOnModify: true }), ['driver/iops-switch | backend.allowAutoIopsIncreaseOnModify: expected `iopsPerGiB` beside it: IOPS that are given as a number stay, found none | set `iopsPerGiB`, or leave `allowAutoIopsIncreaseOnModify` out']],
  ['sc1: iops 250', AwsEbs.sc1(untyped({ iops: 250 })), ['driver/iops-not-settable | backend.iops: expected no `iops`: it follows the size, only gp3, io1 and io2 take them (sc1), found 250 | leave `iops` out']],
  ['magnetic: iops 100', AwsEbs.magnetic(untyped({ iops: 100, throughput: 40 })), [
    'driver/iops-not-settable | backend.iops: expected no `iops`: it cannot be asked for (standard), found 100 | leave `iops` out',
    'driver/throughput-not-settable | backend.throughput: expected no `throughput`: it cannot be asked for (standard), found 40 | leave `throughput` out',
  ]],
  ['gp3: volumeInitializationRate 99', AwsEbs.gp3({ volumeInitializationRate: 99 }), ['driver/number | backend.volumeInitializationRate: expected a whole number of MiB/s, 100 to 300, found 99 | set `volumeInitializationRate` to 100, or leave it out']],
  ['gp3: volumeInitializationRate 301', AwsEbs.gp3({ volumeInitializationRate: 301 }), ['driver/number | backend.volumeInitializationRate: expected a whole number of MiB/s, 100 to 300, found 301 | set `volumeInitializationRate` to 300, or leave it out']],
  ['gp3: format.bytesPerInode xfs', AwsEbs.gp3({ fsType: FsType.XFS, format: { bytesPerInode: 4_096 } }), ['driver/format | backend.format.bytesPerInode: expected ext4: the driver refuses it for other file systems, found xfs | leave `bytesPerInode` out, or use FsType.EXT4']],
  ['gp3: format.bigAlloc xfs', AwsEbs.gp3({ fsType: FsType.XFS, format: { bigAlloc: true } }), ['driver/format | backend.format.bigAlloc: expected ext4: the driver refuses it for other file systems, found xfs | leave `bigAlloc` out, or use FsType.EXT4']],
  ['gp3: format.clusterSize none', AwsEbs.gp3({ format: { clusterSize: 16_384 } }), ['driver/format | backend.format.clusterSize: expected `bigAlloc` beside it, found none | set `bigAlloc` to true, or leave `clusterSize` out']],
  ['gp3: format.blockSize 0', AwsEbs.gp3({ format: { blockSize: 0 } }), ['driver/number | backend.format.blockSize: expected a whole number, 1 or more, found 0 | set `format.blockSize` to 1, or leave it out']],
  ['gp3: format.encryption "yes"', AwsEbs.gp3({ format: untyped({ encryption: 'yes' }) }), ['driver/value | backend.format.encryption: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `format.encryption` to true or false']],
])('%s is refused', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual(lines);
});

test.each<[string, StorageBackend, string[]]>([
  ['magnetic: type AwsEbs.magnetic()', AwsEbs.magnetic(), ['driver/previous-generation | backend.type: expected a volume type of today: AWS keeps `standard` for old volumes, found AwsEbs.magnetic() | use AwsEbs.sc1() for what is rarely read, AwsEbs.gp3() for the rest']],
])('%s is warned of', (_, backend, lines) => {
  expect(errorsOf(backend)).toEqual([]);
  expect(warningsOf(backend)).toEqual(lines);
});

test.each<[string, StorageBackend, number, string[]]>([
  ['io1 of 99 GiB', AwsEbs.io1({ iops: 5_000 }), 99, ['driver/iops-ratio | size: expected at least 100Gi for 5000 IOPS (io1 gives 50 IOPS for each GiB), found 99Gi | use Size.gibibytes(100), or lower `iops` of the tier to 4950']],
  ['io1 of 9 GiB', AwsEbs.io1({ iopsPerGiB: 10 }), 9, ['driver/iops-under-limit | size: expected at least 100 IOPS (io1): 10 for each GiB of the claim, found 90 IOPS with 9Gi | use Size.gibibytes(10), or set `allowAutoIopsPerGiBIncrease` of the tier']],
  ['gp3 of 5 GiB', AwsEbs.gp3({ iopsPerGiB: 500 }), 5, ['driver/iops-under-limit | size: expected at least 3000 IOPS (gp3): 500 for each GiB of the claim, found 2500 IOPS with 5Gi | use Size.gibibytes(6), or set `allowAutoIopsPerGiBIncrease` of the tier']],
  ['gp2 of 16385 GiB', AwsEbs.gp2(), 16_385, ['driver/size-over-max | size: expected at most 16Ti (gp2), found 16385Gi | use Size.gibibytes(16384) or less, or another volume type']],
  ['io1 of 3 GiB', AwsEbs.io1({ iops: 100 }), 3, ['driver/size-under-min | size: expected at least 4Gi (io1), found 3Gi | use Size.gibibytes(4), or another volume type']],
  ['sc1 of 124 GiB', AwsEbs.sc1(), 124, ['driver/size-under-min | size: expected at least 125Gi (sc1), found 124Gi | use Size.gibibytes(125), or another volume type']],
  ['sc1 of 16385 GiB', AwsEbs.sc1(), 16_385, ['driver/size-over-max | size: expected at most 16Ti (sc1), found 16385Gi | use Size.gibibytes(16384) or less, or another volume type']],
  ['magnetic of 1025 GiB', AwsEbs.magnetic(), 1_025, ['driver/size-over-max | size: expected at most 1Ti (standard), found 1025Gi | use Size.gibibytes(1024) or less, or another volume type']],
])('a claim for %s is refused', (_, backend, gib, errors) => {
  expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors, warnings: [] });
});

test.each<[string, StorageBackend, number, string[]]>([
  ['io1 of 1281 GiB', AwsEbs.io1({ iopsPerGiB: 50 }), 1_281, ['driver/iops-over-limit | size: expected at most 64000 IOPS (io1): 50 for each GiB of the claim, and what is above is cut off without a word, found 64050 IOPS with 1281Gi | use Size.gibibytes(1280) or less, or count on 64000 IOPS']],
  ['io2 of 257 GiB', AwsEbs.io2({ iopsPerGiB: 1_000 }), 257, ['driver/iops-over-limit | size: expected at most 256000 IOPS (io2): 1000 for each GiB of the claim, and what is above is cut off without a word, found 257000 IOPS with 257Gi | use Size.gibibytes(256) or less, or count on 256000 IOPS']],
  ['gp3 of 161 GiB', AwsEbs.gp3({ iopsPerGiB: 500 }), 161, ['driver/iops-over-limit | size: expected at most 80000 IOPS (gp3): 500 for each GiB of the claim, and what is above is cut off without a word, found 80500 IOPS with 161Gi | use Size.gibibytes(160) or less, or count on 80000 IOPS']],
])('a claim for %s is warned of', (_, backend, gib, warnings) => {
  expect(sizeOf(backend, Size.gibibytes(gib))).toEqual({ errors: [], warnings });
});
