import { describe, expect, test } from 'vitest';
import { findingsIn, linesOf } from '../../../support/checker';
import { claim, defaultClass, errorsOf, limitRange, NAMESPACE, pod, podSpec, quota, size, statefulSet, storageClass } from './parts';

const fast = storageClass('fast', { volumeBindingMode: 'Immediate' });
const ofFast = (name: string, spec: object = {}) => claim(name, { storageClassName: 'fast', ...spec });
const sets = (replicas: number, storage = '5Gi') => statefulSet('train', replicas, { storageClassName: 'fast', ...size(storage) });
const asking = (resources: object, spec: object = {}) => pod('p', [], { ...podSpec([], resources), ...spec });
const job = (parallelism: number, limits: object, name = 'train') => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: NAMESPACE },
  spec: { parallelism, completions: parallelism, completionMode: 'Indexed', template: { spec: { restartPolicy: 'Never', ...podSpec([], { limits }) } } },
});

describe('claims and a quota', () => {
  const over = ['chain/quota-storage PersistentVolumeClaim/data'];

  test.each<[string, string[], object, any[]]>([
    ['exactly as much', [], { 'requests.storage': '5Gi' }, [ofFast('data')]],
    ['one byte less', over, { 'requests.storage': '5368709119' }, [ofFast('data')]],
    ['the second is too much', over, { 'requests.storage': '9Gi' }, [ofFast('first'), ofFast('data')]],
    ['what is refused uses nothing', over, { 'requests.storage': '9Gi' }, [ofFast('first'), ofFast('data'), ofFast('last', size('4Gi'))]],
    ['a number of them', over, { persistentvolumeclaims: '1' }, [ofFast('first'), ofFast('data')]],
    ['a number of objects', over, { 'count/persistentvolumeclaims': '1' }, [ofFast('first'), ofFast('data')]],
    ['storage of the class', over, { 'fast.storageclass.storage.k8s.io/requests.storage': '4Gi' }, [ofFast('data')]],
    ['storage of another class', [], { 'slow.storageclass.storage.k8s.io/requests.storage': '4Gi' }, [ofFast('data')]],
    ['claims of the class', over, { 'fast.storageclass.storage.k8s.io/persistentvolumeclaims': '0' }, [ofFast('data')]],
    ['storage of the default class', over, { 'gp3.storageclass.storage.k8s.io/requests.storage': '4Gi' }, [defaultClass('gp3'), claim('data', { storageClassName: undefined })]],
    ['claims of a template', ['chain/quota-storage StatefulSet/train'], { persistentvolumeclaims: '2' }, [sets(3)]],
    ['storage of a template', ['chain/quota-storage StatefulSet/train'], { 'requests.storage': '14Gi' }, [sets(3)]],
    ['just enough for a template', [], { 'requests.storage': '15Gi', persistentvolumeclaims: '3' }, [sets(3)]],
    ['claims of a template that are there already, once', [], { persistentvolumeclaims: '3' }, [ofFast('ckpt-train-0'), sets(3)]],
    ['claims that come with pods', ['chain/quota-storage Pod/p'], { persistentvolumeclaims: '0' }, [pod('p', [], {
      containers: [{ name: 'c', image: 'x', volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }],
      volumes: [{ name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: ofFast('').spec } } }],
    })]],
    ['pods and cpu leave claims alone', [], { pods: '0', cpu: '0' }, [ofFast('data')]],
  ])('%s', (_, errors, hard, bundle) => expect(errorsOf(fast, quota(hard), ...bundle)).toEqual(errors));

  test('another namespace has its own', () => {
    expect(errorsOf(fast, quota({ persistentvolumeclaims: '0' }), claim('data', { storageClassName: 'fast' }, 'other'))).toEqual([]);
  });

  test('a scope of pods leaves them out, that of an attributes class takes those of it', () => {
    const gold = ofFast('data', { volumeAttributesClassName: 'gold' });
    const scoped = (operator: string, ...values: string[]) =>
      quota({ persistentvolumeclaims: '0' }, { scopeSelector: { matchExpressions: [{ scopeName: 'VolumeAttributesClass', operator, ...values.length > 0 && { values } }] } });
    expect(errorsOf(fast, quota({ persistentvolumeclaims: '0' }, { scopes: ['BestEffort'] }), ofFast('data')).filter(one => one.startsWith('chain/'))).toEqual([]);
    expect(errorsOf(fast, scoped('In', 'gold'), gold)).toEqual(over);
    expect(errorsOf(fast, scoped('In', 'silver'), gold)).toEqual([]);
  });

  test('what is declared to be there is charged first', () => {
    const found = findingsIn([fast, ofFast('data')], {
      external: [quota({ 'requests.storage': '8Gi' }), claim('there', { storageClassName: 'fast' })],
    });
    expect(linesOf(found, 'chain/quota-storage')).toEqual([
      'spec.resources.requests[storage] | at most 8Gi of requests.storage, as the ResourceQuota "team" has it | 5Gi, with 5Gi used by others',
    ]);
  });
});

