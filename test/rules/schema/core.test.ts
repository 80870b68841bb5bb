import { describe, expect, test } from 'vitest';
import { KubernetesVersion, ManifestChecker } from '../../../lib';
import { findingsIn } from '../../support/checker';

const SHAPE = new Set(['api/object', 'api/version', 'api/unknown-field', 'api/type', 'api/integer', 'api/quantity', 'api/encoding']);

function shapeOf(manifest: any, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([manifest], { target })
    .filter(({ ruleId }) => SHAPE.has(ruleId))
    .map(({ ruleId, path, expected, found }) => `${ruleId} ${path} | ${expected} | ${found}`);
}

/** A pod of one container with `fields`. */
function pod(fields: any, more: any = {}): any {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'train', namespace: 'ml-training' },
    spec: { containers: [{ name: 'train', image: 'ghcr.io/acme/train:1.4.2', ...fields }], ...more },
  };
}

function withLimit(quantity: unknown): any {
  return pod({ resources: { limits: { memory: quantity } } });
}

const CONTAINER = 'spec.containers[0]';

describe('values of another type', () => {
  test.each<[string, any, string[]]>([
    ['text for a list', pod({ args: '--epochs=90' }), [`api/type ${CONTAINER}.args | a list | the text "--epochs=90"`]],
    ['a number for text', pod({ args: ['--epochs', 90] }), [`api/type ${CONTAINER}.args[1] | text | the number 90`]],
    ['a list for an object', pod({ resources: [] }), [`api/type ${CONTAINER}.resources | an object | a list`]],
    ['text for true', pod({ tty: 'yes' }), [`api/type ${CONTAINER}.tty | true or false | the text "yes"`]],
    ['a label that is a number', { ...pod({}), metadata: { name: 'train', labels: { epoch: 7 } } }, ['api/type metadata.labels[epoch] | text | the number 7']],
    ['metadata that is text', { ...pod({}), metadata: 'train' }, ['api/type metadata | an object | the text "train"']],
    ['a port that is text', pod({ ports: [{ containerPort: '80' }] }), [`api/type ${CONTAINER}.ports[0].containerPort | a whole number of at most 32 bits | the text "80"`]],
    ['true for a port', pod({ livenessProbe: { httpGet: { port: true } } }),
      [`api/type ${CONTAINER}.livenessProbe.httpGet.port | text or a whole number of at most 32 bits | true`]],
  ])('%s', (_, manifest, expected) => expect(shapeOf(manifest)).toEqual(expected));

  test('all of them are told at once, and what follows from them is not told', () => {
    const findings = findingsIn([pod({ name: 5, image: 6, ports: 'http' })]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['api/type', 'api/type', 'api/type']);
  });
});

