import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../lib';
import { proveRendezvous } from '../../support/rendezvous/proof';

const NAME = { fieldRef: { fieldPath: 'metadata.name' } };
const ORDINAL = { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } };
const COMPLETION = { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-completion-index']" } };

type Env = Record<string, unknown>;

function without(name: string, env: Env): Env {
  return Object.fromEntries(Object.entries(env).filter(([of]) => of !== name));
}

/** Variables in their order: texts, or where they are from. */
function envOf(env: Env): unknown[] {
  return Object.entries(env).map(([name, value]) => typeof value === 'string' ? { name, value } : { name, valueFrom: value });
}

function podOf(command: readonly string[], env: Env, more: object = {}): any {
  return { metadata: { labels: { app: 'train' } }, spec: { containers: [{ name: 'train', image: 'train', command, env: envOf(env), ...more }] } };
}

/** The Service of the lessons, put right. */
function service(spec: object = {}, name = 'train'): any {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { clusterIP: 'None', selector: { app: 'train' }, publishNotReadyAddresses: true, ...spec } };
}

function statefulSet(template: any, spec: object = {}, name = 'train'): any {
  return {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name },
    spec: { replicas: 3, serviceName: 'train', podManagementPolicy: 'Parallel', selector: { matchLabels: { app: 'train' } }, template, ...spec },
  };
}

function indexedJob(template: any, spec: object = {}): any {
  template.spec.subdomain = 'train';
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'train' }, spec: { completionMode: 'Indexed', completions: 3, parallelism: 3, template, ...spec } };
}

/** What is wrong with manifests. */
function problemsOf(...manifests: any[]): string[] {
  return proveRendezvous(manifests).problems;
}

const ONE = { completions: 1, parallelism: 1 };
const PYTHON = ['python', 'train.py'];
const PLAIN = { RANK: ORDINAL, WORLD_SIZE: '3', MASTER_ADDR: 'train-0.train', MASTER_PORT: '29500' };
const TORCHRUN = ['torchrun', 'train.py'];
const PET = { PET_NODE_RANK: ORDINAL, PET_NNODES: '3', PET_NPROC_PER_NODE: '2', PET_MASTER_ADDR: 'train-0.train', PET_MASTER_PORT: '29500' };

describe('the lessons, put right', () => {
  test('with plain Python', () => {
    const { ranks, problems } = proveRendezvous([service(), statefulSet(podOf(PYTHON, PLAIN))]);
    expect(problems).toEqual([]);
    expect(ranks).toEqual([0, 1, 2].map(rank => ({
      pod: `train-${rank}`, rank, worldSize: 3, dials: 'train-0.train:29500', resolvesTo: 'train-0', command: PYTHON, processes: 1,
    })));
  });

  test('with torchrun', () => {
    const { ranks, problems } = proveRendezvous([service(), statefulSet(podOf(TORCHRUN, PET))]);
    expect(problems).toEqual([]);
    expect(ranks).toEqual([0, 2, 4].map((rank, i) => ({
      pod: `train-${i}`, rank, worldSize: 6, dials: 'train-0.train:29500', resolvesTo: 'train-0', command: ['train.py'], processes: 2,
    })));
  });

  test('with a rank that a shell takes from the hostname', () => {
    const script = ['bash', '-c', 'torchrun --nnodes=3 --node_rank="${HOSTNAME##*-}" --master_addr=train-0.train train.py'];
    expect(problemsOf(service(), indexedJob(podOf(script, {})))).toEqual([]);
  });
});

