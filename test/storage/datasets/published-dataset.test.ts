import { Chart, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Durability, PublishedDataset, SharedDataset, StorageClaim } from '../../../lib';
import { CLOUD_DISK, loadingAndTraining, staged } from '../../support/datasets';
import { errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { DISK, SHARED } from '../../support/training';

describe('a dataset on a disk, published', () => {
  const { loading, training, classes } = loadingAndTraining();
  const dataset = staged(loading);
  const published = new PublishedDataset(training, 'imagenet-v1', { dataset, snapshotClass: classes });
  const [loaded, read] = [manifestsOf(loading), manifestsOf(training)];

  test('is loaded by one pod', () => {
    expect(the('PersistentVolumeClaim', loaded).spec).toMatchObject({ accessModes: ['ReadWriteOncePod'], storageClassName: 'balanced' });
    expect(the('Job', loaded).spec).toMatchObject({ parallelism: 1, completions: 1 });
  });

  test('is a snapshot of what was loaded, and a claim made from it that many nodes read', () => {
    const snapshot = the('VolumeSnapshot', read);
    expect(snapshot.spec).toEqual({
      source: { persistentVolumeClaimName: the('PersistentVolumeClaim', loaded).metadata.name }, volumeSnapshotClassName: 'snapshots',
    });
    expect(the('PersistentVolumeClaim', read).spec).toEqual({
      accessModes: ['ReadOnlyMany'],
      dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: snapshot.metadata.name },
      resources: { requests: { storage: '200Gi' } },
      storageClassName: 'balanced',
      volumeMode: 'Filesystem',
    });
  });

  test('says on every object which version of what it is', () => {
    const labels = { 'cdk8s-ml/dataset': 'imagenet', 'cdk8s-ml/version': 'v1' };
    for (const manifests of [loaded, read]) expect(the('PersistentVolumeClaim', manifests).metadata.labels).toEqual(labels);
    expect(the('VolumeSnapshot', read).metadata.labels).toEqual(labels);
  });

  test('is mounted read-only, at the volume and at the mount, and waited for', () => {
    const { _spec: spec } = published.at('/data');
    expect(spec.volume.source).toEqual({ persistentVolumeClaim: { claimName: published.claimName, readOnly: true } });
    expect(spec.readOnly).toBe(true);
    expect(spec.gate!.marker).toBe(the('Job', loaded).spec.template.spec.containers[0].args[0]);
  });

  test('is applied after what it is made from', () => {
    expect(published.node.dependencies).toContain(dataset);
  });

  test('can be read by nobody before it is published', () => {
    expect(errorsOf(() => dataset.at('/data'))).toEqual([
      'chain/access-mode | toBePublished: expected a dataset that is mounted by its loader alone, found a pod that mounts it | mount a PublishedDataset of it, or leave `toBePublished` out',
    ]);
  });
});

test('the next version starts with the last one, and has a claim and a marker of its own', () => {
  const { loading, training, classes } = loadingAndTraining();
  const v1 = new PublishedDataset(training, 'imagenet-v1', { dataset: staged(loading), snapshotClass: classes });
  const next = new Chart(loading.node.root, 'next', { namespace: 'ml-training' });
  const dataset = new SharedDataset(next, 'imagenet-v2', {
    ...staged(next)._props, version: 'v2', family: 'imagenet', content: v1.content,
  });
  const claim = manifestsOf(next).find(({ metadata }) => metadata.name === dataset.claimName)!;
  expect(claim.spec.dataSourceRef.name).toBe(v1.snapshot!.snapshotName);
  expect(claim.metadata.labels).toEqual({ 'cdk8s-ml/dataset': 'imagenet', 'cdk8s-ml/version': 'v2' });
  expect(dataset._marker).not.toBe(v1.at('/data')._spec.gate!.marker);
});

