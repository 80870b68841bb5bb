import type { ISecret } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../findings/collector';
import { reportSecret, secretIn } from '../../private/secrets';
import { EnvVar, literal } from '../../private/wire';
import { WORKLOAD_IDENTITY_LABELS } from './sources/azure-blob';
import { checkEndpoint, checkUri } from './sources/uri';

/** Options of data that a training program reads from object storage itself. */
export interface StreamProps {
  /**
   * Put before the names of the variables: `TRAIN` gives `TRAIN_URI`.
   *
   * @default 'DATASET'
   */
  readonly name?: string;

  /**
   * Secret whose keys become the environment of the workers: `AWS_ACCESS_KEY_ID` and the like.
   *
   * @default - none: the service account of the job has access
   */
  readonly credentials?: ISecret;

  /**
   * Whether the data is public. The program must be told not to sign its requests: `<name>_ANONYMOUS` is `true`.
   *
   * @default false
   */
  readonly anonymous?: boolean;
}

/** Options of data in S3. */
export interface S3StreamProps extends StreamProps {
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
}

interface StreamSpec {
  readonly uri: string;
  readonly props: StreamProps;
  readonly env: readonly (readonly [name: string, value: string | undefined])[];
  readonly identityLabels?: Readonly<Record<string, string>>;
  readonly check: (sink: ProblemSink) => void;
}

const DEFAULT_NAME = 'DATASET';

/**
 * Data that the training program reads from object storage while it trains: no volume, no copy, nothing to wait for. For
 * data that is larger than any volume, in formats that are read from front to back: WebDataset, MosaicML Streaming, Parquet.
 *
 * @example
 *
 * streams: [DatasetStream.s3('s3://acme-datasets/laion', { region: 'us-east-1' })]
 */
export class DatasetStream {
  /**
   * A prefix of an S3 bucket: `DATASET_URI`, and the variables that every AWS SDK reads.
   *
   * @param uri `s3://bucket/prefix`
   */
  public static s3(uri: string, props: S3StreamProps = {}): DatasetStream {
    const { region, endpointUrl } = props;
    return new DatasetStream({
      uri,
      props,
      env: [['AWS_REGION', region], ['AWS_DEFAULT_REGION', region], ['AWS_ENDPOINT_URL_S3', endpointUrl]],
      check: sink => {
        checkUri(uri, 's3', 's3://bucket/prefix', sink);
        checkEndpoint(endpointUrl, sink);
      },
    });
  }

  /**
   * A prefix of a Cloud Storage bucket.
   *
   * @param uri `gs://bucket/prefix`
   */
  public static gcs(uri: string, props: StreamProps = {}): DatasetStream {
    return new DatasetStream({ uri, props, env: [], check: sink => checkUri(uri, 'gs', 'gs://bucket/prefix', sink) });
  }

  /**
   * A directory of a container in Azure Blob Storage. The pods get the label that a workload identity asks for.
   *
   * @param uri `abfss://container@account.dfs.core.windows.net/directory`
   */
  public static azureBlob(uri: string, props: StreamProps = {}): DatasetStream {
    const example = 'abfss://container@account.dfs.core.windows.net/directory';
    return new DatasetStream({ uri, props, env: [], identityLabels: WORKLOAD_IDENTITY_LABELS, check: sink => checkUri(uri, 'abfss', example, sink) });
  }

  /** Where the data is. */
  public readonly uri: string;

  private constructor(private readonly spec: StreamSpec) {
    this.uri = spec.uri;
  }

  /** @internal */
  public get _credentials(): ISecret | undefined {
    return this.spec.props.credentials;
  }

  /** @internal */
  public get _needsIdentity(): boolean {
    return !this.spec.props.anonymous && !this.spec.props.credentials;
  }

  /** @internal */
  public get _identityLabels(): Readonly<Record<string, string>> {
    return this._needsIdentity ? this.spec.identityLabels ?? {} : {};
  }

  /** @internal */
  public get _env(): EnvVar[] {
    const { props: { name = DEFAULT_NAME, anonymous }, uri, env } = this.spec;
    const all = [[`${name}_URI`, uri], [`${name}_ANONYMOUS`, anonymous ? 'true' : undefined], ...env] as const;
    return all.flatMap(([variable, value]) => value === undefined ? [] : [{ name: variable, value: literal(value) }]);
  }

  /** @internal */
  public _check(sink: ProblemSink): void {
    this.spec.check(sink);
    const { name } = this.spec.props;
    if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      sink.error({
        ruleId: 'api/env-name', path: 'name', expected: 'letters, digits and `_`, no digit first', found: JSON.stringify(name), fix: "use a name such as 'TRAIN'",
      });
    }
    const secret = secretIn(this.uri);
    if (secret) reportSecret(secret, { path: 'uri', fix: "give access by the job's `serviceAccount`, or by a Secret in `credentials`" }, sink);
  }
}
