import { describe, expect, test } from 'vitest';
import { decode, readSource, readValues } from '../../../lib/rules/source';

/** The documents of a text, which is sound. */
function valuesOf(text: string): unknown[] {
  const { values, findings } = readValues('a.yaml', text);
  expect(findings).toEqual([]);
  return values;
}

/** `line: what`, for each thing that is wrong. */
function problemsOf(text: string): string[] {
  return readSource('a.yaml', text).findings.map(({ line, found }) => `${line}: ${found}`);
}

describe('documents', () => {
  test.each([
    ['a: 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['---\n# nothing\n---\n---\na: 1\n--- # the second\nb: 2\n---', [{ a: 1 }, { b: 2 }]],
    ['# Source: chart/templates/a.yaml\na: 1\n---\n# Source: chart/templates/b.yaml\n', [{ a: 1 }]],
    ['a: 1\n...\n---\nb: 2\n...\n', [{ a: 1 }, { b: 2 }]],
    ['a: |\n  x\n\n  y\r\n', [{ a: 'x\n\ny\n' }]],
    ['a: 1\r\nb: |\r\n  x\r\n  y\r\n---\r\nc: 2\r\n', [{ a: 1, b: 'x\ny\n' }, { c: 2 }]],
    ['', []],
    ['# only a comment\n', []],
    ['{"a": 1}{"b": 2}\n{"c": [{"d": "}"}]}\n', [{ a: 1 }, { b: 2 }, { c: [{ d: '}' }] }]],
    ['{"a":\t"\\u00e9\\ud83d\\ude00\\/"}', [{ a: 'é😀/' }]],
    ['{a: 1} # a comment\n', [{ a: 1 }]],
    ["{a: '}'}\n---\n{b: 1}\n", [{ a: '}' }, { b: 1 }]],
    ['[1, 2]', [[1, 2]]],
  ])('of %j', (text, expected) => { expect(valuesOf(text)).toEqual(expected); });

  test.each([
    ['a: [\n1,\n2\n]\nb: "x\ny"\n', [{ a: [1, 2], b: 'x y' }]],
    ['a:\n  b: {\n    "c": [\n    1 # ]\n    ]\n  }\n  d: \'it\'\'s\n\n  ]\'\n', [{ a: { b: { c: [1] }, d: 'it\'s\n]' } }]],
    ['args: [\n"a]",\n\'b]\',\n  c\n]\n---\nargs: [\n1\n]\n', [{ args: ['a]', 'b]', 'c'] }, { args: [1] }]],
  ])('with brackets and quotes that close further left than YAML 1.2 wants: %j', (text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test('with anchors, and with keys that are merged in the order of Kubernetes', () => {
    expect(valuesOf('a: &x { b: 1, c: 2 }\nd: *x\ne: { <<: *x, b: 3 }\nf: { b: 3, <<: *x }\ng: { <<: [{ b: 5 }, *x] }\nh: { "<<": 1 }\n')).toEqual([{
      a: { b: 1, c: 2 }, d: { b: 1, c: 2 }, e: { b: 3, c: 2 }, f: { b: 1, c: 2 }, g: { b: 5, c: 2 }, h: { '<<': 1 },
    }]);
  });

  test('with a key that means something to JavaScript', () => {
    const [value] = valuesOf('__proto__: { a: 1 }\n');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1}}');
  });
});

describe('what cannot be read', () => {
  test.each([
    ['a: [\n', '1: unexpected end of the stream within a flow collection'],
    ['a: 1\nb: {\n  c: ]\n', '3: '],
    ['a: 1\n---\nb: *x\n', '3: *x without an anchor &x before it'],
    ['a: &x\n  b: *x\n', '2: *x inside of &x'],
    ['a: 1\n  b: 2\n', '2: bad indentation of a mapping entry'],
    ['a:\n\tb: 1\n', '2: tab characters must not be used in indentation'],
    ['a: 1\n--- b\nc: 1\n', '2: "b"'],
    ['a: 1\n...\nb: 2\n', '3: a second document without `---` before it'],
    ['a: 1\n[b]: 2\n', '2: a key that is no text'],
    ['a: 1\nb: { <<: 1 }\n', '2: `<<` with something that is no mapping'],
    ['a: .nan\n', '1: NaN, which JSON has no number for'],
    ['a: \u0000\n', '1: null byte is not allowed in input'],
    [`a: ${'['.repeat(2000)}`, '1: nesting exceeded maxDepth (1000)'],
    ['a: "\\q"\n', '1: unknown escape sequence'],
  ])('%j', (text, problem) => {
    const [found, ...more] = problemsOf(text);
    expect(more).toEqual([]);
    expect(found.startsWith(problem), found).toBe(true);
  });

  test('leaves the other documents as they are', () => {
    const { manifests, findings } = readSource('a.yaml', 'kind: A\n---\nkind: [\n---\nkind: C\n');
    expect(manifests.map(({ kind }) => kind)).toEqual(['A', 'C']);
    expect(findings).toEqual([{
      ruleId: 'out/unreadable', severity: 'error', outcome: 'violated', file: 'a.yaml', line: 3, path: '',
      expected: 'a document of YAML or JSON', found: 'unexpected end of the stream within a flow collection', fix: 'mend the YAML or JSON at this line',
      message: 'expected a document of YAML or JSON, found unexpected end of the stream within a flow collection', link: expect.stringMatching(/^https:/),
    }]);
  });

  test('says what to do about templates and tabs', () => {
    const fixOf = (text: string): string => readSource('a.yaml', text).findings[0].fix;
    expect(fixOf('replicas: {{ .Values.replicas }}\n')).toContain('helm template');
    expect(fixOf('spec:\n\treplicas: 1\n')).toContain('spaces');
  });

  test('is a bomb of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`);
    expect(problemsOf(['l0: &l0 [x, x, x, x, x, x, x, x, x, x]', ...levels].join('\n'))[0]).toContain('more aliases than Kubernetes follows');
  });
});

