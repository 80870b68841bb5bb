import type { Size } from 'cdk8s';
import type { IConfigMap, IPersistentVolumeClaim, ISecret } from 'cdk8s-plus-27';
import { quantityOf } from '../private/quantity';
import { Mount, MountedVolume } from './mount';

/** How a volume is mounted. */
export interface MountOptions {
  /**
   * Whether the container may only read.
   *
   * @default - true for ConfigMaps and Secrets, else false
   */
  readonly readOnly?: boolean;

  /**
   * Directory or file of the volume to mount.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;
}

/** Options of a scratch volume. */
export interface ScratchOptions {
  /**
   * Bytes after which the pod is evicted.
   *
   * @default - none: what the node has
   */
  readonly sizeLimit?: Size;
}

/**
 * Any other volume of the workers' pods: claims, ConfigMaps, Secrets, scratch space, or whatever the API has.
 *
 * @example
 *
 * volumes: [PodVolume.fromClaim(registry).at('/registry')]
 */
export class PodVolume {
  /** A claim, as cdk8s-plus has it; `PersistentVolumeClaim.fromClaimName()` for one that exists in the cluster. */
  public static fromClaim(claim: IPersistentVolumeClaim): PodVolume {
    return PodVolume.fromClaimName(claim.name);
  }

  /** A claim by its name. */
  public static fromClaimName(claimName: string): PodVolume {
    return new PodVolume({ hint: claimName, source: { persistentVolumeClaim: { claimName } } }, false);
  }

  /** The keys of a ConfigMap as files. */
  public static fromConfigMap(configMap: IConfigMap): PodVolume {
    return new PodVolume({ hint: configMap.name, source: { configMap: { name: configMap.name } } }, true);
  }

  /** The keys of a Secret as files. */
  public static fromSecret(secret: ISecret): PodVolume {
    return new PodVolume({ hint: secret.name, source: { secret: { secretName: secret.name } } }, true);
  }

  /** An empty directory on the node's disk, gone with the pod: caches, spilled data, never checkpoints. */
  public static scratch(options: ScratchOptions = {}): PodVolume {
    const { sizeLimit } = options;
    return new PodVolume({ hint: 'scratch', source: { emptyDir: sizeLimit ? { sizeLimit: quantityOf(sizeLimit) } : {} } }, false);
  }

  /**
   * Any volume source in wire form, for what has no method here.
   *
   * @param source as a pod's `volumes[]` has it, without `name`: `{ hostPath: { path: '/mnt/nvme' } }`
   */
  public static fromWire(source: { [name: string]: any }): PodVolume {
    return new PodVolume({ hint: Object.keys(source)[0] ?? 'volume', source }, false);
  }

  private constructor(private readonly volume: MountedVolume, private readonly readOnly: boolean) {}

  /**
   * The volume at a path of the container.
   *
   * @param path absolute path in the container
   */
  public at(path: string, options: MountOptions = {}): Mount {
    return Mount._of({ volume: this.volume, path, readOnly: options.readOnly ?? this.readOnly, subPath: options.subPath });
  }
}
