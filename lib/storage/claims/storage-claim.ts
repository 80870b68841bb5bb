import { ApiObject, Size } from 'cdk8s';
import type { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { nameFor } from '../../private/names';
import { targetOf } from '../../private/target';
import type { DataSourceRef } from '../../private/wire';
import { canShare, claimSpec, singlePodMode } from './claim';
import { checkEssentials, checkStorageClaim } from './claim-checks';
import type { AccessMode, ClaimSource } from '../drivers/driver-facts';
import { Durability, keepAnnotations } from '../tiers/durability';
import { homeOf } from './home';
import { Mount, MountedVolume } from '../volumes/mount';
import type { MountOptions } from '../volumes/pod-volume';
import type { IStorageTier } from '../tiers/storage-tier';

/** A claim whose content can be mounted, snapshotted and cloned. */
export interface IClaim {
  /** Name of the PersistentVolumeClaim. */
  readonly claimName: string;

  /** Class of the claim; undefined where it was bound by hand or is not known. */
  readonly tier?: IStorageTier;

  /** Size of the claim; undefined where it is not known. */
  readonly size?: Size;

  /** What the loss of the data would mean. */
  readonly durability: Durability;

  /** Whether it is a raw device. */
  readonly block: boolean;
}

/** A claim that pods can mount and new claims can be copied from. */
export interface IStorageClaim extends IClaim {
  /** A new claim can be filled with a copy of this one, where the driver can clone. */
  readonly cloneSource: ClaimContent;

  /**
   * The content as a file system at a path of a pod.
   *
   * @param path absolute path in the container
   */
  at(path: string, options?: MountOptions): Mount;

  /**
   * The content as a raw device of a pod; the claim must be `block`.
   *
   * @param path absolute path of the device in the container, as `/dev/xvdb`
   */
  device(path: string): Mount;
}

interface ContentSource {
  readonly kind: ClaimSource;
  /** The construct whose namespace it is in; undefined where that is not known. */
  readonly home?: Construct;
  readonly tier?: IStorageTier;
  readonly size?: Size;
  readonly block?: boolean;
}

/** What a new claim is filled from. Made by a snapshot or by a claim. */
export class ClaimContent {
  /** @internal */
  public static _of(ref: DataSourceRef, from: ContentSource): ClaimContent {
    return new ClaimContent(ref, from);
  }

  private constructor(
    /** @internal */
    public readonly _ref: DataSourceRef,
    /** @internal */
    public readonly _from: ContentSource,
  ) {}
}

/** Options of a `StorageClaim`. */
export interface StorageClaimProps {
  /** Class of the claim. */
  readonly tier: IStorageTier;

  /**
   * Size of the claim.
   *
   * @default - the size of `content`; without it a size must be given
   */
  readonly size?: Size;

  /**
   * What the loss of the data would mean.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * Who may use it at once.
   *
   * @default - many nodes where the driver gives them a file system, else one pod
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Whether pods get a raw device instead of a file system.
   *
   * @default false
   */
  readonly block?: boolean;

  /**
   * What it is filled from: a snapshot or another claim of the same namespace and driver.
   *
   * @default - it starts empty
   */
  readonly content?: ClaimContent;

  /**
   * VolumeAttributesClass, which can change while the claim exists. From Kubernetes 1.34.
   *
   * @default - none
   */
  readonly attributesClass?: string;

  /**
   * Name of the claim. A new name means a new, empty volume.
   *
   * @default - made from the construct's path
   */
  readonly name?: string;
}

/** A claim that is there already. */
export interface ExistingClaimProps {
  /** Name of the claim. */
  readonly claimName: string;

  /**
   * Its class, which is needed to snapshot or clone it.
   *
   * @default - not known
   */
  readonly tier?: IStorageTier;

  /**
   * Its size, which is needed to snapshot or clone it.
   *
   * @default - not known
   */
  readonly size?: Size;

  /**
   * What the loss of the data would mean.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * Whether it is a raw device.
   *
   * @default false
   */
  readonly block?: boolean;
}

/**
 * A claim of a tier: the volume is made by the driver.
 *
 * @example
 *
 * const registry = new StorageClaim(chart, 'registry', { tier: shared, size: Size.gibibytes(500) });
 */
export class StorageClaim extends Construct implements IStorageClaim {
  /** A claim that is in the cluster already: nothing is emitted. */
  public static existing(scope: Construct, id: string, props: ExistingClaimProps): IStorageClaim {
    return new ExistingClaim(scope, id, props);
  }

  public readonly claimName: string;
  public readonly tier?: IStorageTier;
  public readonly size?: Size;
  public readonly durability: Durability;
  public readonly block: boolean;

  private readonly volume: MountedVolume;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: StorageClaimProps) {
    super(scope, id);
    checkEssentials(this, 'StorageClaim', { tier: props.tier, size: props.size, sizeRequired: false });
    this.claimName = props.name ?? nameFor(this);
    this.tier = props.tier;
    this.size = props.size ?? props.content?._from.size;
    this.durability = props.durability ?? Durability.PRECIOUS;
    this.block = props.block ?? false;
    const mode = props.accessMode as AccessMode | undefined ?? this.defaultMode(props);
    checkStorageClaim(this, props, { mode, size: this.size, durability: this.durability });
    this.volume = volumeOf(this, id, mode);

    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: this.claimName, annotations: keepAnnotations(this.durability) },
      spec: claimSpec({
        className: props.tier.className,
        size: this.size!, // checked
        mode,
        volumeMode: this.block ? 'Block' : 'Filesystem',
        source: props.content?._ref,
        attributesClass: props.attributesClass,
      }),
    });
  }

  /**
   * The content as a file system at a path of a pod.
   *
   * @param path absolute path in the container
   */
  public at(path: string, options: MountOptions = {}): Mount {
    return Mount._of({ volume: this.volume, path, ...options });
  }

  /**
   * The content as a raw device of a pod; the claim must be `block`.
   *
   * @param path absolute path of the device in the container, as `/dev/xvdb`
   */
  public device(path: string): Mount {
    return Mount._of({ volume: this.volume, path, device: true });
  }

  /** A new claim can be filled with a copy of this one, where the driver can clone. */
  public get cloneSource(): ClaimContent {
    return contentOf(this);
  }

  private defaultMode({ tier, block }: StorageClaimProps): AccessMode {
    if (!block && canShare(tier)) return 'ReadWriteMany';
    return singlePodMode(tier.backend._driver, targetOf(this), block ? 'Block' : 'Filesystem');
  }
}

