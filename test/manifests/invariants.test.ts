import type { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../support/catalogue';
import { breachesOf } from '../support/invariants';
import { Manifest, manifestsOf } from '../support/manifests';

const CATALOGUE = catalogue();

describe('what no schema sees holds', () => {
  test.each(CATALOGUE)('in %s', (_, chart) => {
    const manifests = manifestsOf(chart);
    expect(manifests.flatMap(manifest => breachesOf(manifest, manifests))).toEqual([]);
    expect(new Set(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(manifests.length);
  });

  const everything = manifestsOf(chartOf('everything for 1.36'));
  const scheduling = manifestsOf(chartOf('scheduling for 1.36'));
  const nodes = manifestsOf(chartOf('nodes for 1.36'));

  test.each<[string, Manifest[], (spec: any) => void, string[]]>([
    ['StatefulSet', everything, spec => {
      spec.serviceName = 'none';
      spec.template.spec.volumes = [];
      spec.template.spec.containers[0].resources.requests.memory = '1Gi';
    }, ['every mount has a volume', 'memory requested is memory allowed', 'a Service of its own']],
    ['Job', everything, spec => {
      spec.template.spec.restartPolicy = 'Always';
      spec.template.spec.tolerations = [{ operator: 'Exists' }, { operator: 'Exists' }];
    }, ['unique tolerations', 'what becomes of what has ended']],
    ['JobSet', everything, spec => {
      spec.network.subdomain = 'none';
      spec.replicatedJobs[0].template.spec.parallelism = 1;
      spec.replicatedJobs[0].template.spec.template.spec.automountServiceAccountToken = true;
    }, ['no token, no service links', 'a Service of its own', 'all pods at once']],
    ['TrainingRuntime', everything, spec => { spec.template.spec.replicatedJobs[0].template.spec.template.spec.containers[0].env.push({ name: 'EMPTY' }); }, ['unique variables']],
    ['TrainJob', everything, spec => { spec.runtimeRef.name = 'none'; }, ['a runtime of its own']],
    ['LeaderWorkerSet', everything, spec => { spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].volumeMounts.pop(); }, ['every volume is mounted']],
    ['MPIJob', everything, spec => { spec.mpiReplicaSpecs.Worker.restartPolicy = 'Always'; }, ['what becomes of what has ended']],
    ['PyTorchJob', everything, spec => { spec.pytorchReplicaSpecs.Worker.template.spec.restartPolicy = 'Always'; }, ['what becomes of what has ended']],
  ])('and is seen where it does not, in a %s', (kind, manifests, spoil, breaches) => {
    const right = manifests.find(manifest => manifest.kind === kind)!;
    const spoiled = structuredClone<Manifest>(right);
    spoil(spoiled.spec);
    expect(breachesOf(right, manifests)).toEqual([]);
    expect(breachesOf(spoiled, manifests).map(breach => breach.split(': ')[1])).toEqual(breaches);
  });

  test.each([
    ['TrainingRuntime', everything, 'a job that runs it'],
    ['PodGroup', scheduling, 'pods that are in it'],
    ['ResourceClaimTemplate', nodes, 'pods that claim by it'],
    ['ServiceAccount', manifestsOf(chartOf('pods for 1.36')), 'pods that run under it'],
  ])('and is seen where nothing uses a %s', (kind, manifests, breach) => {
    const unused = structuredClone<Manifest>(manifests.find(manifest => manifest.kind === kind)!);
    unused.metadata.name = 'unused';
    expect(breachesOf(unused, manifests)).toContain(`${kind}/unused: ${breach}`);
  });
});

function chartOf(title: string): Chart {
  return CATALOGUE.find(([of]) => of === title)![1];
}
