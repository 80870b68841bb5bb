import type { ProblemSink } from '../../../findings/collector';

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

/** Reports an address of a service that no client would take. */
export function checkEndpoint(endpointUrl: string | undefined, sink: ProblemSink): void {
  if (endpointUrl === undefined || /^https?:\/\/[^\s/@]+(\/\S*)?$/.test(endpointUrl)) return;
  sink.error({
    ruleId: 'props/source-uri', path: 'endpointUrl', expected: 'an http or https URL without user name or password', found: 'another address', fix: "use an address such as 'https://minio.example.com'",
  });
}
