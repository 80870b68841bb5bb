import type { DriverFacts } from '../driver-facts';

export const S3_LINK = 'https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/CONFIGURATION.md';

export const AWS_MOUNTPOINT_S3: DriverFacts = {
  title: 'Mountpoint for Amazon S3 CSI driver',
  provisioner: 's3.csi.aws.com',
  madeBy: 'MountpointS3',
  kind: 'object',
  asOf: '2026-08-08, v2.7.0',
  link: S3_LINK,
  dynamicProvisioning: false,
  staticProvisioning: true,
  filesystemModes: ['ReadOnlyMany', 'ReadWriteMany'],
  blockModes: [],
  // no class of it makes volumes
  parameters: [],
  unknownParameters: 'ignore',
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: false,
};
