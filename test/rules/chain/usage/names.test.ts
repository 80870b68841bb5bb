import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob } from '../../../../lib';
import { findingsIn } from '../../../support/checker';
import { chartIn, manifestsOf } from '../../../support/manifests';
import { EVERY_PAIR, type Pair } from '../../../support/rendezvous/catalogue';
import { MINIMUM } from '../../../support/training';
import { controller, object, pod, podSpec } from './bundles';

const PLAIN = podSpec({ volumes: [] }, { volumeMounts: [] });
const TEMPLATE = { metadata: { labels: { app: 'train' } }, spec: PLAIN };

function found(...bundle: any[]): string[] {
  return findingsIn(bundle).filter(({ ruleId }) => ruleId === 'chain/derived-name')
    .map(({ severity, kind, name, expected, found: what }) => `${severity} ${kind} ${name} | ${expected} | ${what}`);
}

const jobSet = (name = 'train', spec: any = {}, template: any = TEMPLATE): any => object('jobset.x-k8s.io/v1alpha2', 'JobSet', name, {
  spec: { replicatedJobs: [{ name: 'node', replicas: 2, template: { spec: { completions: 2, parallelism: 2, template } } }], ...spec },
});
const trainJob = (name = 'train', spec: any = {}): any => object('trainer.kubeflow.org/v1alpha1', 'TrainJob', name, { spec: { runtimeRef: { name: 'torch-distributed' }, ...spec } });
const lws = (name = 'train', spec: any = {}, size = 4): any => object('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', name, {
  spec: { ...spec, leaderWorkerTemplate: { size, workerTemplate: TEMPLATE } },
});
const replica = (replicas: number): any => ({ replicas, template: TEMPLATE });
const mpiJob = (name = 'train', workers = 4, version = 'v2beta1'): any => object(`kubeflow.org/${version}`, 'MPIJob', name, { spec: { mpiReplicaSpecs: { Launcher: replica(1), Worker: replica(workers) } } });
const pyTorchJob = (name = 'train', workers = 3): any => object('kubeflow.org/v1', 'PyTorchJob', name, { spec: { pytorchReplicaSpecs: { Master: replica(1), Worker: replica(workers) } } });
const service = (name = 'train', spec: any = {}): any => object('v1', 'Service', name, { spec: { clusterIP: 'None', selector: { app: 'train' }, ...spec } });
const set = (name = 'train', spec: any = {}): any => controller('StatefulSet', name, { replicas: 4, serviceName: name, ...spec }, PLAIN);
const job = (name: string): any => controller('Job', name, {}, PLAIN);

