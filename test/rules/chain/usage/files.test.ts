import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../../support/checker';
import { claim, controller, object, pod, podSpec } from './bundles';

const SHARED = claim('data', 'ReadWriteMany');
const READS = podSpec({}, { volumeMounts: [{ name: 'data', mountPath: '/data', readOnly: true }] });
const mountAt = (mountPath: string, mount: any = {}, container: any = {}): any => podSpec({}, { volumeMounts: [{ name: 'data', mountPath, ...mount }], ...container });

/** `loader-race train`, for each finding of the rules. */
function found(rules: readonly string[], ...bundle: any[]): string[] {
  return findingsIn(bundle).filter(({ ruleId }) => rules.includes(ruleId.slice(6))).map(({ ruleId, name }) => `${ruleId.slice(6)} ${name}`);
}

describe('a claim that one job fills', () => {
  const RACES = ['loader-race', 'dataset-writable'];
  const wait = { initContainers: [{ name: 'wait', image: 'i', command: ['sh', '-c', 'until [ -e /data/done ]; do sleep 1; done'] }] };
  const roles = (dependsOn?: any[]): any => object('jobset.x-k8s.io/v1alpha2', 'JobSet', 'set', {
    spec: {
      replicatedJobs: [
        { name: 'load', template: { spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) } } } },
        { name: 'train', template: { spec: { template: { spec: { ...READS, restartPolicy: 'Never' } } } }, ...dependsOn && { dependsOn } },
      ],
    },
  });

  test.each<[string, any[], string[]]>([
    ['and another reads', [controller('Job', 'load'), controller('Job', 'train', {}, READS)], ['loader-race train']],
    ['and another waits for', [controller('Job', 'load'), controller('Job', 'train', {}, { ...READS, ...wait })], []],
    ['and a suspended one reads', [controller('Job', 'load'), controller('Job', 'train', { suspend: true }, READS)], []],
    ['before a hook', [controller('Job', 'load', {}, podSpec(), { annotations: { 'helm.sh/hook': 'pre-install' } }), controller('Job', 'train', {}, READS)], []],
    ['and a nightly backup reads', [controller('Job', 'load'), controller('CronJob', 'backup', {}, READS)], []],
    ['and a training writes to at /data', [controller('Job', 'load'), controller('Job', 'train', {}, podSpec({ ...wait }, { resources: { limits: { 'nvidia.com/gpu': 8 } } }))], ['dataset-writable train']],
    ['a training, whose checkpoints another reads', [controller('Job', 'train', {}, mountAt('/checkpoints')), controller('Deployment', 'serve', {}, READS)], []],
    ['within a JobSet', [roles()], ['loader-race set']],
    ['within a JobSet, in order', [roles([{ name: 'load', status: 'Complete' }])], []],
    ['within a JobSet that only waits for the start', [roles([{ name: 'load', status: 'Ready' }])], ['loader-race set']],
  ])('%s', (_, users, expected) => {
    expect(found(RACES, SHARED, ...users)).toEqual(expected);
  });
});

