import { Duration, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Engine, Framework, KubernetesVersion } from '../../../lib';
import type { WorkloadRequest } from '../../../lib/training/engines/engine-spec';
import { pytorchJob } from '../../../lib/training/engines/pytorch-job';
import { workersOnly } from '../../../lib/training/roles';
import { rulesIn } from '../../support/checker';
import { emit, TARGETS } from '../../support/engines';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { envOf } from '../../support/manifests';
import { CHECKPOINTS, GPUS, refused } from '../../support/training';

const engine = Engine.pytorchJob();

describe.each(TARGETS)('a PyTorchJob for %s', target => {
  const { manifests } = emit({ engine, accelerator: GPUS, checkpoints: CHECKPOINTS.shared() }, { target });

  test('is all that is emitted, besides the claim', () => {
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('passes every rule', () => {
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

describe('the PyTorchJob', () => {
  const { manifests, workload, job } = emit({ engine, workers: 8, accelerator: GPUS });
  const { Master, Worker, ...others } = workload.spec.pytorchReplicaSpecs;

  test('is a master and the other workers, of one template', () => {
    expect(workload).toMatchObject({ apiVersion: 'kubeflow.org/v1', kind: 'PyTorchJob' });
    expect([Master.replicas, Worker.replicas, others]).toEqual([1, 7, {}]);
    expect(Worker.template).toEqual(Master.template);
  });

  test('is a master alone where there is one worker', () => {
    const { pytorchReplicaSpecs } = emit({ engine, workers: 1 }).workload.spec;
    expect(Object.keys(pytorchReplicaSpecs as object)).toEqual(['Master']);
  });

  test('names the container and the port as the operator looks for them', () => {
    const moved = emit({ engine, framework: Framework.pytorch({ port: 12345 }) }).workload;
    const [container] = moved.spec.pytorchReplicaSpecs.Master.template.spec.containers;
    expect(container.name).toBe('pytorch');
    expect(container.ports).toEqual([{ name: 'pytorchjob-port', containerPort: 12345 }]);
  });

  test('leaves it to the operator to tell the processes their place', () => {
    expect(workload.spec.nprocPerNode).toBe('8');
    const [container] = Master.template.spec.containers;
    expect(Object.keys(envOf(container)).sort()).toEqual(['PET_MAX_RESTARTS', 'PET_SHUTDOWN_TIMEOUT']);
    expect(container).toMatchObject({ command: ['torchrun'], args: ['train.py', '--epochs=90'] });
  });

  test('has its Services, one for each pod, from the operator', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual(['PyTorchJob']);
    expect(job.masterAddress).toBe('train-master-0');
  });

  test('starts containers again where they are, by the policy of the replicas alone', () => {
    expect([Master.restartPolicy, Worker.restartPolicy]).toEqual(['OnFailure', 'OnFailure']);
    expect(Master.template.spec).not.toHaveProperty('restartPolicy');
  });

  test('counts incidents, where the operator counts containers and fails when it reaches the limit', () => {
    const limit = (restarts?: number): number => emit({ engine, workers: 8, restarts }).workload.spec.runPolicy.backoffLimit;
    expect([limit(), limit(1), limit(0)]).toEqual([25, 9, 1]);
    expect(emit({ engine, workers: 1, restarts: 2_147_483_647 }).workload.spec.runPolicy.backoffLimit).toBe(2_147_483_647);
  });

  test('deletes what still runs when the master is done', () => {
    expect(workload.spec.runPolicy).toEqual({ backoffLimit: 25, cleanPodPolicy: 'Running' });
  });

  test('ends when it is told to, and goes when it is told to', () => {
    const { runPolicy } = emit({ engine, deadline: Duration.days(2), ttlAfterFinished: Duration.seconds(0) }).workload.spec;
    expect(runPolicy).toMatchObject({ activeDeadlineSeconds: 172800, ttlSecondsAfterFinished: 0 });
  });

  test('tells workers apart by the names of their pods, which containers that start first know too', () => {
    const { workload: shared } = emit({ engine, checkpoints: CHECKPOINTS.shared() });
    const [container] = shared.spec.pytorchReplicaSpecs.Worker.template.spec.containers;
    expect(container.volumeMounts).toContainEqual({ name: 'checkpoints', mountPath: '/checkpoints', subPathExpr: '$(CDK8S_ML_POD_NAME)' });
    expect(envOf(container).CDK8S_ML_POD_NAME).toEqual({ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } });
  });
});

describe('the pods of a PyTorchJob', () => {
  const [role] = workersOnly(3);
  const group = { name: 'train', roles: [role], target: KubernetesVersion.V1_33 };

  test('are the master and the workers behind it', () => {
    const { podName, address, index } = pytorchJob.place(group, role);
    expect([0, 1, 2].map(podName!)).toEqual(['train-master-0', 'train-worker-0', 'train-worker-1']);
    expect([0, 1, 2].map(address)).toEqual([0, 1, 2].map(podName!));
    expect(index).toEqual({ kind: 'variable', name: 'RANK' });
  });

  test('are workers only where their number may change, and have no rank before they have met', () => {
    const { podName, address, index } = pytorchJob.place({ ...group, minWorkers: 2 }, role);
    expect([0, 1, 2].map(podName!)).toEqual(['train-worker-0', 'train-worker-1', 'train-worker-2']);
    expect([0, 1, 2].map(address)).toEqual([0, 1, 2].map(podName!));
    expect(index).toEqual({ kind: 'hostname' });
  });
});

describe('a PyTorchJob of a request', () => {
  const [role] = workersOnly(4);
  const request: WorkloadRequest = {
    target: KubernetesVersion.V1_33, name: 'train', framework: 'torchrun', wiring: 'operator', processesPerWorker: 2, port: 29_400, serviceName: 'train',
    roles: [{
      role, selector: {},
      template: {
        metadata: { labels: { app: 'train' } },
        spec: {
          automountServiceAccountToken: false, enableServiceLinks: false, containers: [], restartPolicy: 'OnFailure', securityContext: {},
        },
      },
    }],
    labels: { 'kueue.x-k8s.io/queue-name': 'research' }, annotations: { owner: 'vision' }, restarts: 3, firstDecides: false, failOnExitCodes: [],
  };
  const specOf = (more: Partial<WorkloadRequest>): any => (pytorchJob.objects({ ...request, ...more })[0].props as any).spec;

  test('whose number of workers may change has workers only, and a policy for them', () => {
    const { elasticPolicy, pytorchReplicaSpecs, nprocPerNode } = specOf({ minWorkers: 2 });
    expect(elasticPolicy).toEqual({ rdzvBackend: 'c10d', rdzvPort: 29_400, minReplicas: 2, maxReplicas: 4 });
    expect(nprocPerNode).toBe('2');
    expect(Object.keys(pytorchReplicaSpecs as object)).toEqual(['Worker']);
    expect(pytorchReplicaSpecs.Worker.replicas).toBe(4);
    expect(specOf({})).not.toHaveProperty('elasticPolicy');
  });

  test('that starts together or not at all leaves that to the operator', () => {
    const gang = { scheduler: 'volcano', queue: 'research', timeoutSeconds: 300 } as const;
    expect(specOf({ gang }).runPolicy.schedulingPolicy).toEqual({ minAvailable: 4, queue: 'research', scheduleTimeoutSeconds: 300 });
    expect(specOf({ gang: { scheduler: 'coscheduling' }, minWorkers: 2 }).runPolicy.schedulingPolicy).toEqual({ minAvailable: 2 });
    expect(specOf({}).runPolicy).not.toHaveProperty('schedulingPolicy');
  });

  test('has the labels of a queue and the annotations', () => {
    expect(pytorchJob.objects(request)[0].props.metadata).toEqual({ name: 'train', labels: request.labels, annotations: request.annotations });
  });
});

describe('the container that the operator adds', () => {
  test('is warned of: a namespace may refuse it', () => {
    expect(warningsOn(emit({ engine, workers: 2 }).job).map(lineOf)).toEqual([
      'sec/operator-container | engine: expected pods that a namespace takes which enforces the restricted standard, found Engine.pytorchJob(): its operator adds a container without a security context, of the image alpine:3.10, to each worker | give the operator a `--pytorch-init-container-template-file` with a security context, or label the namespace with pod-security.kubernetes.io/enforce: baseline',
    ]);
  });

  test('is not in the master', () => {
    expect(warningsOn(emit({ engine, workers: 1 }).job)).toEqual([]);
  });
});

describe('a PyTorchJob is refused', () => {
  test('a claim for each worker', () => {
    expect(errorsOf(refused({ engine, checkpoints: CHECKPOINTS.perWorker() }))).toEqual([
      'train/engine-cannot | checkpoints: expected an engine that has a claim for each worker: Engine.statefulSet() or Engine.leaderWorkerSet(), found Engine.pytorchJob() | use one of them, or one claim for all with CheckpointVolume.shared()',
    ]);
  });

  test('a name that leaves no room for those of its Services', () => {
    expect(errorsOf(refused({ engine, workers: 4, name: 'a'.repeat(55) }))).toEqual([
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 54 characters: PyTorchJob puts more behind it, up to 63, found "${'a'.repeat(55)}" (55) | use a name such as \`resnet-50\`, or leave it out`,
    ]);
    expect(emit({ engine, workers: 4, name: 'a'.repeat(54) }).job.jobName).toHaveLength(54);
  });
});
