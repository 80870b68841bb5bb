import { describe, expect, test } from 'vitest';
import { manifestOf } from '../../../lib/rules/engine/manifest';
import { podsOf } from '../../../lib/rules/engine/pods';
import { Subject, type Run } from '../../../lib/rules/engine/subject';
import { objectsIn } from '../../support/checker';

const POD = 'template: { metadata: { labels: { app: train } }, spec: { containers: [{ name: main, image: x }] } }';

function found(yaml: string, minor = 36): { at: string; copies: number | undefined; role: string; ruleId: string }[] {
  const run: Run = { minor, assumeComplete: false, findings: [], owners: [] };
  return podsOf(new Subject(manifestOf(objectsIn(yaml)[0]), run, 0)).map(({ subject, path, copies, role }) => {
    subject.report({ id: 'api/x', severity: 'error' as any, title: '', why: '', fix: '', link: '' }, path, { expected: '', found: '' });
    return { at: path.toString(), copies, role, ruleId: run.findings.at(-1)!.ruleId };
  });
}

describe('pods are found', () => {
  test.each([
    ['a Pod', 'apiVersion: v1\nkind: Pod\nspec: { containers: [] }', 'spec', 1],
    ['a Deployment', `apiVersion: apps/v1\nkind: Deployment\nspec: { replicas: 3, ${POD} }`, 'spec.template.spec', 3],
    ['a StatefulSet', `apiVersion: apps/v1\nkind: StatefulSet\nspec: { ${POD} }`, 'spec.template.spec', 1],
    ['a DaemonSet, one on each node', `apiVersion: apps/v1\nkind: DaemonSet\nspec: { ${POD} }`, 'spec.template.spec', undefined],
    ['a Job', `apiVersion: batch/v1\nkind: Job\nspec: { parallelism: 4, completions: 2, ${POD} }`, 'spec.template.spec', 2],
    ['a CronJob', `apiVersion: batch/v1\nkind: CronJob\nspec: { jobTemplate: { spec: { ${POD} } } }`, 'spec.jobTemplate.spec.template.spec', 1],
  ])('in %s', (_, yaml, at, copies) => {
    expect(found(yaml)).toEqual([{ at, copies, role: '', ruleId: 'api/x' }]);
  });

  test('in a JobSet, in every replicated job', () => {
    const jobs = `[{ name: leader, template: { spec: { ${POD} } } }, { name: worker, replicas: 2, template: { spec: { parallelism: 4, ${POD} } } }]`;
    expect(found(`apiVersion: jobset.x-k8s.io/v1alpha2\nkind: JobSet\nspec: { replicatedJobs: ${jobs} }`)).toEqual([
      { at: 'spec.replicatedJobs[0].template.spec.template.spec', copies: 1, role: 'leader', ruleId: 'silent/x' },
      { at: 'spec.replicatedJobs[1].template.spec.template.spec', copies: 8, role: 'worker', ruleId: 'silent/x' },
    ]);
  });

  test('in a training runtime', () => {
    const runtime = `template: { spec: { replicatedJobs: [{ name: node, template: { spec: { ${POD} } } }] } }`;
    expect(found(`apiVersion: trainer.kubeflow.org/v1alpha1\nkind: TrainingRuntime\nspec: { ${runtime} }`)).toEqual([
      { at: 'spec.template.spec.replicatedJobs[0].template.spec.template.spec', copies: 1, role: 'node', ruleId: 'silent/x' },
    ]);
  });

  test('in an MPIJob, by role', () => {
    expect(found(`apiVersion: kubeflow.org/v2beta1\nkind: MPIJob\nspec: { mpiReplicaSpecs: { Launcher: { ${POD} }, Worker: { replicas: 2, ${POD} } } }`)).toEqual([
      { at: 'spec.mpiReplicaSpecs[Launcher].template.spec', copies: 1, role: 'Launcher', ruleId: 'silent/x' },
      { at: 'spec.mpiReplicaSpecs[Worker].template.spec', copies: 2, role: 'Worker', ruleId: 'silent/x' },
    ]);
  });

  test('in a LeaderWorkerSet: the leader is one of the group', () => {
    const template = POD.replace('template: ', '');
    const both = `{ size: 4, leaderTemplate: ${template}, workerTemplate: ${template} }`;
    const set = (group: string): string => `apiVersion: leaderworkerset.x-k8s.io/v1\nkind: LeaderWorkerSet\nspec: { replicas: 2, leaderWorkerTemplate: ${group} }`;
    expect(found(set(both)).map(({ role, copies }) => [role, copies])).toEqual([['leader', 2], ['worker', 6]]);
    expect(found(set(`{ size: 4, workerTemplate: ${template} }`)).map(({ role, copies }) => [role, copies])).toEqual([['worker', 8]]);
  });

  test('and nowhere in what has none', () => {
    expect(found('apiVersion: v1\nkind: constructor')).toEqual([]);
    expect(found('apiVersion: batch/v1\nkind: Job\nspec: {}')).toEqual([]);
  });
});

test('the server looks into the template of a StatefulSet since 1.34', () => {
  const set = `apiVersion: apps/v1\nkind: StatefulSet\nspec: { ${POD} }`;
  expect(found(set, 33)[0].ruleId).toBe('silent/x');
  expect(found(set, 34)[0].ruleId).toBe('api/x');
});
