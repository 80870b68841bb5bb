import type { Problems } from './problems';
import type { RenderedChart, RenderedDocument } from './render';

/**
 * Refuses a second object with the same group, kind, namespace and name: in the cluster they are one, and the one that
 * is applied last wins.
 *
 * @returns the documents that repeat an earlier one
 */
export function refuseDuplicates(charts: readonly RenderedChart[], problems: Problems): Set<RenderedDocument> {
  const firsts = new Map<string, RenderedDocument>();
  const repeats = new Set<RenderedDocument>();
  for (const document of charts.flatMap(chart => chart.documents)) {
    const identity = identityOf(document.json);
    if (!identity) continue;
    const first = firsts.get(identity);
    if (!first) {
      firsts.set(identity, document);
      continue;
    }
    repeats.add(document);
    problems.add(document.construct, {
      ruleId: 'out/duplicate-object',
      path: 'metadata.name',
      expected: `one ${identity}`,
      found: `the one of ${first.construct.node.path} again`,
      fix: 'give one of the two another name or namespace, or make the object once and use it twice',
      link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
    });
  }
  return repeats;
}

/** @returns nothing for what is no object or has no name yet */
function identityOf(json: any): string | undefined {
  const [apiVersion, kind, namespace, name] = [json?.apiVersion, json?.kind, json?.metadata?.namespace, json?.metadata?.name];
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  // an object can be read in every version of its group
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  const place = typeof namespace === 'string' ? `in namespace ${namespace}` : 'without a namespace';
  return `${kind}${group} ${name} ${place}`;
}