describe('results of several pods', () => {
  const job = (spec: any): any => controller('Job', 'sweep', { parallelism: 4, completions: 4 }, spec);
  const podName = { env: [{ name: 'ME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] };

  test.each<[string, any, string[]]>([
    ['in one directory', job(mountAt('/checkpoints')), ['same-output-path sweep']],
    ['in one directory by its name', job(mountAt('/out', { subPath: 'logs' })), ['same-output-path sweep']],
    ['in directories of their own', job(mountAt('/checkpoints', { subPathExpr: '$(ME)' }, podName)), []],
    ['of processes that know who they are', job(mountAt('/checkpoints', {}, podName)), []],
    ['of one training', job(mountAt('/checkpoints', {}, { command: ['torchrun', 'train.py'] })), []],
    ['that only read them', job(mountAt('/checkpoints', { readOnly: true })), []],
    ['of one pod', controller('Job', 'sweep', {}, mountAt('/checkpoints')), []],
    ['that are no results', job(mountAt('/scratch')), []],
  ])('%s', (_, user, expected) => {
    expect(found(['same-output-path'], SHARED, user)).toEqual(expected);
  });

  test.each([[32, 0], [33, 1]])('%d readers: %d findings', (parallelism, count) => {
    expect(found(['many-readers'], SHARED, controller('Job', 'train', { parallelism, completions: parallelism }, READS))).toHaveLength(count);
  });
});

describe('raw devices and file systems', () => {
  const BLOCK = claim('data', 'ReadWriteOnce', { volumeMode: 'Block' });
  const device = podSpec({}, { volumeMounts: [], volumeDevices: [{ name: 'data', devicePath: '/dev/x' }] });
  const template = (spec: any): any => controller('StatefulSet', 's', {
    replicas: 1, volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { ...SHARED.spec, ...spec } }],
  }, podSpec({ volumes: [] }));

  test.each<[string, any[], string[]]>([
    ['a device that is mounted', [BLOCK, pod('p')], ['volume-mode p']],
    ['a device', [BLOCK, pod('p', device)], []],
    ['a file system as a device', [SHARED, pod('p', device)], ['volume-mode p']],
    ['a file system', [SHARED, pod('p')], []],
    ['a device of a template', [template({ volumeMode: 'Block' })], ['volume-mode s']],
    ['a file system of a template', [template({ volumeMode: 'Filesystem' })], []],
    ['a device of an ephemeral volume', [pod('p', podSpec({ volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec: BLOCK.spec } } }] }))], ['volume-mode p']],
  ])('%s', (_, bundle, expected) => {
    expect(found(['volume-mode'], ...bundle)).toEqual(expected);
  });

  test('are not known of a claim that is declared by its name', () => {
    expect(findingsIn([pod('p', device)], { external: ['PersistentVolumeClaim/ml/data'] }).filter(({ ruleId }) => ruleId === 'chain/volume-mode')).toEqual([]);
  });
});

describe('what can only be read', () => {
  const ROX = claim('data', 'ReadOnlyMany');
  const pv = (source: any): any => object('v1', 'PersistentVolume', 'v', {
    spec: { capacity: { storage: '10Gi' }, accessModes: ['ReadWriteMany'], storageClassName: 'disks', claimRef: { namespace: 'ml', name: 'data' }, ...source },
  }, { namespace: undefined });

  test.each<[string, any[], number]>([
    ['by its mode, mounted to be written', [ROX, pod('p')], 1],
    ['by its mode, mounted to be read', [ROX, pod('p', READS)], 0],
    ['by its mode, as a volume to be read', [ROX, pod('p', podSpec({}, {}, { readOnly: true }))], 0],
    ['by its volume', [pv({ nfs: { server: 's', path: '/', readOnly: true } }), SHARED, pod('p')], 1],
    ['by its volume, read', [pv({ nfs: { server: 's', path: '/', readOnly: true } }), SHARED, pod('p', READS)], 0],
    ['a volume that can be written', [pv({ nfs: { server: 's', path: '/' } }), SHARED, pod('p')], 0],
    ['as a volume, and a mount that says otherwise', [SHARED, pod('p', podSpec({}, { volumeMounts: [{ name: 'data', mountPath: '/d', readOnly: false }] }, { readOnly: true }))], 1],
  ])('%s', (_, bundle, count) => {
    expect(found(['read-only'], ...bundle)).toHaveLength(count);
  });
});

describe('fsGroup', () => {
  const large = (mode: string, size = '100Gi'): any => claim('data', mode, { resources: { requests: { storage: size } } });
  const group = (policy?: string): any => podSpec({ securityContext: { fsGroup: 1000, ...policy && { fsGroupChangePolicy: policy } } });

  test.each<[string, any[], number]>([
    ['on a large disk', [large('ReadWriteOnce'), pod('p', group())], 1],
    ['always', [large('ReadWriteOnce'), pod('p', group('Always'))], 1],
    ['only where the root differs', [large('ReadWriteOnce'), pod('p', group('OnRootMismatch'))], 0],
    ['on a smaller disk', [large('ReadWriteOnce', '99Gi'), pod('p', group())], 0],
    ['on a shared file system, which keeps its owners', [large('ReadWriteMany'), pod('p', group())], 0],
    ['none', [large('ReadWriteOnce'), pod('p')], 0],
  ])('%s', (_, bundle, count) => {
    expect(found(['fs-group-recursive'], ...bundle)).toHaveLength(count);
  });
});
