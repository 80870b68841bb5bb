import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../../support/checker';
import { claim, controller, object, pod, podSpec } from './bundles';

const RULES = ['chain/one-pod-claim', 'chain/one-node-claim', 'chain/rolling-update', 'chain/cron-overlap'];
const ONE_POD = claim('data', 'ReadWriteOncePod');
const ONE_NODE = claim('data', 'ReadWriteOnce');
const MANY = claim('data', 'ReadWriteMany');

/** `error one-pod-claim q`, for each finding of the rules. */
function found(...bundle: any[]): string[] {
  return findingsIn(bundle).filter(({ ruleId }) => RULES.includes(ruleId)).map(({ severity, ruleId, name }) => `${severity} ${ruleId.slice(6)} ${name}`);
}

const onNode = (name: string): any => podSpec({ nodeSelector: { 'kubernetes.io/hostname': name } });
const required = (kind: string, app: string): any => podSpec({
  affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app } } }] } },
});
const RECREATE = { replicas: 1, strategy: { type: 'Recreate' } };
const wave = (n: string): any => ({ annotations: { 'argocd.argoproj.io/sync-wave': n } });

describe('a claim of one pod', () => {
  test.each<[string, any[], string[]]>([
    ['one pod', [pod('p')], []],
    ['two pods', [pod('p'), pod('q')], ['error one-pod-claim p', 'error one-pod-claim q']],
    ['a set of one', [controller('StatefulSet', 's', { replicas: 1 })], []],
    ['a set of two', [controller('StatefulSet', 's', { replicas: 2 })], ['error one-pod-claim s']],
    ['a set of none and a pod', [controller('StatefulSet', 's', { replicas: 0 }), pod('p')], []],
    ['a pod on each node', [controller('DaemonSet', 'd')], ['error one-pod-claim d']],
    ['a pod on the one node', [controller('DaemonSet', 'd', {}, onNode('a'))], []],
    ['a job of two at once', [controller('Job', 'j', { parallelism: 2, completions: 2 })], ['error one-pod-claim j']],
    ['a job of many, one after the other', [controller('Job', 'j', { parallelism: 1, completions: 9 })], []],
    ['a job that does one of four', [controller('Job', 'j', { parallelism: 4, completions: 1 })], []],
    ['a job that waits for a queue', [controller('Job', 'j', { suspend: true }), pod('p')], []],
    ['two jobs', [controller('Job', 'j'), controller('Job', 'k')], ['error one-pod-claim j', 'error one-pod-claim k']],
    ['two jobs in waves', [controller('Job', 'j', {}, podSpec(), wave('-1')), controller('Job', 'k', {}, podSpec(), wave('2'))], []],
    ['a set before a job in waves', [controller('StatefulSet', 's', { replicas: 1 }, podSpec(), wave('0')), controller('Job', 'k', {}, podSpec(), wave('2'))], ['error one-pod-claim s', 'error one-pod-claim k']],
    ['a nightly job beside a job', [controller('Job', 'j'), controller('CronJob', 'c', { concurrencyPolicy: 'Forbid' })], ['warning one-pod-claim j', 'warning one-pod-claim c']],
    ['a nightly job beside a set', [controller('StatefulSet', 's', { replicas: 1 }), controller('CronJob', 'c', { concurrencyPolicy: 'Forbid' })], ['error one-pod-claim s', 'error one-pod-claim c']],
    ['a nightly job that is off', [controller('StatefulSet', 's', { replicas: 1 }), controller('CronJob', 'c', { suspend: true, concurrencyPolicy: 'Forbid' })], []],
    ['a Deployment that updates by rolling', [controller('Deployment', 'd', { replicas: 1 })], ['warning rolling-update d']],
    ['a Deployment that updates by replacing', [controller('Deployment', 'd', RECREATE)], []],
  ])('%s', (_, users, expected) => {
    expect(found(ONE_POD, ...users)).toEqual(expected);
  });

  test('that is made for a set, and used by another too', () => {
    const set = controller('StatefulSet', 's', {
      replicas: 2, volumeClaimTemplates: [{ metadata: { name: 'ckpt' }, spec: ONE_POD.spec }],
    }, podSpec({ volumes: [] }, { volumeMounts: [{ name: 'ckpt', mountPath: '/c' }] }));
    expect(found(set)).toEqual([]);
    expect(found(set, pod('p', podSpec({}, {}, { claimName: 'ckpt-s-1' })))).toEqual(['error one-pod-claim s', 'error one-pod-claim p']);
  });

  test('by two volumes of one pod', () => {
    const volumes = ['a', 'b'].map(name => ({ name, persistentVolumeClaim: { claimName: 'data' } }));
    expect(found(ONE_POD, pod('p', podSpec({ volumes }, { volumeMounts: [] })))).toEqual([]);
  });
});