describe('the rank', () => {
  test('from metadata.name', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { ...PLAIN, RANK: NAME })))).toEqual([
      "train-0: RANK is 'train-0', which is no whole number",
      "train-1: RANK is 'train-1', which is no whole number",
      "train-2: RANK is 'train-2', which is no whole number",
    ]);
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, { ...PET, PET_NODE_RANK: NAME }), { replicas: 1 }))).toEqual([
      "train-0: PET_NODE_RANK is 'train-0', which is no whole number",
    ]);
  });

  test('from the end of the name of a pod of a Job, which is random', () => {
    const script = ['sh', '-c', 'RANK="${POD_NAME##*-}" exec python train.py'];
    const problems = problemsOf(service(), indexedJob(podOf(script, { ...PLAIN, RANK: '0', POD_NAME: NAME }), ONE));
    expect(problems).toEqual([expect.stringMatching(/^train-0-(\w{5}): RANK is '\1', which is no whole number$/)]);
  });

  test('by a reference to a variable that comes later', () => {
    const others = without('PET_NODE_RANK', PET);
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, { PET_NODE_RANK: '$(INDEX)', INDEX: ORDINAL, ...others }), { replicas: 1 }))).toEqual([
      "train-0: PET_NODE_RANK is '$(INDEX)', which is no whole number",
    ]);
  });

  test('by a reference to JOB_COMPLETION_INDEX, which comes last', () => {
    const problems = problemsOf(service(), indexedJob(podOf(PYTHON, { ...PLAIN, RANK: '$(JOB_COMPLETION_INDEX)' }), ONE));
    expect(problems).toEqual([expect.stringMatching(/^train-0-\w{5}: RANK is '\$\(JOB_COMPLETION_INDEX\)', which is no whole number$/)]);
    // on the command line it is known
    const command = [...TORCHRUN.slice(0, 1), '--nnodes=3', '--node-rank=$(JOB_COMPLETION_INDEX)', '--master-addr=train-0.train', 'train.py'];
    expect(problemsOf(service(), indexedJob(podOf(command, {})))).toEqual([]);
  });

  test('from a label that a release does not have', () => {
    const manifests = [service(), statefulSet(podOf(TORCHRUN, PET), { replicas: 1 })];
    const { problems } = proveRendezvous(manifests, { target: KubernetesVersion.V1_27 });
    expect(problems).toEqual(["train-0: PET_NODE_RANK is '', which is no whole number"]);
  });

  test('that all have', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { ...PLAIN, RANK: '0' })))).toEqual([
      'rank 0 is that of train-0, train-1, train-2',
      'nobody has rank 1, 2',
    ]);
  });

  test('that begins at 1', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { ...PLAIN, MASTER_ADDR: 'train-1.train' }), { ordinals: { start: 1 } }))).toEqual([
      'train-1 has rank 1 and dials train-1.train:29500, which is itself',
      'train-2 dials train-1.train:29500, which is train-1 with rank 1, not rank 0',
      'train-3 dials train-1.train:29500, which is train-1 with rank 1, not rank 0',
      'nobody has rank 0',
    ]);
  });
});

describe('the number of processes', () => {
  test('that is written down, and is not that of the replicas', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { ...PLAIN, WORLD_SIZE: '8' })))).toEqual([
      'train-0, train-1, train-2 wait for 8 processes, and there are 3',
    ]);
  });

  test('that a Job never runs at once', () => {
    expect(problemsOf(service(), indexedJob(podOf(PYTHON, { ...PLAIN, RANK: COMPLETION }), { parallelism: 2 }))).toEqual([
      expect.stringMatching(/^train-0-\w{5}, train-1-\w{5} wait for 3 processes, and there are 2$/),
    ]);
  });

  test('that nobody knows', () => {
    const auto = { ...PET, PET_NPROC_PER_NODE: 'auto' };
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, auto), { replicas: 1 }))).toEqual([
      "train-0: PET_NPROC_PER_NODE is 'auto', and without accelerators that is one process for each CPU of the node",
    ]);
    const { ranks } = proveRendezvous([service(), statefulSet(podOf(TORCHRUN, auto, { resources: { limits: { 'nvidia.com/gpu': '8' } } }))]);
    expect(ranks.map(({ rank, worldSize }) => [rank, worldSize])).toEqual([[0, 24], [8, 24], [16, 24]]);
  });
});

