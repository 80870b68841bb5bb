import type { Size } from 'cdk8s';
import type { PersistentVolumeAccessMode, PersistentVolumeMode } from 'cdk8s-plus-27';

/** Where the volumes of a driver lie. */
export enum DriverKind {
  /** On a disk that is attached to a node. */
  BLOCK = 'block',
  /** In a file system that nodes reach over the network. */
  FILE = 'file',
  /** In an object store that is mounted as a file system. */
  OBJECT = 'object',
  /** On a node's own disks. */
  LOCAL = 'local',
}

/** How a driver reads the text of a parameter. */
export enum DriverParameterType {
  /** Any text. */
  STRING = 'string',
  /** A whole number. */
  INTEGER = 'integer',
  /** `true` or `false`. */
  BOOLEAN = 'boolean',
  /** One of some words. */
  ENUM = 'enum',
  /** A quantity as Kubernetes writes them: `100Mi`. */
  QUANTITY = 'quantity',
}

/** What a clone must have in common with its source, beyond driver and namespace. */
export enum CloneLimit {
  /** The zone, or the node. */
  ZONE = 'zone',
  /** The class. */
  CLASS = 'class',
  /** The size: a clone cannot be larger. */
  SIZE = 'size',
}

/** One parameter of the classes of a driver. */
export interface DriverParameter {
  /** Name, in its case. */
  readonly name: string;

  /**
   * How the driver reads it.
   *
   * @default - ENUM with `values`, else STRING
   */
  readonly valueType?: DriverParameterType;

  /**
   * The words that it takes.
   *
   * @default - any
   */
  readonly values?: string[];

  /**
   * Smallest number.
   *
   * @default - none
   */
  readonly minimum?: number;

  /**
   * Largest number.
   *
   * @default - none
   */
  readonly maximum?: number;

  /**
   * Regular expression that a text must match as a whole.
   *
   * @default - any text
   */
  readonly pattern?: string;

  /**
   * Whether a class must have it.
   *
   * @default false
   */
  readonly required?: boolean;
}

/** One type of volumes of a driver, with its limits. */
export interface DriverVolumeType {
  /** Name, as `volumeType` of `volumes()` names it. */
  readonly name: string;

  /**
   * Parameters of the class that ask for it: `{ type: 'fast' }`.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Smallest claim.
   *
   * @default - none
   */
  readonly minSize?: Size;

  /**
   * Largest claim.
   *
   * @default - none
   */
  readonly maxSize?: Size;

  /**
   * Size that smaller claims are made, and billed, with.
   *
   * @default - none
   */
  readonly roundsUpTo?: Size;

  /**
   * Fewest I/O operations a second that can be asked for.
   *
   * @default 1
   */
  readonly minIops?: number;

  /**
   * Most I/O operations a second that can be asked for.
   *
   * @default - they cannot be asked for
   */
  readonly maxIops?: number;

  /**
   * Most I/O operations a second for each GiB of the claim.
   *
   * @default - any number
   */
  readonly iopsPerGiB?: number;

  /**
   * Least MiB a second that can be asked for.
   *
   * @default 1
   */
  readonly minThroughput?: number;

  /**
   * Most MiB a second that can be asked for.
   *
   * @default - they cannot be asked for
   */
  readonly maxThroughput?: number;

  /**
   * Most MiB a second for each of the IOPS.
   *
   * @default - any number
   */
  readonly throughputPerIops?: number;
}

/** An access mode that a driver gives only to some claims. At least one condition must be set; all that are set must hold. */
export interface ConditionalAccessMode {
  /** The mode. */
  readonly accessMode: PersistentVolumeAccessMode;

  /**
   * Claims that it is for.
   *
   * @default PersistentVolumeMode.FILE_SYSTEM
   */
  readonly volumeMode?: PersistentVolumeMode;

  /**
   * Parameter of the class that must have one of `values`, or be at least `minimum`.
   *
   * @default - any class
   */
  readonly parameter?: string;

  /**
   * Values of the parameter.
   *
   * @default - any
   */
  readonly values?: string[];

  /**
   * Smallest value of the parameter.
   *
   * @default - any
   */
  readonly minimum?: number;

  /**
   * Whether the claim must be filled from a snapshot or another claim.
   *
   * @default false
   */
  readonly fromSource?: boolean;
}
