import type { ProblemSink } from '../../findings/collector';
import { reportSecret, secretIn } from '../../private/secrets';
import { literal } from '../../private/wire';
import { checkEndpoint, checkUri } from '../datasets/sources/uri';

/** Where in S3 a copy goes, and what of it. */
export interface S3Copy {
  readonly uri: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly exclude?: readonly string[];
}

/** Files that are still being written, by the names that most programs give them; and what ext4 keeps for itself. */
const UNFINISHED = ['*.tmp', '*.tmp/*', '*.part', '*.part/*', 'lost+found/*'];

/** The prefix without a slash at its end. */
export function prefixOf({ uri }: S3Copy): string {
  return uri.replace(/\/+$/, '');
}

/** What `aws s3 sync` is told beside its source and target. Never `--delete`: what is lost here must not be lost there. */
export function s3Options({ region, endpointUrl, exclude = [] }: S3Copy): string[] {
  return [
    '--only-show-errors',
    ...(region ? ['--region', region] : []),
    ...(endpointUrl ? ['--endpoint-url', endpointUrl] : []),
    ...[...UNFINISHED, ...exclude].map(pattern => `--exclude=${pattern}`),
  ].map(literal);
}

/** Reports an address that cannot work, or that tells a secret; `path` is the prop that holds the URI. */
export function checkS3Copy(copy: S3Copy, path: string, sink: ProblemSink): void {
  const at: ProblemSink = { error: problem => sink.error({ ...problem, path }), warn: problem => sink.warn({ ...problem, path }) };
  const secret = secretIn(copy.uri);
  if (secret) {
    reportSecret(secret, { path, fix: 'give access by `serviceAccount`, or by a Secret in `credentials`' }, sink);
  } else {
    checkUri(copy.uri, 's3', 's3://bucket/prefix', at);
  }
  checkEndpoint(copy.endpointUrl, sink);
}
