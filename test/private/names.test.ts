import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDns1035Label, isDnsLabel, isDnsSubdomain } from '../../lib/private/name-forms';
import { nameFor } from '../../lib/private/names';

const SETTINGS = { seed: 20261120, numRuns: 300 };

describe('a name made from a path', () => {
  const ids = fc.array(fc.oneof(fc.string({ minLength: 1, maxLength: 80 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })), { minLength: 1, maxLength: 4 })
    .filter(list => list.every(id => !id.includes('/') && id.trim() !== ''));

  test('is a DNS-1035 label within its length, whatever the ids', () => {
    fc.assert(fc.property(ids, fc.integer({ min: 20, max: 63 }), (path, length) => {
      const leaf = path.reduce<Construct>((scope, id) => new Construct(scope, id), new Chart(new App(), 'chart'));
      expect(isDns1035Label(nameFor(leaf, length), length)).toBe(true);
      expect(nameFor(leaf, length)).toBe(nameFor(leaf, length));
    }), SETTINGS);
  });

  test('tells apart what only `_` and `.` tell apart', () => {
    const chart = new Chart(new App(), 'chart');
    const names = ['a-b', 'a_b', 'a.b', 'A-B'].map(id => nameFor(new Construct(chart, id)));
    expect(new Set(names).size).toBe(4);
  });
});

describe('names', () => {
  test.each([['a', true], ['a-1', true], ['1a', false], ['a-', false], ['-a', false], ['a.b', false], ['A', false], ['', false], ['a'.repeat(63), true], ['a'.repeat(64), false]])(
    'of Services: %s is one: %s', (name, valid) => expect(isDns1035Label(name)).toBe(valid));

  test.each([['1a', true], ['a.b', false], ['a_b', false], ['a\n', false], ['a'.repeat(64), false]])(
    'of volumes: %j is one: %s', (name, valid) => expect(isDnsLabel(name)).toBe(valid));

  test.each([['a.b-c.1', true], ['a..b', false], ['.a', false], ['a.', false], ['a.-b', false], ['a'.repeat(253), true], ['a'.repeat(254), false]])(
    'of classes: %s is one: %s', (name, valid) => expect(isDnsSubdomain(name)).toBe(valid));
});
