import { ConfigMap, Container, EnvFieldPaths, EnvValue, ResourceFieldPaths, Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { lineOf, warningsOn } from '../support/findings';
import { envOf } from '../support/manifests';
import { train, Trained } from '../support/training';

function trainWith(values: (chart: never) => Record<string, EnvValue>): Trained {
  return train(chart => ({ envValues: values(chart as never) }));
}

describe('a value of cdk8s-plus is written as Kubernetes reads it', () => {
  test('from a Secret', () => {
    const { worker } = trainWith(chart => {
      const secret = Secret.fromSecretName(chart, 'secret', 'wandb');
      return { KEY: EnvValue.fromSecretValue({ secret, key: 'api-key' }), MAYBE: EnvValue.fromSecretValue({ secret, key: 'x' }, { optional: true }) };
    });
    expect(envOf(worker)).toMatchObject({
      KEY: { secretKeyRef: { name: 'wandb', key: 'api-key' } },
      MAYBE: { secretKeyRef: { name: 'wandb', key: 'x', optional: true } },
    });
    expect(envOf(worker).KEY.secretKeyRef).not.toHaveProperty('optional');
  });

  test('from a ConfigMap', () => {
    const { worker } = trainWith(chart => ({ RATE: EnvValue.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'map', 'hyper'), 'rate', { optional: false }) }));
    expect(envOf(worker).RATE).toEqual({ configMapKeyRef: { name: 'hyper', key: 'rate', optional: false } });
  });

  test('from a field', () => {
    const { worker } = trainWith(() => ({
      NODE: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME),
      TEAM: EnvValue.fromFieldRef(EnvFieldPaths.POD_LABEL, { key: 'team', apiVersion: 'v1' }),
    }));
    expect(envOf(worker)).toMatchObject({
      NODE: { fieldRef: { fieldPath: 'spec.nodeName' } },
      TEAM: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['team']" } },
    });
  });

  test('from a resource, with a divisor and a container', () => {
    const { worker } = trainWith(() => ({
      MIB: EnvValue.fromResource(ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi', container: new Container({ name: 'worker', image: 'x' }) }),
      CPU: EnvValue.fromResource(ResourceFieldPaths.CPU_REQUEST),
    }));
    expect(envOf(worker)).toMatchObject({
      MIB: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi', containerName: 'worker' } },
      CPU: { resourceFieldRef: { resource: 'requests.cpu' } },
    });
  });

  test('from a plain value, which stays a string', () => {
    const { worker } = trainWith(() => ({ N: EnvValue.fromValue('007'), JS: EnvValue.fromValue(7 as never) }));
    expect(envOf(worker)).toMatchObject({ N: '007', JS: '7' });
  });

  test('from the process that writes the manifests', () => {
    process.env.CDK8S_ML_TEST_COMMIT = 'abc123';
    try {
      const { job, worker } = trainWith(() => ({ COMMIT: EnvValue.fromProcess('CDK8S_ML_TEST_COMMIT', { required: true }) }));
      expect(envOf(worker).COMMIT).toBe('abc123');
      expect(warningsOn(job)).toEqual([]);
    } finally {
      delete process.env.CDK8S_ML_TEST_COMMIT;
    }
  });

  test('and is empty, with a warning, where that process has no such variable', () => {
    const { job, worker } = trainWith(() => ({ COMMIT: EnvValue.fromProcess('CDK8S_ML_TEST_UNSET') }));
    expect(envOf(worker).COMMIT).toBe('');
    expect(warningsOn(job).map(lineOf)).toEqual([
      'silent/env-empty | envValues.COMMIT: expected a value, found none: the process that wrote the manifests has no such variable | set it there, and say `required: true`',
    ]);
  });
});

test('plain values come last, so that they can refer to all others', () => {
  const { worker } = train({ env: { RUN: '$(NODE)-$(PET_NODE_RANK)' }, envValues: { NODE: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME) } });
  const names = (worker.env as { name: string }[]).map(({ name }) => name);
  expect(names.slice(-2)).toEqual(['NODE', 'RUN']);
  expect(envOf(worker).RUN).toBe('$(NODE)-$(PET_NODE_RANK)');
});
