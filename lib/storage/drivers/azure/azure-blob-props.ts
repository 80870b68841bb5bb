import type { Duration } from 'cdk8s';
import type { AzureRedundancy } from './azure-common';
import type { DriverSecret } from '../secrets';

/** How nodes mount a container. */
export enum AzureBlobProtocol {
  /** By blobfuse2, a program on the node. */
  FUSE2 = 'fuse2',
  /** By NFS 3: over the network of the cluster only, and locks of files hold nothing back. */
  NFS = 'nfs',
}

/** What the blobs of an account cost to keep and to read. */
export enum AzureBlobAccessTier {
  /** For what is read often. */
  HOT = 'Hot',
  /** For what is read seldom: cheaper to keep, dearer to read. */
  COOL = 'Cool',
  /** For premium accounts. */
  PREMIUM = 'Premium',
}

/** How blobfuse2 proves who it is. */
export enum AzureBlobAuth {
  /** With the account's key. */
  KEY = 'Key',
  /** With a shared access signature. */
  SAS = 'SAS',
  /** With a managed identity. */
  MANAGED_IDENTITY = 'MSI',
  /** With a service principal. */
  SERVICE_PRINCIPAL = 'SPN',
}

/** Where containers for claims are made. */
export interface AzureBlobProps {
  /**
   * How nodes mount the containers.
   *
   * @default AzureBlobProtocol.FUSE2
   */
  readonly protocol?: AzureBlobProtocol;

  /**
   * Whether blobs lie on SSD.
   *
   * @default false
   */
  readonly premium?: boolean;

  /**
   * Where the copies are kept: LOCAL, ZONE, GEO or READ_ACCESS_GEO; on SSD LOCAL or ZONE.
   *
   * @default AzureRedundancy.LOCAL
   */
  readonly redundancy?: AzureRedundancy;

  /**
   * Storage account that the containers are made in.
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
   * What the name of each container begins with: up to 20 lower case letters, digits and `-`.
   *
   * @default - `pvc`
   */
  readonly containerNamePrefix?: string;

  /**
   * Whether the account has real directories (a hierarchical namespace), which makes renaming one a single step. Always on for
   * NFS.
   *
   * @default false
   */
  readonly hierarchicalNamespace?: boolean;

  /**
   * Whether older versions of blobs are kept. Not with directories, and so not with NFS.
   *
   * @default false
   */
  readonly versioning?: boolean;

  /**
   * How long deleted blobs can be brought back: 1 to 365 days.
   *
   * @default - not at all
   */
  readonly softDeleteBlobs?: Duration;

  /**
   * How long deleted containers can be brought back: 1 to 365 days.
   *
   * @default - not at all
   */
  readonly softDeleteContainers?: Duration;

  /**
   * What blobs cost to keep and to read.
   *
   * @default - the account's own
   */
  readonly accessTier?: AzureBlobAccessTier;

  /**
   * How blobfuse2 proves who it is.
   *
   * @default - the driver's own, AzureBlobAuth.KEY
   */
  readonly auth?: AzureBlobAuth;

  /**
   * Whether the driver keeps the account's key in a Secret. Without, each node asks for the key with its own identity.
   *
   * @default - the driver's own, true
   */
  readonly storeAccountKey?: boolean;

  /**
   * Whether nodes reach an account that the driver makes by an address of the cluster's own network.
   *
   * @default false
   */
  readonly privateEndpoint?: boolean;

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
   * @default - the driver's own
   */
  readonly mountPermissions?: string;

  /**
   * Tags of a storage account that the driver makes. Keys and values cannot have commas.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** A container that exists. */
export interface AzureBlobExistingProps {
  /** Storage account that the container lies in. */
  readonly storageAccount: string;

  /** Name of the container. */
  readonly container: string;

  /**
   * How nodes mount the container.
   *
   * @default AzureBlobProtocol.FUSE2
   */
  readonly protocol?: AzureBlobProtocol;

  /**
   * Resource group of the storage account.
   *
   * @default - the one of the cluster's nodes
   */
  readonly resourceGroup?: string;

  /**
   * Whether the account has real directories (a hierarchical namespace): blobfuse2 must know.
   *
   * @default false
   */
  readonly hierarchicalNamespace?: boolean;

  /**
   * How blobfuse2 proves who it is.
   *
   * @default - the driver's own, AzureBlobAuth.KEY
   */
  readonly auth?: AzureBlobAuth;

  /**
   * Secret with the account's name and its key, signature or principal.
   *
   * @default - the driver gets the key with its own identity
   */
  readonly secret?: DriverSecret;

  /**
   * Address of the account, where it is not the public one.
   *
   * @default - `<account>.blob.core.windows.net`
   */
  readonly server?: string;

  /**
   * Mount options.
   *
   * @default - for FUSE2 `-o allow_other` and short caches, none for NFS
   */
  readonly mountOptions?: string[];
}