describe('many worlds', () => {
  test('by MASTER_ADDR, RANK and WORLD_SIZE beside torchrun', () => {
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, PLAIN)))).toEqual([
      'torchrun in each of the 3 pods of StatefulSet/train is told of no other, so that they train 3 models apart; it does not read MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE',
    ]);
  });

  test('by torchrun without nodes, as the documentation of JobSet has it', () => {
    const script = ['bash', '-c', 'torchrun --rdzv_id=123 --nproc_per_node=1 --master_addr=$MASTER_ADDR --master_port=$MASTER_PORT resnet.py --backend=gloo'];
    const jobSet = {
      apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'pytorch' },
      spec: {
        replicatedJobs: [{
          name: 'workers',
          template: { spec: { parallelism: 4, completions: 4, template: podOf(script, { MASTER_ADDR: 'pytorch-workers-0-0.pytorch', MASTER_PORT: '3389' }) } },
        }],
      },
    };
    expect(problemsOf(jobSet)).toEqual([
      'torchrun in each of the 4 pods of JobSet/pytorch is told of no other, so that they train 4 models apart; it does not read MASTER_ADDR, MASTER_PORT',
    ]);
  });

  test('by horovodrun in every pod', () => {
    const command = ['horovodrun', '-np', '3', '-H', 'train-0.train:1,train-1.train:1,train-2.train:1', 'python', 'train.py'];
    expect(problemsOf(service(), statefulSet(podOf(command, {})))).toEqual(['horovodrun starts in each of the 3 pods of StatefulSet/train, so that there are 3 jobs']);
  });

  test('by deepspeed without a list of hosts', () => {
    expect(problemsOf(service(), statefulSet(podOf(['deepspeed', '--no_ssh', 'train.py'], {})))).toEqual([
      'deepspeed in each of the 3 pods of StatefulSet/train is told of no other, so that they train 3 models apart; there is no /job/hostfile',
    ]);
  });

  test('by names of a rendezvous that differ', () => {
    const env = { PET_NNODES: '1:3', PET_RDZV_BACKEND: 'c10d', PET_RDZV_ENDPOINT: 'train-0.train:29400', PET_RDZV_ID: NAME };
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, env), { replicas: 2 }))).toEqual(["train-1 meets as 'train-1' and train-0 as 'train-0'"]);
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, { ...env, PET_RDZV_ID: 'train' }), { replicas: 4 }))).toEqual([
      'train-0, train-1, train-2, train-3 are more than the 3 pods that meet',
      'train-0, train-1, train-2, train-3 wait for 3 processes, and there are 4',
    ]);
  });
});

describe('the address', () => {
  test('that is not there', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { RANK: ORDINAL, WORLD_SIZE: '3' }), { replicas: 1 }))).toEqual([
      'train-0: MASTER_PORT is not set', 'train-0: MASTER_ADDR is not set',
    ]);
  });

  test('by a hostname that no pod has', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { ...PLAIN, MASTER_ADDR: 'pod-0.train' }), { replicas: 1 }))).toEqual([
      'train-0 dials pod-0.train:29500, a name that no pod has',
      'train-0 waits for 3 processes, and there are 1',
    ]);
  });

  test('by a Service that is not headless, selects nothing, is called otherwise or is not there', () => {
    for (const services of [[service({ clusterIP: undefined })], [service({ selector: { app: 'other' } })], [service({}, 'trainer')], []]) {
      expect(problemsOf(...services, statefulSet(podOf(PYTHON, PLAIN)))).toEqual([
        'train-0 dials train-0.train:29500, a name that no pod has',
        'train-1 dials train-0.train:29500, a name that no pod has',
        'train-2 dials train-0.train:29500, a name that no pod has',
      ]);
    }
  });

  test('of a pod that is found only when it is ready, of which the others wait to be made', () => {
    const template = podOf(PYTHON, PLAIN, { readinessProbe: { tcpSocket: { port: 29500 } } });
    const why = 'which is not found before train-0 is ready: Service/train does not publish addresses that are not ready';
    expect(problemsOf(service({ publishNotReadyAddresses: false }), statefulSet(template, { podManagementPolicy: 'OrderedReady' }))).toEqual([
      'train-1 is not made before train-0 is ready, and train-0 waits for it: StatefulSet/train is OrderedReady',
      `train-0 dials train-0.train:29500, ${why}`,
      `train-1 dials train-0.train:29500, ${why}`,
      `train-2 dials train-0.train:29500, ${why}`,
    ]);
  });

  test('that is the pod itself in each', () => {
    expect(problemsOf(service(), statefulSet(podOf(TORCHRUN, without('PET_MASTER_ADDR', PET))))).toEqual([
      'train-1 has rank 2 and dials 127.0.0.1:29500, which is itself',
      'train-2 has rank 4 and dials 127.0.0.1:29500, which is itself',
    ]);
  });

  test('with a port that a Service called master puts in its place', () => {
    const master = service({ clusterIP: undefined, ports: [{ port: 29500 }] }, 'master');
    expect(problemsOf(service(), master, statefulSet(podOf(PYTHON, without('MASTER_PORT', PLAIN)), { replicas: 1 }))).toEqual([
      expect.stringMatching(/^train-0: MASTER_PORT is 'tcp:\/\/10\.96\.0\.\d+:29500', which is no whole number$/),
    ]);
  });

  test('with a port that is not that of rank 0', () => {
    const master = statefulSet(podOf(PYTHON, { ...PLAIN, RANK: '0', WORLD_SIZE: '2', MASTER_ADDR: 'master-0.train' }), { replicas: 1 }, 'master');
    const worker = statefulSet(podOf(PYTHON, { ...PLAIN, RANK: '1', WORLD_SIZE: '2', MASTER_ADDR: 'master-0.train', MASTER_PORT: '23456' }), { replicas: 1 }, 'worker');
    expect(problemsOf(service(), master, worker)).toEqual(['worker-0 dials port 23456 of master-0, which listens on 29500']);
  });
});

