import { Chart, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Accelerator, DistributedTrainingJob, DraProps, Engine, Fabric, KubernetesVersion, MlApp } from '../../../lib';
import { findingsIn } from '../../support/checker';
import { errorsOf } from '../../support/findings';
import { chartIn, envOf, manifestsOf, the } from '../../support/manifests';
import { MINIMUM, train } from '../../support/training';

const GPUS: DraProps = { deviceClass: 'gpu.nvidia.com', count: 8, selectors: ["device.attributes['gpu.nvidia.com'].type == 'gpu'"] };
const IN = { target: KubernetesVersion.V1_36 };

function refusedFor(props: DraProps, target = KubernetesVersion.V1_36): string[] {
  const chart = chartIn({ target });
  return errorsOf(() => new DistributedTrainingJob(chart, 'train', { ...MINIMUM, accelerator: Accelerator.dra(props) }));
}

function templateNameOf(props: DraProps): string {
  return the('ResourceClaimTemplate', train({ accelerator: Accelerator.dra(props) }, IN).manifests).metadata.name;
}

describe('devices by claim', () => {
  test('are claimed by each worker from one template', () => {
    const { manifests, pod, worker } = train({ accelerator: Accelerator.dra(GPUS) }, IN);
    const { apiVersion, metadata, spec } = the('ResourceClaimTemplate', manifests);
    expect(apiVersion).toBe('resource.k8s.io/v1');
    expect(metadata.namespace).toBe('ml-training');
    expect(spec.spec.devices.requests).toEqual([{
      name: 'devices',
      exactly: {
        deviceClassName: 'gpu.nvidia.com', allocationMode: 'ExactCount', count: 8, selectors: [{ cel: { expression: GPUS.selectors![0] } }],
      },
    }]);
    expect(pod.resourceClaims).toEqual([{ name: 'devices', resourceClaimTemplateName: metadata.name }]);
    expect(worker.resources.claims).toEqual([{ name: 'devices' }]);
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('are not asked of a device plugin too', () => {
    const { worker } = train({ accelerator: Accelerator.dra(GPUS) }, IN);
    expect(Object.keys(worker.resources.limits)).toEqual(['memory']);
    expect(Accelerator.dra(GPUS).resourceName).toBeUndefined();
    expect(Accelerator.dra(GPUS).count).toBe(8);
  });

  test('have a process each', () => {
    expect(envOf(train({ accelerator: Accelerator.dra(GPUS) }, IN).worker).PET_NPROC_PER_NODE).toBe('8');
  });

  test('are one of any kind where nothing else is said', () => {
    const { manifests } = train({ accelerator: Accelerator.dra({ deviceClass: 'npu.acme.com', name: 'npu' }) }, IN);
    expect(the('ResourceClaimTemplate', manifests).spec.spec.devices.requests).toEqual([
      { name: 'npu', exactly: { deviceClassName: 'npu.acme.com', allocationMode: 'ExactCount', count: 1 } },
    ]);
  });

  test('go with an interconnect of a device plugin', () => {
    const { worker } = train({ accelerator: Accelerator.dra(GPUS), fabric: Fabric.efa({ interfaces: 32 }) }, IN);
    expect(worker.resources.limits['vpc.amazonaws.com/efa']).toBe('32');
    expect(worker.resources.claims).toHaveLength(1);
  });

  test.each([
    ['gpu.nvidia.com', 'nvidia.com/gpu'], ['mig.nvidia.com', 'nvidia.com/gpu'], ['gpu.amd.com', 'amd.com/gpu'],
    ['gaudi.intel.com', 'habana.ai/gaudi'], ['neuron.aws.com', 'aws.amazon.com/neuron'], ['tpu.google.com', 'google.com/tpu'],
  ])('of %s tolerate the taint %s', (deviceClass, key) => {
    expect(train({ accelerator: Accelerator.dra({ deviceClass }) }, IN).pod.tolerations).toEqual([{ key, operator: 'Exists', effect: 'NoSchedule' }]);
  });

  test.each(['npu.acme.com', 'constructor'])('of another class, %s, tolerate nothing by themselves', deviceClass => {
    expect(train({ accelerator: Accelerator.dra({ deviceClass }) }, IN).pod.tolerations).toBeUndefined();
  });

  test('get a new template when they change: the old one cannot be changed', () => {
    const name = templateNameOf(GPUS);
    expect(name).toMatch(/^train-devices-[0-9a-f]{8}$/);
    expect(templateNameOf({ ...GPUS })).toBe(name);
    expect(templateNameOf({ ...GPUS, count: 4 })).not.toBe(name);
    expect(templateNameOf({ ...GPUS, name: 'gpu' })).toMatch(/^train-gpu-[0-9a-f]{8}$/);
  });

  test.each([Engine.statefulSet(), Engine.indexedJob(), Engine.jobSet()])('are as our own rules want them in a $name', engine => {
    const chart = new Chart(new MlApp(IN), 'vision', { namespace: 'ml-training' });
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, engine, accelerator: Accelerator.dra(GPUS) });
    const manifests = manifestsOf(chart);
    for (const target of [KubernetesVersion.V1_34, KubernetesVersion.V1_36]) {
      const found = findingsIn(manifests, { target, assumeComplete: true });
      expect(found.filter(({ ruleId }) => ruleId !== 'train/never-completes')).toEqual([]);
    }
    expect(manifests.map(({ kind }) => kind).indexOf('ResourceClaimTemplate')).toBeLessThan(manifests.length - 1);
  });
});

