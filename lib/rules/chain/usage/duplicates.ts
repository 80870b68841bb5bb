import { isDeepStrictEqual } from 'node:util';
import { Severity } from '../../../findings/finding';
import type { BundleView } from '../../bundle/bundle-view';
import type { Manifest } from '../../engine/manifest';
import { Path } from '../../engine/path';
import { errorRule } from '../../engine/rule';

export const DUPLICATE_OBJECT = errorRule({
  id: 'out/duplicate-object',
  title: 'Each object is in the bundle once',
  why: 'Objects of the same group, kind, namespace and name are one in the cluster: the one that is applied last wins.',
  fix: 'give one of the two another name or namespace, or leave one out',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
});

const AT = Path.ROOT.fields('metadata', 'name');

/** Reports objects that repeat an earlier one. The same text twice does no harm, but is not meant either. */
export function checkDuplicates(view: BundleView): void {
  for (const subject of view.repeats) {
    const { manifest } = subject;
    if (manifest.external || manifest.name === '' || manifest.kind === '') continue;
    const first = view.find(manifest.type, manifest.namespace, manifest.name)!.manifest;
    const isSame = isDeepStrictEqual(first.json, manifest.json);
    subject.report(DUPLICATE_OBJECT, AT, {
      expected: `one ${identityOf(manifest)}`,
      found: `${placeOf(first)} again${isSame ? ', word for word' : ''}`,
      severity: isSame ? Severity.WARNING : undefined,
    });
  }
}

function identityOf({ kind, group, namespace, name }: Manifest): string {
  return `${kind}${group === '' ? '' : `.${group}`} ${name} ${namespace === '' ? 'without a namespace' : `in namespace ${namespace}`}`;
}

function placeOf({ origin }: Manifest): string {
  if (origin.constructPath !== undefined) return `the one of ${origin.constructPath}`;
  if (origin.file === undefined) return 'an earlier one';
  const line = origin.lineOf?.('');
  return `the one of ${origin.file}${line === undefined ? '' : `, line ${line},`}`;
}
