import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { AzureNetworkEndpoint, AzureRedundancy } from '../../../lib/storage/drivers/azure/azure-common';
import { AzureFiles } from '../../../lib/storage/drivers/azure/azure-files';
import { AzureFilesIdentity, AzureFilesProtocol, AzureRootSquash } from '../../../lib/storage/drivers/azure/azure-files-props';
import type { FileSystem } from '../../../lib/storage/volumes/file-system';
import type { StorageBackend } from '../../../lib/storage/tiers/storage-backend';
import { type Case, withoutSource, withoutSourceOf } from './sources';
import { classOf, errorsOf, saidOf, sizeOf, untyped, warningsOf } from './tier-of';

test('a share is mounted for everybody in the pod, at once', () => {
  expect(classOf(AzureFiles.premium())).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'tier' },
    provisioner: 'file.csi.azure.com',
    parameters: { skuName: 'Premium_LRS' },
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
    mountOptions: ['dir_mode=0777', 'file_mode=0777', 'mfsymlinks', 'cache=strict', 'nosharesock', 'actimeo=30', 'nobrl'],
  });
});

test('NFS has options of its own, without those that the driver adds', () => {
  const { parameters, mountOptions } = classOf(AzureFiles.premiumV2({
    protocol: AzureFilesProtocol.NFS, zoneRedundant: true, iops: 10_000, throughput: 500,
  }));
  expect(parameters).toEqual({ skuName: 'PremiumV2_ZRS', protocol: 'nfs', provisionedIOPS: '10000', provisionedBandwidth: '500' });
  expect(mountOptions).toEqual(['nconnect=4', 'noresvport', 'actimeo=30']);
});

test('every option is carried', () => {
  expect(classOf(AzureFiles.premium({
    protocol: AzureFilesProtocol.NFS,
    storageAccount: 'mldata',
    resourceGroup: 'ml',
    shareNamePrefix: 'vision',
    networkEndpoint: AzureNetworkEndpoint.PRIVATE,
    vnetResourceGroup: 'net',
    vnetName: 'vnet',
    subnetName: 'nodes',
    mountPermissions: '0770',
    tags: { team: 'vision' },
    rootSquash: AzureRootSquash.ALL_SQUASH,
    encryptInTransit: true,
  })).parameters).toEqual({
    skuName: 'Premium_LRS',
    protocol: 'nfs',
    storageAccount: 'mldata',
    resourceGroup: 'ml',
    shareNamePrefix: 'vision',
    networkEndpointType: 'privateEndpoint',
    vnetResourceGroup: 'net',
    vnetName: 'vnet',
    subnetName: 'nodes',
    mountPermissions: '0770',
    tags: 'team=vision',
    rootSquashType: 'AllSquash',
    encryptInTransit: 'true',
  });
  expect(classOf(AzureFiles.premium({
    multichannel: true, storeAccountKey: false, secretNamespace: 'ml', identity: AzureFilesIdentity.WORKLOAD,
  })).parameters).toEqual({
    skuName: 'Premium_LRS', enableMultichannel: 'true', storeAccountKey: 'false', secretNamespace: 'ml', mountWithWIToken: 'true',
  });
});

const SECRET = { name: 'key', inNamespace: 'storage' };

test('a share that exists is mounted with a Secret, whose name alone is in the volume', () => {
  const share = AzureFiles.existing({ storageAccount: 'mldata', shareName: 'imagenet', secret: SECRET });
  expect(share.description).toBe('mldata/imagenet');
  expect(share._source).toEqual({
    csi: {
      driver: 'file.csi.azure.com',
      volumeHandle: 'mldata_imagenet',
      volumeAttributes: { storageAccount: 'mldata', shareName: 'imagenet' },
      nodeStageSecretRef: { name: 'key', namespace: 'storage' },
    },
  });
  expect(share._mountOptions).toContain('mfsymlinks');
  expect(saidOf(share)).toEqual({ errors: [], warnings: [] });
});

test('a directory of an NFS share has a handle of its own', () => {
  const share = AzureFiles.existing({
    storageAccount: 'mldata', shareName: 'data', folderName: 'imagenet/train', protocol: AzureFilesProtocol.NFS, resourceGroup: 'ml',
    server: 'mldata.privatelink.file.core.windows.net',
  });
  expect(share._source.csi).toEqual({
    driver: 'file.csi.azure.com',
    volumeHandle: 'mldata_data_imagenet_train',
    volumeAttributes: {
      storageAccount: 'mldata', shareName: 'data', protocol: 'nfs', resourceGroup: 'ml', folderName: 'imagenet/train',
      server: 'mldata.privatelink.file.core.windows.net',
    },
  });
  expect(share._mountOptions).toEqual(['nconnect=4', 'noresvport', 'actimeo=30']);
  expect(saidOf(share)).toEqual({ errors: [], warnings: [] });
});

