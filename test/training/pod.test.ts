import { Duration, Size } from 'cdk8s';
import { Cpu, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { Accelerator, NodePool, PodVolume } from '../../lib';
import { lineOf, warningsOn } from '../support/findings';
import { named } from '../support/manifests';
import { GPUS, train } from '../support/training';

describe('resources of a worker', () => {
  test('are limits, and requests that equal them, for memory and devices', () => {
    const { limits, requests } = train({ accelerator: GPUS, memory: Size.gibibytes(512) }).worker.resources;
    expect(limits).toEqual({ 'memory': '512Gi', 'nvidia.com/gpu': '8' });
    expect(requests).toEqual(limits);
  });

  test('ask for CPU and do not limit it', () => {
    const { limits, requests } = train({ cpu: Cpu.millis(1500) }).worker.resources;
    expect(requests.cpu).toBe('1500m');
    expect(limits).not.toHaveProperty('cpu');
    expect(train({ cpu: Cpu.units(16) }).worker.resources.requests.cpu).toBe('16');
  });

  test('name the devices of any plugin', () => {
    expect(train({ accelerator: Accelerator.extendedResource('amd.com/gpu', 4) }).worker.resources.limits).toHaveProperty(['amd.com/gpu'], '4');
  });
});

describe('shared memory', () => {
  const sizeOf = (props: { memory?: Size; sharedMemory?: Size }): string => named('shared-memory', train(props).pod.volumes).emptyDir.sizeLimit as string;

  test('is at /dev/shm, in memory', () => {
    const { pod, worker } = train();
    expect(named('shared-memory', pod.volumes).emptyDir.medium).toBe('Memory');
    expect(named('shared-memory', worker.volumeMounts)).toEqual({ name: 'shared-memory', mountPath: '/dev/shm' });
  });

  test('is a quarter of the memory, in whole MiB', () => {
    expect(sizeOf({ memory: Size.gibibytes(512) })).toBe('128Gi');
    expect(sizeOf({ memory: Size.mebibytes(1023) })).toBe('255Mi');
  });

  test('is what the user says', () => {
    expect(sizeOf({ sharedMemory: Size.gibibytes(10) })).toBe('10Gi');
  });

  test('is worth a warning above half of the memory', () => {
    expect(warningsOn(train({ memory: Size.gibibytes(64), sharedMemory: Size.gibibytes(33) }).job).map(lineOf)).toEqual([
      'train/shared-memory-large | sharedMemory: expected at most half of `memory`: what is written to /dev/shm is taken from the training, found 33Gi of 64Gi | lower `sharedMemory`, or raise `memory`',
    ]);
    expect(warningsOn(train({ memory: Size.gibibytes(64), sharedMemory: Size.gibibytes(32) }).job)).toEqual([]);
  });
});

describe('security of a worker', () => {
  test('is what the restricted standard asks for', () => {
    const { pod, worker } = train();
    expect(pod.securityContext).toEqual({
      fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch', runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(worker.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  });

  test('has the user and group that are asked for', () => {
    expect(train({ runAsUser: 65534, runAsGroup: 100 }).pod.securityContext).toMatchObject({
      runAsUser: 65534, runAsGroup: 100, fsGroup: 100, runAsNonRoot: true,
    });
  });

  test('lets root in when asked to, with a warning', () => {
    const { job, pod } = train({ runAsUser: 0 });
    expect(pod.securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
    expect(warningsOn(job).map(({ ruleId }) => ruleId)).toEqual(['sec/pod-standard']);
  });

  test('mounts no token and sets no variables for the Services of the namespace', () => {
    const { pod } = train(chart => ({ serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer') }));
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, serviceAccountName: 'trainer' });
    expect(train().pod).not.toHaveProperty('serviceAccountName');
  });
});

describe('where a worker runs', () => {
  test('tolerates the taint of its accelerator, besides those that are named', () => {
    const { tolerations } = train({
      accelerator: GPUS,
      tolerations: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'spot' }, { effect: 'NoExecute' }, {}],
    }).pod;
    expect(tolerations).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
      { key: 'spot', operator: 'Exists' },
      { operator: 'Exists', effect: 'NoExecute' },
      { operator: 'Exists' },
    ]);
    expect(train().pod).not.toHaveProperty('tolerations');
  });

  test('tolerates a taint once that several ask to tolerate', () => {
    const sku = { key: 'sku', value: 'gpu', effect: 'NoSchedule' };
    const tolerations = [sku, { ...sku, effect: 'NoExecute' }, sku, { key: 'nvidia.com/gpu', effect: 'NoSchedule' }];
    expect(train({ accelerator: GPUS, nodes: NodePool.aks(), tolerations }).pod.tolerations).toEqual([
      { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
      { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoExecute' },
    ]);
  });

  test('tolerates a taint with an empty value only', () => {
    expect(train({ tolerations: [{ key: 'dedicated', value: '' }] }).pod.tolerations).toEqual([{ key: 'dedicated', operator: 'Equal', value: '' }]);
  });

  test('is on nodes with the labels', () => {
    expect(train({ nodeSelector: { 'node.kubernetes.io/instance-type': 'p5.48xlarge' } }).pod.nodeSelector).toEqual({ 'node.kubernetes.io/instance-type': 'p5.48xlarge' });
  });
});

describe('the end of a worker', () => {
  test('comes 120 s after SIGTERM, or when the user says', () => {
    expect(train().pod.terminationGracePeriodSeconds).toBe(120);
    expect(train({ terminationGracePeriod: Duration.minutes(10) }).pod.terminationGracePeriodSeconds).toBe(600);
  });
});

describe('metadata of a worker', () => {
  test('has the labels and annotations of the user beside those of the job', () => {
    const { metadata } = train({ podLabels: { team: 'vision' }, podAnnotations: { owner: 'vision' } }).workload.spec.template;
    expect(metadata.labels).toEqual({ 'app.kubernetes.io/name': 'train', 'app.kubernetes.io/component': 'worker', 'team': 'vision' });
    expect(metadata.annotations).toEqual({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false', 'karpenter.sh/do-not-disrupt': 'true', 'owner': 'vision' });
  });
});

test('a moving tag is worth a warning', () => {
  const warnings = (image: string): string[] => warningsOn(train({ image }).job).map(lineOf);
  for (const image of ['train', 'train:latest', 'localhost:5000/train']) {
    expect(warnings(image)).toEqual([
      `train/image-not-pinned | image: expected a digest or a version: nodes may run different builds of a tag that moves, found "${image}" | pin the image by \`@sha256:…\` or by a version`,
    ]);
  }
  for (const image of ['train:1.4.2', 'localhost:5000/train:1', `train@sha256:${'0'.repeat(64)}`, `train:latest@sha256:${'0'.repeat(64)}`]) {
    expect(warnings(image)).toEqual([]);
  }
});

test('volumes have names of their own, whatever they hold', () => {
  const { pod, worker } = train({
    volumes: [
      PodVolume.scratch().at('/a'), PodVolume.scratch().at('/b'), PodVolume.fromClaimName('shared-memory').at('/c'),
      PodVolume.fromClaimName('a.dotted.claim').at('/d'), PodVolume.fromClaimName('x'.repeat(253)).at('/e'),
    ],
  });
  const names = (pod.volumes as { name: string }[]).map(({ name }) => name);
  expect(names.slice(0, 5)).toEqual(['shared-memory', 'scratch', 'scratch-2', 'shared-memory-2', 'a-dotted-claim']);
  expect(new Set(names).size).toBe(6);
  expect(names.every(name => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))).toBe(true);
  expect((worker.volumeMounts as { name: string }[]).map(({ name }) => name)).toEqual(names);
});
