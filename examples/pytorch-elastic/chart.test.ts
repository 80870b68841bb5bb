import { ManifestChecker, MlApp, Outcome } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { ElasticChart } from './chart';

const manifests: any[] = new ElasticChart(new MlApp(), 'pytorch-elastic').toJson();
const { spec, metadata } = manifests.find(({ kind }) => kind === 'Job');
const [worker] = spec.template.spec.containers;
const env = Object.fromEntries(worker.env.map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom.fieldRef.fieldPath]));

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('no rule is violated', () => {
  const violated = new ManifestChecker().check(manifests).findings.filter(({ outcome }) => outcome === Outcome.VIOLATED);
  expect(violated).toEqual([]);
});

test('four to eight workers meet at the first, which no rank ties to', () => {
  expect(env).toMatchObject({
    PET_NNODES: '4:8', PET_NPROC_PER_NODE: '8', PET_RDZV_BACKEND: 'c10d', PET_RDZV_ENDPOINT: `${metadata.name}-0.${metadata.name}:29400`,
    PET_LOCAL_ADDR: 'status.podIP', PET_RDZV_CONF: 'join_timeout=21600',
  });
  expect(env).not.toHaveProperty('PET_NODE_RANK');
});

test('a node that is taken away costs the job nothing', () => {
  expect(spec.podFailurePolicy.rules).toContainEqual({ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] });
  expect(env.PET_MAX_RESTARTS).toBe('100');
});

test('the job is done when the first worker is', () => {
  expect([spec.completions, spec.parallelism]).toEqual([8, 8]);
  expect(spec.successPolicy).toEqual({ rules: [{ succeededIndexes: '0' }] });
});

test('all workers write into one directory', () => {
  const claim = manifests.find(({ kind }) => kind === 'PersistentVolumeClaim');
  const volume = spec.template.spec.volumes.find((of: any) => of.persistentVolumeClaim?.claimName === claim.metadata.name);
  expect(worker.volumeMounts).toContainEqual({ mountPath: '/checkpoints', name: volume.name });
});
