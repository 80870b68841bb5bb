import { describe, expect, test } from 'vitest';
import { expand } from '../../support/rendezvous/expansion';
import { type ResolvedPod, resolvePods } from '../../support/rendezvous/pods';

function podOf(container: object, { metadata = {}, ...spec }: any = {}): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'train', namespace: 'ml', ...metadata }, spec: { containers: [{ name: 'train', ...container }], ...spec } };
}

function started(container: object, rest: object = {}, ...objects: any[]): ResolvedPod {
  return resolvePods([podOf(container, rest), ...objects])[0];
}

const field = (name: string, fieldPath: string): any => ({ name, valueFrom: { fieldRef: { fieldPath } } });

describe('references', () => {
  test.each([
    ['$(A)', 'a'], ['x-$(A)-$(B)', 'x-a-b'], ['$(C)', '$(C)'], ['$$(A)', '$(A)'], ['$$$(A)', '$a'], ['$$$$(A)', '$$(A)'], ['$A', '$A'], ['${A}', '${A}'],
    ['$(A', '$(A'], ['$()', '$()'], ['$', '$'], ['a$', 'a$'], ['$$', '$'], ['$(A)$(A)', 'aa'], ['$( A)', '$( A)'], ['$($(A))', '$($(A))'],
  ])('of %s are %s', (text, expanded) => {
    expect(expand(text, name => ({ A: 'a', B: 'b' })[name])).toBe(expanded);
  });
});

describe('the environment', () => {
  test('has fields of the pod, and nothing for labels that are not there', () => {
    const { container: { env }, ip } = started({
      env: [
        field('NAME', 'metadata.name'), field('NAMESPACE', 'metadata.namespace'), field('LABEL', "metadata.labels['a/b']"), field('NONE', "metadata.labels['c']"),
        field('NOTE', "metadata.annotations['n']"), field('IP', 'status.podIP'), field('NODE', 'spec.nodeName'),
      ],
    }, { metadata: { labels: { 'a/b': 'x' }, annotations: { n: 'y' } } });
    expect(env).toMatchObject({ NAME: 'train', NAMESPACE: 'ml', LABEL: 'x', NONE: '', NOTE: 'y', IP: ip, NODE: 'node-1', HOSTNAME: 'train' });
  });

  test('refuses a field that there is not', () => {
    expect(() => started({ env: [field('X', 'metadata.labels[index]')] })).toThrow('Pod/train: field label not supported: metadata.labels[index]');
  });

  test('refers to what is before, in the order of the list, and the last of a name wins', () => {
    const { container: { env } } = started({
      env: [{ name: 'A', value: '1' }, { name: 'B', value: '$(A)$(C)' }, { name: 'C', value: '3' }, { name: 'A', value: '$(A)2' }, { name: 'D', value: '$(HOSTNAME)' }, { name: 'E' }],
    });
    expect(env).toMatchObject({ A: '12', B: '1$(C)', C: '3', D: '$(HOSTNAME)', E: '' });
  });

  test('has Secrets and ConfigMaps, behind which come its own variables', () => {
    const objects = [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'ml' }, data: { A: 'config', B: 'config' } },
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'secret', namespace: 'ml' }, data: { key: Buffer.from('hidden').toString('base64') } },
    ];
    const { container: { env } } = started({
      envFrom: [{ configMapRef: { name: 'config' }, prefix: 'X_' }],
      env: [
        { name: 'X_A', value: 'own' }, { name: 'C', value: '$(X_B)' }, { name: 'D', valueFrom: { secretKeyRef: { name: 'secret', key: 'key' } } },
        { name: 'E', valueFrom: { secretKeyRef: { name: 'none', key: 'key', optional: true } } },
        { name: 'F', valueFrom: { configMapKeyRef: { name: 'none', key: 'key' } } },
      ],
    }, {}, ...objects);
    expect(env).toMatchObject({ X_A: 'own', X_B: 'config', C: 'config', D: 'hidden', F: '<key of ConfigMap/none>' });
    expect(env).not.toHaveProperty('E');
  });

  test('has amounts of resources', () => {
    const resources = { limits: { memory: '2Gi', cpu: '1500m' } };
    const amount = (name: string, resource: string, divisor?: string) => ({ name, valueFrom: { resourceFieldRef: { resource, divisor } } });
    const amounts = [amount('BYTES', 'limits.memory'), amount('MIB', 'limits.memory', '1Mi'), amount('CPUS', 'limits.cpu')];
    const { container: { env } } = started({ resources, env: amounts });
    expect(env).toMatchObject({ BYTES: '2147483648', MIB: '2048', CPUS: '2' });
  });

  test('has a link for each Service with an address, unless the pod wants none', () => {
    const service = (name: string, spec: object): any => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'ml' }, spec });
    const services = [service('master', { ports: [{ name: 'rdzv', port: 29500 }] }), service('head-less', { clusterIP: 'None', ports: [{ port: 1 }] })];
    const { container: { env } } = started({ env: [{ name: 'MASTER_SERVICE_PORT', value: 'own $(MASTER_SERVICE_HOST)' }] }, {}, ...services);
    expect(env).toMatchObject({
      MASTER_PORT: expect.stringMatching(/^tcp:\/\/10\.96\.0\.\d:29500$/), MASTER_SERVICE_PORT_RDZV: '29500', MASTER_PORT_29500_TCP_PORT: '29500',
      MASTER_SERVICE_PORT: expect.stringMatching(/^own 10\.96\.0\.\d$/), KUBERNETES_SERVICE_PORT: '443',
    });
    expect(Object.keys(env).filter(name => name.startsWith('HEAD'))).toEqual([]);
    const none = started({}, { enableServiceLinks: false }, ...services).container.env;
    expect(Object.keys(none).filter(name => name.startsWith('MASTER'))).toEqual([]);
    expect(none).toHaveProperty('KUBERNETES_SERVICE_HOST');
  });
});

