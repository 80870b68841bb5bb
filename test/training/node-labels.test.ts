import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { NodeCache, SharedDataset } from '../../lib';
import { errorsOf } from '../support/findings';
import { chartIn } from '../support/manifests';
import { SHARED, train } from '../support/training';

function cacheOn(nodeSelector: Record<string, string>) {
  const chart = chartIn();
  const dataset = new SharedDataset(chart, 'imagenet', { tier: SHARED, size: Size.gibibytes(100) });
  return new NodeCache(chart, 'cache', { dataset, hostPath: '/mnt/nvme', acceptNodeLocalAndUnrestricted: true, nodeSelector });
}

test('a job that reads a cache is held to the nodes that have it', () => {
  const cache = cacheOn({ 'acme.com/disk': 'nvme' });
  expect(train({ datasets: [cache.at('/data')] }).pod.nodeSelector).toEqual({ 'acme.com/disk': 'nvme' });
  expect(train({ datasets: [cache.at('/data')], nodeSelector: { zone: 'a' } }).pod.nodeSelector).toEqual({ 'acme.com/disk': 'nvme', 'zone': 'a' });
});

test('a job that is sent to other nodes is refused', () => {
  const cache = cacheOn({ 'acme.com/disk': 'nvme' });
  expect(errorsOf(() => train({ datasets: [cache.at('/data')], nodeSelector: { 'acme.com/disk': 'hdd' } }))).toEqual([
    'chain/node-labels | nodeSelector[\'acme.com/disk\']: expected "nvme": only such nodes have `cache`, found "hdd"'
    + ' | leave the label out of `nodeSelector`, or mount what the same nodes have',
  ]);
});

test('two caches on nodes of their own have no node in common', () => {
  const mounts = [cacheOn({ disk: 'nvme' }).at('/a'), cacheOn({ disk: 'ssd' }).at('/b')];
  expect(() => train({ datasets: mounts })).toThrow('chain/node-labels');
});