describe('pods and a quota', () => {
  const over = ['chain/quota-pods Pod/p'];

  test.each<[string, string[], object, any[]]>([
    ['pods, enough', [], { pods: '1' }, [asking({})]],
    ['pods, too few', over, { pods: '0' }, [asking({})]],
    ['pods of a set, too few', ['chain/quota-pods StatefulSet/train'], { pods: '2' }, [sets(3)]],
    ['cpu, enough', [], { cpu: '2' }, [asking({ requests: { cpu: '2' } })]],
    ['cpu, too little', over, { cpu: '1999m' }, [asking({ requests: { cpu: 2 } })]],
    ['cpu by its limit alone', over, { 'requests.cpu': '1' }, [asking({ limits: { cpu: '2' } })]],
    ['limits.cpu', over, { 'limits.cpu': '1' }, [asking({ requests: { cpu: '1' }, limits: { cpu: '2' } })]],
    ['memory', over, { memory: '1Gi' }, [asking({ requests: { memory: '2Gi' } })]],
    ['accelerators', over, { 'requests.nvidia.com/gpu': '7' }, [asking({ limits: { 'nvidia.com/gpu': 8 } })]],
    ['accelerators of a job', ['chain/quota-pods Job/train'], { 'requests.nvidia.com/gpu': '31' }, [job(4, { 'nvidia.com/gpu': 8 })]],
    ['accelerators of jobs that follow each other', [], { 'requests.nvidia.com/gpu': '32' }, [job(4, { 'nvidia.com/gpu': 8 }), job(4, { 'nvidia.com/gpu': 8 }, 'next')]],
    ['init containers, the most of them', [], { cpu: '2' }, [asking({ requests: { cpu: '1' } }, { initContainers: [
      { name: 'a', image: 'x', resources: { requests: { cpu: '2' } } }, { name: 'b', image: 'x', resources: { requests: { cpu: '2' } } },
    ] })]],
    ['sidecars, all of them', over, { cpu: '2' }, [asking({ requests: { cpu: '1' } }, { initContainers: [
      { name: 'a', image: 'x', restartPolicy: 'Always', resources: { requests: { cpu: '1' } } }, { name: 'b', image: 'x', resources: { requests: { cpu: '2' } } },
    ] })]],
    ['what a pod asks for as a whole', over, { cpu: '2' }, [asking({}, { resources: { requests: { cpu: '3' } } })]],
  ])('%s', (_, errors, hard, bundle) => {
    expect(errorsOf(fast, quota(hard), ...bundle).filter(one => one.startsWith('chain/'))).toEqual(errors);
  });

  test.each<[string, boolean, string, object]>([
    ['BestEffort without requests', true, 'BestEffort', {}],
    ['BestEffort with requests', false, 'BestEffort', { containers: [{ name: 'c', image: 'x', resources: { requests: { cpu: '1' } } }] }],
    ['NotBestEffort', false, 'NotBestEffort', {}],
    ['Terminating', true, 'Terminating', { activeDeadlineSeconds: 60 }],
    ['NotTerminating', false, 'NotTerminating', { activeDeadlineSeconds: 60 }],
    ['PriorityClass', false, 'PriorityClass', {}],
  ])('scope %s', (_, counted, scope, spec) => {
    const bundle = [quota({ pods: '0' }, { scopes: [scope] }), pod('p', [], { ...podSpec([]), ...spec })];
    expect(errorsOf(...bundle).filter(one => one.startsWith('chain/quota'))).toEqual(counted ? over : []);
  });

  test('a job waits for jobs, and for ever for what stays', () => {
    const eight = (name: string) => job(1, { 'nvidia.com/gpu': 8 }, name);
    const found = (...bundle: any[]) => findingsIn([quota({ 'requests.nvidia.com/gpu': '8' }), ...bundle])
      .filter(({ ruleId }) => ruleId === 'chain/quota-pods').map(one => `${one.severity} ${one.name} ${one.found}`);
    expect(found(eight('first'), eight('second'))).toEqual(['warning second 8, with 8 used by others']);
    expect(found(eight('first'), asking({ limits: { 'nvidia.com/gpu': 4 } }))).toEqual(['error first 8, with 4 used by others']);
  });
});

