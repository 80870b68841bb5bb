import type { SourceSpec } from '../dataset-source';
import { checkUri } from './uri';

/** The AWS CLI's official image. */
export const AWS_CLI_IMAGE = 'public.ecr.aws/aws-cli/aws-cli:2.22.35';

/** Options of an S3 source. */
export interface S3SourceProps {
  /**
   * Region of the bucket.
   *
   * @default - what the loader's identity says
   */
  readonly region?: string;

  /**
   * Address of an S3-compatible service.
   *
   * @default - Amazon S3
   */
  readonly endpointUrl?: string;

  /**
   * Patterns of the keys to copy, as `--include` takes them; all others are left out.
   *
   * @default - every key
   */
  readonly include?: string[];

  /**
   * Whether the bucket is public and is read without credentials.
   *
   * @default false
   */
  readonly anonymous?: boolean;

  /**
   * Says which state of the bucket is meant: change it when the objects behind the same keys have changed, and the
   * dataset is loaded again. Objects that are no longer there stay in the dataset.
   *
   * @default - none: loaded once
   */
  readonly revision?: string;
}

export function s3Source(uri: string, props: S3SourceProps): SourceSpec {
  const { region, endpointUrl, include = [], anonymous = false, revision } = props;
  return {
    description: uri,
    identity: { s3: uri, endpointUrl, include, revision },
    image: AWS_CLI_IMAGE,
    tool: 'the AWS CLI (aws)',
    script: 'source=$1; shift; aws s3 sync "$source" "$target" --only-show-errors "$@"',
    args: [
      uri,
      ...(region ? ['--region', region] : []),
      ...(endpointUrl ? ['--endpoint-url', endpointUrl] : []),
      ...(anonymous ? ['--no-sign-request'] : []),
      ...(include.length > 0 ? ['--exclude=*', ...include.map(pattern => `--include=${pattern}`)] : []),
    ],
    needsIdentity: !anonymous,
    check: sink => checkUri(uri, 's3', 's3://bucket/prefix', sink),
  };
}
