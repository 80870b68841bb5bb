import { describe, expect, test } from 'vitest';
import { findingsIn, linesOf } from '../../support/checker';

const INDEX = "metadata.labels['leaderworkerset.sigs.k8s.io/worker-index']";
const RANK = { name: 'PET_NODE_RANK', valueFrom: { fieldRef: { fieldPath: INDEX } } };

function template(container: any): any {
  return { spec: { containers: [{ name: 'worker', image: 'ghcr.io/acme/train:1.0.0', ...container }] } };
}

function lws(container: any, { leader, size = 4, ...spec }: any = {}): any {
  return {
    apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet', metadata: { name: 'train', namespace: 'ml' },
    spec: {
      ...spec,
      leaderWorkerTemplate: { size, workerTemplate: template(container), ...leader && { leaderTemplate: template(leader) } },
    },
  };
}

function torchrun(nodes: string, address: string, rank: any = RANK): any {
  return { command: ['torchrun', 'train.py'], env: [{ name: 'PET_NNODES', value: nodes }, { name: 'PET_MASTER_ADDR', value: address }, rank] };
}

function found(rule: string, ...objects: any[]): string[] {
  return linesOf(findingsIn(objects, { assumeComplete: true }), `train/${rule}`).map(line => line.split(' | ').slice(1).join(' | '));
}

describe('the size of a group', () => {
  test.each<[string, any, string[]]>([
    ['is that of the set', lws(torchrun('4', 'train-0.train')), []],
    ['is another one', lws(torchrun('8', 'train-0.train')), ['4 for PET_NNODES, of the pods that LeaderWorkerSet train and its group make | "8"']],
    ['is not that of all groups', lws(torchrun('8', '$(LWS_LEADER_ADDRESS)'), { replicas: 2 }), ['4 for PET_NNODES, of the pods that LeaderWorkerSet train and its group make | "8"']],
    ['is what the controller says', lws(torchrun('$(LWS_GROUP_SIZE)', '$(LWS_LEADER_ADDRESS)'), { replicas: 2 }), []],
    ['counts the leader', lws(torchrun('4', 'train-0.train'), { leader: torchrun('4', 'train-0.train') }), []],
    ['is told to the leader', lws(torchrun('4', 'train-0.train'), { leader: torchrun('3', 'train-0.train') }),
      ['4 for PET_NNODES, of the pods that LeaderWorkerSet train and its group make | "3"']],
  ])('%s', (_, object, expected) => {
    expect(found('world-size', object)).toEqual(expected);
  });
});

describe('the address of a group', () => {
  const unique = { networkConfig: { subdomainPolicy: 'UniquePerReplica' } };

  test.each<[string, any, string[]]>([
    ['is its leader', lws(torchrun('4', 'train-0.train')), []],
    ['is one of its workers', lws(torchrun('4', 'train-0-3.train')), []],
    ['is its leader, with the Service of the group', lws(torchrun('4', 'train-0.train-0'), unique), []],
    ['is a worker that there is not', lws(torchrun('4', 'train-0-4.train')), ['the name of a pod of Service train, such as train-0 | "train-0-4.train"']],
    ['is a group that there is not', lws(torchrun('4', 'train-1.train')), ['the name of a pod of Service train, such as train-0 | "train-1.train"']],
    ['is in the Service that it has not', lws(torchrun('4', 'train-0.train'), unique), ['train-0.train-0 | "train-0.train"']],
    ['is the leader without the Service', lws(torchrun('4', 'train-0')), ['the Service behind the name of the pod: train-0.train | "train-0"']],
    ['is the Service of all', lws(torchrun('4', 'train')), ['the name of one pod, train-0.train | "train", which is any of 4 pods']],
    ['is one of two groups', lws(torchrun('4', 'train-0.train'), { replicas: 2 }), ['the leader of each of 2 groups | "train-0.train", which is a pod of one of them']],
    ['is one for pods that count through all groups', lws(torchrun('8', 'train-0.train', { name: 'PET_NODE_RANK', value: '$(LWS_GROUP_INDEX)' }), { replicas: 2 }), []],
  ])('%s', (_, object, expected) => {
    expect(found('master-address', object)).toEqual(expected);
  });

  test('is known to others', () => {
    const other = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'join', namespace: 'ml' }, spec: { containers: [{ name: 'join', image: 'a/b:1', ...torchrun('1', 'train-1.train-1') }] } };
    expect(found('master-address', lws(torchrun('4', '$(LWS_LEADER_ADDRESS)'), { replicas: 2, ...unique }), other)).toEqual([]);
  });
});

describe('launchers', () => {
  const mpirun = { command: ['mpirun', '-np', '4', 'x'] };

  test('that start all are in the leader only', () => {
    expect(found('launcher-in-every-pod', lws(mpirun))).toEqual(['mpirun in one pod | mpirun in each of 4 pods']);
    expect(found('launcher-in-every-pod', lws(mpirun, { leader: mpirun }))).toEqual(['mpirun in one pod | mpirun in each of 3 pods']);
    expect(found('launcher-in-every-pod', lws({ command: ['/usr/sbin/sshd', '-De'] }, { leader: mpirun, replicas: 3 }))).toEqual([]);
  });

  test('of a group have to know of it, and of a group of one need not', () => {
    expect(found('each-pod-alone', lws({ command: ['torchrun', 'x.py'] }))).toEqual([expect.stringContaining('for each of 4 pods')]);
    expect(found('each-pod-alone', lws({ command: ['torchrun', 'x.py'] }, { replicas: 4, size: 1 }))).toEqual([]);
  });
});

describe('ranks', () => {
  const rank = (fieldPath: string): any => torchrun('4', 'train-0.train', { name: 'PET_NODE_RANK', valueFrom: { fieldRef: { fieldPath } } });

  test('come from the index of the worker', () => {
    const of = (key: string): string[] => found('rank-source', lws(rank(`metadata.labels['${key}']`)));
    expect(of('leaderworkerset.sigs.k8s.io/worker-index')).toEqual([]);
    expect(of('leaderworkerset.sigs.k8s.io/group-index')).toEqual([expect.stringContaining('it counts groups, not the pods of one')]);
    expect(of('apps.kubernetes.io/pod-index')).toEqual([expect.stringContaining('in a group it counts groups, not the pods of one')]);
    expect(found('rank-source', lws(rank("metadata.annotations['leaderworkerset.sigs.k8s.io/worker-index']")))).toEqual([expect.stringContaining('it is a label, not an annotation')]);
  });

  test('of a LeaderWorkerSet are not those of others', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one', namespace: 'ml' }, spec: template(rank(INDEX)).spec };
    expect(found('rank-source', pod)).toEqual([expect.stringContaining('only pods of a LeaderWorkerSet have it, not those of a Pod')]);
  });

  test('that are written out are one for all workers, and right for a leader', () => {
    const zero = torchrun('4', 'train-0.train', { name: 'PET_NODE_RANK', value: '0' });
    expect(found('same-rank', lws(zero))).toEqual(['a value of PET_NODE_RANK for each of 4 pods | "0" in all of them']);
    expect(found('same-rank', lws(torchrun('4', 'train-0.train'), { leader: zero, replicas: 2 }))).toEqual([]);
  });
});
