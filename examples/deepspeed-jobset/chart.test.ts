import { ManifestChecker, MlApp, Outcome } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { DeepspeedChart } from './chart';

const manifests: any[] = new DeepspeedChart(new MlApp(), 'deepspeed-jobset').toJson();
const { spec, metadata } = manifests.find(({ kind }) => kind === 'JobSet');
const [{ template: { spec: job } }] = spec.replicatedJobs;
const [worker] = job.template.spec.containers;
const env = Object.fromEntries(worker.env.map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom.fieldRef.fieldPath]));

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('it makes the objects of the scenario and no others', () => {
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(['JobSet', 'PersistentVolumeClaim', 'StorageClass']);
});

test('no rule is violated', () => {
  const violated = new ManifestChecker().check(manifests).findings.filter(({ outcome }) => outcome === Outcome.VIOLATED);
  expect(violated).toEqual([]);
});

test('torchrun starts a process for each GPU, without ssh and a list of hosts', () => {
  expect([...worker.command, ...worker.args]).toEqual(['torchrun', 'pretrain.py', '--deepspeed_config=zero3.json', '--checkpoints=/checkpoints']);
  expect(env).toMatchObject({
    PET_NNODES: '4', PET_NPROC_PER_NODE: '8', PET_MASTER_ADDR: `${metadata.name}-worker-0-0.${metadata.name}`,
    PET_NODE_RANK: "metadata.labels['batch.kubernetes.io/job-completion-index']",
  });
});

test('all ranks write their parts of a checkpoint into one directory', () => {
  const claim = manifests.find(({ kind }) => kind === 'PersistentVolumeClaim');
  const volume = job.template.spec.volumes.find((of: any) => of.persistentVolumeClaim?.claimName === claim.metadata.name);
  expect(claim.spec.accessModes).toEqual(['ReadWriteMany']);
  expect(worker.volumeMounts).toContainEqual({ mountPath: '/checkpoints', name: volume.name });
});

test('the last checkpoint may take all of the grace period but 10 s', () => {
  expect([job.template.spec.terminationGracePeriodSeconds, env.PET_SHUTDOWN_TIMEOUT]).toEqual([600, '590']);
});

test('all workers start again together, and a drained node does not count', () => {
  expect(job.backoffLimit).toBe(0);
  expect(spec.failurePolicy).toMatchObject({ maxRestarts: 5, restartStrategy: 'BlockingRecreate' });
  expect(spec.failurePolicy.rules).toContainEqual(expect.objectContaining({ action: 'RestartJobSetAndIgnoreMaxRestarts' }));
});
