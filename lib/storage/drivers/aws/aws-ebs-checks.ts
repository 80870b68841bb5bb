import type { ProblemSink } from '../../../findings/collector';
import type { AwsEbsFormat, AwsEbsProvisionedProps } from './aws-ebs-props';
import { checkSwitch } from '../checks';
import { FsType } from '../fs-type';
import { checkWhole } from '../whole-number';

const TAGGING_LINK = 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md';

/** A key is for encrypted volumes. */
export function checkKey(encrypted: boolean, kmsKeyId: string | undefined, link: string, sink: ProblemSink): void {
  if (kmsKeyId === undefined || encrypted) return;
  sink.error({
    ruleId: 'driver/kms-without-encrypted',
    path: 'kmsKeyId',
    expected: 'encrypted volumes: EC2 refuses a key for others',
    found: `${JSON.stringify(kmsKeyId)} with encrypted false`,
    fix: 'leave `encrypted` out, or `kmsKeyId`',
    link,
  });
}

/** The two switches say how IOPS for each GiB are counted. */
export function checkIopsSwitches(props: AwsEbsProvisionedProps, link: string, sink: ProblemSink): void {
  for (const path of ['allowAutoIopsPerGiBIncrease', 'allowAutoIopsIncreaseOnModify'] as const) {
    checkSwitch(path, props[path], link, sink);
    if (!props[path] || props.iopsPerGiB !== undefined) continue;
    sink.error({
      ruleId: 'driver/iops-switch', path, expected: '`iopsPerGiB` beside it: IOPS that are given as a number stay', found: 'none',
      fix: `set \`iopsPerGiB\`, or leave \`${path}\` out`, link,
    });
  }
}

const EXT4_ONLY = ['bytesPerInode', 'numberOfInodes', 'bigAlloc', 'clusterSize', 'encryption'] as const;

/** Options of a file system must be options of this one. */
export function checkFormat(format: AwsEbsFormat, fsType: FsType, link: string, sink: ProblemSink): void {
  for (const path of ['blockSize', 'inodeSize', 'bytesPerInode', 'numberOfInodes', 'clusterSize'] as const) {
    checkWhole(format[path], { path: `format.${path}`, min: 1, link }, sink);
  }
  for (const path of ['bigAlloc', 'encryption'] as const) checkSwitch(`format.${path}`, format[path], link, sink);
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/format', path: `format.${path}`, expected, found, fix, link });
  for (const path of EXT4_ONLY) {
    if (format[path] === undefined || fsType === FsType.EXT4) continue;
    error(path, 'ext4: the driver refuses it for other file systems', fsType, `leave \`${path}\` out, or use FsType.EXT4`);
  }
  if (format.clusterSize !== undefined && !format.bigAlloc) {
    error('clusterSize', '`bigAlloc` beside it', 'none', 'set `bigAlloc` to true, or leave `clusterSize` out');
  }
}

const MAX_TAGS = 50;
const RESERVED_TAGS = ['CSIVolumeName', 'CSIVolumeSnapshotName', 'ebs.csi.aws.com/cluster'];
const RESERVED_TAG_PREFIXES = ['aws:', 'kubernetes.io'];

/** Tags as EC2 and the driver take them. */
export function checkTags(tags: Readonly<Record<string, string>>, sink: ProblemSink): void {
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/tags', path, expected, found, fix, link: TAGGING_LINK });
  const count = Object.keys(tags).length;
  if (count > MAX_TAGS) error('tags', `at most ${MAX_TAGS} tags`, String(count), 'leave some tags out');
  for (const [key, value] of Object.entries(tags)) {
    const path = `tags['${key}']`;
    if (key.length < 1 || key.length > 128 || key.includes('=')) {
      error(path, 'a key of 1 to 128 characters without `=`, at which the driver splits', JSON.stringify(key), 'rename the tag');
    }
    if (RESERVED_TAGS.includes(key) || RESERVED_TAG_PREFIXES.some(prefix => key.startsWith(prefix))) {
      error(path, `none of ${RESERVED_TAGS.join(', ')} and no key that starts with ${RESERVED_TAG_PREFIXES.join(' or ')}`,
        JSON.stringify(key), 'rename the tag');
    }
    if (value.length > 256) error(path, 'a value of at most 256 characters', `${value.length} characters`, 'use a shorter value');
  }
}

/** Older than everything beside it, and dearer for what it does. */
export function warnOfMagnetic(link: string, sink: ProblemSink): void {
  sink.warn({
    ruleId: 'driver/previous-generation',
    path: 'type',
    expected: 'a volume type of today: AWS keeps `standard` for old volumes',
    found: 'AwsEbs.magnetic()',
    fix: 'use AwsEbs.sc1() for what is rarely read, AwsEbs.gp3() for the rest',
    link,
  });
}
