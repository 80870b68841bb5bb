import { describe, expect, test } from 'vitest';
import { Outcome, Severity } from '../../../../lib';
import { errorsIn, findingsIn, linesOf } from '../../../support/checker';
import { claim, controller, object, pod, podSpec } from './bundles';

const EMPTY = podSpec({ volumes: [] }, { volumeMounts: [] });
const withEnv = (valueFrom: object): any => podSpec({ volumes: [] }, { volumeMounts: [], env: [{ name: 'A', valueFrom }] });
const withVolume = (source: object): any => ({ ...EMPTY, volumes: [{ name: 'v', ...source }] });
const CONFIG = object('v1', 'ConfigMap', 'config', { data: { epochs: '90' }, binaryData: { blob: 'AA==' } });
const SECRET = object('v1', 'Secret', 'hub', { data: { token: 'eA==' }, stringData: { user: 'x' } });

describe('what is missing', () => {
  const references: [string, string, object, string][] = [
    ['claim', 'chain/claim-missing', podSpec(), 'spec.volumes[0].persistentVolumeClaim.claimName'],
    ['ConfigMap of a volume', 'chain/config-map-missing', withVolume({ configMap: { name: 'x' } }), 'spec.volumes[0].configMap.name'],
    ['Secret of a volume', 'chain/secret-missing', withVolume({ secret: { secretName: 'x' } }), 'spec.volumes[0].secret.secretName'],
    ['projected ConfigMap', 'chain/config-map-missing', withVolume({ projected: { sources: [{ configMap: { name: 'x' } }] } }), 'spec.volumes[0].projected.sources[0].configMap.name'],
    ['projected Secret', 'chain/secret-missing', withVolume({ projected: { sources: [{ secret: { name: 'x' } }] } }), 'spec.volumes[0].projected.sources[0].secret.name'],
    ['Secret of an inline volume', 'chain/secret-missing', withVolume({ csi: { driver: 'd', nodePublishSecretRef: { name: 'x' } } }), 'spec.volumes[0].csi.nodePublishSecretRef.name'],
    ['variable of a ConfigMap', 'chain/config-map-missing', withEnv({ configMapKeyRef: { name: 'x', key: 'k' } }), 'spec.containers[0].env[0].valueFrom.configMapKeyRef.name'],
    ['variable of a Secret', 'chain/secret-missing', withEnv({ secretKeyRef: { name: 'x', key: 'k' } }), 'spec.containers[0].env[0].valueFrom.secretKeyRef.name'],
    ['all of a ConfigMap', 'chain/config-map-missing', podSpec({ volumes: [] }, { volumeMounts: [], envFrom: [{ configMapRef: { name: 'x' } }] }), 'spec.containers[0].envFrom[0].configMapRef.name'],
    ['all of a Secret', 'chain/secret-missing', podSpec({ volumes: [] }, { volumeMounts: [], envFrom: [{ secretRef: { name: 'x' } }] }), 'spec.containers[0].envFrom[0].secretRef.name'],
    ['ServiceAccount', 'chain/service-account-missing', { ...EMPTY, serviceAccountName: 'x' }, 'spec.serviceAccountName'],
    ['PriorityClass', 'chain/priority-class-missing', { ...EMPTY, priorityClassName: 'x' }, 'spec.priorityClassName'],
    ['RuntimeClass', 'chain/runtime-class-missing', { ...EMPTY, runtimeClassName: 'x' }, 'spec.runtimeClassName'],
    ['ResourceClaim', 'chain/resource-claim-missing', { ...EMPTY, resourceClaims: [{ name: 'g', resourceClaimName: 'x' }] }, 'spec.resourceClaims[0].resourceClaimName'],
  ];

  test.each(references)('%s', (_, rule, spec, path) => {
    const [open] = findingsIn([pod('p', spec)]).filter(({ ruleId }) => ruleId === rule);
    expect(open).toMatchObject({ outcome: Outcome.UNRESOLVED, severity: Severity.INFO, path });
    const [closed] = errorsIn([pod('p', spec)], { assumeComplete: true }).filter(({ ruleId }) => ruleId === rule);
    expect(closed).toMatchObject({ name: 'p', path });
    expect(errorsIn([controller('StatefulSet', 's', {}, spec)], { assumeComplete: true }).filter(({ ruleId }) => ruleId === rule)[0])
      .toMatchObject({ name: 's', path: path.replace('spec.', 'spec.template.spec.') });
  });

  test('is a warning while no pod is made of it, and of the Secret for images', () => {
    const [idle] = findingsIn([controller('Deployment', 'd', { replicas: 0 })], { assumeComplete: true }).filter(({ ruleId }) => ruleId === 'chain/claim-missing');
    expect(idle.severity).toBe(Severity.WARNING);
    expect(errorsIn([pod('p', { ...EMPTY, imagePullSecrets: [{ name: 'x' }] })], { assumeComplete: true })).toEqual([]);
  });
});

