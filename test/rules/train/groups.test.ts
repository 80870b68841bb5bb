import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../lib';
import { findingsIn, linesOf } from '../../support/checker';

const INDEX = "metadata.labels['apps.kubernetes.io/pod-index']";
const COMPLETION = "metadata.labels['batch.kubernetes.io/job-completion-index']";

function from(name: string, fieldPath: string): any {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

function values(env: Record<string, string>): any[] {
  return Object.entries(env).map(([name, value]) => ({ name, value }));
}

function containerOf(container: any): any {
  return { name: 'worker', image: 'ghcr.io/acme/train:1.0.0', ...container };
}

function set(container: any, spec: any = {}, name = 'train'): any {
  return {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name, namespace: 'ml' },
    spec: {
      serviceName: name, replicas: 4, podManagementPolicy: 'Parallel', selector: { matchLabels: { app: name } }, ...spec,
      template: { metadata: { labels: { app: name } }, spec: { containers: [containerOf(container)] } },
    },
  };
}

function job(container: any, spec: any = {}, pod: any = { subdomain: 'train' }): any {
  return {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'train', namespace: 'ml' },
    spec: {
      completionMode: 'Indexed', completions: 4, parallelism: 4, ...spec,
      template: { spec: { restartPolicy: 'Never', ...pod, containers: [containerOf(container)] } },
    },
  };
}

function jobSet(container: any): any {
  const { spec } = job(container, { completions: 2, parallelism: 2 }, {});
  return {
    apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'train', namespace: 'ml' },
    spec: { replicatedJobs: [{ name: 'node', replicas: 2, template: { spec } }] },
  };
}

