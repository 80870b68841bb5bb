import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { catalogue, EMITTED_KINDS } from '../support/catalogue';
import { KubernetesSchema } from '../support/kubernetes-schema';
import { Manifest, manifestsIn, manifestsOf } from '../support/manifests';
import { CHECKPOINTS, GPUS, train } from '../support/training';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const schema = new KubernetesSchema();
const CATALOGUE = catalogue();

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
    .flatMap(file => manifestsIn(readFileSync(join(folder, file), 'utf8')));
}

describe('Kubernetes takes the manifests', () => {
  test.each(CATALOGUE)('of %s', (_, chart) => {
    const manifests = manifestsOf(chart);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });

  test('of every kind that the library emits', () => {
    const kinds = new Set(CATALOGUE.flatMap(([, chart]) => manifestsOf(chart).map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)));
    expect([...kinds].sort()).toEqual(EMITTED_KINDS);
  });

  const examples = readdirSync(EXAMPLES, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name);
  test.each(examples)('of the example %s', example => {
    const manifests = manifestsOfExample(example);
    expect(manifests.length).toBeGreaterThan(0);
    expect(problemsOf(manifests)).toEqual({});
  });
});

describe('the schema refuses', () => {
  const [everything, scheduling, nodes] = ['everything', 'scheduling', 'nodes']
    .map(title => manifestsOf(CATALOGUE.find(([of]) => of === `${title} for 1.36`)![1]));
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

  const wrongPod = 'must NOT have additional properties: volumemounts';
  test.each<[string, Manifest[], (spec: any) => void, string]>([
    ['JobSet', everything, spec => { spec.replicatedJobs[0].template.spec.template.spec.containers[0].volumemounts = []; }, wrongPod],
    ['JobSet', everything, spec => { spec.failurePolicy.restartStrategy = 'Recreate all'; }, '/spec/failurePolicy/restartStrategy must be equal to one'],
    ['LeaderWorkerSet', everything, spec => { spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].volumemounts = []; }, wrongPod],
    ['TrainingRuntime', everything, spec => { spec.template.spec.replicatedJobs[0].template.spec.template.spec.volumemounts = []; }, wrongPod],
    ['TrainJob', everything, spec => { delete spec.runtimeRef; }, "/spec must have required property 'runtimeRef'"],
    ['TrainJob', everything, spec => { spec.trainer.numNodes = '4'; }, '/spec/trainer/numNodes must be integer'],
    ['MPIJob', everything, spec => { spec.mpiReplicaSpecs.Worker.template.spec.containers[0].volumemounts = []; }, wrongPod],
    ['MPIJob', everything, spec => { spec.runPolicy.backofLimit = 1; }, '/spec/runPolicy must NOT have additional properties: backofLimit'],
    ['PyTorchJob', everything, spec => { spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].volumemounts = []; }, wrongPod],
    ['PodGroup', scheduling, spec => { spec.minMember = 'all'; }, '/spec/minMember must be integer'],
    ['ResourceClaimTemplate', nodes, spec => { spec.spec.devices.requests[0].deviceClassName = 'a'; },
      '/spec/spec/devices/requests/0 must NOT have additional properties: deviceClassName'],
  ])('what a %s does not have', (kind, manifests, spoil, problem) => {
    for (const right of manifests.filter(manifest => manifest.kind === kind).slice(0, 20)) {
      const spoiled = structuredClone<Manifest>(right);
      spoil(spoiled.spec);
      expect(schema.problemsOf(right)).toEqual([]);
      expect(schema.problemsOf(spoiled)).toEqual([expect.stringContaining(problem)]);
    }
  });

  test('another version of a kind, and kinds that it does not know', () => {
    expect(schema.problemsOf({ ...service, apiVersion: 'v2' })).toEqual(['/apiVersion must be equal to constant']);
    expect(schema.problemsOf({ ...service, kind: 'Servise' })).toEqual(['kind Servise has no schema']);
    const jobSet = everything.find(({ kind }) => kind === 'JobSet')!;
    expect(schema.problemsOf({ ...jobSet, apiVersion: 'jobset.x-k8s.io/v1' })).toEqual(['kind JobSet has no schema']);
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
