import type { Json } from '../../engine/manifest';
import type { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';
import type { Subject } from '../../engine/subject';
import { quoted } from '../../values/quote';

export const NEGATIVE_NUMBER = errorRule({
  id: 'api/negative-number',
  title: 'Counts and times of a workload are not negative',
  why: 'The API server refuses fewer than no replicas, completions, retries or seconds.',
  fix: 'use 0 or more, or leave the field out',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/',
});

/** Reports a number below zero in one of the fields. */
export function checkNotNegative(subject: Subject, json: Json, path: Path, fields: readonly string[]): void {
  for (let i = 0; i < fields.length; i++) {
    const value: unknown = json[fields[i]];
    if (typeof value === 'number' && value < 0) {
      subject.report(NEGATIVE_NUMBER, path.field(fields[i]), { expected: 'a whole number from 0', found: quoted(value) });
    }
  }
}
