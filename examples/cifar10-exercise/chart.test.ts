import { MlApp } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { Cifar10Chart } from './chart';

const manifests: any[] = new Cifar10Chart(new MlApp(), 'cifar10-exercise').toJson();
const jobs = manifests.filter(({ kind }) => kind === 'Job');
const loader = jobs.find(({ metadata }) => metadata.name.includes('-load-'));
const training = jobs.find(job => job !== loader);

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('training waits for the marker that the loader writes last', () => {
  const [marker] = loader.spec.template.spec.containers[0].args;
  const [gate] = training.spec.template.spec.initContainers;
  expect(gate.command.at(-1)).toBe(`/data/${marker}`);
});

test('dataset and registry are on a file system, checkpoints on a disk of one pod', () => {
  const modes = Object.fromEntries(manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ metadata, spec }) => [metadata.name.replace(/^cifar10-exercise-|-c8[0-9a-f]+/g, ''), spec.accessModes]));
  expect(modes).toEqual({
    'cifar10': ['ReadWriteMany'],
    'registry': ['ReadWriteMany'],
    'training-checkpoints': ['ReadWriteOncePod'],
  });
});

test('one GPU, and a job that ends', () => {
  expect(training.spec.completions).toBe(1);
  expect(training.spec.template.spec.containers[0].resources.limits['nvidia.com/gpu']).toBe('1');
});
