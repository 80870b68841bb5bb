import type { RuleRoom } from '../engine/room';
import {
  ATTRIBUTES_CLASS_DROPPED, checkAttributesOfVolume, checkClaim, checkClaimsOfPod, OTHER_NAMESPACE, SOURCE_DROPPED,
} from './claims';
import { checkAttributesClass, checkSnapshotClass, checkStorageClass, DRIVER_PARAMETER, EXPANSION, RESERVED_PARAMETER } from './class-parameters';
import { checkEnv, ENV_REFERENCE, ENV_TWICE } from './env';
import { checkImageNames, IMAGE_NAME } from './images';
import { checkOptionsOfClass, checkOptionsOfVolume, MOUNT_OPTIONS } from './mount-options';
import { DRIVER_LIMIT } from './performance';
import { checkProvisioner, IN_TREE_PROVISIONER, RESERVED_CLASS_NAME } from './provisioners';
import { checkQuantities, FRACTION_OF_A_BYTE, ROUNDED_QUANTITY } from './quantities';
import { checkTypeOfVolume, DEAD_VOLUME_TYPE, DRIVER_IN_PLACE, RECYCLE_POLICY } from './retired-volumes';
import { checkStageSecret, STAGE_SECRET } from './secrets';
import {
  checkVolumes, EMPTY_DIR_MEDIUM, EMPTY_PROJECTION, IMAGE_VOLUME_DROPPED, OVERLAPPING_FILES, TEMPLATE_TWICE, VOLUME_REPLACED,
  VOLUME_WITHOUT_SOURCE,
} from './volumes';
import {
  checkDisruptionBudget, checkLabelSelectors, checkStatefulSetName, checkWorkQueue, DISRUPTION_SELECTOR, NIL_LABEL_SELECTOR,
  STATEFUL_SET_NAME, WORK_QUEUE,
} from './workloads';

/** What the API server accepts and breaks, §1.0 of its rules. */
export const SILENT: RuleRoom = {
  rules: [
    VOLUME_WITHOUT_SOURCE, SOURCE_DROPPED, OTHER_NAMESPACE, STATEFUL_SET_NAME, FRACTION_OF_A_BYTE, ROUNDED_QUANTITY,
    EMPTY_DIR_MEDIUM, ENV_TWICE, ENV_REFERENCE, RESERVED_PARAMETER, MOUNT_OPTIONS, DISRUPTION_SELECTOR, NIL_LABEL_SELECTOR, WORK_QUEUE,
    VOLUME_REPLACED, TEMPLATE_TWICE, IMAGE_VOLUME_DROPPED, EMPTY_PROJECTION, OVERLAPPING_FILES, ATTRIBUTES_CLASS_DROPPED,
    DEAD_VOLUME_TYPE, DRIVER_IN_PLACE, RECYCLE_POLICY, STAGE_SECRET, IN_TREE_PROVISIONER, RESERVED_CLASS_NAME, DRIVER_PARAMETER,
    DRIVER_LIMIT, EXPANSION, IMAGE_NAME,
  ],
  objects: {
    PersistentVolumeClaim: [checkClaim],
    PersistentVolume: [checkTypeOfVolume, checkOptionsOfVolume, checkStageSecret, checkAttributesOfVolume],
    'storage.k8s.io/StorageClass': [checkProvisioner, checkStorageClass, checkOptionsOfClass],
    'storage.k8s.io/VolumeAttributesClass': [checkAttributesClass],
    'snapshot.storage.k8s.io/VolumeSnapshotClass': [checkSnapshotClass],
    'apps/StatefulSet': [checkStatefulSetName],
    'policy/PodDisruptionBudget': [checkDisruptionBudget],
    'batch/Job': [checkWorkQueue],
  },
  pods: [checkVolumes, checkImageNames, checkClaimsOfPod, checkQuantities, checkEnv, checkLabelSelectors],
};
