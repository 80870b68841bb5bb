import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../../support/checker';
import { podOf, refusals, templateOf } from './pods';

test.each([
  [{}, ['operator']], [{ operator: 'Exists' }, []], [{ key: 'a', operator: 'Exists', value: 'b' }, ['operator']], [{ key: 'a', value: 'b c' }, ['operator']],
  [{ key: 'a', operator: 'Gt', value: '5' }, ['operator']], [{ key: 'a b', operator: 'Exists' }, ['key']],
  [{ key: 'a', operator: 'Exists', effect: 'NoRun' }, ['effect']], [{ key: 'a', operator: 'Exists', tolerationSeconds: 5 }, ['effect']],
  [{ key: 'a', operator: 'Exists', tolerationSeconds: 5, effect: 'NoExecute' }, []], [{ value: 'b c', effect: 'NoRun' }, ['operator', 'operator', 'effect']],
])('the toleration %j', (toleration, fields) => {
  expect(refusals(podOf({}, { tolerations: [toleration] }))).toEqual(fields.map(field => `api/toleration spec.tolerations[0].${field}`));
});

describe('affinity', () => {
  const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
  const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
  const TERMS = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
  const nodes = (...nodeSelectorTerms: object[]): object => ({ affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms } } } });

  test.each([
    [{ key: 'zone', operator: 'In', values: [] }, 'values'], [{ key: 'zone', operator: 'Exists', values: ['a'] }, 'values'],
    [{ key: 'memory', operator: 'Gt', values: ['1', '2'] }, 'values'], [{ key: 'zone', operator: '=', values: ['a'] }, 'operator'],
    [{ key: 'a b', operator: 'Exists' }, 'key'], [{ key: 'zone', operator: 'In', values: ['a', 'b c'] }, 'values[1]'],
  ])('to nodes: %j', (expression, field) => {
    expect(refusals(podOf({}, nodes({ matchExpressions: [expression] })))).toEqual([`api/node-selector ${TERMS}[0].matchExpressions[0].${field}`]);
  });

  test('a node selector is mended by what labels of nodes can be', () => {
    const found = findingsIn([podOf({}, { nodeSelector: { pool: 'a b' } })]).find(({ ruleId }) => ruleId === 'api/node-selector');
    expect(found?.fix).toMatch(/^write keys and values as labels of nodes have them/);
  });

  test('to nodes needs terms, and looks at values since 1.33', () => {
    expect(refusals(podOf({}, nodes()))).toEqual([`api/node-selector ${TERMS}`]);
    const spec = nodes({ matchExpressions: [{ key: 'zone', operator: 'In', values: ['b c'] }] });
    expect(refusals(podOf({}, spec), 33)).toHaveLength(1);
    expect(refusals(podOf({}, spec), 32)).toEqual([]);
  });

  test('to nodes by field: only the name', () => {
    const of = (field: object): string[] => refusals(podOf({}, nodes({ matchFields: [field] })));
    expect(of({ key: 'metadata.name', operator: 'In', values: ['gpu-1'] })).toEqual([]);
    expect(of({ key: 'metadata.name', operator: 'Exists' })).toEqual([`api/node-selector ${TERMS}[0].matchFields[0].operator`]);
    expect(of({ key: 'spec.unschedulable', operator: 'In', values: ['true'] })).toEqual([`api/node-selector ${TERMS}[0].matchFields[0].key`]);
  });

  test('that is only preferred has a weight from 1 to 100, and any value', () => {
    const of = (weight: number): string[] => refusals(podOf({}, {
      affinity: { nodeAffinity: { [PREFERRED]: [{ weight, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b c'] }] } }] } },
    }));
    expect(of(100)).toEqual([]);
    for (const weight of [0, 101]) expect(of(weight)).toEqual([`api/node-selector spec.affinity.nodeAffinity.${PREFERRED}[0].weight`]);
  });

  test('to pods has a topology key and possible namespaces', () => {
    const term = { namespaces: ['ML'], labelSelector: { matchLabels: { 'a b': 'c' } } };
    const path = `spec.affinity.podAffinity.${REQUIRED}[0]`;
    expect(refusals(podOf({}, { affinity: { podAffinity: { [REQUIRED]: [term] } } }))).toEqual([
      `api/label-selector ${path}.labelSelector.matchLabels`, `api/pod-affinity ${path}.namespace`, `api/pod-affinity ${path}.topologyKey`,
    ]);
  });
});

describe('spreading', () => {
  const sound = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'trainer' } } };
  const PATH = 'spec.topologySpreadConstraints[0]';

  test.each([
    [{ maxSkew: 0 }, 'maxSkew'], [{ topologyKey: '' }, 'topologyKey'], [{ whenUnsatisfiable: 'Never' }, 'whenUnsatisfiable'], [{ minDomains: 0 }, 'minDomains'],
    [{ minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }, 'minDomains'], [{ nodeTaintsPolicy: 'honor' }, 'nodeTaintsPolicy'],
    [{ matchLabelKeys: ['a b'] }, 'matchLabelKeys[0]'],
  ])('%j is refused', (change, field) => {
    expect(refusals(podOf({}, { topologySpreadConstraints: [{ ...sound, ...change }] }))).toEqual([`api/topology-spread ${PATH}.${field}`]);
  });

  test('in the same way twice is refused at the first', () => {
    expect(refusals(podOf({}, { topologySpreadConstraints: [sound, { ...sound, maxSkew: 2 }] }))).toEqual([
      `api/topology-spread ${PATH}.{topologyKey, whenUnsatisfiable}`,
    ]);
  });

  test('by a label that the selector has as well: of a bare Pod since 1.34, of every template before', () => {
    const spec = { topologySpreadConstraints: [{ ...sound, matchLabelKeys: ['app'] }] };
    const metadata = { labels: { app: 'trainer' } };
    expect(refusals(podOf({}, spec, metadata))).toEqual([`api/topology-spread ${PATH}[0]`]);
    expect(refusals(podOf({}, spec))).toEqual([]);
    expect(refusals(templateOf('Deployment', {}, spec))).toEqual([]);
    expect(refusals(templateOf('Deployment', {}, spec), 33)).toEqual(['api/topology-spread spec.template.spec.topologySpreadConstraints[0].matchLabelKeys[0]']);
  });
});

