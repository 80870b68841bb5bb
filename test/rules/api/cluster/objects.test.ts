import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { findingsIn, linesOf } from '../../../support/checker';

function object(apiVersion: string, kind: string, rest: any, metadata: any = {}): any {
  return { apiVersion, kind, metadata: { name: 'a', ...metadata }, ...rest };
}

function refusals(manifests: any, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([manifests].flat(), { target }).filter(({ ruleId }) => ruleId.startsWith('api/')).map(({ ruleId, path }) => `${ruleId.slice(4)} ${path}`);
}

describe('ConfigMap and Secret', () => {
  const MEBIBYTE = 1024 * 1024;

  test.each([
    [{ data: { 'a.yaml': '', _b: '', '.c': '', 'd..e': '' } }, []],
    [{ data: { '.': '' } }, ['config-data data[.]']],
    [{ data: { '..a': '' } }, ['config-data data[..a]']],
    [{ binaryData: { 'a/b': 'AAAA' } }, ['config-data binaryData[a/b]']],
    [{ data: { a: '' }, binaryData: { a: 'AAAA' } }, ['config-data data[a]']],
    [{ data: { ['a'.repeat(254)]: '' } }, [`config-data data[${'a'.repeat(254)}]`]],
    [{ data: { a: 'x'.repeat(MEBIBYTE - 3) }, binaryData: { b: 'AAAA' } }, []],
    [{ data: { a: 'x'.repeat(MEBIBYTE - 2) }, binaryData: { b: 'AAAA' } }, ['config-data []']],
    [{ data: { a: 'é'.repeat(MEBIBYTE / 2 + 1) } }, ['config-data []']],
  ])('ConfigMap %#', (rest, expected) => expect(refusals(object('v1', 'ConfigMap', rest))).toEqual(expected));

  test.each([
    [{ type: 'kubernetes.io/tls', data: { 'tls.crt': '' }, stringData: { 'tls.key': '' } }, []],
    [{ type: 'kubernetes.io/tls' }, ['data[tls.crt]', 'data[tls.key]']],
    [{ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'e30=' } }, []],
    [{ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'W10=' } }, ['data[.dockerconfigjson]']],
    [{ type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'W10=' }, stringData: { '.dockerconfigjson': '{}' } }, []],
    [{ type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '{' } }, ['data[.dockercfg]']],
    [{ type: 'kubernetes.io/basic-auth', stringData: { password: '' } }, []],
    [{ type: 'kubernetes.io/basic-auth' }, ['data[username]', 'data[password]']],
    [{ type: 'kubernetes.io/ssh-auth', stringData: { 'ssh-privatekey': '' } }, ['data[ssh-privatekey]']],
    [{ type: 'kubernetes.io/service-account-token' }, ['metadata.annotations[kubernetes.io/service-account.name]']],
    [{ type: 'acme.io/own' }, []],
    [{ type: '' }, []],
  ])('Secret %j', (rest, paths) => expect(refusals(object('v1', 'Secret', rest))).toEqual(paths.map(path => `secret-type ${path}`)));

  test('what is large in `data` and replaced by `stringData` does not count', () => {
    const large = Buffer.alloc(MEBIBYTE).toString('base64');
    expect(refusals(object('v1', 'Secret', { data: { a: large }, stringData: { b: 'x' } }))).toEqual(['config-data data']);
    expect(refusals(object('v1', 'Secret', { data: { a: large }, stringData: { a: 'x' } }))).toEqual([]);
  });
});

