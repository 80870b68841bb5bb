import { Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Accelerator, DistributedTrainingJobProps, Framework, KubernetesVersion, TpuProps } from '../../../lib';
import { findingsIn } from '../../support/checker';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { envOf } from '../../support/manifests';
import { refused, train } from '../../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const TARGETS = [KubernetesVersion.V1_27, KubernetesVersion.V1_33, KubernetesVersion.V1_36];
const SLICE: TpuProps = { type: 'tpu-v6e-slice', topology: '4x4' };
const TPU = 'train/tpu-topology | ';

function tolerated(key: string): any {
  return { key, operator: 'Exists', effect: 'NoSchedule' };
}

describe.each<[string, Accelerator, { resource: string; count: string; taint?: string; processes: string }]>([
  ['NVIDIA GPUs', Accelerator.nvidia(8), { resource: 'nvidia.com/gpu', count: '8', processes: '8' }],
  ['a part of an NVIDIA GPU', Accelerator.nvidiaMig('3g.40gb'), { resource: 'nvidia.com/mig-3g.40gb', count: '1', taint: 'nvidia.com/gpu', processes: '1' }],
  ['a part with media engines', Accelerator.nvidiaMig('1g.10gb+me'), { resource: 'nvidia.com/mig-1g.10gb.me', count: '1', taint: 'nvidia.com/gpu', processes: '1' }],
  ['AMD GPUs', Accelerator.amd(8), { resource: 'amd.com/gpu', count: '8', processes: '8' }],
  ['Gaudi', Accelerator.gaudi(8), { resource: 'habana.ai/gaudi', count: '8', processes: '8' }],
  ['a slice of TPUs', Accelerator.tpu(SLICE), { resource: 'google.com/tpu', count: '4', processes: '1' }],
  ['Trainium chips', Accelerator.neuron(16), { resource: 'aws.amazon.com/neuron', count: '16', processes: '32' }],
  ['Trainium2 chips', Accelerator.neuron(16, 4), { resource: 'aws.amazon.com/neuron', count: '16', processes: '64' }],
  ['cores of Trainium', Accelerator.neuronCore(4), { resource: 'aws.amazon.com/neuroncore', count: '4', taint: 'aws.amazon.com/neuron', processes: '4' }],
  ['devices of another plugin', Accelerator.extendedResource('acme.com/npu', 2), { resource: 'acme.com/npu', count: '2', processes: '2' }],
])('%s', (_, accelerator, { resource, count, taint = resource, processes }) => {
  test('are asked for and limited alike, and the taint of their nodes is tolerated', () => {
    const { pod, worker } = train({ accelerator });
    expect(worker.resources.limits[resource]).toBe(count);
    expect(worker.resources.requests[resource]).toBe(count);
    expect(pod.tolerations).toEqual([tolerated(taint)]);
    expect(pod.resourceClaims).toBeUndefined();
    expect(accelerator.resourceName).toBe(resource);
    expect(accelerator.count).toBe(Number(count));
  });

  test('have the processes that train with them', () => {
    expect(envOf(train({ accelerator }).worker).PET_NPROC_PER_NODE).toBe(processes);
    const { worker } = train({ accelerator, framework: Framework.pytorch({ processesPerWorker: 3 }) });
    expect(envOf(worker).PET_NPROC_PER_NODE).toBe('3');
  });

  test.each(TARGETS)('are as our own rules want them: %s', target => {
    expect(findingsIn(train({ accelerator }, { target }).manifests, { target })).toEqual([]);
  });
});

