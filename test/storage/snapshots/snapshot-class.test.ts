import { Testing } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { AwsEfs } from '../../../lib/storage/drivers/aws/aws-efs';
import { driversThat } from '../../../lib/storage/drivers/registry';
import { SnapshotClass, type SnapshotClassProps, SnapshotDeletionPolicy } from '../../../lib/storage/snapshots';
import { errorsOf, objectsOf, tierOf, world } from './parts';

function classOf(props: Partial<SnapshotClassProps> = {}): any {
  const { chart, tier } = world();
  new SnapshotClass(chart, 'snapshots', { tier, name: 'snapshots', ...props });
  return objectsOf(chart, 'VolumeSnapshotClass')[0];
}

describe('a snapshot class', () => {
  test('is of the driver of its tier, and keeps what it copied', () => {
    expect(classOf()).toMatchInlineSnapshot(`
      {
        "apiVersion": "snapshot.storage.k8s.io/v1",
        "deletionPolicy": "Retain",
        "driver": "ebs.csi.aws.com",
        "kind": "VolumeSnapshotClass",
        "metadata": {
          "name": "snapshots",
        },
      }
    `);
  });

  test('has no namespace, though its chart has one', () => {
    expect(classOf().metadata).not.toHaveProperty('namespace');
  });

  test('deletes copies only when told to', () => {
    expect(classOf({ deletionPolicy: SnapshotDeletionPolicy.DELETE }).deletionPolicy).toBe('Delete');
  });

  test('is the default of its driver only when told to', () => {
    expect(classOf({ isDefault: true }).metadata.annotations).toEqual({ 'snapshot.storage.kubernetes.io/is-default-class': 'true' });
    expect(classOf({ isDefault: false }).metadata).not.toHaveProperty('annotations');
  });

  test('has labels, for backup tools', () => {
    expect(classOf({ labels: { 'velero.io/csi-volumesnapshot-class': 'true' } }).metadata.labels).toEqual({ 'velero.io/csi-volumesnapshot-class': 'true' });
  });

  test('that exists is not written', () => {
    const { chart, tier } = world();
    const existing = SnapshotClass.existing(chart, 'snapshots', { className: 'csi-snapclass', tier });
    expect(existing).toMatchObject({ className: 'csi-snapclass', driver: 'ebs.csi.aws.com' });
    expect(existing.deletionPolicy).toBeUndefined();
    expect(Testing.synth(chart).map(one => one.kind)).toEqual(['StorageClass']);
  });
});

