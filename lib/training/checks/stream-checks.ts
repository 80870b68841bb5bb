import { ProblemSink, under } from '../../findings/collector';
import { reportSecret, SECRET_DOCS, secretInVariable } from '../../private/secrets';
import type { DistributedTrainingJobProps } from '../distributed-training-job-props';
import { hasAccount } from '../pods/cloud-identity';

/** Checks of the data that workers read from object storage themselves. */
export function checkStreams(props: DistributedTrainingJobProps, sink: ProblemSink): void {
  const taken = new Map(Object.keys({ ...props.env, ...props.envValues }).map(name => [name, 'set by `env` or `envValues`']));
  (props.streams ?? []).forEach((stream, i) => {
    stream._check(under(`streams[${i}]`, sink));
    if (stream._needsIdentity && !hasAccount(props)) {
      sink.error({
        ruleId: 'train/stream-identity',
        path: `streams[${i}]`,
        expected: `an \`identity\` or a \`serviceAccount\` of the job, or \`credentials\`, that may read ${stream.uri}`,
        found: 'none',
        fix: 'set one of them, or `anonymous: true` on the stream if it is public',
      });
    }
    for (const { name, value } of stream._env) {
      const other = taken.get(name);
      if (other !== undefined && other !== value) {
        sink.error({
          ruleId: 'silent/env-twice', path: `streams[${i}]`, expected: 'one value for each variable', found: `${name}, ${other}`, fix: 'give each stream a `name` of its own, and leave the variable out of `env`',
        });
      }
      taken.set(name, value ?? '');
    }
  });
}

/** Values that whoever reads the manifest must not see. */
export function checkLiteralSecrets({ env, envValues }: DistributedTrainingJobProps, sink: ProblemSink): void {
  const literals = [
    ...Object.entries(env ?? {}).map(([name, value]) => ({ path: `env.${name}`, name, value })),
    ...Object.entries(envValues ?? {}).map(([name, { value }]) => ({ path: `envValues.${name}`, name, value: String(value ?? '') })),
  ];
  for (const { path, name, value } of literals) {
    const secret = secretInVariable(name, value);
    const fix = 'put it into a Secret and refer to it in `envValues`, as EnvValue.fromSecretValue(), or use a service account';
    if (secret) reportSecret(secret, { path, fix, link: SECRET_DOCS }, sink);
  }
}
