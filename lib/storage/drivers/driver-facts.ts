/** Access modes of the Kubernetes API. */
export type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadOnlyMany' | 'ReadWriteMany';

/** Whether a claim holds a file system or is a raw device. */
export type VolumeMode = 'Filesystem' | 'Block';

/** Where the first content of a claim comes from; undefined for an empty one. */
export type ClaimSource = 'VolumeSnapshot' | 'PersistentVolumeClaim';

/** A mode that a driver gives only to some claims. */
export interface ConditionalModeFacts {
  readonly mode: AccessMode;
  readonly volumeMode: VolumeMode;
  /** A parameter of the class that must have one of `in`, none of `notIn`, or be at least `min`. */
  readonly parameter?: {
    readonly name: string;
    readonly in?: readonly string[];
    readonly notIn?: readonly string[];
    readonly min?: number;
  };
  /** What the claim must be filled from. */
  readonly source?: readonly ClaimSource[];
  /** The condition, for people: `type io2`. */
  readonly when: string;
}

/** One parameter of a driver's classes. */
export interface ParameterFacts {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean' | 'enum' | 'quantity';
  /** For `enum`: the values, as the driver spells them. */
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** For a text: what it must match as a whole. */
  readonly pattern?: RegExp;
  readonly required?: boolean;
}

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
  /** Smallest claim that other documents of the provider state, where they do not agree. */
  readonly olderMinSizeGiB?: number;
  /** Largest claim in GiB. */
  readonly maxSizeGiB?: number;
  /** Smaller claims are made, and billed, as large as this, without a word. */
  readonly roundsUpToGiB?: number;
  /** Sizes are rounded up, and billed, in steps: each holds up to its limit. */
  readonly sizeSteps?: readonly { readonly belowGiB: number; readonly stepGiB: number }[];
  /** Largest claim that older documents state, and some regions still hold to. */
  readonly olderMaxSizeGiB?: number;
  /** Hard disks: good for long sequential reads, slow for what GPUs wait for. */
  readonly hardDisk?: boolean;
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
  /** The class of this library, or its method, that a tier is made with; absent where the user defines the driver. */
  readonly madeBy?: string;
  /** `block` attaches to one node, `file` and `object` are reached over the network, `local` is a node's own disk. */
  readonly kind: 'block' | 'file' | 'object' | 'local';
  /** Day the facts were read, and of which release. */
  readonly asOf: string;
  /** Where. */
  readonly link: string;
  /** Whether a StorageClass of it makes volumes; a driver without only serves volumes made by hand. */
  readonly dynamicProvisioning: boolean;
  /** Whether volumes that exist can be mounted by a PersistentVolume made by hand. */
  readonly staticProvisioning: boolean;
  /** Modes it gives any claim with a file system. */
  readonly filesystemModes: readonly AccessMode[];
  /** Modes it gives any raw block claim. */
  readonly blockModes: readonly AccessMode[];
  /** Modes it gives some claims. */
  readonly conditionalModes?: readonly ConditionalModeFacts[];
  /** Parameters of its classes, without those of external-provisioner (`csi.storage.k8s.io/…`) but the file system. */
  readonly parameters: readonly ParameterFacts[];
  /** What it does with a parameter that it does not know: `ignore` loses a setting without a word. */
  readonly unknownParameters: 'reject' | 'ignore';
  /** Parameters of a VolumeAttributesClass; absent where it takes none. */
  readonly attributes?: readonly string[];
  /** Whether a claim can grow. */
  readonly expansion: boolean;
  /** Whether growing needs the controller-expand secret in the class. */
  readonly expansionNeedsSecret?: boolean;
  /** Whether it makes VolumeSnapshots. */
  readonly snapshots: boolean;
  /** Parameters of its VolumeSnapshotClass. */
  readonly snapshotParameters?: readonly ParameterFacts[];
  /** Whether a claim can be cloned. */
  readonly cloning: boolean;
  /** What a clone must have in common with its source, beyond driver and namespace; `size`: no growing on the way. */
  readonly cloneKeeps?: readonly ('zone' | 'class' | 'size')[];
  /** Keys of its volumes' topology, the one for the zone (or node) first; empty where a volume is reached from everywhere. */
  readonly topologyKeys: readonly string[];
  /** What a zone of it looks like, where that is not simply the cloud's name for the zone. */
  readonly zoneFormat?: { readonly pattern: RegExp; readonly example: string };
  /** Binding that suits it. */
  readonly bindingMode: 'WaitForFirstConsumer' | 'Immediate';
  /** False where the size of a claim is asked for by the API but holds nobody back. */
  readonly sizeEnforced: boolean;
}
