import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Finding, ManifestCheckerProps, Outcome, Severity } from '../../../lib';
import { findingsIn } from '../../support/checker';
import { FAULTS } from './faults';

/** Manifests that show a fault, and the same ones done right. */
interface Shown extends ManifestCheckerProps {
  readonly fault: string;
  readonly bad: string;
  readonly good: string;
}

const FOLDER = import.meta.dirname;
const FILES = readdirSync(FOLDER).filter(file => file.endsWith('.yaml')).sort();
const SHOWN = FILES.flatMap(file => parse(readFileSync(join(FOLDER, file), 'utf8')) as Shown[]);
const VISIBLE = FAULTS.filter(({ rules }) => rules !== undefined);

function violationsIn(yaml: string, { external, assumeComplete }: Shown): Finding[] {
  return findingsIn(yaml, { external, assumeComplete }).filter(({ outcome }) => outcome === Outcome.VIOLATED);
}

test('every fault is either found by rules, or there is a reason why no manifest shows it', () => {
  expect(FAULTS.map(({ id }) => id)).toEqual(Array.from({ length: 82 }, (_, i) => `E${String(i + 1).padStart(2, '0')}`));
  expect(FAULTS.filter(({ rules, unseen }) => (rules === undefined) === (unseen === undefined))).toEqual([]);
});

test('every fault that rules find is shown', () => {
  expect([...new Set(SHOWN.map(({ fault }) => fault))].sort()).toEqual(VISIBLE.map(({ id }) => id));
});

describe.each(VISIBLE)('$id: $title', ({ id, rules = [] }) => {
  const shown = SHOWN.filter(({ fault }) => fault === id);

  test.each(rules)('is found by %s', rule => {
    expect(shown.flatMap(one => violationsIn(one.bad, one)).map(({ ruleId }) => ruleId)).toContain(rule);
  });

  test('is not found where it is done right, nor is anything else', () => {
    const found = shown.flatMap(one => violationsIn(one.good, one));
    expect(found.filter(({ severity, ruleId }) => severity !== Severity.INFO || rules.includes(ruleId))).toEqual([]);
  });
});
