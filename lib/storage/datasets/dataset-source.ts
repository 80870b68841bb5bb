import type { ISecret } from 'cdk8s-plus-27';
import type { ProblemSink } from '../../findings/collector';
import type { EnvVar } from '../../private/wire';
import type { Mount } from '../volumes/mount';
import { AzureBlobSourceProps, azureBlobSource } from './sources/azure-blob';
import { S3SourceProps, s3Source } from './sources/s3';
import { GcsSourceProps, gcsSource } from './sources/gcs';
import { HttpFile, HttpSourceProps, httpSource } from './sources/http';
import { HuggingFaceSourceProps, huggingFaceSource } from './sources/hugging-face';
import { RcloneSourceProps, rcloneSource } from './sources/rclone';

/** How a loader gets a dataset. */
export interface SourceSpec {
  /** For people: `s3://bucket/prefix`. */
  readonly description: string;
  /** All that decides the content: the same identity is the same dataset. */
  readonly identity: unknown;
  /** Image with the tool; undefined where none is published and the user must name one. */
  readonly image?: string;
  /** What the image must bring, for people. */
  readonly tool: string;
  /**
   * Shell commands that fill `$target`; `"$@"` are `args`. They must be safe to run again after they broke off, over files of
   * another revision too. What they must remember meanwhile goes below `$target/$marker.parts`.
   */
  readonly script: string;
  readonly args: readonly string[];
  readonly env?: readonly EnvVar[];
  /** More of it where the loader has a service account: how the tool is told to use it. */
  readonly identityEnv?: readonly EnvVar[];
  /** Labels without which the pod's service account counts for nothing, as Azure has them. */
  readonly identityLabels?: Readonly<Record<string, string>>;
  /** Secrets that the tool is given. */
  readonly secrets?: readonly ISecret[];
  /** Files that the tool reads: a Secret with its configuration. */
  readonly mounts?: readonly Mount[];
  /** Whether the source refuses strangers unless told `anonymous`. */
  readonly needsIdentity: boolean;
  readonly check: (sink: ProblemSink) => void;
}

/** Where a dataset comes from. */
export class DatasetSource {
  /**
   * A prefix of an S3 bucket, copied by `aws s3 sync`.
   *
   * @param uri `s3://bucket/prefix`
   * @see https://docs.aws.amazon.com/cli/latest/reference/s3/sync.html
   */
  public static s3(uri: string, props: S3SourceProps = {}): DatasetSource {
    return new DatasetSource(s3Source(uri, props));
  }

  /**
   * A prefix of a Cloud Storage bucket, copied by `gcloud storage rsync`.
   *
   * @param uri `gs://bucket/prefix`
   * @see https://cloud.google.com/sdk/gcloud/reference/storage/rsync
   */
  public static gcs(uri: string, props: GcsSourceProps = {}): DatasetSource {
    return new DatasetSource(gcsSource(uri, props));
  }

  /** Files from web servers, copied by `curl`, which goes on where it broke off. */
  public static http(files: HttpFile[], props: HttpSourceProps = {}): DatasetSource {
    return new DatasetSource(httpSource(files, props));
  }

  /**
   * A dataset of the Hugging Face hub, copied by `hf download`. There is no public image with that tool: name one as
   * `loader.image`.
   *
   * @param repository `owner/name`
   * @see https://huggingface.co/docs/huggingface_hub/guides/cli
   */
  public static huggingFace(repository: string, props: HuggingFaceSourceProps): DatasetSource {
    return new DatasetSource(huggingFaceSource(repository, props));
  }

  /**
   * A container or a directory of one in Azure Blob Storage, copied by `azcopy sync`. There is no public image with that
   * tool: name one as `loader.image`.
   *
   * @param url `https://account.blob.core.windows.net/container/directory`, without a signature
   * @see https://learn.microsoft.com/azure/storage/common/storage-ref-azcopy-sync
   */
  public static azureBlob(url: string, props: AzureBlobSourceProps = {}): DatasetSource {
    return new DatasetSource(azureBlobSource(url, props));
  }

  /**
   * A path of any remote that rclone knows, copied by `rclone copy --checksum`.
   *
   * @param path `remote:bucket/directory`
   * @see https://rclone.org/commands/rclone_copy/
   */
  public static rclone(path: string, props: RcloneSourceProps): DatasetSource {
    return new DatasetSource(rcloneSource(path, props));
  }

  /** What the source is, for people. */
  public readonly description: string;

  /** @internal */
  public readonly _spec: SourceSpec;

  private constructor(spec: SourceSpec) {
    this.description = spec.description;
    this._spec = spec;
  }
}
