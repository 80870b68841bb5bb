import { Duration } from 'cdk8s';
import { expect, test } from 'vitest';
import { AzureBlob } from '../../../lib/storage/drivers/azure/azure-blob';
import { AzureBlobAccessTier, AzureBlobAuth, AzureBlobProtocol } from '../../../lib/storage/drivers/azure/azure-blob-props';
import { AzureRedundancy } from '../../../lib/storage/drivers/azure/azure-common';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import { type Case, withoutSource, withoutSourceOf } from './sources';
import { classOf, errorsOf, saidOf, untyped, warningsOf } from './tier-of';

test('a container can be read by pods that do not run as root', () => {
  expect(classOf(AzureBlob.container())).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'blob.csi.azure.com',
    parameters: { protocol: 'fuse2', skuName: 'Standard_LRS' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
    mountOptions: ['-o allow_other', '--file-cache-timeout-in-seconds=120', '--use-attr-cache=true', '--cancel-list-on-mount-seconds=10'],
  });
});

test('blobfuse2 is told of directories', () => {
  const { parameters, mountOptions } = classOf(AzureBlob.container({ hierarchicalNamespace: true }));
  expect(parameters.isHnsEnabled).toBe('true');
  expect(mountOptions).toContain('--use-adls=true');
});

test('NFS has no options that not every node knows', () => {
  const { parameters, mountOptions } = classOf(AzureBlob.container({
    protocol: AzureBlobProtocol.NFS, premium: true, redundancy: AzureRedundancy.ZONE,
  }));
  expect(parameters).toEqual({ protocol: 'nfs', skuName: 'Premium_ZRS' });
  expect(mountOptions).toBeUndefined();
});

test('every option is carried', () => {
  expect(classOf(AzureBlob.container({
    redundancy: AzureRedundancy.READ_ACCESS_GEO,
    storageAccount: 'mldata',
    resourceGroup: 'ml',
    containerNamePrefix: 'vision',
    versioning: true,
    softDeleteBlobs: Duration.days(7),
    softDeleteContainers: Duration.days(365),
    accessTier: AzureBlobAccessTier.HOT,
    auth: AzureBlobAuth.MANAGED_IDENTITY,
    storeAccountKey: false,
    privateEndpoint: true,
    vnetName: 'vnet',
    subnetName: 'nodes',
    mountPermissions: '0777',
    tags: { team: 'vision' },
  })).parameters).toEqual({
    protocol: 'fuse2',
    skuName: 'Standard_RAGRS',
    storageAccount: 'mldata',
    resourceGroup: 'ml',
    containerNamePrefix: 'vision',
    enableBlobVersioning: 'true',
    softDeleteBlobs: '7',
    softDeleteContainers: '365',
    accessTier: 'Hot',
    AzureStorageAuthType: 'MSI',
    storeAccountKey: 'false',
    networkEndpointType: 'privateEndpoint',
    vnetName: 'vnet',
    subnetName: 'nodes',
    mountPermissions: '0777',
    tags: 'team=vision',
  });
});

test('a container that exists is mounted with a Secret, whose name alone is in the volume', () => {
  const secret = { name: 'key', inNamespace: 'storage' };
  const container = AzureBlob.existing({
    storageAccount: 'mldata', container: 'imagenet', hierarchicalNamespace: true, resourceGroup: 'ml', auth: AzureBlobAuth.SAS, secret,
    server: 'mldata.privatelink.blob.core.windows.net',
  });
  expect(container.description).toBe('mldata/imagenet');
  expect(container._source).toEqual({
    csi: {
      driver: 'blob.csi.azure.com',
      volumeHandle: 'mldata_imagenet',
      volumeAttributes: {
        storageAccount: 'mldata', containerName: 'imagenet', protocol: 'fuse2', resourceGroup: 'ml', AzureStorageAuthType: 'SAS',
        server: 'mldata.privatelink.blob.core.windows.net',
      },
      nodeStageSecretRef: { name: 'key', namespace: 'storage' },
    },
  });
  expect(container._mountOptions).toEqual(expect.arrayContaining(['-o allow_other', '--use-adls=true']));
  expect(saidOf(container)).toEqual({ errors: [], warnings: [] });
});

