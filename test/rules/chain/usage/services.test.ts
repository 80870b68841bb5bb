import { describe, expect, test } from 'vitest';
import { Severity } from '../../../../lib';
import { findingsIn } from '../../../support/checker';
import { controller, object, pod, podSpec } from './bundles';

const SPEC = podSpec({ volumes: [] }, { volumeMounts: [] });
const RULES = /^chain\/(service-|selects-nothing|port-missing|derived-name|adopted-claim)/;

function found(...bundle: any[]): string[] {
  return findingsIn(bundle, { assumeComplete: true }).filter(({ ruleId }) => RULES.test(ruleId)).map(({ severity, ruleId, kind, name, path }) => `${severity} ${ruleId.slice(6)} ${kind} ${name} ${path}`);
}

const service = (spec: any = {}, name = 'train'): any => object('v1', 'Service', name, { spec: { clusterIP: 'None', selector: { app: 'train' }, ports: [{ port: 1 }], ...spec } });
const set = (container: any = {}, spec: any = {}): any => controller('StatefulSet', 'train', { replicas: 4, serviceName: 'train', ...spec }, podSpec({ volumes: [] }, { volumeMounts: [], ...container }));
const MASTER = { env: [{ name: 'MASTER_ADDR', value: 'train-0.train' }] };

describe('the Service that gives pods their names', () => {
  test.each<[string, any[], string[]]>([
    ['is there', [service(), set()], []],
    ['is missing, and nobody asks for it', [set()], ['warning service-missing StatefulSet train spec.serviceName']],
    ['is missing, and processes meet by it', [set(MASTER)], ['error service-missing StatefulSet train spec.serviceName']],
    ['is missing for a Job', [controller('Job', 'train', { parallelism: 2 }, podSpec({ volumes: [], subdomain: 'train' }, { volumeMounts: [], args: ['--master=train-0.train:29500'] }))], ['error service-missing Job train spec.template.spec.subdomain']],
    ['has an address', [service({ clusterIP: undefined }), set()], ['warning service-not-headless Service train spec.clusterIP']],
    ['has an address, and processes ask for pods', [service({ clusterIP: undefined }), set(MASTER)], ['error service-not-headless Service train spec.clusterIP']],
    ['has an address, which processes ask for', [service({ clusterIP: undefined }), set({ env: [{ name: 'REDIS_URL', value: 'redis://train:6379' }] })], ['warning service-not-headless Service train spec.clusterIP']],
    ['selects others', [service({ selector: { app: 'x' } }), set()], ['warning service-selects-others Service train spec.selector']],
    ['selects others that processes meet by', [service({ selector: { app: 'x' } }), set(MASTER)], ['error service-selects-others Service train spec.selector']],
    ['selects by a label of the controller', [service({ selector: { 'statefulset.kubernetes.io/pod-name': 'train-0' } }), set()], []],
    ['hides pods that meet', [service(), set(MASTER)], ['warning service-hides-starting-pods Service train spec.publishNotReadyAddresses']],
    ['hides no pods', [service({ publishNotReadyAddresses: true }), set(MASTER)], []],
    ['hides the one pod', [service(), set(MASTER, { replicas: 1 })], []],
  ])('%s', (_, bundle, expected) => {
    expect(found(...bundle)).toEqual(expected);
  });

  test.each<[string, any, boolean]>([
    ['a pod in a variable', { env: [{ name: 'X', value: 'tcp://train-0.train:29500' }] }, true],
    ['a pod by its own name', { args: ['$(HOSTNAME).train'] }, true],
    ['a pod with its domain', { command: ['sh', '-c', 'ping train-1.train.ml.svc.cluster.local'] }, true],
    ['the Service with a port', { args: ['--rdzv-endpoint=train:29500'] }, true],
    ['the Service as a host', { env: [{ name: 'MASTER_ADDR', value: 'train' }] }, true],
    ['the Service with its namespace', { args: ['http://train.ml.svc'] }, true],
    ['a script', { command: ['python', 'train.py'] }, false],
    ['a module', { command: ['python', '-m', 'acme.train'] }, false],
    ['another Service', { args: ['pretrain-0.pretrain', 'train-0.trainer'] }, false],
  ])('is asked for: %s', (_, container, asks) => {
    expect(findingsIn([set(container)], { assumeComplete: true }).find(({ ruleId }) => ruleId === 'chain/service-missing')!.severity).toBe(asks ? Severity.ERROR : Severity.WARNING);
  });
});