describe('a slice of TPUs', () => {
  test('is asked for by the labels of its nodes', () => {
    const { manifests, pod } = train({ accelerator: Accelerator.tpu(SLICE) });
    expect(pod.nodeSelector).toEqual({ 'cloud.google.com/gke-tpu-accelerator': 'tpu-v6e-slice', 'cloud.google.com/gke-tpu-topology': '4x4' });
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test.each<[TpuProps, number]>([
    [{ type: 'tpu-v5-lite-podslice', topology: '2x4', count: 8 }, 1],
    [{ type: 'tpu-v5-lite-podslice', topology: '2x4' }, 2],
    [{ type: 'tpu-v5p-slice', topology: '2x2x4' }, 4],
    [{ type: 'tpu-v4-podslice', topology: '2x2x2' }, 2],
    [{ type: 'tpu-v6e-slice', topology: '1x1' }, 1],
    [{ type: 'tpu7x', topology: '4x4x8' }, 32],
    [{ type: 'tpu9-slice', topology: '4x8', count: 16 }, 2],
  ])('%o has a worker on each of %i hosts', (props, workers) => {
    const accelerator = Accelerator.tpu(props);
    expect(train({ accelerator, workers }).workload.spec.completions).toBe(workers);
    expect(errorsOf(refused({ accelerator, workers: workers + 1 }))).toHaveLength(1);
  });

  test.each<[string, TpuProps, string[]]>([
    ['a worker for each chip', { ...SLICE, count: 1 }, [
      `${TPU}workers: expected 16, one on each host of a 4x4 slice of tpu-v6e-slice with 1 chips in each, found 4 | set \`workers\` to 16, or change \`topology\` or \`count\` of the accelerator`,
    ]],
    ['hosts that the chips cannot be divided by', { type: 'tpu9-slice', topology: '4x4', count: 3 }, [
      `${TPU}accelerator.count: expected chips that hosts of a 4x4 slice, 16 in all, share evenly, found 3 | set \`count\` to the chips of one host`,
    ]],
    ['a host that the type has not', { ...SLICE, count: 2 }, [
      `${TPU}accelerator.count: expected the chips of one host: 1, 4 or 8, found 2 | take it from \`status.allocatable['google.com/tpu']\` of a node, or leave it out`,
      `${TPU}workers: expected 8, one on each host of a 4x4 slice of tpu-v6e-slice with 2 chips in each, found 4 | set \`workers\` to 8, or change \`topology\` or \`count\` of the accelerator`,
    ]],
    ['a topology of three directions of a type of two', { type: 'tpu-v6e-slice', topology: '2x2x4' }, [
      `${TPU}accelerator.topology: expected the chips of the slice in each direction, as \`4x4\`, found "2x2x4" | take it from the label cloud.google.com/gke-tpu-topology of the nodes`,
    ]],
    ['a topology of two directions of a type of three', { type: 'tpu-v5p-slice', topology: '4x4' }, [
      `${TPU}accelerator.topology: expected the chips of the slice in each direction, as \`2x2x4\`, found "4x4" | take it from the label cloud.google.com/gke-tpu-topology of the nodes`,
    ]],
    ['a topology that is none', { type: 'tpu9', topology: '4*4' }, [
      `${TPU}accelerator.topology: expected the chips of the slice in each direction, as \`4x4\` or \`2x2x4\`, found "4*4" | take it from the label cloud.google.com/gke-tpu-topology of the nodes`,
    ]],
    ['nothing at all', {} as any, [
      `${TPU}accelerator.type: expected the value of the label cloud.google.com/gke-tpu-accelerator, as \`tpu-v6e-slice\`, found none | use one of tpu-v4-podslice, tpu-v5-lite-podslice, tpu-v5p-slice, tpu-v6e-slice, tpu7x, or what your nodes have`,
      `${TPU}accelerator.topology: expected the chips of the slice in each direction, as \`4x4\` or \`2x2x4\`, found none | take it from the label cloud.google.com/gke-tpu-topology of the nodes`,
    ]],
  ])('is refused for %s', (_, props, lines) => {
    expect(errorsOf(refused({ accelerator: Accelerator.tpu(props) }))).toEqual(lines);
  });

  test('of a type called as what every object has is not taken for a known one', () => {
    expect(() => train({ accelerator: Accelerator.tpu({ type: 'constructor', topology: '4x4' }) })).not.toThrow();
  });
});

describe('devices are refused for', () => {
  test.each<[string, Props, string]>([
    ['a part of no size', { accelerator: Accelerator.nvidiaMig('40gb') },
      'train/accelerator | accelerator.profile: expected a MIG profile, as `3g.40gb`, found "40gb" | take what stands behind `nvidia.com/mig-` in `status.allocatable` of a node'],
    ['a profile that is no text', { accelerator: Accelerator.nvidiaMig(3 as any) },
      'train/accelerator | accelerator.profile: expected a MIG profile, as `3g.40gb`, found 3 | take what stands behind `nvidia.com/mig-` in `status.allocatable` of a node'],
    ['no cores', { accelerator: Accelerator.neuron(16, 0) },
      'train/accelerator | accelerator.coresPerDevice: expected a whole number from 1, found 0 | use 2 for Trainium1 and Inferentia2, 4 for Trainium2'],
    ['no chips', { accelerator: Accelerator.neuron(0) },
      'api/extended-resource | accelerator.count: expected a whole number from 1: devices cannot be divided, found 0 | use the number of devices of one worker, or leave `accelerator` out'],
    ['no resource', { accelerator: Accelerator.extendedResource(undefined as any, 1) },
      'api/extended-resource | accelerator.resourceName: expected a name with the domain of the device plugin, as `nvidia.com/gpu`, found none | take the name from `status.allocatable` of a node'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });
});

test('of several parts of GPUs a process sees only one', () => {
  expect(warningsOn(train({ accelerator: Accelerator.nvidiaMig('1g.10gb', 4) }).job).map(lineOf)).toEqual([
    'train/mig-devices | accelerator.count: expected 1: a CUDA process sees only one part of a GPU, and all of a worker the same, found 4'
    + ' | raise `workers` instead, or set CUDA_VISIBLE_DEVICES of each process in the script',
  ]);
  expect(warningsOn(train({ accelerator: Accelerator.nvidiaMig('1g.10gb') }).job)).toEqual([]);
});