test('an experiment that changes the data gets a claim of its own, made from the version', () => {
  const { loading, training, classes } = loadingAndTraining();
  const v1 = new PublishedDataset(training, 'imagenet-v1', { dataset: staged(loading), snapshotClass: classes });
  const experiment = new StorageClaim(training, 'experiment', { tier: CLOUD_DISK, content: v1.content, durability: Durability.REPRODUCIBLE });
  const claim = manifestsOf(training).find(({ metadata }) => metadata.name === experiment.claimName)!;
  expect(claim.spec).toMatchObject({ dataSourceRef: { kind: 'VolumeSnapshot' }, resources: { requests: { storage: '200Gi' } } });
  expect(claim.spec.accessModes).not.toEqual(['ReadOnlyMany']);
});

test('a dataset on a shared file system is published as it is', () => {
  const chart = chartIn();
  const dataset = new SharedDataset(chart, 'imagenet', { tier: SHARED, size: Size.gibibytes(200), version: 'v1' });
  const before = manifestsOf(chart).length;
  const published = new PublishedDataset(chart, 'v1', { dataset });
  expect(manifestsOf(chart)).toHaveLength(before);
  expect(published.claimName).toBe(dataset.claimName);
  expect(published.at('/data')._spec.volume.source).toEqual({ persistentVolumeClaim: { claimName: dataset.claimName, readOnly: true } });
});

describe('publishing is refused', () => {
  test('to a driver that can neither', () => {
    const [line, ...more] = errorsOf(() => staged(chartIn(), { tier: DISK }));
    expect(more).toEqual([]);
    expect(line.split('use one of ')[0]).toBe(
      'chain/publish-unsupported | tier: expected a driver that gives many nodes a claim made from a snapshot (ReadOnlyMany), or one file system (ReadWriteMany), found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod | ');
    expect(line).toContain('GcpPersistentDisk');
  });

  test('in the chart of the loader: the snapshot would be taken before anything is loaded', () => {
    const { loading, classes } = loadingAndTraining();
    const dataset = staged(loading);
    expect(errorsOf(() => new PublishedDataset(loading, 'v1', { dataset, snapshotClass: classes }))).toEqual([
      `chain/snapshot-before-load | dataset: expected a chart of its own, which is applied when the job ${dataset.loaderJobName} is through: a snapshot is taken when it is applied, found the chart of the loader | put what publishes and what reads into another chart`,
    ]);
  });

  test('without a class for the snapshot, and without a version', () => {
    const { loading, training } = loadingAndTraining();
    const dataset = staged(loading, { version: undefined });
    expect(errorsOf(() => new PublishedDataset(training, 'v1', { dataset }))).toEqual([
      "props/required | dataset: expected a dataset with a `version`, found vision/imagenet, without | say which version is published, as version: 'v1' of the dataset",
      'props/required | snapshotClass: expected a class of pd.csi.storage.gke.io, which takes the snapshot, found none | make a SnapshotClass with the tier of the dataset',
    ]);
  });

  test('with a class that nothing needs', () => {
    const { loading, training, classes } = loadingAndTraining();
    const dataset = new SharedDataset(loading, 'imagenet', { tier: SHARED, size: Size.gibibytes(200), version: 'v1' });
    expect(errorsOf(() => new PublishedDataset(training, 'v1', { dataset, snapshotClass: classes }))).toEqual([
      'props/unused | snapshotClass: expected none: many nodes can mount the claim as it is, found snapshots | leave `snapshotClass` out, or take a Snapshot of the dataset for keeping',
    ]);
  });

  test('from another namespace', () => {
    const { loading, classes } = loadingAndTraining();
    const elsewhere = new Chart(loading.node.root, 'elsewhere', { namespace: 'research' });
    const dataset = staged(loading);
    expect(errorsOf(() => new PublishedDataset(elsewhere, 'v1', { dataset, snapshotClass: classes }))[0]).toMatch(/^chain\/namespace \| claim: /);
  });
});
