import { ApiObject, Duration } from 'cdk8s';
import type { ISecret, IServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { nameFor, WORKLOAD_NAME_MAX } from '../../private/names';
import { podSpec } from '../../private/pod';
import { DEFAULT_USER_ID } from '../../private/security';
import type { IClaim } from '../claims/storage-claim';
import { readOnlyVolume } from '../datasets/dataset-volume';
import { AWS_CLI_IMAGE } from '../datasets/sources/s3';
import { Mount } from '../volumes/mount';
import { checkClaimBackup } from './claim-backup-checks';
import { prefixOf, s3Options } from './s3-copy';

/** Options of a `ClaimBackup`. */
export interface ClaimBackupProps {
  /** The claim that is copied. Many nodes must be able to mount it, since the copy runs beside whoever uses it. */
  readonly claim: IClaim;

  /** When: minute, hour, day of the month, month, day of the week, as `0 2 * * *`; or `@daily` and the like. */
  readonly schedule: string;

  /**
   * Time zone of the schedule, as `Europe/Berlin`.
   *
   * @default 'Etc/UTC'
   */
  readonly timeZone?: string;

  /** Where the copy goes: `s3://bucket/prefix`, the same at each run. */
  readonly to: string;

  /**
   * Region of the bucket.
   *
   * @default - what the identity says
   */
  readonly region?: string;

  /**
   * Address of an S3-compatible service.
   *
   * @default - Amazon S3
   */
  readonly endpointUrl?: string;

  /**
   * Patterns of files to leave out, as `--exclude` takes them, beside `*.tmp` and `*.part`.
   *
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * Service account that may write to the bucket, as IRSA gives it.
   *
   * @default - none: `credentials` are needed
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Secret whose keys become the environment: `AWS_ACCESS_KEY_ID` and the like.
   *
   * @default - none: `serviceAccount` is needed
   */
  readonly credentials?: ISecret;

  /**
   * Image with the AWS CLI.
   *
   * @default - the AWS CLI's official image in a fixed version
   */
  readonly image?: string;

  /**
   * Time after which a run is ended. The next one goes on with what is there.
   *
   * @default Duration.hours(12)
   */
  readonly deadline?: Duration;

  /**
   * How often a failed copy is tried again in one run.
   *
   * @default 2
   */
  readonly retries?: number;

  /**
   * User that reads the files.
   *
   * @default 1000
   */
  readonly runAsUser?: number;

  /**
   * Group that reads the files.
   *
   * @default 1000
   */
  readonly runAsGroup?: number;
}

const PATH = '/claim';
const DEFAULT_DEADLINE = Duration.hours(12);
const DEFAULT_RETRIES = 2;
/** A run that could not start for an hour waits for the next. */
const STARTING_DEADLINE_SECONDS = 3600;

/**
 * Copies a claim to a bucket on a schedule. Only what is new or has changed is copied, to the same prefix each time, and
 * nothing is deleted there: older states and their end are the bucket's own, by versioning and a lifecycle rule. A prefix for
 * each date would be a full copy each night. What is written meanwhile may be copied half: the next run copies it whole.
 *
 * For a claim that one pod or one node holds there are snapshots, and `upload` of a `CheckpointVolume`.
 *
 * @example
 *
 * new ClaimBackup(chart, 'nightly', { claim: registry, schedule: '0 2 * * *', to: 's3://acme-backup/models', serviceAccount });
 */
export class ClaimBackup extends Construct {
  /** Name of the CronJob. */
  public readonly cronJobName: string;

  /** Where the copy goes. */
  public readonly to: string;

  /**
   * @throws ValidationError naming every prop that cannot work
   */
  constructor(scope: Construct, id: string, props: ClaimBackupProps) {
    super(scope, id);
    checkClaimBackup(this, props);
    const name = nameFor(this, WORKLOAD_NAME_MAX);
    this.cronJobName = name;
    this.to = props.to;
    const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'claim-backup' };
    new ApiObject(this, 'Resource', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name, labels },
      spec: {
        schedule: props.schedule,
        timeZone: props.timeZone ?? 'Etc/UTC',
        // two at a time would copy the same files twice
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        suspend: false,
        jobTemplate: {
          metadata: { labels },
          spec: {
            activeDeadlineSeconds: (props.deadline ?? DEFAULT_DEADLINE).toSeconds(),
            backoffLimit: props.retries ?? DEFAULT_RETRIES,
            completions: 1,
            parallelism: 1,
            template: { metadata: { labels }, spec: this.pod(props) },
          },
        },
      },
    });
  }

  private pod({ claim, ...props }: ClaimBackupProps): ReturnType<typeof podSpec> {
    const copy = { ...props, uri: props.to };
    return podSpec({
      containerName: 'backup',
      image: props.image ?? AWS_CLI_IMAGE,
      command: ['aws'],
      args: ['s3', 'sync', PATH, prefixOf(copy), ...s3Options(copy)],
      env: [{ name: 'HOME', value: '/tmp' }],
      envFrom: props.credentials && [{ secretRef: { name: props.credentials.name } }],
      resources: { limits: { memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
      mounts: [Mount._of({ volume: readOnlyVolume('claim', claim.claimName), path: PATH, readOnly: true })],
      user: { user: props.runAsUser ?? DEFAULT_USER_ID, group: props.runAsGroup ?? DEFAULT_USER_ID },
      restartPolicy: 'Never',
      serviceAccountName: props.serviceAccount?.name,
    });
  }
}
