import { MlApp } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { TrainJobChart } from './chart';

const manifests: any[] = new TrainJobChart(new MlApp(), 'trainjob').toJson();
const find = (kind: string) => manifests.find(manifest => manifest.kind === kind);
const { spec: runtime, metadata } = find('TrainingRuntime');
const { spec: job } = find('TrainJob');
const [node] = runtime.template.spec.replicatedJobs;
const pod = node.template.spec.template.spec;

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('the TrainJob runs its own runtime, which is written before it', () => {
  expect(job.runtimeRef).toEqual({ apiGroup: 'trainer.kubeflow.org', kind: 'TrainingRuntime', name: metadata.name });
  const kinds = manifests.map(({ kind }) => kind);
  expect(kinds.indexOf('TrainingRuntime')).toBeLessThan(kinds.indexOf('TrainJob'));
});

test('torchrun starts a process for each GPU, and is told its place by Kubeflow Trainer', () => {
  expect(runtime.mlPolicy).toEqual({ numNodes: 4, torch: {} });
  expect(job.trainer).toMatchObject({ command: ['torchrun'], numNodes: 4, numProcPerNode: 8 });
  expect(pod.containers[0].resources.limits['nvidia.com/gpu']).toBe('8');
  const names = pod.containers[0].env.map(({ name }: any) => name);
  for (const name of ['PET_NNODES', 'PET_NODE_RANK', 'PET_NPROC_PER_NODE', 'PET_MASTER_ADDR', 'PET_MASTER_PORT']) expect(names).not.toContain(name);
});

test('all workers write into one directory of one claim', () => {
  const claim = manifests.find(({ kind, spec }) => kind === 'PersistentVolumeClaim' && spec.storageClassName === find('StorageClass').metadata.name);
  const volume = pod.volumes.find((of: any) => of.persistentVolumeClaim?.claimName === claim.metadata.name);
  expect(claim.spec.accessModes).toEqual(['ReadWriteMany']);
  expect(pod.containers[0].volumeMounts).toContainEqual({ mountPath: '/checkpoints', name: volume.name });
});

test('the job ends after three days at the latest, and its pods go a day later', () => {
  expect(job.activeDeadlineSeconds).toBe(3 * 86400);
  expect(runtime.template.spec.ttlSecondsAfterFinished).toBe(86400);
});
