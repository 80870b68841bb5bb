import { describe, expect, test } from 'vitest';
import { Severity } from '../../../lib';
import { findingsIn, linesOf } from '../../support/checker';

const TRAIN = { name: 'train', image: 'ghcr.io/acme/train:1.4.2' };

function replicated(name: string, job: any = {}, more: any = {}, container: any = {}): any {
  return { name, template: { spec: { ...job, template: { spec: { restartPolicy: 'Never', containers: [{ ...TRAIN, ...container }] } } } }, ...more };
}

function jobSet(jobs: any[], spec: any = {}, name = 'resnet'): any {
  return { apiVersion: 'jobset.x-k8s.io/v1alpha2', kind: 'JobSet', metadata: { name, namespace: 'ml-training' }, spec: { replicatedJobs: jobs, ...spec } };
}

function runtime(jobs: any[], spec: any = {}): any {
  return {
    apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'TrainingRuntime', metadata: { name: 'torch', namespace: 'ml-training' },
    spec: { template: { spec: { replicatedJobs: jobs, ...spec } } },
  };
}

function lines(manifest: any, ruleId: string): string[] {
  return linesOf(findingsIn([manifest]), ruleId);
}

describe('names', () => {
  const indexed = { completionMode: 'Indexed', completions: 12, parallelism: 12 };
  const NAME = 'silent/job-set-name';

  test('have room for everything that is added to them', () => {
    // <name>-workers-0-11-abcde
    expect(lines(jobSet([replicated('workers', indexed)], {}, 'a'.repeat(44)), NAME)).toEqual([]);
    expect(lines(jobSet([replicated('workers', indexed)], {}, 'a'.repeat(45)), NAME)).toEqual([
      `spec.replicatedJobs[0].name | names of pods of at most 63 characters | "${'a'.repeat(45)}-workers-0-11-abcde" of 64`,
    ]);
  });

  test('of pods without a rank are not looked at', () => {
    expect(lines(jobSet([replicated('workers', { completionMode: 'NonIndexed', completions: 12 })], {}, 'a'.repeat(53)), NAME)).toEqual([]);
    expect(lines(jobSet([replicated('workers', {})], {}, 'a'.repeat(54)), NAME)).toHaveLength(1);
  });

  test('start with a letter and have no dots, as those of services do', () => {
    expect(lines(jobSet([replicated('workers')], {}, 'resnet.v2'), NAME)).toHaveLength(1);
    expect(lines(jobSet([replicated('workers')], { network: { subdomain: '7b' } }), NAME)).toEqual([
      'spec.network.subdomain | a name that starts with a letter and has lower-case letters, digits and dashes only, at most 63 of them | "7b"',
    ]);
    expect(lines(jobSet([replicated('workers', {}, { groupName: 'A' })]), NAME)).toHaveLength(1);
  });
});

