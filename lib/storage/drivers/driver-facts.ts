/** Access modes of the Kubernetes API. */
export type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadOnlyMany' | 'ReadWriteMany';

/** What one of a driver's knobs takes. A limit that is left out is none that the provider states. */
export interface RangeFacts {
  /** Smallest value. */
  readonly min?: number;
  /** Largest value that the newest documents state. */
  readonly max: number;
  /** Largest value that older documents state, and some regions or tools still hold to. */
  readonly olderMax?: number;
  /** Smallest value that other documents of the provider state, where they do not agree. */
  readonly olderMin?: number;
  /** What one gets without asking. */
  readonly baseline?: number;
  /** Set when the value cannot be asked for: the reason, as `follows the size`. */
  readonly notSettable?: string;
  /** Must be asked for: there is no baseline. */
  readonly required?: boolean;
}

/** One volume type of a driver: `gp3` of EBS, `hyperdisk-balanced` of Compute Engine. */
export interface VolumeTypeFacts {
  /** Name as the driver's parameter has it. */
  readonly name: string;
  /** Name for messages, where the parameter alone does not say it: `regional pd-standard`. */
  readonly title?: string;
  /** Smallest claim in GiB. */
  readonly minSizeGiB?: number;
  /** Largest claim in GiB. */
  readonly maxSizeGiB?: number;
  /** Largest claim that older documents state, and some regions still hold to. */
  readonly olderMaxSizeGiB?: number;
  /** I/O operations a second. */
  readonly iops?: RangeFacts;
  /** Most IOPS for each GiB of the claim. */
  readonly iopsPerGiB?: number;
  /** Fewest IOPS for each GiB of the claim, where fewer are refused. */
  readonly minIopsPerGiB?: number;
  /** The floor that `minIopsPerGiB` makes rises no further than this. */
  readonly minIopsCeiling?: number;
  /** In the provider's own unit. */
  readonly throughput?: RangeFacts;
  /** The provider's unit of throughput; MiB/s where it is left out. */
  readonly throughputUnit?: string;
  /** Most throughput for each GiB of the claim. */
  readonly throughputPerGiB?: number;
  /** Least throughput for each GiB of the claim, where less is refused. */
  readonly minThroughputPerGiB?: number;
  /** Most throughput for each of the IOPS. */
  readonly throughputPerIops?: number;
  /** Where the limits were read. */
  readonly link: string;
}

/** What a storage driver can do: dated facts that constructors, rules and documents share. */
export interface DriverFacts {
  /** Name for people. */
  readonly title: string;
  /** `provisioner` of its classes. */
  readonly provisioner: string;
  /** `block` attaches to one node, `file` and `object` are reached over the network, `local` is a node's own disk. */
  readonly kind: 'block' | 'file' | 'object' | 'local';
  /** Day the facts were read, and of which release. */
  readonly asOf: string;
  /** Where. */
  readonly link: string;
  /** Whether a StorageClass of it makes volumes; a driver without only serves volumes made by hand. */
  readonly dynamicProvisioning: boolean;
  /** Modes it gives a claim with a file system. */
  readonly filesystemModes: readonly AccessMode[];
  /** Modes it gives a raw block claim. */
  readonly blockModes: readonly AccessMode[];
  /** Whether a claim can grow. */
  readonly expansion: boolean;
  /** Whether it makes VolumeSnapshots. */
  readonly snapshots: boolean;
  /** Whether a claim can be cloned. */
  readonly cloning: boolean;
  /** Keys of its volumes' topology, the one for the zone (or node) first; empty where a volume is reached from everywhere. */
  readonly topologyKeys: readonly string[];
  /** What a zone of it looks like, where that is not simply the cloud's name for the zone. */
  readonly zoneFormat?: { readonly pattern: RegExp; readonly example: string };
  /** Binding that suits it. */
  readonly bindingMode: 'WaitForFirstConsumer' | 'Immediate';
  /** False where the size of a claim is asked for by the API but holds nobody back. */
  readonly sizeEnforced: boolean;
}