describe('selectors', () => {
  const budget = (selector: any): any => object('policy/v1', 'PodDisruptionBudget', 'b', { spec: { maxUnavailable: 1, selector } });
  const p = pod('p', SPEC, { labels: { app: 'train', tier: 'gpu' } });

  test.each<[string, any[], number]>([
    ['of a pod', [p, budget({ matchLabels: { app: 'train' } })], 0],
    ['of no pod', [p, budget({ matchLabels: { app: 'x' } })], 1],
    ['of expressions', [p, budget({ matchExpressions: [{ key: 'tier', operator: 'In', values: ['cpu', 'gpu'] }] })], 0],
    ['of expressions that no pod answers', [p, budget({ matchLabels: { app: 'train' }, matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gpu'] }] })], 1],
    ['of all pods', [p, budget({})], 0],
    ['of labels that controllers set', [p, budget({ matchLabels: { 'job-name': 'train' } })], 0],
    ['in a namespace without pods', [budget({ matchLabels: { app: 'x' } })], 0],
    ['in another namespace', [p, { ...budget({ matchLabels: { app: 'train' } }), metadata: { name: 'b', namespace: 'other' } }], 0],
    ['of a policy', [p, object('networking.k8s.io/v1', 'NetworkPolicy', 'n', { spec: { podSelector: { matchLabels: { app: 'x' } } } })], 1],
    ['of a policy for all', [p, object('networking.k8s.io/v1', 'NetworkPolicy', 'n', { spec: { podSelector: {} } })], 0],
    ['of a Service', [p, service({ selector: { app: 'x' } })], 1],
    ['of a Service without one', [p, service({ selector: undefined })], 0],
    ['of a monitor', [p, service(), object('monitoring.coreos.com/v1', 'ServiceMonitor', 'm', { spec: { selector: { matchLabels: { app: 'x' } }, endpoints: [] } })], 1],
  ])('%s', (_, bundle, count) => {
    expect(found(...bundle).filter(text => text.includes('selects-nothing'))).toHaveLength(count);
  });

  test('are not decided beside objects of operators that make pods', () => {
    const ray = object('ray.io/v1', 'RayCluster', 'r', { spec: {} });
    expect(findingsIn([p, ray, budget({ matchLabels: { app: 'x' } })]).find(({ ruleId }) => ruleId === 'chain/selects-nothing')!.outcome).toBe('unresolved');
  });
});

describe('ports', () => {
  const served = (container: any): any => pod('p', podSpec({ volumes: [] }, { volumeMounts: [], ...container }), { labels: { app: 'train' } });
  const HTTP = { ports: [{ name: 'http', containerPort: 80 }] };
  const to = (targetPort: any, protocol?: string): any => service({ ports: [{ port: 80, targetPort, ...protocol && { protocol } }] });

  test.each<[string, any[], string[]]>([
    ['by name', [served(HTTP), to('http')], []],
    ['by number', [served({}), to(8080)], []],
    ['by a name that no container has', [served(HTTP), to('grpc')], ['error port-missing Service train spec.ports[0].targetPort']],
    ['of another protocol', [served(HTTP), to('http', 'UDP')], ['error port-missing Service train spec.ports[0].targetPort']],
    ['of a probe', [served({ ...HTTP, readinessProbe: { httpGet: { port: 'http' } } })], []],
    ['of a probe that are not there', [served({ ...HTTP, startupProbe: { tcpSocket: { port: 'x' } } })], ['error port-missing Pod p spec.containers[0].startupProbe.tcpSocket.port']],
    ['of a hook that are not there', [served({ lifecycle: { preStop: { httpGet: { port: 'x' } } } })], ['error port-missing Pod p spec.containers[0].lifecycle.preStop.httpGet.port']],
  ])('%s', (_, bundle, expected) => {
    expect(found(...bundle)).toEqual(expected);
  });

  test('of sidecars count from 1.32', () => {
    const sidecar = { ...SPEC, initContainers: [{ name: 's', image: 'i', restartPolicy: 'Always', ...HTTP }] };
    const bundle = [pod('p', sidecar, { labels: { app: 'train' } }), to('http')];
    const count = (target: any): number => findingsIn(bundle, { target }).filter(({ ruleId }) => ruleId === 'chain/port-missing').length;
    expect([count('1.31'), count('1.32')]).toEqual([1, 0]);
  });
});

describe('names that controllers give', () => {
  const scratch = { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } }] };
  const plain = (name: string, storage = '1Gi'): any => object('v1', 'PersistentVolumeClaim', name, { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } });
  const templated = (name: string, template: string): any => controller('StatefulSet', name, { replicas: 2, volumeClaimTemplates: [{ metadata: { name: template }, spec: plain('x').spec }] }, SPEC);

  test.each<[string, any[], string[]]>([
    ['a pod of the set', [set(), service(), pod('train-3', SPEC)], ['error derived-name StatefulSet train metadata.name']],
    ['a pod beyond the set', [set(), service(), pod('train-4', SPEC)], []],
    ['a pod of another form', [set(), service(), pod('train-03', SPEC)], []],
    ['a pod before the first', [set({}, { ordinals: { start: 2 } }), service(), pod('train-1', SPEC)], []],
    ['the claim of an ephemeral volume', [pod('p', { ...SPEC, ...scratch }), plain('p-scratch')], ['error derived-name Pod p spec.volumes[0].ephemeral.volumeClaimTemplate.spec']],
    ['another claim', [pod('p', { ...SPEC, ...scratch }), plain('p-other')], []],
    ['the claims of another set', [templated('b-c', 'a'), templated('c', 'a-b')], ['error derived-name StatefulSet c spec.volumeClaimTemplates[0].spec']],
    ['a claim made before, as large', [templated('s', 'ckpt'), plain('ckpt-s-1')], []],
    ['a claim made before, and smaller', [templated('s', 'ckpt'), plain('ckpt-s-1', '1Mi')], ['info adopted-claim PersistentVolumeClaim ckpt-s-1 spec.resources.requests[storage]']],
    ['a job of a JobSet', [object('jobset.x-k8s.io/v1alpha2', 'JobSet', 'js', { spec: { replicatedJobs: [{ name: 'w-a', replicas: 2, template: { spec: { template: { spec: SPEC } } } }] } }), controller('Job', 'js-w-a-1', {}, SPEC), controller('Job', 'js-w-a-2', {}, SPEC)],
      ['error derived-name JobSet js metadata.name']],
  ])('%s', (_, bundle, expected) => {
    expect(found(...bundle)).toEqual(expected);
  });
});
