import { describe, expect, test } from 'vitest';
import { Engine } from '../../lib';
import { train } from '../support/training';

describe('the StatefulSet', () => {
  const { workload, pod } = train({ engine: Engine.statefulSet(), podLabels: { team: 'vision' }, workers: 8 });

  test('finds its pods by labels that they have', () => {
    expect(workload.spec.template.metadata.labels).toMatchObject(workload.spec.selector.matchLabels as object);
  });

  test('starts all workers at once and changes none by itself', () => {
    expect(workload).toMatchObject({ apiVersion: 'apps/v1', spec: { replicas: 8, podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' } } });
  });

  test('starts a worker that ends again, as it must', () => {
    expect(pod.restartPolicy).toBe('Always');
  });

  test('leaves the name of the subdomain to the controller', () => {
    expect(pod).not.toHaveProperty('subdomain');
  });

  test('has no claim templates where nobody asked for claims', () => {
    expect(workload.spec).not.toHaveProperty('volumeClaimTemplates');
    expect(workload.spec).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
  });
});
