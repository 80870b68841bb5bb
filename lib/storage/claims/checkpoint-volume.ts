import type { Size } from 'cdk8s';
import type { IPersistentVolumeClaim } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Durability } from '../tiers/durability';
import type { CheckpointUpload } from '../uploads/checkpoint-upload';
import { homeOfResource } from './home';
import type { IClaim } from './storage-claim';
import type { IStorageTier } from '../tiers/storage-tier';

/** What becomes of a worker's claim. */
export enum ClaimRetention {
  /** The claim stays, with the checkpoints in it. */
  RETAIN = 'Retain',
  /** The claim is deleted; with a tier that deletes, so are the checkpoints. */
  DELETE = 'Delete',
}

/** A claim for each worker. */
export interface PerWorkerCheckpointProps {
  /** Class of the claims. */
  readonly tier: IStorageTier;

  /** Size of each worker's claim. It cannot change later, since the template cannot: see `grownTo`. */
  readonly size: Size;

  /**
   * A larger size that the claims have grown to, or are to grow to: the claim of each worker is written with it, beside
   * the template that keeps `size`. The job's `expansion` tells the steps.
   *
   * @default - `size`
   */
  readonly grownTo?: Size;

  /** Where each worker finds its own claim. */
  readonly path: string;

  /**
   * What the loss of the checkpoints would mean. A tier that deletes its volumes is refused for precious ones.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;

  /**
   * What becomes of the claims when the job's StatefulSet is deleted.
   *
   * @default - RETAIN for precious checkpoints, else DELETE
   */
  readonly whenDeleted?: ClaimRetention;

  /**
   * What becomes of the claims of the workers that fewer `workers` take away. Kept claims are used again, with what is in
   * them, when the workers come back.
   *
   * @default - RETAIN for precious checkpoints, else DELETE
   */
  readonly whenScaled?: ClaimRetention;

  /**
   * Name of the claim template: the claims are called `<name>-<job>-<worker>`. A new name means new, empty claims.
   *
   * @default 'checkpoints'
   */
  readonly name?: string;

  /**
   * Where a copy of the checkpoints goes while the job runs. From Kubernetes 1.29.
   *
   * @default - no copy
   */
  readonly upload?: CheckpointUpload;
}

/** One claim for all workers. */
export interface SharedCheckpointProps {
  /**
   * Class of the claim. Its driver must let many nodes write to one volume, as EFS and NFS do; for a single worker any
   * driver will do.
   */
  readonly tier: IStorageTier;

  /** Size of the claim. */
  readonly size: Size;

  /**
   * What the loss of the checkpoints would mean. A tier that deletes its volumes is refused for precious ones.
   *
   * @default Durability.PRECIOUS
   */
  readonly durability?: Durability;

  /** Where the workers find it. */
  readonly path: string;

  /**
   * Whether each worker sees only a directory of its own, `rank-<worker>`. Say no for checkpoints that all ranks write
   * into one directory together, such as those of torch.distributed.checkpoint.
   *
   * @default - true, unless the framework writes all into one directory: DeepSpeed, Accelerate, elastic PyTorch, TensorFlow, JAX
   */
  readonly directoryPerWorker?: boolean;

  /**
   * Where a copy of the checkpoints goes while the job runs. From Kubernetes 1.29.
   *
   * @default - no copy
   */
  readonly upload?: CheckpointUpload;
}

/** A claim that exists already. */
export interface ExistingCheckpointProps {
  /** The claim: `PersistentVolumeClaim.fromClaimName()` of cdk8s-plus for one in the cluster. */
  readonly claim: IPersistentVolumeClaim;

  /** Where the workers find it. */
  readonly path: string;

  /**
   * Whether each worker sees only a directory of its own, `rank-<worker>`.
   *
   * @default - true, unless the framework writes all into one directory: DeepSpeed, Accelerate, elastic PyTorch, TensorFlow, JAX
   */
  readonly directoryPerWorker?: boolean;

