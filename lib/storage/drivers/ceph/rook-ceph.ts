import type { FileSystem } from '../../volumes/file-system';
import type { StorageBackend } from '../../tiers/storage-backend';
import { checkClusterId, checkOperatorNamespace } from './ceph-checks';
import { CEPH_FS, CEPH_RBD } from './ceph-facts';
import type { RookBlockPoolProps, RookClusterOptions, RookFileSystemProps, RookFsExistingProps } from './ceph-props';
import { blockPool, CephAccess, existingDirectory, fileSystem } from './ceph-volumes';
import type { DriverFacts } from '../driver-facts';

const NAMESPACE = 'rook-ceph';

/**
 * Ceph as Rook runs it, with the names that Rook gives its drivers and Secrets.
 *
 * @example
 *
 * new StorageTier(chart, 'block', { backend: RookCeph.blockPool({ pool: 'replicapool' }) });
 *
 * @see https://rook.io/docs/rook/latest/Storage-Configuration/Ceph-CSI/ceph-csi-drivers/
 */
export class RookCeph {
  /** A block image of a pool for each claim. */
  public static blockPool(props: RookBlockPoolProps): StorageBackend {
    return blockPool(accessOf(CEPH_RBD, 'rbd', props), props);
  }

  /** A directory of CephFS for each claim, for any number of nodes. */
  public static fileSystem(props: RookFileSystemProps): StorageBackend {
    return fileSystem(accessOf(CEPH_FS, 'cephfs', props), props);
  }

  /** A directory of CephFS that exists. */
  public static existing(props: RookFsExistingProps): FileSystem {
    const { driver, clusterId, check } = accessOf(CEPH_FS, 'cephfs', props);
    return existingDirectory(driver, clusterId, props, check);
  }

  private constructor() {}
}

function accessOf(facts: DriverFacts, kind: 'rbd' | 'cephfs', options: RookClusterOptions): CephAccess {
  const { clusterId = NAMESPACE, operatorNamespace = NAMESPACE } = options;
  return {
    driver: { ...facts, provisioner: `${operatorNamespace}.${kind}.csi.ceph.com` },
    clusterId,
    controller: { name: `rook-csi-${kind}-provisioner`, inNamespace: clusterId },
    node: { name: `rook-csi-${kind}-node`, inNamespace: clusterId },
    check: sink => {
      checkClusterId(clusterId, facts.link, sink);
      checkOperatorNamespace(operatorNamespace, facts.link, sink);
    },
  };
}
