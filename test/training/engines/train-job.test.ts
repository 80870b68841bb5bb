import { Duration, JsonPatch, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Engine, Framework, KubernetesVersion } from '../../../lib';
import type { WorkloadRequest } from '../../../lib/training/engines/engine-spec';
import { trainJob } from '../../../lib/training/engines/train-job';
import { workersOnly } from '../../../lib/training/roles';
import { rulesIn } from '../../support/checker';
import { emit, Emitted, TARGETS } from '../../support/engines';
import { errorsOf } from '../../support/findings';
import { envOf, Manifest, the } from '../../support/manifests';
import { CHECKPOINTS, GPUS, refused } from '../../support/training';

const engine = Engine.trainJob();

function runtimeOf({ manifests }: Emitted): Manifest {
  return the('TrainingRuntime', manifests);
}

/** The spec of the only Job in the JobSet of a runtime. */
function nodeOf(emitted: Emitted): any {
  const { replicatedJobs } = runtimeOf(emitted).spec.template.spec;
  expect(replicatedJobs).toHaveLength(1);
  return replicatedJobs[0];
}

describe.each(TARGETS)('a TrainJob for %s', target => {
  const { manifests } = emit({
    engine, accelerator: GPUS, checkpoints: CHECKPOINTS.shared(), deadline: Duration.days(7), ttlAfterFinished: Duration.days(1),
  }, { target });

  test('is all that is emitted, with its runtime and the claim', () => {
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('passes every rule', () => {
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

describe('the TrainJob', () => {
  const emitted = emit({ engine, workers: 8, accelerator: GPUS });
  const { workload, job, manifests } = emitted;

  test('comes behind its runtime, without which it is refused', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual(['TrainingRuntime', 'TrainJob']);
    expect(workload).toMatchObject({ apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainJob' });
    expect(workload.spec.runtimeRef).toEqual({
      apiGroup: 'trainer.kubeflow.org', kind: 'TrainingRuntime', name: runtimeOf(emitted).metadata.name,
    });
  });

  test('says what runs, on how many nodes and in how many processes', () => {
    expect(workload.spec).toEqual({
      runtimeRef: expect.anything() as unknown,
      trainer: {
        image: 'ghcr.io/acme/train:1.4.2', command: ['torchrun'], args: ['train.py', '--epochs=90'], numNodes: 8, numProcPerNode: 8,
      },
    });
  });

  test('has its workers meet where Kubeflow Trainer tells them to', () => {
    expect(job.masterAddress).toBe('train-node-0-0.train');
  });

  test('ends when it is told to, over all attempts', () => {
    const late = emit({ engine, deadline: Duration.days(2), ttlAfterFinished: Duration.hours(1) });
    expect(late.workload.spec.activeDeadlineSeconds).toBe(172800);
    expect(nodeOf(late).template.spec).not.toHaveProperty('activeDeadlineSeconds');
    expect(runtimeOf(late).spec.template.spec.ttlSecondsAfterFinished).toBe(3600);
    expect(late.workload.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  test('is what patches are for', () => {
    const patched = emit({ engine, patches: [JsonPatch.add('/spec/suspend', true)] });
    expect(patched.workload.spec.suspend).toBe(true);
  });
});

describe('the runtime of a TrainJob', () => {
  const emitted = emit({ engine, workers: 8, accelerator: GPUS, env: { OMP_NUM_THREADS: '4' } });
  const runtime = runtimeOf(emitted);
  const node = nodeOf(emitted);
  const { spec: pod, metadata } = node.template.spec.template;
  const [container] = pod.containers;

  test('is one of PyTorch, and says so to those who look for one', () => {
    expect(runtime.metadata.labels).toEqual({
      'app.kubernetes.io/name': 'train', 'app.kubernetes.io/component': 'worker', 'trainer.kubeflow.org/framework': 'torch',
    });
    expect(runtime.spec.mlPolicy).toEqual({ numNodes: 8, torch: {} });
    expect(runtime.spec).not.toHaveProperty('podGroupPolicy');
  });

  test('has one job, called and labelled as what gets the settings of the TrainJob', () => {
    expect([node.name, node.replicas, container.name]).toEqual(['node', 1, 'node']);
    expect(node.template.metadata.labels).toEqual({ 'trainer.kubeflow.org/trainjob-ancestor-step': 'trainer' });
    expect(node.template.spec).toMatchObject({ completionMode: 'Indexed', completions: 8, parallelism: 8, backoffLimit: 0 });
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'train' });
  });

  test('holds the pod but for what the TrainJob says', () => {
    expect(container).not.toHaveProperty('image');
    expect(container).not.toHaveProperty('command');
    expect(container).not.toHaveProperty('args');
    expect(container.resources.limits['nvidia.com/gpu']).toBe('8');
    expect(pod.volumes).toContainEqual({ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '16Gi' } });
  });

  test('leaves the variables of torchrun to Kubeflow Trainer', () => {
    expect(Object.keys(envOf(container)).sort()).toEqual(['OMP_NUM_THREADS', 'PET_MAX_RESTARTS', 'PET_SHUTDOWN_TIMEOUT']);
    expect(emitted.workload.spec.trainer).not.toHaveProperty('env');
  });

  test('starts all workers again together, and keeps their names in DNS', () => {
    const { network, failurePolicy } = runtime.spec.template.spec;
    expect(network).toEqual({ enableDNSHostnames: true, publishNotReadyAddresses: true, subdomain: 'train' });
    expect(failurePolicy).toMatchObject({ maxRestarts: 3, restartStrategy: 'BlockingRecreate' });
  });

  test('tells apart the directories of workers that share a claim', () => {
    const shared = nodeOf(emit({ engine, checkpoints: CHECKPOINTS.shared() })).template.spec.template.spec.containers[0];
    expect(shared.volumeMounts).toContainEqual({ name: 'checkpoints', mountPath: '/checkpoints', subPathExpr: 'rank-$(CDK8S_ML_INDEX)' });
    expect(envOf(shared).CDK8S_ML_INDEX.fieldRef.fieldPath).toBe("metadata.labels['batch.kubernetes.io/job-completion-index']");
  });
});

describe('a TrainJob of a request', () => {
  const [role] = workersOnly(4);
  const request: WorkloadRequest = {
    target: KubernetesVersion.V1_33, name: 'train', framework: 'torchrun', wiring: 'operator', processesPerWorker: 2, port: 29_500, serviceName: 'train',
    roles: [{
      role, selector: { app: 'train' },
      template: {
        metadata: { labels: { app: 'train' } },
        spec: {
          automountServiceAccountToken: false, enableServiceLinks: false, restartPolicy: 'Never', securityContext: {},
          containers: [
            { name: 'sidecar', image: 'sidecar:1', imagePullPolicy: 'IfNotPresent', securityContext: {} },
            { name: 'node', image: 'train:1', imagePullPolicy: 'IfNotPresent', command: ['python', 'train.py'], securityContext: {} },
          ],
        },
      },
    }],
    labels: { 'kueue.x-k8s.io/queue-name': 'research' }, annotations: { owner: 'vision' }, restarts: 3, firstDecides: false, failOnExitCodes: [],
  };
  const made = (more: Partial<WorkloadRequest>): { runtime: any; job: any } => {
    const [runtime, job] = trainJob.objects({ ...request, ...more });
    return { runtime: runtime.props, job: job.props };
  };

  test.each([
    ['jax', 'operator', { numNodes: 4, jax: {} }, 'jax'],
    ['deepspeed', 'operator', { numNodes: 4, torch: {} }, 'deepspeed'],
    ['tensorflow', 'pod', { numNodes: 4 }, 'tensorflow'],
    ['accelerate', 'pod', { numNodes: 4 }, 'torch'],
  ] as const)('of %s, wired by the %s', (framework, wiring, policy, label) => {
    const { runtime, job } = made({ framework, wiring });
    expect(runtime.spec.mlPolicy).toEqual(policy);
    expect(runtime.metadata.labels['trainer.kubeflow.org/framework']).toBe(label);
    expect(job.spec.trainer.numProcPerNode).toBe('torch' in policy ? 2 : undefined);
  });

  test('takes what runs from the container that trains, and no arguments where there are none', () => {
    expect(made({}).job.spec.trainer).toEqual({ image: 'train:1', command: ['python', 'train.py'], numNodes: 4, numProcPerNode: 2 });
    const { containers } = made({}).runtime.spec.template.spec.replicatedJobs[0].template.spec.template.spec;
    expect(containers.map(({ name, image }: any) => [name, image])).toEqual([['sidecar', 'sidecar:1'], ['node', undefined]]);
  });

  test('that starts together or not at all leaves that to Kubeflow Trainer', () => {
    const volcano = made({ gang: { scheduler: 'volcano', queue: 'research' } }).runtime.spec;
    expect(volcano.podGroupPolicy).toEqual({ volcano: {} });
    expect(volcano.template.metadata).toEqual({ annotations: { 'scheduling.volcano.sh/queue-name': 'research' } });
    expect(made({ gang: { scheduler: 'volcano' } }).runtime.spec.template).not.toHaveProperty('metadata');
    const waits = made({ gang: { scheduler: 'coscheduling', timeoutSeconds: 300 } }).runtime.spec;
    expect(waits.podGroupPolicy).toEqual({ coscheduling: { scheduleTimeoutSeconds: 300 } });
    expect(made({ gang: { scheduler: 'coscheduling' } }).runtime.spec.podGroupPolicy).toEqual({ coscheduling: {} });
  });

  test('has the labels of a queue and the annotations, which its runtime has not', () => {
    const { runtime, job } = made({});
    expect(job.metadata).toEqual({ name: 'train', labels: request.labels, annotations: request.annotations });
    expect(runtime.metadata).toEqual({ name: 'train', labels: { app: 'train', 'trainer.kubeflow.org/framework': 'torch' } });
  });
});

describe('a TrainJob is refused', () => {
  test('a port, which Kubeflow Trainer has its own of', () => {
    expect(errorsOf(refused({ engine, framework: Framework.pytorch({ port: 12345 }) }))).toEqual([
      'train/engine-cannot | framework.port: expected 29500: Kubeflow Trainer lets the processes meet there, found 12345 | leave `port` out, or use Engine.jobSet()',
    ]);
    expect(errorsOf(refused({ engine, framework: Framework.pytorch({ port: 29500 }) }))).toEqual([]);
  });

  test('a JobSet that is gone before its end was seen, and so made again', () => {
    expect(errorsOf(refused({ engine, ttlAfterFinished: Duration.seconds(59) }))).toEqual([
      'train/engine-cannot | ttlAfterFinished: expected at least 60 s: Kubeflow Trainer makes a JobSet again that is gone before it has seen its end, found 59 s | set `ttlAfterFinished` to Duration.minutes(1) or more, or use Engine.jobSet()',
    ]);
    expect(errorsOf(refused({ engine, ttlAfterFinished: Duration.seconds(60) }))).toEqual([]);
  });

  test('a claim for each worker', () => {
    expect(errorsOf(refused({ engine, checkpoints: CHECKPOINTS.perWorker() }))).toEqual([
      'train/engine-cannot | checkpoints: expected an engine that has a claim for each worker: Engine.statefulSet() or Engine.leaderWorkerSet(), found Engine.trainJob() | use one of them, or one claim for all with CheckpointVolume.shared()',
    ]);
  });

  test('a name that leaves no room for those of its pods', () => {
    expect(errorsOf(refused({ engine, workers: 8, name: 'a'.repeat(49) }))).toEqual([
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 48 characters: TrainJob puts more behind it, up to 63, found "${'a'.repeat(49)}" (49) | use a name such as \`resnet-50\`, or leave it out`,
    ]);
    const longest = emit({ engine, workers: 8, name: 'a'.repeat(48) });
    expect(longest.job.jobName).toHaveLength(48);
    expect(rulesIn(longest.manifests)).toEqual([]);
  });
});
