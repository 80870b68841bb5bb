import { Duration } from 'cdk8s';
import { expect, test } from 'vitest';
import { FsType } from '../../../lib/storage/drivers/fs-type';
import { Longhorn, LonghornAutoBalance, LonghornDataEngine, LonghornDataLocality } from '../../../lib/storage/drivers/clusters/longhorn';
import { VolumeBindingMode } from '../../../lib/storage/tiers/storage-tier';
import { type Case, withoutSource } from './sources';
import { classOf, errorsOf, untyped, warningsOf } from './tier-of';

test('volumes that several nodes share wait for their server', () => {
  expect(classOf(Longhorn.volumes())).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'driver.longhorn.io',
    parameters: { fsType: 'ext4', nfsOptions: 'vers=4.1,noresvport,hard' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
  });
});

test('the only copy is on the node of the pod, which the volume waits for', () => {
  const { parameters, volumeBindingMode } = classOf(Longhorn.volumes({ dataLocality: LonghornDataLocality.STRICT_LOCAL }));
  expect([parameters.numberOfReplicas, parameters.dataLocality, volumeBindingMode]).toEqual(['1', 'strict-local', 'WaitForFirstConsumer']);
  expect(errorsOf(Longhorn.volumes({ dataLocality: LonghornDataLocality.STRICT_LOCAL, replicas: 1 }))).toEqual([]);
});

test('every option is carried, and an encrypted volume has its Secret in pairs', () => {
  expect(classOf(Longhorn.volumes({
    replicas: 2,
    staleReplicaTimeout: Duration.hours(48),
    dataLocality: LonghornDataLocality.BEST_EFFORT,
    fsType: FsType.XFS,
    encryptionSecret: { name: 'key', inNamespace: 'storage' },
    migratable: true,
    nfsOptions: ['vers=4.2', 'hard'],
    diskTags: ['nvme', 'fast'],
    nodeTags: ['storage'],
    dataEngine: LonghornDataEngine.V2,
    replicaAutoBalance: LonghornAutoBalance.LEAST_EFFORT,
    strictTopology: true,
  })).parameters).toEqual({
    'numberOfReplicas': '2',
    'staleReplicaTimeout': '2880',
    'dataLocality': 'best-effort',
    'fsType': 'xfs',
    'encrypted': 'true',
    'migratable': 'true',
    'nfsOptions': 'vers=4.2,hard',
    'diskSelector': 'nvme,fast',
    'nodeSelector': 'storage',
    'dataEngine': 'v2',
    'replicaAutoBalance': 'least-effort',
    'strictTopology': 'true',
    'csi.storage.k8s.io/provisioner-secret-name': 'key',
    'csi.storage.k8s.io/provisioner-secret-namespace': 'storage',
    'csi.storage.k8s.io/node-stage-secret-name': 'key',
    'csi.storage.k8s.io/node-stage-secret-namespace': 'storage',
    'csi.storage.k8s.io/node-publish-secret-name': 'key',
    'csi.storage.k8s.io/node-publish-secret-namespace': 'storage',
  });
});

test('places are those that its setting lists', () => {
  const backend = Longhorn.volumes({ topologyKeys: ['topology.kubernetes.io/zone'] });
  expect(classOf(backend, { zones: ['eu-west-1a'] }).allowedTopologies).toEqual([
    { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values: ['eu-west-1a'] }] },
  ]);
});

test('a clone is as large as its source', () => {
  expect(Longhorn.volumes()._driver.cloneKeeps).toEqual(['size']);
});

