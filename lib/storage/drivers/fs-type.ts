/** File system that a block volume is formatted with. */
export enum FsType {
  /** The default of most drivers: safe for any workload. */
  EXT4 = 'ext4',
  /** Faster with many threads and very large files; it can grow but never shrink. */
  XFS = 'xfs',
}

/**
 * The parameter that every CSI driver's provisioner reads: the name is reserved, and its case matters.
 *
 * @internal
 * @see https://kubernetes-csi.github.io/docs/external-provisioner.html
 */
export const FS_TYPE_PARAMETER = 'csi.storage.k8s.io/fstype';
