import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';

export const USER_ID = errorRule({
  id: 'api/user-id',
  title: 'Users and groups are numbers from 0 to 2147483647',
  why: 'The API server refuses negative ids and those above what Linux can store in a signed number of 32 bits.',
  fix: 'use a number such as 1000',
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
});

const MAX = 2 ** 31 - 1;

/** Judges the id of a user or group in a field of the security context of `owner`. */
export function checkId(subject: Subject, id: number, owner: Path, field: string, index?: number): void {
  if (id >= 0 && id <= MAX) return;
  const path = owner.field('securityContext').field(field);
  subject.report(USER_ID, index === undefined ? path : path.index(index), { expected: `a number from 0 to ${MAX}`, found: String(id) });
}
