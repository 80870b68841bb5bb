import type { ProblemSink } from '../../findings/collector';
import type { DriverFacts } from '../drivers/driver-facts';

/** What a driver's file says to make a file system. */
export interface FileSystemSpec {
  readonly driver: DriverFacts;
  /** For people: `fs-0123456789abcdef0`, `nfs.example.com:/export`. */
  readonly description: string;
  /** The part of a PersistentVolume's spec that names the file system: `{ csi: … }`, `{ nfs: … }`. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly mountOptions?: readonly string[];
  /** Annotations without which pods never get the mount, as GCS FUSE has them. */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly check?: (sink: ProblemSink) => void;
}

/**
 * A file system, or a bucket mounted as one, that exists already and that many nodes can mount.
 *
 * Made by the drivers' own classes: `AwsEfs.existing('fs-0123456789abcdef0')`, `Nfs.existing('10.0.0.5', '/export')`.
 */
export class FileSystem {
  /** @internal */
  public static _of(spec: FileSystemSpec): FileSystem {
    return new FileSystem(spec);
  }

  /** What file system it is, for people. */
  public readonly description: string;

  /** @internal */
  public readonly _driver: DriverFacts;

  /** @internal */
  public readonly _source: Readonly<Record<string, unknown>>;

  /** @internal */
  public readonly _mountOptions: readonly string[];

  /** @internal */
  public readonly _podAnnotations: Readonly<Record<string, string>>;

  private constructor(private readonly spec: FileSystemSpec) {
    this.description = spec.description;
    this._driver = spec.driver;
    this._source = spec.source;
    this._mountOptions = spec.mountOptions ?? [];
    this._podAnnotations = spec.podAnnotations ?? {};
  }

  /**
   * Whether the pod that mounts it is who asks for access: with a sidecar, which annotations ask for, or where the driver is
   * told to be the pod.
   *
   * @internal
   */
  public get _podIdentity(): boolean {
    const csi = this._source.csi as { volumeAttributes?: Record<string, string> } | undefined;
    return Object.keys(this._podAnnotations).length > 0 || csi?.volumeAttributes?.authenticationSource === 'pod';
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    this.spec.check?.(sink);
  }
}
