import type { DriverFacts } from '../driver-facts';

/** @internal */
export const AZURE_BLOB: DriverFacts = {
  title: 'Azure Blob CSI driver',
  provisioner: 'blob.csi.azure.com',
  madeBy: 'AzureBlob',
  kind: 'object',
  asOf: '2026-08-22, master',
  link: 'https://github.com/kubernetes-sigs/blob-csi-driver/blob/master/docs/driver-parameters.md',
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'],
  blockModes: [],
  parameters: [
    { name: 'protocol', type: 'enum', values: ['fuse', 'fuse2', 'nfs', 'aznfs'] },
    { name: 'skuName', type: 'enum', values: ['Standard_LRS', 'Premium_LRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_ZRS', 'Premium_ZRS'] },
    { name: 'storageAccount', type: 'string' },
    { name: 'resourceGroup', type: 'string' },
    { name: 'containerName', type: 'string' },
    { name: 'containerNamePrefix', type: 'string' },
    { name: 'isHnsEnabled', type: 'boolean' },
    { name: 'enableBlobVersioning', type: 'boolean' },
    { name: 'softDeleteBlobs', type: 'integer', min: 1, max: 365 },
    { name: 'softDeleteContainers', type: 'integer', min: 1, max: 365 },
    { name: 'accessTier', type: 'enum', values: ['Hot', 'Cool', 'Premium'] },
    { name: 'storeAccountKey', type: 'boolean' },
    { name: 'AzureStorageAuthType', type: 'enum', values: ['Key', 'SAS', 'MSI', 'SPN'] },
    { name: 'networkEndpointType', type: 'enum', values: ['', 'privateEndpoint'] },
    { name: 'vnetName', type: 'string' },
    { name: 'subnetName', type: 'string' },
    { name: 'mountPermissions', type: 'string', pattern: /^[0-7]{1,4}$/ },
    { name: 'tags', type: 'string' },
    { name: 'matchTags', type: 'boolean' },
    { name: 'useDataPlaneAPI', type: 'boolean' },
  ],
  unknownParameters: 'reject',
  expansion: true,
  snapshots: false,
  cloning: true,
  topologyKeys: [],
  bindingMode: 'Immediate',
  // growing is accepted and changes nothing
  sizeEnforced: false,
};

/** What a container can be kept on. */
export const AZURE_BLOB_SKUS: Readonly<Record<'standard' | 'premium', readonly string[]>> = {
  standard: ['LRS', 'ZRS', 'GRS', 'RAGRS'],
  premium: ['LRS', 'ZRS'],
};
