import { MlApp, Outcome } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { QueuedChart } from './chart';

const app = new MlApp();
const manifests: any[] = new QueuedChart(app, 'kueue-queue').toJson();
const jobSet = manifests.find(({ kind }) => kind === 'JobSet');

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('Kueue finds the queue and the priority at the JobSet', () => {
  expect(jobSet.metadata.labels).toMatchObject({ 'kueue.x-k8s.io/queue-name': 'research', 'kueue.x-k8s.io/priority-class': 'nightly' });
});

test('Kueue finds at the pods how near to each other they are to be', () => {
  expect(jobSet.spec.replicatedJobs).toHaveLength(1);
  const [{ template }] = jobSet.spec.replicatedJobs;
  expect(template.spec).toMatchObject({ completions: 16, parallelism: 16 });
  expect(template.spec.template.metadata.annotations).toMatchObject({
    'kueue.x-k8s.io/podset-preferred-topology': 'topology.k8s.aws/network-node-layer-2',
  });
});

test('Kueue alone suspends the job', () => {
  expect(jobSet.spec).not.toHaveProperty('suspend');
});

test('every rule holds', () => {
  expect(app.check().findings.filter(({ outcome }) => outcome === Outcome.VIOLATED)).toEqual([]);
  expect(app.warnings).toEqual([]);
});
