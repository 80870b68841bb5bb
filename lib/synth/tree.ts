import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { messageOf, type Problems } from './problems';

/** No construct: the index of what a construct above all charts has for a chart. */
export const NONE = -1;

/**
 * Constructs in pre-order, read once. A construct is its index from here on, and everything below construct `i` is the
 * range from `i` up to `end[i]`, so that "is it below" is two comparisons.
 */
export interface Tree {
  readonly nodes: readonly IConstruct[];
  /** Scope of each construct. */
  readonly parent: readonly number[];
  /** First index behind all that is below each construct. */
  readonly end: readonly number[];
  /** Nearest chart of each construct, itself included. */
  readonly chart: readonly number[];
  /** What each construct depends on by its own word. */
  readonly dependencies: readonly (readonly IConstruct[])[];
  /** ApiObjects of each chart, by the index of the chart; those of a nested chart are not its parent's. */
  readonly objects: ReadonlyMap<number, readonly number[]>;
}

export function readTree(root: IConstruct, problems: Problems): Tree {
  const nodes: IConstruct[] = [];
  const parent: number[] = [];
  const chart: number[] = [];
  const objects = new Map<number, number[]>();
  visit(root, (construct, above) => {
    const index = nodes.push(construct) - 1;
    parent.push(above);
    if (Chart.isChart(construct)) {
      chart.push(index);
      objects.set(index, []);
    } else {
      const nearest = above === NONE ? NONE : chart[above];
      chart.push(nearest);
      if (ApiObject.isApiObject(construct)) objects.get(nearest)?.push(index);
    }
    return index;
  });
  const dependencies = nodes.map(construct => dependenciesOf(construct, problems));
  return { nodes, parent, end: endsOf(parent), chart, dependencies, objects };
}

/** `root` and all below it, in pre-order. */
export function allBelow(root: IConstruct): IConstruct[] {
  const found: IConstruct[] = [];
  visit(root, construct => found.push(construct));
  return found;
}

/** Whether the tree still has the same constructs and dependencies below construct `index`: rendering can add some. */
export function isAsRead(tree: Tree, index: number): boolean {
  let next = index;
  let same = true;
  visit(tree.nodes[index], construct => {
    // children that are no longer there, or new ones, shift all that follow
    same &&= tree.nodes[next] === construct && tree.dependencies[next].length === countDependencies(construct);
    return next++;
  });
  return same && next === tree.end[index];
}

export function refuseDependency(source: IConstruct, found: string, problems: Problems): void {
  problems.add(source, {
    ruleId: 'construct/dependency',
    path: 'node.dependencies',
    expected: 'dependencies between constructs that are in charts',
    found,
    fix: 'let a chart, or something in one, depend on a chart or on something in one',
  });
}

/**
 * Pre-order with a stack of our own: a deep tree must not overflow the one of the engine.
 *
 * @param enter returns what the children of the construct are to be told about it
 */
function visit(root: IConstruct, enter: (construct: IConstruct, above: number) => number): void {
  const todo = [root];
  const aboveTodo = [NONE];
  for (let construct = todo.pop(); construct !== undefined; construct = todo.pop()) {
    const index = enter(construct, aboveTodo.pop() ?? NONE);
    const children = construct.node.children;
    for (let i = children.length - 1; i >= 0; i--) {
      todo.push(children[i]);
      aboveTodo.push(index);
    }
  }
}

function endsOf(parent: readonly number[]): number[] {
  const end = parent.map((_, index) => index + 1);
  // backwards: what is below a construct comes behind it
  for (let i = parent.length - 1; i > 0; i--) end[parent[i]] = Math.max(end[parent[i]], end[i]);
  return end;
}

function dependenciesOf(construct: IConstruct, problems: Problems): IConstruct[] {
  try {
    return construct.node.dependencies;
  } catch (error) {
    refuseDependency(construct, messageOf(error), problems); // on something that is no IDependable
    return [];
  }
}

function countDependencies(construct: IConstruct): number {
  try {
    return construct.node.dependencies.length;
  } catch {
    return 0;
  }
}
