import type { DriverFacts, VolumeTypeFacts } from '../driver-facts';

export const EFS_PARAMETERS_LINK = 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md';
const CLASSES_LINK = 'https://docs.aws.amazon.com/efs/latest/ug/storage-classes.html';
const REFERENCE = /^[^/]+\/[^/]+\/[^/]+$/;

export const AWS_EFS: DriverFacts = {
  title: 'Amazon EFS CSI driver',
  provisioner: 'efs.csi.aws.com',
  madeBy: 'AwsEfs',
  kind: 'file',
  asOf: '2026-07-24, v3.4.1',
  link: EFS_PARAMETERS_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  // ReadOnlyMany is refused: a shared claim that the pods mount read-only does the same
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  blockModes: [],
  parameters: [
    { name: 'provisioningMode', type: 'enum', values: ['efs-ap', 's3files-ap'], required: true },
    // exactly one of the three
    { name: 'fileSystemId', type: 'string', pattern: /^fs-[0-9a-f]{8,40}$/ },
    { name: 'fileSystemIdConfigRef', type: 'string', pattern: REFERENCE },
    { name: 'fileSystemIdSecretRef', type: 'string', pattern: REFERENCE },
    { name: 'directoryPerms', type: 'string', pattern: /^[0-7]{3,4}$/, required: true },
    { name: 'uid', type: 'integer', min: 0 },
    { name: 'gid', type: 'integer', min: 0 },
    { name: 'gidRangeStart', type: 'integer', min: 1 },
    { name: 'gidRangeEnd', type: 'integer' },
    { name: 'basePath', type: 'string' },
    { name: 'subPathPattern', type: 'string' },
    { name: 'ensureUniqueDirectory', type: 'boolean' },
    { name: 'az', type: 'string' },
    { name: 'enforceZoneAffinity', type: 'boolean' },
    { name: 'reuseAccessPoint', type: 'boolean' },
    { name: 'enableTagging', type: 'boolean' },
  ],
  unknownParameters: 'ignore',
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: false,
};

/** With `enforceZoneAffinity` a volume of a One Zone file system is tied to its zone. */
export const AWS_EFS_ONE_ZONE: DriverFacts = {
  ...AWS_EFS,
  topologyKeys: ['topology.kubernetes.io/zone'],
  bindingMode: 'WaitForFirstConsumer',
};

/** No size is too small or too large: bytes are billed, and the size of a claim holds nobody back. */
export const AWS_EFS_TYPES = {
  standard: { name: 'standard', link: CLASSES_LINK },
  infrequentAccess: { name: 'infrequent-access', link: CLASSES_LINK },
} satisfies Record<string, VolumeTypeFacts>;
