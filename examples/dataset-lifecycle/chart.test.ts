import { Chart } from 'cdk8s';
import { MlApp } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { addCharts } from './chart';

const app = new MlApp();
addCharts(app);
const charts: Record<string, any[]> = Object.fromEntries(app.charts.map((chart: Chart) => [chart.node.id, chart.toJson()]));
const only = (chart: string, kind: string) => charts[chart].find(manifest => manifest.kind === kind);

test('the manifests are what they were', () => {
  expect(charts).toMatchSnapshot();
});

test('charts come in the order in which they are applied', () => {
  expect(app.charts.map(({ node }: Chart) => node.id)).toEqual(['storage', 'load-v1', 'train-v1', 'load-v2', 'train-v2']);
});

test('many pods read what one pod has loaded', () => {
  for (const version of ['v1', 'v2']) {
    expect(only(`load-${version}`, 'PersistentVolumeClaim').spec.accessModes).toEqual(['ReadWriteOncePod']);
    const [snapshot, claim] = [only(`train-${version}`, 'VolumeSnapshot'), only(`train-${version}`, 'PersistentVolumeClaim')];
    expect(snapshot.spec.source.persistentVolumeClaimName).toBe(only(`load-${version}`, 'PersistentVolumeClaim').metadata.name);
    expect(claim.spec).toMatchObject({ accessModes: ['ReadOnlyMany'], dataSourceRef: { kind: 'VolumeSnapshot', name: snapshot.metadata.name } });
    const jobs = charts[`train-${version}`].filter(({ kind }) => kind === 'Job');
    expect(jobs).toHaveLength(2);
    for (const { spec } of jobs) {
      expect(spec.template.spec.volumes).toContainEqual({ name: 'imagenet', persistentVolumeClaim: { claimName: claim.metadata.name, readOnly: true } });
    }
  }
});

test('the second version starts with the first and is told apart from it', () => {
  const [first, second] = ['v1', 'v2'].map(version => only(`train-${version}`, 'VolumeSnapshot').metadata);
  expect(only('load-v2', 'PersistentVolumeClaim').spec.dataSourceRef.name).toBe(first.name);
  expect(first.name).not.toBe(second.name);
  expect([first, second].map(({ labels }) => labels)).toEqual(['v1', 'v2'].map(version => ({ 'cdk8s-ml/dataset': 'imagenet', 'cdk8s-ml/version': version })));
});
