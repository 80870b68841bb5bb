import { expect, test } from 'vitest';
import { AwsEbs } from '../../../lib/storage/drivers/aws/aws-ebs';
import { AzureDisk } from '../../../lib/storage/drivers/azure/azure-disk';
import { GcpPersistentDisk } from '../../../lib/storage/drivers/google/gcp-persistent-disk';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import { ownerOfClass, RESERVED_CLASSES } from '../../../lib/storage/drivers/custom/reserved-classes';
import { DRIVERS } from '../../../lib/storage/drivers/registry';
import { warningsOf } from './tier-of';

test.each([
  ['default', 'disk.csi.azure.com', 'AKS'],
  ['managed-csi', 'disk.csi.azure.com', 'AKS'],
  ['managed-csi-premium-v2', 'disk.csi.azure.com', 'AKS'],
  ['azurefile-csi-premium', 'file.csi.azure.com', 'AKS'],
  ['azureblob-nfs-premium', 'blob.csi.azure.com', 'AKS'],
  ['standard', 'pd.csi.storage.gke.io', 'GKE'],
  ['standard-rwo', 'pd.csi.storage.gke.io', 'GKE'],
  ['premium-rwo', 'pd.csi.storage.gke.io', 'GKE'],
  ['gcsfusecsi-training', 'gcsfuse.csi.storage.gke.io', 'GKE'],
  ['gp2', 'ebs.csi.aws.com', 'EKS'],
  ['ebs-csi-default-sc', 'ebs.csi.aws.com', 'EKS'],
  ['ebs-csi-default-sc', 'ebs.csi.eks.amazonaws.com', 'EKS'],
  ['managed', 'disk.csi.azure.com', undefined],
  ['default', 'ebs.csi.aws.com', undefined],
  ['gp2', 'pd.csi.storage.gke.io', undefined],
  ['gp3', 'ebs.csi.aws.com', undefined],
])('%s on %s belongs to %s', (name, provisioner, platform) => {
  expect(ownerOfClass(name, provisioner)?.platform).toBe(platform);
});

test('drivers of platforms are drivers of the library', () => {
  const known = DRIVERS.map(({ provisioner }) => provisioner);
  expect(RESERVED_CLASSES.flatMap(({ provisioners }) => provisioners).filter(one => !known.includes(one))).toEqual([]);
});

test('a tier with such a name is warned of', () => {
  expect(warningsOf(AzureDisk.premiumSsd(), { name: 'default' })).toEqual([
    'driver/reserved-class-name | name: expected a name that AKS does not use for a class of its own: it owns default, managed-csi*, azurefile-csi*, azureblob-* and sets them back, found default | use a name such as ml-default, or StorageTier.existing() for the class that AKS made',
  ]);
  expect(warningsOf(GcpPersistentDisk.balanced(), { name: 'standard-rwo' })).toEqual([
    'driver/reserved-class-name | name: expected a name that GKE does not use for a class of its own: it owns standard, standard-rwo, premium-rwo, gcsfusecsi-training, gcsfusecsi-serving, gcsfusecsi-checkpointing and sets them back, found standard-rwo | use a name such as ml-standard-rwo, or StorageTier.existing() for the class that GKE made',
  ]);
  expect(warningsOf(AwsEbs.gp3(), { name: 'gp2' })).toEqual([
    'driver/reserved-class-name | name: expected a name that EKS does not use for a class of its own: it owns gp2, ebs-csi-default-sc and sets them back, found gp2 | use a name such as ml-gp2, or StorageTier.existing() for the class that EKS made',
  ]);
});

test('a name of one platform is nothing special elsewhere', () => {
  expect(warningsOf(LocalVolumes.localPath(), { name: 'standard' })).toEqual([]);
  expect(warningsOf(AzureDisk.premiumSsd(), { name: 'fast' })).toEqual([]);
});
