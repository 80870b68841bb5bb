import { expect, test } from 'vitest';
import { NfsCsi, NfsOnDelete } from '../../../lib/storage/drivers/clusters/nfs';
import { ReclaimPolicy } from '../../../lib/storage/tiers/storage-tier';
import { type Case, withoutSource } from './sources';
import { classOf, errorsOf, untyped, warningsOf } from './tier-of';

const SECRET = { name: 'key', inNamespace: 'storage' };
const SHARE = { server: 'nfs.example.com', share: '/export/ml' };

test('options for deleting are in a Secret, whose name alone is in the class', () => {
  const backend = NfsCsi.share({ ...SHARE, mountOptionsSecret: SECRET });
  expect(classOf(backend).parameters).toEqual({
    ...SHARE,
    'csi.storage.k8s.io/provisioner-secret-name': 'key',
    'csi.storage.k8s.io/provisioner-secret-namespace': 'storage',
  });
  expect(warningsOf(backend, { mountOptions: ['nfsvers=3'], reclaimPolicy: ReclaimPolicy.DELETE })).toEqual([]);
});

test('options matter where something is deleted', () => {
  expect(warningsOf(NfsCsi.share(SHARE), { mountOptions: ['nfsvers=3'] })).toEqual([]);
  expect(warningsOf(NfsCsi.share(SHARE), { reclaimPolicy: ReclaimPolicy.DELETE })).toEqual([]);
  expect(warningsOf(NfsCsi.share({ ...SHARE, onDelete: NfsOnDelete.RETAIN }), { mountOptions: ['nfsvers=3'], reclaimPolicy: ReclaimPolicy.DELETE })).toEqual([]);
});

const REFUSED: Case[] = [
  ['half a Secret', NfsCsi.share({ ...SHARE, mountOptionsSecret: untyped({ name: 'options' }) }), {}, [
    'driver/secret | backend.mountOptionsSecret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `mountOptionsSecret.inNamespace`',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['options that deleting does not see', NfsCsi.share(SHARE), { mountOptions: ['nfsvers=3', 'hard', 'port=2050'], reclaimPolicy: ReclaimPolicy.DELETE }, [
    'driver/nfs-delete-options | mountOptions: expected a Secret with the options as well, for the driver deletes directories over a mount without those of the class, found nfsvers=3, port=2050 | set `mountOptionsSecret` of NfsCsi.share() if the server refuses a mount without them',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});