describe('a claim of one node', () => {
  const driver = (provisioner: string): any => object('storage.k8s.io/v1', 'StorageClass', 'disks', { provisioner }, { namespace: undefined });

  test.each<[string, any[], string[]]>([
    ['two pods, which may meet', [pod('p'), pod('q')], ['warning one-node-claim q']],
    ['two pods of one node', [pod('p', onNode('a')), pod('q', onNode('a'))], []],
    ['two pods of two nodes', [pod('p', onNode('a')), pod('q', onNode('b'))], ['error one-node-claim q']],
    ['two pods by nodeName', [pod('p', podSpec({ nodeName: 'a' })), pod('q', podSpec({ nodeName: 'a' }))], []],
    ['a pod drawn to the other', [pod('p', podSpec(), { labels: { app: 'p' } }), pod('q', required('podAffinity', 'p'))], []],
    ['three replicas', [controller('Deployment', 'd', { ...RECREATE, replicas: 3 })], ['warning one-node-claim d']],
    ['three replicas of one node', [controller('Deployment', 'd', { ...RECREATE, replicas: 3 }, onNode('a'))], []],
    ['three replicas that are drawn to each other', [controller('Deployment', 'd', { ...RECREATE, replicas: 3 }, required('podAffinity', 'd'))], []],
    ['three replicas that keep apart', [controller('Deployment', 'd', { ...RECREATE, replicas: 3 }, required('podAntiAffinity', 'd'))], ['error one-node-claim d']],
    ['three replicas with a port of the node', [controller('Deployment', 'd', { ...RECREATE, replicas: 3 }, podSpec({}, { ports: [{ containerPort: 1, hostPort: 1 }] }))], ['error one-node-claim d']],
    ['a pod on each node', [controller('DaemonSet', 'd')], ['error one-node-claim d']],
    ['a pod on the one node', [controller('DaemonSet', 'd', {}, onNode('a'))], []],
    ['a backup beside a set', [controller('StatefulSet', 's', { replicas: 1 }), controller('CronJob', 'c', { concurrencyPolicy: 'Forbid' })], ['warning one-node-claim c']],
    ['a network file system, which holds nobody back', [driver('efs.csi.aws.com'), pod('p'), pod('q')], []],
    ['a disk of a node, which pods follow', [driver('rancher.io/local-path'), pod('p'), pod('q'), controller('Deployment', 'd', { replicas: 3 })], []],
    ['a disk of a node, which not all can follow', [driver('rancher.io/local-path'), controller('DaemonSet', 'd')], ['error one-node-claim d']],
    ['a disk in the network', [driver('ebs.csi.aws.com'), pod('p'), pod('q')], ['warning one-node-claim q']],
  ])('%s', (_, users, expected) => {
    expect(found(ONE_NODE, ...users)).toEqual(expected);
  });

  test('whose volume is NFS', () => {
    const volume = object('v1', 'PersistentVolume', 'v', {
      spec: { capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'], storageClassName: 'disks', nfs: { server: 's', path: '/' }, claimRef: { namespace: 'ml', name: 'data' } },
    }, { namespace: undefined });
    expect(found(volume, ONE_NODE, pod('p'), pod('q'))).toEqual([]);
  });

  const ofClass = (name: string, source: any): any => object('v1', 'PersistentVolume', name, {
    spec: { capacity: { storage: '10Gi' }, accessModes: ['ReadWriteOnce'], storageClassName: 'disks', ...source },
  }, { namespace: undefined });
  const nfs = { nfs: { server: 's', path: '/' } };

  test.each<[string, any[], string[]]>([
    ['are all NFS', [ofClass('v', nfs), ofClass('w', nfs)], []],
    ['are all NFS, of a class that makes none', [driver('kubernetes.io/no-provisioner'), ofClass('v', nfs)], []],
    ['are NFS and disks', [ofClass('v', nfs), ofClass('w', { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } })], ['error one-node-claim d']],
    ['are NFS, beside those that a driver makes', [driver('ebs.csi.aws.com'), ofClass('v', nfs)], ['error one-node-claim d']],
  ])('whose volumes made by hand %s', (_, volumes, expected) => {
    expect(found(...volumes, ONE_NODE, controller('DaemonSet', 'd'))).toEqual(expected);
  });

  test('that can be shared as well', () => {
    expect(found(claim('data', 'ReadWriteOnce', { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }), pod('p'), pod('q'))).toEqual([]);
  });

  test.each<[string, any, string[]]>([
    ['nothing said', {}, ['warning rolling-update d']],
    ['shares of one pod', { rollingUpdate: { maxSurge: '100%', maxUnavailable: '99%' } }, ['warning rolling-update d']],
    ['none may be missing', { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }, ['warning rolling-update d']],
    ['one may be missing', { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }, []],
    ['all may be missing', { rollingUpdate: { maxUnavailable: '100%' } }, []],
    ['replaced', { type: 'Recreate' }, []],
  ])('a Deployment of one: %s', (_, strategy, expected) => {
    expect(found(ONE_NODE, controller('Deployment', 'd', { replicas: 1, strategy }))).toEqual(expected);
  });
});