describe('an object of a name that a controller gives', () => {
  test.each<[string, any[], string]>([
    ['Pod of a StatefulSet', [set(), pod('train-3', PLAIN)], 'error StatefulSet train | pods of StatefulSet train to be the only ones of their names | Pod train-3 of its own'],
    ['Job of a JobSet', [jobSet(), job('train-node-1')], 'error JobSet train | jobs of JobSet train to be the only ones of their names | Job train-node-1 of its own'],
    ['JobSet of a TrainJob', [jobSet(), trainJob()], 'error TrainJob train | JobSets of TrainJob train to be the only ones of their names | JobSet train of its own'],
    ['Job of a TrainJob', [trainJob(), job('train-node-0')], 'error TrainJob train | jobs of TrainJob train to be the only ones of their names | Job train-node-0 of its own'],
    ['StatefulSet of a LeaderWorkerSet', [service(), set(), lws()], 'error LeaderWorkerSet train | StatefulSets of LeaderWorkerSet train to be the only ones of their names | StatefulSet train of its own'],
    ['StatefulSet of a group', [lws(), set('train-0')], 'error LeaderWorkerSet train | StatefulSets of LeaderWorkerSet train to be the only ones of their names | StatefulSet train-0 of its own'],
    ['Pod of a group', [lws(), pod('train-0-3', PLAIN)], 'error LeaderWorkerSet train | pods of LeaderWorkerSet train to be the only ones of their names | Pod train-0-3 of its own'],
    ['Service of an MPIJob', [mpiJob(), service()], 'error MPIJob train | Services of MPIJob train to be the only ones of their names | Service train of its own'],
    ['Job of an MPIJob', [mpiJob(), job('train-launcher')], 'error MPIJob train | jobs of MPIJob train to be the only ones of their names | Job train-launcher of its own'],
    ['ConfigMap of an MPIJob', [mpiJob(), object('v1', 'ConfigMap', 'train-config')], 'error MPIJob train | ConfigMaps of MPIJob train to be the only ones of their names | ConfigMap train-config of its own'],
    ['Secret of an MPIJob', [mpiJob(), object('v1', 'Secret', 'train-ssh')], 'error MPIJob train | Secrets of MPIJob train to be the only ones of their names | Secret train-ssh of its own'],
    ['Service of a PyTorchJob', [pyTorchJob(), service('train-master-0')], 'error PyTorchJob train | Services of PyTorchJob train to be the only ones of their names | Service train-master-0 of its own'],
  ])('%s', (_, bundle, expected) => {
    expect(found(...bundle)).toEqual([expected]);
  });

  test.each<[string, any[]]>([
    ['a pod behind the last', [set(), pod('train-4', PLAIN)]],
    ['a pod before the first', [set('train', { ordinals: { start: 2 } }), pod('train-1', PLAIN)]],
    ['a pod of another namespace', [set(), object('v1', 'Pod', 'train-0', { spec: PLAIN }, { namespace: 'other' })]],
    ['a job behind the last', [jobSet(), job('train-node-2')]],
    ['the first of a group is its leader', [lws(), pod('train-0-0', PLAIN)]],
    ['a group of one has no set of workers', [lws('train', {}, 1), set('train-0')]],
    ['a Service of its own', [service(), set(), pod('debug', PLAIN)]],
    ['an Indexed Job and its Service', [service(), controller('Job', 'train', { completionMode: 'Indexed', completions: 2, parallelism: 2 }, { ...PLAIN, subdomain: 'train' })]],
    ['objects beside an MPIJob of v1', [mpiJob('train', 4, 'v1'), service(), job('train-launcher'), object('v1', 'Secret', 'train-ssh')]],
    ['what the controller has made', [
      lws(), { ...set(), metadata: { name: 'train', namespace: 'ml', ownerReferences: [{ kind: 'LeaderWorkerSet', name: 'train', uid: 'a', apiVersion: 'leaderworkerset.x-k8s.io/v1', controller: true }] } },
    ]],
  ])('is not %s', (_, bundle) => {
    expect(found(...bundle)).toEqual([]);
  });
});

