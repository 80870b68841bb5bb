import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../support/checker';

const SHAPE = /^api\/(crd-.*|unknown-field|type|integer|quantity|encoding)$/;

function shapeOf(manifest: any): string[] {
  return findingsIn([manifest])
    .filter(({ ruleId }) => SHAPE.test(ruleId))
    .map(({ ruleId, path, expected, found }) => `${ruleId} ${path} | ${expected} | ${found}`);
}

function jobSet(container: any, spec: any = {}): any {
  return {
    apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name: 'resnet', namespace: 'ml-training' },
    spec: {
      replicatedJobs: [{
        name: 'workers',
        template: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'train', image: 'ghcr.io/acme/train:1.4.2', ...container }] } } } },
      }],
      ...spec,
    },
  };
}

const CONTAINER = 'spec.replicatedJobs[0].template.spec.template.spec.containers[0]';

describe('a JobSet', () => {
  test.each<[string, any, string[]]>([
    ['that is right', jobSet({}), []],
    ['with null for what is optional', jobSet({ args: null }, { network: null }), []],
    ['with null in a list', jobSet({ args: [null] }), [`api/type ${CONTAINER}.args[0] | text | null`]],
    ['with a pod template that is wrong', jobSet({ imag: 'x' }), [`api/unknown-field ${CONTAINER}.imag | image | the unknown field "imag"`]],
    ['with a quantity that is none', jobSet({ resources: { limits: { 'nvidia.com/gpu': 'eight' } } }),
      [`api/quantity ${CONTAINER}.resources.limits.nvidia.com/gpu | a quantity such as 500m, 16Gi or 8 | "eight"`]],
    ['with a fraction of a GPU', jobSet({ resources: { limits: { 'nvidia.com/gpu': 0.5 } } }),
      [`api/integer ${CONTAINER}.resources.limits.nvidia.com/gpu | text or a whole number | the number 0.5`]],
    ['with ports of the same number and the protocol that is meant', jobSet({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }] }),
      [`api/crd-duplicate ${CONTAINER}.ports[1] | another containerPort and protocol than the elements before it | {"containerPort":80,"protocol":"TCP"}`]],
    ['with ports of different protocols', jobSet({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }), []],
    ['with a value that is not allowed', jobSet({}, { failurePolicy: { restartStrategy: 'Blocking' } }),
      ['api/crd-enum spec.failurePolicy.restartStrategy | Recreate, BlockingRecreate or InPlaceRestart | "Blocking"']],
    ['with a number that is too large', jobSet({}, { failurePolicy: { maxRestarts: 3e9 } }),
      ['api/integer spec.failurePolicy.maxRestarts | a whole number of at most 32 bits | the number 3000000000']],
    ['with the two ways to order jobs', jobSet({}, {
      startupPolicy: { startupPolicyOrder: 'InOrder' },
      replicatedJobs: [{ name: 'a', template: {} }, { name: 'b', template: {}, dependsOn: [{ name: 'a', status: 'Complete' }] }],
    }), [expect.stringMatching(/^api\/crd-rule spec \| either a startupPolicy/) as string]],
  ])('%s', (_, manifest, expected) => expect(shapeOf(manifest)).toEqual(expected));

  test('rules of the definition are held against what is right otherwise', () => {
    const wrong = jobSet({}, { startupPolicy: { startupPolicyOrder: 'InOrder' }, replicatedJobs: [{ template: {}, dependsOn: [{ name: 'a', status: 'Complete' }] }] });
    expect(shapeOf(wrong)).toEqual(['api/crd-required spec.replicatedJobs[0].name | a value | none']);
  });

  test('of another version is made safe to read, and nothing is said', () => {
    expect(shapeOf({ ...jobSet({ args: 'x' }), apiVersion: 'jobset.x-k8s.io/v1beta9' })).toEqual([]);
  });
});

describe('a TrainJob', () => {
  const trainJob = (spec: any, metadata: any = { name: 'resnet' }): any => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainJob', metadata: { namespace: 'ml-training', ...metadata },
    spec: { runtimeRef: { name: 'torch-distributed' }, ...spec },
  });

  test.each<[string, any, string[]]>([
    ['that is right', trainJob({}), []],
    ['whose name is made up', trainJob({}, { generateName: 'resnet-' }), []],
    ['whose name has dots', trainJob({}, { name: 'resnet.v2' }), [expect.stringMatching(/^api\/crd-rule metadata\.name \| a name of lower-case letters/) as string]],
    ['with a runtime without a name', trainJob({ runtimeRef: { name: '' } }), ['api/crd-bounds spec.runtimeRef.name | 1 to 253 characters | empty text']],
    ['with a storage that is no URI', trainJob({ initializer: { dataset: { storageUri: 'imagenet' } } }),
      ['api/crd-rule spec.initializer.dataset.storageUri | a URI with a scheme, such as s3://bucket/path or hf://model | "imagenet"']],
    ['managed by nobody', trainJob({ managedBy: 'me' }), [expect.stringMatching(/^api\/crd-(rule|enum) spec\.managedBy/) as string]],
  ])('%s', (_, manifest, expected) => expect(shapeOf(manifest)).toEqual(expected));
});

test('characters are counted as the server counts them', () => {
  const restore = (name: string): any => ({
    apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainJob', metadata: { name: 'a', namespace: 'b' }, spec: { runtimeRef: { name } },
  });
  expect(shapeOf(restore('🙂'.repeat(253)))).toEqual([]);
  expect(shapeOf(restore('🙂'.repeat(254)))).toHaveLength(1);
});