describe('what is there', () => {
  test.each<[string, object, object[]]>([
    ['the account default', { ...EMPTY, serviceAccountName: 'default' }, []],
    ['priority classes of the system', { ...EMPTY, priorityClassName: 'system-node-critical' }, []],
    ['the certificates of the cluster', withVolume({ configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca' }] } }), []],
    ['what is optional', withEnv({ secretKeyRef: { name: 'x', key: 'k', optional: true } }), []],
    ['an optional volume', withVolume({ configMap: { name: 'x', optional: true, items: [{ key: 'k', path: 'p' }] } }), []],
    ['a claim of a StatefulSet', podSpec({}, {}, { claimName: 'ckpt-train-1' }), [controller('StatefulSet', 'train', {
      replicas: 2, serviceName: 'x', volumeClaimTemplates: [{ metadata: { name: 'ckpt' }, spec: claim('x', 'ReadWriteMany').spec }],
    }, EMPTY)]],
    ['the claim of an ephemeral volume', podSpec({}, {}, { claimName: 'maker-scratch', readOnly: true }), [
      pod('maker', { ...EMPTY, volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: claim('x', 'ReadWriteMany').spec } } }] }),
    ]],
    ['a Secret that an operator makes', withEnv({ secretKeyRef: { name: 'hub', key: 'token' } }), [
      object('external-secrets.io/v1', 'ExternalSecret', 'x', { spec: { target: { name: 'hub' } } }),
    ]],
  ])('%s', (_, spec, others) => {
    const found = findingsIn([pod('p', spec), ...others], { assumeComplete: true });
    expect(found.filter(({ ruleId }) => ruleId.endsWith('-missing') && !/class|service-missing/.test(ruleId))).toEqual([]);
  });

  test('outside, where it is declared', () => {
    const spec = { ...withEnv({ secretKeyRef: { name: 'hub', key: 'any' } }), serviceAccountName: 'trainer', priorityClassName: 'high' };
    expect(findingsIn([pod('p', spec)], { assumeComplete: true, external: ['Secret/ml/hub', 'ServiceAccount/ml/trainer', 'PriorityClass/high'] })).toEqual([]);
  });
});

describe('of another namespace', () => {
  const bundle = (namespace?: string): object[] => [
    pod('p', withEnv({ secretKeyRef: { name: 'hub', key: 'token' } })), { ...SECRET, metadata: { name: 'hub', namespace } },
  ];

  test('is said to be there, and is a violation', () => {
    const [found] = errorsIn(bundle('data'));
    expect(found).toMatchObject({ ruleId: 'chain/secret-missing', expected: 'a Secret "hub" in namespace "ml"', found: 'one in namespace "data"' });
  });

  test('is not decided where none is written', () => {
    expect(findingsIn(bundle())[0]).toMatchObject({ outcome: Outcome.UNRESOLVED, found: 'one without a namespace' });
    expect(errorsIn(bundle(), { assumeComplete: true })).toHaveLength(1);
  });
});

test('a misspelt name is mended', () => {
  expect(findingsIn([pod('p', podSpec({}, {}, { claimName: 'datta' })), claim('data', 'ReadWriteMany')]).find(({ ruleId }) => ruleId === 'chain/claim-missing')!.fix)
    .toBe('did you mean "data"?');
});