describe('keys that stand twice', () => {
  test('are told with both lines, under the object that they are in', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels: { app.io/x: b, app.io/x: c }\ndata:\n  k: 1\nmetadata:\n  name: b\n';
    const { manifests, findings } = readSource('a.yaml', text);
    expect(findings.map(({ path, line, found, kind, name }) => [path, line, found, kind, name])).toEqual([
      ['metadata.labels[app.io/x]', 5, 'it twice', 'ConfigMap', 'b'],
      ['metadata', 8, 'it on line 3 too', 'ConfigMap', 'b'],
    ]);
    expect(manifests[0].json.metadata).toEqual({ name: 'b' });
  });

  test('are found in lists of objects and in JSON', () => {
    const list = '{"kind": "List", "items": [{"kind": "A", "x": {}},\n{"kind": "B", "spec": {"x": [{"y": 1,\n"y": 2}]}}]}';
    expect(readSource('a.json', list).findings.map(({ path, line, kind }) => [path, line, kind])).toEqual([['spec.x[0].y', 3, 'B']]);
  });

  test('are not those of a merge', () => {
    expect(problemsOf('a: &x { b: 1 }\nc: { <<: *x, b: 2 }\n')).toEqual([]);
    expect(problemsOf('a: &x { b: 1 }\nc: { <<: *x, b: 2, b: 3 }\n')).toHaveLength(1);
  });
});

describe('objects', () => {
  test('come one by one out of lists, and of lists in lists', () => {
    const text = 'kind: List\nitems:\n- kind: A\n- kind: ConfigMapList\n  items: [{ kind: B }, null]\n';
    expect(readSource('a.yaml', text).manifests.map(({ kind }) => kind)).toEqual(['A', 'B']);
  });

  test('of other tools are left out where asked', () => {
    const text = 'replicas: 2\n---\napiVersion: v1\nkind: Pod\n---\n- kind: x\n---\ntext\n---\nkind: Kustomization\n';
    const { manifests, foreign } = readSource('a.yaml', text, { leavesForeign: true });
    expect([manifests.map(({ kind }) => kind), foreign]).toEqual([['Pod'], 4]);
    expect(readSource('a.yaml', text).manifests).toHaveLength(5);
  });
});

