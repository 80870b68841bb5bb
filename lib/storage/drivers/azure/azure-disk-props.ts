import type { FsType } from '../fs-type';

/** How a node caches a disk. */
export enum AzureDiskCaching {
  /** Not at all. */
  NONE = 'None',
  /** Reads only: the driver's own default. */
  READ_ONLY = 'ReadOnly',
  /** Reads and writes. Deprecated by Azure. */
  READ_WRITE = 'ReadWrite',
}

/** Whose keys encrypt a disk that has a disk encryption set. */
export enum AzureDiskEncryption {
  /** The key of the set. */
  CUSTOMER_KEY = 'EncryptionAtRestWithCustomerKey',
  /** The key of the set and one of Microsoft's. */
  PLATFORM_AND_CUSTOMER_KEYS = 'EncryptionAtRestWithPlatformAndCustomerKeys',
}

/** Who can export or upload what is on a disk, beside the node that it is attached to. */
export enum AzureDiskNetworkAccess {
  /** Anybody with the right to. */
  ALLOW_ALL = 'AllowAll',
  /** Nobody: the driver's own default. */
  DENY_ALL = 'DenyAll',
  /** Those who come by the private endpoint of a disk access. */
  ALLOW_PRIVATE = 'AllowPrivate',
}

/** Options of every disk type of Azure. */
export interface AzureDiskProps {
  /**
   * File system of the volumes.
   *
   * @default FsType.EXT4
   */
  readonly fsType?: FsType;

  /**
   * Resource id of the disk encryption set whose key encrypts the disks:
   * `/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Compute/diskEncryptionSets/<name>`.
   *
   * @default - a key of Microsoft's: disks are always encrypted
   * @see https://learn.microsoft.com/en-us/azure/aks/azure-disk-customer-managed-keys
   */
  readonly diskEncryptionSetId?: string;

  /**
   * Whose keys are used where there is a disk encryption set.
   *
   * @default AzureDiskEncryption.CUSTOMER_KEY
   */
  readonly diskEncryption?: AzureDiskEncryption;

  /**
   * Resource group that the disks are made in.
   *
   * @default - the one of the cluster's nodes, which goes with the cluster
   */
  readonly resourceGroup?: string;

  /**
   * Subscription that the disks are made in. Needs `resourceGroup`.
   *
   * @default - the one of the cluster
   */
  readonly subscriptionId?: string;

  /**
   * Tags of the disks. Keys and values cannot have commas.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Who can export what is on a disk.
   *
   * @default - the driver's own, AzureDiskNetworkAccess.DENY_ALL
   */
  readonly networkAccess?: AzureDiskNetworkAccess;

  /**
   * Resource id of the disk access that AzureDiskNetworkAccess.ALLOW_PRIVATE goes through; refused without it.
   *
   * @default - none
   */
  readonly diskAccessId?: string;

  /**
   * Whether exports may go over the public network.
   *
   * @default - the driver's own, false
   */
  readonly publicNetworkAccess?: boolean;
}

/** Options of the disk types that a node can cache. */
export interface AzureCachedDiskProps extends AzureDiskProps {
  /**
   * How the node caches the disk. Disks that nodes share are never cached.
   *
   * @default - the driver's own, AzureDiskCaching.READ_ONLY; AzureDiskCaching.NONE for disks that nodes share
   */
  readonly cachingMode?: AzureDiskCaching;

  /**
   * Whether disks get the higher IOPS and throughput of their type. The driver makes smaller ones 513 GiB large, and Azure
   * bills that.
   *
   * @default false
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-enable-performance
   */
  readonly performancePlus?: boolean;
}

/** Options of the SSD types that can be kept in three zones. */
export interface AzureReplicableDiskProps extends AzureCachedDiskProps {
  /**
   * Whether each disk is kept in all three zones of its region, so that it can follow its pod into any of them.
   *
   * @default false
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-redundancy
   */
  readonly zoneRedundant?: boolean;

  /**
   * How many nodes can attach a disk at once: 1 or more. From 2 on raw block claims can be ReadWriteMany and ReadOnlyMany,
   * nothing caches the disk, it cannot grow while it is attached, and nodes of several zones need `zoneRedundant`. The program
   * must keep the nodes from writing over each other. Premium SSD can be shared from 256 GiB on.
   *
   * @default 1
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-shared
   */
  readonly maxShares?: number;
}

/** Options of `Premium_LRS` and `Premium_ZRS` disks. */
export interface AzurePremiumSsdProps extends AzureReplicableDiskProps {
  /**
   * Whether disks burst on demand, which is billed by use: for claims over 512 GiB that no other node shares.
   *
   * @default false
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disk-bursting
   */
  readonly bursting?: boolean;

  /**
   * Whether writes go to the node's accelerator first, on the machines of the M series.
   *
   * @default false
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/how-to-enable-write-accelerator
   */
  readonly writeAccelerator?: boolean;
}

/** Options of the disk types whose performance is chosen. */
export interface AzureProvisionedDiskProps extends AzureDiskProps {
  /**
   * How many nodes can attach a disk at once: 1 or more. From 2 on raw block claims can be ReadWriteMany and ReadOnlyMany. The
   * program must keep the nodes from writing over each other.
   *
   * @default 1
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-shared
   */
  readonly maxShares?: number;

  /**
   * Size of a sector in bytes: 512 or 4096.
   *
   * @default 4096
   */
  readonly logicalSectorSize?: number;
}

/** Options of `PremiumV2_LRS` disks. */
export interface AzurePremiumSsdV2Props extends AzureProvisionedDiskProps {
  /**
   * I/O operations a second: 3,000 to 80,000, and at most 500 for each GiB of the claim.
   *
   * @default 3000
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly iops?: number;

  /**
   * MB a second: 125 to 2,000, and at most a quarter of the IOPS.
   *
   * @default 125
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly throughput?: number;
}

/** Options of `UltraSSD_LRS` disks. */
export interface AzureUltraDiskProps extends AzureProvisionedDiskProps {
  /**
   * I/O operations a second: 100 to 400,000 (160,000 in older documents), and at most 1,000 for each GiB of the claim.
   *
   * @default - the driver's own for the size, 500 or more
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly iops?: number;

  /**
   * MB a second: 1 to 10,000 (4,000 in older documents), and at most a quarter of the IOPS.
   *
   * @default - the driver's own for the size, 100 or more
   * @see https://learn.microsoft.com/en-us/azure/virtual-machines/disks-types
   */
  readonly throughput?: number;
}

/**
 * What any disk type may be passed by plain JavaScript.
 *
 * @internal
 */
export interface AllAzureDiskProps extends AzurePremiumSsdProps, AzureUltraDiskProps {}
