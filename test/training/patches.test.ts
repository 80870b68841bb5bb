import { ApiObject, JsonPatch, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Accelerator, Engine, PodVolume } from '../../lib';
import { the, manifestsOf, named } from '../support/manifests';
import { CHECKPOINTS, ENGINES, GPUS, train } from '../support/training';

describe('a patch', () => {
  test.each(ENGINES.map(engine => [engine.name, engine] as const))('adds what has no prop, without a loss elsewhere (%s)', (_, engine) => {
    const plain = train({ engine, accelerator: GPUS }).workload;
    const { workload } = train({
      engine,
      accelerator: GPUS,
      patches: [
        JsonPatch.add('/spec/template/spec/priorityClassName', 'research'),
        JsonPatch.add('/spec/template/spec/containers/0/resizePolicy', [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }]),
      ],
    });
    const expected = structuredClone(plain) as any;
    expected.spec.template.spec.priorityClassName = 'research';
    expected.spec.template.spec.containers[0].resizePolicy = [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }];
    expect(workload).toEqual(expected);
  });

  test('reads and changes extended resources, which generated classes lose', () => {
    const { worker } = train({
      accelerator: Accelerator.nvidia(8),
      patches: [
        JsonPatch.test('/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu', '8'),
        JsonPatch.add('/spec/template/spec/containers/0/resources/limits/vpc.amazonaws.com~1efa', '32'),
      ],
    });
    expect(worker.resources.limits).toEqual({ 'memory': '64Gi', 'nvidia.com/gpu': '8', 'vpc.amazonaws.com/efa': '32' });
  });

  test('reaches fields that are newer than cdk8s-plus-27', () => {
    const { workload } = train({
      engine: Engine.indexedJob(),
      patches: [
        JsonPatch.test('/spec/podReplacementPolicy', 'Failed'),
        JsonPatch.add('/spec/successPolicy', { rules: [{ succeededIndexes: '0' }] }),
      ],
    });
    expect(workload.spec).toMatchObject({ podReplacementPolicy: 'Failed', successPolicy: { rules: [{ succeededIndexes: '0' }] } });
  });

  test.each(ENGINES.map(engine => [engine.name, engine] as const))('adds a sidecar that shares a volume with the worker (%s)', (_, engine) => {
    const { pod, worker } = train({
      engine,
      volumes: [PodVolume.scratch({ sizeLimit: Size.gibibytes(10) }).at('/logs')],
      patches: [JsonPatch.add('/spec/template/spec/containers/-', {
        name: 'shipper', image: 'ghcr.io/acme/shipper:3.1', volumeMounts: [{ name: 'scratch', mountPath: '/in', readOnly: true }],
      })],
    });
    expect(pod.containers).toHaveLength(2);
    expect(named('scratch', pod.volumes)).toEqual({ name: 'scratch', emptyDir: { sizeLimit: '10Gi' } });
    expect(named('scratch', worker.volumeMounts).mountPath).toBe('/logs');
    expect(named('scratch', named('shipper', pod.containers).volumeMounts)).toEqual({ name: 'scratch', mountPath: '/in', readOnly: true });
  });

  test('can be given later to the object itself', () => {
    const { job } = train({ checkpoints: CHECKPOINTS.shared() });
    ApiObject.of(job).addJsonPatch(JsonPatch.replace('/spec/parallelism', 2));
    expect(the('Job', manifestsOf(job.node.scope as never)).spec.parallelism).toBe(2);
  });
});