describe('parameters of a snapshot class', () => {
  test('are written as they are', () => {
    expect(classOf({ parameters: { tagSpecification_1: 'team=vision', lockMode: 'governance', lockDuration: '7' } }).parameters)
      .toEqual({ tagSpecification_1: 'team=vision', lockMode: 'governance', lockDuration: '7' });
  });

  test('that the driver demands are filled in where there is no choice', () => {
    const { chart } = world();
    const tier = tierOf(chart, 'filestore', { snapshotParameters: [{ name: 'type', type: 'enum', values: ['backup'], required: true }] });
    new SnapshotClass(chart, 'snapshots', { tier });
    expect(objectsOf(chart, 'VolumeSnapshotClass')[0].parameters).toEqual({ type: 'backup' });
  });

  test('that the driver demands are taken from the tier where it has them', () => {
    const { chart } = world();
    const secret = (of: string) => ({ [`csi.storage.k8s.io/${of}-secret-name`]: 'ceph', [`csi.storage.k8s.io/${of}-secret-namespace`]: 'rook-ceph' });
    const tier = tierOf(chart, 'ceph', {
      snapshotParameters: ['clusterID', ...Object.keys(secret('snapshotter'))].map(name => ({ name, type: 'string', required: true })),
    }, { clusterID: 'rook-ceph', ...secret('provisioner') });
    new SnapshotClass(chart, 'snapshots', { tier });
    expect(objectsOf(chart, 'VolumeSnapshotClass')[0].parameters).toEqual({ clusterID: 'rook-ceph', ...secret('snapshotter') });
  });

  test('of external-snapshotter itself are taken by every driver', () => {
    const { chart } = world();
    const parameters = { 'csi.storage.k8s.io/snapshotter-secret-name': 'keys', 'csi.storage.k8s.io/snapshotter-secret-namespace': 'storage' };
    expect(errorsOf(() => new SnapshotClass(chart, 'snapshots', { tier: tierOf(chart, 'disks'), parameters }))).toEqual([]);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ['of volumes', { encrypted: 'true' }, [
      "driver/snapshot-parameter | parameters['encrypted']: expected one of tagSpecification_N, fastSnapshotRestoreAvailabilityZones, outpostArn, lockMode, lockDuration, lockExpirationDate, lockCoolOffPeriod: Amazon EBS CSI driver refuses every snapshot of a class with any other, found encrypted | leave it out: it is a parameter of volumes, and a snapshot is as its volume is",
    ]],
    ['misspelled', { lockmode: 'governance' }, [
      "driver/snapshot-parameter | parameters['lockmode']: expected one of tagSpecification_N, fastSnapshotRestoreAvailabilityZones, outpostArn, lockMode, lockDuration, lockExpirationDate, lockCoolOffPeriod: Amazon EBS CSI driver refuses every snapshot of a class with any other, found lockmode | use lockMode",
    ]],
    ['of the wrong value', { lockMode: 'hard' }, [
      'driver/snapshot-parameter | parameters[\'lockMode\']: expected one of governance, compliance, found "hard" | correct the value, or leave it out',
    ]],
    ['that are no number', { lockDuration: 'a week' }, [
      'driver/snapshot-parameter | parameters[\'lockDuration\']: expected a whole number, found "a week" | correct the value, or leave it out',
    ]],
  ])('%s are refused', (_, parameters, expected) => {
    const { chart, tier } = world();
    expect(errorsOf(() => new SnapshotClass(chart, 'snapshots', { tier, parameters }))).toEqual(expected);
  });

  test('of other kinds are held against their facts', () => {
    const { chart } = world();
    const tier = tierOf(chart, 'disks', {
      unknownParameters: 'ignore',
      snapshotParameters: [
        { name: 'incremental', type: 'boolean' }, { name: 'minutes', type: 'integer', min: 60, max: 300 }, { name: 'zone', type: 'string', pattern: /^z\d$/ },
        { name: 'pool', type: 'string', required: true },
      ],
    });
    const parameters = { incremental: 'yes', minutes: '30', zone: 'a', color: 'red' };
    expect(errorsOf(() => new SnapshotClass(chart, 'snapshots', { tier, parameters }))).toEqual([
      'driver/snapshot-parameter | parameters[\'incremental\']: expected true or false, found "yes" | correct the value, or leave it out',
      'driver/snapshot-parameter | parameters[\'minutes\']: expected a whole number from 60 to 300, found "30" | correct the value, or leave it out',
      'driver/snapshot-parameter | parameters[\'zone\']: expected a text that matches ^z\\d$, found "a" | correct the value, or leave it out',
      "driver/snapshot-parameter | parameters['color']: expected one of incremental, minutes, zone, pool: Acme disks loses any other without a word, found color | leave it out",
      "driver/snapshot-parameter | parameters: expected pool, which Acme disks demands, found none | set `parameters['pool']`",
    ]);
  });
});

describe('a snapshot class is refused', () => {
  test('of a driver that makes no snapshots, which names those that do', () => {
    const { chart } = world();
    const tier = { className: 'shared', backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) };
    const expected = [`chain/snapshot-unsupported | tier: expected a driver that makes snapshots, found efs.csi.aws.com | back the data up with a job, or use a driver that can: ${driversThat(one => one.snapshots)}`];
    expect(errorsOf(() => new SnapshotClass(chart, 'snapshots', { tier }))).toEqual(expected);
    expect(errorsOf(() => SnapshotClass.existing(chart, 'existing', { className: 'snapshots', tier }))).toEqual(expected);
  });

  test('as the second default of its driver', () => {
    const { chart, tier } = world();
    new SnapshotClass(chart, 'one', { tier, name: 'one', isDefault: true });
    new SnapshotClass(chart, 'other-driver', { tier: tierOf(chart, 'disks'), isDefault: true });
    expect(errorsOf(() => new SnapshotClass(chart, 'two', { tier, isDefault: true }))).toEqual([
      'chain/snapshot-default | isDefault: expected one default class for ebs.csi.aws.com: with two, snapshots that name no class fail, found one (ml/one) as well | leave `isDefault` out of one of them',
    ]);
  });

  test('with a name or a label that the API refuses', () => {
    const { chart, tier } = world();
    expect(errorsOf(() => new SnapshotClass(chart, 'snapshots', { tier, name: 'My_Class', labels: { team: 'a b' } }))).toEqual([
      'api/name | name: expected a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters, found "My_Class" | use a name such as `epoch-30`',
      'api/label | labels[\'team\']: expected a value of at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends, found "a b" | correct the value',
    ]);
  });
});
