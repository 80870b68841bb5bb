import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KubernetesVersion, ManifestCheckerProps, Outcome } from '../../lib';
import { ROOMS } from '../../lib/rules/rooms';
import { errorsIn, findingsIn } from '../support/checker';

/** A bad manifest that a rule finds, and the same one mended. `docs/rules.md` shows them. */
interface Case {
  readonly rule: string;
  readonly bad: string;
  readonly good: string;
  readonly target?: KubernetesVersion;
  readonly assumeComplete?: boolean;
  readonly external?: any[];
}

const FOLDER = join(import.meta.dirname, 'cases');
const CASES = readdirSync(FOLDER).sort().flatMap(file => parse(readFileSync(join(FOLDER, file), 'utf8')) as Case[]);
const RULES = ROOMS.flatMap(({ rules }) => rules);

describe.each(CASES)('$rule', ({ rule, bad, good, target = KubernetesVersion.V1_36, ...rest }) => {
  const props: ManifestCheckerProps = { target, today: '2026-01-01', ...rest };

  test('is found where it does not hold', () => {
    const found = findingsIn(bad, props).filter(({ ruleId }) => ruleId === rule);
    expect(found.length).toBeGreaterThan(0);
    for (const one of found) {
      expect(one.outcome).toBe(Outcome.VIOLATED);
      for (const text of [one.expected, one.found, one.fix, one.message]) expect(text).toBeTruthy();
    }
  });

  test('is not found where it holds, nor is any error', () => {
    expect(findingsIn(good, props).filter(({ ruleId }) => ruleId === rule)).toEqual([]);
    expect(errorsIn(good, props)).toEqual([]);
  });
});

test('every rule has a case, and every case a rule', () => {
  const ids = RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(CASES.map(one => one.rule).filter(id => !ids.includes(id))).toEqual([]);
  expect(ids.filter(id => !CASES.some(one => one.rule === id))).toEqual([]);
});

test.each(RULES)('$id says what it is about', ({ id, title, why, fix, link }) => {
  expect(id).toMatch(/^(api|silent|chain|train|keep|sec|out)\/[a-z0-9]+(-[a-z0-9]+)*$/);
  for (const text of [title, why, fix]) expect(text.length).toBeGreaterThan(10);
  expect(link).toMatch(/^https:\/\//);
});
