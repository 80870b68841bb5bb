import type { BundleView } from '../../bundle/bundle-view';
import type { RuleRoom } from '../../engine/room';
import { checkBindingModes, IMMEDIATE_ZONAL, NO_CONSUMER, STATIC_IMMEDIATE } from './binding-mode';
import { checkClassSettings, DRIVER_SECRET, EXPANSION, RECLAIM_POLICY } from './class-settings';
import {
  checkDataSources, CLONE_CLASS, CLONE_SIZE, CLONE_UNSUPPORTED, CONTENT_DRIVER, CONTENT_SIZE, CONTENT_VOLUME_MODE, DATA_SOURCE,
} from './data-sources';
import { checkDefaultClass, DEFAULT_CLASS_CAPTURES, NO_DEFAULT_CLASS, TWO_DEFAULT_CLASSES } from './default-class';
import { ACCESS_MODE, checkDrivers, CLAIM_SIZE, SELECTOR, SHARED_DEVICE } from './drivers';
import { StorageChain } from './model/storage-chain';
import { bindNamed, bindReserved, CLAIM_REF, VOLUME_MISMATCH, VOLUME_MISSING, VOLUME_TAKEN } from './named-volumes';
import { checkNodeNames, NODE_NAME, placePods, TOPOLOGY } from './placement';
import { checkKueue, KUEUE_QUOTA } from './quotas/kueue';
import { checkLimitRanges, LIMIT_RANGE } from './quotas/limit-ranges';
import { checkQuotaObjects, QUOTA_OBJECTS } from './quotas/quota-objects';
import { checkQuotas, QUOTA_DEMANDS, QUOTA_PODS, QUOTA_STORAGE } from './quotas/quotas';
import {
  checkSnapshots, SNAPSHOT_CLASS, SNAPSHOT_CONTENT, SNAPSHOT_DEFAULT, SNAPSHOT_DRIVER, SNAPSHOT_OF_NEW_CLAIM,
  SNAPSHOT_SOURCE, SNAPSHOT_UNSUPPORTED, SNAPSHOT_WHILE_WRITING,
} from './snapshots';
import { checkRequiredParameters } from './required-parameters';
import { bindAtOnce, checkProvisioners, CLASS_MISSING, NO_VOLUME, PROVISIONER_GONE, TOO_FEW_VOLUMES } from './static-volumes';

export const CHAIN_BINDING: RuleRoom = {
  rules: [
    VOLUME_MISSING, VOLUME_TAKEN, VOLUME_MISMATCH, CLAIM_REF, CLASS_MISSING, NO_VOLUME, TOO_FEW_VOLUMES, PROVISIONER_GONE,
    DEFAULT_CLASS_CAPTURES, NO_DEFAULT_CLASS, TWO_DEFAULT_CLASSES, NODE_NAME, TOPOLOGY, IMMEDIATE_ZONAL, STATIC_IMMEDIATE, NO_CONSUMER,
    ACCESS_MODE, SHARED_DEVICE, CLAIM_SIZE, SELECTOR, EXPANSION, RECLAIM_POLICY, DRIVER_SECRET, LIMIT_RANGE, QUOTA_STORAGE, QUOTA_PODS,
    QUOTA_DEMANDS, QUOTA_OBJECTS, KUEUE_QUOTA, SNAPSHOT_SOURCE, SNAPSHOT_CONTENT, SNAPSHOT_CLASS, SNAPSHOT_DRIVER, SNAPSHOT_DEFAULT,
    SNAPSHOT_UNSUPPORTED, SNAPSHOT_OF_NEW_CLAIM, SNAPSHOT_WHILE_WRITING, DATA_SOURCE, CONTENT_DRIVER, CONTENT_SIZE, CONTENT_VOLUME_MODE,
    CLONE_UNSUPPORTED, CLONE_SIZE, CLONE_CLASS,
  ],
  bundle: [checkStorageChain],
};

/** Finds the volume of every claim, as the controller and the scheduler would, and holds all that is known against it. */
function checkStorageChain(bundle: BundleView): void {
  const chain = new StorageChain(bundle);
  // what is tied by name goes first, then what the controller binds at once, then what waits for a pod
  bindNamed(chain);
  bindReserved(chain);
  bindAtOnce(chain);
  checkNodeNames(chain);
  placePods(chain);
  checkProvisioners(chain);
  checkDefaultClass(chain);
  checkBindingModes(chain);
  checkDrivers(chain);
  checkRequiredParameters(chain);
  checkClassSettings(chain);
  checkLimitRanges(chain);
  checkQuotas(chain);
  checkQuotaObjects(chain);
  checkKueue(chain);
  checkSnapshots(chain);
  checkDataSources(chain);
}