  /**
   * Where a copy of the checkpoints goes while the job runs. From Kubernetes 1.29.
   *
   * @default - no copy
   */
  readonly upload?: CheckpointUpload;
}

interface ExistingCheckpoints {
  readonly claimName: string;
  /** What is known of it. */
  readonly claim?: IClaim;
  /** The construct that makes it, if this app does. */
  readonly home?: Construct;
  readonly directoryPerWorker?: boolean;
  readonly upload?: CheckpointUpload;
}

/** A claim of this app. */
export interface ClaimCheckpointProps {
  /** The claim: a `StorageClaim`, empty or filled from a snapshot or from another claim. */
  readonly claim: IClaim;

  /** Where the workers find it. */
  readonly path: string;

  /**
   * Whether each worker sees only a directory of its own, `rank-<worker>`. Say no where the claim is filled from a volume
   * without such directories.
   *
   * @default - true with more than one worker, unless the framework writes all into one directory: DeepSpeed, Accelerate, elastic
   * PyTorch, TensorFlow, JAX
   */
  readonly directoryPerWorker?: boolean;

  /**
   * Where a copy of the checkpoints goes while the job runs. From Kubernetes 1.29.
   *
   * @default - no copy
   */
  readonly upload?: CheckpointUpload;
}

/**
 * Where a job writes its checkpoints.
 *
 * @example
 *
 * checkpoints: CheckpointVolume.perWorker({ tier: fast, size: Size.gibibytes(500), path: '/checkpoints' })
 */
export class CheckpointVolume {
  /**
   * A claim of its own for each worker, the same one after every restart. Only a StatefulSet makes such claims.
   */
  public static perWorker(props: PerWorkerCheckpointProps): CheckpointVolume {
    return new CheckpointVolume(props.path, { perWorker: props });
  }

  /** One claim for all workers, made with the job and kept by the class's reclaim policy. */
  public static shared(props: SharedCheckpointProps): CheckpointVolume {
    return new CheckpointVolume(props.path, { shared: props });
  }

  /** A claim that is there already, for all workers. */
  public static existing(props: ExistingCheckpointProps): CheckpointVolume {
    const { claim, ...rest } = props;
    return new CheckpointVolume(props.path, { existing: { ...rest, claimName: claim.name, home: homeOfResource(claim) } });
  }

  /**
   * A claim of this app, for all workers: with many workers, one of a tier that many nodes can write to.
   */
  public static onClaim(props: ClaimCheckpointProps): CheckpointVolume {
    return new CheckpointVolume(props.path, { existing: { ...props, claimName: props.claim.claimName } });
  }

  /** Where the workers find it. */
  public readonly path: string;

  /** @internal */
  public readonly _perWorker?: PerWorkerCheckpointProps;

  /** @internal */
  public readonly _shared?: SharedCheckpointProps;

  /** @internal */
  public readonly _existing?: ExistingCheckpoints;

  private constructor(path: string, layout: {
    perWorker?: PerWorkerCheckpointProps; shared?: SharedCheckpointProps; existing?: ExistingCheckpoints;
  }) {
    this.path = path;
    this._perWorker = layout.perWorker;
    this._shared = layout.shared;
    this._existing = layout.existing;
  }

  /**
   * Name of the claim template or of the volume in the pod.
   *
   * @internal
   */
  public get _volumeName(): string {
    return this._perWorker?.name ?? 'checkpoints';
  }

  /** @internal */
  public get _upload(): CheckpointUpload | undefined {
    return (this._perWorker ?? this._shared ?? this._existing)?.upload;
  }

  /**
   * Whether each worker of a job gets a directory of its own.
   *
   * @internal
   */
  public _directoryPerWorker(workers: number, together: boolean): boolean {
    if (this._perWorker) return false;
    // a claim from a snapshot of one worker's disk has no such directory
    const alone = this._existing?.claim !== undefined && workers === 1;
    return (this._shared ?? this._existing)?.directoryPerWorker ?? !(alone || together);
  }
}
