import { expect, test } from 'vitest';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import { VolumeBindingMode } from '../../../lib/storage/tiers/storage-tier';
import { classOf, errorsOf, warningsOf } from './tier-of';

const KINDS = [
  ['kubernetes.io/no-provisioner', LocalVolumes.preProvisioned()],
  ['rancher.io/local-path', LocalVolumes.localPath()],
] as const;

test.each(KINDS)('%s waits for the pod, cannot grow and has no parameters', (provisioner, backend) => {
  expect(classOf(backend)).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner,
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: false,
  });
});

test.each(KINDS)('%s that does not wait for the pod is warned of', (_, backend) => {
  expect(warningsOf(backend)).toEqual([]);
  expect(warningsOf(backend, { bindingMode: VolumeBindingMode.IMMEDIATE })).toEqual([
    'driver/immediate-zonal | bindingMode: expected WAIT_FOR_FIRST_CONSUMER, or one node: a volume that is bound at once may be where its pod cannot run, found IMMEDIATE | leave `bindingMode` out',
  ]);
});

test.each(KINDS)('%s has nodes, not zones', (provisioner, backend) => {
  expect(classOf(backend, { allowedTopologies: { 'kubernetes.io/hostname': ['node-1'] } }).allowedTopologies).toEqual([
    { matchLabelExpressions: [{ key: 'kubernetes.io/hostname', values: ['node-1'] }] },
  ]);
  expect(errorsOf(backend, { zones: ['eu-west-1a'] })).toEqual([
    `driver/topology-key | zones: expected no zones: volumes of ${provisioner} are where their node is, found ["eu-west-1a"] | leave \`zones\` out`,
  ]);
  expect(errorsOf(backend, { allowedTopologies: { 'topology.kubernetes.io/zone': ['eu-west-1a'] } })).toEqual([
    `driver/topology-key | allowedTopologies: expected a topology key of ${provisioner}: kubernetes.io/hostname, found topology.kubernetes.io/zone | use kubernetes.io/hostname`,
  ]);
});

test.each(KINDS)('%s cannot be made to grow', (_, backend) => {
  expect(errorsOf(backend, { allowExpansion: true })).toEqual([
    `driver/expansion-unsupported | allowExpansion: expected false: ${backend._driver.title} cannot grow a volume, found true | leave \`allowExpansion\` out`,
  ]);
});
