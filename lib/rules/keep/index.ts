import type { BundleView } from '../bundle/bundle-view';
import type { PodSubject } from '../engine/pods';
import type { RuleRoom } from '../engine/room';
import { factsOf, type PodFacts } from '../train/pod-facts';
import { BACKUP_JOB_RULES, checkBackupJobs } from './backup-jobs';
import { CHECKPOINTS_DIE, checkCheckpointDriver, checkCheckpointVolumes, OBJECT_STORE_CHECKPOINTS } from './checkpoints';
import { keptClaimsOf } from './claims';
import { checkCoverage, NO_BACKUP, VELERO_NOT_COVERED } from './coverage';
import { checkDatabases, DATABASE_ON_MOUNT_ROOT } from './databases';
import { checkHostPaths, checkHostPathVolume, checkOneNode, HOST_PATH, HOST_PATH_VOLUME, ONE_NODE } from './host-paths';
import { checkNfsServers, checkNfsVolume, NFS_CLUSTER_NAME } from './nfs-servers';
import { checkReclaim, OWNED_CLAIM, RECLAIM_DELETE, RETENTION_DELETE, RETENTION_UNSAID } from './reclaim';
import { checkSpeed, SLOW_CHECKPOINTS } from './slow-checkpoints';
import { checkSnapshotClasses, SNAPSHOT_DELETES } from './snapshot-classes';
import { checkSnapshotSets, SNAPSHOT_OF_ONE_WORKER } from './snapshot-sets';
import { checkSources, SOURCE_WRITABLE } from './sources';
import { checkVelero, VELERO_RULES } from './velero';

const CHECKS: readonly ((facts: PodFacts) => void)[] = [
  checkCheckpointVolumes, checkHostPaths, checkBackupJobs, checkSources, checkDatabases, checkNfsServers,
];

function checkKept(pod: PodSubject): void {
  const facts = factsOf(pod);
  for (const check of CHECKS) check(facts);
}

function checkClaims(view: BundleView): void {
  for (const claim of keptClaimsOf(view)) {
    checkReclaim(claim);
    checkCheckpointDriver(claim);
    checkOneNode(claim);
    checkSpeed(claim);
  }
}

/** Whether what a training makes is still there tomorrow. */
export const KEEP: RuleRoom = {
  rules: [
    RECLAIM_DELETE, RETENTION_DELETE, RETENTION_UNSAID, OWNED_CLAIM, SNAPSHOT_DELETES, SNAPSHOT_OF_ONE_WORKER,
    CHECKPOINTS_DIE, OBJECT_STORE_CHECKPOINTS,
    HOST_PATH, HOST_PATH_VOLUME, ONE_NODE, SLOW_CHECKPOINTS,
    ...BACKUP_JOB_RULES, SOURCE_WRITABLE,
    ...VELERO_RULES, NO_BACKUP, VELERO_NOT_COVERED,
    DATABASE_ON_MOUNT_ROOT, NFS_CLUSTER_NAME,
  ],
  objects: { PersistentVolume: [checkHostPathVolume, checkNfsVolume] },
  pods: [checkKept],
  bundle: [checkClaims, checkSnapshotClasses, checkSnapshotSets, checkVelero, checkCoverage],
};