describe('what to do about a value of another type', () => {
  const fixOf = (manifest: any): string[] => findingsIn([manifest]).filter(({ ruleId }) => ruleId === 'api/type').map(({ found, fix }) => `${found} | ${fix}`);

  test.each<[string, any, string]>([
    ['a port in quotes', pod({ ports: [{ containerPort: '80' }] }), 'the text "80" | take the quotes away: 80'],
    ['a port by its name', pod({ ports: [{ containerPort: 'http' }] }), 'the text "http" | write a number, without quotes'],
    ['a command on one line', pod({ command: 'python x.py' }), 'the text "python x.py" | write a list with an element for each word: ["python", "x.py"]'],
    ['a command for a shell', pod({ command: 'a && b' }), 'the text "a && b" | write a list: ["sh", "-c", "a && b"]'],
    ['one argument', pod({ args: '--epochs=90' }), 'the text "--epochs=90" | write a list: ["--epochs=90"]'],
    ['an object for a list', pod({ env: { name: 'a' } }), 'an object | write a list: put `- ` before each element'],
    ['a list for an object', pod({ resources: [] }), 'a list | take the `- ` away: write an object with one of its fields: claims, limits, requests'],
    ['text for a map', pod({ resources: { limits: '1Gi' } }), 'the text "1Gi" | write an object of the form `key: value`'],
    ['yes in quotes', pod({ tty: 'yes' }), 'the text "yes" | write true, without quotes'],
    ['a number for text', pod({ args: [90] }), 'the number 90 | write it in quotes, such as "90": without them it is a number'],
    ['true for a port', pod({ livenessProbe: { httpGet: { port: true } } }), 'true | write a whole number without quotes, or a text in quotes'],
    ['n for a namespace', { ...pod({}), metadata: { name: 'a', namespace: false } },
      'false (as YAML reads n, no, off) | write the text in quotes, such as "false" or "n"'],
    ['y for a kind', { apiVersion: 'v1', kind: true }, 'true (as YAML reads y, yes, on) | write the text in quotes, such as "true" or "y"'],
    ['text for a number of a custom kind',
      { apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet', metadata: { name: 'a', namespace: 'b' }, spec: { replicas: '2', leaderWorkerTemplate: { workerTemplate: {} } } },
      'the text "2" | take the quotes away: 2'],
  ])('%s', (_, manifest, expected) => expect(fixOf(manifest)).toEqual([expected]));
});

describe('numbers', () => {
  test.each([
    [2_147_483_647, []],
    [-2_147_483_648, []],
    [2_147_483_648, ['api/integer spec.priority | a whole number of at most 32 bits | the number 2147483648']],
    [1.5, ['api/integer spec.priority | a whole number of at most 32 bits | the number 1.5']],
  ])('of 32 bits: %s', (priority, expected) => expect(shapeOf(pod({}, { priority }))).toEqual(expected));

  test.each([
    [3_000_000_000, []],
    [1e19, ['api/integer spec.activeDeadlineSeconds | a whole number of at most 64 bits | the number 10000000000000000000']],
  ])('of 64 bits: %s', (activeDeadlineSeconds, expected) => expect(shapeOf(pod({}, { activeDeadlineSeconds }))).toEqual(expected));
});

describe('quantities', () => {
  const right = ['64Gi', '1.5Gi', '.5Gi', '1.', '500m', '1e3', '1E-3', '1E', '+5', '0', ' 1Gi ', '00', 8, 0.5, 'k', '+', '.', '9'.repeat(40)];
  const wrong = ['', '10GB', '1gi', '1K', '1ki', '1 Gi', '1_000', '0x10', '1e', '1e3.5', '--1', 'Ei', 'Pi', 'Gi5', '1,5', true, {}, []];

  test.each(right)('%j is one', quantity => expect(shapeOf(withLimit(quantity))).toEqual([]));

  test.each(wrong)('%j is none', quantity => {
    expect(shapeOf(withLimit(quantity))).toEqual([expect.stringContaining(`api/quantity ${CONTAINER}.resources.limits[memory] | a quantity such as`)]);
  });
});

describe('encodings', () => {
  const secret = (token: unknown): any => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'hub', namespace: 'ml-training' }, data: { token } });

  test.each(['', 'aGk=', 'aGZf', 'aG\nk=', [104, 105]])('base64: %j', value => expect(shapeOf(secret(value))).toEqual([]));
  test.each(['aGk', 'aGk==', 'hf_token', 'a'])('no base64: %j', value => {
    expect(shapeOf(secret(value))).toEqual([`api/encoding data[token] | base64 | the text "${value}"`]);
  });

  const made = (creationTimestamp: unknown): any => ({ ...pod({}), metadata: { name: 'train', namespace: 'ml-training', creationTimestamp } });
  test.each(['2026-01-31T08:00:00Z', '2028-02-29T08:00:00.123+02:00', null])('time: %j', value => expect(shapeOf(made(value))).toEqual([]));
  test.each(['2026-01-31', '2026-02-29T08:00:00Z', '2026-01-31 08:00:00Z', '2026-01-31T24:00:00Z', ''])('no time: %j', value => {
    expect(shapeOf(made(value))).toEqual([expect.stringMatching(/^api\/encoding metadata\.creationTimestamp/)]);
  });
});

describe('null', () => {
  test('is as good as absent in an object', () => {
    expect(shapeOf(pod({ args: null, resources: { limits: null } }, { nodeSelector: null }))).toEqual([]);
  });

  test('is empty in a list or a map, so that what is missing then is told', () => {
    const findings = findingsIn([pod({}, { containers: [null], nodeSelector: { zone: null } })]);
    expect(findings.filter(({ ruleId }) => SHAPE.has(ruleId))).toEqual([]);
    expect(findings.map(({ path }) => path)).toContain('spec.containers[0].name');
  });
});