const REFUSED: Case[] = [
  ['no replica', Longhorn.volumes({ replicas: 0 }), {}, [
    'driver/number | backend.replicas: expected a whole number, 1 to 20, found 0 | set `replicas` to 1, or leave it out',
  ]],
  ['too many replicas', Longhorn.volumes({ replicas: 21 }), {}, [
    'driver/number | backend.replicas: expected a whole number, 1 to 20, found 21 | set `replicas` to 20, or leave it out',
  ]],
  ['a timeout of seconds', Longhorn.volumes({ staleReplicaTimeout: Duration.seconds(90) }), {}, [
    'driver/number | backend.staleReplicaTimeout: expected a whole number of minutes, 1 or more, found 1.5 | set `staleReplicaTimeout` to 1, or leave it out',
  ]],
  ['strict-local with more replicas', Longhorn.volumes({ dataLocality: LonghornDataLocality.STRICT_LOCAL, replicas: 3 }), {}, [
    'driver/longhorn-strict-local | backend.replicas: expected 1: with strict-local the only copy is on the node of the pod, found 3 | leave `replicas` out, or use LonghornDataLocality.BEST_EFFORT',
  ]],
  ['strict-local with topologies', Longhorn.volumes({ dataLocality: LonghornDataLocality.STRICT_LOCAL, topologyKeys: ['kubernetes.io/hostname'] }), { allowedTopologies: { 'kubernetes.io/hostname': ['node-1'] } }, [
    'driver/longhorn-strict-local | allowedTopologies: expected no topologies: Longhorn refuses them with strict-local, found [{"matchLabelExpressions":[{"key":"kubernetes.io/hostname","values":["node-1"]}]}] | leave `allowedTopologies` out, or use LonghornDataLocality.BEST_EFFORT',
  ]],
  ['a strict topology that is bound at once', Longhorn.volumes({ strictTopology: true }), { bindingMode: VolumeBindingMode.IMMEDIATE }, [
    'driver/longhorn-strict-topology | bindingMode: expected WAIT_FOR_FIRST_CONSUMER: with strictTopology the volume must know the node of its pod, found IMMEDIATE | leave `bindingMode` out',
  ]],
  ['unknown words', Longhorn.volumes(untyped({ dataLocality: 'strictlocal', fsType: 'btrfs', dataEngine: 'v3', replicaAutoBalance: 'on' })), {}, [
    'driver/value | backend.dataLocality: expected one of disabled, best-effort, strict-local, found "strictlocal" | use "disabled", or leave `dataLocality` out',
    'driver/value | backend.fsType: expected one of ext4, xfs, found "btrfs" | use "ext4", or leave `fsType` out',
    'driver/value | backend.dataEngine: expected one of v1, v2, found "v3" | use "v1", or leave `dataEngine` out',
    'driver/value | backend.replicaAutoBalance: expected one of ignored, disabled, least-effort, best-effort, found "on" | use "ignored", or leave `replicaAutoBalance` out',
  ]],
  ['texts for switches', Longhorn.volumes(untyped({ migratable: 'true', strictTopology: 'true' })), {}, [
    'driver/value | backend.migratable: expected true or false, not a text: drivers take other spellings for false, found "true" | set `migratable` to true or false',
    'driver/value | backend.strictTopology: expected true or false, not a text: drivers take other spellings for false, found "true" | set `strictTopology` to true or false',
  ]],
  ['tags with commas', Longhorn.volumes({ diskTags: ['ssd,nvme'], nodeTags: ['gpu node'] }), {}, [
    'driver/longhorn-tag | backend.diskTags[0]: expected a tag without spaces and commas, which divide tags, found "ssd,nvme" | use a value such as nvme',
    'driver/longhorn-tag | backend.nodeTags[0]: expected a tag without spaces and commas, which divide tags, found "gpu node" | use a value such as nvme',
  ]],
  ['places that Longhorn does not look at', Longhorn.volumes(), { allowedTopologies: { 'kubernetes.io/hostname': ['node-1'] } }, [
    'driver/topology-key | allowedTopologies: expected no keys: driver.longhorn.io has none, found kubernetes.io/hostname | leave `allowedTopologies` out',
  ]],
  ['half a Secret', Longhorn.volumes({ encryptionSecret: untyped({ name: 'key' }) }), {}, [
    'driver/secret | backend.encryptionSecret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `encryptionSecret.inNamespace`',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['soft mounts', Longhorn.volumes({ nfsOptions: ['vers=4.1', 'softerr'] }), {}, [
    'driver/nfs-soft | backend.nfsOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found softerr | replace "softerr" with "hard"',
  ]],
  ['a strict-local volume that is bound at once', Longhorn.volumes({ dataLocality: LonghornDataLocality.STRICT_LOCAL }), { bindingMode: VolumeBindingMode.IMMEDIATE }, [
    'driver/immediate-zonal | bindingMode: expected WAIT_FOR_FIRST_CONSUMER, or one node: a volume that is bound at once may be where its pod cannot run, found IMMEDIATE | leave `bindingMode` out',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});
