import type { DriverFacts } from '../driver-facts';

export const GCS_FUSE_LINK = 'https://cloud.google.com/kubernetes-engine/docs/reference/cloud-storage-fuse-csi-driver/volume-attr';

/** Annotation without which a pod gets no sidecar, and its mount never comes about. */
export const GCS_FUSE_ANNOTATION = 'gke-gcsfuse/volumes';

export const GCP_GCS_FUSE: DriverFacts = {
  title: 'Cloud Storage FUSE CSI driver',
  provisioner: 'gcsfuse.csi.storage.gke.io',
  madeBy: 'GcsFuse',
  kind: 'object',
  asOf: '2026-08-21, v1.24.0',
  link: GCS_FUSE_LINK,
  dynamicProvisioning: false,
  staticProvisioning: true,
  // nobody keeps nodes apart: of two that write an object, the last one wins
  filesystemModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'],
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
