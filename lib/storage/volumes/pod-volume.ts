import type { Size } from 'cdk8s';
import type { IConfigMap, IPersistentVolumeClaim, ISecret } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { ProblemSink } from '../../findings/collector';
import { KubernetesVersion } from '../../kubernetes-version';
import { bytesOf, quantityOf } from '../../private/quantity';
import { canShare, claimSpec } from '../claims/claim';
import { checkClaimSize } from '../claims/claim-checks';
import { homeOfResource } from '../claims/home';
import { Durability } from '../tiers/durability';
import { Mount, MountedVolume } from './mount';
import type { IStorageTier } from '../tiers/storage-tier';
import { checkWireSource, HostPathType, hostPathVolume } from './wire-volume';

/** How a volume is mounted. */
export interface MountOptions {
  /**
   * Whether the container may only read.
   *
   * @default - true for ConfigMaps, Secrets and images, else false
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
   * Bytes after which the pod is evicted. The pod asks its node for as many, so that it is not placed where they are not.
   *
   * @default - none: what the node has, and nothing asked for
   */
  readonly sizeLimit?: Size;
}

/** Options of a volume in memory. */
export interface MemoryOptions {
  /** Bytes that it may hold. They count to the memory of the worker and stay taken when its container starts again. */
  readonly sizeLimit: Size;
}

/** Options of a volume that lives as long as its pod. */
export interface EphemeralOptions {
  /** Class of the pod's claim. It should delete: every pod makes a new volume. */
  readonly tier: IStorageTier;

  /** Size of the pod's claim. */
  readonly size: Size;
}

/** What a projected volume holds. */
export interface ProjectedOptions {
  /**
   * ConfigMaps whose keys become files.
   *
   * @default - none
   */
  readonly configMaps?: IConfigMap[];

  /**
   * Secrets whose keys become files.
   *
   * @default - none
   */
  readonly secrets?: ISecret[];

  /**
   * Audience of a token of the pod's service account, in the file `token`.
   *
   * @default - no token
   */
  readonly tokenAudience?: string;
}

/** Options of a directory of the node. */
export interface HostPathOptions {
  /**
   * Must be true: says that you know what a hostPath is. The data stays on one node and is another on every other; a
   * namespace with the baseline or restricted Pod Security Standard refuses the pod; nobody accounts for the space.
   */
  readonly acceptNodeLocalAndUnrestricted: boolean;

  /**
   * What must be there. DIRECTORY fails where a disk is not mounted; DIRECTORY_OR_CREATE would fill the root disk instead.
   *
   * @default HostPathType.DIRECTORY
   */
  readonly pathType?: HostPathType;
}

/**
 * Any other volume of the workers' pods: claims, ConfigMaps, Secrets, scratch space, or whatever the API has.
 *
 * @example
 *
 * const corpus = PersistentVolumeClaim.fromClaimName(chart, 'corpus', 'corpus-2026');
 * // in the job: volumes: [PodVolume.fromClaim(corpus).at('/corpus')]
 */
export class PodVolume {
  /**
   * A claim, as cdk8s-plus has it; `PersistentVolumeClaim.fromClaimName()` for one that exists in the cluster. The claims and
   * registries of this library have an `at()` of their own.
   */
  public static fromClaim(claim: IPersistentVolumeClaim): PodVolume {
    return new PodVolume({ ...claimVolume(claim.name), homes: homesOf([claim]) }, false);
  }

  /** A claim by its name. */
  public static fromClaimName(claimName: string): PodVolume {
    return new PodVolume(claimVolume(claimName), false);
  }

  /** The keys of a ConfigMap as files. */
  public static fromConfigMap(configMap: IConfigMap): PodVolume {
    return new PodVolume({ hint: configMap.name, source: { configMap: { name: configMap.name } }, homes: homesOf([configMap]) }, true);
  }

  /** The keys of a Secret as files. */
  public static fromSecret(secret: ISecret): PodVolume {
    return new PodVolume({ hint: secret.name, source: { secret: { secretName: secret.name } }, homes: homesOf([secret]) }, true);
  }

  /** Several ConfigMaps, Secrets and a token in one directory. */
  public static projected(options: ProjectedOptions): PodVolume {
    const sources = [
      ...(options.configMaps ?? []).map(({ name }) => ({ configMap: { name } })),
      ...(options.secrets ?? []).map(({ name }) => ({ secret: { name } })),
      ...(options.tokenAudience !== undefined
        ? [{ serviceAccountToken: { audience: options.tokenAudience, expirationSeconds: 3600, path: 'token' } }] : []),
    ];
    return new PodVolume({
      hint: 'projected',
      source: { projected: { sources } },
      homes: homesOf([...options.configMaps ?? [], ...options.secrets ?? []]),
      check: sink => checkProjected(sources.length, sink),
    }, true);
  }

