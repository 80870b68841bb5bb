import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../lib';
import { type ResolvedPod, resolvePods } from '../../support/rendezvous/pods';

const { V1_27, V1_36 } = KubernetesVersion;

function template(container: object = {}, metadata: object = {}): any {
  return { metadata, spec: { enableServiceLinks: false, containers: [{ name: 'train', command: ['train'], ...container }] } };
}

/** Variables that a container is told besides those that every container has. */
function toldOf({ container: { env } }: ResolvedPod): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('KUBERNETES_') && name !== 'HOSTNAME'));
}

const own = (name: string, value: string): any => ({ env: [{ name, value }] });

test('a StatefulSet numbers its pods from its start, in a label from 1.28 on, and gives each its claims', () => {
  const set = {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'a' },
    spec: {
      replicas: 2, serviceName: 's', ordinals: { start: 5 }, volumeClaimTemplates: [{ metadata: { name: 'data' } }],
      template: template({ volumeMounts: [{ name: 'data', mountPath: '/d' }] }),
    },
  };
  const pods = resolvePods([set]);
  expect(pods.map(({ name, hostname, subdomain, workload, labels, mounts }) => [name, hostname, subdomain, workload, labels['apps.kubernetes.io/pod-index'], mounts[0].source])).toEqual(
    [5, 6].map(i => [`a-${i}`, `a-${i}`, 's', 'StatefulSet/a', String(i), { name: 'data', persistentVolumeClaim: { claimName: `data-a-${i}` } }]),
  );
  expect(resolvePods([set], { target: V1_27 })[0].labels).not.toHaveProperty(['apps.kubernetes.io/pod-index']);
});

test('an Indexed Job says the index in the hostname, an annotation, a label from 1.28 on, and behind the variables', () => {
  const job = {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' },
    spec: { completionMode: 'Indexed', completions: 3, parallelism: 2, template: template(own('X', '$(JOB_COMPLETION_INDEX)')) },
  };
  const index = 'batch.kubernetes.io/job-completion-index';
  for (const target of [V1_27, V1_36]) {
    const pods = resolvePods([job], { target });
    expect(pods.map(({ hostname }) => hostname)).toEqual(['j-0', 'j-1']);
    expect(pods[1].name).toMatch(/^j-1-[a-z0-9]{5}$/);
    expect(pods[1].annotations[index]).toBe('1');
    expect(pods[1].labels[index]).toBe(target === V1_27 ? undefined : '1');
    expect(toldOf(pods[1])).toEqual({ X: '$(JOB_COMPLETION_INDEX)', JOB_COMPLETION_INDEX: '1' });
  }
  const long = resolvePods([{ ...job, metadata: { name: 'x'.repeat(61) } }])[1];
  expect([long.name.length, long.hostname.length]).toEqual([63, 63]);
});

test('pods of other Jobs and of Deployments have neither an index nor a name that lasts', () => {
  const spec = { parallelism: 2, replicas: 2, template: template() };
  const pods = resolvePods([
    { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec }, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec },
  ]);
  expect(pods.map(({ workload }) => workload)).toEqual(['Job/j', 'Job/j', 'Deployment/d', 'Deployment/d']);
  expect(new Set(pods.map(({ name }) => name)).size).toBe(4);
  for (const { name, hostname, dnsNames, ip } of pods) expect([hostname, dnsNames]).toEqual([name, [ip]]);
});

