import type { Json } from '../../../engine/manifest';
import type { Path } from '../../../engine/path';
import type { Rule } from '../../../engine/rule';
import type { Subject } from '../../../engine/subject';
import { quoted } from '../../../values/quote';

/** Where a volume's data lie: one of the fields of a volume or of a PersistentVolume. */
export interface VolumeSource {
  readonly json: Json;
  /** Object to report to. */
  readonly subject: Subject;
  readonly path: Path;
  /** Of the volume, or of the PersistentVolume. */
  readonly volumeName: string;
  /** The source stands in a PersistentVolume, where some references must name a namespace as well. */
  readonly isPersistent: boolean;
}

/** What the API server asks of one kind of source. */
export interface SourceKind {
  /** Reported where a field is missing. */
  readonly rule: Rule;
  /** Fields that must be there and not empty. */
  readonly required: readonly string[];
  /** Everything else. */
  readonly check?: (source: VolumeSource) => void;
}

/** Whether a text, a list or a number is there and not empty. */
export function isThere(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Reports the first rule of all: something in `field` is wrong. */
export function reportField(source: VolumeSource, rule: Rule, field: string, expected: string, fix?: string): void {
  source.subject.report(rule, source.path.field(field), { expected, found: quoted(source.json[field]), fix });
}

/** Holds a field against a closed set of texts. */
export function checkChoice(source: VolumeSource, rule: Rule, field: string, allowed: readonly string[]): void {
  const value = source.json[field];
  if (value !== undefined && !allowed.includes(value)) reportField(source, rule, field, `one of ${allowed.map(one => one || '""').join(', ')}`);
}

/** Holds a number against its limits. */
export function checkRange(source: VolumeSource, rule: Rule, field: string, min: number, max: number): void {
  const value = source.json[field];
  if (value !== undefined && (value < min || value > max)) reportField(source, rule, field, `a number from ${min} to ${max}`);
}

/** Holds a reference to a Secret against what it must name, where it is there at all. */
export function checkSecretRef(source: VolumeSource, rule: Rule, field: string, keys: readonly string[]): void {
  const ref = source.json[field];
  if (ref === undefined) return;
  for (const key of keys) {
    if (isThere(ref[key])) continue;
    source.subject.report(rule, source.path.field(field).field(key), { expected: `the ${key} of the Secret`, found: quoted(ref[key]) });
  }
}
