/** What a platform on AWS has. */
export interface AwsPlatformProps {
  /**
   * EFS file system for the `shared` tier: `fs-0123456789abcdef0`.
   *
   * @default - none, and no `shared` tier
   */
  readonly fileSystemId?: string;
}

/** What a platform on Google Cloud has. */
export interface GcpPlatformProps {
  /**
   * VPC network of the Filestore instances of the `shared` tier.
   *
   * @default - the driver's own, `default`
   */
  readonly network?: string;
}

/** What a platform on Ceph has. */
export interface CephPlatformProps {
  /**
   * Namespace of the Ceph cluster in Rook, which is its id.
   *
   * @default 'rook-ceph'
   */
  readonly clusterId?: string;

  /** Pool of the `balanced` tier, and of the others that have none of their own. */
  readonly pool: string;

  /**
   * Pool on the fastest disks, for `ultra-fast` and `fast`.
   *
   * @default - `pool`
   */
  readonly fastPool?: string;

  /**
   * Pool on the cheapest disks, for `archive`.
   *
   * @default - `pool`
   */
  readonly archivePool?: string;

  /**
   * CephFS file system for the `shared` tier.
   *
   * @default - none, and no `shared` tier
   */
  readonly fileSystem?: string;

  /**
   * Namespace of the Rook operator, which the names of its drivers begin with.
   *
   * @default 'rook-ceph'
   */
  readonly operatorNamespace?: string;
}

/** What a platform on an NFS server has. */
export interface NfsPlatformProps {
  /** Name or address of the server. */
  readonly server: string;

  /** Absolute path that it exports. */
  readonly share: string;
}
