import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, ApiObjectProps, App, Chart, JsonPatch, Lazy, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import { afterEach, describe, expect, test, vi, type Mock } from 'vitest';
import { MlApp } from '../lib/app';
import { ProblemCollector } from '../lib/findings/collector';
import { Outcome, Severity, type Finding } from '../lib/findings/finding';
import { KubernetesVersion } from '../lib/kubernetes-version';
import { targetOf } from '../lib/private/target';
import { contentsOf, OUTPUT_TYPES, withOutdir } from './synth/random-app';
import { errorOf } from './support/findings';

afterEach(() => vi.restoreAllMocks());

function objectIn(scope: Construct, id: string, props: Partial<ApiObjectProps> = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', ...props });
}

/** A construct that objects to itself. */
function objecting(scope: Construct, id: string, ...messages: string[]): Mock {
  const validate = vi.fn(() => messages);
  new Construct(scope, id).node.addValidation({ validate });
  return validate;
}

function rulesOf(use: () => unknown): string[] {
  return errorOf(use).findings.map(finding => `${finding.ruleId} ${finding.constructPath}`);
}

describe('target', () => {
  test('is 1.33 where none is named', () => {
    const app = new MlApp();
    expect(app.target).toBe(KubernetesVersion.V1_33);
    expect(targetOf(new Chart(app, 'chart'))).toBe(KubernetesVersion.V1_33);
  });

  test('is what constructs anywhere in the app see', () => {
    const app = new MlApp({ target: KubernetesVersion.V1_28 });
    expect(app.target).toBe(KubernetesVersion.V1_28);
    expect(targetOf(new Construct(new Chart(app, 'chart'), 'inner'))).toBe(KubernetesVersion.V1_28);
  });

  test('of a plain cdk8s app is the default', () => {
    expect(targetOf(new Chart(new App(), 'chart'))).toBe(KubernetesVersion.V1_33);
  });

  test.each([['1.26'], [1.33], ['latest']])('%j is refused', target => {
    expect(errorOf(() => new MlApp({ target: target as KubernetesVersion })).message).toBe([
      '1 problem',
      '(app) (MlApp)',
      '  error app/target',
      `    target: expected a Kubernetes release from 1.27 to 1.36, found ${JSON.stringify(target)}`,
      '    fix: take one of KubernetesVersion',
    ].join('\n'));
  });
});

describe('when something is wrong', () => {
  test('one error names all of it', () => {
    const app = new MlApp();
    const chart = new Chart(app, 'chart', { namespace: 'ml' });
    objecting(chart, 'first', 'the disk is too small', 'the disk is\ntoo slow');
    objectIn(chart, 'cannot', { data: Lazy.any({ produce: () => { throw new Error('no data yet'); } }) });
    objectIn(chart, 'one', { metadata: { name: 'same' } });
    objectIn(chart, 'two', { metadata: { name: 'same' } });
    const [a, b] = [objectIn(chart, 'a'), objectIn(chart, 'b')];
    a.addDependency(b);
    b.addDependency(a);

    expect(errorOf(() => app.synth()).message).toBe(`\
5 problems, nothing was written
chart/first (Construct)
  error construct/validation
    node.validate(): expected nothing to object to, found the disk is too small
    fix: change the props of the construct as its own message says
  error construct/validation
    node.validate(): expected nothing to object to, found the disk is
    too slow
    fix: change the props of the construct as its own message says
chart/a (ApiObject)
  error construct/dependency-cycle
    node.dependencies: expected an order in which each construct comes after what it depends on, found Dependency cycle detected: chart/a => chart/b => chart/a
    fix: remove one of these dependencies; a chart depends on the charts directly in it and on those its objects depend on
chart/cannot (ApiObject)
  error construct/serialization
    toJson(): expected an object that can be written as YAML, found Failed serializing construct at path 'chart/cannot' with name 'chart-cannot-c8ebd1b8': Error: no data yet
    fix: give the construct plain values: strings, numbers, booleans, lists and maps of them
chart/two (ApiObject)
  error out/duplicate-object
    metadata.name: expected one ConfigMap same in namespace ml, found the one of chart/one again
    fix: give one of the two another name or namespace, or make the object once and use it twice
    see: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/`);
  });

  test.each(OUTPUT_TYPES)('no directory is made, output type %i', yamlOutputType => withOutdir(outdir => {
    const app = new MlApp({ outdir, yamlOutputType, recordConstructMetadata: true });
    objectIn(new Chart(app, 'fine'), 'x');
    objecting(new Chart(app, 'wrong'), 'y', 'wrong');
    expect(() => app.synth()).toThrow('1 problem, nothing was written');
    expect(existsSync(outdir)).toBe(false);
  }));

  test.each(OUTPUT_TYPES)('the output of last time stays as it was, output type %i', yamlOutputType => withOutdir(outdir => {
    mkdirSync(outdir);
    writeFileSync(join(outdir, 'fine.k8s.yaml'), 'of last time');
    const app = new MlApp({ outdir, yamlOutputType });
    objectIn(new Chart(app, 'fine'), 'x');
    objectIn(new Chart(app, 'wrong'), 'x', { data: { run: () => 1 } });
    expect(rulesOf(() => app.synth())).toEqual(['construct/serialization wrong/x', 'api/type wrong/x']);
    expect(contentsOf(outdir)).toEqual({ 'fine.k8s.yaml': 'of last time' });
  }));

  test('synthYaml throws the same', () => {
    const app = new MlApp();
    objecting(new Chart(app, 'chart'), 'x', 'wrong');
    expect(errorOf(() => app.synthYaml()).message).toMatch(/^1 problem\nchart\/x \(Construct\)\n {2}error construct\/validation\n/);
  });

  test('what a validation throws is reported as what it finds', () => {
    const chart = new Chart(new MlApp(), 'chart');
    chart.node.addValidation({ validate: () => { throw new Error('broken check'); } });
    const own = new Construct(chart, 'own');
    own.node.addValidation({
      validate: () => {
        const problems = new ProblemCollector(own, 'Own');
        problems.error({ ruleId: 'own/rule', path: 'size', expected: 'more', found: 'less', fix: 'add some' });
        problems.throwIfAny();
        return [];
      },
    });
    const { findings } = errorOf(() => App.of(chart).synthYaml());
    expect(findings).toMatchObject([{ ruleId: 'construct/validation', found: 'broken check' }, { ruleId: 'own/rule', found: 'less' }]);
  });

  test('a value that YAML cannot hold is named with its object', () => {
    const app = new MlApp();
    objectIn(new Chart(app, 'chart'), 'x', { data: { run: () => 1 } });
    expect(errorOf(() => app.synthYaml()).findings).toMatchObject([
      { constructPath: 'chart/x', found: 'Tag not resolved for Function value' },
      { constructPath: 'chart/x', path: 'data[run]', found: 'a function' },
    ]);
  });
});