describe('TF_CONFIG', () => {
  const CLUSTER = { worker: ['train-0.train:2222', 'train-1.train:2222'] };
  const config = (cluster: object, index = '$(INDEX)', type = 'worker'): string => `{"cluster":${JSON.stringify(cluster)},"task":{"type":"${type}","index":${index}}}`;
  const workers = (env: Env): any => statefulSet(podOf(PYTHON, env), { replicas: 2 });

  test('put right', () => {
    const { ranks, problems } = proveRendezvous([service(), workers({ INDEX: ORDINAL, TF_CONFIG: config(CLUSTER) })]);
    expect(problems).toEqual([]);
    expect(ranks.map(({ pod, rank, worldSize, dials }) => [pod, rank, worldSize, dials])).toEqual([
      ['train-0', 0, 2, 'train-0.train:2222'], ['train-1', 1, 2, 'train-0.train:2222'],
    ]);
  });

  test('with an index that is a name', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { INDEX: NAME, TF_CONFIG: config(CLUSTER, '"$(INDEX)"') }), { replicas: 1 }))).toEqual([
      'train-0: the index of its task in TF_CONFIG is "train-0", which is no whole number',
    ]);
  });

  test('with a reference to a variable that comes later', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { TF_CONFIG: config(CLUSTER), INDEX: ORDINAL }), { replicas: 1 }))).toEqual([
      `train-0: TF_CONFIG is no JSON: ${config(CLUSTER)}`,
    ]);
  });

  test('with tasks that nobody is, or many are', () => {
    expect(problemsOf(service(), workers({ TF_CONFIG: config(CLUSTER, '0') }))).toEqual([
      'worker 0 is train-0 and train-1',
      'train-1 is to listen on train-0.train:2222, which is train-0',
      'worker 1 is no pod',
      'rank 0 is that of train-0, train-1',
      'nobody has rank 1',
    ]);
  });

  test('with the evaluator in the cluster, or parameter servers without a chief', () => {
    const cluster = { ...CLUSTER, evaluator: ['eval-0.train:2222'], ps: [] };
    expect(problemsOf(service(), workers({ INDEX: ORDINAL, TF_CONFIG: config(cluster) }))).toEqual([
      'train-0: TF_CONFIG has the evaluator in its cluster, which TensorFlow refuses',
      'train-0: parameter servers need one chief, and the cluster has 0',
    ]);
  });

  test('with another cluster in each pod', () => {
    const more = statefulSet(podOf(PYTHON, { TF_CONFIG: config({ worker: ['train-0.train:2222'] }, '0') }), { replicas: 1 }, 'more');
    expect(problemsOf(service(), workers({ INDEX: ORDINAL, TF_CONFIG: config(CLUSTER) }), more)).toEqual([
      'more-0 and train-0 are told of different clusters',
      'worker 0 is train-0 and more-0',
      'more-0 is to listen on train-0.train:2222, which is train-0',
      'train-0, more-0, train-1 wait for 2 processes, and there are 3',
      'rank 0 is that of train-0, more-0',
      'nobody has rank 2',
    ]);
  });
});

describe('JAX', () => {
  test('without what its script must hand on', () => {
    expect(problemsOf(service(), statefulSet(podOf(PYTHON, { JAX_COORDINATOR_ADDRESS: 'train-0.train' }), { replicas: 1 }))).toEqual([
      'train-0: JAX_PROCESS_ID is not set',
      'train-0: JAX_NUM_PROCESSES is not set',
      'train-0: port of JAX_COORDINATOR_ADDRESS is not set',
    ]);
  });
});

