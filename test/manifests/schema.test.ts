import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../support/catalogue';
import { KubernetesSchema, KINDS } from '../support/kubernetes-schema';
import { Manifest, manifestsIn, manifestsOf } from '../support/manifests';
import { CHECKPOINTS, GPUS, train } from '../support/training';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const schema = new KubernetesSchema();

/** What is wrong with the manifests of a chart. */
function problemsOf(manifests: readonly Manifest[]): Record<string, string[]> {
  return Object.fromEntries(manifests
    .map(manifest => [`${manifest.kind}/${manifest.metadata.name}`, schema.problemsOf(manifest)] as const)
    .filter(([, problems]) => problems.length > 0));
}

/** What an example writes, as committed. */
function manifestsOfExample(example: string): Manifest[] {
  const folder = join(EXAMPLES, example, '__snapshots__');
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter(file => file.endsWith('.yaml'))
    .flatMap(file => manifestsIn(readFileSync(join(folder, file), 'utf8')))
    // definitions of others are held against in tests of their own
    .filter(({ apiVersion }) => !apiVersion.startsWith('snapshot.storage.k8s.io/'));
}

describe('Kubernetes takes the manifests', () => {
  test.each(catalogue())('of %s', (_, chart) => {
    const manifests = manifestsOf(chart);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });

  test('of every kind that the library emits', () => {
    const kinds = new Set(catalogue().flatMap(([, chart]) => manifestsOf(chart).map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(Object.keys(KINDS).sort());
  });

  const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  test.each(examples)('of the example %s', example => {
    const manifests = manifestsOfExample(example);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });
});

describe('the schema refuses', () => {
  const { workload, service } = train({ accelerator: GPUS, checkpoints: CHECKPOINTS.perWorker() });

  test.each<[string, (spec: any) => void, string]>([
    ['a field that is spelt wrong', spec => { spec.replica = 4; }, '/spec must NOT have additional properties: replica'],
    ['a field of another case', spec => { spec.template.spec.containers[0].volumemounts = []; },
      '/spec/template/spec/containers/0 must NOT have additional properties: volumemounts'],
    ['a name of the generated types', spec => { spec.template.spec.hostIpc = true; }, '/spec/template/spec must NOT have additional properties: hostIpc'],
    ['a number as a string', spec => { spec.replicas = '4'; }, '/spec/replicas must be integer'],
    ['a fraction', spec => { spec.replicas = 4.5; }, '/spec/replicas must be integer'],
    ['a string as a number', spec => { spec.template.spec.containers[0].env[0] = { name: 'A', value: 1 }; },
      '/spec/template/spec/containers/0/env/0/value must be string'],
    ['a value that the API does not know', spec => { spec.podManagementPolicy = 'parallel'; },
      '/spec/podManagementPolicy must be equal to one of the allowed values: OrderedReady, Parallel'],
    ['a quantity that is none', spec => { spec.template.spec.containers[0].resources.limits.memory = '100GB'; },
      '/spec/template/spec/containers/0/resources/limits/memory must match pattern'],
    ['an access mode that is none', spec => { spec.volumeClaimTemplates[0].spec.accessModes = ['RWO']; },
      '/spec/volumeClaimTemplates/0/spec/accessModes/0 must be equal to one of the allowed values'],
    ['a list that is none', spec => { spec.template.spec.containers = {}; }, '/spec/template/spec/containers must be array'],
    ['what is missing', spec => { delete spec.selector; }, "/spec must have required property 'selector'"],
  ])('%s', (_, spoil, problem) => {
    // GIVEN
    const manifest = structuredClone<Manifest>(workload);
    expect(schema.problemsOf(manifest)).toEqual([]);
    // WHEN
    spoil(manifest.spec);
    // THEN
    expect(schema.problemsOf(manifest)).toEqual([expect.stringContaining(problem)]);
  });

  test('another version of a kind, and kinds that it does not know', () => {
    expect(schema.problemsOf({ ...service, apiVersion: 'v2' })).toEqual(['/apiVersion must be equal to constant']);
    expect(schema.problemsOf({ ...service, kind: 'Servise' })).toEqual(['kind Servise has no schema']);
    expect(schema.problemsOf({ ...service, metadata: {} })).toEqual(["/metadata must have required property 'name'"]);
  });
});

test('the schema takes what only the wire has', () => {
  const { service, workload } = train();
  expect(schema.problemsOf({ ...service, spec: { ...service.spec, clusterIPs: ['None'], loadBalancerIP: '10.0.0.1' } })).toEqual([]);
  const spec = structuredClone<any>(workload.spec);
  spec.template.spec.hostIPC = true;
  spec.template.spec.containers[0].resources.limits = { 'nvidia.com/gpu': 8, 'memory': '1.5Gi', 'cpu': '500m' };
  expect(schema.problemsOf({ ...workload, spec })).toEqual([]);
});
