import { Duration } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Engine, KubernetesVersion } from '../../lib';
import { train } from '../support/training';

describe('the Indexed Job', () => {
  test('runs one pod for each index, all at once', () => {
    expect(train({ workers: 8 }).workload).toMatchObject({
      apiVersion: 'batch/v1', spec: { completionMode: 'Indexed', completions: 8, parallelism: 8 },
    });
  });

  test('counts incidents, where the API counts pods', () => {
    expect(train({ workers: 8 }).workload.spec.backoffLimit).toBe(24);
    expect(train({ workers: 8, restarts: 5 }).workload.spec.backoffLimit).toBe(40);
    expect(train({ workers: 8, restarts: 0 }).workload.spec.backoffLimit).toBe(0);
  });

  test('does not count nodes that are drained or preempted', () => {
    expect(train().workload.spec.podFailurePolicy).toEqual({
      rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
    });
  });

  test('makes new pods for failed ones, as a policy for failures demands', () => {
    expect(train().pod.restartPolicy).toBe('Never');
  });

  test.each(Object.values(KubernetesVersion))('waits until a pod has failed before it makes another, from 1.29 on (%s)', target => {
    const { spec } = train({}, { target }).workload;
    if (['1.27', '1.28'].includes(target)) expect(spec).not.toHaveProperty('podReplacementPolicy');
    else expect(spec.podReplacementPolicy).toBe('Failed');
  });

  test('ends when it is told to, and goes when it is told to', () => {
    const { spec } = train({ deadline: Duration.days(2), ttlAfterFinished: Duration.hours(1) }).workload;
    expect(spec).toMatchObject({ activeDeadlineSeconds: 172800, ttlSecondsAfterFinished: 3600 });
    expect(train({ ttlAfterFinished: Duration.seconds(0) }).workload.spec.ttlSecondsAfterFinished).toBe(0);
  });

  test('has no deadline and stays unless told otherwise', () => {
    const { spec } = train().workload;
    expect(spec).not.toHaveProperty('activeDeadlineSeconds');
    expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('has no selector, which the controller makes', () => {
    expect(train({ engine: Engine.indexedJob() }).workload.spec).not.toHaveProperty('selector');
  });
});