describe('unknown fields', () => {
  test.each<[string, any, string]>([
    ['misspelt', pod({ volumeMount: [] }), `api/unknown-field ${CONTAINER}.volumeMount | volumeMounts | the unknown field "volumeMount"`],
    ['of another case', pod({ Image: 'x' }), `api/unknown-field ${CONTAINER}.Image | image | the unknown field "Image"`],
    ['of the metadata', { ...pod({}), metadata: { name: 'train', label: {} } }, 'api/unknown-field metadata.label | labels | the unknown field "label"'],
    ['of the object', { ...pod({}), specs: {} }, 'api/unknown-field specs | spec | the unknown field "specs"'],
  ])('%s', (_, manifest, expected) => expect(shapeOf(manifest)).toEqual([expected]));

  test('names of the language are names like any other', () => {
    const labels = JSON.parse('{"__proto__": "a", "constructor": "b", "toString": "c"}') as object;
    expect(shapeOf({ ...pod({}), metadata: { name: 'train', namespace: 'ml-training', labels } })).toEqual([]);
    expect(shapeOf(pod(JSON.parse('{"__proto__": {}, "toString": 1}') as object)).sort()).toEqual([
      expect.stringMatching(/\.__proto__ \|/), expect.stringMatching(/\.toString \|/),
    ]);
    expect(({} as any).a).toBeUndefined();
  });
});