describe('keys', () => {
  test.each<[string, object, string[]]>([
    ['of data, binaryData and stringData', { ...EMPTY, volumes: [
      { name: 'a', configMap: { name: 'config', items: [{ key: 'epochs', path: 'e' }, { key: 'blob', path: 'b' }] } },
      { name: 'b', secret: { secretName: 'hub', items: [{ key: 'token', path: 't' }, { key: 'user', path: 'u' }] } },
    ] }, []],
    ['that nobody has', { ...EMPTY, volumes: [{ name: 'a', configMap: { name: 'config', items: [{ key: 'epoch', path: 'e' }] } }] }, ['spec.volumes[0].configMap.items[0].key']],
    ['of a projected source', withVolume({ projected: { sources: [{ secret: { name: 'hub', items: [{ key: 'x', path: 'x' }] } }] } }), ['spec.volumes[0].projected.sources[0].secret.items[0].key']],
    ['that are names of JavaScript', withEnv({ configMapKeyRef: { name: 'config', key: 'constructor' } }), ['spec.containers[0].env[0].valueFrom.configMapKeyRef.key']],
    ['that are optional', withEnv({ configMapKeyRef: { name: 'config', key: 'x', optional: true } }), []],
  ])('%s', (_, spec, paths) => {
    expect(errorsIn([CONFIG, SECRET, pod('p', spec)]).map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual(paths.map(path => `chain/key-missing ${path}`));
  });

  test('of a Secret that is filled later are not known', () => {
    const spec = withEnv({ secretKeyRef: { name: 'hub', key: 'token' } });
    expect(findingsIn([{ ...SECRET, data: undefined, stringData: undefined }, pod('p', spec)])[0]).toMatchObject({ outcome: Outcome.UNRESOLVED });
    const token = object('v1', 'Secret', 'hub', { type: 'kubernetes.io/service-account-token' }, { annotations: { 'kubernetes.io/service-account.name': 'default' } });
    expect(findingsIn([token, pod('p', spec)], { assumeComplete: true })).toEqual([]);
  });
});

describe('objects of operators', () => {
  const trainJob = (runtimeRef: object): object => object('trainer.kubeflow.org/v1alpha1', 'TrainJob', 'llm', { spec: { runtimeRef } });

  test.each<[string, object, string]>([
    ['a ClusterTrainingRuntime', { name: 'torch' }, 'a ClusterTrainingRuntime "torch"'],
    ['a TrainingRuntime', { name: 'torch', kind: 'TrainingRuntime' }, 'a TrainingRuntime "torch" in namespace "ml"'],
  ])('%s', (_, ref, expected) => {
    expect(errorsIn([trainJob(ref)], { assumeComplete: true })).toMatchObject([{ ruleId: 'chain/training-runtime-missing', expected }]);
    expect(errorsIn([trainJob(ref)], { assumeComplete: true, external: ['ClusterTrainingRuntime/torch', 'TrainingRuntime/ml/torch'] })).toEqual([]);
  });

  test('queues of Kueue, down to the flavors', () => {
    const queue = object('kueue.x-k8s.io/v1beta1', 'LocalQueue', 'gpu', { spec: { clusterQueue: 'all' } });
    const cluster = object('kueue.x-k8s.io/v1beta1', 'ClusterQueue', 'all', { spec: { resourceGroups: [{ flavors: [{ name: 'a100' }] }] } }, { namespace: undefined });
    const job = controller('Job', 'train', { suspend: true }, EMPTY, { labels: { 'kueue.x-k8s.io/queue-name': 'gpu', 'kueue.x-k8s.io/priority-class': 'high' } });
    expect(linesOf(errorsIn([job, queue, cluster], { assumeComplete: true }), 'chain/queue-missing')).toEqual([
      'metadata.labels[kueue.x-k8s.io/priority-class] | a WorkloadPriorityClass "high" | none of this name',
      'spec.resourceGroups[0].flavors[0].name | a ResourceFlavor "a100" | none of this name',
    ]);
  });
});

describe('the bundle as a whole', () => {
  test('an object that comes twice is told, and worse where the two differ', () => {
    const other = { ...CONFIG, data: { epochs: '120' } };
    expect(findingsIn([CONFIG, other])).toMatchObject([{ ruleId: 'out/duplicate-object', severity: Severity.ERROR, expected: 'one ConfigMap config in namespace ml', found: 'an earlier one again' }]);
    expect(findingsIn([CONFIG, structuredClone(CONFIG)])).toMatchObject([{ severity: Severity.WARNING, found: 'an earlier one again, word for word' }]);
  });

  test.each<[string, object[]]>([
    ['another namespace', [CONFIG, { ...CONFIG, metadata: { name: 'config', namespace: 'other' } }]],
    ['another kind', [CONFIG, { ...SECRET, metadata: CONFIG.metadata }]],
    ['another group', [object('example.com/v1', 'Job', 'a'), controller('Job', 'a', {}, EMPTY)]],
    ['names that the server makes', [1, 2].map(() => ({ ...CONFIG, metadata: { generateName: 'config-', namespace: 'ml' } }))],
  ])('%s is another object', (_, bundle) => {
    expect(linesOf(findingsIn(bundle), 'out/duplicate-object')).toEqual([]);
  });

  test('versions of one group are one', () => {
    const jobs = ['batch/v1', 'batch/v1beta1'].map(apiVersion => ({ ...controller('Job', 'a', {}, EMPTY), apiVersion }));
    expect(findingsIn(jobs).map(({ ruleId }) => ruleId)).toContain('out/duplicate-object');
  });

  test('a namespace that is missing is told once, where the bundle has namespaces at all', () => {
    const rule = 'chain/namespace-missing';
    const home = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'mll' } };
    expect(linesOf(findingsIn([CONFIG, SECRET], { assumeComplete: true }), rule)).toEqual([]);
    expect(findingsIn([home, CONFIG, SECRET], { assumeComplete: true }).filter(({ ruleId }) => ruleId === rule)).toMatchObject([{ fix: 'did you mean "mll"?', severity: Severity.WARNING }]);
    expect(linesOf(findingsIn([home, CONFIG], { assumeComplete: true, external: ['Namespace/ml'] }), rule)).toEqual([]);
  });
});
