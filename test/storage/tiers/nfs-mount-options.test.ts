import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { NfsCsi, NfsMount, StorageTier } from '../../../lib';
import { errorsOf, warningsOn } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';

const backend = NfsCsi.share({ server: 'nfs.example.com', share: '/export/ml' });

test('without a word, NFS 4.1 waits for its server, and reading writes nothing', () => {
  expect(NfsMount.options()).toEqual(['nfsvers=4.1', 'hard', 'noatime']);
});

test('each meaning has its option', () => {
  expect(NfsMount.options({
    version: '4.2', readSize: Size.mebibytes(1), writeSize: Size.kibibytes(512), connections: 8, attributeCacheSeconds: 600,
    accessTimes: true, newPorts: true,
  })).toEqual(['nfsvers=4.2', 'hard', 'rsize=1048576', 'wsize=524288', 'nconnect=8', 'actimeo=600', 'noresvport']);
});

test('they reach the class', () => {
  const chart = chartIn();
  new StorageTier(chart, 'shared', { backend, mountOptions: NfsMount.options({ connections: 4 }) });
  expect(the('StorageClass', manifestsOf(chart)).mountOptions).toEqual(['nfsvers=4.1', 'hard', 'nconnect=4', 'noatime']);
});

test('a mount that does not wait makes a warning of the tier', () => {
  const tier = new StorageTier(chartIn(), 'shared', { backend, mountOptions: NfsMount.options({ hard: false }) });
  expect(warningsOn(tier).map(({ ruleId }) => ruleId)).toEqual(['driver/nfs-soft']);
});

test.each([0, 17, 1.5])('%d connections are refused', connections => {
  expect(errorsOf(() => new StorageTier(chartIn(), 'shared', { backend, mountOptions: NfsMount.options({ connections }) }))).toEqual([
    'driver/nfs-connections | mountOptions: expected from 1 to 16 connections: the mount of every pod fails with others, '
    + `found nconnect=${connections} | use nconnect=8, or leave it out`,
  ]);
});