describe('objects and a quota', () => {
  const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'tb', namespace: NAMESPACE }, spec: { ports: [{ port: 80 }], ...spec } });
  const deployment = {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'serve', namespace: NAMESPACE },
    spec: { selector: { matchLabels: { app: 'serve' } }, template: { metadata: { labels: { app: 'serve' } }, spec: podSpec([]) } },
  };
  const ofService = ['chain/quota-objects Service/tb'];

  test.each<[string, string[], object, any[]]>([
    ['a load balancer', ofService, { 'services.loadbalancers': '0' }, [service({ type: 'LoadBalancer' })]],
    ['a port of nodes', ofService, { 'services.nodeports': '0' }, [service({ type: 'NodePort' })]],
    ['a port of nodes behind a load balancer', ofService, { 'services.nodeports': '0' }, [service({ type: 'LoadBalancer' })]],
    ['a load balancer without', [], { 'services.nodeports': '0' }, [service({ type: 'LoadBalancer', allocateLoadBalancerNodePorts: false })]],
    ['neither', [], { 'services.loadbalancers': '0', 'services.nodeports': '0' }, [service({})]],
    ['the ReplicaSet of a Deployment', ['chain/quota-objects Deployment/serve'], { 'count/replicasets.apps': '0' }, [deployment]],
    ['room for it', [], { 'count/replicasets.apps': '1', 'count/deployments.apps': '1' }, [deployment]],
  ])('%s', (_, errors, hard, bundle) => expect(errorsOf(quota(hard), ...bundle).filter(one => one.startsWith('chain/quota'))).toEqual(errors));
});

describe('what a quota counts must be asked for', () => {
  const missing = ['chain/quota-demands-resources Pod/p'];
  const defaults = limitRange({ type: 'Container', default: { cpu: '2' } });

  test.each<[string, string[], object, any[]]>([
    ['neither request nor limit', missing, { cpu: '4' }, [asking({})]],
    ['a request', [], { cpu: '4' }, [asking({ requests: { cpu: '1' } })]],
    ['a limit, which is a request as well', [], { 'requests.cpu': '4' }, [asking({ limits: { cpu: '1' } })]],
    ['a request where limits count', missing, { 'limits.memory': '4Gi' }, [asking({ requests: { memory: '1Gi' } })]],
    ['an init container without', missing, { cpu: '4' }, [asking({ requests: { cpu: '1' } }, { initContainers: [{ name: 'i', image: 'x' }] })]],
    ['the pod as a whole', [], { cpu: '4' }, [asking({}, { resources: { requests: { cpu: '1' } } })]],
    ['a default of the namespace', [], { cpu: '4', 'limits.cpu': '4' }, [defaults, asking({})]],
    ['the most of the namespace, as a default', [], { cpu: '4' }, [limitRange({ type: 'Container', max: { cpu: '2' } }), asking({})]],
    ['accelerators are counted without', [], { 'requests.nvidia.com/gpu': '4' }, [asking({})]],
    ['ephemeral storage is counted without', [], { 'requests.ephemeral-storage': '4Gi' }, [asking({})]],
    ['pods of a set', ['chain/quota-demands-resources StatefulSet/train'], { cpu: '4' }, [sets(1)]],
  ])('%s', (_, errors, hard, bundle) => {
    expect(errorsOf(fast, quota(hard), ...bundle).filter(one => one.startsWith('chain/'))).toEqual(errors);
  });

  test('is told for each container and resource, once', () => {
    expect(linesOf(findingsIn([quota({ cpu: '4', 'requests.cpu': '4', 'limits.memory': '4Gi' }), asking({})]), 'chain/quota-demands-resources')).toEqual([
      'spec.containers[0].resources.requests[cpu] | an amount, for the ResourceQuota "team" counts cpu | none',
      'spec.containers[0].resources.limits[memory] | an amount, for the ResourceQuota "team" counts limits.memory | none',
    ]);
  });

  test('the pod as a whole counts since 1.34', () => {
    const bundle = [quota({ cpu: '4' }), asking({}, { resources: { requests: { cpu: '1' } } })];
    const found = (target: any) => findingsIn(bundle, { target }).filter(({ ruleId }) => ruleId === 'chain/quota-demands-resources').length;
    expect([found('1.33'), found('1.34')]).toEqual([1, 0]);
  });
});

