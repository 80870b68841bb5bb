import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problems } from './problems';
import { NONE, refuseDependency, type Tree } from './tree';

/**
 * The ApiObjects that stand for a construct that others depend on: those below it, in its own chart.
 *
 * cdk8s writes each dependency out as all pairs of objects, into the tree. Here the objects of both sides share one
 * group, which is walked once.
 */
export interface Group {
  readonly members: readonly number[];
  /** All members lie in the range from `first` up to `end`. */
  readonly first: number;
  readonly end: number;
}

/** What depends on what, as cdk8s understands it. */
export interface Dependencies {
  /** Dependencies of each construct that has any, those that its chart gets from them included, in cdk8s's order. */
  readonly direct: ReadonlyMap<number, readonly number[]>;
  /** Groups that an ApiObject comes after: what its chart, the constructs around it and itself depend on. None for others. */
  readonly groups: readonly (readonly Group[])[];
  /** Charts with a dependency between two constructs below them; in all others the order of the tree stands. */
  readonly ordered: ReadonlySet<number>;
  /** Whether a chart depends on another one. */
  readonly betweenCharts: boolean;
}

const NO_GROUPS: readonly Group[] = [];

/** What each construct depends on, by its index. */
type Targets = ReadonlyMap<number, ReadonlySet<IConstruct>>;

/** cdk8s knows a construct by its path: a dependency on one that was removed is a dependency on its successor. */
type Paths = ReadonlyMap<string, number>;

/** @returns nothing when nothing depends on anything */
export function readDependencies(tree: Tree, problems: Problems): Dependencies | undefined {
  const targets = explicitTargets(tree, problems);
  const nested = [...tree.objects.keys()].filter(chart => isChildChart(tree, chart));
  if (targets.size === 0 && nested.length === 0) return undefined;

  const byPath: Paths = new Map(tree.nodes.map((construct, index) => [construct.node.path, index]));
  const ordered = chartsWithOrder(tree, targets, byPath);

  const add = (source: number, target: IConstruct): void => {
    const of = targets.get(source);
    if (of) of.add(target); else targets.set(source, new Set([target]));
  };
  const explicit = [...targets].flatMap(([source, of]) => [...of].map(target => ({ source, target })));
  for (const chart of nested) add(tree.parent[chart], tree.nodes[chart]);
  let betweenCharts = nested.length > 0;
  for (const { source, target } of explicit) {
    const [from, to] = [tree.chart[source], Chart.of(target)];
    if (tree.nodes[from] === to) continue;
    add(from, to);
    betweenCharts = true;
  }

  const direct = new Map<number, number[]>();
  for (const [source, of] of targets) direct.set(source, present([...of], byPath));
  return { direct, groups: groupsOf(tree, targets, byPath), ordered, betweenCharts };
}

function explicitTargets(tree: Tree, problems: Problems): Map<number, Set<IConstruct>> {
  const targets = new Map<number, Set<IConstruct>>();
  tree.dependencies.forEach((of, index) => {
    if (of.length === 0) return;
    const source = tree.nodes[index];
    if (tree.chart[index] === NONE) return refuseDependency(source, 'it is in no chart itself', problems);
    for (const target of of) if (!isInChart(target)) refuseDependency(source, `${nameOf(target)} is in no chart`, problems);
    const usable = of.filter(isInChart);
    if (usable.length > 0) targets.set(index, new Set(usable));
  });
  return targets;
}

function isInChart(construct: IConstruct): boolean {
  return construct.node.scopes.some(scope => Chart.isChart(scope));
}

function nameOf(construct: IConstruct): string {
  return construct.node.path === '' ? 'the app' : construct.node.path;
}

function isChildChart(tree: Tree, chart: number): boolean {
  return tree.parent[chart] !== NONE && chartAbove(tree, chart) === tree.parent[chart];
}

function chartAbove(tree: Tree, chart: number): number {
  return tree.parent[chart] === NONE ? NONE : tree.chart[tree.parent[chart]];
}

/** A dependency orders every chart, from the nearest one up, that holds both of its ends. */
function chartsWithOrder(tree: Tree, targets: Targets, byPath: Paths): Set<number> {
  const ordered = new Set<number>();
  for (const [source, of] of targets) {
    for (const target of present([...of], byPath)) {
      for (let chart = tree.chart[source]; chart !== NONE; chart = chartAbove(tree, chart)) {
        if (target >= chart && target < tree.end[chart]) ordered.add(chart);
      }
    }
  }
  return ordered;
}

function groupsOf(tree: Tree, targets: Targets, byPath: Paths): (readonly Group[])[] {
  const known = new Map<IConstruct, Group>();
  const groupOf = (target: IConstruct): Group => {
    const group = known.get(target) ?? asGroup(present(objectsOf(target), byPath));
    known.set(target, group);
    return group;
  };
  const below: (readonly Group[])[] = [];
  tree.nodes.forEach((_, index) => {
    // within a chart, what a scope depends on is what all that is in it depend on
    const inherited = tree.chart[index] === index || tree.chart[index] === NONE ? NO_GROUPS : below[tree.parent[index]];
    const own = targets.get(index);
    below.push(own ? [...inherited, ...[...own].map(groupOf)] : inherited);
  });
  return below.map((groups, index) => ApiObject.isApiObject(tree.nodes[index]) ? groups : NO_GROUPS);
}

/** The ApiObjects below `construct` without those of charts below it, which need not be in this app's tree. */
function objectsOf(construct: IConstruct): IConstruct[] {
  const found: IConstruct[] = [];
  const todo = [construct];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (ApiObject.isApiObject(next)) found.push(next);
    const children = next.node.children.filter(child => !Chart.isChart(child));
    for (let i = children.length - 1; i >= 0; i--) todo.push(children[i]);
  }
  return found;
}

function asGroup(members: number[]): Group {
  if (members.length === 0) return { members, first: 0, end: 0 };
  const range = members.reduce(([low, high], i) => [Math.min(low, i), Math.max(high, i)], [members[0], members[0]]);
  return { members, first: range[0], end: range[1] + 1 };
}

/** Those of `constructs` that the tree holds; cdk8s ignores the others. */
function present(constructs: readonly IConstruct[], byPath: Paths): number[] {
  return constructs.map(construct => byPath.get(construct.node.path)).filter(index => index !== undefined);
}