describe('the command', () => {
  test('refers to any variable of the container', () => {
    const { container: { argv } } = started({ command: ['train', '$(B)'], args: ['$(NONE)', '$$(B)'], env: [{ name: 'B', value: 'b' }] });
    expect(argv).toEqual(['train', 'b', '$(NONE)', '$(B)']);
  });

  test.each([
    ['with a variable of the shell', ['sh', '-c', 'export RANK="${HOSTNAME##*-}"; exec "$@"', 'sh', 'torchrun', 'train.py', 'two words', '$HOME', ''], ['torchrun', 'train.py', 'two words', '$HOME', '']],
    ['on a line of its own', ['/bin/bash', '-xc', 'RANK=${HOSTNAME##*-}\nexport RANK\ntorchrun --node_rank=$RANK train.py'], ['torchrun', '--node_rank=3', 'train.py']],
    ['after others', ['sh', '-ec', 'pip install x; export RANK=$(hostname | cut -d- -f2); python3 -m torch.distributed.run train.py'], ['python3', '-m', 'torch.distributed.run', 'train.py']],
    ['by its path', ['/bin/sh', '-c', 'RANK=3 exec /usr/local/bin/mpirun hostname'], ['mpirun', 'hostname']],
  ])('of a shell is what it starts, %s', (_, command, argv) => {
    const { container } = started({ command, env: [{ name: 'HOME', value: '/root' }] }, { metadata: { name: 'train-3' } });
    expect(container.argv).toEqual(argv);
    expect(container.env).toMatchObject({ HOSTNAME: 'train-3', HOME: '/root', RANK: '3' });
    expect(Object.keys(container.env).filter(name => !name.startsWith('KUBERNETES_')).sort()).toEqual(['HOME', 'HOSTNAME', 'RANK']);
  });

  test('of a shell that starts no launcher is the shell', () => {
    const command = ['sh', '-c', 'until test -f /data/.complete; do sleep 1; done'];
    expect(started({ command }).container.argv).toEqual(command);
  });

  test('of a shell that fails is told', () => {
    expect(() => started({ command: ['sh', '-c', 'none && torchrun train.py'] })).toThrow(/starts no launcher: exit 127, .*none: not found/);
  });
});

describe('volumes', () => {
  const volumes = [{ name: 'checkpoints', persistentVolumeClaim: { claimName: 'checkpoints' } }, { name: 'hosts', configMap: { name: 'hosts' } }];

  test('have directories that are named after variables', () => {
    const env = [field('NAME', 'metadata.name')];
    const { mounts } = started({ env, volumeMounts: [{ name: 'checkpoints', mountPath: '/c', subPathExpr: 'rank-$(NAME)' }] }, { volumes });
    expect(mounts).toEqual([{ mountPath: '/c', subPath: 'rank-train', source: volumes[0] }]);
    expect(() => started({ volumeMounts: [{ name: 'checkpoints', mountPath: '/c', subPathExpr: '$(X)' }] }, { volumes })).toThrow('Pod/train: subPathExpr $(X): no variable is called X');
    expect(() => started({ volumeMounts: [{ name: 'none', mountPath: '/c' }] }, { volumes })).toThrow('Pod/train: no volume is called none');
  });

  test('have the files of ConfigMaps', () => {
    const hosts = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'hosts', namespace: 'ml' }, data: { hostfile: 'a slots=1', other: 'x' } };
    const volumeMounts = [{ name: 'hosts', mountPath: '/etc/mpi' }, { name: 'hosts', mountPath: '/job/hostfile', subPath: 'hostfile' }];
    expect(started({ volumeMounts }, { volumes }, hosts).files).toEqual({ '/etc/mpi/hostfile': 'a slots=1', '/etc/mpi/other': 'x', '/job/hostfile': 'a slots=1' });
  });
});

describe('names', () => {
  const service = (spec: object): any => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'svc', namespace: 'ml' }, spec: { selector: { app: 'a' }, ...spec } });
  const namesOf = (...objects: any[]): [string[], string[]] => {
    const [{ dnsNames, lateNames }] = resolvePods([
      podOf({}, { metadata: { labels: { app: 'a' } }, hostname: 'host', subdomain: 'svc' }), podOf({}, { metadata: { name: 'other', labels: { app: 'a' } } }), ...objects,
    ]);
    return [dnsNames, lateNames.map(({ name }) => name)];
  };
  const OWN = ['host.svc', 'host.svc.ml', 'host.svc.ml.svc', 'host.svc.ml.svc.cluster.local'];

  test('are published by a headless Service that selects the pod', () => {
    expect(namesOf(service({ clusterIP: 'None', publishNotReadyAddresses: true }))).toEqual([[...OWN, '10.244.0.1'], []]);
    expect(namesOf(service({ clusterIP: 'None' }))).toEqual([['10.244.0.1'], OWN]);
    expect(namesOf(service({}))).toEqual([['10.244.0.1'], []]);
    expect(namesOf(service({ clusterIP: 'None', selector: { app: 'b' } }))).toEqual([['10.244.0.1'], []]);
  });
});
