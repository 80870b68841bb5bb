import type { DriverFacts, ParameterFacts, RangeFacts, VolumeTypeFacts } from '../driver-facts';

export const AZURE_FILES_LIMITS_LINK = 'https://learn.microsoft.com/en-us/azure/storage/files/storage-files-scale-targets';

const PARAMETERS: readonly ParameterFacts[] = [
  {
    name: 'skuName',
    type: 'enum',
    values: [
      'Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_RAGZRS', 'Premium_LRS', 'Premium_ZRS',
      'StandardV2_LRS', 'StandardV2_ZRS', 'StandardV2_GRS', 'StandardV2_GZRS', 'PremiumV2_LRS', 'PremiumV2_ZRS',
    ],
  },
  { name: 'protocol', type: 'enum', values: ['smb', 'nfs'] },
  { name: 'storageAccount', type: 'string' },
  { name: 'resourceGroup', type: 'string' },
  { name: 'shareName', type: 'string' },
  { name: 'shareNamePrefix', type: 'string', pattern: /^[a-z0-9-]{1,20}$/ },
  { name: 'folderName', type: 'string' },
  { name: 'createFolderIfNotExist', type: 'boolean' },
  { name: 'shareAccessTier', type: 'enum', values: ['TransactionOptimized', 'Hot', 'Cool', 'Premium'] },
  { name: 'accountAccessTier', type: 'enum', values: ['Hot', 'Cool', 'Premium'] },
  { name: 'networkEndpointType', type: 'enum', values: ['', 'privateEndpoint', 'serviceEndpoint'] },
  { name: 'vnetResourceGroup', type: 'string' },
  { name: 'vnetName', type: 'string' },
  { name: 'subnetName', type: 'string' },
  { name: 'publicNetworkAccess', type: 'enum', values: ['Enabled', 'Disabled'] },
  { name: 'enableLargeFileShares', type: 'boolean' },
  { name: 'storeAccountKey', type: 'boolean' },
  { name: 'secretName', type: 'string' },
  { name: 'secretNamespace', type: 'string' },
  { name: 'useDataPlaneAPI', type: 'enum', values: ['true', 'false', 'oauth'] },
  { name: 'enableMultichannel', type: 'boolean' },
  { name: 'accountQuota', type: 'integer', min: 100 },
  { name: 'tags', type: 'string' },
  { name: 'matchTags', type: 'boolean' },
  { name: 'rootSquashType', type: 'enum', values: ['AllSquash', 'NoRootSquash', 'RootSquash'] },
  { name: 'mountPermissions', type: 'string', pattern: /^[0-7]{1,4}$/ },
  { name: 'encryptInTransit', type: 'boolean' },
  { name: 'fsGroupChangePolicy', type: 'enum', values: ['OnRootMismatch', 'Always', 'None'] },
  { name: 'provisionedIOPS', type: 'integer', min: 500, max: 102_400 },
  { name: 'provisionedBandwidth', type: 'integer', min: 60, max: 10_340 },
  { name: 'allowSharedKeyAccess', type: 'boolean' },
  { name: 'requireInfraEncryption', type: 'boolean' },
  { name: 'mountWithManagedIdentity', type: 'boolean' },
  { name: 'mountWithWIToken', type: 'boolean' },
  { name: 'mountWithOAuthToken', type: 'boolean' },
  { name: 'getLatestAccountKey', type: 'boolean' },
  // refused unless the driver runs with its feature for disks in files
  { name: 'csi.storage.k8s.io/fstype', type: 'string' },
];

/** @internal */
export const AZURE_FILES: DriverFacts = {
  title: 'Azure Files CSI driver',
  provisioner: 'file.csi.azure.com',
  madeBy: 'AzureFiles',
  kind: 'file',
  asOf: '2026-08-22, v1.35',
  link: 'https://github.com/kubernetes-sigs/azurefile-csi-driver/blob/master/docs/driver-parameters.md',
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'],
  blockModes: [],
  parameters: PARAMETERS,
  unknownParameters: 'reject',
  attributes: ['provisionedIOPS', 'provisionedBandwidth'],
  expansion: true,
  snapshots: true,
  cloning: true,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: true,
};

const BY_SIZE = 'follows the size, only premiumV2 and standardV2 let one choose';

function followsSize(name: string, roundsUpToGiB?: number): VolumeTypeFacts {
  return {
    name,
    ...(roundsUpToGiB === undefined ? { minSizeGiB: 1 } : { roundsUpToGiB }),
    maxSizeGiB: 102_400,
    iops: { max: 102_400, notSettable: BY_SIZE },
    throughput: { max: 10_340, notSettable: BY_SIZE },
    link: AZURE_FILES_LIMITS_LINK,
  };
}

/** Smaller shares than 32 GiB are made with 32; the documents of AKS still ask for 100. */
function provisioned(name: string, iops: RangeFacts, throughput: RangeFacts): VolumeTypeFacts {
  return { name, roundsUpToGiB: 32, iops, throughput, link: AZURE_FILES_LIMITS_LINK };
}

/**
 * Types of a share. What the copies are kept in makes no difference to a limit.
 *
 * @internal
 */
export const AZURE_FILES_TYPES = {
  premium: followsSize('Premium', 100),
  standard: followsSize('Standard'),
  premiumV2: {
    ...provisioned('PremiumV2', { min: 3_000, max: 102_400, olderMax: 100_000, baseline: 3_000 }, { min: 100, max: 10_340, olderMin: 125, baseline: 100 }),
    olderMinSizeGiB: 100,
  },
  standardV2: provisioned('StandardV2', { min: 500, max: 50_000, baseline: 1_000 }, { min: 60, max: 5_120, baseline: 60 }),
} satisfies Record<string, VolumeTypeFacts>;
