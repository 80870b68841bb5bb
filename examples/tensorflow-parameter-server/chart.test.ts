import { ManifestChecker, MlApp, Outcome } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { RecommenderChart } from './chart';

const manifests: any[] = new RecommenderChart(new MlApp(), 'tensorflow-parameter-server').toJson();
const find = (kind: string) => manifests.find(manifest => manifest.kind === kind);
const jobs: any[] = find('JobSet').spec.replicatedJobs;
const containerOf = (role: string) => jobs.find(({ name }) => name === role).template.spec.template.spec.containers[0];
const configOf = (role: string) => JSON.parse(containerOf(role).env.find((variable: any) => variable.name === 'TF_CONFIG').value.replace('$(TASK_INDEX)', '0'));

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('it makes the objects of the README and no others', () => {
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(
    ['JobSet', 'PersistentVolume', 'PersistentVolumeClaim', 'PersistentVolumeClaim', 'StorageClass']);
});

test('every task is told of the chief, of four workers and of two servers', () => {
  for (const role of ['chief', 'worker', 'ps', 'evaluator']) {
    const { cluster, task } = configOf(role);
    expect(task.type).toBe(role);
    expect([cluster.chief.length, cluster.worker.length, cluster.ps.length, cluster.evaluator]).toEqual([1, 4, 2, undefined]);
  }
});

test('the job is done when the chief is', () => {
  expect(find('JobSet').spec.successPolicy).toEqual({ operator: 'All', targetReplicatedJobs: ['chief'] });
});

test('only what computes has a GPU, only what loads data sees it, and all see the checkpoints', () => {
  const having = (has: (container: any) => boolean) => jobs.map(({ name }) => name).filter(role => has(containerOf(role)));
  expect(having(({ resources }) => resources.limits['nvidia.com/gpu'] !== undefined)).toEqual(['worker', 'evaluator']);
  const mounting = (path: string) => having(({ volumeMounts }) => volumeMounts.some(({ mountPath }: any) => mountPath === path));
  expect(mounting('/data')).toEqual(['chief', 'worker', 'evaluator']);
  expect(mounting('/checkpoints')).toEqual(['chief', 'worker', 'ps', 'evaluator']);
});

test('no rule is broken', () => {
  const { findings } = new ManifestChecker().check(manifests);
  expect(findings.filter(({ outcome }) => outcome === Outcome.VIOLATED).map(({ ruleId }) => ruleId)).toEqual([]);
});