  /** An empty directory on the node's disk, gone with the pod: caches, spilled data, never checkpoints. */
  public static scratch(options: ScratchOptions = {}): PodVolume {
    const { sizeLimit } = options;
    return new PodVolume({
      hint: 'scratch',
      source: { emptyDir: sizeLimit ? { sizeLimit: quantityOf(sizeLimit) } : {} },
      diskBytes: sizeLimit && bytesOf(sizeLimit),
    }, false);
  }

  /** An empty directory in memory, gone with the pod. */
  public static memory(options: MemoryOptions): PodVolume {
    return new PodVolume({
      hint: 'memory',
      source: { emptyDir: { medium: 'Memory', sizeLimit: quantityOf(options.sizeLimit) } },
      memoryBytes: bytesOf(options.sizeLimit),
    }, false);
  }

  /**
   * A volume of a tier that is made for each pod and deleted with it. A pod that replaces another starts with an empty one.
   *
   * @see https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes
   */
  public static ephemeral(options: EphemeralOptions): PodVolume {
    const { tier, size } = options;
    const mode = canShare(tier) ? 'ReadWriteMany' : 'ReadWriteOnce';
    const spec = claimSpec({ className: tier.className, size, mode });
    return new PodVolume({
      hint: 'ephemeral',
      source: { ephemeral: { volumeClaimTemplate: { spec } } },
      check: sink => checkEphemeral(options, sink),
    }, false);
  }

  /**
   * The files of an image, read-only: models and datasets that are shipped as images. On by default from Kubernetes 1.35.
   *
   * @param reference by digest or by a version that never moves
   * @see https://kubernetes.io/docs/concepts/storage/volumes/#image
   */
  public static image(reference: string): PodVolume {
    const source = { image: { pullPolicy: 'IfNotPresent', reference } };
    return new PodVolume({ hint: 'image', source, since: KubernetesVersion.V1_35, check: sink => checkReference(reference, sink) }, true);
  }

  /**
   * A directory of the node that the pod happens to run on. Prefer `LocalDisks` for the disks of nodes and `scratch()` for
   * space: both are known to the scheduler.
   *
   * @param path absolute path on the node
   */
  public static hostPath(path: string, options: HostPathOptions): PodVolume {
    return new PodVolume(hostPathVolume(path, options), false);
  }

  /**
   * Any volume source in wire form, for what has no method here.
   *
   * @param source as a pod's `volumes[]` has it, without `name`: `{ csi: { driver: 'inline.example.com' } }`
   */
  public static fromWire(source: { [name: string]: any }): PodVolume {
    return new PodVolume({ hint: Object.keys(source)[0] ?? 'volume', source, check: sink => checkWireSource(source, sink) }, false);
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

function claimVolume(claimName: string): MountedVolume {
  return { hint: claimName, source: { persistentVolumeClaim: { claimName } } };
}

function homesOf(resources: readonly unknown[]): Construct[] {
  return resources.map(homeOfResource).filter(home => home !== undefined);
}

function checkProjected(sources: number, sink: ProblemSink): void {
  if (sources > 0) return;
  sink.error({
    ruleId: 'silent/volume-source', path: 'projected', expected: 'one ConfigMap, Secret or token or more', found: 'none', fix: 'name what the volume shall hold',
  });
}

function checkEphemeral({ tier, size }: EphemeralOptions, sink: ProblemSink): void {
  checkClaimSize(tier, size, sink);
  if (tier.durability !== Durability.PRECIOUS) return;
  sink.warn({
    ruleId: 'keep/ephemeral-retained',
    path: 'ephemeral.tier',
    expected: 'a tier that deletes: each pod leaves its volume behind, to be paid for',
    found: `${tier.className}, which keeps its volumes`,
    fix: 'use a tier with `durability: Durability.SCRATCH`',
    link: 'https://kubernetes.io/docs/concepts/storage/ephemeral-volumes/#generic-ephemeral-volumes',
  });
}

function checkReference(reference: string, sink: ProblemSink): void {
  if (reference.trim() !== '' && !/\s/.test(reference)) return;
  sink.error({
    ruleId: 'api/image', path: 'image', expected: 'a reference without spaces', found: JSON.stringify(reference), fix: 'use an image such as `ghcr.io/acme/model:1.4.2`',
  });
}
