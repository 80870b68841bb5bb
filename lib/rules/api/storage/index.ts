import type { RuleRoom } from '../../engine/room';
import { ACCESS_MODES } from './access-modes';
import { checkClaim, checkClaimsOfPod, CLAIM_SIZE } from './claims';
import { ATTRIBUTES_CLASS_NAME, STORAGE_CLASS_NAME, VOLUME_MODE } from './class-names';
import { ALLOWED_TOPOLOGIES, BINDING_MODE, checkAttributesClass, checkStorageClass, PARAMETERS, PROVISIONER } from './classes';
import { checkDriverObject, DRIVER_OBJECT } from './csi-drivers';
import { DATA_SOURCE } from './data-source';
import { CAPACITY, checkVolume, MOUNT_OPTIONS_ANNOTATION, RECLAIM_POLICY, VOLUME_AFFINITY } from './persistent-volumes';

/** What the API server asks of claims, volumes and classes, §1.6 of its rules. */
export const API_STORAGE: RuleRoom = {
  rules: [
    ACCESS_MODES, CLAIM_SIZE, STORAGE_CLASS_NAME, VOLUME_MODE, DATA_SOURCE, ATTRIBUTES_CLASS_NAME, CAPACITY, RECLAIM_POLICY,
    VOLUME_AFFINITY, MOUNT_OPTIONS_ANNOTATION, PROVISIONER, PARAMETERS, BINDING_MODE, ALLOWED_TOPOLOGIES, DRIVER_OBJECT,
  ],
  objects: {
    PersistentVolumeClaim: [checkClaim],
    PersistentVolume: [checkVolume],
    'storage.k8s.io/StorageClass': [checkStorageClass],
    'storage.k8s.io/VolumeAttributesClass': [checkAttributesClass],
    'storage.k8s.io/CSIDriver': [checkDriverObject],
  },
  pods: [checkClaimsOfPod],
};