const REFUSED: Case[] = [
  ['NFS on hard disks', AzureFiles.standard(untyped({ protocol: 'nfs' })), {}, [
    'driver/azurefile-nfs-standard | backend.protocol: expected smb: only SSD shares speak NFS (Standard), found "nfs" | use AzureFiles.premium() or AzureFiles.premiumV2(), or leave `protocol` out',
  ]],
  ['NFS on hard disks of v2', AzureFiles.standardV2(untyped({ protocol: 'nfs' })), {}, [
    'driver/azurefile-nfs-standard | backend.protocol: expected smb: only SSD shares speak NFS (StandardV2), found "nfs" | use AzureFiles.premium() or AzureFiles.premiumV2(), or leave `protocol` out',
  ]],
  ['the wrong case of a protocol', AzureFiles.premium(untyped({ protocol: 'NFS' })), {}, [
    'driver/value | backend.protocol: expected one of smb, nfs, found "NFS" | use "nfs", or leave `protocol` out',
  ]],
  ['performance of premium', AzureFiles.premium(untyped({ iops: 5000, throughput: 200 })), {}, [
    'driver/iops-not-settable | backend.iops: expected no `iops`: it follows the size, only premiumV2 and standardV2 let one choose (Premium_LRS), found 5000 | leave `iops` out',
    'driver/throughput-not-settable | backend.throughput: expected no `throughput`: it follows the size, only premiumV2 and standardV2 let one choose (Premium_LRS), found 200 | leave `throughput` out',
  ]],
  ['too much of premiumV2', AzureFiles.premiumV2({ iops: 102401, throughput: 10341 }), {}, [
    'driver/iops-over-limit | backend.iops: expected at most 102400 IOPS (PremiumV2_LRS), found 102401 | lower `iops` to 102400',
    'driver/throughput-over-limit | backend.throughput: expected at most 10340 MiB/s (PremiumV2_LRS), found 10341 | lower `throughput` to 10340',
  ]],
  ['too little of premiumV2', AzureFiles.premiumV2({ iops: 2999, throughput: 99 }), {}, [
    'driver/iops-under-limit | backend.iops: expected at least 3000 IOPS (PremiumV2_LRS), found 2999 | raise `iops` to 3000, or leave it out',
    'driver/throughput-under-limit | backend.throughput: expected at least 100 MiB/s (PremiumV2_LRS), found 99 | raise `throughput` to 100, or leave it out',
  ]],
  ['too much of standardV2', AzureFiles.standardV2({ iops: 50001, throughput: 5121 }), {}, [
    'driver/iops-over-limit | backend.iops: expected at most 50000 IOPS (StandardV2_LRS), found 50001 | lower `iops` to 50000',
    'driver/throughput-over-limit | backend.throughput: expected at most 5120 MiB/s (StandardV2_LRS), found 5121 | lower `throughput` to 5120',
  ]],
  ['too little of standardV2', AzureFiles.standardV2({ iops: 499, throughput: 59 }), {}, [
    'driver/iops-under-limit | backend.iops: expected at least 500 IOPS (StandardV2_LRS), found 499 | raise `iops` to 500, or leave it out',
    'driver/throughput-under-limit | backend.throughput: expected at least 60 MiB/s (StandardV2_LRS), found 59 | raise `throughput` to 60, or leave it out',
  ]],
  ['a second region for premium', AzureFiles.premium(untyped({ redundancy: 'GRS' })), {}, [
    'driver/value | backend.redundancy: expected one of LRS, ZRS, found "GRS" | use "LRS", or leave `redundancy` out',
  ]],
  ['a redundancy of v2 for standard', AzureFiles.standard({ redundancy: AzureRedundancy.GEO_ZONE }), {}, [
    'driver/value | backend.redundancy: expected one of LRS, ZRS, GRS, RAGRS, RAGZRS, found "GZRS" | use "LRS", or leave `redundancy` out',
  ]],
  ['a redundancy of v1 for standardV2', AzureFiles.standardV2({ redundancy: AzureRedundancy.READ_ACCESS_GEO }), {}, [
    'driver/value | backend.redundancy: expected one of LRS, ZRS, GRS, GZRS, found "RAGRS" | use "LRS", or leave `redundancy` out',
  ]],
  ['options of NFS for SMB', AzureFiles.premium({ rootSquash: AzureRootSquash.ROOT_SQUASH, encryptInTransit: true }), {}, [
    'driver/azure-files-protocol | backend.rootSquash: expected no `rootSquash`: only NFS shares take it, found "RootSquash" | leave `rootSquash` out',
    'driver/azure-files-protocol | backend.encryptInTransit: expected no `encryptInTransit`: only NFS shares take it, found true | leave `encryptInTransit` out',
  ]],
  ['options of SMB for NFS', AzureFiles.premium({ protocol: AzureFilesProtocol.NFS, multichannel: true, identity: AzureFilesIdentity.MANAGED }), {}, [
    'driver/azure-files-protocol | backend.multichannel: expected no `multichannel`: only Premium SMB shares take it, found true | leave `multichannel` out',
    'driver/azure-files-protocol | backend.identity: expected no `identity`: only SMB shares take it, found "mountWithManagedIdentity" | leave `identity` out',
  ]],
  ['several connections for premiumV2', AzureFiles.premiumV2(untyped({ multichannel: true })), {}, [
    'driver/azure-files-protocol | backend.multichannel: expected no `multichannel`: only Premium SMB shares take it, found true | leave `multichannel` out',
  ]],
  ['a bad account and a long prefix', AzureFiles.premium({ storageAccount: 'ML-data', shareNamePrefix: 'a-prefix-of-21-letters' }), {}, [
    'driver/azure-account | backend.storageAccount: expected the name of a storage account: 3 to 24 lower case letters and digits, found "ML-data" | use a value such as mldatasets',
    'driver/azure-name | backend.shareNamePrefix: expected up to 20 lower case letters, digits and single `-` between them, found "a-prefix-of-21-letters" | use a value such as ml',
  ]],
  ['permissions in letters', AzureFiles.premium({ mountPermissions: 'rwx' }), {}, [
    "driver/azure-permissions | backend.mountPermissions: expected permissions as a text of 3 octal digits, with or without a leading 0, found \"rwx\" | use a value such as '0777'",
  ]],
  ['an unknown endpoint', AzureFiles.premium(untyped({ networkEndpoint: 'public' })), {}, [
    'driver/value | backend.networkEndpoint: expected one of privateEndpoint, serviceEndpoint, found "public" | use "privateEndpoint", or leave `networkEndpoint` out',
  ]],
  ['what the driver adds to NFS mounts', AzureFiles.premium({ protocol: AzureFilesProtocol.NFS }), { mountOptions: ['vers=4.1,minorversion=1', 'sec=sys', 'nconnect=4'] }, [
    'driver/azurefile-nfs-options | mountOptions: expected no vers, minorversion, sec: the driver adds them to every NFS mount itself, found vers=4.1 | leave "vers=4.1" out',
    'driver/azurefile-nfs-options | mountOptions: expected no vers, minorversion, sec: the driver adds them to every NFS mount itself, found minorversion=1 | leave "minorversion=1" out',
    'driver/azurefile-nfs-options | mountOptions: expected no vers, minorversion, sec: the driver adds them to every NFS mount itself, found sec=sys | leave "sec=sys" out',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['IOPS that not all documents have', AzureFiles.premiumV2({ iops: 100001 }), {}, [
    'driver/iops-over-older-limit | backend.iops: expected at most 100000 IOPS where the provider has not raised the limit yet (PremiumV2_LRS), found 100001 | check that your region and machines offer more than 100000 IOPS, or lower `iops`',
  ]],
  ['throughput that not all documents have', AzureFiles.premiumV2({ throughput: 124 }), {}, [
    "driver/throughput-under-older-limit | backend.throughput: expected at least 125 MiB/s, as some of the provider's documents have it (PremiumV2_LRS), found 124 | raise `throughput` to 125, or check that your region takes less",
  ]],
  ['soft mounts', AzureFiles.premium({ protocol: AzureFilesProtocol.NFS }), { mountOptions: ['soft'] }, [
    'driver/nfs-soft | mountOptions: expected hard, which waits for the server: without it a pause becomes an I/O error and a half-written checkpoint, found soft | replace "soft" with "hard"',
  ]],
  ['a name that AKS owns', AzureFiles.premium(), { name: 'azurefile-csi' }, [
    'driver/reserved-class-name | name: expected a name that AKS does not use for a class of its own: it owns default, managed-csi*, azurefile-csi*, azureblob-* and sets them back, found azurefile-csi | use a name such as ml-azurefile-csi, or StorageTier.existing() for the class that AKS made',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const EXISTING: [name: string, fileSystem: FileSystem, errors: string[], warnings: string[]][] = [
  ['a bad account', AzureFiles.existing({ storageAccount: 'x', shareName: 'imagenet' }), [
    'driver/azure-account | storageAccount: expected the name of a storage account: 3 to 24 lower case letters and digits, found "x" | use a value such as mldatasets',
  ], []],
  ['a bad share', AzureFiles.existing({ storageAccount: 'mldata', shareName: 'ImageNet' }), [
    'driver/azure-name | shareName: expected 3 to 63 lower case letters, digits and single `-` between them, found "ImageNet" | use a value such as imagenet',
  ], []],
  ['a key for NFS', AzureFiles.existing({ storageAccount: 'mldata', shareName: 'imagenet', protocol: AzureFilesProtocol.NFS, secret: SECRET }), [
    'driver/azure-files-protocol | secret: expected no `secret`: NFS shares know no keys, the network decides who may mount them, found "key" | leave `secret` out',
  ], []],
  ['no names', AzureFiles.existing(untyped({})), [
    'driver/azure-account | storageAccount: expected the name of a storage account: 3 to 24 lower case letters and digits, found "" | use a value such as mldatasets',
    'driver/azure-name | shareName: expected 3 to 63 lower case letters, digits and single `-` between them, found "" | use a value such as imagenet',
  ], []],
  ['half a Secret', AzureFiles.existing({ storageAccount: 'mldata', shareName: 'imagenet', secret: untyped({ name: 'key' }) }), [
    'driver/secret | secret.inNamespace: expected the namespace of the Secret: a class has none to take it from, found none | set `secret.inNamespace`',
  ], []],
  ['what the driver adds to NFS mounts', AzureFiles.existing({ storageAccount: 'mldata', shareName: 'imagenet', protocol: AzureFilesProtocol.NFS, mountOptions: ['vers=4.1'] }), [
    'driver/azurefile-nfs-options | mountOptions: expected no vers, minorversion, sec: the driver adds them to every NFS mount itself, found vers=4.1 | leave "vers=4.1" out',
  ], []],
];

test.each(EXISTING)('%s of what exists is told', (_, fileSystem, errors, warnings) => {
  expect(saidOf(fileSystem)).toEqual({ errors, warnings });
  expect(withoutSourceOf(fileSystem)).toEqual([]);
});

const SIZES: [name: string, backend: StorageBackend, size: Size, errors: string[], warnings: string[]][] = [
  ['made larger by premium', AzureFiles.premium(), Size.gibibytes(99), [], [
    'driver/size-rounded-up | size: expected a size that Premium_LRS offers: this one is made, and billed, as 100Gi, found 99Gi | use Size.gibibytes(100)',
  ]],
  ['too large for premium', AzureFiles.premium(), Size.gibibytes(102401), [
    'driver/size-over-max | size: expected at most 100Ti (Premium_LRS), found 102401Gi | use Size.gibibytes(102400) or less, or another volume type',
  ], []],
  ['too small for standard', AzureFiles.standard(), Size.mebibytes(1023), [
    'driver/size-under-min | size: expected at least 1Gi (Standard_LRS), found 1023Mi | use Size.gibibytes(1), or another volume type',
  ], []],
  ['smaller than some documents have', AzureFiles.premiumV2(), Size.gibibytes(99), [], [
    "driver/size-under-older-limit | size: expected at least 100Gi, as some of the provider's documents have it (PremiumV2_LRS), found 99Gi | use Size.gibibytes(100), or check that your region takes less",
  ]],
  ['smaller than any document of premiumV2 has', AzureFiles.premiumV2(), Size.gibibytes(31), [], [
    "driver/size-under-older-limit | size: expected at least 100Gi, as some of the provider's documents have it (PremiumV2_LRS), found 31Gi | use Size.gibibytes(100), or check that your region takes less",
  ]],
  ['made larger by standardV2', AzureFiles.standardV2(), Size.gibibytes(31), [], [
    'driver/size-rounded-up | size: expected a size that StandardV2_LRS offers: this one is made, and billed, as 32Gi, found 31Gi | use Size.gibibytes(32)',
  ]],
];

test.each(SIZES)('a claim that is %s is told', (_, backend, size, errors, warnings) => {
  expect(sizeOf(backend, size)).toEqual({ errors, warnings });
});
