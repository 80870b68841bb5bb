import type { StorageBackend } from '../../tiers/storage-backend';
import { checkClusterId } from './ceph-checks';
import { CEPH_FS, CEPH_RBD } from './ceph-facts';
import type { CephBlockPoolProps, CephFileSystemProps } from './ceph-props';
import { blockPool, CephAccess, fileSystem } from './ceph-volumes';
import type { DriverFacts } from '../driver-facts';
import { checkNeededSecret, checkSecret } from '../secrets';

/**
 * Ceph by ceph-csi alone, under the names that its own manifests have. Where Rook runs the cluster, use `RookCeph`.
 *
 * @see https://github.com/ceph/ceph-csi
 */
export class CephCsi {
  /** A block image of a pool for each claim, by `rbd.csi.ceph.com`. */
  public static blockPool(props: CephBlockPoolProps): StorageBackend {
    return blockPool(accessOf({ ...CEPH_RBD, provisioner: 'rbd.csi.ceph.com' }, props), props);
  }

  /** A directory of CephFS for each claim, for any number of nodes, by `cephfs.csi.ceph.com`. */
  public static fileSystem(props: CephFileSystemProps): StorageBackend {
    return fileSystem(accessOf({ ...CEPH_FS, provisioner: 'cephfs.csi.ceph.com' }, props), props);
  }

  private constructor() {}
}

function accessOf(driver: DriverFacts, { clusterId, secret, nodeSecret }: CephBlockPoolProps | CephFileSystemProps): CephAccess {
  return {
    driver,
    clusterId,
    controller: secret,
    node: nodeSecret ?? secret,
    check: sink => {
      checkClusterId(clusterId, driver.link, sink);
      checkNeededSecret('secret', secret, sink);
      checkSecret('nodeSecret', nodeSecret, sink);
    },
  };
}
