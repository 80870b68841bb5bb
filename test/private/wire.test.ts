import fc from 'fast-check';
import { expect, test } from 'vitest';
import { literal } from '../../lib/private/wire';
import { expand } from '../support/shell';

test.each([
  ['plain $HOME ${HOME} a$', 'plain $HOME ${HOME} a$'], ['$(HOME)', '$$(HOME)'], ['$$', '$$$$'], ['$$(HOME)', '$$$$(HOME)'], ['a$b$(c', 'a$b$$(c'],
])('a literal %s is written %s', (text, written) => {
  expect(literal(text)).toBe(written);
});

test('a literal reaches the container as it was, whatever variables there are', () => {
  const texts = fc.array(fc.constantFrom('$', '$', '(', ')', 'HOME', 'X', ' ', 'a'), { maxLength: 20 }).map(parts => parts.join(''));
  fc.assert(fc.property(texts, text => {
    expect(expand(literal(text), { HOME: '/root', X: '1', a: '2' })).toBe(text);
  }), { seed: 20261120, numRuns: 1000 });
});
