import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { manifestOf } from '../../../lib/rules/engine/manifest';
import { Subject, type Run } from '../../../lib/rules/engine/subject';
import { definedKinds } from '../../../lib/rules/schema/definition';
import { checkShape } from '../../../lib/rules/schema/shape';
import { CORE_KINDS } from '../../../lib/rules/schema/tables/core';

const KINDS = [...CORE_KINDS.trim().split('\n').map(line => line.slice(0, line.lastIndexOf(' '))), ...definedKinds()]
  .map(kind => ({ apiVersion: kind.split(' ')[0], kind: kind.split(' ')[1] }));

function shape(json: any): { readonly sound: any; readonly run: Run } {
  const run: Run = { minor: 36, assumeComplete: false, findings: [], owners: [] };
  return { sound: checkShape(new Subject(manifestOf(json), run, 0)), run };
}

function nested(depth: number): unknown {
  let value: unknown = 'end';
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

test('any JSON as any kind is judged without an end, and what comes back is sound', () => {
  const fields = fc.dictionary(fc.constantFrom('metadata', 'spec', 'data', 'driver', 'status', 'rules', 'x'), fc.jsonValue({ maxDepth: 5 }));
  fc.assert(fc.property(fc.constantFrom(...KINDS), fields, (kind, json) => {
    const { sound } = shape({ ...json, ...kind });
    const again = shape(sound);
    expect(again.sound).toEqual(sound);
    expect(again.run.findings.filter(({ ruleId }) => ruleId === 'api/type' || ruleId === 'api/unknown-field')).toEqual([]);
  }), { seed: 20261120, numRuns: 2_000 });
});

test('what is right comes back as it is', () => {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { epochs: '90' } };
  expect(shape(manifest).sound).toBe(manifest);
});

describe('depth', () => {
  const places: [string, (value: unknown) => any][] = [
    ['a kind that nobody knows', value => ({ apiVersion: 'acme.io/v1', kind: 'Thing', metadata: { name: 'a' }, spec: value })],
    ['a field that may hold anything', value => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, status: { a: value } })],
    ['an unknown field', value => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, what: value })],
    ['a definition that keeps what it does not know', value => ({ apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'a' }, status: { a: value } })],
  ];

  test.each(places)('in %s', (_, place) => {
    expect(shape(place(nested(20_000))).run.findings.map(({ found }) => found)).toContain('more');
    expect(() => JSON.stringify(shape(place(nested(5_000))).sound)).not.toThrow();
    expect(shape(place(nested(50))).run.findings.filter(({ found }) => found === 'more')).toEqual([]);
  });

  test('a value that stands in many places is looked at once in each level', () => {
    let value: any = { end: 1 };
    for (let i = 0; i < 60; i++) value = { a: value, b: value, c: value };
    expect(shape({ apiVersion: 'acme.io/v1', kind: 'Thing', metadata: { name: 'a' }, spec: value }).run.findings).toEqual([]);
  });
});