/** The content of a claim, for a clone of it. */
export function contentOf(claim: IClaim): ClaimContent {
  return ClaimContent._of(
    { kind: 'PersistentVolumeClaim', name: claim.claimName },
    { kind: 'PersistentVolumeClaim', home: homeOf(claim), tier: claim.tier, size: claim.size, block: claim.block },
  );
}

function volumeOf(claim: IClaim, id: string, mode?: AccessMode): MountedVolume {
  const home = homeOf(claim);
  return { hint: id, source: { persistentVolumeClaim: { claimName: claim.claimName } }, block: claim.block, mode, homes: home && [home] };
}

class ExistingClaim extends Construct implements IStorageClaim {
  public readonly claimName: string;
  public readonly tier?: IStorageTier;
  public readonly size?: Size;
  public readonly durability: Durability;
  public readonly block: boolean;

  private readonly volume: MountedVolume;

  constructor(scope: Construct, id: string, props: ExistingClaimProps) {
    super(scope, id);
    this.claimName = props.claimName;
    this.tier = props.tier;
    this.size = props.size;
    this.durability = props.durability ?? Durability.PRECIOUS;
    this.block = props.block ?? false;
    this.volume = volumeOf(this, id);
  }

  public at(path: string, options: MountOptions = {}): Mount {
    return Mount._of({ volume: this.volume, path, ...options });
  }

  public device(path: string): Mount {
    return Mount._of({ volume: this.volume, path, device: true });
  }

  public get cloneSource(): ClaimContent {
    return contentOf(this);
  }
}
