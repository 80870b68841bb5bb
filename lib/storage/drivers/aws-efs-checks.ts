import type { ProblemSink } from '../../findings/collector';
import type { AwsEfsAccessPointsProps } from './aws-efs';
import { checkShape, checkSwitch } from './checks';

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

/** Whom the files belong to. */
export function checkIdentity(props: AwsEfsAccessPointsProps, link: string, sink: ProblemSink): void {
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
export function checkAccessPoint(props: AwsEfsAccessPointsProps, link: string, sink: ProblemSink): void {
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
