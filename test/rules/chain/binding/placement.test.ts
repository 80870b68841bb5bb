import { describe, expect, test } from 'vitest';
import { Severity } from '../../../../lib';
import { findingsIn, linesOf } from '../../../support/checker';
import { claim, errorsOf, inZone, localClass, pod, podSpec, statefulSet, storageClass, volume, volumeAt, zone, NAMESPACE } from './parts';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const waiting = (fields: object = {}) => storageClass('fast', { volumeBindingMode: 'WaitForFirstConsumer', ...fields });
const fast = (name: string, spec: object = {}) => claim(name, { storageClassName: 'fast', ...spec });
const local = (name: string) => claim(name, { storageClassName: 'local' });
const nvme = (name: string, host: string, spec: object = {}) => volumeAt(name, HOST, [host], { storageClassName: 'local', ...spec });
const required = (...nodeSelectorTerms: object[]) => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...values.length > 0 && { values } }],
});
const ofPod = ['chain/topology Pod/p'];

describe('a pod and a volume that is bound before', () => {
  const bundle = (spec: object, ...zones: string[]) => [volumeAt('a', ZONE, zones.length > 0 ? zones : ['a']), claim('data'), pod('p', ['data'], spec)];

  test.each<[string, object]>([
    ['anywhere', {}],
    ['by nodeSelector', inZone('a')],
    ['by affinity', required(expression(ZONE, 'In', 'a', 'b'))],
    ['by one of two terms', required(expression(ZONE, 'In', 'b'), expression(ZONE, 'Exists'))],
    ['not elsewhere', required(expression(ZONE, 'NotIn', 'b'))],
    ['by what says nothing of zones', { nodeSelector: { 'nvidia.com/gpu.product': 'H100' } }],
    ['by a number', required(expression('cores', 'Gt', '31'))],
    ['where one would rather not', { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: expression(ZONE, 'In', 'b') }] } } }],
  ])('meet %s', (_, spec) => expect(errorsOf(...bundle(spec))).toEqual([]));

  test.each<[string, object]>([
    ['nodeSelector', inZone('b')],
    ['affinity', required(expression(ZONE, 'In', 'b', 'c'))],
    ['each of two terms', required(expression(ZONE, 'In', 'b'), expression(ZONE, 'In', 'c'))],
    ['what it excludes', required(expression(ZONE, 'NotIn', 'a'))],
    ['a zone that must not be', required(expression(ZONE, 'DoesNotExist'))],
    ['the older name of the key', { nodeSelector: { 'failure-domain.beta.kubernetes.io/zone': 'b' } }],
    ["the driver's name of the key", { nodeSelector: { 'topology.ebs.csi.aws.com/zone': 'b' } }],
    ['a term of which one part fits', required({ matchExpressions: [expression(ZONE, 'In', 'a').matchExpressions[0], expression(ZONE, 'NotIn', 'a').matchExpressions[0]] })],
    ['a nodeSelector beside an affinity that fits', { ...inZone('b'), ...required(expression(ZONE, 'In', 'a', 'b')) }],
  ])('are kept apart by %s', (_, spec) => expect(errorsOf(...bundle(spec))).toEqual(ofPod));

  test('are kept apart by numbers', () => {
    const cores = (operator: string, value: string) => volume('a', { nodeAffinity: { required: { nodeSelectorTerms: [expression('cores', operator, value)] } } });
    expect(errorsOf(cores('Lt', '32'), claim('data'), pod('p', ['data'], required(expression('cores', 'Gt', '31'))))).toEqual(ofPod);
    expect(errorsOf(cores('Lt', '33'), claim('data'), pod('p', ['data'], required(expression('cores', 'Gt', '31'))))).toEqual([]);
    expect(errorsOf(cores('In', '16'), claim('data'), pod('p', ['data'], required(expression('cores', 'Gt', '31'))))).toEqual(ofPod);
  });

  test('are kept apart by the labels of the volume', () => {
    const labelled = volume('a', {}, { [ZONE]: 'a__b' });
    expect(errorsOf(labelled, claim('data'), pod('p', ['data'], inZone('b')))).toEqual([]);
    expect(errorsOf(labelled, claim('data'), pod('p', ['data'], inZone('c')))).toEqual(ofPod);
  });

  test('are told with both places', () => {
    expect(linesOf(findingsIn(bundle(inZone('b')), { assumeComplete: true }), 'chain/topology')).toEqual([
      'spec.volumes[0].persistentVolumeClaim.claimName | a place for the pod and for the PersistentVolume a, at topology.kubernetes.io/zone a | '
      + 'the pod, with its other volumes, at topology.kubernetes.io/zone b',
    ]);
  });
});