describe('a JobSet', () => {
  const jobSet = (network?: object): any => ({
    apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'js', namespace: 'ml' },
    spec: {
      network, coordinator: { replicatedJob: 'b', jobIndex: 1, podIndex: 0 },
      replicatedJobs: [
        { name: 'a', template: { spec: { parallelism: 1, completions: 1, template: template() } } },
        { name: 'b', replicas: 2, template: { spec: { parallelism: 2, completions: 2, template: template() } } },
      ],
    },
  });

  test('makes Jobs and a Service, and counts them', () => {
    const pods = resolvePods([jobSet()]);
    expect(pods.map(({ dnsNames }) => dnsNames[0])).toEqual(['js-a-0-0.js', 'js-b-0-0.js', 'js-b-0-1.js', 'js-b-1-0.js', 'js-b-1-1.js']);
    expect(pods.map(({ role, workload }) => [role, workload])).toEqual(['a', 'b', 'b', 'b', 'b'].map(role => [role, 'JobSet/js']));
    const key = 'jobset.sigs.k8s.io/';
    expect(pods[4].labels).toMatchObject({
      [`${key}jobset-name`]: 'js', [`${key}replicatedjob-name`]: 'b', [`${key}job-index`]: '1', [`${key}job-global-index`]: '2', [`${key}global-replicas`]: '3',
      [`${key}coordinator`]: 'js-b-1-0.js',
    });
    expect(pods[4].annotations).toMatchObject({ [`${key}job-index`]: '1', 'batch.kubernetes.io/job-completion-index': '1' });
  });

  test('publishes its pods as its network says', () => {
    expect(resolvePods([jobSet({ subdomain: 'net' })])[0].dnsNames[0]).toBe('js-a-0-0.net');
    expect(resolvePods([jobSet({ enableDNSHostnames: false })])[0].dnsNames).toEqual(['10.244.0.1']);
  });
});

describe('a LeaderWorkerSet', () => {
  const set = (spec: object = {}): any => ({
    apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet', metadata: { name: 'l', namespace: 'ml' },
    spec: { replicas: 2, leaderWorkerTemplate: { size: 2, workerTemplate: template({ env: [{ name: 'X', value: '$(LWS_GROUP_SIZE)' }, { name: 'LWS_WORKER_INDEX', value: '9' }] }) }, ...spec },
  });

  test('tells its pods their place in their group before their own variables', () => {
    const pods = resolvePods([set()]);
    expect(pods.map(({ dnsNames }) => dnsNames[0])).toEqual(['l-0.l', 'l-0-1.l', 'l-1.l', 'l-1-1.l']);
    expect(pods.map(toldOf)).toEqual([['l-0', '0'], ['l-0', '1'], ['l-1', '0'], ['l-1', '1']].map(([leader, index]) => ({
      LWS_LEADER_ADDRESS: `${leader}.l.ml`, LWS_GROUP_SIZE: '2', LWS_WORKER_INDEX: index, X: '2',
    })));
    // of a leader it is the group's
    expect(pods.map(({ labels }) => [labels['leaderworkerset.sigs.k8s.io/worker-index'], labels['apps.kubernetes.io/pod-index']])).toEqual([['0', '0'], ['1', '1'], ['0', '1'], ['1', '1']]);
  });

  test('has a Service for each group where it is told so', () => {
    expect(resolvePods([set({ networkConfig: { subdomainPolicy: 'UniquePerReplica' } })]).map(({ dnsNames }) => dnsNames[0])).toEqual(['l-0.l-0', 'l-0-1.l-0', 'l-1.l-1', 'l-1-1.l-1']);
  });
});

