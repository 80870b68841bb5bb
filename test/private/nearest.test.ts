import { expect, test } from 'vitest';
import { nearest } from '../../lib/private/nearest';

const NAMES = ['numberOfReplicas', 'encrypted', 'dataLocality', 'type'];

test.each([
  ['encryptd', 'encrypted'],
  ['ENCRYPTED', 'encrypted'],
  ['numberofreplica', 'numberOfReplicas'],
  ['tpye', undefined],
  ['typ', 'type'],
  ['somethingElse', undefined],
  ['', undefined],
])('%j is most likely %s', (given, name) => {
  expect(nearest(given, NAMES)).toBe(name);
});

test('of nothing there is nothing near', () => {
  expect(nearest('type', [])).toBeUndefined();
});