const REFUSED: Case[] = [
  ['the older fuse', AzureBlob.container(untyped({ protocol: 'fuse' })), {}, [
    'driver/value | backend.protocol: expected one of fuse2, nfs, found "fuse" | use "fuse2", or leave `protocol` out',
  ]],
  ['a second region on SSD', AzureBlob.container({ premium: true, redundancy: AzureRedundancy.GEO }), {}, [
    'driver/value | backend.redundancy: expected one of LRS, ZRS, found "GRS" | use "LRS", or leave `redundancy` out',
  ]],
  ['a redundancy that blobs do not have', AzureBlob.container({ redundancy: AzureRedundancy.GEO_ZONE }), {}, [
    'driver/value | backend.redundancy: expected one of LRS, ZRS, GRS, RAGRS, found "GZRS" | use "LRS", or leave `redundancy` out',
  ]],
  ['versions with directories', AzureBlob.container({ hierarchicalNamespace: true, versioning: true }), {}, [
    'driver/azure-blob-versioning | backend.versioning: expected false: accounts with directories keep no versions, and hierarchicalNamespace makes such an account, found true | leave `versioning` out',
  ]],
  ['versions with NFS', AzureBlob.container({ protocol: AzureBlobProtocol.NFS, versioning: true }), {}, [
    'driver/azure-blob-versioning | backend.versioning: expected false: accounts with directories keep no versions, and protocol nfs makes such an account, found true | leave `versioning` out',
  ]],
  ['NFS without directories', AzureBlob.container({ protocol: AzureBlobProtocol.NFS, hierarchicalNamespace: false }), {}, [
    'driver/azure-blob-directories | backend.hierarchicalNamespace: expected true: NFS needs an account with directories, and the driver makes one, found false | leave `hierarchicalNamespace` out',
  ]],
  ['no day and too many', AzureBlob.container({ softDeleteBlobs: Duration.days(0), softDeleteContainers: Duration.days(366) }), {}, [
    'driver/number | backend.softDeleteBlobs: expected a whole number of days, 1 to 365, found 0 | set `softDeleteBlobs` to 1, or leave it out',
    'driver/number | backend.softDeleteContainers: expected a whole number of days, 1 to 365, found 366 | set `softDeleteContainers` to 365, or leave it out',
  ]],
  ['half a day', AzureBlob.container({ softDeleteBlobs: Duration.hours(12) }), {}, [
    'driver/number | backend.softDeleteBlobs: expected a whole number of days, 1 to 365, found 0.5 | set `softDeleteBlobs` to 1, or leave it out',
  ]],
  ['an unknown tier and proof', AzureBlob.container(untyped({ accessTier: 'hot', auth: 'key' })), {}, [
    'driver/value | backend.auth: expected one of Key, SAS, MSI, SPN, found "key" | use "Key", or leave `auth` out',
    'driver/value | backend.accessTier: expected one of Hot, Cool, Premium, found "hot" | use "Hot", or leave `accessTier` out',
  ]],
  ['a bad account and prefix', AzureBlob.container({ storageAccount: 'ML', containerNamePrefix: 'ML' }), {}, [
    'driver/azure-account | backend.storageAccount: expected the name of a storage account: 3 to 24 lower case letters and digits, found "ML" | use a value such as mldatasets',
    'driver/azure-name | backend.containerNamePrefix: expected up to 20 lower case letters, digits and single `-` between them, found "ML" | use a value such as ml',
  ]],
  ['a text for a switch', AzureBlob.container(untyped({ premium: 'yes' })), {}, [
    'driver/value | backend.premium: expected true or false, not a text: drivers take other spellings for false, found "yes" | set `premium` to true or false',
  ]],
  ['directories that blobfuse2 is not told of', AzureBlob.container({ hierarchicalNamespace: true }), { mountOptions: ['-o allow_other'] }, [
    'driver/blobfuse-adls | mountOptions: expected --use-adls=true among them: blobfuse2 takes an account with directories for one without, found ["-o allow_other"] | add "--use-adls=true"',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['a mount for root only', AzureBlob.container(), { mountOptions: ['--use-attr-cache=true'] }, [
    'driver/blobfuse-allow-other | mountOptions: expected -o allow_other among them: without it only root can see what is mounted, and pods should not run as root, found ["--use-attr-cache=true"] | add "-o allow_other"',
  ]],
  ['soft mounts', AzureBlob.container({ protocol: AzureBlobProtocol.NFS }), { mountOptions: ['soft'] }, [
    'driver/nfs-soft | mountOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found soft | replace "soft" with "hard"',
  ]],
  ['a name that AKS owns', AzureBlob.container(), { name: 'azureblob-fuse' }, [
    'driver/reserved-class-name | name: expected a name that AKS does not use for a class of its own: it owns default, managed-csi*, azurefile-csi*, azureblob-* and sets them back, found azureblob-fuse | use a name such as ml-azureblob-fuse, or StorageTier.existing() for the class that AKS made',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const EXISTING: [name: string, fileSystem: FileSystem, errors: string[], warnings: string[]][] = [
  ['no names', AzureBlob.existing(untyped({})), [
    'driver/azure-account | storageAccount: expected the name of a storage account: 3 to 24 lower case letters and digits, found "" | use a value such as mldatasets',
    'driver/azure-name | container: expected 3 to 63 lower case letters, digits and single `-` between them, found "" | use a value such as imagenet',
  ], []],
  ['a bad container', AzureBlob.existing({ storageAccount: 'mldata', container: 'a--b' }), [
    'driver/azure-name | container: expected 3 to 63 lower case letters, digits and single `-` between them, found "a--b" | use a value such as imagenet',
  ], []],
  ['directories that blobfuse2 is not told of', AzureBlob.existing({ storageAccount: 'mldata', container: 'imagenet', hierarchicalNamespace: true, mountOptions: ['-o allow_other'] }), [
    'driver/blobfuse-adls | mountOptions: expected --use-adls=true among them: blobfuse2 takes an account with directories for one without, found ["-o allow_other"] | add "--use-adls=true"',
  ], []],
  ['an unknown proof and half a Secret', AzureBlob.existing({ storageAccount: 'mldata', container: 'imagenet', auth: 'SPNN' as never, secret: untyped({ inNamespace: 'storage' }) }), [
    'driver/value | auth: expected one of Key, SAS, MSI, SPN, found "SPNN" | use "Key", or leave `auth` out',
    'driver/secret | secret.name: expected the name of a Secret, found none | set `secret.name`',
  ], []],
];

test.each(EXISTING)('%s of what exists is told', (_, fileSystem, errors, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings });
  expect(withoutSourceOf(fileSystem)).toEqual([]);
});
