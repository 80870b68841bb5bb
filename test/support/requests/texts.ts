import fc from 'fast-check';

/** Strings that a YAML writer or reader may take for something else. */
const TRICKY = [
  '', ' ', '0', '007', '1e3', '1E400', '0x1F', '0o17', '0b1', '1_000', '1.0', '.5', '-0', '12:30', '12:30:45', '190:20:30.15', 'true', 'False', 'no', 'Yes',
  'on', 'OFF', 'y', 'n', 'null', 'Null', '~', '.inf', '-.Inf', '.nan', '<<', '=', '2026-11-20', '2026-11-20T10:00:00Z', '2001-12-14t21:59:43.10-05:00',
  '-', '- a', '?', '? a', ':', 'a: b', 'a:', 'a #b', '#a', '&a', '*a', '!a', '!!str a', '|', '>', '%a', '@a', '`a', '"', "'", '\\', '\\n', '[a]', '{a}', ',',
  '---', '...', '--- a', '\n', 'a\n', '\na', 'a\nb', 'a\n\nb\n\n', ' a\n  b', 'a \nb', '  lead', 'trail  ', '\t', 'a\tb', '\r\n', 'a\rb', '\u0001',
  '\u0085', '\u00a0', '\u2028', '\ufeff', '\u200b', 'ÄÖ', '日本語', '😀', '$(HOME)', '$$', '${x}', '{{ x }}', 'x '.repeat(120), 'x'.repeat(300),
];
export const text = fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ maxLength: 200 }));

export const label = fc.constantFrom('1', '0', 'true', 'null', 'no', '1e3', '0x1F', '1_000', '1.0', '2026-11-20', 'vision', 'a.b_c-d', 'Y', '');
export const key = fc.constantFrom('team', '7', 'true', 'null', 'example.com/a', 'a.b.example.com/C_d.e', 'node.kubernetes.io/instance-type', '1.0', 'y');
export const labels = fc.dictionary(key, label, { maxKeys: 4 });
export const dnsName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
/** Names of objects may begin with digits, and then look like numbers. */
export const objectName = fc.oneof(dnsName, fc.constantFrom('007', '1e3', '12345', 'true', 'null', 'a.b', '0x1f'));
export const variable = fc.constantFrom('A', 'NCCL_DEBUG', 'HOME', 'y', 'null', 'a.b-c', 'POD_NAME', 'NO', '_1', 'WANDB_PROJECT');
/** Values of labels that say something. */
export const value = fc.constantFrom('1', 'true', 'null', '1e3', 'ml', 'a.b_c-d');

export const maybe = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined });
export const oneOf = <const T>(...all: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...all);
export const millis = fc.integer({ min: 1, max: 128_000 });
export const memoryMiB = fc.integer({ min: 1024, max: 2_000_000 });
/** None that something else in a worker is asked for. */
export const port = fc.integer({ min: 10_000, max: 65535 });