describe('devices by claim are refused for', () => {
  test.each([KubernetesVersion.V1_27, KubernetesVersion.V1_33])('Kubernetes %s', target => {
    expect(refusedFor(GPUS, target)).toEqual([
      `api/since | accelerator: expected Kubernetes 1.34 or newer, which has claims of devices, found target ${target}`
      + ' | raise the `target` of the app, or ask for the resource of a device plugin, as Accelerator.nvidia(8)',
    ]);
    expect(refusedFor(GPUS, KubernetesVersion.V1_34)).toEqual([]);
  });

  test.each<[string, DraProps, string[]]>([
    ['no class', {} as any, [
      'api/resource-claim | accelerator.deviceClass: expected the name of a DeviceClass, as `gpu.nvidia.com`, found none | take the name from `kubectl get deviceclasses`',
    ]],
    ['a class that there cannot be', { deviceClass: 'nvidia.com/gpu' }, [
      'api/resource-claim | accelerator.deviceClass: expected the name of a DeviceClass, as `gpu.nvidia.com`, found "nvidia.com/gpu" | take the name from `kubectl get deviceclasses`',
    ]],
    ['more than a claim holds', { ...GPUS, count: 33 }, [
      'api/resource-claim | accelerator.count: expected a whole number from 1 to 32, the most that a claim holds, found 33 | use the number of devices of one worker',
    ]],
    ['no devices', { ...GPUS, count: 0 }, [
      'api/resource-claim | accelerator.count: expected a whole number from 1 to 32, the most that a claim holds, found 0 | use the number of devices of one worker',
    ]],
    ['a name that is none', { ...GPUS, name: 'GPU' }, [
      'api/resource-claim | accelerator.name: expected lower case letters, digits and `-`, at most 63 characters, found "GPU" | use a name such as `devices`, or leave it out',
    ]],
    ['an empty selector', { ...GPUS, selectors: ['true', ' '] }, [
      'api/resource-claim | accelerator.selectors[1]: expected a CEL expression, found " " | leave it out',
    ]],
    ['too many selectors', { ...GPUS, selectors: Array.from({ length: 33 }, () => 'true') }, [
      'api/resource-claim | accelerator.selectors: expected at most 32 expressions, found 33 | join some of them with `&&`',
    ]],
    ['a selector that is no list', { ...GPUS, selectors: 'true' as any }, [
      "props/type | accelerator.selectors: expected a list of texts, found \"true\" | set `selectors`, as [\"device.attributes['gpu.nvidia.com'].type == 'gpu'\"]",
    ]],
  ])('%s', (_, props, lines) => {
    expect(refusedFor(props)).toEqual(lines);
  });
});