describe('ResourceQuota', () => {
  test.each([
    ['requests.nvidia.com/gpu', '8', true], ['requests.nvidia.com/gpu', '0.5', true], ['nvidia.com/gpu', '0.5', false], ['count/jobs.batch', '10', true],
    ['fast.storageclass.storage.k8s.io/requests.storage', '1Ti', true], ['pods', '1500m', false], ['pods', '1e3', true], ['storage', '1', false], ['gpu', '1', false],
    ['hugepages-2Mi', '1', true], ['requests.hugepages-1Gi', '1', true], ['requests.cpu', '-1', false],
  ])('%s: %s', (resource, amount, isGood) => {
    expect(refusals(object('v1', 'ResourceQuota', { spec: { hard: { [resource]: amount } } })).length === 0).toBe(isGood);
  });

  const expression = (scopeName: string, operator: string, values?: string[]): any =>
    ({ scopeSelector: { matchExpressions: [{ scopeName, operator, values }] } });
  const AT = 'quota-scope spec.scopeSelector.matchExpressions';

  test.each([
    [{ hard: { pods: 1 }, scopes: ['BestEffort'] }, []],
    [{ hard: { cpu: 1 }, scopes: ['BestEffort'] }, ['quota-scope spec.scopes']],
    [{ hard: { 'requests.storage': 1 }, scopes: ['VolumeAttributesClass'] }, []],
    [{ hard: { 'requests.nvidia.com/gpu': 1 }, scopes: ['NotTerminating'] }, []],
    [{ scopes: ['Terminating', 'NotTerminating'] }, ['quota-scope spec.scopes']],
    [{ scopes: ['Best'] }, ['quota-scope spec.scopes']],
    [expression('PriorityClass', 'In', ['high']), []],
    [expression('PriorityClass', 'In'), [`${AT}.values`]],
    [expression('PriorityClass', 'Exists', ['high']), [`${AT}.values`]],
    [expression('BestEffort', 'In', ['a']), [`${AT}.operator`]],
    [expression('Priority', 'Exists'), [`${AT}.scopeName`]],
  ])('%j', (spec, expected) => expect(refusals(object('v1', 'ResourceQuota', { spec }))).toEqual(expected));
});

describe('LimitRange', () => {
  const AT = 'limit-range spec.limits[0]';

  test.each([
    [{ type: 'Container', min: { cpu: '100m' }, defaultRequest: { cpu: '200m' }, default: { cpu: 1 }, max: { cpu: 2 } }, []],
    [{ type: 'PersistentVolumeClaim', min: { storage: 2 }, max: { storage: 1 } }, [`${AT}.min[storage]`]],
    // what is not given comes of what is
    [{ type: 'Container', max: { 'nvidia.com/gpu': 8 }, defaultRequest: { 'nvidia.com/gpu': 1 } }, [`${AT}.defaultRequest[nvidia.com/gpu]`]],
    [{ type: 'Container', default: { 'nvidia.com/gpu': 1 } }, []],
    [{ type: 'Container', default: { storage: 1 } }, [`${AT}.default[storage]`]],
    [{ type: 'Pod', default: { cpu: 1 } }, [`${AT}.default`]],
    [{ type: 'PersistentVolumeClaim' }, [`${AT}.limits`]],
    [{ type: 'PersistentVolumeClaim', max: { storage: '1Ti' } }, []],
    [{ type: 'pod' }, [`${AT}.type`]],
    [{ type: 'Pod', maxLimitRequestRatio: { cpu: '500m' } }, [`${AT}.maxLimitRequestRatio[cpu]`]],
    [{ type: 'Pod', min: { cpu: 1 }, max: { cpu: 2 }, maxLimitRequestRatio: { cpu: 3 } }, [`${AT}.maxLimitRequestRatio[cpu]`]],
  ])('%j', (limit, expected) => expect([...new Set(refusals(object('v1', 'LimitRange', { spec: { limits: [limit] } })))]).toEqual(expected));
});

