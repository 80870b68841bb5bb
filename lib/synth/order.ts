import type { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { readDependencies, type Dependencies } from './dependencies';
import { sort } from './graph';
import type { Problems } from './problems';
import { isAsRead, readTree, type Tree } from './tree';
import { validateAll } from './validations';

/** In which order charts and their objects are written: what others depend on first. */
export interface EmissionOrder {
  readonly charts: readonly Chart[];
  /** Whether the order of the charts matters, so that file names start with their number. */
  readonly numbered: boolean;
  has(chart: Chart): boolean;
  /**
   * ApiObjects of one of the charts. A chart that has been added to since is read again: a `toJson()` of a user may
   * complete the chart before it renders it.
   */
  objectsOf(chart: Chart): readonly ApiObject[];
}

/**
 * The order that cdk8s would write the app in, without leaving a trace in the tree.
 *
 * Dependencies that cannot be followed are problems; the order is then the one of the tree, so that what else is wrong
 * can still be found.
 */
export function orderOf(tree: Tree, problems: Problems): EmissionOrder {
  let dependencies = readDependencies(tree, problems);
  let charts = asKeyed(tree, tree.objects.keys());
  if (dependencies) {
    const sorted = sort(asKeyed(tree, tree.nodes.keys()), 0, tree.nodes.length, dependencies);
    if (sorted.order) {
      charts = sorted.order.filter(index => tree.chart[index] === index);
    } else {
      addCycle(tree, sorted.cycle, problems);
      dependencies = undefined;
    }
  }
  return new TreeOrder(tree, charts, dependencies, problems);
}

class TreeOrder implements EmissionOrder {
  public readonly charts: readonly Chart[];
  public readonly numbered: boolean;
  private readonly indexOf: ReadonlyMap<IConstruct, number>;
  /** Charts that are no longer as they were read. */
  private readonly reread = new Map<Chart, EmissionOrder>();

  constructor(
    private readonly tree: Tree,
    charts: readonly number[],
    private readonly dependencies: Dependencies | undefined,
    private readonly problems: Problems,
  ) {
    this.charts = charts.map(index => tree.nodes[index] as Chart);
    this.numbered = dependencies?.betweenCharts ?? false;
    this.indexOf = new Map(charts.map(index => [tree.nodes[index], index]));
  }

  public has(chart: Chart): boolean {
    return this.indexOf.has(chart);
  }

  public objectsOf(chart: Chart): readonly ApiObject[] {
    const index = this.indexOf.get(chart);
    if (index === undefined) return [];
    if (!isAsRead(this.tree, index)) return this.readAgain(chart, index).objectsOf(chart);
    return this.indicesOf(index).map(i => this.tree.nodes[i] as ApiObject);
  }

  /** Nothing outside a chart matters for the order in it. */
  private readAgain(chart: Chart, index: number): EmissionOrder {
    const known = this.reread.get(chart);
    if (known) return known;
    const tree = readTree(chart, this.problems);
    const validated = new Set(this.tree.nodes.slice(index, this.tree.end[index]));
    validateAll(tree.nodes.filter(construct => !validated.has(construct)), this.problems);
    const order = orderOf(tree, this.problems);
    this.reread.set(chart, order);
    return order;
  }

  private indicesOf(chart: number): readonly number[] {
    const { tree, dependencies } = this;
    const inTreeOrder = tree.objects.get(chart) ?? [];
    if (!dependencies?.ordered.has(chart)) return inTreeOrder;
    const all = Array.from({ length: tree.end[chart] - chart }, (_, i) => chart + i);
    const own = new Set(inTreeOrder);
    // a chart without an order would have been a cycle of the whole app
    return sort(all, chart, tree.end[chart], dependencies).order?.filter(index => own.has(index)) ?? inTreeOrder;
  }
}

/** cdk8s keeps constructs in a record by path, where keys that look like integers come first. */
function asKeyed(tree: Tree, indices: Iterable<number>): number[] {
  const record: Record<string, number> = {};
  for (const index of indices) record[tree.nodes[index].node.path] = index;
  return Object.values(record);
}

function addCycle(tree: Tree, cycle: readonly number[], problems: Problems): void {
  const path = cycle.map(index => tree.nodes[index].node.path).join(' => ');
  problems.add(tree.nodes[cycle[0]], {
    ruleId: 'construct/dependency-cycle',
    path: 'node.dependencies',
    expected: 'an order in which each construct comes after what it depends on',
    found: `Dependency cycle detected: ${path}`,
    fix: 'remove one of these dependencies; a chart depends on the charts directly in it and on those its objects depend on',
  });
}
