import type { AzureNetworkEndpoint, AzureRedundancy } from './azure-common';
import type { DriverSecret } from '../secrets';

/** How nodes speak to a share. */
export enum AzureFilesProtocol {
  /** Of Windows: no owners or permissions of single files, one for the whole mount. */
  SMB = 'smb',
  /** NFS 4.1, with owners and permissions, over the network of the cluster only. SSD only. */
  NFS = 'nfs',
}

/** Whom a node's root user is on an NFS share. */
export enum AzureRootSquash {
  /** Root. */
  NO_ROOT_SQUASH = 'NoRootSquash',
  /** Nobody. */
  ROOT_SQUASH = 'RootSquash',
  /** Nobody, as every other user. */
  ALL_SQUASH = 'AllSquash',
}

/** What an SMB share is mounted with in place of the account's key. */
export enum AzureFilesIdentity {
  /** A managed identity of the nodes. */
  MANAGED = 'mountWithManagedIdentity',
  /** The workload identity of the pod. */
  WORKLOAD = 'mountWithWIToken',
  /** An OAuth token. */
  OAUTH = 'mountWithOAuthToken',
}

/** Options of every kind of share. */
export interface AzureFilesProps {
  /**
   * Storage account that the shares are made in.
   *
   * @default - one that fits, or a new one, as the driver finds it
   */
  readonly storageAccount?: string;

  /**
   * Resource group of the storage account.
   *
   * @default - the one of the cluster's nodes, which goes with the cluster
   */
  readonly resourceGroup?: string;

  /**
   * What the name of each share begins with: up to 20 lower case letters, digits and `-`.
   *
   * @default - `pvc`, or what the driver is set to
   */
  readonly shareNamePrefix?: string;

  /**
   * How nodes reach a storage account that the driver makes.
   *
   * @default - by its public address; for NFS a service endpoint
   */
  readonly networkEndpoint?: AzureNetworkEndpoint;

  /**
   * Resource group of the virtual network.
   *
   * @default - the one that the driver knows
   */
  readonly vnetResourceGroup?: string;

  /**
   * Name of the virtual network.
   *
   * @default - the one that the driver knows
   */
  readonly vnetName?: string;

  /**
   * Name of the subnet of the nodes.
   *
   * @default - the one that the driver knows
   */
  readonly subnetName?: string;

  /**
   * Permissions of the mounted directory, as an octal text.
   *
   * @default - the driver's own, 0777
   */
  readonly mountPermissions?: string;

  /**
   * Tags of a storage account that the driver makes. Keys and values cannot have commas.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** Options of shares that speak SMB. */
export interface AzureSmbProps extends AzureFilesProps {
  /**
   * Whether the driver keeps the account's key in a Secret, that nodes mount SMB shares with. Without, each node asks for the
   * key with its own identity.
   *
   * @default - the driver's own, true
   */
  readonly storeAccountKey?: boolean;

  /**
   * Namespace of the Secret that the driver keeps the account's key in.
   *
   * @default - the namespace of the claim
   */
  readonly secretNamespace?: string;

  /**
   * What SMB shares are mounted with in place of the account's key.
   *
   * @default - the key
   */
  readonly identity?: AzureFilesIdentity;
}

/** Options of SSD shares. */
export interface AzureSsdFilesProps extends AzureSmbProps {
  /**
   * How nodes speak to the shares.
   *
   * @default - the driver's own, AzureFilesProtocol.SMB
   */
  readonly protocol?: AzureFilesProtocol;

  /**
   * Whether the copies are kept in three zones.
   *
   * @default false
   */
  readonly zoneRedundant?: boolean;

  /**
   * Whom a node's root user is on the share. NFS only.
   *
   * @default - the driver's own, AzureRootSquash.NO_ROOT_SQUASH
   */
  readonly rootSquash?: AzureRootSquash;

  /**
   * Whether what goes over the network is encrypted. NFS only: SMB does it always.
   *
   * @default false
   */
  readonly encryptInTransit?: boolean;
}

/** Options of `Premium` shares. */
export interface AzurePremiumFilesProps extends AzureSsdFilesProps {
  /**
   * Whether a node speaks to the share over several connections. SMB only.
   *
   * @default false
   */
  readonly multichannel?: boolean;
}

/** Options of `PremiumV2` shares. */
export interface AzurePremiumV2FilesProps extends AzureSsdFilesProps {
  /**
   * I/O operations a second: 3,000 to 102,400 (100,000 in other documents).
   *
   * @default - 3000 and one for each GiB
   * @see https://learn.microsoft.com/en-us/azure/storage/files/understanding-billing#provisioned-v2-model
   */
  readonly iops?: number;

  /**
   * MiB a second: 100 to 10,340 (from 125 in other documents).
   *
   * @default - 100 and a tenth for each GiB
   * @see https://learn.microsoft.com/en-us/azure/storage/files/understanding-billing#provisioned-v2-model
   */
  readonly throughput?: number;
}

/** Options of `Standard` shares. */
export interface AzureStandardFilesProps extends AzureSmbProps {
  /**
   * Where the copies are kept: any but GEO_ZONE.
   *
   * @default AzureRedundancy.LOCAL
   */
  readonly redundancy?: AzureRedundancy;
}

/** Options of `StandardV2` shares. */
export interface AzureStandardV2FilesProps extends AzureSmbProps {
  /**
   * Where the copies are kept: LOCAL, ZONE, GEO or GEO_ZONE.
   *
   * @default AzureRedundancy.LOCAL
   */
  readonly redundancy?: AzureRedundancy;

  /**
   * I/O operations a second: 500 to 50,000.
   *
   * @default - 1000 and one for each 5 GiB
   * @see https://learn.microsoft.com/en-us/azure/storage/files/understanding-billing#provisioned-v2-model
   */
  readonly iops?: number;

  /**
   * MiB a second: 60 to 5,120.
   *
   * @default - 60 and one for each 50 GiB
   * @see https://learn.microsoft.com/en-us/azure/storage/files/understanding-billing#provisioned-v2-model
   */
  readonly throughput?: number;
}

/** A share that exists. */
export interface AzureFilesExistingProps {
  /** Storage account that the share lies in. */
  readonly storageAccount: string;

  /** Name of the share. */
  readonly shareName: string;

  /**
   * How nodes speak to the share.
   *
   * @default AzureFilesProtocol.SMB
   */
  readonly protocol?: AzureFilesProtocol;

  /**
   * Resource group of the storage account.
   *
   * @default - the one of the cluster's nodes
   */
  readonly resourceGroup?: string;

  /**
   * Directory of the share that is mounted.
   *
   * @default - the whole share
   */
  readonly folderName?: string;

  /**
   * Address of the account, where it is not the public one.
   *
   * @default - `<account>.file.core.windows.net`
   */
  readonly server?: string;

  /**
   * Secret with the account's name and key, as `azurestorageaccountname` and `azurestorageaccountkey`. SMB only.
   *
   * @default - the driver gets the key with its own identity
   */
  readonly secret?: DriverSecret;

  /**
   * Mount options.
   *
   * @default - what suits the protocol, as for new shares
   */
  readonly mountOptions?: string[];
}

/**
 * What any share may be passed by plain JavaScript.
 *
 * @internal
 */
export interface AllAzureFilesProps extends AzurePremiumFilesProps, AzurePremiumV2FilesProps {
  readonly redundancy?: AzureRedundancy;
}