describe('lines', () => {
  const TEXT = `# a comment
apiVersion: v1
kind: Pod
metadata:
  labels: { app: x,
    a.b/c: d }
  annotations:
    "quoted": |
      text: no key
      of: two lines
spec: &spec
  containers:
  - name: a
    resources:
      limits:
        nvidia.com/gpu: 8
  -
    name: b
    env: [
      { name: A },
      { name: B }
    ]
  empty:
  volumes: &volumes
    - name: data
other:
  <<: *spec
  volumes: *volumes
---
kind: List
items:
  - kind: A
    spec: { x: 1 }
  - kind: B
    spec:
      x: 1
`;
  const { manifests } = readSource('a.yaml', TEXT);
  const [pod, , second] = manifests;

  test.each([
    ['', 2], ['kind', 3], ['metadata.labels[app]', 5], ['metadata.labels[a.b/c]', 6], ['metadata.annotations[quoted]', 8],
    ['spec.containers', 12], ['spec.containers[0]', 13], ['spec.containers[0].name', 13], ['spec.containers[0].resources.limits[nvidia.com/gpu]', 16],
    ['spec.containers[1]', 18], ['spec.containers[1].env[1].name', 21], ['spec.empty', 23], ['spec.empty.deeper', 23], ['spec.volumes[0].name', 25],
    ['other', 26], ['other.volumes', 28], ['other.volumes[0]', 25], ['other.containers[0].name', 13],
  ])('of %s', (path, line) => { expect(pod.origin.lineOf?.(path)).toBe(line); });

  test.each([
    ['spec.selector', 11], ['spec.containers[0].image', 13], ['spec.containers[7].image', 12], ['status', 2], ['metadata.labels[app.x]', 5],
  ])('of %s, which is not there: what comes nearest', (path, line) => { expect(pod.origin.lineOf?.(path)).toBe(line); });

  test('of an item of a list', () => {
    expect(second.origin.lineOf?.('')).toBe(34);
    expect(second.origin.lineOf?.('spec.x')).toBe(36);
    expect(second.origin.lineOf?.('spec.y')).toBe(35);
  });

  test('of JSON, and of a text with indentation that had to be mended', () => {
    const json = readSource('a.json', '\n\n{"kind": "Pod",\n"spec": {\n"containers": [\n{"name": "a"},\n{"name": "b"}]}}').manifests[0];
    expect(json.origin.lineOf?.('spec.containers[1].name')).toBe(7);
    const mended = readSource('a.yaml', 'kind: Pod\nargs: [\n1,\n2\n]\nspec:\n  x: 1\n').manifests[0];
    expect([mended.origin.lineOf?.('args[1]'), mended.origin.lineOf?.('spec.x')]).toEqual([4, 7]);
  });

  test('count carriage returns with the line feeds behind them', () => {
    expect(readSource('a.yaml', 'kind: Pod\r\nspec:\r\n  x: 1\r\n').manifests[0].origin.lineOf?.('spec.x')).toBe(3);
  });
});

describe('the bytes of a file', () => {
  test('may be UTF-8 or UTF-16, with a byte order mark', () => {
    const bytes = (text: string): Buffer => Buffer.from(text, 'utf16le');
    expect(decode(Buffer.from('\ufeffa: é'))).toBe('a: é');
    expect(decode(bytes('\ufeffa: é'))).toBe('a: é');
    expect(decode(bytes('\ufeffa: é').swap16())).toBe('a: é');
  });

  test('are no text where they are neither', () => {
    expect(decode(Buffer.from([0x61, 0xff, 0xfe, 0x80]))).toBeUndefined();
  });
});

test('a long text is read in time that grows with its length', () => {
  const document = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\ndata:\n  k: "v"\n  l: |\n    text\n---\n';
  const { manifests } = readSource('a.yaml', document.repeat(20_000));
  expect(manifests).toHaveLength(20_000);
  expect(manifests[19_999].origin.lineOf?.('data.k')).toBe(19_999 * 8 + 5);
});
