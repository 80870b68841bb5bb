import { MlApp } from 'cdk8s-ml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ImagenetChart } from './chart';

const manifests: any[] = new ImagenetChart(new MlApp(), 'imagenet-8x8').toJson();
const find = (kind: string) => manifests.find(manifest => manifest.kind === kind);

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('it makes the objects of the scenario and no others', () => {
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(
    ['PersistentVolume', 'PersistentVolumeClaim', 'Service', 'StatefulSet', 'StorageClass']);
});

test('every worker has a disk of its own, of the fast class', () => {
  const [template] = find('StatefulSet').spec.volumeClaimTemplates;
  expect(find('StatefulSet').spec.replicas).toBe(8);
  expect(template.spec.storageClassName).toBe(find('StorageClass').metadata.name);
  expect(template.spec.resources.requests.storage).toBe('500Gi');
});

test('all workers read the dataset and none can write it', () => {
  const { containers: [worker], volumes } = find('StatefulSet').spec.template.spec;
  const claim = find('PersistentVolumeClaim');
  const volume = volumes.find((of: any) => of.persistentVolumeClaim?.claimName === claim.metadata.name);
  expect(volume.persistentVolumeClaim.readOnly).toBe(true);
  expect(worker.volumeMounts).toContainEqual({ mountPath: '/data', name: volume.name, readOnly: true });
  expect(claim.spec.volumeName).toBe(find('PersistentVolume').metadata.name);
});

test('the chart takes at most 25 lines', () => {
  const lines = readFileSync(join(import.meta.dirname, 'chart.ts'), 'utf8').split('\n');
  const first = lines.findIndex(line => line.startsWith('export class'));
  const last = lines.lastIndexOf('}');
  expect(last - first + 1).toBeLessThanOrEqual(25);
});

test('the README of the project shows this chart', () => {
  const chart = readFileSync(join(import.meta.dirname, 'chart.ts'), 'utf8');
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  expect(readme).toContain(chart.slice(chart.indexOf('export class')).trimEnd());
});
