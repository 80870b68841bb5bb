import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMisread, YamlWriter } from '../../lib/synth/yaml';

// a longer search: SEED=$RANDOM RUNS=200000 npx vitest run test/synth/yaml
const RUNS = { seed: Number(process.env.SEED ?? 20261120), numRuns: Number(process.env.RUNS ?? 2000) };

/** Strings that YAML 1.1 or 1.2 takes for something else, or writes in a form of their own. */
const NASTY = [
  '', ' ', '  ', '\t', '\n', '\n\n', ' \n', '\n ', '\n  \n', 'y', 'Y', 'n', 'N', 'yes', 'No', 'no', 'on', 'Off', 'OFF', 'true', 'False', 'TRUE',
  'tRUE', 'null', 'Null', 'NULL', 'nULL', '~', '0', '-0', '007', '0x1', '0b1', '1_000', '1e3', 'e3', 'E10', 'e+5', 'e-5', '.5', '5.', '.', '..', '...',
  '.inf', '-.INF', '.nan', '2024-01-01', '2024-01-01T00:00:00Z', '12:30:45', '1:2', '1:60', '=', '<<', '-', '- a', '--', '---', '--- a', '----', 'a\n---\nb',
  'a\n...\nb', '%', '%YAML 1.1', 'a\n%b', '@', '@a', '`', '`a`', '#', '#a', 'a#', 'a #b', 'a\t#b', ': ', ':', ':a', 'a:', 'a: b', 'a:b', 'a:\tb', 'a :b', '?', '? a', '?a',
  '!', '!tag', '&a', '*a',
  '|', '>', '|\n', '[', ']', '[]', '{}', '{a: b}', ',', 'a,b', '"', "'", '"a"', "'a'", `a"b`, `a'b`, `"a'b`, `it's "quoted"`, '\\', 'a\\nb', '\\"',
  ' a', 'a ', ' a ', 'a  b', '\ta', 'a\t', 'a\tb', 'a\nb', 'a\nb\n', 'a\nb\n\n', '\na', '\n\na', ' a\nb', '  a\n b\n', 'a \nb', 'a\n b', 'a\n\tb', 'a\n\n\nb', 'a\n ',
  'a\n  \n', 'a\r\nb', '\r', '\0', '\x07', '\x1b[0m', '\x7f', '\x85', '\xa0', '\xad', '\u2028', 'a\u2029b', '\ufeff', 'é', 'über', '日本', '😀', '\ud800', '\ufffe', 'a😀b',
  'x'.repeat(90), 'word '.repeat(40), 'word '.repeat(300).trim(), `${'long '.repeat(50)}\nline`, `"${'q'.repeat(90)}`, `${'\x01'.repeat(30)}\n${'b'.repeat(90)}\n\n c`,
  'k'.repeat(1021), 'k'.repeat(1022), 'k'.repeat(1024), 'k'.repeat(1025), `:${'k'.repeat(1030)}`, '#!/bin/sh\nset -e\n\n  run "$@"  \n', '{"json":"text"}', '\\\n', '$(POD_NAME)',
  '__proto__', 'constructor', 'toString', 'nvidia.com/gpu', '16Gi', '100m', '10.0.0.1', '/dev/shm', 'a=b', 'cpu<5', 'sha256:0123', 'http://x/y?z=1#a', '*/5 * * * *',
];

const strings = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.tuple(fc.constantFrom(...NASTY), fc.constantFrom(...NASTY)).map(parts => parts.join('')),
  fc.tuple(fc.constantFrom(...NASTY), fc.constantFrom(' ', '\n', ':', 'a', '"'), fc.constantFrom(...NASTY)).map(parts => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'aeE1.:#-?"\' \n\t\\,{}[]&*!|>%@`~=<ö'), maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(...' abz:#-_/.0'), maxLength: 20 }),
).filter(text => Yaml.stringify(text) !== `${text}\n` || !isMisread(text));
// a key with a document marker in it leaves the whole document to cdk8s: most keys are to be harmless
const harmless = fc.constantFrom('a', 'b', 'c', 'image', 'nvidia.com/gpu');
const keys = fc.oneof({ arbitrary: harmless, weight: 9 }, { arbitrary: strings, weight: 1 });
const oddNumbers = fc.constantFrom(-0, 2 ** 53, -(2 ** 60), 1e21, 1e-7, NaN, Infinity, -Infinity);
const numbers = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), oddNumbers);
const values = fc.letrec<{ value: unknown; map: object }>(tie => ({
  value: fc.oneof(
    { depthSize: 'medium', maxDepth: 5 },
    { arbitrary: strings, weight: 4 },
    { arbitrary: fc.oneof(numbers, fc.boolean(), fc.constantFrom(null, undefined)), weight: 1 },
    { arbitrary: fc.array(tie('value'), { maxLength: 4 }), weight: 2 },
    { arbitrary: tie('map'), weight: 2 },
  ),
  map: fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map(entries => Object.fromEntries(entries)),
}));

test('a random document is written as cdk8s writes it', () => {
  const writer = new YamlWriter();
  fc.assert(fc.property(fc.oneof({ arbitrary: values.map, weight: 9 }, { arbitrary: values.value, weight: 1 }), document => {
    expect(writer.stringify(document)).toBe(Yaml.stringify(document));
  }), RUNS);
});

