import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { KubernetesVersion } from '../../../lib/kubernetes-version';
import { driversThat } from '../../../lib/storage/drivers/registry';
import { StorageClaim } from '../../../lib/storage/claims/storage-claim';
import { VolumeAttributes } from '../../../lib/storage/tiers/volume-attributes';
import { errorsOf, objectsOf, tierOf, world } from '../snapshots/parts';

const { V1_33, V1_34 } = KubernetesVersion;

describe('attributes of volumes', () => {
  test('are a class of the driver of the tier', () => {
    const { chart, tier } = world(V1_34);
    const faster = new VolumeAttributes(chart, 'faster', { tier, name: 'faster', parameters: { iops: '16000', throughput: '1000' } });
    new StorageClaim(chart, 'registry', { tier, size: Size.gibibytes(500), attributesClass: faster.className });
    expect(objectsOf(chart, 'VolumeAttributesClass')).toMatchInlineSnapshot(`
      [
        {
          "apiVersion": "storage.k8s.io/v1",
          "driverName": "ebs.csi.aws.com",
          "kind": "VolumeAttributesClass",
          "metadata": {
            "name": "faster",
          },
          "parameters": {
            "iops": "16000",
            "throughput": "1000",
          },
        },
      ]
    `);
    expect(objectsOf(chart, 'PersistentVolumeClaim')[0].spec.volumeAttributesClassName).toBe('faster');
  });

  test('may have numbered names where the driver has them', () => {
    const { chart, tier } = world(V1_34);
    expect(errorsOf(() => new VolumeAttributes(chart, 'tags', { tier, parameters: { tagSpecification_1: 'team=vision', tagDeletion_2: 'old' } }))).toEqual([]);
    expect(errorsOf(() => new VolumeAttributes(chart, 'wrong', { tier, parameters: { tagSpecification_: 'team=vision' } }))).toHaveLength(1);
  });

  test('are refused before Kubernetes 1.34, which names the other way', () => {
    const { chart, tier } = world(V1_33);
    expect(errorsOf(() => new VolumeAttributes(chart, 'faster', { tier, parameters: { iops: '16000' } }))).toEqual([
      'api/since | target: expected Kubernetes 1.34 or newer for a VolumeAttributesClass, found target 1.33 | raise the `target` of the app, or restore a snapshot into a claim of another tier',
    ]);
  });

  test('are refused for a driver that takes none', () => {
    const { chart } = world(V1_34);
    expect(errorsOf(() => new VolumeAttributes(chart, 'faster', { tier: tierOf(chart, 'disks'), parameters: { iops: '16000' } }))).toEqual([
      `chain/attributes-unsupported | tier: expected a driver whose volumes can change their attributes, found disks.acme.example | use a driver that can: ${driversThat(one => one.attributes !== undefined)}`,
    ]);
  });

  test('are refused with what the driver does not know, or cannot change', () => {
    const { chart, tier } = world(V1_34);
    const all = 'type, iops, throughput, tagSpecification_N, tagDeletion_N';
    expect(errorsOf(() => new VolumeAttributes(chart, 'faster', { tier, name: 'A', parameters: { IOPS: '16000', encrypted: 'true', throughput: '' } }))).toEqual([
      'api/name | name: expected a DNS subdomain: lower case letters, digits, `-` and `.`, at most 253 characters, found "A" | use a name such as `faster`',
      `driver/attribute | parameters['IOPS']: expected one of ${all}, found IOPS | use iops`,
      `driver/attribute | parameters['encrypted']: expected one of ${all}, found encrypted | leave it out: it cannot change while a volume exists`,
      'driver/attribute | parameters[\'throughput\']: expected a text that is not empty: all parameters of classes are, found "" | put the value in quotes',
    ]);
    expect(errorsOf(() => new VolumeAttributes(chart, 'none', { tier, parameters: {} }))).toEqual([
      `props/required | parameters: expected at least one of ${all}, found none | name what is to change`,
    ]);
  });
});
