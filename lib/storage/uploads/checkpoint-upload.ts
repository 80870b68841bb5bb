import { Duration } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../findings/collector';
import type { InitRequest } from '../../private/pod';
import { EnvVar, literal, VolumeMount } from '../../private/wire';
import { AWS_CLI_IMAGE } from '../datasets/sources/s3';
import { checkS3Copy, prefixOf, s3Options } from './s3-copy';
import { UPLOAD_SCRIPT } from './upload-script';

/** Options of an upload to S3. */
export interface S3UploadProps {
  /**
   * Region of the bucket.
   *
   * @default - what the workers' identity says
   */
  readonly region?: string;

  /**
   * Address of an S3-compatible service.
   *
   * @default - Amazon S3
   */
  readonly endpointUrl?: string;

  /**
   * Time between the end of a copy and the start of the next, at least 10 seconds.
   *
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;

  /**
   * Secret whose keys become the environment of the copying container, and of no other: `AWS_ACCESS_KEY_ID` and the like.
   *
   * @default - none: the service account of the job may write to the bucket
   */
  readonly credentials?: ISecret;

  /**
   * Image with the AWS CLI and `/bin/sh`.
   *
   * @default - the AWS CLI's official image in a fixed version
   */
  readonly image?: string;

  /**
   * Patterns of files to leave out, as `--exclude` takes them, beside `*.tmp` and `*.part`.
   *
   * @default - none
   */
  readonly exclude?: string[];
}

/** What a job knows of the worker whose checkpoints are copied. */
export interface UploadContext {
  /** The volume with the checkpoints, as the worker mounts it. */
  readonly mount: VolumeMount;
  /** Directory of the worker's own; undefined where all workers write to one. */
  readonly directory?: string;
  /** What tells this worker from the others, and what it is in the one that copies for all. */
  readonly rank: string;
  readonly turn: string;
  /** Variables that the mount, `directory` and `rank` refer to. */
  readonly env: readonly EnvVar[];
}

const DEFAULT_INTERVAL = Duration.minutes(5);
const LEAST_SECONDS = 10;

/**
 * A copy of the checkpoints in object storage, made while the job runs by a container beside each worker, and once more when
 * the worker has ended or is told to. It needs Kubernetes 1.29, whose sidecars end after the worker and let a Job complete.
 *
 * Each worker's own checkpoints go to `<uri>/rank-<worker>`; where all workers write to one directory, worker 0 copies it to
 * `<uri>`. Nothing is deleted in the bucket: let it expire what is old. A program should write a checkpoint under a name that
 * ends in `.tmp` or `.part`, and rename it when it is complete: such names are not copied.
 *
 * The last copy shares the job's `terminationGracePeriod` with the worker: it gets what the worker leaves of it.
 *
 * @example
 *
 * CheckpointVolume.perWorker({ tier, size, path: '/checkpoints', upload: CheckpointUpload.s3('s3://acme-checkpoints/resnet') })
 */
export class CheckpointUpload {
  /**
   * To a prefix of an S3 bucket.
   *
   * @param uri `s3://bucket/prefix`
   * @see https://docs.aws.amazon.com/cli/latest/reference/s3/sync.html
   */
  public static s3(uri: string, props: S3UploadProps = {}): CheckpointUpload {
    return new CheckpointUpload(uri, props);
  }

  /** Where the copy goes. */
  public readonly uri: string;

  private constructor(uri: string, private readonly props: S3UploadProps) {
    this.uri = uri;
  }

  /** @internal */
  public get _credentials(): ISecret | undefined {
    return this.props.credentials;
  }

  /** @internal */
  public get _needsIdentity(): boolean {
    return this.props.credentials === undefined;
  }

  /**
   * The container that copies.
   *
   * @internal
   */
  public _sidecar({ mount, directory, turn, rank, env }: UploadContext): InitRequest {
    const { credentials, image = AWS_CLI_IMAGE, interval = DEFAULT_INTERVAL } = this.props;
    const copy = { uri: this.uri, ...this.props };
    const prefix = literal(prefixOf(copy));
    return {
      name: 'checkpoint-upload',
      image,
      command: ['/bin/sh', '-c', literal(UPLOAD_SCRIPT), 'upload'],
      args: [
        literal(mount.mountPath),
        directory === undefined ? prefix : `${prefix}/${directory}`,
        String(interval.toSeconds()),
        ...directory === undefined ? [turn, rank] : ['each', 'each'],
        ...s3Options(copy),
      ],
      env: [...env, { name: 'HOME', value: '/tmp' }],
      envFrom: credentials && [{ secretRef: { name: credentials.name } }],
      resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
      mounts: [],
      ownMounts: [{ ...mount, readOnly: true }],
      sidecar: true,
    };
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    checkS3Copy({ uri: this.uri, ...this.props }, 'uri', sink);
    const seconds = (this.props.interval ?? DEFAULT_INTERVAL).toSeconds({ integral: false });
    if (Number.isInteger(seconds) && seconds >= LEAST_SECONDS) return;
    sink.error({
      ruleId: 'train/upload-interval',
      path: 'interval',
      expected: `whole seconds from ${LEAST_SECONDS}: each copy lists the whole prefix`,
      found: `${seconds} s`,
      fix: 'set `interval`, as Duration.minutes(5), or leave it out',
    });
  }
}