function runtime(container: any): any {
  const { spec, metadata } = jobSet(container);
  return { apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainingRuntime', metadata, spec: { mlPolicy: { numNodes: 2 }, template: { spec } } };
}

function found(objects: any[], rule: string, target = KubernetesVersion.V1_36): string[] {
  return linesOf(findingsIn(objects, { target }), `train/${rule}`);
}

describe('behind a shell that starts its arguments', () => {
  const wrapped = (script: string): any => set({
    command: ['/bin/sh', '-c', script, 'sh', 'torchrun'], args: ['train.py'],
    env: values({ PET_NNODES: '4', PET_MASTER_ADDR: 'train-0.train' }),
  });

  test('a training is seen, which never ends in a StatefulSet', () => {
    expect(found([wrapped('export PET_NODE_RANK="${HOSTNAME##*-}"; exec "$@"')], 'never-completes')).toHaveLength(1);
    expect(found([wrapped('sleep 1')], 'never-completes')).toEqual([]);
  });

  test('the launcher has what the shell exports', () => {
    expect(found([wrapped('export PET_NODE_RANK="${HOSTNAME##*-}"; exec "$@"')], 'each-pod-alone')).toEqual([]);
    expect(found([wrapped('export NO_PET_NODE_RANK=1; exec "$@"')], 'each-pod-alone')).toEqual([
      expect.stringContaining('PET_NODE_RANK or --node-rank, for each of 4 pods | torchrun without it'),
    ]);
  });
});

describe('accelerate starts as many processes on each node', () => {
  const launched = (processes: number): any => set({
    command: ['accelerate', 'launch', '--num_machines', '4', '--num_processes', String(processes), '--machine_rank', '$(R)', '--main_process_ip', 'train-0.train', 'train.py'],
    env: [from('R', INDEX)], resources: { limits: { 'nvidia.com/gpu': '8', 'memory': '64Gi' } },
  });

  test('when their number is a multiple of the nodes', () => {
    expect(found([launched(30)], 'world-size')).toEqual([
      'spec.template.spec.containers[0].command | a multiple of 4 for --num-processes, of the pods that StatefulSet train and its group make | "30"',
    ]);
    for (const processes of [16, 32, 64]) expect(found([launched(processes)], 'world-size')).toEqual([]);
  });

  test('and has a device for each of them', () => {
    const rule = 'processes-per-node';
    expect(found([launched(16)], rule)).toEqual([
      'spec.template.spec.containers[0].command | 32 processes on 4 nodes, as many as they have accelerators | --num-processes 16',
    ]);
    expect(found([launched(64)], rule)).toHaveLength(1);
    for (const processes of [30, 32]) expect(found([launched(processes)], rule)).toEqual([]);
  });
});

describe('ranks', () => {
  test('the name of a pod is none, wherever it is used', () => {
    const path = 'spec.template.spec.containers[0]';
    expect(found([set({ command: ['python', 'train.py'], env: [from('RANK', 'metadata.name')] })], 'rank-from-name')).toEqual([
      `${path}.env[0].valueFrom.fieldRef.fieldPath | a whole number for RANK | metadata.name, a text such as "train-0"`,
    ]);
    expect(found([job({ command: ['torchrun', '--node_rank=$(ME)', 'x.py'], env: [from('ME', 'metadata.name')] })], 'rank-from-name')).toEqual([
      `${path}.command | a whole number for --node_rank | metadata.name, a text such as "train-0-x7k2p"`,
    ]);
    expect(found([set({ env: [from('POD', 'metadata.name'), ...values({ PET_NODE_RANK: '$(POD)' })] })], 'rank-from-name')).toEqual([
      `${path}.env[1].value | a whole number for PET_NODE_RANK | metadata.name, a text such as "train-0"`,
    ]);
  });

  test('a name as a host name is none', () => {
    expect(found([set({ env: [from('POD_NAME', 'metadata.name'), from('PET_LOCAL_ADDR', 'status.podIP')] })], 'rank-from-name')).toEqual([]);
  });

  test.each<[string, any, KubernetesVersion, string[]]>([
    ['of a StatefulSet', set({ env: [from('RANK', INDEX)] }), KubernetesVersion.V1_28, []],
    ['of a StatefulSet, too early', set({ env: [from('RANK', INDEX)] }), KubernetesVersion.V1_27, ['pods have it from Kubernetes 1.28 on']],
    ['of an Indexed Job', job({ env: [from('RANK', COMPLETION)] }), KubernetesVersion.V1_28, []],
    ['of an Indexed Job, by annotation', job({ env: [from('RANK', COMPLETION.replace('labels', 'annotations'))] }), KubernetesVersion.V1_27, []],
    ['of an Indexed Job, too early', job({ env: [from('RANK', COMPLETION)] }), KubernetesVersion.V1_27, ['before Kubernetes 1.28 it is an annotation only']],
    ['of another Job', job({ env: [from('RANK', COMPLETION)] }, { completionMode: 'NonIndexed' }), KubernetesVersion.V1_36,
      ['only pods of a Job with completionMode: Indexed have it']],
    ['of the other kind', job({ env: [from('RANK', INDEX)] }), KubernetesVersion.V1_36, ['only pods of a StatefulSet have it, not those of a Job']],
    ['of a JobSet', jobSet({ env: [from('RANK', COMPLETION)] }), KubernetesVersion.V1_36, []],
    ['of a TrainingRuntime', runtime({ env: [from('RANK', COMPLETION)] }), KubernetesVersion.V1_36, []],
    ['of a TrainingRuntime, of the other kind', runtime({ env: [from('RANK', INDEX)] }), KubernetesVersion.V1_36,
      ['only pods of a StatefulSet have it, not those of a TrainingRuntime']],
  ])('from a label %s', (_, object, target, reasons) => {
    expect(found([object], 'rank-source', target).map(line => line.slice(line.lastIndexOf('index: ') + 7))).toEqual(reasons);
  });

  test('a rank that is written out is one for all pods, and right for one', () => {
    const container = { command: ['python', 'train.py'], env: values({ RANK: '0' }) };
    expect(found([set(container)], 'same-rank')).toEqual(['spec.template.spec.containers[0].env[0].value | a value of RANK for each of 4 pods | "0" in all of them']);
    expect(found([set(container, { replicas: 1 })], 'same-rank')).toEqual([]);
  });

  test('ranks of pods that are counted from 1 have no 0', () => {
    expect(found([set({ env: [from('RANK', INDEX)] }, { ordinals: { start: 1 } })], 'rank-offset')).toEqual(['spec.ordinals.start | 0, of which RANK is made | 1']);
  });
});

describe('launchers', () => {
  const env = [...values({ PET_NNODES: '4', PET_MASTER_ADDR: 'train-0.train' }), from('PET_NODE_RANK', INDEX)];

  test.each<[string, any, number]>([
    ['torchrun without anything', { command: ['torchrun', 'x.py'] }, 1],
    ['torchrun with its variables', { command: ['torchrun', 'x.py'], env }, 0],
    ['torchrun with its flags', { command: ['torchrun', '--nnodes=4', '--node-rank=$(R)', '--master_addr=train-0.train', 'x.py'], env: [from('R', INDEX)] }, 0],
    ['torchrun with a dynamic rendezvous', { command: ['torchrun', '--nnodes=2:4', '--rdzv-endpoint=train-0.train:29400', 'x.py'] }, 0],
    ['torchrun with flags of the script', { command: ['torchrun', 'x.py', '--nnodes=4', '--node-rank=0', '--master-addr=a'] }, 1],
    ['torchrun on its own', { command: ['torchrun', '--standalone', 'x.py'], env }, 1],
    ['the module of torchrun', { command: ['python', '-m', 'torch.distributed.run', 'x.py'] }, 1],
    ['torchrun with variables from elsewhere', { command: ['torchrun', 'x.py'], envFrom: [{ configMapRef: { name: 'env' } }] }, 0],
    ['torchrun in a script that asks who it is', { command: ['sh', '-c', 'if [ "$X" ]; then torchrun x.py; fi'] }, 0],
    ['accelerate without anything', { command: ['accelerate', 'launch', 'x.py'] }, 1],
    ['accelerate with a file', { command: ['accelerate', 'launch', '--config_file=/a.yaml', 'x.py'] }, 0],
    ['deepspeed without hosts', { command: ['deepspeed', 'x.py'] }, 1],
    ['deepspeed with hosts', { command: ['deepspeed', '--hostfile=/hosts', 'x.py'] }, 0],
  ])('%s', (_, container, count) => {
    expect(found([set(container)], 'each-pod-alone')).toHaveLength(count);
    expect(found([set(container, { replicas: 1 })], 'each-pod-alone')).toEqual([]);
  });

  test('horovodrun and mpirun are started once', () => {
    expect(found([set({ command: ['horovodrun', '-np', '4', 'python', 'x.py'] })], 'launcher-in-every-pod')).toHaveLength(1);
    expect(found([set({ command: ['mpirun', '-np', '4', 'x'] }, { replicas: 1 })], 'launcher-in-every-pod')).toEqual([]);
    expect(found([set({ command: ['sh', '-c', 'if [ "$HOSTNAME" = train-0 ]; then mpirun x; else sleep infinity; fi'] })], 'launcher-in-every-pod')).toEqual([]);
  });

  test('a copy before the start, with the rights of the node, is only told', () => {
    const load = { name: 'load', image: 'amazon/aws-cli:2.17.0', command: ['aws', 's3', 'sync', 's3://acme/imagenet', '/data'] };
    const severities = (pod: any): string[] => findingsIn([job({ command: ['torchrun', 'x.py'] }, {}, pod)])
      .filter(({ ruleId }) => ruleId === 'train/loader-identity').map(({ severity }) => severity);
    expect(severities({ subdomain: 'train', initContainers: [load] })).toEqual(['info']);
    const spec = { template: { spec: { restartPolicy: 'Never', containers: [load] } } };
    const loader = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'load', namespace: 'ml' }, spec };
    expect(findingsIn([loader]).filter(({ ruleId }) => ruleId === 'train/loader-identity').map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('a variable that the command uses is a name like any other', () => {
    const command = ['torchrun', '--nnodes=$(WORLD_SIZE)', '--node-rank=$(RANK)', '--master-addr=$(MASTER_ADDR)', 'x.py'];
    const own = [...values({ WORLD_SIZE: '4', MASTER_ADDR: 'train-0.train' }), from('RANK', INDEX)];
    expect(found([set({ command, env: own })], 'reserved-env')).toEqual([]);
    expect(found([set({ command: ['torchrun', 'x.py'], env: [...env, ...own] })], 'reserved-env').map(line => line.split(' | ')[1])).toEqual([
      'no WORLD_SIZE, MASTER_ADDR or RANK beside torchrun, which sets them',
    ]);
    const named = set({ command: ['torchrun', 'x.py'], env: [...env, from('RANK', 'metadata.name')] });
    expect(found([named], 'reserved-env')).toEqual([expect.stringContaining('no RANK beside torchrun, which sets it | "metadata.name"')]);
    expect(found([named], 'rank-from-name')).toEqual([]);
  });

  test.each<[string | undefined, number, string[]]>([
    ['8', 8, []], [undefined, 1, []], ['8', 4, ['8']], ['2', 4, ['2']], ['auto', 4, []], [undefined, 4, ['no --nproc-per-node, which is one process']],
  ])('%s processes with %d accelerators', (count, gpus, wrong) => {
    const resources = { limits: { 'nvidia.com/gpu': gpus, 'memory': '64Gi' } };
    const container = { command: ['torchrun', 'x.py'], resources, env: count === undefined ? [] : values({ PET_NPROC_PER_NODE: count }) };
    expect(found([job(container)], 'processes-per-node').map(line => line.split(' | ')[2])).toEqual(wrong);
  });
});

describe('groups', () => {
  const meet = (address: string, env: Record<string, string> = {}): any => ({ command: ['python', 'train.py'], env: values({ MASTER_ADDR: address, ...env }) });

  test.each<[string, any, any[], string[]]>([
    ['as many as pods', meet('train-0.train', { WORLD_SIZE: '4' }), [], []],
    ['fewer', meet('train-0.train', { WORLD_SIZE: '3' }), [], ['"3"']],
    ['a process for each accelerator', { ...meet('train-0.train', { WORLD_SIZE: '8' }), resources: { limits: { 'nvidia.com/gpu': 2, 'memory': '8Gi' } } }, [], []],
    ['more, and the others are in another set', meet('train-0.train', { WORLD_SIZE: '6' }), [set(meet('train-0.train', { WORLD_SIZE: '6' }), { replicas: 2 }, 'more')], []],
    ['nodes of a launcher', { command: ['torchrun', '--nnodes=8', '--master-addr=train-0.train', '--node-rank=$(R)', 'x.py'] }, [], ['"8"']],
    ['nodes of an elastic launcher', { command: ['torchrun', '--nnodes=2:8', '--rdzv-endpoint=train-0.train', 'x.py'] }, [], []],
    ['too many at least', { command: ['torchrun', '--nnodes=5:8', '--rdzv-endpoint=train-0.train', 'x.py'] }, [], ['"5:8"']],
  ])('the size: %s', (_, container, others, wrong) => {
    expect(found([set(container), ...others], 'world-size').map(line => line.split(' | ')[2])).toEqual(wrong);
  });

  test.each<[string, any, string[]]>([
    ['the first pod', set(meet('train-0.train')), []],
    ['the first pod, with its namespace', set(meet('train-0.train.ml.svc.cluster.local:29500')), []],
    ['a pod that there is not', set(meet('train-4.train')), ['the name of a pod of Service train, such as train-0']],
    ['another name', set(meet('pod-0.train')), ['the name of a pod of Service train, such as train-0']],
    ['another Service', set(meet('train-0.other')), ['train-0.train']],
    ['another namespace', set(meet('train-0.train.prod.svc')), ['a host in the namespace ml of the pods']],
    ['a pod without its Service', set(meet('train-0')), ['the Service behind the name of the pod: train-0.train']],
    ['the Service of all', set(meet('train')), ['the name of one pod, train-0.train']],
    ['an address', set(meet('10.0.0.1')), []],
    ['itself', set(meet('localhost')), []],
    ['a host elsewhere', set(meet('head.gpu.acme.example')), []],
    ['what is filled in later', set(meet('$(HEAD)')), []],
    ['the first pod of a Job', job(meet('train-0.train')), []],
    ['a pod of a Job that is in no subdomain', job(meet('train-0.train'), {}, {}), ['the pods to be in a subdomain "train"']],
    ['the first pod of a JobSet', jobSet(meet('train-node-0-0.train')), []],
    ['a pod that a JobSet does not make', jobSet(meet('train-node-0.train')), ['the name of a pod of Service train, such as train-node-0-0']],
  ])('the address: %s', (_, object, expected) => {
    expect(found([object], 'master-address').map(line => line.split(' | ')[1])).toEqual(expected);
  });

  test('many sets behind one Service are looked up in one step each', () => {
    const sets = Array.from({ length: 3_000 }, (_, i) => set(meet(`set${i}-9.train`), { serviceName: 'train' }, `set${i}`));
    const begun = performance.now();
    expect(found(sets, 'master-address')).toHaveLength(3_000);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('jobs', () => {
  const container = { command: ['torchrun', '--nnodes=4', '--rdzv-endpoint=train-0.train', 'x.py'] };

  test.each<[string, any, string[]]>([
    ['as many retries as workers', { backoffLimit: 4 }, []],
    ['fewer', { backoffLimit: 3 }, ['3']],
    ['none said, for few workers', {}, []],
    ['none said, for many', { completions: 8, parallelism: 8 }, ['none, which is 6']],
    ['none, as is meant', { backoffLimit: 0 }, ['0: the first pod that fails ends the training']],
    ['retries for each index', { backoffLimitPerIndex: 1 }, []],
  ])('backoffLimit: %s', (_, spec, wrong) => {
    expect(found([job(container, spec)], 'backoff-limit').map(line => line.split(' | ')[2])).toEqual(wrong);
  });

  test('backoffLimit: 0 is told, and others are warned of', () => {
    const severities = (backoffLimit: number): string[] => findingsIn([job(container, { backoffLimit })])
      .filter(({ ruleId }) => ruleId === 'train/backoff-limit').map(({ severity }) => severity);
    expect(severities(0)).toEqual(['info']);
    expect(severities(1)).toEqual(['warning']);
  });

  test.each<[string, string, number]>([
    ['a worker', '{"cluster":{"worker":["a:1"],"ps":["b:1"]},"task":{"type":"worker","index":0}}', 1],
    ['a chief that trains', '{"cluster":{"chief":["c:1"],"worker":["a:1"]},"task":{"type":"chief","index":0}}', 1],
    ['a chief of parameter servers', '{"cluster": {"chief": ["c:1"], "ps": ["b:1"]}, "task": {"type": "chief", "index": 0}}', 0],
    ['a parameter server', '{"cluster":{"worker":["a:1"],"ps":["b:1"]},"task":{"type":"ps","index":$(TASK_INDEX)}}', 0],
  ])('shared memory is for what loads data: %s', (_, config, wrong) => {
    expect(found([set({ command: ['python', 'train.py'], env: values({ TF_CONFIG: config }) })], 'shared-memory-missing')).toHaveLength(wrong);
  });

  test('pods that do not train together may be any', () => {
    const alone = { command: ['python', 'train.py'] };
    expect(found([job(alone, { completionMode: 'NonIndexed', completions: 100, backoffLimit: 0 })], 'job-not-indexed')).toEqual([]);
    expect(found([job(alone, { completions: 100 })], 'job-partial')).toEqual([]);
  });
});