test('fields are listed where none comes near, unless there are many', () => {
  expect(shapeOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' }, spec: {} }))
    .toEqual(['api/unknown-field spec | one of its fields: apiVersion, binaryData, data, immutable, kind, metadata | the unknown field "spec"']);
  expect(shapeOf(pod({}, { ['x'.repeat(100)]: 1 }))).toEqual([expect.stringMatching(/\| one of its \d+ fields \| the unknown field "x+…$/)]);
});

describe('releases', () => {
  const sidecar = pod({}, { initContainers: [{ name: 'sync', image: 'ghcr.io/acme/sync:1.0.0', restartPolicy: 'Always' }] });

  test('a field that is newer than the target', () => {
    expect(shapeOf(sidecar, KubernetesVersion.V1_27)).toEqual([
      'api/unknown-field spec.initContainers[0].restartPolicy | a field of Kubernetes 1.27 | restartPolicy, which Kubernetes has since 1.28',
    ]);
    expect(shapeOf(sidecar, KubernetesVersion.V1_28)).toEqual([]);
  });

  test('a field that is gone', () => {
    const claims = pod({}, { resourceClaims: [{ name: 'gpu', source: { resourceClaimName: 'gpu' } }] });
    expect(shapeOf(claims, KubernetesVersion.V1_30)).toEqual([]);
    expect(shapeOf(claims, KubernetesVersion.V1_31)).toEqual([
      'api/unknown-field spec.resourceClaims[0].source | a field of Kubernetes 1.31 | source, which Kubernetes had until 1.30',
    ]);
  });

  test.each<[string, string, KubernetesVersion, string[]]>([
    ['batch/v1beta1', 'CronJob', KubernetesVersion.V1_27, ['api/version apiVersion | batch/v1 | batch/v1beta1, which served it until 1.24']],
    ['policy/v1beta1', 'PodDisruptionBudget', KubernetesVersion.V1_36, ['api/version apiVersion | policy/v1 | policy/v1beta1, which served it until 1.24']],
    ['storage.k8s.io/v1', 'VolumeAttributesClass', KubernetesVersion.V1_33,
      ['api/version apiVersion | storage.k8s.io/v1beta1 | storage.k8s.io/v1, which serves it since 1.34']],
    ['v1', 'Deployment', KubernetesVersion.V1_36, ['api/version apiVersion | apps/v1 | v1, which has no Deployment']],
    ['apps/v2', 'Deployment', KubernetesVersion.V1_36, ['api/version apiVersion | apps/v1 | apps/v2, which has no Deployment']],
    ['app/v1', 'Deployment', KubernetesVersion.V1_36, ['api/version apiVersion | apps/v1 | "app/v1"']],
    ['apps/v1', 'StatefullSet', KubernetesVersion.V1_36, ['api/version kind | StatefulSet | "StatefullSet"']],
    ['apps/v1', 'constructor', KubernetesVersion.V1_36, ['api/version kind | a kind of apps/v1 | "constructor"']],
    ['jobset.x-k8s.io/v1alpha2', 'Jobset', KubernetesVersion.V1_36, ['api/version kind | JobSet | "Jobset"']],
    ['apps/v1', 'DeploymentList', KubernetesVersion.V1_36, []],
    ['ray.io/v1', 'RayJob', KubernetesVersion.V1_36, []],
    ['flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', KubernetesVersion.V1_29, []],
  ])('%s %s', (apiVersion, kind, target, expected) => {
    expect(shapeOf({ apiVersion, kind, metadata: { name: 'a', namespace: 'ml-training' }, spec: { anything: 1 } }, target)).toEqual(expected);
  });
});

describe('kinds that a release does not have', () => {
  const told = (apiVersion: string, kind: string): string[] =>
    findingsIn([{ apiVersion, kind, metadata: { name: 'a' } }]).map(({ ruleId, outcome, path, expected, fix }) => `${ruleId} ${outcome} ${path} | ${expected} | ${fix}`);

  test.each([
    ['extensions/v1beta1', 'Ingress', 'api/version violated apiVersion | networking.k8s.io/v1 | write apiVersion: networking.k8s.io/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', expect.stringMatching(/^api\/version violated apiVersion \| a kind of .+ since 1\.25: use Pod Security Admission/)],
    ['v1', 'Config', expect.stringMatching(/^api\/version violated kind \| .+ \| leave the file out: kubectl reads a kubeconfig/)],
    ['v1', 'Podd', 'api/version violated kind | Pod | did you mean Pod?'],
    ['apps/v1', 'Quux', 'api/version violated kind | a kind of apps/v1 | write a kind that apps/v1 has, or the apiVersion that has Quux'],
    ['jobset.x-k8s.io/v1alpha2', 'JobSett', 'silent/unknown-kind unresolved kind | JobSet | did you mean JobSet?'],
    ['jobset.x-k8s.io/v1beta9', 'JobSet', expect.stringMatching(/^silent\/unknown-kind unresolved apiVersion \| jobset\.x-k8s\.io\/v1alpha2 \| /)],
  ])('%s %s', (apiVersion, kind, expected) => expect(told(apiVersion, kind)).toEqual([expected]));

  test.each([['monitoring.coreos.com/v1', 'ServiceMonitor'], ['kubeflow.org/v1', 'TFJob'], ['acme.example/v1', 'Lake']])('nothing is said of %s %s, but it is counted', (apiVersion, kind) => {
    const object = { apiVersion, kind, metadata: { name: 'a' } };
    expect(told(apiVersion, kind)).toEqual([]);
    expect(new ManifestChecker().check([object, object, pod({}), { apiVersion: 'v1', kind: 'Podd' }, {}]).unknownKinds).toBe(2);
  });
});

describe('what is no object', () => {
  test.each([['train', 'the text "train"'], [7, 'the number 7'], [[], 'a list'], [true, 'true']])('%j', (manifest, found) => {
    expect(shapeOf(manifest)).toEqual([`api/object  | an object with apiVersion and kind | ${found}`]);
    expect(findingsIn([manifest])[0].message).toBe(`expected an object with apiVersion and kind, found ${found}`);
  });

  test.each<[any, string]>([
    [{ kind: 'Pod' }, 'api/object apiVersion | text | none'],
    [{ apiVersion: 'v1' }, 'api/object kind | text | none'],
    [{ apiVersion: 1, kind: 'Pod' }, 'api/type apiVersion | text | the number 1'],
    [{ apiVersion: 'v1', kind: ['Pod'] }, 'api/type kind | text | a list'],
  ])('%j', (manifest, expected) => expect(shapeOf(manifest)).toEqual([expected]));
});
