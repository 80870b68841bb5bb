import { describe, expect, test } from 'vitest';
import { readValues } from '../../../lib/rules/source';

/** What Kubernetes 1.36 makes of `a: <text>`; undefined where it refuses it. */
function valueOf(text: string): unknown {
  const { values: [value], findings } = readValues('a.yaml', `a: ${text}\n`);
  return findings.length > 0 ? undefined : (value as { a: unknown }).a;
}

/** The key that Kubernetes 1.36 makes of `<text>: a`; undefined where it refuses it. */
function keyOf(text: string): string | undefined {
  const { values: [value], findings } = readValues('a.yaml', `${text}: a\n`);
  return findings.length > 0 ? undefined : Object.keys(value as object)[0];
}

// each was read by sigs.k8s.io/yaml 1.6 for this table
describe('a plain scalar, as Kubernetes reads it', () => {
  test.each([
    ['yes', true], ['Y', true], ['on', true], ['TRUE', true], ['no', false], ['n', false], ['Off', false], ['tRUE', 'tRUE'], ['oN', 'oN'],
    ['', null], ['~', null], ['Null', null], ['nULL', 'nULL'],
  ])('%s is %j', (text, expected) => { expect(valueOf(text)).toBe(expected); });

  test.each([
    ['12', 12], ['-1', -1], ['+1', 1], ['0755', 493], ['0o755', 493], ['0O17', 15], ['0x1F', 31], ['-0x10', -16], ['0b101', 5], ['-0b11', -3],
    ['1_000', 1000], ['0_7', 7], ['08', 8], ['0899', 899], ['1.5', 1.5], ['1.', 1], ['.5', 0.5], ['+.5', 0.5], ['1e3', 1000], ['1.e5', 100000],
    ['18446744073709551615', 18446744073709551615], ['99999999999999999999', 1e20],
  ])('%s is the number %d', (text, expected) => { expect(valueOf(text)).toBe(expected); });

  test.each([
    '12:30', '190:20:30', '2026-01-31', '2001-12-14t21:59:43.10-05:00', '1.2.3', '0b2', '0x', '0o8', '1e', '--', '_1', '1e400', '4Gi', '1,000', 'inf',
    'nan', '=', 'http://a:b',
  ])('%s is a text', text => { expect(valueOf(text)).toBe(text); });

  test.each(['.inf', '-.Inf', '.NaN'])('%s cannot be written in JSON', text => { expect(valueOf(text)).toBeUndefined(); });

  test.each(["'yes'", '"12"', "''", '"~"', '|-\n  0755'])('%j is a text, since it has quotes or stands alone', text => {
    expect(typeof valueOf(text)).toBe('string');
  });
});

describe('a tag', () => {
  test.each([
    ['!!str 12', '12'], ['!!str yes', 'yes'], ['!!str', ''], ['! 12', '12'], ['!foo 12', '12'], ['!!int "12"', 12], ['!!float 12', 12], ['!!bool "on"', true],
    ['!!binary aGVsbG8=', 'hello'], ['!!timestamp 2026-01-31', '2026-01-31'], ['!<tag:yaml.org,2002:str> 1', '1'],
  ])('%s is %j', (text, expected) => { expect(valueOf(text)).toBe(expected); });

  test.each(['!!int x', '!!int 1.5', '!!bool 1', '!!float a', '!!null 1', '!!binary a', '!!timestamp x'])('%s is refused', text => {
    expect(valueOf(text)).toBeUndefined();
  });
});

describe('a key', () => {
  test.each([
    ['a b', 'a b'], ['y', 'true'], ['on', 'true'], ['No', 'false'], ['0755', '493'], ['12', '12'], ['1.10', '1.1'], ['1e6', '1e+06'], ['0.00001', '1e-05'],
    ['123456789012.5', '1.2345679e+11'], ['"y"', 'y'], ['nvidia.com/gpu', 'nvidia.com/gpu'], ['__proto__', '__proto__'], ['constructor', 'constructor'],
  ])('%s is %s', (text, expected) => { expect(keyOf(text)).toBe(expected); });

  test.each(['~', '? [a]\n', '? { a: 1 }\n', 'null'])('%j is refused', text => { expect(keyOf(text)).toBeUndefined(); });
});
