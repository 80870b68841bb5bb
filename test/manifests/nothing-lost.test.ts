import { App } from 'cdk8s';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KubernetesVersion, MlApp } from '../../lib';
import { TARGET_CONTEXT } from '../../lib/private/target';
import { audit, Place } from '../support/audit';
import { buildRequest } from '../support/build-request';
import { breachesOf } from '../support/invariants';
import { KubernetesSchema } from '../support/kubernetes-schema';
import { Manifest, manifestsIn } from '../support/manifests';
import { Request, requests } from '../support/random-request';
import { refusalsOf } from '../support/refusals';

const SETTINGS = { seed: 20261120, numRuns: Number(process.env.RUNS ?? 200) };

// warnings of random jobs are of no interest
beforeEach(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => vi.restoreAllMocks());

function yamlOf(app: App, request: Request): string {
  buildRequest(app, request);
  return app.synthYaml();
}

function plainApp({ target }: Request): App {
  const app = new App();
  app.node.setContext(TARGET_CONTEXT, target);
  return app;
}

describe('nothing that a user asked for is missing in the YAML', () => {
  test('of an MlApp', () => {
    fc.assert(fc.property(requests, request => {
      const manifests = manifestsIn(yamlOf(new MlApp({ target: request.target }), request));
      expect(audit(request, manifests).missing).toEqual([]);
    }), SETTINGS);
  });

  test('of an app of cdk8s', () => {
    fc.assert(fc.property(requests, request => {
      const manifests = manifestsIn(yamlOf(plainApp(request), request));
      expect(audit(request, manifests).missing).toEqual([]);
    }), { ...SETTINGS, numRuns: SETTINGS.numRuns / 4 });
  });
});

test('Kubernetes takes the manifests of whatever a user asks for', () => {
  // a second opinion, made of the types of cdk8s-plus by other means than the checker's
  const schema = new KubernetesSchema();
  fc.assert(fc.property(requests, request => {
    const manifests = manifestsIn(yamlOf(new MlApp({ target: request.target }), request));
    expect(manifests.flatMap(manifest => schema.problemsOf(manifest))).toEqual([]);
    expect(manifests.flatMap(manifest => [...refusalsOf(manifest, request.target), ...breachesOf(manifest, manifests)])).toEqual([]);
  }), { ...SETTINGS, numRuns: SETTINGS.numRuns / 2 });
});

describe('the audit', () => {
  const rich: Request = {
    target: KubernetesVersion.V1_33,
    job: {
      name: 'train',
      engine: 'Job',
      image: 'train:1',
      command: ['train.py', '007'],
      workers: 3,
      memoryMiB: 4096,
      sharedMemoryMiB: 100,
      cpuMillis: 1500,
      accelerator: { name: 'nvidia.com/gpu', count: 8 },
      pytorch: { processesPerWorker: 4, port: 12345, maxRestarts: 1 },
      env: { A: 'x', B: '007' },
      envValues: { S: { kind: 'secret', name: 's', key: 'k', optional: true }, M: { kind: 'memory', divisor: '1Mi' }, L: { kind: 'label', key: 'team' } },
      nodeSelector: { a: '1' },
      podLabels: { b: 'true' },
      podAnnotations: { c: 'null' },
      tolerations: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
      serviceAccount: 'trainer',
      runAsUser: 5,
      runAsGroup: 6,
      graceSeconds: 30,
      ending: { restarts: 2, deadlineSeconds: 60, ttlSeconds: 0 },
      checkpoints: { kind: 'shared', sizeGiB: 100, directoryPerWorker: true },
      volumes: [
        { kind: 'claim', name: 'registry', subPath: 'a' }, { kind: 'secret', name: 'keys' }, { kind: 'scratch', name: 'x', sizeMiB: 10 },
        { kind: 'wire', name: 'x', readOnly: true }, { kind: 'configMap', name: 'hyper' },
      ],
    },
    datasets: [
      { id: 'a', place: 'nfs', sizeGiB: 1, mountOptions: ['hard'] },
      { id: 'b', place: 'efs', sizeGiB: 2 },
      {
        id: 'c', place: 'tier', sizeGiB: 3, source: {
          kind: 's3', include: ['x'], revision: '1', loader: { image: 'l:1', cpuMillis: 5, memoryMiB: 70, retries: 1, runAsUser: 7, credentials: 'keys' },
        },
      },
    ],
  };
  const perWorker: Request = {
    ...rich,
    job: { ...rich.job, engine: 'StatefulSet', ending: {}, checkpoints: { kind: 'perWorker', name: 'c', sizeGiB: 1, whenDeleted: 'Delete', whenScaled: 'Delete' } },
  };

  test.each([['a Job', rich, 80], ['a StatefulSet', perWorker, 80]])('misses any one leaf that is dropped or changed in the output of %s', (_, request, atLeast) => {
    // GIVEN
    const manifests = manifestsIn(yamlOf(new MlApp(), request));
    const { missing, places } = audit(request, manifests);
    expect(missing).toEqual([]);
    expect(places.length).toBeGreaterThan(atLeast);
    for (const place of places) {
      // WHEN
      const dropped = edit(manifests, place, (parent, key) => { delete parent[key]; });
      const changed = edit(manifests, place, (parent, key) => { parent[key] = typeof parent[key] === 'string' ? Number(parent[key]) : String(parent[key]); });
      // THEN
      expect({ place, missing: audit(request, dropped).missing.length > 0 }).toEqual({ place, missing: true });
      expect({ place, missing: audit(request, changed).missing.length > 0 }).toEqual({ place, missing: true });
    }
  });
});

function edit(manifests: readonly Manifest[], place: Place, change: (parent: any, key: string | number) => void): Manifest[] {
  const copy = structuredClone([...manifests]);
  change(place.slice(0, -1).reduce<any>((value, key) => value[key], copy), place[place.length - 1]);
  return copy;
}
