import { describe, expect, test } from 'vitest';
import { isAccelerator } from '../../../lib/rules/train/pod-facts';
import { findingsIn, linesOf } from '../../support/checker';

function podWith(limits: Record<string, string | number>, command: string[], env: any[] = []): any {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'train', namespace: 'ml' },
    spec: { containers: [{ name: 'worker', image: 'ghcr.io/acme/train:1.0.0', command, env, resources: { limits: { memory: '64Gi', ...limits } } }] },
  };
}

describe('accelerators', () => {
  test.each([
    'nvidia.com/gpu', 'nvidia.com/mig-3g.40gb', 'nvidia.com/mig-1g.10gb.me', 'amd.com/gpu', 'habana.ai/gaudi', 'google.com/tpu', 'aws.amazon.com/neuron',
    'aws.amazon.com/neuroncore', 'aws.amazon.com/neurondevice',
  ])('%s is one', resource => {
    expect(isAccelerator(resource)).toBe(true);
    const withoutMemory = podWith({ [resource]: 1 }, ['torchrun', 'train.py']);
    delete withoutMemory.spec.containers[0].resources.limits.memory;
    expect(linesOf(findingsIn([withoutMemory]), 'train/accelerator-memory')).toHaveLength(1);
  });

  test.each(['memory', 'hugepages-2Mi', 'vpc.amazonaws.com/efa', 'rdma/rdma_shared_device_a'])('%s is none', resource => {
    expect(isAccelerator(resource)).toBe(false);
  });
});

describe('processes of a worker', () => {
  const processes = (limits: Record<string, number>, count: number): string[] => {
    return linesOf(findingsIn([podWith(limits, ['torchrun', `--nproc-per-node=${count}`, 'train.py'])]), 'train/processes-per-node');
  };

  test('are as many as its accelerators', () => {
    expect(processes({ 'nvidia.com/gpu': 8 }, 8)).toEqual([]);
    expect(processes({ 'nvidia.com/gpu': 8 }, 4)).toHaveLength(1);
    expect(processes({ 'aws.amazon.com/neuroncore': 8 }, 4)).toHaveLength(1);
  });

  test('are as many as the cores of its chips, of which their number says nothing', () => {
    expect(processes({ 'aws.amazon.com/neuron': 16 }, 32)).toEqual([]);
    expect(processes({ 'google.com/tpu': 4 }, 1)).toEqual([]);
  });

  test('are not counted by such chips where the script starts them either', () => {
    const sizes = (resource: string): string[] => linesOf(findingsIn([{
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'train', namespace: 'ml' },
      spec: {
        completionMode: 'Indexed', completions: 2, parallelism: 2, backoffLimit: 6,
        template: {
          spec: {
            restartPolicy: 'Never', subdomain: 'train',
            ...podWith({ [resource]: 16 }, ['python', 'train.py'], [
              { name: 'MASTER_ADDR', value: 'train-0.train' }, { name: 'MASTER_PORT', value: '29500' }, { name: 'WORLD_SIZE', value: '64' },
            ]).spec,
          },
        },
      },
    }]), 'train/world-size');
    expect(sizes('aws.amazon.com/neuron')).toEqual([]);
    expect(sizes('nvidia.com/gpu')).toHaveLength(1);
  });
});
