import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { Construct, DependencyGroup } from 'constructs';
import { describe, expect, test } from 'vitest';
import { orderOf } from '../../lib/synth/order';
import { Problems } from '../../lib/synth/problems';
import { readTree } from '../../lib/synth/tree';

/** Paths of an app's objects in the order in which they are written. */
function pathsOf(app: App): string[] {
  const problems = new Problems();
  const order = orderOf(readTree(app, problems), problems);
  problems.throwIfAny();
  return order.charts.flatMap(chart => order.objectsOf(chart).map(object => object.node.path));
}

function objectIn(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' });
}

function twoIn(scope: Construct, id: string): Construct {
  const construct = new Construct(scope, id);
  objectIn(construct, 'a');
  objectIn(construct, 'b');
  return construct;
}

/** cdk8s writes its dependencies into the tree: it gets an app of its own. */
function expectOrderOfCdk8s(build: (app: App) => void): void {
  const [ours, theirs] = [new App(), new App({ yamlOutputType: YamlOutputType.FILE_PER_APP })];
  build(ours);
  build(theirs);
  const names = [...theirs.synthYaml().matchAll(/ name: (\S+)/g)].map(match => match[1]);
  const nameOf = new Map(ours.node.findAll().filter(c => c instanceof ApiObject).map(object => [object.node.path, object.name]));
  expect(pathsOf(ours).map(path => nameOf.get(path))).toEqual(names);
}

describe('the order is the one of cdk8s', () => {
  test('in the order of the tree where nothing depends on anything', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    objectIn(chart, 'b');
    objectIn(new Construct(chart, 'inner'), 'x');
    objectIn(chart, 'a');
    expect(pathsOf(app)).toEqual(['chart/b', 'chart/inner/x', 'chart/a']);
  });

  test('with ids that look like integers first', () => expectOrderOfCdk8s(app => {
    const named = new Chart(app, 'named');
    objectIn(new Chart(new Construct(new Chart(app, '7'), 'c'), 'nested'), 'x');
    objectIn(new Chart(app, '3'), 'x');
    objectIn(named, '10');
    objectIn(named, 'a');
    objectIn(named, '9');
  }));

  test('with a nested chart before the one it is in', () => {
    const app = new App();
    const outer = new Chart(app, 'outer');
    objectIn(outer, 'x');
    objectIn(new Chart(outer, 'inner'), 'y');
    expect(pathsOf(app)).toEqual(['outer/inner/y', 'outer/x']);
  });

  test('with dependencies between constructs of two charts', () => expectOrderOfCdk8s(app => {
    const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
    const [a, b] = [twoIn(first, 'a'), twoIn(first, 'b')];
    a.node.addDependency(b, twoIn(second, 'c'));
  }));

  test('with a group as the dependency', () => expectOrderOfCdk8s(app => {
    const chart = new Chart(app, 'chart');
    const user = twoIn(chart, 'user');
    user.node.addDependency(new DependencyGroup(twoIn(chart, 'x'), objectIn(chart, 'y')), twoIn(chart, 'z'));
  }));

  test('with an object that depends on what it is in', () => expectOrderOfCdk8s(app => {
    const around = twoIn(new Chart(app, 'chart'), 'around');
    around.node.findChild('a').node.addDependency(around);
  }));

  test('with an object that all around it depend on', () => expectOrderOfCdk8s(app => {
    const around = twoIn(new Chart(app, 'chart'), 'around');
    around.node.addDependency(around.node.findChild('b'));
  }));

  test('with a dependency on something of another app, which numbers the charts and no more', () => {
    const other = objectIn(new Chart(new App(), 'other'), 'x');
    expectOrderOfCdk8s(app => objectIn(new Chart(app, 'chart'), 'y').addDependency(other));
    const app = new App();
    objectIn(new Chart(app, 'chart'), 'y').addDependency(other);
    const problems = new Problems();
    expect(orderOf(readTree(app, problems), problems).numbered).toBe(true);
  });

  test('with a dependency on a construct that was replaced by one of the same path', () => expectOrderOfCdk8s(app => {
    const chart = new Chart(app, 'chart');
    objectIn(chart, 'user').addDependency(objectIn(chart, 'target'));
    chart.node.tryRemoveChild('target');
    objectIn(chart, 'target');
  }));
});

