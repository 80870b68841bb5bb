import { nearest } from '../../private/nearest';

/** What is longer is no slip of the pen, and would take long to compare. */
const LONGEST = 64;
/** More names than these are no help. */
const FEW = 12;

/** The name that was meant; undefined where none comes near. */
export function meantBy(written: string, names: readonly string[]): string | undefined {
  return written.length > LONGEST ? undefined : nearest(written, names);
}

/** What to write in place of an unknown field. */
export function fieldsText(names: readonly string[]): string {
  if (names.length === 0) return 'no fields';
  return names.length > FEW ? `one of its ${names.length} fields` : `one of its fields: ${[...names].sort().join(', ')}`;
}