describe('policies', () => {
  test.each<[string, any, any[], string[]]>([
    ['a job that waits for itself', {}, [replicated('a'), replicated('b', {}, { dependsOn: [{ name: 'b', status: 'Ready' }] })],
      ['silent/job-set-order spec.replicatedJobs[1].dependsOn[0].name']],
    ['a first job that waits', {}, [replicated('a', {}, { dependsOn: [{ name: 'b', status: 'Ready' }] }), replicated('b')],
      ['silent/job-set-order spec.replicatedJobs[0].dependsOn[0].name']],
    ['a target that is none', { failurePolicy: { rules: [{ name: 'lost', action: 'FailJobSet', targetReplicatedJobs: ['c'] }] } }, [replicated('a')],
      ['silent/job-set-target spec.failurePolicy.rules[0].targetReplicatedJobs[0]']],
    ['two rules of a name', { failurePolicy: { rules: [{ name: 'lost', action: 'FailJobSet' }, { name: 'lost', action: 'RestartJobSet' }] } }, [replicated('a')],
      ['silent/job-set-failure-rule spec.failurePolicy.rules[1].name']],
    ['a coordinator that is none', { coordinator: { replicatedJob: 'c' } }, [replicated('a')], ['silent/job-set-target spec.coordinator.replicatedJob']],
    ['a coordinator behind the last job', { coordinator: { replicatedJob: 'a', jobIndex: 2 } }, [replicated('a', {}, { replicas: 2 })],
      ['silent/job-set-target spec.coordinator.jobIndex']],
    ['a coordinator behind the last pod', { coordinator: { replicatedJob: 'a', podIndex: 4 } }, [replicated('a', { completions: 4, parallelism: 4 })],
      ['silent/job-set-target spec.coordinator.podIndex']],
    ['nothing wrong', { coordinator: { replicatedJob: 'a', podIndex: 3 }, successPolicy: { operator: 'Any', targetReplicatedJobs: ['a'] } },
      [replicated('a', { completions: 4, parallelism: 4 })], []],
  ])('%s', (_, spec, jobs, expected) => {
    const ofPolicies = (manifest: any): string[] =>
      findingsIn([manifest]).filter(({ ruleId }) => /^silent\/job-set-(order|target|failure-rule)$/.test(ruleId)).map(({ ruleId, path }) => `${ruleId} ${path}`);
    expect(ofPolicies(jobSet(jobs, spec))).toEqual(expected);
    // a runtime holds the spec of a JobSet
    expect(ofPolicies(runtime(jobs, spec))).toEqual(expected.map(line => line.replace(' spec.', ' spec.template.spec.')));
  });
});

describe('claims', () => {
  const template = (name: string): any => ({
    metadata: { name }, spec: { storageClassName: 'shared', accessModes: ['ReadWriteMany'], resources: { requests: { storage: '500Gi' } } },
  });
  const policies = (...names: string[]): any => ({ volumeClaimPolicies: [{ retentionPolicy: { whenDeleted: 'Retain' }, templates: names.map(template) }] });
  const mounts = (...names: string[]): any => ({ volumeMounts: names.map(name => ({ name, mountPath: `/${name}` })) });

  test('are volumes of the pods that mount them', () => {
    const findings = findingsIn([jobSet([replicated('a', {}, {}, mounts('ckpt')), replicated('b')], policies('ckpt'))]);
    expect(findings.filter(({ severity }) => severity === Severity.ERROR)).toEqual([]);
  });

  test.each<[string, any, any, string]>([
    ['nobody mounts', {}, policies('ckpt'), '| a name that a container mounts | "ckpt"'],
    ['has the name of another', mounts('ckpt'), policies('ckpt', 'ckpt'), '| a name that no template before it has | "ckpt"'],
    ['gets a name that is too long', mounts('c'.repeat(57)), policies('c'.repeat(57)), `| a claim <template>-<job set> of at most 63 characters | "${'c'.repeat(57)}-resnet" of 64`],
  ])('one that %s', (_, container, spec, expected) => {
    expect(lines(jobSet([replicated('a', {}, {}, container)], spec), 'silent/job-set-claim')).toEqual([expect.stringContaining(expected)]);
  });

  test('go with the JobSet unless it says otherwise, and by themselves where it is cleaned up', () => {
    const spec = { volumeClaimPolicies: [{ templates: [template('ckpt')] }] };
    const severityOf = (more: any): Severity[] => findingsIn([jobSet([replicated('a', {}, {}, mounts('ckpt'))], { ...spec, ...more })])
      .filter(({ ruleId }) => ruleId === 'silent/job-set-claim-deleted').map(({ severity }) => severity);
    expect(severityOf({})).toEqual([Severity.WARNING]);
    expect(severityOf({ ttlSecondsAfterFinished: 600 })).toEqual([Severity.ERROR]);
  });

  test('are held against the number of pods that share them', () => {
    const one = policies('ckpt');
    one.volumeClaimPolicies[0].templates[0].spec.accessModes = ['ReadWriteOncePod'];
    const findings = findingsIn([jobSet([replicated('a', { completions: 4, parallelism: 4 }, {}, mounts('ckpt'))], one)]);
    expect(findings.filter(({ ruleId }) => ruleId.startsWith('chain/')).length).toBeGreaterThan(0);
  });
});