describe('a TrainJob', () => {
  const runtime = (mlPolicy: object, kind = 'TrainingRuntime'): any => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1', kind, metadata: { name: 'r' },
    spec: {
      mlPolicy,
      template: {
        spec: {
          replicatedJobs: [{
            name: 'node',
            template: { metadata: { labels: { 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' } }, spec: { template: template({ name: 'node', env: [{ name: 'A', value: 'runtime' }] }) } },
          }],
        },
      },
    },
  });
  const job = (trainer: object, more: object = {}): any => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainJob', metadata: { name: 't' },
    spec: { runtimeRef: { kind: 'TrainingRuntime', name: 'r' }, trainer: { command: ['torchrun'], args: ['train.py'], ...trainer }, ...more },
  });

  test('tells PyTorch behind the variables of the runtime and its own', () => {
    const env = [{ name: 'A', value: 'own' }, { name: 'B', value: '$(PET_NODE_RANK)' }];
    const pods = resolvePods([runtime({ torch: {} }), job({ numNodes: 2, numProcPerNode: 3, env })]);
    expect(pods.map(({ dnsNames, workload }) => [dnsNames[0], workload])).toEqual([['t-node-0-0.t', 'TrainJob/t'], ['t-node-0-1.t', 'TrainJob/t']]);
    expect(pods[1].container.argv).toEqual(['torchrun', 'train.py']);
    expect(toldOf(pods[1])).toEqual({
      A: 'own', B: '$(PET_NODE_RANK)', PET_NNODES: '2', PET_NPROC_PER_NODE: '3', PET_NODE_RANK: '1', PET_MASTER_ADDR: 't-node-0-0.t', PET_MASTER_PORT: '29500',
      JOB_COMPLETION_INDEX: '1',
    });
  });

  test('tells JAX, and others nothing', () => {
    expect(toldOf(resolvePods([runtime({ numNodes: 2, jax: {} }), job({})])[1])).toMatchObject({ JAX_NUM_PROCESSES: '2', JAX_PROCESS_ID: '1', JAX_COORDINATOR_ADDRESS: 't-node-0-0.t:29500' });
    expect(toldOf(resolvePods([runtime({ numNodes: 2 }), job({})])[1])).toEqual({ A: 'runtime', JOB_COMPLETION_INDEX: '1' });
  });

  test('patches the pods of its runtime', () => {
    const patch = { metadata: { labels: { x: 'y' } }, spec: { nodeSelector: { a: 'b' }, containers: [{ name: 'node', volumeMounts: [{ name: 'v', mountPath: '/v' }] }], volumes: [{ name: 'v', emptyDir: {} }] } };
    const runtimePatches = [{ manager: 'm', trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: patch } } }] } } } }];
    const [{ labels, spec, mounts }] = resolvePods([runtime({ torch: {} }), job({}, { runtimePatches })]);
    expect([labels.x, spec.nodeSelector, mounts]).toEqual(['y', { a: 'b' }, [{ mountPath: '/v', source: { name: 'v', emptyDir: {} } }]]);
  });

  test('needs its runtime', () => {
    expect(() => resolvePods([job({})])).toThrow('TrainJob/t: TrainingRuntime/r is not there');
  });
});

