import type { ProblemSink } from '../../../findings/collector';
import { bytesOf, MIB, quantityOf } from '../../../private/quantity';
import { S3_LINK } from './aws-mountpoint-s3-facts';
import type { MountpointS3Props } from './aws-mountpoint-s3-props';
import { checkShape, checkSwitch } from '../checks';
import { checkWhole } from '../whole-number';

const CACHING_LINK = 'https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CACHING.md';
const REGION = { pattern: /^[a-z]{2,}(-[a-z0-9]+)+$/, expected: 'the name of a region', example: 'us-east-1', link: S3_LINK };
const QUANTITY = /^\d+(\.\d+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/;

/** Holds a bucket's mount against what Mountpoint and its driver take. */
export function checkMountpoint(bucket: string, props: MountpointS3Props, sink: ProblemSink): void {
  checkShape(bucket, {
    ruleId: 'driver/s3-bucket', path: 'bucket', pattern: /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|arn:[a-z-]+:s3[a-z-]*:\S+)$/,
    expected: 'the name of a bucket, 3 to 63 lower case letters, digits, `.` and `-`, or the ARN of one', example: 'acme-datasets', link: S3_LINK,
  }, sink);
  checkShape(props.region, { ...REGION, ruleId: 'driver/s3-region', path: 'region' }, sink);
  checkShape(props.stsRegion, { ...REGION, ruleId: 'driver/s3-region', path: 'stsRegion' }, sink);
  checkShape(props.prefix, {
    ruleId: 'driver/s3-prefix', path: 'prefix', pattern: /^[^/\s]\S*$/, expected: 'what keys start with: no `/` before it, no space in it', example: 'imagenet/train/', link: S3_LINK,
  }, sink);
  for (const path of ['readOnly', 'allowDelete', 'allowOverwrite', 'allowOther', 'incrementalUpload', 'podIdentity'] as const) {
    checkSwitch(path, props[path], S3_LINK, sink);
  }
  for (const path of ['uid', 'gid'] as const) checkWhole(props[path], { path, min: 0, link: S3_LINK }, sink);
  const ttl = props.metadataTtl?._value;
  if (ttl !== undefined && !['minimal', 'indefinite'].includes(ttl)) checkWhole(Number(ttl), { path: 'metadataTtl', min: 1, unit: 'seconds', link: CACHING_LINK }, sink);
  checkContradictions(props, sink);
  checkCache(props, sink);
  for (const [path, value] of Object.entries(props.resources ?? {})) {
    checkShape(value, {
      ruleId: 'driver/s3-resources', path: `resources.${path}`, pattern: QUANTITY, expected: 'a quantity', example: path.startsWith('cpu') ? '500m' : '2Gi', link: S3_LINK,
    }, sink);
  }
  (props.mountOptions ?? []).forEach((option, index) => checkOption(option, `mountOptions[${index}]`, sink));
}

function checkContradictions(props: MountpointS3Props, sink: ProblemSink): void {
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/s3-mount', path, expected, found, fix, link: S3_LINK });
  for (const path of ['allowDelete', 'allowOverwrite', 'incrementalUpload'] as const) {
    if (!props.readOnly || !props[path]) continue;
    error(path, 'false where `readOnly` is true', 'true', `leave \`${path}\` out, or \`readOnly\``);
  }
  if (props.stsRegion !== undefined && !props.podIdentity) {
    error('stsRegion', '`podIdentity` beside it', 'none', 'set `podIdentity` to true, or leave `stsRegion` out');
  }
}

function checkCache({ cache, maxCacheSize: most }: MountpointS3Props, sink: ProblemSink): void {
  if (most === undefined) return;
  const error = (expected: string, fix: string) =>
    sink.error({ ruleId: 'driver/s3-cache', path: 'maxCacheSize', expected, found: quantityOf(most), fix, link: CACHING_LINK });
  const room = cache?._emptyDir?.sizeLimit ?? cache?._volume?.size;
  if (!cache) error('a `cache` beside it', 'set `cache`, as MountpointS3Cache.emptyDir()');
  if (bytesOf(most) % MIB !== 0) error('whole MiB', 'use Size.mebibytes()');
  if (room && bytesOf(most) > bytesOf(room)) error(`at most ${quantityOf(room)}, the size of the cache`, 'lower it, or leave it out');
}

/** Options that the driver refuses, or that belong elsewhere. */
function checkOption(option: string, path: string, sink: ProblemSink): void {
  const error = (rule: string, expected: string, fix: string) =>
    sink.error({ ruleId: `driver/${rule}`, path, expected, found: JSON.stringify(option), fix, link: S3_LINK });
  const [name, value = ''] = option.trim().replace(/^--/, '').split(/[\s=]+/);
  if (/^-o\b/.test(option.trim())) {
    error('s3-option', 'no options of `mount -o`: Mountpoint refuses them', 'write each as an option of Mountpoint, as `allow-other`');
  } else if (name === 'ca-bundle') {
    error('s3-option', 'no ca-bundle: the driver refuses it', 'leave it out');
  } else if (name === 'prefix' && !value.endsWith('/')) {
    error('s3-prefix', 'a prefix that ends with `/`', `set \`prefix\` to ${JSON.stringify(value)}, which puts it there`);
  } else if (name === 'cache') {
    error('s3-option', 'no path of a cache: release 2 of the driver has no use for one', 'set `cache`, as MountpointS3Cache.emptyDir()');
  }
}
