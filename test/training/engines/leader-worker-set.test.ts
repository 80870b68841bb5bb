import { Duration, Size, Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  CheckpointVolume, ClaimRetention, DistributedTrainingJob, Durability, Engine, Framework, PerWorkerCheckpointProps,
} from '../../../lib';
import { rulesIn } from '../../support/checker';
import { emit, TARGETS } from '../../support/engines';
import { errorsOf, warningsOn } from '../../support/findings';
import { chartIn, envOf } from '../../support/manifests';
import { CHECKPOINTS, DISK, GPUS, MINIMUM, refused } from '../../support/training';

const engine = Engine.leaderWorkerSet();
const LWS = 'leaderworkerset.sigs.k8s.io';

function perWorker(props: Partial<PerWorkerCheckpointProps> = {}): CheckpointVolume {
  return CheckpointVolume.perWorker({ tier: DISK, size: Size.gibibytes(500), path: '/checkpoints', ...props });
}

describe.each(TARGETS)('a LeaderWorkerSet for %s', target => {
  const { manifests } = emit({ engine, accelerator: GPUS, checkpoints: CHECKPOINTS.perWorker() }, { target });

  test('is all that is emitted', () => {
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });

  test('passes every rule', () => {
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

describe('the LeaderWorkerSet', () => {
  const { manifests, workload, job } = emit({ engine, workers: 8, accelerator: GPUS, podLabels: { team: 'vision' } });
  const { leaderWorkerTemplate, ...spec } = workload.spec;
  const [worker] = leaderWorkerTemplate.workerTemplate.spec.containers;

  test('is one group of as many pods as there are workers, all of one template', () => {
    expect(workload).toMatchObject({ apiVersion: 'leaderworkerset.x-k8s.io/v1', kind: 'LeaderWorkerSet' });
    expect(spec).toEqual({ replicas: 1, startupPolicy: 'LeaderCreated' });
    expect(Object.keys(leaderWorkerTemplate as object).sort()).toEqual(['restartPolicy', 'size', 'workerTemplate']);
    expect(leaderWorkerTemplate.size).toBe(8);
  });

  test('makes the whole group again after a fault', () => {
    expect(leaderWorkerTemplate.restartPolicy).toBe('RecreateGroupOnPodRestart');
    expect(leaderWorkerTemplate.workerTemplate.spec.restartPolicy).toBe('Always');
  });

  test('has its Service from the controller', () => {
    expect(manifests.map(({ kind }) => kind)).toEqual(['LeaderWorkerSet']);
    expect(job.serviceName).toBe('train');
  });

  test('tells each pod its index in the group, not that of the group', () => {
    const env = envOf(worker);
    expect(worker.env[0].name).toBe('PET_NODE_RANK');
    expect(env.PET_NODE_RANK).toEqual({ fieldRef: { apiVersion: 'v1', fieldPath: `metadata.labels['${LWS}/worker-index']` } });
    expect(env.PET_NNODES).toBe('8');
    expect(env.PET_NPROC_PER_NODE).toBe('8');
  });

  test('has its workers meet at the leader', () => {
    expect(envOf(worker).PET_MASTER_ADDR).toBe('train-0.train');
    expect(job.masterAddress).toBe('train-0.train');
  });

  test('never ends, and says nothing of it: it was asked for', () => {
    expect(warningsOn(job)).toEqual([]);
  });
});

describe('claims of a LeaderWorkerSet', () => {
  const { job, workload } = emit({ engine, workers: 3, checkpoints: perWorker() });
  const { volumeClaimTemplates, persistentVolumeClaimRetentionPolicy, workerTemplate } = workload.spec.leaderWorkerTemplate;

  test('are one for each worker, kept when it goes', () => {
    expect(volumeClaimTemplates).toHaveLength(1);
    expect(volumeClaimTemplates[0]).toMatchObject({
      metadata: { name: 'checkpoints' }, spec: { storageClassName: 'disk', resources: { requests: { storage: '500Gi' } } },
    });
    expect(persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
    expect(workerTemplate.spec.containers[0].volumeMounts).toContainEqual({ name: 'checkpoints', mountPath: '/checkpoints' });
  });

  test('are called after the pods: the leader is no `-0` of its group', () => {
    expect(job.checkpointClaims).toEqual(['checkpoints-train-0', 'checkpoints-train-0-1', 'checkpoints-train-0-2']);
  });

  const KEPT = 'expected ClaimRetention.RETAIN: each restart of the group deletes the StatefulSet of its workers, and would delete their claims';
  const FIX = 'say `whenDeleted: ClaimRetention.RETAIN`, and delete the claims by hand';

  test.each([
    ['they are to go with it', { whenDeleted: ClaimRetention.DELETE }, 'Delete'],
    ['what is in them is not precious', { durability: Durability.REPRODUCIBLE }, 'Delete, as `durability` has it'],
  ])('are refused where %s: a restart would delete them', (_, props, found) => {
    expect(errorsOf(refused({ engine, checkpoints: perWorker(props) }))).toEqual([
      `train/engine-cannot | checkpoints.whenDeleted: ${KEPT}, found ${found} | ${FIX}`,
    ]);
  });

  test('may hold what is not precious and stays', () => {
    const kept = perWorker({ durability: Durability.REPRODUCIBLE, whenDeleted: ClaimRetention.RETAIN });
    expect(errorsOf(refused({ engine, checkpoints: kept }))).toEqual([]);
  });
});

describe('a LeaderWorkerSet is refused', () => {
  const OTHERS = 'Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob()';

  test.each([
    ['restarts', { restarts: 3 }, 'a limit of restarts'],
    ['deadline', { deadline: Duration.days(1) }, 'a deadline'],
    ['ttlAfterFinished', { ttlAfterFinished: Duration.days(1) }, 'an end, and so a time after it'],
  ])('%s', (path, props, what) => {
    expect(errorsOf(refused({ engine, ...props }))).toEqual([
      `train/engine-cannot | ${path}: expected an engine that has ${what}: ${OTHERS}, found Engine.leaderWorkerSet() | leave \`${path}\` out, or use one of them`,
    ]);
  });

  test('a name that leaves no room for the hash of the set of its workers', () => {
    expect(errorsOf(refused({ engine, name: 'a'.repeat(51) }))).toEqual([
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 50 characters: LeaderWorkerSet puts more behind it, up to 63, found "${'a'.repeat(51)}" (51) | use a name such as \`resnet-50\`, or leave it out`,
    ]);
    expect(emit({ engine, name: 'a'.repeat(50) }).job.jobName).toHaveLength(50);
    // there is no set of workers
    expect(emit({ engine, name: 'a'.repeat(52), workers: 1 }).job.jobName).toHaveLength(52);
  });
});

test('a name made from the path leaves room for what the engine puts behind it', () => {
  const { jobName } = new DistributedTrainingJob(chartIn(), 'x'.repeat(100), { ...MINIMUM, engine });
  expect(jobName.length).toBeLessThanOrEqual(50);
  expect(errorsOf(refused({ engine, name: jobName }))).toEqual([]);
});

test('a group of one meets at itself', () => {
  const { workload } = emit({ engine, workers: 1, framework: Framework.pytorch({ port: 1234 }) });
  const { size, workerTemplate } = workload.spec.leaderWorkerTemplate;
  expect(size).toBe(1);
  expect(envOf(workerTemplate.spec.containers[0])).toMatchObject({ PET_NNODES: '1', PET_MASTER_ADDR: 'train-0.train', PET_MASTER_PORT: '1234' });
});
