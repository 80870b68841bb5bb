import type { ProblemSink } from '../../../findings/collector';
import { EFS_PARAMETERS_LINK } from './aws-efs-facts';
import type { AwsAccessPointsProps, AwsEfsExistingProps } from './aws-efs-props';
import { checkShape, checkSwitch } from '../checks';
import { checkMountOptions, namesIn } from '../mount-options';

const HANDLE_LINK = 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/pkg/driver/node.go';
const REFS = ['fileSystemId', 'fileSystemIdConfigRef', 'fileSystemIdSecretRef'] as const;

const MAX_PATH = 100;
const MAX_SLASHES = 5;
/** `-` and the UUID that the driver adds to a pattern. */
const UNIQUE_SUFFIX = 37;
/** Shortest text that each variable can stand for: a volume is called `pvc-<UUID>`. */
const VARIABLES: Readonly<Record<string, string>> = {
  '${.PVC.name}': 'x',
  '${.PVC.namespace}': 'x',
  '${.PV.name}': 'x'.repeat(40),
};

/** The file system must be named, once. */
export function checkFileSystemRef(props: AwsAccessPointsProps, link: string, sink: ProblemSink): void {
  const named = REFS.filter(ref => props[ref] !== undefined);
  if (named.length !== 1) {
    sink.error({
      ruleId: 'driver/efs-id', path: named[named.length - 1] ?? 'fileSystemId', expected: `exactly one of ${REFS.map(ref => `\`${ref}\``).join(', ')}`,
      found: named.length === 0 ? 'none' : named.join(' and '), fix: 'name the file system once', link,
    });
  }
  checkFileSystemId(props.fileSystemId, sink);
  for (const path of ['fileSystemIdConfigRef', 'fileSystemIdSecretRef'] as const) {
    checkShape(props[path], {
      ruleId: 'driver/efs-id', path, pattern: /^[^/]+\/[^/]+\/[^/]+$/, expected: 'namespace, name and key, with `/` between them',
      example: 'kube-system/efs/id', link: 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/filesystem-id-resolution.md',
    }, sink);
  }
}

function checkFileSystemId(fileSystemId: string | undefined, sink: ProblemSink): void {
  checkShape(fileSystemId, {
    ruleId: 'driver/efs-id',
    path: 'fileSystemId',
    pattern: /^fs-[0-9a-f]{8,40}$/,
    expected: 'the id of a file system: `fs-` and 8 to 40 hexadecimal digits',
    example: 'fs-0123456789abcdef0',
    link: 'https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html',
  }, sink);
}

/** How a file system that exists is mounted. */
export function checkExistingEfs(fileSystemId: string, props: AwsEfsExistingProps, sink: ProblemSink): void {
  const { path, accessPointId, encryptInTransit, crossAccount, mountTargetIp, mountOptions = [] } = props;
  checkFileSystemId(fileSystemId, sink);
  checkShape(path, {
    ruleId: 'driver/efs-path',
    path: 'path',
    pattern: /^\/[^:]*$/,
    expected: 'an absolute path without `:`, which divides the volume handle',
    example: '/datasets/imagenet',
    link: HANDLE_LINK,
  }, sink);
  checkShape(accessPointId, {
    ruleId: 'driver/efs-id',
    path: 'accessPointId',
    pattern: /^fsap-[0-9a-f]{8,40}$/,
    expected: 'the id of an access point: `fsap-` and 8 to 40 hexadecimal digits',
    example: 'fsap-0123456789abcdef0',
    link: 'https://docs.aws.amazon.com/efs/latest/ug/API_AccessPointDescription.html',
  }, sink);
  checkShape(mountTargetIp, {
    ruleId: 'driver/efs-mount', path: 'mountTargetIp', pattern: /^\d{1,3}(\.\d{1,3}){3}$/, expected: 'an IPv4 address', example: '10.0.1.23', link: HANDLE_LINK,
  }, sink);
  checkSwitch('encryptInTransit', encryptInTransit, EFS_PARAMETERS_LINK, sink);
  checkSwitch('crossAccount', crossAccount, EFS_PARAMETERS_LINK, sink);
  checkMountOptions(mountOptions, 'mountOptions', sink);

  const options = namesIn(mountOptions);
  const error = (path: string, expected: string, found: string, fix: string) =>
    sink.error({ ruleId: 'driver/efs-mount', path, expected, found, fix, link: HANDLE_LINK });
  if (encryptInTransit === false && accessPointId !== undefined) {
    error('encryptInTransit', 'true: the driver mounts every access point with TLS', 'false with an access point', 'leave `encryptInTransit` out');
  }
  if (encryptInTransit === false && options.includes('tls')) {
    error('mountOptions', 'no tls where encryptInTransit is false: the driver refuses the pair', 'tls', 'leave `encryptInTransit` out');
  }
  const inOptions = options.find(option => option.startsWith('accesspoint='));
  if (inOptions !== undefined) {
    error('mountOptions', 'no access point: it belongs to the volume handle', inOptions, 'set `accessPointId`');
  }
}

/** Whom the files belong to. */
export function checkIdentity(props: AwsAccessPointsProps, link: string, sink: ProblemSink): void {
  const { uid, gid, gidRangeStart: start, gidRangeEnd: end } = props;
  const error = (path: string, expected: string, found: unknown, fix: string) =>
    sink.error({ ruleId: 'driver/efs-identity', path, expected, found: String(found), fix, link });
  for (const [path, id] of [['uid', uid], ['gid', gid]] as const) {
    if (id === undefined || Number.isInteger(id) && id >= 0) continue;
    error(path, 'a whole number, 0 or more', id, `set \`${path}\` to the id that the files shall belong to, or leave it out`);
  }
  if ((start === undefined) !== (end === undefined)) {
    const [given, missing] = start === undefined ? ['gidRangeEnd', 'gidRangeStart'] : ['gidRangeStart', 'gidRangeEnd'];
    error(missing, `a group id: the driver refuses ${given} alone`, 'none', `set \`${missing}\` too, or leave both out`);
  }
  if (start !== undefined && !(Number.isInteger(start) && start >= 1)) error('gidRangeStart', 'a whole number, 1 or more', start, 'use 50000');
  if (start !== undefined && end !== undefined && !(Number.isInteger(end) && end > start)) {
    error('gidRangeEnd', `a whole number above gidRangeStart, ${start}`, end, `use ${start + 10_000}: each access point takes one group id`);
  }
  if (uid !== undefined && gid !== undefined && (start !== undefined || end !== undefined)) {
    sink.warn({
      ruleId: 'driver/efs-identity',
      path: 'gidRangeStart',
      expected: 'no range: the driver picks no group where uid and gid are given',
      found: `${start} to ${end}`,
      fix: 'leave `gidRangeStart` and `gidRangeEnd` out, or `uid` and `gid`',
      link,
    });
  }
}

