import type { ProblemSink } from '../../findings/collector';

/** Reports an address of a bucket that its tool would not take. */
export function checkUri(uri: string, scheme: string, example: string, sink: ProblemSink): void {
  if (new RegExp(`^${scheme}://[a-zA-Z0-9][^/\\s]*(/\\S*)?$`).test(uri)) return;
  sink.error({
    ruleId: 'props/source-uri',
    path: 'uri',
    expected: `\`${example}\``,
    found: JSON.stringify(uri),
    fix: `start with ${scheme}:// and the bucket, without spaces`,
  });
}
