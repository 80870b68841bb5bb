import { MlApp } from 'cdk8s-ml';
import { describe, expect, test } from 'vitest';
import { PLATFORMS, TeamChart } from './chart';

const charts = Object.entries(PLATFORMS).map(([name, platform]) => [name, new TeamChart(new MlApp(), 'team', platform).toJson()] as const);

describe.each(charts)('on %s', (_, manifests) => {
  test('the manifests are what they were', () => {
    expect(manifests).toMatchSnapshot();
  });

  test('claims name classes that are there', () => {
    const classes = manifests.filter(({ kind }) => kind === 'StorageClass').map(({ metadata }) => metadata.name);
    const claims = manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ spec }) => spec.storageClassName);
    expect(classes).toEqual(expect.arrayContaining(claims));
  });
});

test('the workload is the same everywhere but for what its driver can promise', () => {
  const workloads = charts.map(([, manifests]) => JSON.stringify(manifests.filter(({ kind }) => kind !== 'StorageClass')));
  expect(new Set(workloads).size).toBe(1);
});
