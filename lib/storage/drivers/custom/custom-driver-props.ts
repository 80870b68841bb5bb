import type { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import type { VolumeBindingMode } from '../../tiers/storage-tier';
import type { CloneLimit, ConditionalAccessMode, DriverKind, DriverParameter, DriverVolumeType } from './custom-driver-types';
import type { DriverSecret } from '../secrets';

/** What a storage driver can do. */
export interface StorageDriverProps {
  /** Name for people. */
  readonly title: string;

  /** Name that the driver answers to, as `provisioner` of a StorageClass: `csi.example.com`. */
  readonly provisioner: string;

  /** Where its volumes lie. */
  readonly kind: DriverKind;

  /** Address of its documents: every problem that is found names it. */
  readonly documentation: string;

  /**
   * When its documents were read, and of which release.
   *
   * @default - not known
   */
  readonly asOf?: string;

  /**
   * Modes that it gives any claim with a file system.
   *
   * @default [PersistentVolumeAccessMode.READ_WRITE_ONCE]
   */
  readonly filesystemModes?: PersistentVolumeAccessMode[];

  /**
   * Modes that it gives any raw block claim. FILE and OBJECT drivers have none.
   *
   * @default - none
   */
  readonly blockModes?: PersistentVolumeAccessMode[];

  /**
   * Modes that it gives some claims.
   *
   * @default - none
   */
  readonly conditionalModes?: ConditionalAccessMode[];

  /**
   * Whether a class of it makes volumes.
   *
   * @default true
   */
  readonly dynamicProvisioning?: boolean;

  /**
   * Whether volumes that exist can be mounted.
   *
   * @default true
   */
  readonly staticProvisioning?: boolean;

  /**
   * Parameters of its classes.
   *
   * @default - not known: any is taken
   */
  readonly parameters?: DriverParameter[];

  /**
   * Whether it refuses parameters that it does not know. Where it does not, they are warned of: the setting is lost.
   *
   * @default false
   */
  readonly rejectsUnknownParameters?: boolean;

  /**
   * Parameter for I/O operations a second.
   *
   * @default - none: they cannot be asked for
   */
  readonly iopsParameter?: string;

  /**
   * Parameter for MiB a second.
   *
   * @default - none: they cannot be asked for
   */
  readonly throughputParameter?: string;

  /**
   * Its types of volumes.
   *
   * @default - one without limits
   */
  readonly volumeTypes?: DriverVolumeType[];

  /**
   * Parameters of a VolumeAttributesClass that it takes.
   *
   * @default - none
   */
  readonly attributes?: string[];

  /**
   * Whether claims can grow.
   *
   * @default false
   */
  readonly expansion?: boolean;

  /**
   * Whether growing needs the controller-expand Secret in the class.
   *
   * @default false
   */
  readonly expansionNeedsSecret?: boolean;

  /**
   * Whether it makes VolumeSnapshots.
   *
   * @default false
   */
  readonly snapshots?: boolean;

  /**
   * Parameters of its VolumeSnapshotClass.
   *
   * @default - none
   */
  readonly snapshotParameters?: DriverParameter[];

  /**
   * Whether a claim can be cloned.
   *
   * @default false
   */
  readonly cloning?: boolean;

  /**
   * What a clone must have in common with its source.
   *
   * @default - nothing but driver and namespace
   */
  readonly cloneKeeps?: CloneLimit[];

  /**
   * Keys of the topology of its volumes, the one for the zone (or the node) first.
   *
   * @default - none: volumes are reached from everywhere
   */
  readonly topologyKeys?: string[];

  /**
   * Binding that suits it.
   *
   * @default - WAIT_FOR_FIRST_CONSUMER with topology keys, else IMMEDIATE
   */
  readonly bindingMode?: VolumeBindingMode;

  /**
   * Mount options where a tier names none.
   *
   * @default - none
   */
  readonly mountOptions?: string[];

  /**
   * Whether the size of a claim is a limit.
   *
   * @default true
   */
  readonly sizeEnforced?: boolean;
}

/** What to ask of a driver. */
export interface DriverVolumesProps {
  /**
   * One of the driver's volume types.
   *
   * @default - the driver's own choice
   */
  readonly volumeType?: string;

  /**
   * Parameters of the class, beside those of the type.
   *
   * @default - none
   */
  readonly parameters?: { [name: string]: string };

  /**
   * I/O operations a second.
   *
   * @default - what the type gives
   */
  readonly iops?: number;

  /**
   * MiB a second.
   *
   * @default - what the type gives
   */
  readonly throughput?: number;
}

/** How a volume that exists is mounted. */
export interface DriverExistingProps {
  /**
   * What the driver wants to know of the volume.
   *
   * @default - nothing
   */
  readonly volumeAttributes?: { [name: string]: string };

  /**
   * File system of the volume.
   *
   * @default - the driver's own
   */
  readonly fsType?: string;

  /**
   * Secret that nodes stage the volume with.
   *
   * @default - none
   */
  readonly nodeStageSecret?: DriverSecret;

  /**
   * Secret that nodes publish the volume with.
   *
   * @default - none
   */
  readonly nodePublishSecret?: DriverSecret;

  /**
   * Mount options.
   *
   * @default - those of the driver
   */
  readonly mountOptions?: string[];
}
