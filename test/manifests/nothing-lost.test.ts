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
import { requests } from '../support/random-request';
import { refusalsOf } from '../support/refusals';
import { EVERY_PAIR } from '../support/rendezvous/catalogue';
import { planOf } from '../support/requests/plan';
import type { JobRequest, Request } from '../support/requests/types';

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

describe('random requests', () => {
  const sample = fc.sample(requests, { ...SETTINGS, numRuns: 3000 });

  test('are of every framework on every engine that runs it, for every target', () => {
    const pairs = new Set(sample.map(({ job }) => `${planOf(job).framework} on ${planOf(job).engine}`));
    expect([...pairs].sort()).toEqual(EVERY_PAIR.map(({ name }) => name).sort());
    expect(new Set(sample.map(({ target }) => target)).size).toBe(Object.keys(KubernetesVersion).length);
  });

  test('have every option now and then', () => {
    const namesOf = (one: object): string[] => Object.entries(one).filter(([, value]) => value !== undefined).map(([key]) => key);
    const asked = (of: readonly object[]): string[] => [...new Set(of.flatMap(namesOf))].sort();
    const jobs = sample.map(({ job }) => job);
    const given = <K extends keyof JobRequest>(key: K): object[] => jobs.flatMap(job => job[key] as object ?? []);
    expect(asked(jobs)).toEqual([
      'accelerator', 'checkpoints', 'command', 'cpuMillis', 'disruptable', 'ending', 'engine', 'env', 'envValues', 'fabric', 'framework', 'graceSeconds',
      'identity', 'image', 'imagePullSecrets', 'initContainers', 'liveness', 'memoryMiB', 'name', 'nodeSelector', 'nodes', 'placement', 'podAnnotations',
      'podLabels', 'priorityClass', 'readiness', 'runAsGroup', 'runAsUser', 'scheduling', 'serviceAccount', 'sharedMemoryMiB', 'sidecars', 'tolerations',
      'volumes', 'workers',
    ]);
    expect(asked(given('engine'))).toEqual([
      'id', 'implementation', 'podManagement', 'revisionHistoryLimit', 'sshAuthMountPath', 'sshPort', 'sshdConfig', 'update',
    ]);
    expect(asked(given('framework'))).toEqual([
      'chiefCpuMillis', 'chiefMemoryMiB', 'configFile', 'evaluator', 'exportedVariables', 'id', 'interpreter', 'joinSeconds', 'launcherArguments',
      'launcherCpuMillis', 'launcherMemoryMiB', 'launcherNodeSelector', 'maxRestarts', 'minWorkers', 'mixedPrecision', 'parameterServers', 'port',
      'processesPerWorker', 'serverCpuMillis', 'serverMemoryMiB', 'serverNodeSelector',
    ]);
    expect(asked(given('ending'))).toEqual(['deadlineSeconds', 'failOnExitCodes', 'restarts', 'success', 'ttlSeconds']);
    const kinds = (of: readonly object[]): unknown[] => [...new Set(of.map(one => (one as any).kind ?? (one as any).cloud))].sort();
    expect(kinds(given('accelerator'))).toEqual(['amd', 'dra', 'gaudi', 'mig', 'neuron', 'neuronCore', 'nvidia', 'plugin', 'tpu']);
    expect(kinds(given('nodes'))).toEqual(['aks', 'eks', 'gke', 'labelled']);
    expect(kinds(given('placement'))).toEqual(['anywhere', 'exclusive', 'packed']);
    expect(kinds(given('scheduling'))).toEqual(['coscheduling', 'kueue', 'volcano']);
    expect(kinds(given('checkpoints'))).toEqual(['existing', 'perWorker', 'shared']);
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
  const beside = { image: 'busybox:1.37', command: ['sh', '007'], args: ['x'], env: { P_A: '1' }, memoryMiB: 64, cpuMillis: 10, mounts: [] };
  const most: JobRequest = {
    name: 'train',
    image: 'train:1',
    command: ['train.py', '007'],
    workers: 3,
    memoryMiB: 4096,
    sharedMemoryMiB: 100,
    cpuMillis: 1500,
    accelerator: { kind: 'nvidia', count: 8 },
    fabric: { kind: 'efa', count: 4, socketInterface: 'eth' },
    nodes: { cloud: 'eks', capacityType: 'SPOT', pool: 'ml' },
    env: { A: 'x', B: '007' },
    envValues: { S: { kind: 'secret', name: 's', key: 'k', optional: true }, M: { kind: 'configMap', name: 'm', key: 'k' } },
    nodeSelector: { a: '1' },
    podLabels: { b: 'true' },
    podAnnotations: { c: 'null' },
    tolerations: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }],
    placement: { kind: 'packed', topologyKey: 'rack', required: true, oneWorkerPerNode: true },
    priorityClass: 'high',
    identity: 'azure',
    imagePullSecrets: ['hub'],
    initContainers: [{ ...beside, name: 'init-0', mounts: [{ kind: 'secret', name: 'keys' }] }],
    sidecars: [{ ...beside, name: 'side-0' }],
    liveness: { kind: 'command', delaySeconds: 900, periodSeconds: 60, timeoutSeconds: 5, failures: 2 },
    readiness: { kind: 'http' },
    runAsUser: 5,
    runAsGroup: 6,
    graceSeconds: 30,
    ending: { restarts: 2, deadlineSeconds: 60, ttlSeconds: 120 },
    scheduling: { kind: 'volcano', queue: 'research' },
    checkpoints: { kind: 'shared', sizeGiB: 100, directoryPerWorker: true },
    volumes: [
      { kind: 'claim', name: 'registry', subPath: 'a' }, { kind: 'secret', name: 'keys' }, { kind: 'scratch', name: 'x', sizeMiB: 10 },
      { kind: 'wire', name: 'x', readOnly: true }, { kind: 'configMap', name: 'hyper' },
    ],
  };
  const datasets: Request['datasets'] = [
    { id: 'a', place: 'nfs', sizeGiB: 1, mountOptions: ['hard'] },
    { id: 'b', place: 'efs', sizeGiB: 2 },
    {
      id: 'c', place: 'tier', sizeGiB: 3, source: {
        kind: 's3', include: ['x'], revision: '1', loader: { image: 'l:1', cpuMillis: 5, memoryMiB: 70, retries: 1, runAsUser: 7, credentials: 'keys' },
      },
    },
  ];
  const torchrun = { processesPerWorker: 4, port: 12345, maxRestarts: 1 };
  const endless = { ...most, ending: {} };
  const each = { kind: 'perWorker', name: 'c', sizeGiB: 1, whenScaled: 'Delete' } as const;
  const JOBS: [string, KubernetesVersion, JobRequest][] = [
    ['a StatefulSet', KubernetesVersion.V1_33, {
      ...endless, engine: { id: 'statefulSet', update: { partition: 2 }, revisionHistoryLimit: 3 }, framework: { ...torchrun, id: 'torchrun' },
      checkpoints: { ...each, whenDeleted: 'Delete' },
      envValues: { M: { kind: 'memory', divisor: '1Mi' }, L: { kind: 'label', key: 'team' } },
    }],
    ['a StatefulSet of 1.27', KubernetesVersion.V1_27, {
      ...endless, engine: { id: 'statefulSet' }, framework: { ...torchrun, id: 'accelerate', mixedPrecision: 'bf16', configFile: "/it's" }, sidecars: undefined,
    }],
    ['StatefulSets of several roles', KubernetesVersion.V1_27, {
      ...endless, engine: { id: 'statefulSet' }, framework: { id: 'tensorflowParameterServer', parameterServers: 2, port: 12345, evaluator: true },
      checkpoints: { kind: 'shared', sizeGiB: 100 }, sidecars: undefined,
    }],
    ['a Job', KubernetesVersion.V1_33, {
      ...most, engine: { id: 'indexedJob' }, framework: { id: 'pytorchPlain', interpreter: 'pypy', port: 12345 },
      ending: { ...most.ending, success: 'first', failOnExitCodes: [42, 3] }, scheduling: { kind: 'coscheduling', schedulerName: 'gangs', timeoutSeconds: 60 },
    }],
    ['a JobSet', KubernetesVersion.V1_36, {
      ...most, engine: { id: 'jobSet' }, framework: { id: 'jax', port: 12345 }, ending: { ...most.ending, success: 'first', failOnExitCodes: [42, 3] },
      accelerator: { kind: 'dra', count: 8, selectors: ['true'] }, fabric: { kind: 'rdma', count: 2 }, nodes: { cloud: 'gke', spot: true, machineType: 'a' },
      scheduling: { kind: 'kueue', queue: 'research', priorityClass: 'high', topology: { kind: 'required', level: 'rack' } },
    }],
    ['a JobSet of several roles', KubernetesVersion.V1_33, {
      ...most, framework: {
        id: 'tensorflowParameterServer', parameterServers: 2, serverMemoryMiB: 2048, serverCpuMillis: 500, chiefMemoryMiB: 1024, chiefCpuMillis: 250,
        serverNodeSelector: { pool: 'cpu' }, evaluator: true, port: 12345,
      },
      checkpoints: { kind: 'shared', sizeGiB: 100 }, ending: { ...most.ending, success: 'first', failOnExitCodes: [3] },
    }],
    ['a JobSet in a place of its own', KubernetesVersion.V1_33, {
      ...most, engine: { id: 'jobSet' }, framework: { id: 'tensorflow', port: 12345 }, scheduling: undefined, placement: { kind: 'exclusive', topologyKey: 'pool' },
      accelerator: { kind: 'tpu', count: 4 }, workers: 2, fabric: undefined, nodes: { cloud: 'labelled', labels: { x: 'y' }, tolerations: [{ key: 'x' }] },
    }],
    ['a LeaderWorkerSet', KubernetesVersion.V1_33, {
      ...endless, engine: { id: 'leaderWorkerSet' }, framework: { ...torchrun, id: 'torchrunElastic', minWorkers: 2, joinSeconds: 60 }, checkpoints: each,
      identity: undefined, serviceAccount: 'trainer',
    }],
    ['a TrainJob', KubernetesVersion.V1_33, {
      ...most, engine: { id: 'trainJob' }, framework: { id: 'deepspeed', processesPerWorker: 4, maxRestarts: 1 }, ending: { ...most.ending, success: 'first' },
      nodes: { cloud: 'aks', vmSize: 'a', spot: true }, fabric: undefined, disruptable: true,
    }],
    ['a TrainJob that tells processes their place by itself', KubernetesVersion.V1_33, {
      ...most, engine: { id: 'trainJob' }, framework: { ...torchrun, id: 'accelerate' }, scheduling: { kind: 'coscheduling', timeoutSeconds: 60 },
    }],
    ['an MPIJob', KubernetesVersion.V1_33, {
      ...most, engine: { id: 'mpiJob', implementation: 'OpenMPI', sshAuthMountPath: '/home/user/.ssh', sshdConfig: '/opt/sshd', sshPort: 2022 },
      framework: {
        id: 'mpi', processesPerWorker: 4, exportedVariables: ['X'], launcherMemoryMiB: 2048, launcherCpuMillis: 250, launcherNodeSelector: { pool: 'cpu' },
        launcherArguments: ['--mca', 'x', 'y'],
      },
    }],
    ['a PyTorchJob', KubernetesVersion.V1_33, { ...most, engine: { id: 'pytorchJob' }, framework: { ...torchrun, id: 'torchrun' } }],
    ['an elastic PyTorchJob', KubernetesVersion.V1_33, {
      ...most, engine: { id: 'pytorchJob' }, framework: { ...torchrun, id: 'torchrunElastic', minWorkers: 2, joinSeconds: 60 },
      scheduling: { kind: 'coscheduling', timeoutSeconds: 60 },
    }],
  ];

  test.each(JOBS)('misses any one leaf that is dropped or changed in the output of %s', (_, target, job) => {
    // GIVEN
    const request: Request = { target, job, datasets };
    const manifests = manifestsIn(yamlOf(new MlApp({ target }), request));
    const { missing, places } = audit(request, manifests);
    expect(missing).toEqual([]);
    expect(places.length).toBeGreaterThan(120);
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
