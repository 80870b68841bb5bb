import { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { described } from '../../lib/private/described';
import { checkIsSize, checkTexts, textsIn } from '../../lib/private/prop-types';
import { bytesOf, isSize } from '../../lib/private/quantity';
import { chartIn } from '../support/manifests';
import { said } from '../support/findings';

test.each<[unknown, string]>([
  [undefined, 'none'], [null, 'none'], ['a', '"a"'], [4, '4'], [NaN, 'NaN'], [true, 'true'], [['a', 1], '["a",1]'], [[{}], 'a list'], [{}, 'a plain object'],
  [Object.create(null), 'a plain object'], [() => 1, 'a function'], [new Construct(chartIn(), 'a'), 'an object of Construct'],
])('describes any value: %#', (value, text) => {
  expect(described(value)).toBe(text);
});

describe('a Size', () => {
  test('is known by what it can do', () => {
    expect([Size.gibibytes(1), { toKibibytes: () => 1 }, '1Gi', 1, null, undefined, {}].map(isSize)).toEqual([true, true, false, false, false, false, false]);
  });

  test('that is none is named where no construct has checked it', () => {
    expect(() => bytesOf('64Gi' as any)).toThrow(new TypeError('expected a Size, as Size.gibibytes(64), found "64Gi"'));
  });

  test('is reported by its path, and the fix by its name', () => {
    expect(said(sink => checkIsSize('loader.memory', '1Gi' as any, 'Size.gibibytes(2)', sink)).errors).toEqual([
      'props/type | loader.memory: expected a Size, found "1Gi" | set `memory`, as Size.gibibytes(2)',
    ]);
    expect(said(sink => checkIsSize('memory', Size.gibibytes(1), '', sink)).errors).toEqual([]);
  });
});

test('texts are kept, others are reported', () => {
  const found: unknown[] = [];
  const { errors } = said(sink => found.push(textsIn('env', { A: 'a', B: true }, '', sink), checkTexts('command', ['a'], '', sink)));
  expect(found).toEqual([{ A: 'a' }, true]);
  expect(errors).toEqual(["props/type | env.B: expected a text, found true | write it as a text: 'true'"]);
});