test('gates have qualified names, are there once, and hold no pod that has a node', () => {
  const schedulingGates = [{ name: 'acme.io/quota' }, { name: 'acme.io/quota' }, { name: 'a b' }];
  expect(refusals(podOf({}, { schedulingGates, nodeName: 'gpu-1', readinessGates: [{ conditionType: '' }] }))).toEqual([
    'api/pod-gate spec.readinessGates[0].conditionType', 'api/pod-gate spec.schedulingGates[2]', 'api/pod-gate spec.schedulingGates[1]',
    'api/pod-gate spec.nodeName',
  ]);
});

describe('network', () => {
  test.each([
    [{ dnsPolicy: 'None' }, ['']], [{ dnsPolicy: 'None', dnsConfig: {} }, ['.nameservers']], [{ dnsConfig: { nameservers: ['dns.acme.io'] } }, ['.nameservers[0]']],
    [{ dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } }, ['.nameservers']], [{ dnsConfig: { options: [{ value: '2' }] } }, ['.options[0]']],
    [{ dnsConfig: { searches: Array.from({ length: 33 }, () => 'a.b') } }, ['.searches']],
    [{ dnsConfig: { searches: Array.from({ length: 11 }, () => `${'x'.repeat(200)}.y`) } }, ['.searches']],
    [{ dnsConfig: { searches: ['acme.io.', 'a..b', '-a'] } }, ['.searches[1]', '.searches[2]']],
  ])('%j is refused', (spec, paths) => {
    expect(refusals(podOf({}, spec))).toEqual(paths.map(path => `api/dns-config spec.dnsConfig${path}`));
  });

  test('search domains may have underscores since 1.33', () => {
    const manifest = podOf({}, { dnsConfig: { searches: ['_tcp.acme.io', '.'] } });
    expect(refusals(manifest, 32)).toHaveLength(2);
    expect(refusals(manifest, 33)).toEqual([]);
  });

  test('addresses may not start numbers with zeros since 1.36', () => {
    const manifest = podOf({}, { hostAliases: [{ ip: '010.0.0.7', hostnames: ['store'] }] });
    expect(refusals(manifest, 35)).toEqual([]);
    expect(refusals(manifest)).toEqual(['api/host-alias spec.hostAliases[0].ip']);
  });

  test('a StatefulSet names its pods itself', () => {
    const spec = { hostname: 'Rank', subdomain: 'a.b' };
    expect(refusals(podOf({}, spec))).toEqual(['api/hostname spec.hostname', 'api/hostname spec.subdomain']);
    expect(refusals(templateOf('StatefulSet', {}, spec))).toEqual([]);
  });

  test.each([[{ hostNetwork: true }, 1], [{ setHostnameAsFQDN: true }, 1], [{ hostnameOverride: 'x'.repeat(65) }, 1], [{}, 0]])('a name in place of all others beside %j', (spec, count) => {
    const manifest = podOf({}, { hostnameOverride: 'rank-0.acme.io', ...spec });
    expect(refusals(manifest)).toHaveLength(count);
    expect(refusals(manifest, 34)).toEqual([]);
  });
});
