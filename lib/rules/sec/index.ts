import type { RuleRoom } from '../engine/room';
import { checkIdentities, CLOUD_IDENTITY } from './identity';
import { checkStandardLabels, STANDARD_LABEL } from './pod-standard';
import { checkPodSecurity, checkSubPaths, PRIVILEGED_SUB_PATH } from './pods';
import { STANDARD_RULES } from './rules';
import { checkConfigMapSecrets, checkParameterSecrets, checkPodSecrets, checkVolumeSecrets, LITERAL_SECRET } from './secrets';

/** What others could get at, and what namespaces refuse for it. */
export const SEC: RuleRoom = {
  rules: [...STANDARD_RULES, STANDARD_LABEL, PRIVILEGED_SUB_PATH, LITERAL_SECRET, CLOUD_IDENTITY],
  objects: {
    'Namespace': [checkStandardLabels],
    'ConfigMap': [checkConfigMapSecrets],
    'PersistentVolume': [checkVolumeSecrets],
    'storage.k8s.io/StorageClass': [checkParameterSecrets],
    'storage.k8s.io/VolumeAttributesClass': [checkParameterSecrets],
    'snapshot.storage.k8s.io/VolumeSnapshotClass': [checkParameterSecrets],
  },
  pods: [checkPodSecrets, checkSubPaths],
  bundle: [checkPodSecurity, checkIdentities],
};