describe('one claim of two pods', () => {
  const shared = [localClass('static'), claim('data'), pod('p', ['data'], inZone('a'))];
  const other = (zoneName: string) => pod('q', ['data'], inZone(zoneName));

  test.each<[string, string[], any[]]>([
    ['in two zones, whichever volume it takes', ['chain/topology Pod/q'], [volumeAt('a', ZONE, ['a']), volumeAt('b', ZONE, ['b']), ...shared, other('b')]],
    ['in two zones, with a volume that is in both', [], [volumeAt('a', ZONE, ['a', 'b']), ...shared, other('b')]],
    ['in two zones, with another volume that would be in both', [], [volumeAt('a', ZONE, ['a']), volumeAt('b', ZONE, ['a', 'b']), ...shared, other('b')]],
    ['in one zone', [], [volumeAt('a', ZONE, ['a']), volumeAt('b', ZONE, ['b']), ...shared, other('a')]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(...bundle)).toEqual(errors));
});

describe('two volumes of one pod', () => {
  const named = (name: string, of: string) => claim(name, { volumeName: of });

  test('must be in one zone', () => {
    const claims = [named('x', 'a'), named('y', 'b')];
    expect(errorsOf(volumeAt('a', ZONE, ['a']), volumeAt('b', ZONE, ['b']), ...claims, pod('p', ['x', 'y']))).toEqual(ofPod);
    expect(errorsOf(volumeAt('a', ZONE, ['a']), volumeAt('b', ZONE, ['b', 'a']), ...claims, pod('p', ['x', 'y']))).toEqual([]);
  });

  test('must be on one node', () => {
    const claims = [localClass(), local('x'), local('y'), pod('p', ['x', 'y'])];
    expect(errorsOf(nvme('a', 'gpu-a'), nvme('b', 'gpu-b'), ...claims)).toEqual(ofPod);
    expect(errorsOf(nvme('a', 'gpu-a'), nvme('b', 'gpu-b'), nvme('c', 'gpu-b'), ...claims)).toEqual([]);
    expect(errorsOf(nvme('a', 'gpu-a'), ...claims)).toEqual(ofPod);
  });

  test('of two classes must be makeable in one zone', () => {
    const other = storageClass('slow', { volumeBindingMode: 'WaitForFirstConsumer', ...zone('b') });
    const bundle = [other, fast('x'), claim('y', { storageClassName: 'slow' }), pod('p', ['x', 'y'])];
    expect(errorsOf(waiting(zone('a')), ...bundle)).toEqual(ofPod);
    expect(errorsOf(waiting(zone('a', 'b')), ...bundle)).toEqual([]);
  });
});

describe('a class that makes volumes in some zones', () => {
  test.each<[string, object, string[]]>([
    ['in the zone of the pod', { ...zone('a') }, []],
    ['in another', { ...zone('b') }, ofPod],
    ['at once, in another', { ...zone('b'), volumeBindingMode: 'Immediate' }, ofPod],
    ['at once, in another, by a key that its driver does not know', {
      volumeBindingMode: 'Immediate', allowedTopologies: [{ matchLabelExpressions: [{ key: 'example.com/rack', values: ['r1'] }] }],
    }, []],
    ['at once, by a driver that nobody knows', { ...zone('b'), volumeBindingMode: 'Immediate', provisioner: 'csi.example.com' }, []],
  ])('%s', (_, fields, errors) => expect(errorsOf(waiting(fields), fast('data'), pod('p', ['data'], inZone('a')))).toEqual(errors));

  test('uses volumes that are there in others', () => {
    const bundle = [waiting(zone('b')), fast('data'), pod('p', ['data'], inZone('a'))];
    expect(errorsOf(volumeAt('a', ZONE, ['a'], { storageClassName: 'fast' }), ...bundle)).toEqual([]);
  });
});

const APART = {
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: HOST, labelSelector: { matchLabels: { app: 'p' } } }] } },
};