test('a chain of 20,000 objects is ordered', () => {
  const app = new App();
  const chart = new Chart(app, 'chart', { disableResourceNameHashes: true });
  const objects = Array.from({ length: 20_000 }, (_, i) => objectIn(chart, `o${i}`));
  objects.slice(1).forEach((object, i) => objects[i].addDependency(object));
  expect(pathsOf(app)).toEqual(objects.map(object => object.node.path).reverse());
});

test('a ladder of 1,000 rungs of two objects is ordered, where cdk8s walks 2^1000 ways', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const rungs = Array.from({ length: 1000 }, (_, i) => twoIn(chart, `r${i}`));
  rungs.slice(1).forEach((rung, i) => rungs[i].node.addDependency(rung));
  expect(pathsOf(app)).toEqual([...rungs].reverse().flatMap(rung => rung.node.children.map(object => object.node.path)));
});

test('two charts of 2,000 objects each that depend on each other in one direction are ordered', () => {
  const app = new App();
  const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
  for (let i = 0; i < 2000; i++) [first, second].forEach(chart => objectIn(chart, `o${i}`));
  first.addDependency(second);
  const paths = pathsOf(app);
  expect(paths).toHaveLength(4000);
  expect(paths.slice(0, 2000).every(path => path.startsWith('second/'))).toBe(true);
});

describe('what has no order is refused', () => {
  test('a cycle, with the way around', () => {
    const chart = new Chart(new App(), 'chart');
    const [a, b, c] = ['a', 'b', 'c'].map(id => objectIn(chart, id));
    a.addDependency(b);
    b.addDependency(c);
    c.addDependency(a);
    expect(() => pathsOf(App.of(chart))).toThrow('Dependency cycle detected: chart/a => chart/b => chart/c => chart/a');
  });

  test('a cycle of two charts through their objects', () => {
    const app = new App();
    const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
    objectIn(first, 'a').addDependency(objectIn(second, 'b'));
    objectIn(second, 'c').addDependency(objectIn(first, 'd'));
    expect(() => pathsOf(app)).toThrow('Dependency cycle detected: first => second => first');
  });

  test('a construct that depends on itself, which cdk8s leaves out without a word', () => {
    const chart = new Chart(new App(), 'chart');
    const object = objectIn(chart, 'a');
    object.addDependency(object);
    expect(() => pathsOf(App.of(chart))).toThrow('Dependency cycle detected: chart/a => chart/a');
  });

  test('a nested chart that depends on the chart it is in', () => {
    const outer = new Chart(new App(), 'outer');
    objectIn(new Chart(outer, 'inner'), 'x').addDependency(objectIn(outer, 'y'));
    expect(() => pathsOf(App.of(outer))).toThrow('Dependency cycle detected: outer => outer/inner => outer');
  });

  test('dependencies from and to what is in no chart, and on what is no construct', () => {
    const app = new App();
    const outside = new Construct(app, 'outside');
    const object = objectIn(new Chart(app, 'chart'), 'x');
    outside.node.addDependency(object);
    object.node.addDependency(outside, app);
    objectIn(object.chart, 'y').node.addDependency({});
    expect(() => pathsOf(app)).toThrow(expect.objectContaining({
      findings: [
        expect.objectContaining({ constructPath: 'chart/y', found: expect.stringContaining('does not implement IDependable') }),
        expect.objectContaining({ constructPath: 'outside', found: 'it is in no chart itself' }),
        expect.objectContaining({ constructPath: 'chart/x', found: 'outside is in no chart' }),
        expect.objectContaining({ constructPath: 'chart/x', found: 'the app is in no chart' }),
      ],
    }));
  });
});