describe('PriorityClass', () => {
  const priority = (rest: any, name = 'a'): any => object('scheduling.k8s.io/v1', 'PriorityClass', rest, { name });

  test.each([
    [{ value: 1_000_000_000 }, 'a', []],
    [{ value: 1_000_000_001 }, 'a', ['value']],
    [{ value: 1 }, 'system-a', ['metadata.name']],
    [{ value: 2_000_000_000 }, 'system-cluster-critical', []],
    [{ preemptionPolicy: '' }, 'a', ['preemptionPolicy']],
  ])('%j %s', (rest, name, paths) => expect(refusals(priority(rest, name))).toEqual(paths.map(path => `priority-class ${path}`)));

  test('one of all is the default', () => {
    const classes = [priority({ globalDefault: true }, 'a'), priority({ globalDefault: false }, 'b'), priority({ globalDefault: true }, 'c')];
    expect(linesOf(findingsIn(classes), 'api/default-priority')).toEqual(['globalDefault | false beside PriorityClass a | true']);
    const found = findingsIn([classes[2]], { external: [classes[0]] });
    expect(linesOf(found, 'api/default-priority')).toHaveLength(1);
    expect(refusals([classes[0], classes[0]])).not.toContain('default-priority globalDefault');
  });
});

test.each([
  [{ minAvailable: '50%' }, []],
  [{ minAvailable: 1, maxUnavailable: 1 }, ['spec']],
  [{ maxUnavailable: '101%' }, ['spec.maxUnavailable']],
  [{ maxUnavailable: '1' }, ['spec.maxUnavailable']],
  [{ unhealthyPodEvictionPolicy: 'Always' }, ['spec.unhealthyPodEvictionPolicy']],
])('PodDisruptionBudget %j', (spec, paths) => {
  expect(refusals(object('policy/v1', 'PodDisruptionBudget', { spec }))).toEqual(paths.map(path => `disruption-budget ${path}`));
});

describe('NetworkPolicy', () => {
  const IN = 'spec.ingress[0]';

  test.each([
    [{ from: [{ podSelector: {} }, { podSelector: {}, namespaceSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }, []],
    [{ from: [{}] }, [`network-peer ${IN}.from[0]`]],
    [{ from: [{ ipBlock: {} }] }, [`network-peer ${IN}.from[0].ipBlock.cidr`]],
    [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8', '11.0.0.0/16', '2001:db8::/64'] } }] }, [0, 1, 2].map(i => `network-peer ${IN}.from[0].ipBlock.except[${i}]`)],
    [{ ports: [{ port: 80, endPort: 80 }, { port: 'http' }, { protocol: 'SCTP' }] }, []],
    [{ ports: [{ port: 80, endPort: 79 }] }, [`network-port ${IN}.ports[0].endPort`]],
    [{ ports: [{ port: 'http', endPort: 80 }] }, [`network-port ${IN}.ports[0].endPort`]],
    [{ ports: [{ endPort: 80 }] }, [`network-port ${IN}.ports[0].endPort`]],
    [{ ports: [{ port: '80' }] }, [`network-port ${IN}.ports[0].port`]],
    [{ ports: [{ protocol: '' }] }, [`network-port ${IN}.ports[0].protocol`]],
    [{ from: [{ podSelector: { matchLabels: { a: 'b c' } } }] }, [`label-selector ${IN}.from[0].podSelector.matchLabels`]],
  ])('%j', (rule, expected) => expect(refusals(object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ingress: [rule] } }))).toEqual(expected));
});

