import type { BundleView } from '../../bundle/bundle-view';
import { Path } from '../../engine/path';
import { warningRule } from '../../engine/rule';
import { Lookup } from './lookup';

export const NAMESPACE_MISSING = warningRule({
  id: 'chain/namespace-missing',
  title: 'The namespace of an object exists',
  why: 'The API server refuses objects of a namespace that does not exist yet.',
  fix: 'add the Namespace, correct its name, or declare it as external',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
});

const AT = Path.ROOT.fields('metadata', 'namespace');

/** A bundle without any Namespace leaves them to others. Each missing one is told once. */
export function checkNamespaces(view: BundleView): void {
  if (view.all('Namespace').length === 0) return;
  const lookup = new Lookup(view);
  const told = new Set<string>();
  for (const subject of view.subjects) {
    const { namespace, external } = subject.manifest;
    if (external || namespace === '' || told.has(namespace)) continue;
    told.add(namespace);
    const reference = { subject, path: AT, type: 'Namespace', namespace: '', name: namespace };
    if (!lookup.find(reference)) lookup.reportMissing(NAMESPACE_MISSING, reference);
  }
}
