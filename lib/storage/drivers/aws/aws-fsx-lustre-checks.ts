import type { ProblemSink } from '../../../findings/collector';
import { DAILY, FSX_LINK, WEEKLY } from './aws-fsx-lustre-facts';
import type { AwsFsxLustreLinkedProps, AwsFsxLustrePersistent1HddProps, AwsFsxLustrePersistent2SsdProps } from './aws-fsx-lustre-props';
import { AwsFsxAutoImport, AwsFsxLustreVersion, AwsFsxMetadataMode } from './aws-fsx-lustre-props';
import { checkOneOf, checkShape, checkSwitch } from '../checks';
import { checkWhole } from '../whole-number';

const CONFIGURATION_LINK = 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreConfiguration.html';
const METADATA_LINK = 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemLustreMetadataConfiguration.html';

/** All that any deployment type takes: plain JavaScript may pass any of it to any. */
export type LustreProps = AwsFsxLustreLinkedProps & Partial<AwsFsxLustrePersistent1HddProps> & Partial<AwsFsxLustrePersistent2SsdProps>;

/** What a deployment type has, beyond what all have. */
export interface Deployment {
  /** `deploymentType`, in messages too. */
  readonly name: 'SCRATCH_1' | 'SCRATCH_2' | 'PERSISTENT_1' | 'PERSISTENT_2';
  readonly storage?: 'SSD' | 'HDD';
  /** MB a second for each TiB that it is sold with; scratch has none. */
  readonly throughputs?: readonly number[];
}

/** Holds the props against what AWS takes for the deployment type. The driver itself passes anything on, or drops it. */
export function checkLustre(deployment: Deployment, props: LustreProps, sink: ProblemSink): void {
  checkNetwork(props, sink);
  checkSwitch('compression', props.compression, FSX_LINK, sink);
  checkShape(props.weeklyMaintenanceStartTime, {
    ruleId: 'driver/fsx-time', path: 'weeklyMaintenanceStartTime', pattern: WEEKLY, expected: 'a day from 1 to 7 and a time, `d:HH:MM`',
    example: '7:09:00', link: CONFIGURATION_LINK,
  }, sink);
  checkOneOf('version', props.version, AwsFsxLustreVersion, FSX_LINK, sink);
  if (deployment.name === 'PERSISTENT_2' && props.version === AwsFsxLustreVersion.V2_10) {
    sink.error({
      ruleId: 'driver/fsx-version', path: 'version', expected: '2.12 or newer (PERSISTENT_2)', found: '2.10', fix: 'use AwsFsxLustreVersion.V2_15',
      link: 'https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystem.html',
    });
  }
  checkBelonging(deployment, props, sink);
  checkThroughput(deployment, props.perUnitStorageThroughput, sink);
  checkBackups(props, sink);
  checkBucket(props, sink);
  checkMetadata(props, sink);
  checkTags(props.tags ?? {}, sink);
}

/** The driver splits its text at `,` and `=`. */
function checkTags(tags: Readonly<Record<string, string>>, sink: ProblemSink): void {
  for (const [key, value] of Object.entries(tags)) {
    if (/^[^=,]{1,128}$/.test(key) && /^[^=,]{0,256}$/.test(value)) continue;
    sink.error({
      ruleId: 'driver/tags', path: `tags['${key}']`, expected: 'a key of 1 to 128 characters and a value of up to 256, both without `=` and `,`',
      found: JSON.stringify(`${key}=${value}`), fix: 'rename the tag', link: FSX_LINK,
    });
  }
}

function checkNetwork({ subnetId, securityGroupIds = [] }: LustreProps, sink: ProblemSink): void {
  checkShape(subnetId ?? '', {
    ruleId: 'driver/fsx-network', path: 'subnetId', pattern: /^subnet-[0-9a-f]{8,40}$/, expected: 'the id of a subnet: `subnet-` and hexadecimal digits',
    example: 'subnet-0123456789abcdef0', link: FSX_LINK,
  }, sink);
  securityGroupIds.forEach((id, index) => checkShape(id, {
    ruleId: 'driver/fsx-network', path: `securityGroupIds[${index}]`, pattern: /^sg-[0-9a-f]{8,40}$/,
    expected: 'the id of a security group: `sg-` and hexadecimal digits', example: 'sg-0123456789abcdef0', link: FSX_LINK,
  }, sink));
}

const PERSISTENT = ['kmsKeyId', 'automaticBackupRetentionDays', 'dailyAutomaticBackupStartTime', 'copyTagsToBackups'] as const;
const OWNERS: readonly [props: readonly (keyof LustreProps)[], has: (deployment: Deployment) => boolean, owner: string][] = [
  [PERSISTENT, one => one.throughputs !== undefined, 'a PERSISTENT deployment type'],
  [['readCache'], one => one.storage === 'HDD', 'PERSISTENT_1 on HDD'],
  [['metadataMode', 'metadataIops', 'efa'], one => one.name === 'PERSISTENT_2', 'PERSISTENT_2'],
  [['s3ImportPath', 's3ExportPath', 'autoImport'], one => one.name !== 'PERSISTENT_2', 'a scratch or PERSISTENT_1 deployment type'],
];

