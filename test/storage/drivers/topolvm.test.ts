import { expect, test } from 'vitest';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import { TopoLvm } from '../../../lib/storage/drivers/clusters/topolvm';
import { VolumeBindingMode } from '../../../lib/storage/tiers/storage-tier';
import { type Case, withoutSource } from './sources';
import { classOf, errorsOf, untyped, warningsOf } from './tier-of';

test('a volume is made on the node of its pod', () => {
  expect(classOf(TopoLvm.deviceClass({ deviceClass: 'nvme', lvcreateOptionClass: 'striped', fsType: FsType.XFS }))).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'topolvm.io',
    parameters: { 'topolvm.io/device-class': 'nvme', 'topolvm.io/lvcreate-option-class': 'striped', 'csi.storage.k8s.io/fstype': 'xfs' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  });
  expect(classOf(TopoLvm.deviceClass()).parameters).toEqual({ 'csi.storage.k8s.io/fstype': 'ext4' });
});

test('the former name is in the parameters and the topology too', () => {
  const { provisioner, parameters, allowedTopologies } = classOf(TopoLvm.deviceClass({ deviceClass: 'nvme', legacyName: true }), {
    allowedTopologies: { 'topology.topolvm.cybozu.com/node': ['node-1'] },
  });
  expect(provisioner).toBe('topolvm.cybozu.com');
  expect(parameters['topolvm.cybozu.com/device-class']).toBe('nvme');
  expect(allowedTopologies[0].matchLabelExpressions[0].key).toBe('topology.topolvm.cybozu.com/node');
  expect(TopoLvm.deviceClass({ legacyName: true })._driver.parameters.map(({ name }) => name)).toContain('topolvm.cybozu.com/device-class');
});

test('snapshots and clones are of thin volumes, on the node of their source', () => {
  const thin = TopoLvm.deviceClass({ thin: true })._driver;
  expect([thin.snapshots, thin.cloning, thin.cloneKeeps]).toEqual([true, true, ['zone', 'class']]);
  const thick = TopoLvm.deviceClass()._driver;
  expect([thick.snapshots, thick.cloning, thick.cloneKeeps]).toEqual([false, false, undefined]);
});

const REFUSED: Case[] = [
  ['an unknown file system', TopoLvm.deviceClass(untyped({ fsType: 'zfs' })), {}, [
    'driver/value | backend.fsType: expected one of ext4, xfs, found "zfs" | use "ext4", or leave `fsType` out',
  ]],
  ['names with spaces', TopoLvm.deviceClass({ deviceClass: 'fast ssd', lvcreateOptionClass: '' }), {}, [
    'driver/topolvm-class | backend.deviceClass: expected the name of a class in the configuration of lvmd, found "fast ssd" | use a value such as ssd',
    'driver/topolvm-class | backend.lvcreateOptionClass: expected the name of a class in the configuration of lvmd, found "" | use a value such as ssd',
  ]],
  ['texts for switches', TopoLvm.deviceClass(untyped({ thin: 'yes', legacyName: 1 })), {}, [
    'driver/value | backend.thin: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `thin` to true or false',
    'driver/value | backend.legacyName: expected true or false, not a text: drivers take other spellings for false, found 1 | set `legacyName` to true or false',
  ]],
  ['zones', TopoLvm.deviceClass(), { zones: ['eu-west-1a'] }, [
    'driver/topology-key | zones: expected no zones: volumes of topolvm.io are where their node is, found ["eu-west-1a"] | leave `zones` out',
  ]],
  ['the key of a newer install', TopoLvm.deviceClass({ legacyName: true }), { allowedTopologies: { 'topology.topolvm.io/node': ['node-1'] } }, [
    'driver/topology-key | allowedTopologies: expected a topology key of topolvm.cybozu.com: topology.topolvm.cybozu.com/node, found topology.topolvm.io/node | use topology.topolvm.cybozu.com/node',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['binding at once', TopoLvm.deviceClass(), { bindingMode: VolumeBindingMode.IMMEDIATE }, [
    'driver/immediate-zonal | bindingMode: expected WAIT_FOR_FIRST_CONSUMER, or one node: a volume that is bound at once may be where its pod cannot run, found IMMEDIATE | leave `bindingMode` out',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});
