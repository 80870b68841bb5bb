import type { Json } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isQualifiedName } from '../../../private/name-forms';
import { valueOf } from '../../values/quantity';
import { oneOf, quoted } from '../../values/quote';
import { isContainerResource, isOvercommittable, isResourceName } from './resource-names';

export const LIMIT_RANGE = errorRule({
  id: 'api/limit-range',
  title: 'A LimitRange says for each type once what is least, usual and most, in this order',
  why: 'The API server refuses a range that nothing could keep: a default above the maximum, a minimum above the default, resources that the '
    + 'type does not have, and limits of claims without any storage.',
  fix: 'order min ≤ defaultRequest ≤ default ≤ max, and give PersistentVolumeClaim a `min` or `max` of `storage`',
  link: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
});

const LIMITS = Path.ROOT.fields('spec', 'limits');
const NONE: readonly Json[] = [];
const EMPTY: Json = {};
const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim'];
const LISTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];
/** Below which not the other, and where the server says so. */
const ORDER: readonly (readonly [string, string, string])[] = [
  ['min', 'max', 'min'], ['min', 'defaultRequest', 'defaultRequest'], ['defaultRequest', 'max', 'defaultRequest'],
  ['defaultRequest', 'default', 'defaultRequest'], ['min', 'default', 'default'], ['default', 'max', 'default'],
];

export function checkLimitRange(subject: Subject): void {
  const limits: readonly Json[] = subject.json.spec?.limits ?? NONE;
  const types = new Set<string>();
  limits.forEach((limit, i) => {
    const type: string = limit.type ?? '';
    const path = LIMITS.index(i);
    if (!isQualifiedName(type) || (!type.includes('/') && !TYPES.includes(type))) {
      subject.report(LIMIT_RANGE, path.field('type'), { expected: oneOf(TYPES), found: quoted(limit.type) });
    }
    if (types.has(type)) subject.report(LIMIT_RANGE, path.field('type'), { expected: 'each type once', found: `${quoted(type)} again` });
    types.add(type);
    checkNames(subject, limit, type, path);
    checkAmounts(subject, limit, type, path);
  });
}

function checkNames(subject: Subject, limit: Json, type: string, path: Path): void {
  const isKnown = type === 'Pod' || type === 'Container' ? isContainerResource : isResourceName;
  for (const list of LISTS) {
    if (type === 'Pod' && list.startsWith('default')) {
      if (hasKeys(limit[list])) subject.report(LIMIT_RANGE, path.field(list), { expected: 'no defaults for the type Pod', found: quoted(limit[list]) });
      continue;
    }
    for (const resource in limit[list]) {
      if (!isKnown(resource)) subject.report(LIMIT_RANGE, path.field(list).key(resource), { expected: `a resource of a ${type || 'type'}`, found: quoted(resource) });
    }
  }
  if (type === 'PersistentVolumeClaim' && limit.min?.storage === undefined && limit.max?.storage === undefined) {
    subject.report(LIMIT_RANGE, path.field('limits'), { expected: 'a min or max of storage', found: 'neither' });
  }
}

function checkAmounts(subject: Subject, limit: Json, type: string, path: Path): void {
  const lists = filled(limit, type);
  for (const resource of new Set(LISTS.flatMap(list => Object.keys(lists[list] ?? EMPTY)))) {
    for (const [low, high, at] of ORDER) {
      const least = amount(lists, low, resource);
      const most = amount(lists, high, resource);
      if (least === undefined || most === undefined || least <= most) continue;
      subject.report(LIMIT_RANGE, path.field(at).key(resource), {
        expected: `${low} of at most the ${high} of ${quoted(lists[high][resource])}`, found: quoted(lists[low][resource]),
      });
    }
    checkRatio(subject, lists, resource, path);
    if (!isOvercommittable(resource)) checkEqual(subject, lists, resource, path);
  }
}

/** As the server fills it in: the defaults of a Container come from its maximum, and those of requests from them or from the minimum. */
function filled(limit: Json, type: string): Json {
  if (type === 'Pod') return { ...limit, default: undefined, defaultRequest: undefined };
  if (type !== 'Container') return limit;
  const usual: Json = { ...limit.max, ...limit.default };
  return { ...limit, default: usual, defaultRequest: { ...limit.min, ...usual, ...limit.defaultRequest } };
}

function checkEqual(subject: Subject, { default: usual, defaultRequest }: Json, resource: string, path: Path): void {
  if (usual?.[resource] === undefined || defaultRequest?.[resource] === undefined) return;
  if (valueOf(usual[resource]) === valueOf(defaultRequest[resource])) return;
  subject.report(LIMIT_RANGE, path.field('defaultRequest').key(resource), {
    expected: `the default of ${quoted(usual[resource])}: there is never more of it promised than there is`, found: quoted(defaultRequest[resource]),
  });
}

function checkRatio(subject: Subject, lists: Json, resource: string, path: Path): void {
  const ratio = amount(lists, 'maxLimitRequestRatio', resource);
  if (ratio === undefined) return;
  const min = amount(lists, 'min', resource);
  const max = amount(lists, 'max', resource);
  const isOver = min !== undefined && max !== undefined && ratio > max / min;
  if (ratio >= 1 && !isOver) return;
  subject.report(LIMIT_RANGE, path.field('maxLimitRequestRatio').key(resource), {
    expected: isOver ? 'at most max divided by min' : 'at least 1', found: quoted(lists.maxLimitRequestRatio[resource]),
  });
}

function amount(limit: Json, list: string, resource: string): number | undefined {
  const amounts: Json = limit[list] ?? EMPTY;
  return Object.hasOwn(amounts, resource) ? valueOf(amounts[resource]) : undefined;
}

function hasKeys(map: Json | undefined): boolean {
  for (const _ in map) return true;
  return false;
}