test('every construct is validated once, whatever the number of charts', () => withOutdir(outdir => {
  const app = new MlApp({ outdir });
  const validations = Array.from({ length: 20 }, (_, i) => objecting(new Chart(app, `c${i}`), 'x'));
  app.synth();
  for (const validation of validations) expect(validation).toHaveBeenCalledTimes(1);
}));

describe('two objects that are one in the cluster', () => {
  function charts(app = new MlApp()): [Chart, Chart] {
    return [new Chart(app, 'a', { namespace: 'one' }), new Chart(app, 'b', { namespace: 'two' })];
  }

  test('are refused in whatever version of their group they are written', () => {
    const [a] = charts();
    objectIn(a, 'x', { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'train' } });
    objectIn(a, 'y', { apiVersion: 'jobset.x-k8s.io/v1', kind: 'JobSet', metadata: { name: 'train' } });
    expect(errorOf(() => App.of(a).synthYaml()).findings).toMatchObject([{
      ruleId: 'out/duplicate-object',
      constructPath: 'a/y',
      expected: 'one JobSet.jobset.x-k8s.io train in namespace one',
      found: 'the one of a/x again',
    }]);
  });

  test('are refused across charts, each repeat once', () => {
    const [a, b] = charts();
    for (const chart of [a, b]) for (const id of ['x', 'y']) objectIn(chart, id, { metadata: { name: 'n', namespace: 'three' } });
    expect(rulesOf(() => App.of(a).synthYaml())).toEqual(['out/duplicate-object a/y', 'out/duplicate-object b/x', 'out/duplicate-object b/y']);
  });

  test.each<[string, Partial<ApiObjectProps>]>([
    ['namespace', { metadata: { name: 'n', namespace: 'elsewhere' } }],
    ['name', { metadata: { name: 'm' } }],
    ['kind', { kind: 'Secret', metadata: { name: 'n' } }],
    ['group', { apiVersion: 'example.com/v1', metadata: { name: 'n' } }],
  ])('are two when they differ in their %s', (_, other) => {
    const [a] = charts();
    objectIn(a, 'x', { metadata: { name: 'n' } });
    objectIn(a, 'y', other);
    expect(() => App.of(a).synthYaml()).not.toThrow();
  });
});