describe('limit ranges', () => {
  const ofClaims = (bounds: object) => limitRange({ type: 'PersistentVolumeClaim', ...bounds });
  const ofContainers = (bounds: object) => limitRange({ type: 'Container', ...bounds });
  const claimError = ['chain/limit-range PersistentVolumeClaim/data'];
  const podError = ['chain/limit-range Pod/p'];

  test.each<[string, string[], any[]]>([
    ['a claim as large as may be', [], [ofClaims({ max: { storage: '5Gi' } }), ofFast('data')]],
    ['a claim too large', claimError, [ofClaims({ max: { storage: '4Gi' } }), ofFast('data')]],
    ['a claim too small', claimError, [ofClaims({ min: { storage: '6Gi' } }), ofFast('data')]],
    ['a template too large', ['chain/limit-range StatefulSet/train'], [ofClaims({ max: { storage: '4Gi' } }), sets(2)]],
    ['a container within', [], [ofContainers({ max: { cpu: '4' }, min: { cpu: '1' } }), asking({ requests: { cpu: '1' }, limits: { cpu: '4' } })]],
    ['a limit too high', podError, [ofContainers({ max: { cpu: '4' } }), asking({ limits: { cpu: '5' } })]],
    ['a request too low', podError, [ofContainers({ min: { cpu: '1' } }), asking({ requests: { cpu: '500m' } })]],
    ['nothing said, and filled in', [], [ofContainers({ max: { cpu: '4' }, min: { cpu: '1' } }), asking({})]],
    ['a default below the least', podError, [ofContainers({ min: { cpu: '1' }, defaultRequest: { cpu: '500m' } }), asking({})]],
    ['a limit that is too many times the request', podError, [ofContainers({ maxLimitRequestRatio: { cpu: '2' } }), asking({ requests: { cpu: '1' }, limits: { cpu: '3' } })]],
    ['a limit that is just as many times the request', [], [ofContainers({ maxLimitRequestRatio: { cpu: '3' } }), asking({ requests: { cpu: '1' }, limits: { cpu: '3' } })]],
    ['a request above the limit that is filled in', podError, [ofContainers({ default: { memory: '2Gi' }, defaultRequest: { memory: '1Gi' } }), asking({ requests: { memory: '4Gi' } })]],
    ['a request as high as the limit that is filled in', [], [ofContainers({ default: { memory: '2Gi' } }), asking({ requests: { memory: '2Gi' } })]],
    ['a pod without a limit', podError, [limitRange({ type: 'Pod', max: { cpu: '4' } }), asking({ requests: { cpu: '1' } })]],
    ['a pod whose containers are too much together', podError, [limitRange({ type: 'Pod', max: { cpu: '4' } }), asking({ limits: { cpu: '4' } }, {
      initContainers: [{ name: 's', image: 'x', restartPolicy: 'Always', resources: { limits: { cpu: '1' } } }],
    })]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(fast, ...bundle).filter(one => one.startsWith('chain/'))).toEqual(errors));
});
