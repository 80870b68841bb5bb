import type { RuleRoom } from '../../engine/room';
import {
  checkMounts, MOUNT_PATH, MOUNT_PROPAGATION, RECURSIVE_READ_ONLY, SUB_PATH, VOLUME_DEVICE, VOLUME_MOUNT,
} from './mounts';
import { CLOUD_DISK } from './sources/cloud';
import { CSI_VOLUME } from './sources/csi';
import { DOWNWARD_API } from './sources/downward-api';
import { EPHEMERAL_VOLUME } from './sources/ephemeral';
import { HOST_PATH, LOCAL_VOLUME, NFS_VOLUME } from './sources/files';
import { FILE_MODE, FILE_PATH } from './sources/items';
import { CEPH_VOLUME, FC_VOLUME, ISCSI_VOLUME } from './sources/network';
import { CLAIM_VOLUME, CONFIG_VOLUME, EMPTY_DIR, IMAGE_VOLUME } from './sources/pod-sources';
import { PROJECTED_VOLUME, TOKEN_VOLUME } from './sources/projected';
import { RETIRED_VOLUME } from './sources/retired';
import { checkVolumes, VOLUME_NAME, VOLUME_SOURCE } from './volumes';

/** What the API server asks of volumes and mounts, §1.3 of its rules. */
export const API_VOLUMES: RuleRoom = {
  rules: [
    VOLUME_NAME, VOLUME_SOURCE, EMPTY_DIR, CLAIM_VOLUME, CONFIG_VOLUME, FILE_MODE, FILE_PATH, PROJECTED_VOLUME, TOKEN_VOLUME, DOWNWARD_API,
    EPHEMERAL_VOLUME, IMAGE_VOLUME, CSI_VOLUME, HOST_PATH, LOCAL_VOLUME, NFS_VOLUME, ISCSI_VOLUME, FC_VOLUME, CEPH_VOLUME, CLOUD_DISK,
    RETIRED_VOLUME, VOLUME_MOUNT, MOUNT_PATH, SUB_PATH, MOUNT_PROPAGATION, RECURSIVE_READ_ONLY, VOLUME_DEVICE,
  ],
  pods: [checkVolumes, checkMounts],
};