describe('two files of one name', () => {
  test('are refused for the same kind and name in two namespaces', () => {
    const app = new MlApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    for (const namespace of ['a', 'b']) objectIn(new Chart(app, namespace, { namespace }), 'x', { metadata: { name: 'settings' } });
    expect(errorOf(() => app.synth()).message).toBe(`\
1 problem, nothing was written
b/x (ApiObject)
  error out/file-collision
    yamlOutputType: expected a file of its own, found ConfigMap.settings.k8s.yaml, which is the file of a/x too
    fix: choose a yamlOutputType with fewer files (FILE_PER_APP has one), or give one of the two another name
    see: https://github.com/cdk8s-team/cdk8s/issues/2821`);
  });

  test('are refused within the folder of a chart', () => {
    const app = new MlApp({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
    const chart = new Chart(app, 'chart');
    for (const namespace of ['a', 'b']) objectIn(chart, namespace, { metadata: { name: 'settings', namespace } });
    expect(errorOf(() => app.synth()).findings).toMatchObject([{
      ruleId: 'out/file-collision', constructPath: 'chart/b', found: 'chart/ConfigMap.settings.k8s.yaml, which is the file of chart/a too',
    }]);
  });

  test('are refused for two charts', () => {
    const app = new MlApp();
    const scope = new Construct(app, 'scope');
    new Chart(scope, 'x');
    new Chart(new Construct(scope, 'Default'), 'x'); // Default counts neither in names nor in their hashes
    expect(rulesOf(() => app.synth())).toEqual(['out/file-collision scope/Default/x']);
  });

  test('are refused for a chart and the construct metadata', () => {
    const app = new MlApp({ outputFileExtension: '.json', recordConstructMetadata: true });
    new Chart(app, 'construct-metadata');
    expect(rulesOf(() => app.synth())).toEqual(['out/file-collision ']);
  });

  test('are not reported again for what is one object', () => {
    const app = new MlApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    const chart = new Chart(app, 'chart');
    for (const id of ['x', 'y']) objectIn(chart, id, { metadata: { name: 'n' } });
    expect(rulesOf(() => app.synth())).toEqual(['out/duplicate-object chart/y']);
  });

  test('cannot be named for an object without metadata', () => {
    const app = new MlApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    objectIn(new Chart(app, 'chart'), 'x').addJsonPatch(JsonPatch.remove('/metadata'));
    expect(rulesOf(() => app.synth())).toEqual(['out/no-file-name chart/x', 'api/name chart/x']);
  });
});

describe('warnings', () => {
  function warnings(): { app: MlApp; chart: Chart; printed: () => string } {
    const app = new MlApp();
    const chart = new Chart(app, 'chart');
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    return { app, chart, printed: () => stderr.mock.calls.map(([text]) => text as string).join('') };
  }

  function warn(construct: Construct, found: string): void {
    new ProblemCollector(construct, 'Volume').warn({ ruleId: 'volume/slow', path: 'tier', expected: 'a fast disk', found, fix: 'pay more' });
  }

  test('are printed to stderr once, and stdout stays clean', () => {
    const { app, chart, printed } = warnings();
    const stdout = vi.spyOn(process.stdout, 'write');
    warn(chart, 'a slow one');
    warn(objectIn(chart, 'x'), 'none');
    const text = app.synthYaml();
    app.synthYaml();

    expect(text).toContain('kind: ConfigMap');
    expect(stdout).not.toHaveBeenCalled();
    expect(printed()).toBe(`\
2 warnings
chart (Volume)
  warning volume/slow
    tier: expected a fast disk, found a slow one
    fix: pay more
chart/x (Volume)
  warning volume/slow
    tier: expected a fast disk, found none
    fix: pay more
`);
  });

  test('are at hand as data', () => {
    const { app, chart, printed } = warnings();
    warn(chart, 'a slow one');
    expect(app.warnings).toEqual<Finding[]>([{
      ruleId: 'volume/slow', severity: Severity.WARNING, outcome: Outcome.VIOLATED, constructPath: 'chart', constructType: 'Volume',
      path: 'tier', expected: 'a fast disk', found: 'a slow one', fix: 'pay more', message: 'tier: expected a fast disk, found a slow one',
    }]);
    expect(printed()).toBe('');
  });

  test('that come later are printed later, without the earlier ones', () => {
    const { app, chart, printed } = warnings();
    warn(chart, 'first');
    app.synthYaml();
    warn(chart, 'second');
    app.synthYaml();
    expect(printed().match(/found \w+/g)).toEqual(['found first', 'found second']);
  });

  test('do not get into the way of an error', () => {
    const { app, chart, printed } = warnings();
    warn(chart, 'a slow one');
    objecting(chart, 'x', 'wrong');
    expect(() => app.synthYaml()).toThrow('1 problem\nchart/x');
    expect(printed()).toBe('');
  });

  test('are none, and nothing is printed, when nothing is to warn of', () => {
    const { app, printed } = warnings();
    app.synthYaml();
    expect(app.warnings).toEqual([]);
    expect(printed()).toBe('');
  });
});

test.each(OUTPUT_TYPES)('an app without objects or charts writes what cdk8s writes, output type %i', yamlOutputType => {
  for (const charts of [[], ['a', 'b']]) {
    const files = (type: typeof App): Record<string, string> => withOutdir(outdir => {
      const app = new type({ outdir, yamlOutputType, recordConstructMetadata: true });
      for (const id of charts) new Chart(app, id);
      app.synth();
      return contentsOf(outdir);
    });
    expect(files(MlApp)).toEqual(files(App));
  }
});

test('charts are listed in the order in which they are written', () => {
  const app = new MlApp();
  const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
  objectIn(first, 'x').addDependency(objectIn(second, 'y'));
  expect(app.charts.map(chart => chart.node.path)).toEqual(['second', 'first']);
  second.addDependency(first);
  expect(() => app.charts).toThrow('Dependency cycle detected: first => second => first');
});