describe('access', () => {
  const RBAC = 'rbac.authorization.k8s.io';

  test.each([
    ['Role', { verbs: ['get'], apiGroups: [''], resources: ['pods'] }, []],
    ['Role', { verbs: ['get'], resources: ['pods'] }, ['rules[0].apiGroups']],
    ['Role', {}, ['rules[0].verbs', 'rules[0].apiGroups', 'rules[0].resources']],
    ['Role', { verbs: ['get'], nonResourceURLs: ['/metrics'] }, ['rules[0].nonResourceURLs']],
    ['ClusterRole', { verbs: ['get'], nonResourceURLs: ['/metrics'] }, []],
    ['ClusterRole', { verbs: ['get'], nonResourceURLs: ['/metrics'], resources: ['pods'] }, ['rules[0].nonResourceURLs']],
  ])('%s %j', (kind, rule, paths) => {
    expect(refusals(object(`${RBAC}/v1`, kind, { rules: [rule] }))).toEqual(paths.map(path => `role-rule ${path}`));
  });

  test.each([
    ['RoleBinding', { kind: 'Role', name: 'r' }, { kind: 'ServiceAccount', name: 's' }, []],
    ['ClusterRoleBinding', { kind: 'ClusterRole', name: 'r' }, { kind: 'ServiceAccount', name: 's' }, ['subjects[0].namespace']],
    ['ClusterRoleBinding', { kind: 'Role', name: 'r' }, { kind: 'User', name: 'ann@acme.io' }, ['roleRef.kind']],
    ['RoleBinding', { kind: 'Role', name: '', apiGroup: 'rbac' }, { kind: 'Team' }, ['roleRef.apiGroup', 'roleRef.name', 'subjects[0].name', 'subjects[0].kind']],
    ['RoleBinding', { kind: 'Role', name: 'r' }, { kind: 'ServiceAccount', name: 'A', apiGroup: RBAC }, ['subjects[0].apiGroup', 'subjects[0].name']],
  ])('%s of %j', (kind, roleRef, subject, paths) => {
    expect(refusals(object(`${RBAC}/v1`, kind, { roleRef, subjects: [subject] }))).toEqual(paths.map(path => `role-binding ${path}`));
  });
});

describe('Ingress', () => {
  const backend = { service: { name: 'api', port: { number: 80 } } };
  const ingress = (rule: any, rest: any = {}): any => object('networking.k8s.io/v1', 'Ingress', { spec: { rules: [rule], ...rest } });
  const paths = (path: any): any => ({ http: { paths: [{ pathType: 'Prefix', path: '/', backend, ...path }] } });
  const AT = 'spec.rules[0].http.paths[0]';

  test.each([
    [paths({}), []],
    [{ host: '*.acme.io' }, []],
    [{ host: '10.0.0.1' }, ['ingress-rule spec.rules[0].host']],
    [{ host: 'a.*.io' }, ['ingress-rule spec.rules[0].host']],
    [{ http: {} }, ['ingress-rule spec.rules[0].http.paths']],
    [paths({ pathType: undefined }), [`ingress-rule ${AT}.pathType`]],
    [paths({ path: 'a' }), [`ingress-rule ${AT}.path`]],
    [paths({ path: '/a/../b' }), [`ingress-rule ${AT}.path`]],
    [paths({ path: '/a//b', pathType: 'ImplementationSpecific' }), []],
    [paths({ path: undefined, pathType: 'ImplementationSpecific' }), []],
    [paths({ backend: {} }), [`ingress-backend ${AT}.backend`]],
    [paths({ backend: { ...backend, resource: { kind: 'Bucket', name: 'b' } } }), [`ingress-backend ${AT}.backend`]],
    [paths({ backend: { service: { name: 'api', port: { name: 'http', number: 80 } } } }), [`ingress-backend ${AT}.backend`]],
    [paths({ backend: { service: { name: 'a.b', port: { name: 'HTTP' } } } }), [`ingress-backend ${AT}.backend.service.name`, `ingress-backend ${AT}.backend.service.port.name`]],
  ])('%j', (rule, expected) => expect(refusals(ingress(rule))).toEqual(expected));

  test('a Service of a digit is known from 1.36', () => {
    const rule = paths({ backend: { service: { name: '1a', port: { number: 80 } } } });
    expect([KubernetesVersion.V1_35, KubernetesVersion.V1_36].map(target => refusals(ingress(rule), target).length)).toEqual([1, 0]);
  });

  test('routes something, by one class', () => {
    expect(refusals(object('networking.k8s.io/v1', 'Ingress', { spec: {} }))).toEqual(['ingress-rule spec']);
    const annotated = object('networking.k8s.io/v1', 'Ingress', { spec: { defaultBackend: backend, ingressClassName: 'nginx' } }, { annotations: { 'kubernetes.io/ingress.class': 'alb' } });
    expect(refusals(annotated)).toEqual(['ingress-rule annotations.kubernetes.io/ingress.class']);
  });
});