function checkBelonging(deployment: Deployment, props: LustreProps, sink: ProblemSink): void {
  for (const [paths, has, owner] of OWNERS) {
    for (const path of paths) {
      if (props[path] === undefined || has(deployment)) continue;
      sink.error({
        ruleId: 'driver/fsx-deployment', path, expected: owner, found: titleOf(deployment), fix: `leave \`${path}\` out, or use ${owner}`, link: CONFIGURATION_LINK,
      });
    }
  }
}

function checkThroughput(deployment: Deployment, asked: number | undefined, sink: ProblemSink): void {
  const { throughputs } = deployment;
  if (throughputs ? throughputs.includes(asked as number) : asked === undefined) return;
  sink.error({
    ruleId: 'driver/fsx-throughput',
    path: 'perUnitStorageThroughput',
    expected: throughputs ? `one of ${throughputs.join(', ')} MB/s for each TiB (${titleOf(deployment)})` : `no \`perUnitStorageThroughput\` (${titleOf(deployment)})`,
    found: asked === undefined ? 'none' : JSON.stringify(asked),
    fix: throughputs ? `use ${nearest(throughputs, asked)}` : 'leave `perUnitStorageThroughput` out, or use a PERSISTENT deployment type',
    link: CONFIGURATION_LINK,
  });
}

function titleOf({ name, storage }: Deployment): string {
  return storage ? `${name} on ${storage}` : name;
}

/** The smallest value that gives what was asked for. */
function nearest(values: readonly number[], asked: number | undefined): number {
  return values.find(value => value >= (Number(asked) || 0)) ?? values[values.length - 1];
}

function checkBackups(props: LustreProps, sink: ProblemSink): void {
  const { automaticBackupRetentionDays: days, dailyAutomaticBackupStartTime: start } = props;
  checkWhole(days, { path: 'automaticBackupRetentionDays', min: 0, max: 35, unit: 'days', link: CONFIGURATION_LINK }, sink);
  checkSwitch('copyTagsToBackups', props.copyTagsToBackups, FSX_LINK, sink);
  checkShape(start, {
    ruleId: 'driver/fsx-time', path: 'dailyAutomaticBackupStartTime', pattern: DAILY, expected: 'a time of the day, `HH:MM`', example: '05:00', link: CONFIGURATION_LINK,
  }, sink);
  if (start !== undefined && !days) {
    sink.error({
      ruleId: 'driver/fsx-backup', path: 'dailyAutomaticBackupStartTime', expected: '`automaticBackupRetentionDays` above 0 beside it',
      found: days === undefined ? 'none' : String(days), fix: 'set `automaticBackupRetentionDays`, or leave the time out', link: CONFIGURATION_LINK,
    });
  }
}

function checkBucket({ s3ImportPath: from, s3ExportPath: to, autoImport }: LustreProps, sink: ProblemSink): void {
  const link = 'https://github.com/kubernetes-sigs/aws-fsx-csi-driver/blob/master/examples/kubernetes/dynamic_provisioning_s3/README.md';
  for (const [path, value] of [['s3ImportPath', from], ['s3ExportPath', to]] as const) {
    checkShape(value, {
      ruleId: 'driver/fsx-bucket', path, pattern: /^s3:\/\/[^/\s]+(\/\S*)?$/, expected: 'a bucket, or a prefix in it', example: 's3://acme-datasets/imagenet', link,
    }, sink);
  }
  checkOneOf('autoImport', autoImport, AwsFsxAutoImport, link, sink);
  for (const [path, value] of [['s3ExportPath', to], ['autoImport', autoImport]] as const) {
    if (value === undefined || from !== undefined) continue;
    sink.error({
      ruleId: 'driver/fsx-bucket', path, expected: '`s3ImportPath` beside it', found: 'none', fix: `set \`s3ImportPath\`, or leave \`${path}\` out`, link,
    });
  }
  if (from !== undefined && to !== undefined && bucketOf(from) !== bucketOf(to)) {
    sink.error({
      ruleId: 'driver/fsx-bucket', path: 's3ExportPath', expected: `the bucket of \`s3ImportPath\`, ${bucketOf(from)}`, found: bucketOf(to),
      fix: `use s3://${bucketOf(from)}/ and a prefix`, link,
    });
  }
}

function bucketOf(uri: string): string {
  return uri.replace(/^s3:\/\//, '').split('/')[0];
}

function checkMetadata({ metadataMode: mode, metadataIops: iops, efa }: LustreProps, sink: ProblemSink): void {
  checkOneOf('metadataMode', mode, AwsFsxMetadataMode, METADATA_LINK, sink);
  checkSwitch('efa', efa, FSX_LINK, sink);
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/fsx-metadata', path, expected, found, fix, link: METADATA_LINK });
  if (iops !== undefined && ![1_500, 3_000, 6_000].includes(iops) && !(iops > 0 && iops <= 192_000 && iops % 12_000 === 0)) {
    error('metadataIops', '1500, 3000, 6000, or a multiple of 12000 up to 192000', JSON.stringify(iops), 'use 12000');
  }
  if (iops !== undefined && mode === AwsFsxMetadataMode.AUTOMATIC) {
    error('metadataIops', 'none with AUTOMATIC', String(iops), 'leave `metadataMode` out, or `metadataIops`');
  }
  if (iops === undefined && mode === AwsFsxMetadataMode.USER_PROVISIONED) {
    error('metadataIops', 'a number with USER_PROVISIONED', 'none', 'set `metadataIops`, or use AwsFsxMetadataMode.AUTOMATIC');
  }
}
