import { Chart, type ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { EmissionOrder } from './order';
import { messageOf, type Problems } from './problems';

/** A document to be written, and the construct that it is from. */
export interface RenderedDocument {
  readonly json: unknown;
  /** Its ApiObject; the chart where a `toJson()` of the chart made it. */
  readonly construct: IConstruct;
}

/** The documents of one chart, in order. */
export interface RenderedChart {
  readonly chart: Chart;
  readonly documents: readonly RenderedDocument[];
}

/** The documents of every chart as the charts' own `toJson()` has them. */
export function renderCharts(order: EmissionOrder, problems: Problems): RenderedChart[] {
  return order.charts.map(chart => {
    if (chart.toJson === Chart.prototype.toJson) return renderObjects(chart, order, problems);
    return { chart, documents: renderOverride(chart, order, problems) };
  });
}

/** The documents of a chart's ApiObjects, whatever its `toJson()` would make of them. */
export function renderObjects(chart: Chart, order: EmissionOrder, problems: Problems): RenderedChart {
  const documents: RenderedDocument[] = [];
  for (const object of order.objectsOf(chart)) {
    const json = attempt(object, problems, () => object.toJson() as unknown);
    if (json) documents.push({ json: json.value, construct: object });
  }
  return { chart, documents };
}

/**
 * What a user's own `toJson()` returns. It mostly starts from `super.toJson()`, which prepares the whole app for each
 * chart; while ours are rendered it is answered from the order at hand.
 */
function renderOverride(chart: Chart, order: EmissionOrder, problems: Problems): RenderedDocument[] {
  const origin = new Map<unknown, ApiObject>();
  const prototype = Chart.prototype as { toJson: (this: Chart) => any[] };
  const original = prototype.toJson;
  prototype.toJson = function (this: Chart): any[] {
    if (!order.has(this)) return original.call(this);
    return order.objectsOf(this).map(object => {
      const json: unknown = object.toJson();
      origin.set(json, object);
      return json;
    });
  };
  try {
    const rendered = attempt(chart, problems, () => Object.values(chart.toJson()) as unknown[]);
    return (rendered?.value ?? []).map(json => ({ json, construct: origin.get(json) ?? chart }));
  } finally {
    prototype.toJson = original;
  }
}

/** @returns nothing when `render` throws, which is a problem of the construct */
export function attempt<T>(construct: IConstruct, problems: Problems, render: () => T): { readonly value: T } | undefined {
  try {
    return { value: render() };
  } catch (error) {
    problems.add(construct, {
      ruleId: 'construct/serialization',
      path: 'toJson()',
      expected: 'an object that can be written as YAML',
      found: messageOf(error),
      fix: 'give the construct plain values: strings, numbers, booleans, lists and maps of them',
    });
    return undefined;
  }
}
