import { StorageBackend } from '../storage-backend';
import type { DriverFacts } from './driver-facts';

/** @internal */
export const LOCAL_STATIC: DriverFacts = {
  title: 'local volumes',
  provisioner: 'kubernetes.io/no-provisioner',
  kind: 'local',
  asOf: '2026-08-08, local static provisioner 2.9.0',
  link: 'https://kubernetes.io/docs/concepts/storage/storage-classes/#local',
  dynamicProvisioning: false,
  filesystemModes: ['ReadWriteOnce'],
  blockModes: ['ReadWriteOnce'],
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: ['kubernetes.io/hostname'],
  bindingMode: 'WaitForFirstConsumer',
  // a claim gets a whole disk that is at least as large
  sizeEnforced: true,
};

/**
 * Its volumes are no CSI volumes, so ReadWriteOncePod is left out although the provisioner takes it.
 *
 * @internal
 */
export const LOCAL_PATH: DriverFacts = {
  title: 'Rancher local-path provisioner',
  provisioner: 'rancher.io/local-path',
  kind: 'local',
  asOf: '2026-08-06, v0.0.37',
  link: 'https://github.com/rancher/local-path-provisioner/blob/master/README.md',
  dynamicProvisioning: true,
  filesystemModes: ['ReadWriteOnce'],
  blockModes: [],
  expansion: false,
  snapshots: false,
  cloning: false,
  topologyKeys: ['kubernetes.io/hostname'],
  bindingMode: 'WaitForFirstConsumer',
  sizeEnforced: false,
};

/**
 * Disks and directories of the nodes themselves. They are as fast as it gets, and are lost with their node.
 *
 * @example
 *
 * new StorageTier(chart, 'nvme', { backend: LocalVolumes.preProvisioned() });
 */
export class LocalVolumes {
  /**
   * Disks whose PersistentVolumes somebody makes, by hand or with the local static provisioner. A claim gets a whole disk, and
   * waits until there is one that is large enough where its pod can run.
   *
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#local
   */
  public static preProvisioned(): StorageBackend {
    return StorageBackend._of({ driver: LOCAL_STATIC });
  }

  /**
   * Directories that the local-path provisioner makes on the node of the pod, as development clusters have them. The size of
   * a claim limits nothing: one claim can fill the node.
   *
   * @see https://github.com/rancher/local-path-provisioner
   */
  public static localPath(): StorageBackend {
    return StorageBackend._of({ driver: LOCAL_PATH });
  }

  private constructor() {}
}
