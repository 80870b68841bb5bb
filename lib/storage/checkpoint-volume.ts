import type { Size } from 'cdk8s';
import type { IPersistentVolumeClaim } from 'cdk8s-plus-27';
import type { IStorageTier } from './storage-tier';

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

  /** Size of each worker's claim. It cannot change later: the API refuses to change the template of a claim. */
  readonly size: Size;

  /** Where each worker finds its own claim. */
  readonly path: string;

  /**
   * What becomes of the claims when the job's StatefulSet is deleted.
   *
   * @default ClaimRetention.RETAIN
   */
  readonly whenDeleted?: ClaimRetention;

  /**
   * What becomes of the claims of the workers that fewer `workers` take away. Kept claims are used again, with what is in
   * them, when the workers come back.
   *
   * @default ClaimRetention.RETAIN
   */
  readonly whenScaled?: ClaimRetention;

  /**
   * Name of the claim template: the claims are called `<name>-<job>-<worker>`. A new name means new, empty claims.
   *
   * @default 'checkpoints'
   */
  readonly name?: string;
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

  /** Where the workers find it. */
  readonly path: string;

  /**
   * Whether each worker sees only a directory of its own, `rank-<worker>`. Say no for checkpoints that all ranks write
   * into one directory together, such as those of torch.distributed.checkpoint.
   *
   * @default true
   */
  readonly directoryPerWorker?: boolean;
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
   * @default true
   */
  readonly directoryPerWorker?: boolean;
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
    return new CheckpointVolume(props.path, { existing: props });
  }

  /** Where the workers find it. */
  public readonly path: string;

  /** @internal */
  public readonly _perWorker?: PerWorkerCheckpointProps;

  /** @internal */
  public readonly _shared?: SharedCheckpointProps;

  /** @internal */
  public readonly _existing?: ExistingCheckpointProps;

  private constructor(path: string, layout: {
    perWorker?: PerWorkerCheckpointProps; shared?: SharedCheckpointProps; existing?: ExistingCheckpointProps;
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
  public get _directoryPerWorker(): boolean {
    return (this._shared ?? this._existing)?.directoryPerWorker ?? this._perWorker === undefined;
  }
}