/** The directory of an access point: its permissions and its path. */
export function checkAccessPoint(props: AwsAccessPointsProps, link: string, sink: ProblemSink): void {
  const { basePath, subPathPattern: pattern, ensureUniqueDirectory: unique } = props;
  checkShape(props.directoryPerms, {
    ruleId: 'driver/efs-perms',
    path: 'directoryPerms',
    pattern: /^[0-7]{3,4}$/,
    expected: 'permissions as a text of 3 or 4 octal digits',
    example: "'700'",
    link,
  }, sink);
  checkSwitch('ensureUniqueDirectory', unique, link, sink);
  if (unique === false) {
    sink.warn({
      ruleId: 'driver/efs-shared-directory',
      path: 'ensureUniqueDirectory',
      expected: 'true: without it claims whose pattern comes out the same share one directory',
      found: 'false',
      fix: 'leave `ensureUniqueDirectory` out, or make `subPathPattern` differ for every claim',
      link,
    });
  }

  const unknown = (pattern?.match(/\$\{[^}]*\}/g) ?? []).find(variable => !(variable in VARIABLES));
  if (unknown !== undefined) {
    sink.error({
      ruleId: 'driver/efs-path',
      path: 'subPathPattern',
      expected: `only the variables ${Object.keys(VARIABLES).join(', ')}`,
      found: unknown,
      fix: 'use one of them, or fixed text',
      link,
    });
    return;
  }
  const directory = directoryOf(basePath, pattern, unique ?? true);
  const slashes = directory.split('/').length - 1;
  const path = pattern === undefined ? 'basePath' : 'subPathPattern';
  if (directory.length > MAX_PATH) {
    sink.error({
      ruleId: 'driver/efs-path',
      path,
      expected: `a directory of at most ${MAX_PATH} characters, with the shortest names that the variables can stand for`,
      found: `${directory.length} characters`,
      fix: 'use a shorter `basePath` or `subPathPattern`',
      link,
    });
  }
  if (slashes > MAX_SLASHES) {
    sink.error({
      ruleId: 'driver/efs-path',
      path,
      expected: `a directory with at most ${MAX_SLASHES} slashes`,
      found: `${slashes} slashes`,
      fix: 'use fewer levels in `basePath` and `subPathPattern`',
      link,
    });
  }
}

/** The shortest path that the driver can make of it. */
function directoryOf(basePath = '', pattern: string | undefined, unique: boolean): string {
  let name = pattern ?? '${.PV.name}';
  for (const [variable, shortest] of Object.entries(VARIABLES)) name = name.replaceAll(variable, shortest);
  const suffix = pattern !== undefined && unique ? 'x'.repeat(UNIQUE_SUFFIX) : '';
  return `/${basePath}/${name}${suffix}`.replace(/\/+/g, '/');
}