describe('two controllers that give one name', () => {
  test.each<[string, any[], string]>([
    ['pods', [set('train-worker'), pyTorchJob()], 'error PyTorchJob train | Pod train-worker-0 to be of PyTorchJob train alone | StatefulSet train-worker, whose controller makes one of the same name'],
    ['pods of operators', [pyTorchJob(), mpiJob()], 'error PyTorchJob train | Pod train-worker-0 to be of PyTorchJob train alone | MPIJob train, whose controller makes one of the same name'],
    ['pods of a StatefulSet', [mpiJob(), set('train-worker')], 'error MPIJob train | Pod train-worker-0 to be of MPIJob train alone | StatefulSet train-worker, whose controller makes one of the same name'],
    ['Services that are made at any rate', [jobSet(), mpiJob()], 'error MPIJob train | Service train to be of MPIJob train alone | JobSet train, whose controller makes one of the same name'],
    ['Services by which nobody meets', [jobSet(), lws()], 'warning LeaderWorkerSet train | Service train to be of LeaderWorkerSet train alone | JobSet train, whose controller makes one of the same name'],
    ['Services of a TrainJob', [jobSet('a', { network: { subdomain: 'train' } }), trainJob()], 'error TrainJob train | Service train to be of TrainJob train alone | JobSet a, whose controller makes one of the same name'],
  ])('%s', (_, bundle, expected) => {
    expect(found(...bundle)).toEqual([expected]);
  });

  test.each<[string, any[]]>([
    ['as many as others leave', [set('train-worker', { ordinals: { start: 3 } }), pyTorchJob()]],
    ['names that end in other numbers', [jobSet('train'), jobSet('train-1')]],
    ['no Service', [jobSet('train', { network: { enableDNSHostnames: false } }), lws()]],
    ['different endings', [mpiJob('a'), pyTorchJob('b'), lws('c'), trainJob('d'), jobSet('e'), set('f')]],
  ])('not with %s', (_, bundle) => {
    expect(found(...bundle)).toEqual([]);
  });

  test('the runtime says what a TrainJob makes', () => {
    const runtime = object('trainer.kubeflow.org/v1alpha1', 'TrainingRuntime', 'own', { spec: { template: { spec: { ...jobSet('x', { network: { subdomain: 'meet' } }).spec } } } });
    const ref = { runtimeRef: { kind: 'TrainingRuntime', name: 'own' } };
    expect(found(runtime, trainJob('train', ref), mpiJob('meet'))).toEqual([expect.stringContaining('Service meet to be of MPIJob meet alone')]);
    expect(found(runtime, trainJob('train', ref), job('train-node-1'))).toHaveLength(1);
    expect(found(runtime, trainJob('train', ref), service('meet'))).toEqual([]);
    expect(found(runtime, trainJob('train', ref), service('meet', { selector: { app: 'web' } }))).toEqual([expect.stringContaining('error TrainJob train')]);
  });

  test('many of one name are looked up in one step each', () => {
    const sets = Array.from({ length: 2_000 }, (_, i) => jobSet(`set${i}`, { network: { subdomain: 'train' } }));
    const begun = performance.now();
    expect(found(...sets)).toHaveLength(1_999);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('a Service that is there before that of the controller', () => {
  const asks = { metadata: { labels: { app: 'train' } }, spec: podSpec({ volumes: [] }, { volumeMounts: [], env: [{ name: 'MASTER_ADDR', value: 'train-node-0-0.train' }] }) };

  test.each<[string, any[], string[]]>([
    ['is right', [service(), jobSet()], []],
    ['selects by a label of the controller', [service('train', { selector: { 'jobset.sigs.k8s.io/jobset-name': 'train' } }), jobSet()], []],
    ['selects another set', [service('train', { selector: { 'jobset.sigs.k8s.io/jobset-name': 'other' } }), jobSet()],
      ['warning JobSet train | a headless Service train that selects the pods of JobSet train, whose controller makes none where there is one | Service train with selector {"jobset.sigs.k8s.io/jobset-name":"other"}']],
    ['selects others, by which the pods meet', [service('train', { selector: { app: 'web' } }), jobSet('train', {}, asks)],
      ['error JobSet train | a headless Service train that selects the pods of JobSet train, whose controller makes none where there is one | Service train with selector {"app":"web"}']],
    ['has an address', [service('train', { clusterIP: undefined }), jobSet('train', {}, asks)],
      ['error JobSet train | a headless Service train that selects the pods of JobSet train, whose controller makes none where there is one | Service train with an address of its own']],
    ['is of a LeaderWorkerSet', [service('train', { selector: { app: 'web' } }), lws()],
      ['warning LeaderWorkerSet train | a headless Service train that selects the pods of LeaderWorkerSet train, whose controller makes none where there is one | Service train with selector {"app":"web"}']],
    ['is of one group', [service('train-1', { clusterIP: '10.0.0.1' }), lws('train', { replicas: 2, networkConfig: { subdomainPolicy: 'UniquePerReplica' } })],
      ['warning LeaderWorkerSet train | a headless Service train-1 that selects the pods of LeaderWorkerSet train, whose controller makes none where there is one | Service train-1 with an address of its own']],
    ['selects what a runtime may say, which is not known', [service('train', { selector: { app: 'web' } }), trainJob()],
      ['info TrainJob train | a headless Service train that selects the pods of TrainJob train, whose controller makes none where there is one | Service train with selector {"app":"web"}']],
    ['is right for a TrainJob', [service('train', { selector: { 'jobset.sigs.k8s.io/jobset-name': 'train' } }), trainJob()], []],
    ['has an address, and is of a TrainJob', [service('train', { clusterIP: undefined }), trainJob()],
      ['error TrainJob train | a headless Service train that selects the pods of TrainJob train, whose controller makes none where there is one | Service train with an address of its own']],
  ])('%s', (_, bundle, expected) => {
    expect(found(...bundle)).toEqual(expected);
  });
});

describe('two trainings of one name', () => {
  const ONE_OF_EACH = new Map<string, Pair>(EVERY_PAIR.map(pair => [pair.engine, pair]));

  function training(engine: string): any[] {
    const chart = chartIn();
    const pair = ONE_OF_EACH.get(engine)!;
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, ...pair.props({ workers: 4, processes: 2 }), name: 'resnet' });
    return manifestsOf(chart);
  }

  test.each([
    ['trainJob', 'jobSet'], ['pytorchJob', 'mpiJob'], ['statefulSet', 'leaderWorkerSet'], ['jobSet', 'mpiJob'],
  ])('on %s and %s', (one, other) => {
    expect(found(...training(one), ...training(other))).not.toEqual([]);
    expect(found(...training(one))).toEqual([]);
    expect(found(...training(other))).toEqual([]);
  });
});