describe('Accelerate', () => {
  const launch = (...flags: string[]): any => podOf(['accelerate', 'launch', '--num_machines=3', ...flags, 'train.py'], { INDEX: ORDINAL, POD: NAME });
  const MEET = ['--main_process_ip=train-0.train', '--main_process_port', '29500'];

  test('put right', () => {
    const { ranks, problems } = proveRendezvous([service(), statefulSet(launch('--multi_gpu', '--num_processes', '6', '--machine_rank=$(INDEX)', ...MEET))]);
    expect(problems).toEqual([]);
    expect(ranks.map(({ rank, processes, worldSize, command }) => [rank, processes, worldSize, ...command])).toEqual([
      [0, 2, 6, 'train.py'], [2, 2, 6, 'train.py'], [4, 2, 6, 'train.py'],
    ]);
  });

  test('with a name for its rank, or processes that no machines can share', () => {
    expect(problemsOf(service(), statefulSet(launch('--num_processes=6', '--machine_rank=$(POD)', ...MEET), { replicas: 1 }))).toEqual([
      "train-0: --machine_rank is 'train-0', which is no whole number",
    ]);
    expect(problemsOf(service(), statefulSet(launch('--num_processes=8', '--machine_rank=$(INDEX)', ...MEET), { replicas: 1 }))).toEqual([
      'train-0: --num_processes is 8, which is no multiple of the 3 machines',
    ]);
  });
});

describe('an MPIJob', () => {
  const OPEN_MPI_5 = { PRTE_MCA_prte_default_hostfile: '/etc/mpi/hostfile' };
  const mpiJob = (command: string[], env: Env = OPEN_MPI_5, worker: any = { replicas: 2, template: podOf([], {}) }): any => ({
    apiVersion: 'kubeflow.org/v2beta1', kind: 'MPIJob', metadata: { name: 'train', namespace: 'ml' },
    spec: { slotsPerWorker: 2, mpiReplicaSpecs: { Launcher: { replicas: 1, template: podOf(command, env) }, Worker: worker } },
  });

  test('put right', () => {
    const { ranks, problems } = proveRendezvous([mpiJob(['mpirun', '-np', '4', '-x', 'PATH', '-mca', 'pml', 'ob1', 'python', 'train.py'])]);
    expect(problems).toEqual([]);
    expect(ranks).toEqual([0, 1].map(i => ({
      pod: `train-worker-${i}`, rank: 2 * i, worldSize: 4, dials: `train-worker-${i}.train.ml.svc:22`, resolvesTo: `train-worker-${i}`,
      command: PYTHON, processes: 2,
    })));
  });

  test('with Open MPI 5, which is not told of its hosts', () => {
    const [problem, ...others] = problemsOf(mpiJob(['mpirun', 'python', 'train.py'], {}));
    expect(problem.replaceAll(/-launcher-\w{5}/g, '-launcher')).toBe(
      'train-launcher: Open MPI 5 does not read OMPI_MCA_orte_default_hostfile, so that all its processes start in train-launcher; it wants PRTE_MCA_prte_default_hostfile',
    );
    expect(others).toEqual([]);
  });

  test('with more processes than places, or too few for all workers', () => {
    expect(problemsOf(mpiJob(['mpirun', '-np', '8', 'python', 'train.py']))).toEqual([
      expect.stringMatching(/^train-launcher-\w{5}: mpirun is to start 8 processes, and its hosts take 4$/),
    ]);
    expect(problemsOf(mpiJob(['mpirun', '-np', '2', 'python', 'train.py']))).toEqual([
      expect.stringMatching(/^train-worker-1 waits for train-launcher-\w{5}, which starts no process in it$/),
    ]);
  });

  test('with hosts that do not exist, or run no sshd', () => {
    const hosts = ['mpirun', '-H', 'train-worker-0.train:2,train-worker-9.train:2', 'python', 'train.py'];
    expect(problemsOf(mpiJob(hosts))).toEqual([
      expect.stringMatching(/^train-launcher-\w{5} starts processes in train-worker-9.train, a name that no pod has$/),
      expect.stringMatching(/^train-worker-1 waits for train-launcher-\w{5}, which starts no process in it$/),
    ]);
    const busy = { replicas: 1, template: podOf(['sleep', 'infinity'], {}) };
    expect(problemsOf(mpiJob(['mpirun', 'python', 'train.py'], OPEN_MPI_5, busy))).toEqual([
      expect.stringMatching(/^train-worker-0 runs no sshd, so that train-launcher-\w{5} starts nothing in it$/),
    ]);
  });

  test('with a list of hosts that is not there', () => {
    expect(problemsOf(mpiJob(['mpirun', '--hostfile', '/job/hostfile', 'python', 'train.py']))).toEqual([
      expect.stringMatching(/^train-launcher-\w{5}: mpirun reads its hosts from \/job\/hostfile, which is not there$/),
    ]);
  });
});