describe('HorizontalPodAutoscaler', () => {
  const scaler = (spec: any, version = 'v2'): any =>
    object(`autoscaling/${version}`, 'HorizontalPodAutoscaler', { spec: { maxReplicas: 4, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' }, ...spec } });
  const cpu = (target: any): any => ({ metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }] });
  const AT = 'autoscaler-metric spec.metrics[0]';

  test.each([
    [{}, []],
    [{ minReplicas: 0 }, ['autoscaler spec.minReplicas']],
    [{ minReplicas: 5 }, ['autoscaler spec.maxReplicas']],
    [{ maxReplicas: undefined }, ['autoscaler spec.maxReplicas']],
    [{ scaleTargetRef: { kind: 'Deployment', name: 'api' } }, ['autoscaler spec.scaleTargetRef.apiVersion']],
    [{ scaleTargetRef: { kind: 'ReplicationController', name: 'api' } }, []],
    [cpu({ type: 'Utilization', averageUtilization: 0 }), [`${AT}.resource.target.averageUtilization`]],
    [cpu({ type: 'AverageValue', averageValue: '0' }), [`${AT}.resource.target.averageValue`]],
    [cpu({ type: 'Percent', averageValue: 1 }), [`${AT}.resource.target.type`]],
    [{ metrics: [{ type: 'Pods' }] }, [`${AT}.pods`]],
    [{ metrics: [{ type: 'Pods', resource: { name: 'cpu', target: { type: 'Value', averageValue: 1 } } }] }, [`${AT}.pods`]],
    [{ behavior: { scaleUp: { policies: [] } } }, ['autoscaler spec.behavior.scaleUp.policies']],
    [{ behavior: { scaleUp: { stabilizationWindowSeconds: 3601 } } }, ['autoscaler spec.behavior.scaleUp.stabilizationWindowSeconds']],
    [{ behavior: { scaleDown: { policies: [{ type: 'Pods', value: 0, periodSeconds: 1801 }] } } },
      ['autoscaler spec.behavior.scaleDown.policies[0].value', 'autoscaler spec.behavior.scaleDown.policies[0].periodSeconds']],
  ])('%j', (spec, expected) => expect(refusals(scaler(spec))).toEqual(expected));

  test('the version of what is scaled is looked at since 1.34', () => {
    const unversioned = scaler({ scaleTargetRef: { kind: 'Deployment', name: 'api' } });
    expect([KubernetesVersion.V1_33, KubernetesVersion.V1_34].map(target => refusals(unversioned, target).length)).toEqual([0, 1]);
  });

  test('of version 1', () => {
    expect(refusals(scaler({ targetCPUUtilizationPercentage: 0 }, 'v1'))).toEqual([`${AT}.resource.target.averageUtilization`]);
  });
});

test.each([
  [{}, ['endpoints subsets[0]']],
  [{ notReadyAddresses: [{ ip: '10.0.0.1' }] }, []],
  [{ addresses: [{ ip: '127.0.0.1', hostname: 'a.b', nodeName: '' }] },
    ['ip-address subsets[0].addresses[0].ip', 'endpoints subsets[0].addresses[0].hostname', 'endpoints subsets[0].addresses[0].nodeName']],
  [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 1 }, { port: 0, name: 'b' }] }, ['endpoints subsets[0].ports[0].name', 'endpoints subsets[0].ports[1].port']],
])('Endpoints %j', (subset, expected) => expect(refusals(object('v1', 'Endpoints', { subsets: [subset] }))).toEqual(expected));

test('Namespace and RuntimeClass', () => {
  expect(refusals(object('v1', 'Namespace', { spec: { finalizers: ['kubernetes', 'mine'] } }))).toEqual(['finalizer spec.finalizers']);
  expect(refusals(object('node.k8s.io/v1', 'RuntimeClass', { handler: 'a.b', scheduling: { nodeSelector: { a: 'b c' } } }))).toEqual([
    'runtime-handler handler', 'label scheduling.nodeSelector',
  ]);
});
