import type { SourceSpec } from '../dataset-source';
import { checkUri } from './uri';

/** Options of a Cloud Storage source. */
export interface GcsSourceProps {
  /**
   * Regular expression of the objects to leave out, as `--exclude` takes it.
   *
   * @default - none left out
   */
  readonly exclude?: string;

  /**
   * Whether the bucket is public and is read without credentials.
   *
   * @default false
   */
  readonly anonymous?: boolean;

  /**
   * Says which state of the bucket is meant: change it when the objects behind the same names have changed, and the
   * dataset is loaded again. Objects that are no longer there stay in the dataset.
   *
   * @default - none: loaded once
   */
  readonly revision?: string;
}

export function gcsSource(uri: string, props: GcsSourceProps): SourceSpec {
  const { exclude, anonymous = false, revision } = props;
  return {
    description: uri,
    identity: { gcs: uri, exclude, revision },
    image: 'gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0-slim',
    tool: 'the Google Cloud CLI (gcloud)',
    script: 'source=$1; shift; gcloud storage rsync --recursive "$@" "$source" "$target"',
    args: [uri, ...(exclude !== undefined ? [`--exclude=${exclude}`] : [])],
    env: [
      { name: 'CLOUDSDK_CONFIG', value: '/tmp/gcloud' },
      ...(anonymous ? [{ name: 'CLOUDSDK_AUTH_DISABLE_CREDENTIALS', value: 'true' }] : []),
    ],
    needsIdentity: !anonymous,
    check: sink => checkUri(uri, 'gs', 'gs://bucket/prefix', sink),
  };
}
