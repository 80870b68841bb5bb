import { YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { refuseDuplicates } from './duplicates';
import { orderOf, type EmissionOrder } from './order';
import { Problems } from './problems';
import { attempt, renderCharts, renderObjects, type RenderedChart, type RenderedDocument } from './render';
import { readTree } from './tree';
import { validateAll } from './validations';
import type { YamlWriter } from './yaml';

/** Everything an app has to say, in memory and in order, with all that is wrong with it. */
export interface Bundle {
  readonly order: EmissionOrder;
  readonly charts: readonly RenderedChart[];
  /** Documents that are the same object as an earlier one. */
  readonly repeats: ReadonlySet<RenderedDocument>;
  readonly problems: Problems;
}

/** Reads, validates, orders and renders the app: each construct and each object once. */
export function bundleOf(app: IConstruct, outputType: YamlOutputType): Bundle {
  const problems = new Problems();
  const tree = readTree(app, problems);
  validateAll(tree.nodes, problems);
  const order = orderOf(tree, problems);
  // as in cdk8s, this is the one output that asks no chart for its own toJson()
  const charts = outputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    ? order.charts.map(chart => renderObjects(chart, order, problems))
    : renderCharts(order, problems);
  return { order, charts, repeats: refuseDuplicates(charts, problems), problems };
}

/** The text of one file. */
export function textOf(documents: readonly RenderedDocument[], writer: YamlWriter, problems: Problems): string {
  return documents
    .map(({ json, construct }) => attempt(construct, problems, () => writer.stringify(json))?.value)
    .join('---\n');
}
