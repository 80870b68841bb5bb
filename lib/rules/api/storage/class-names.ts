import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule, type Rule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { isDnsSubdomain } from '../../../private/name-forms';
import { oneOf, quoted } from '../../values/quote';

export const STORAGE_CLASS_NAME = errorRule({
  id: 'api/storage-class-name',
  title: 'The name of a storage class is a DNS name, or empty for no class',
  why: 'The API server refuses names that no StorageClass can have.',
  fix: 'use the name of a class as `kubectl get storageclass` shows it, or "" for volumes made by hand',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#class-1',
});

export const ATTRIBUTES_CLASS_NAME = errorRule({
  id: 'api/volume-attributes-class-name',
  title: 'The name of a volume attributes class is a DNS name; a PersistentVolume with one is of a CSI driver',
  why: 'Only CSI drivers change the attributes of volumes that exist, and the API server refuses names that no class can have.',
  fix: 'use the name of a VolumeAttributesClass',
  link: 'https://kubernetes.io/docs/concepts/storage/volume-attributes-classes/',
  since: 34,
});

export const VOLUME_MODE = errorRule({
  id: 'api/volume-mode',
  title: 'The volume mode is Filesystem or Block',
  why: 'The API server refuses any other.',
  fix: 'use Filesystem, or Block for a raw device; Filesystem is what one gets without',
  link: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#volume-mode',
});

const MODES = ['Block', 'Filesystem'];
const NAME = 'at most 253 lower-case letters, digits, dashes and dots, a letter or digit at both ends';

/** Holds the name of a class in `field` of the spec at `path` against what a class can be called; the empty one is no class. */
export function checkClassName(subject: Subject, rule: Rule, spec: Json, field: string, path: Path): void {
  const name = spec[field];
  if (name === undefined || name === '' || isDnsSubdomain(name)) return;
  subject.report(rule, path.field(field), { expected: `the name of a class: ${NAME}`, found: quoted(name) });
}

/** Holds `volumeMode` of the spec at `path` against the two modes. */
export function checkVolumeMode(subject: Subject, spec: Json, path: Path): void {
  const mode = spec.volumeMode;
  if (mode !== undefined && !MODES.includes(mode)) {
    subject.report(VOLUME_MODE, path.field('volumeMode'), { expected: oneOf(MODES), found: quoted(mode) });
  }
}
