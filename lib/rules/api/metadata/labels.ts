import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { LABEL_KEY, LABEL_VALUE } from '../../values/label-selector';
import { isLabelValue, isQualifiedName } from '../../../private/name-forms';
import { quoted } from '../../values/quote';

export const LABEL = errorRule({
  id: 'api/label',
  title: 'Labels have keys and values that can be selected by',
  why: 'The API server refuses a label with a blank, a slash in its value, or more than 63 characters.',
  fix: 'shorten it to letters, digits, -, _ and ., or make it an annotation, which may hold any text',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
});

export const ANNOTATION = errorRule({
  id: 'api/annotation',
  title: 'Annotations have keys like those of labels, and at most 256 KiB altogether',
  why: 'The API server refuses other keys, and more than 262,144 bytes of keys and values of one object.',
  fix: 'correct the key; keep what is large in a ConfigMap or in a volume',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/#syntax-and-character-set',
});

const ANNOTATIONS_MAX = 256 * 1024;
/** Most bytes that a character of a JavaScript string takes. */
const BYTES_MAX = 3;

/** Judges the labels in `parent.labels`. */
export function checkLabels(subject: Subject, labels: Json | undefined, parent: Path): void {
  if (typeof labels !== 'object' || labels === null) return;
  for (const key in labels) {
    const value: unknown = labels[key];
    if (!isQualifiedName(key)) subject.report(LABEL, parent.field('labels'), { expected: LABEL_KEY, found: quoted(key) });
    if (typeof value === 'string' && !isLabelValue(value)) {
      subject.report(LABEL, parent.field('labels'), { expected: LABEL_VALUE, found: `${quoted(value)} of ${quoted(key)}` });
    }
  }
}

/** Judges the annotations in `parent.annotations`. */
export function checkAnnotations(subject: Subject, annotations: Json | undefined, parent: Path): void {
  if (typeof annotations !== 'object' || annotations === null) return;
  let length = 0;
  for (const key in annotations) {
    const value: unknown = annotations[key];
    if (!isQualifiedName(key) && !isQualifiedName(key.toLowerCase())) {
      subject.report(ANNOTATION, parent.field('annotations'), { expected: LABEL_KEY, found: quoted(key) });
    }
    length += key.length + (typeof value === 'string' ? value.length : 0);
  }
  if (length * BYTES_MAX > ANNOTATIONS_MAX) checkSize(subject, annotations, parent);
}

function checkSize(subject: Subject, annotations: Json, parent: Path): void {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations)) bytes += Buffer.byteLength(key) + (typeof value === 'string' ? Buffer.byteLength(value) : 0);
  if (bytes <= ANNOTATIONS_MAX) return;
  subject.report(ANNOTATION, parent.field('annotations'), { expected: `at most ${ANNOTATIONS_MAX} bytes of annotations`, found: `${bytes} bytes` });
}
