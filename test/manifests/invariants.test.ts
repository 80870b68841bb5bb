import { describe, expect, test } from 'vitest';
import { catalogue } from '../support/catalogue';
import { breachesOf } from '../support/invariants';
import { Manifest, manifestsOf } from '../support/manifests';

describe('what no schema sees holds', () => {
  test.each(catalogue())('in %s', (_, chart) => {
    const manifests = manifestsOf(chart);
    expect(manifests.flatMap(manifest => breachesOf(manifest, manifests))).toEqual([]);
    expect(new Set(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(manifests.length);
  });

  test('and is seen where it does not', () => {
    const [, chart] = catalogue()[3];
    const manifests = manifestsOf(chart);
    const [workload] = manifests.filter(({ kind }) => kind === 'StatefulSet');
    const spoiled = structuredClone<Manifest>(workload);
    spoiled.spec.serviceName = 'none';
    spoiled.spec.template.spec.volumes = [];
    spoiled.spec.template.spec.containers[0].resources.requests.memory = '1Gi';
    expect(breachesOf(workload, manifests)).toEqual([]);
    expect(breachesOf(spoiled, manifests).map(breach => breach.split(': ')[1])).toEqual([
      'every mount has a volume', 'memory requested is memory allowed', 'a Service of its own',
    ]);
  });
});
