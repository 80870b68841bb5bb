import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isBelow } from '../../values/file-paths';
import { oneOf, quoted } from '../../values/quote';

export const SECCOMP_PROFILE = errorRule({
  id: 'api/seccomp-profile',
  title: 'A seccomp profile has a known type, and a file of the node only where the type is Localhost',
  why: 'The API server refuses a profile without a type, a Localhost profile without its file or with one outside the folder of profiles, and '
    + 'an annotation that says something else than the field.',
  fix: 'use `type: RuntimeDefault`, and no `localhostProfile`',
  link: 'https://kubernetes.io/docs/tutorials/security/seccomp/',
});

export const APP_ARMOR_PROFILE = errorRule({
  id: 'api/app-armor-profile',
  title: 'An AppArmor profile has a known type, and the name of a profile only where the type is Localhost',
  why: 'The API server refuses a profile without a type, a Localhost profile without its name, and an annotation that says something else than '
    + 'the field or names a container that is not there.',
  fix: 'use `type: RuntimeDefault`, and no `localhostProfile`',
  link: 'https://kubernetes.io/docs/tutorials/security/apparmor/',
});

const TYPES = ['RuntimeDefault', 'Localhost', 'Unconfined'];
const LOCAL = 'Localhost';
const NAME_MAX = 4_095;

export function checkSeccomp(subject: Subject, { type, localhostProfile: file }: Json, parent: Path): void {
  const path = parent.field('seccompProfile');
  if (!TYPES.includes(type)) subject.report(SECCOMP_PROFILE, path.field('type'), { expected: oneOf(TYPES), found: type ? quoted(type) : 'none' });
  if (type !== LOCAL) {
    if (file !== undefined) subject.report(SECCOMP_PROFILE, path.field('localhostProfile'), { expected: 'none where the type is not Localhost', found: quoted(file) });
  } else if (file === undefined) {
    subject.report(SECCOMP_PROFILE, path.field('localhostProfile'), { expected: 'the file of the profile', found: 'none' });
  } else if (!isBelow(file)) {
    subject.report(SECCOMP_PROFILE, path.field('localhostProfile'), { expected: 'a relative path without ..', found: quoted(file) });
  }
}

export function checkAppArmor(subject: Subject, { type, localhostProfile: name }: Json, parent: Path): void {
  const path = parent.field('appArmorProfile');
  if (!TYPES.includes(type)) {
    subject.report(APP_ARMOR_PROFILE, path.field('type'), { expected: oneOf(TYPES), found: type ? quoted(type) : 'none' });
  } else if (type !== LOCAL) {
    if (name !== undefined) subject.report(APP_ARMOR_PROFILE, path.field('localhostProfile'), { expected: 'none where the type is not Localhost', found: quoted(name) });
  } else if (!name) {
    subject.report(APP_ARMOR_PROFILE, path.field('localhostProfile'), { expected: 'the name of the profile', found: 'none' });
  } else if (name.trim() !== name || Buffer.byteLength(name) > NAME_MAX) {
    subject.report(APP_ARMOR_PROFILE, path.field('localhostProfile'), {
      expected: `a name of at most ${NAME_MAX} characters without spaces around it`, found: quoted(name),
    });
  }
}
