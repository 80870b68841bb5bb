import type { Size } from 'cdk8s';

/** How an instance is tied to the network. */
export enum GcpFilestoreConnectMode {
  /** The instance peers with the network of the cluster. */
  DIRECT_PEERING = 'DIRECT_PEERING',
  /** The instance is reached through private services access: what a Shared VPC needs. */
  PRIVATE_SERVICE_ACCESS = 'PRIVATE_SERVICE_ACCESS',
}

/** Version of NFS that an instance speaks. */
export enum GcpFilestoreProtocol {
  /** NFS 3. */
  NFS_V3 = 'NFS_V3',
  /** NFS 4.1; not for basic tiers. */
  NFS_V4_1 = 'NFS_V4_1',
}

/** Options of every tier of Filestore. */
export interface GcpFilestoreProps {
  /**
   * VPC network of the instances. A cluster in another network than `default` must name it.
   *
   * @default 'default'
   */
  readonly network?: string;

  /**
   * How an instance is tied to the network. A Shared VPC needs PRIVATE_SERVICE_ACCESS.
   *
   * @default GcpFilestoreConnectMode.DIRECT_PEERING
   */
  readonly connectMode?: GcpFilestoreConnectMode;

  /**
   * Addresses that instances may take, as `10.10.0.0/24`. For DIRECT_PEERING.
   *
   * @default - free ones
   */
  readonly reservedIpv4Cidr?: string;

  /**
   * Name of the allocated range that instances take addresses from. For PRIVATE_SERVICE_ACCESS.
   *
   * @default - any
   */
  readonly reservedIpRange?: string;

  /**
   * Zone of the instances; of `regional` and `enterprise`, which lie in several, the region. `zones` of the tier must agree.
   *
   * @default - where the first pod is
   */
  readonly location?: string;

  /**
   * Labels of the instances: at most 64, keys of 1 to 63 lower case letters, digits, `_` and `-` that start with a letter,
   * values of up to 63 of the same.
   *
   * @default - none
   * @see https://cloud.google.com/compute/docs/labeling-resources
   */
  readonly labels?: { [key: string]: string };

  /**
   * Tags that rules of the organization refer to, each `<organization or project>/<key>/<value>`.
   *
   * @default - none
   * @see https://cloud.google.com/resource-manager/docs/tags/tags-overview
   */
  readonly resourceTags?: string[];
}

/** Options of the tiers above the basic ones. */
export interface GcpFilestoreHighProps extends GcpFilestoreProps {
  /**
   * Version of NFS.
   *
   * @default GcpFilestoreProtocol.NFS_V3
   */
  readonly protocol?: GcpFilestoreProtocol;

  /**
   * Cloud KMS key that the data is encrypted with: `projects/<p>/locations/<l>/keyRings/<r>/cryptoKeys/<k>`.
   *
   * @default - a key of Google's
   */
  readonly kmsKey?: string;
}

/** Options of the tier whose instances hold the volumes of many claims. */
export interface GcpFilestoreMultishareProps extends GcpFilestoreHighProps {
  /**
   * Largest claim: the smaller it is, the more of them share an instance.
   *
   * @default - the driver's own
   */
  readonly maxVolumeSize?: Size;

  /**
   * Label of the instances that volumes of this tier are put on: tiers with different labels share none.
   *
   * @default - none
   */
  readonly instanceLabel?: string;
}

/** A share of an instance that exists. */
export interface GcpFilestoreExistingProps {
  /** Zone of the instance, or its region: `us-central1-c`. */
  readonly location: string;

  /** Name of the instance. */
  readonly instance: string;

  /** Name of the share: `vol1`. */
  readonly share: string;

  /** Its IPv4 address. */
  readonly ip: string;

  /**
   * Mount options.
   *
   * @default - none: the driver mounts as the instance wants it
   */
  readonly mountOptions?: string[];
}
