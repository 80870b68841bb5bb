import { Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { MlApp } from '../../lib';
import { clusterObject } from '../../lib/private/cluster-object';
import { manifestsOf } from '../support/manifests';

test.each([undefined, 'ml-training'])('an object of the whole cluster has no namespace (chart in %s)', namespace => {
  const chart = new Chart(new MlApp(), 'vision', { namespace, labels: { team: 'vision' } });
  const object = clusterObject(chart, 'Volume', { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a', annotations: { b: 'c' } }, spec: {} });
  expect(manifestsOf(chart)).toEqual([{
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a', annotations: { b: 'c' }, labels: { team: 'vision' } }, spec: {},
  }]);
  expect(object.name).toBe('a');
});