test.each([
  ['under a key', (text: string) => ({ a: text, z: 1 })],
  ['under a nested key', (text: string) => ({ a: { b: { c: { d: text } } }, z: 1 })],
  ['in a list', (text: string) => ({ a: [text, text], z: 1 })],
  ['in a list of lists', (text: string) => ({ a: [[text, [text]], text], z: 1 })],
  ['in a map in a list', (text: string) => ({ a: [{ b: text, c: text }, { d: [{ e: text }] }], z: 1 })],
  ['as a key', (text: string) => ({ [text]: 1, z: text })],
  ['as a nested key', (text: string) => ({ a: { b: { [text]: { [text]: [text] } } } })],
  ['as a key in a list', (text: string) => ({ a: [{ [text]: text, b: 1 }, [{ [text]: 'x' }]] })],
  ['as a key of a list', (text: string) => ({ [text]: [text], a: { [text]: [] , b: { [text]: {} } } })],
  ['alone', (text: string) => text],
])('every nasty string %s is written as cdk8s writes it', (_, documentOf) => {
  const writer = new YamlWriter();
  for (const text of NASTY) {
    const document = documentOf(text);
    expect(writer.stringify(document)).toBe(Yaml.stringify(document));
    expect(writer.stringify(document), 'again, from memory').toBe(Yaml.stringify(document));
  }
});

describe('a string that Kubernetes would read as a number', () => {
  // cdk8s writes them bare; the parser of the API server, which is another one, makes numbers of them and refuses the manifest
  test.each(['0o755', '0O7', '0X1F', '0B101', '1e3_0', '-_6', '+_58', '1.E_0', '-0o52'])('%s gets quotes', text => {
    expect(Yaml.stringify({ k: [text] })).toBe(`k:\n  - ${text}\n`);
    expect(new YamlWriter().stringify({ [text]: [text] })).toBe(`"${text}":\n  - "${text}"\n`);
  });

  test.each(['1e-4', '007', '1_000', '0x1f', 'e3', '12e4567', 'v1', '1.2.3', '-', '+', '.', '0o8', '0b2', '1e', '10.0.0.1'])('%s is written as cdk8s writes it', text => {
    expect(new YamlWriter().stringify({ [text]: [text] })).toBe(Yaml.stringify({ [text]: [text] }));
  });
});

describe('what is not plain JSON is left to cdk8s', () => {
  const shared = { a: 1 };
  const list = [1];
  class Custom {
    public readonly field = 'value';
  }
  test.each<[string, unknown]>([
    ['an object that is there twice', { first: shared, second: shared }],
    ['a list that is there twice', { a: [list, { b: list }] }],
    ['an empty map that is there twice', ((empty: object) => ({ a: empty, b: empty }))({})],
    ['an instance of a class', { a: new Custom() }],
    ['an instance of a class as the document', new Custom()],
    ['an object without a prototype', { a: Object.assign(Object.create(null) as object, { b: 1 }) }],
    ['an object with its own toJSON', { a: { toJSON: () => 'json' } }],
    ['a date', { a: new Date(0) }],
    ['a map and a set', { a: new Map([['k', 1]]), b: new Set([1]) }],
    ['bytes', { a: Buffer.from('bytes') }],
    ['a big integer', { a: 12345678901234567890n }],
    ['boxed values', { a: new String('s'), b: new Number(1), c: new Boolean(false) }],
    ['a list with holes', { a: [1, , 3] }],
    ['a list of a class of its own', { a: (class extends Array {}).from([1, 2]) }],
    ['undefined', undefined],
    ['null', null],
    ['an empty map', {}],
    ['a list', [1, { a: 2 }]],
  ])('%s', (_, document) => {
    expect(new YamlWriter().stringify(document)).toBe(Yaml.stringify(document));
  });

  test('a circle', () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle.self = circle;
    expect(new YamlWriter().stringify(circle)).toBe(Yaml.stringify(circle));
  });

  test('a function, which YAML cannot hold', () => {
    const document = { a: () => 1 };
    expect(() => Yaml.stringify(document)).toThrow('Tag not resolved for Function value');
    expect(() => new YamlWriter().stringify(document)).toThrow('Tag not resolved for Function value');
  });
});

test('a document after one that failed is written from a clean sheet', () => {
  const writer = new YamlWriter();
  const shared = { a: 1 };
  writer.stringify({ x: { y: shared }, z: shared });
  expect(writer.stringify({ k: shared })).toBe('k:\n  a: 1\n');
});

test('more text than the writer keeps is written all the same', () => {
  const writer = new YamlWriter();
  const line = '# '.padEnd(100_000, 'x');
  for (let i = 0; i < 60; i++) expect(writer.stringify({ [`${i}`]: line + i })).toBe(`"${i}": "${line}${i}"\n`);
});

test('a document nested hundreds deep is written as cdk8s writes it', () => {
  let document: object = { end: 'a\nb' };
  for (let i = 0; i < 300; i++) document = i % 3 === 0 ? { list: [document, i] } : { [`k${i}`]: document };
  expect(new YamlWriter().stringify(document)).toBe(Yaml.stringify(document));
});