describe('runs of a CronJob that write', () => {
  test.each<[string, any, string[]]>([
    ['may overlap', {}, ['warning cron-overlap c']],
    ['wait', { concurrencyPolicy: 'Forbid' }, []],
    ['replace each other', { concurrencyPolicy: 'Replace' }, []],
  ])('%s', (_, spec, expected) => {
    expect(found(MANY, controller('CronJob', 'c', spec))).toEqual(expected);
  });

  test.each<[string, number, boolean]>([
    ['0 * * * *', 3599, true], ['0 * * * *', 3600, false], ['@hourly', 3599, true], ['*/15 * * * *', 899, true], ['*/15 * * * *', 900, false],
    ['*/7 * * * *', 240, false], ['*/7 * * * *', 239, true], ['0 */6 * * *', 21599, true], ['30 2 * * *', 86399, true], ['30 2 * * *', 86400, false],
    ['0,30 * * * *', 61, false],
  ])('%s with %d seconds for a run end in time: %s', (schedule, activeDeadlineSeconds, inTime) => {
    const cron = controller('CronJob', 'c', { schedule });
    cron.spec.jobTemplate.spec.activeDeadlineSeconds = activeDeadlineSeconds;
    expect(found(MANY, cron)).toEqual(inTime ? [] : ['warning cron-overlap c']);
  });

  test('but not of one that only reads', () => {
    expect(found(MANY, controller('CronJob', 'c', {}, podSpec({}, {}, { readOnly: true })))).toEqual([]);
  });
});

test('what is found of a claim says who has it', () => {
  expect(findingsIn([ONE_POD, pod('p'), pod('q')]).find(({ ruleId }) => ruleId === 'chain/one-pod-claim')).toMatchObject({
    path: 'spec.volumes[0].persistentVolumeClaim.claimName', expected: 'one pod: claim data is ReadWriteOncePod', found: 'Pod q, which uses it too',
  });
  expect(findingsIn([ONE_NODE, controller('Deployment', 'd', { replicas: 3 })]).find(({ ruleId }) => ruleId === 'chain/one-node-claim'))
    .toMatchObject({ expected: 'pods of one node: claim data is ReadWriteOnce', found: '3 pods of Deployment d' });
});

test('thousands of pods of one claim take no time that grows faster than they do', () => {
  const pods = Array.from({ length: 4_000 }, (_, i) => pod(`p${i}`));
  const started = performance.now();
  expect(found(ONE_POD, ...pods)).toHaveLength(4_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});
