import type { DriverFacts, ParameterFacts } from '../driver-facts';

const RBD_LINK = 'https://rook.io/docs/rook/latest/Storage-Configuration/Block-Storage-RBD/block-storage/';
const FS_LINK = 'https://rook.io/docs/rook/latest/Storage-Configuration/Shared-Filesystem-CephFS/filesystem-storage/';

/** Longest id of a cluster, in bytes: it goes into the handle of every volume. */
export const CLUSTER_ID_MAX = 36;

const SNAPSHOTS: readonly ParameterFacts[] = [
  { name: 'clusterID', type: 'string', required: true },
  { name: 'csi.storage.k8s.io/snapshotter-secret-name', type: 'string', required: true },
  { name: 'csi.storage.k8s.io/snapshotter-secret-namespace', type: 'string', required: true },
];

const FROM_SOURCE = { mode: 'ReadOnlyMany', source: ['VolumeSnapshot', 'PersistentVolumeClaim'], when: 'it is filled from a snapshot or a claim' } as const;

/**
 * RBD with the names that Rook gives it in the namespace rook-ceph.
 *
 * @internal
 */
export const CEPH_RBD: DriverFacts = {
  title: 'Ceph RBD CSI driver',
  provisioner: 'rook-ceph.rbd.csi.ceph.com',
  madeBy: 'RookCeph.blockPool()',
  kind: 'block',
  asOf: '2026-08-21, Rook; ceph-csi v3.12',
  link: RBD_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod'],
  blockModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  conditionalModes: [{ ...FROM_SOURCE, volumeMode: 'Filesystem' }, { ...FROM_SOURCE, volumeMode: 'Block' }],
  parameters: [
    { name: 'clusterID', type: 'string', required: true, pattern: new RegExp(`^.{1,${CLUSTER_ID_MAX}}$`) },
    // not where there are topologyConstrainedPools
    { name: 'pool', type: 'string' },
    { name: 'topologyConstrainedPools', type: 'string' },
    { name: 'dataPool', type: 'string' },
    { name: 'imageFormat', type: 'enum', values: ['2'] },
    { name: 'imageFeatures', type: 'string' },
    { name: 'mounter', type: 'enum', values: ['rbd', 'rbd-nbd'] },
    { name: 'mapOptions', type: 'string' },
    { name: 'unmapOptions', type: 'string' },
    { name: 'mkfsOptions', type: 'string' },
    { name: 'encrypted', type: 'boolean' },
    { name: 'encryptionKMSID', type: 'string' },
    { name: 'encryptionType', type: 'enum', values: ['block', 'file'] },
    { name: 'volumeNamePrefix', type: 'string' },
    { name: 'stripeUnit', type: 'integer', min: 1 },
    { name: 'stripeCount', type: 'integer', min: 1 },
    { name: 'objectSize', type: 'integer', min: 1 },
    { name: 'csi.storage.k8s.io/fstype', type: 'enum', values: ['ext4', 'xfs'] },
  ],
  unknownParameters: 'ignore',
  attributes: ['maxReadIops', 'maxWriteIops', 'maxReadBps', 'maxWriteBps'],
  expansion: true,
  expansionNeedsSecret: true,
  snapshots: true,
  snapshotParameters: SNAPSHOTS,
  cloning: true,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: true,
};

/**
 * CephFS with the names that Rook gives it in the namespace rook-ceph.
 *
 * @internal
 */
export const CEPH_FS: DriverFacts = {
  title: 'CephFS CSI driver',
  provisioner: 'rook-ceph.cephfs.csi.ceph.com',
  madeBy: 'RookCeph.fileSystem()',
  kind: 'file',
  asOf: '2026-08-21, Rook; ceph-csi v3.12',
  link: FS_LINK,
  dynamicProvisioning: true,
  staticProvisioning: true,
  filesystemModes: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  blockModes: [],
  conditionalModes: [{ mode: 'ReadOnlyMany', volumeMode: 'Filesystem', source: ['VolumeSnapshot'], when: 'it is filled from a snapshot' }],
  parameters: [
    { name: 'clusterID', type: 'string', required: true, pattern: new RegExp(`^.{1,${CLUSTER_ID_MAX}}$`) },
    { name: 'fsName', type: 'string', required: true },
    { name: 'pool', type: 'string' },
    { name: 'mounter', type: 'enum', values: ['kernel', 'fuse'] },
    { name: 'kernelMountOptions', type: 'string' },
    { name: 'fuseMountOptions', type: 'string' },
    { name: 'backingSnapshot', type: 'boolean' },
    { name: 'encrypted', type: 'boolean' },
    { name: 'encryptionKMSID', type: 'string' },
    { name: 'volumeNamePrefix', type: 'string' },
  ],
  unknownParameters: 'ignore',
  expansion: true,
  expansionNeedsSecret: true,
  snapshots: true,
  snapshotParameters: SNAPSHOTS,
  cloning: true,
  topologyKeys: [],
  bindingMode: 'Immediate',
  sizeEnforced: true,
};