describe('local volumes', () => {
  test.each<[string, string[], any[]]>([
    ['one on the node of the pod', [], [nvme('a', 'gpu-a'), local('data'), pod('p', ['data'], { nodeSelector: { [HOST]: 'gpu-a' } })]],
    ['one on another node', ofPod, [nvme('a', 'gpu-a'), local('data'), pod('p', ['data'], { nodeSelector: { [HOST]: 'gpu-b' } })]],
    ['one that is too small', ['chain/no-volume Pod/p'], [nvme('a', 'gpu-a', { capacity: { storage: '1Gi' } }), local('data'), pod('p', ['data'])]],
    ['none', ['chain/no-volume Pod/p'], [local('data'), pod('p', ['data'])]],
    ['none, and nobody waits yet', [], [local('data')]],
    ['one of two on the right node', [], [nvme('a', 'gpu-a'), nvme('b', 'gpu-b'), local('data'), pod('p', ['data'], { nodeSelector: { [HOST]: 'gpu-b' } })]],
    ['one for each replica', [], [nvme('a', 'gpu-a'), nvme('b', 'gpu-b'), statefulSet('p', 2, { storageClassName: 'local' })]],
    ['one for two replicas', ['chain/volumes-too-few StatefulSet/p'], [nvme('a', 'gpu-a'), statefulSet('p', 2, { storageClassName: 'local' })]],
    ['two of one node for two replicas', [], [nvme('a', 'gpu-a'), nvme('b', 'gpu-a'), statefulSet('p', 2, { storageClassName: 'local' })]],
    ['two of one node for two replicas that keep apart', ['chain/volumes-too-few StatefulSet/p'], [
      nvme('a', 'gpu-a'), nvme('b', 'gpu-a'), statefulSet('p', 2, { storageClassName: 'local' }, APART),
    ]],
    ['two of two nodes for two replicas that keep apart', [], [
      nvme('a', 'gpu-a'), nvme('b', 'gpu-b'), statefulSet('p', 2, { storageClassName: 'local' }, APART),
    ]],
    ['two for two replicas that may be on one node only', ['chain/volumes-too-few StatefulSet/p'], [
      nvme('a', 'gpu-a'), nvme('b', 'gpu-b'), statefulSet('p', 2, { storageClassName: 'local' }, { nodeSelector: { [HOST]: 'gpu-a' } }),
    ]],
    ['two pods, one volume', ['chain/no-volume Pod/q'], [nvme('a', 'gpu-a'), local('x'), local('y'), pod('p', ['x']), pod('q', ['y'])]],
    ['two pods with one claim, on one node', [], [nvme('a', 'gpu-a'), local('x'), pod('p', ['x']), pod('q', ['x'])]],
    ['reserved, for a pod with nodeName', [], [
      nvme('a', 'gpu-a', { claimRef: { namespace: NAMESPACE, name: 'data' } }), local('data'), pod('p', ['data'], { nodeName: 'gpu-a' }),
    ]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(localClass(), ...bundle)).toEqual(errors));
});

describe('a pod that the scheduler never sees', () => {
  const on = { nodeName: 'gpu-a' };

  test.each<[string, string[], any[]]>([
    ['leaves its claim waiting', ['chain/node-name PersistentVolumeClaim/data'], [waiting(), fast('data'), pod('p', ['data'], on)]],
    ['leaves the claims of a template waiting', ['chain/node-name StatefulSet/train'], [waiting(), statefulSet('train', 2, { storageClassName: 'fast' }, on)]],
    ['uses what is bound at once', [], [waiting({ volumeBindingMode: 'Immediate' }), fast('data'), pod('p', ['data'], on)]],
    ['uses what another pod has asked for', [], [waiting(), fast('data'), pod('p', ['data'], on), pod('q', ['data'])]],
    ['uses a volume that the claim names', [], [waiting(), volume('a', { storageClassName: 'fast' }), fast('data', { volumeName: 'a' }), pod('p', ['data'], on)]],
  ])('%s', (_, errors, bundle) => expect(errorsOf(...bundle).filter(one => !one.startsWith('chain/one-node'))).toEqual(errors));
});

describe('volumes that are made before their pod is placed', () => {
  const zonal = (fields: object = {}) => waiting({ volumeBindingMode: 'Immediate', ...fields });
  const severities = (...bundle: any[]) => findingsIn(bundle).filter(({ ruleId }) => ruleId === 'chain/immediate-zonal').map(({ severity }) => severity);
  const warns = (...bundle: any[]) => severities(...bundle).includes(Severity.WARNING);

  test('may be where the pod cannot run', () => {
    expect(warns(zonal(), fast('data'), pod('p', ['data'], { nodeSelector: { pool: 'gpu' } }))).toBe(true);
    expect(warns(zonal(), fast('x'), fast('y'), pod('p', ['x', 'y']))).toBe(true);
  });

  test.each<[string, any[]]>([
    ['the pod may run anywhere', [zonal(), fast('data'), pod('p', ['data'])]],
    ['there is one zone', [zonal(zone('a')), fast('data'), pod('p', ['data'], { nodeSelector: { pool: 'gpu' } })]],
    ['they are reached from everywhere', [zonal({ provisioner: 'efs.csi.aws.com' }), fast('data'), pod('p', ['data'], { nodeSelector: { pool: 'gpu' } })]],
    ['they wait for the pod', [waiting(), fast('data'), pod('p', ['data'], { nodeSelector: { pool: 'gpu' } })]],
  ])('are where they should be if %s', (_, bundle) => expect(warns(...bundle)).toBe(false));

  test('are told of at the class, whoever uses it', () => {
    expect(severities(zonal())).toEqual([Severity.INFO]);
    expect(severities(zonal(zone('a')))).toEqual([]);
    expect(severities(waiting())).toEqual([]);
  });
});

test('a claim without a consumer is told, and warned of where something is to be copied from it', () => {
  const clone = fast('copy', { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data' } });
  const severities = (...bundle: any[]) => findingsIn(bundle).filter(({ ruleId, name }) => ruleId === 'chain/claim-without-consumer' && name === 'data').map(one => one.severity);
  expect(severities(waiting(), fast('data'))).toEqual(['info']);
  expect(severities(waiting(), fast('data'), clone, pod('p', ['copy']))).toEqual(['warning']);
  expect(severities(waiting(), fast('data'), pod('p', ['data']))).toEqual([]);
});

test('a pod whose own wishes exclude each other is nowhere', () => {
  expect(errorsOf(pod('p', [], { ...inZone('a'), ...required(expression(ZONE, 'In', 'b')) }))).toEqual(ofPod);
  expect(errorsOf(pod('p', [], { ...inZone('a'), ...required(expression(ZONE, 'Exists')) }))).toEqual([]);
});

test('a deployment is placed like a pod', () => {
  const deployment = {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'serve', namespace: NAMESPACE },
    spec: { selector: { matchLabels: { app: 's' } }, strategy: { type: 'Recreate' }, template: { metadata: { labels: { app: 's' } }, spec: { ...podSpec(['data']), ...inZone('b') } } },
  };
  expect(errorsOf(volumeAt('a', ZONE, ['a']), claim('data'), deployment)).toEqual(['chain/topology Deployment/serve']);
});
