import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';

export const ACCESS_MODES = errorRule({
  id: 'api/access-modes',
  title: 'A claim or volume has one access mode or more, of the four that there are, and ReadWriteOncePod alone',
  why: 'The API server refuses a claim or volume without access modes, with others, and ReadWriteOncePod beside another.',
  fix: 'use ReadWriteOnce for one node, ReadWriteOncePod for one pod, ReadOnlyMany or ReadWriteMany for many nodes',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes',
});

const MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];
const ALONE = 'ReadWriteOncePod';

/** Holds the access modes of the spec at `path` against those that there are; the server tells all of the list at once. */
export function checkAccessModes(subject: Subject, modes: readonly string[] | undefined, path: Path): void {
  if (modes === undefined || modes.length === 0) {
    subject.report(ACCESS_MODES, path.field('accessModes'), { expected: 'one access mode or more', found: 'none' });
    return;
  }
  let isAlone = false;
  let others = false;
  for (let i = 0; i < modes.length; i++) {
    if (modes[i] === ALONE) isAlone = true;
    else if (MODES.includes(modes[i])) others = true;
    else subject.report(ACCESS_MODES, path.field('accessModes'), { expected: `one of ${MODES.join(', ')}`, found: quoted(modes[i]) });
  }
  if (isAlone && others) subject.report(ACCESS_MODES, path.field('accessModes'), { expected: `${ALONE} alone`, found: quoted(modes) });
}
