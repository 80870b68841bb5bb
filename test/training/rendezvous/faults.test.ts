import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob } from '../../../lib';
import { PAIRS } from '../../../lib/training/pairs';
import { chartIn, type Manifest, manifestsOf } from '../../support/manifests';
import { EVERY_PAIR, type Pair } from '../../support/rendezvous/catalogue';
import { proveRendezvous } from '../../support/rendezvous/proof';
import { MINIMUM } from '../../support/training';

/** Pairs whose pods say themselves what their processes are told. */
const BY_POD = EVERY_PAIR.filter(({ framework, engine }) => PAIRS[framework][engine] === 'pod');
/** Of these, whose names are published by our Service. */
const BY_SERVICE = BY_POD.filter(({ engine }) => ['statefulSet', 'indexedJob'].includes(engine));

/** Problems of what a pair emits, with a fault. */
function problemsOf(pair: Pair, spoil: (manifests: Manifest[]) => any[]): string[] {
  const chart = chartIn();
  new DistributedTrainingJob(chart, 'train', { ...MINIMUM, ...pair.props({ workers: 3, processes: 2 }), name: 'train' });
  return proveRendezvous(spoil(manifestsOf(chart))).problems;
}

/** The same with a text in the place of another, wherever it stands. */
function replaced(pattern: RegExp, text: string): (manifests: Manifest[]) => Manifest[] {
  return manifests => {
    const before = JSON.stringify(manifests);
    const after = before.replaceAll(pattern, text);
    if (after === before) throw new Error(`nothing is like ${pattern}`);
    return JSON.parse(after) as Manifest[];
  };
}

function services(change: (spec: any) => object): (manifests: Manifest[]) => any[] {
  return manifests => manifests.map(manifest => manifest.kind === 'Service' ? { ...manifest, spec: change(manifest.spec) } : manifest);
}

const each = (pairs: readonly Pair[]): [string, Pair][] => pairs.map(pair => [pair.name, pair]);

describe('in what the library emits, a fault is noticed:', () => {
  test.each(each(BY_SERVICE))('a Service that hides, misses or balances the pods of %s', (_, pair) => {
    const hidden = services(spec => ({ ...spec, publishNotReadyAddresses: false }));
    expect(problemsOf(pair, hidden)[0]).toContain('Service/train does not publish addresses that are not ready');
    for (const change of [{ selector: { app: 'other' } }, { clusterIP: undefined }]) {
      expect(problemsOf(pair, services(spec => ({ ...spec, ...change })))[0]).toContain('a name that no pod has');
    }
    expect(problemsOf(pair, manifests => manifests.filter(({ kind }) => kind !== 'Service'))[0]).toContain('a name that no pod has');
  });

  // the workers of an elastic group settle their ranks when they meet
  test.each(each(BY_POD.filter(({ framework }) => framework !== 'torchrunElastic')))('a rank from metadata.name in %s', (_, pair) => {
    expect(problemsOf(pair, replaced(/metadata\.(labels|annotations)\['[^']*index'\]/g, 'metadata.name'))[0]).toMatch(/no whole number|no JSON/);
  });

  test.each(each(BY_POD))('an address of which the first pod is another in %s', (_, pair) => {
    expect(problemsOf(pair, replaced(/(train[-a-z0-9]*?-)0(-\d)?(?=\.train[":])/g, '$17$2'))[0]).toContain('a name that no pod has');
  });

  test.each(each(BY_POD.filter(({ framework }) => framework.startsWith('tensorflow'))))('a reference to what comes later in %s', (_, pair) => {
    const late = (manifests: Manifest[]): any[] => manifests.map(manifest => JSON.parse(JSON.stringify(manifest), (key, value) => (
      key === 'env' && Array.isArray(value) ? [...value as unknown[]].reverse() : value as unknown
    )) as Manifest);
    expect(problemsOf(pair, late)[0]).toContain('TF_CONFIG is no JSON');
  });
});