describe('a PyTorchJob', () => {
  const port = { name: 'pytorch', ports: [{ name: 'pytorchjob-port', containerPort: 1234 }] };
  const job = (replicas: object, more: object = {}): any => ({ apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob', metadata: { name: 'p' }, spec: { pytorchReplicaSpecs: replicas, ...more } });

  test('has a master, whose place all are told behind their own variables', () => {
    const replica = { template: template({ ...port, env: [{ name: 'X', value: '$(RANK)' }, { name: 'PET_NODE_RANK', value: '9' }] }) };
    const pods = resolvePods([job({ Master: replica, Worker: { replicas: 2, ...replica } }, { nprocPerNode: '4' })]);
    expect(pods.map(({ name, role, dnsNames }) => [name, role, dnsNames[0]])).toEqual([
      ['p-master-0', 'master', 'p-master-0'], ['p-worker-0', 'worker', 'p-worker-0'], ['p-worker-1', 'worker', 'p-worker-1'],
    ]);
    expect(toldOf(pods[2])).toEqual({
      X: '$(RANK)', PYTHONUNBUFFERED: '1', MASTER_ADDR: 'p-master-0', MASTER_PORT: '1234', PET_MASTER_ADDR: 'p-master-0', PET_MASTER_PORT: '1234', WORLD_SIZE: '12', RANK: '2',
      PET_NPROC_PER_NODE: '4', PET_NODE_RANK: '2', PET_NNODES: '3',
    });
  });

  test('lets workers meet by themselves where it is elastic', () => {
    const elasticPolicy = { minReplicas: 1, maxReplicas: 3, maxRestarts: 5, nProcPerNode: 2, rdzvId: 'id', rdzvConf: [{ key: 'a', value: 'b' }, { key: 'c', value: 'd' }] };
    const pods = resolvePods([job({ Worker: { replicas: 2, template: template({ name: 'pytorch' }) } }, { elasticPolicy })]);
    expect(toldOf(pods[1])).toEqual({
      PYTHONUNBUFFERED: '1', PET_RDZV_ENDPOINT: 'p-worker-0:23456', PET_RDZV_BACKEND: 'c10d', PET_NNODES: '1:3', PET_MAX_RESTARTS: '5', PET_NPROC_PER_NODE: '2',
      PET_RDZV_ID: 'id', PET_RDZV_CONF: 'a=b,c=d',
    });
  });
});

describe('an MPIJob', () => {
  const job = (spec: object = {}): any => ({
    apiVersion: 'kubeflow.org/v2beta1', kind: 'MPIJob', metadata: { name: 'm', namespace: 'ml' },
    spec: { slotsPerWorker: 2, mpiReplicaSpecs: { Launcher: { template: template({ command: ['mpirun', 'x'] }) }, Worker: { replicas: 2, template: template({ command: undefined }) } }, ...spec },
  });

  test('has workers that serve, and a launcher that knows them', () => {
    const pods = resolvePods([job()]);
    const [launcher, ...workers] = [pods.find(({ labels }) => labels['training.kubeflow.org/job-role'] === 'launcher')!, ...pods.filter(({ container }) => container.argv[0] !== 'mpirun')];
    expect(workers.map(({ dnsNames, container }) => [dnsNames[2], container.argv])).toEqual([0, 1].map(i => [`m-worker-${i}.m.ml.svc`, ['/usr/sbin/sshd', '-De']]));
    expect(launcher.hostname).toBe('m-launcher');
    expect(launcher.files).toEqual({ '/etc/mpi/hostfile': 'm-worker-0.m.ml.svc slots=2\nm-worker-1.m.ml.svc slots=2\n' });
    expect(toldOf(launcher)).toEqual({
      K_MPI_JOB_ROLE: 'launcher', OMPI_MCA_orte_keep_fqdn_hostnames: 'true', OMPI_MCA_orte_default_hostfile: '/etc/mpi/hostfile', OMPI_MCA_orte_set_default_slots: '2',
      OMPI_MCA_plm_rsh_args: '-o ConnectionAttempts=10', NVIDIA_VISIBLE_DEVICES: '', NVIDIA_DRIVER_CAPABILITIES: '',
    });
  });

  test('writes the hosts as its MPI reads them', () => {
    const launcher = resolvePods([job({ mpiImplementation: 'Intel', runLauncherAsWorker: true })]).find(({ hostname }) => hostname === 'm-launcher')!;
    expect(launcher.files['/etc/mpi/hostfile']).toBe('m-launcher.m.ml.svc:2\nm-worker-0.m.ml.svc:2\nm-worker-1.m.ml.svc:2\n');
    expect(toldOf(launcher)).toMatchObject({ I_MPI_HYDRA_HOST_FILE: '/etc/mpi/hostfile', I_MPI_PERHOST: '2' });
  });
});

describe('names that are put together', () => {
  const named = (length: number): any => ({ name: 'x'.repeat(length) });
  const apps = (metadata: object): any => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { replicas: 1, serviceName: 's', template: template() } });
  const job = (metadata: object): any => ({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { completionMode: 'Indexed', completions: 1, template: template() } });
  const jobSet = (metadata: object): any => ({
    apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata, spec: { replicatedJobs: [{ name: 'worker', template: { spec: { template: template() } } }] },
  });

  test.each([
    ['a StatefulSet', apps, 52, 'label controller-revision-hash cannot be'], ['an Indexed Job', job, 61, 'is no DNS label'], ['a JobSet', jobSet, 46, 'a pod would be called'],
  ])('are refused where they are too long, as of %s', (_, of, longest, why) => {
    expect(resolvePods([of(named(longest))])).toHaveLength(1);
    expect(() => resolvePods([of(named(longest + 1))])).toThrow(why);
  });

  test('are refused where there is such an object already', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', ...template({}, { name: 'a-0' }) };
    expect(() => resolvePods([pod, apps({ name: 'a' })])).toThrow('Pod/a-0: is there already');
  });
});
