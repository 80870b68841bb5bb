import { Chart } from 'cdk8s';
import { MlApp } from 'cdk8s-ml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addCharts } from './chart';

const app = new MlApp();
const branches = addCharts(app);
const manifests: any[] = app.charts.flatMap((chart: Chart) => chart.toJson());
const all = (kind: string) => manifests.filter(manifest => manifest.kind === kind);
const namesOf = (objects: any[]) => objects.map(({ metadata }) => metadata.name);

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('nothing is warned of', () => {
  expect(app.warnings).toEqual([]);
});

test('the job comes first, and the snapshots of its disks in a chart of their own', () => {
  expect(app.charts.map(({ node }: Chart) => node.id)).toEqual(['training', 'branches']);
  expect(branches.toJson().filter(({ kind }) => kind === 'VolumeSnapshot')).toHaveLength(4);
});

test('the disk of every worker has a snapshot, and all of them one label', () => {
  expect(all('VolumeSnapshot').map(({ spec }) => spec.source.persistentVolumeClaimName)).toEqual([0, 1, 2, 3].map(worker => `checkpoints-llm-${worker}`));
  expect(new Set(all('VolumeSnapshot').map(({ metadata }) => metadata.labels['snapshot-set']))).toEqual(new Set(['llm-epoch-30']));
  expect(all('VolumeSnapshotClass')[0].deletionPolicy).toBe('Retain');
});

test('each branch finds a disk for each worker under the name that it looks for, with what was in the snapshot', () => {
  for (const branch of ['llm-lr-1e-4', 'llm-lr-1e-5']) {
    const set = all('StatefulSet').find(({ metadata }) => metadata.name === branch);
    const [template] = set.spec.volumeClaimTemplates;
    for (let worker = 0; worker < set.spec.replicas; worker++) {
      const claim = all('PersistentVolumeClaim').find(({ metadata }) => metadata.name === `${template.metadata.name}-${branch}-${worker}`);
      expect(claim.spec).toEqual({
        ...template.spec, dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: `llm-epoch-30-${worker}` },
      });
      expect(manifests.indexOf(claim)).toBeLessThan(manifests.indexOf(set));
    }
  }
});

test('the job that was copied stays as it is', () => {
  expect(namesOf(all('StatefulSet')).sort()).toEqual(['llm', 'llm-lr-1e-4', 'llm-lr-1e-5']);
  expect(namesOf(all('PersistentVolumeClaim')).some(name => name.startsWith('checkpoints-llm-lr-'))).toBe(true);
  expect(namesOf(all('PersistentVolumeClaim'))).not.toContain('checkpoints-llm-0');
});

test('the README tells the steps that the chart tells', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const commands = (text: string) => text.split('\n').map(line => line.trim()).filter(line => line.startsWith('kubectl '));
  for (const command of commands(branches.epoch30.instructions)) expect(readme).toContain(command);
});
