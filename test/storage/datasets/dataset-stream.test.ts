import { EnvValue, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { DatasetStream } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { chartIn, envOf } from '../../support/manifests';
import { train } from '../../support/training';

const chart = chartIn();
const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'reader');
const credentials = Secret.fromSecretName(chart, 'secret', 'bucket-reader');

describe('a stream', () => {
  test('is an environment and an identity, and no volume', () => {
    const before = train({ serviceAccount });
    const { worker, pod } = train({ serviceAccount, streams: [DatasetStream.s3('s3://acme/laion', { region: 'us-east-1', endpointUrl: 'https://minio.example.com' })] });
    expect(envOf(worker)).toMatchObject({
      DATASET_URI: 's3://acme/laion', AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_ENDPOINT_URL_S3: 'https://minio.example.com',
    });
    expect(pod.volumes).toEqual(before.pod.volumes);
    expect(pod.serviceAccountName).toBe('reader');
  });

  test('has its keys from a Secret, where there is no service account', () => {
    const { worker } = train({ streams: [DatasetStream.gcs('gs://acme/laion', { credentials })] });
    expect(worker.envFrom).toEqual([{ secretRef: { name: 'bucket-reader' } }]);
    expect(envOf(worker).DATASET_URI).toBe('gs://acme/laion');
  });

  test('says when it is public', () => {
    expect(envOf(train({ streams: [DatasetStream.s3('s3://open/data', { anonymous: true })] }).worker)).toMatchObject({ DATASET_ANONYMOUS: 'true' });
  });

  test('gives pods the label of a workload identity on Azure', () => {
    const streams = [DatasetStream.azureBlob('abfss://train@acme.dfs.core.windows.net/laion')];
    expect(train({ serviceAccount, streams }).workload.spec.template.metadata.labels).toMatchObject({ 'azure.workload.identity/use': 'true' });
    expect(train({ serviceAccount }).workload.spec.template.metadata.labels).not.toHaveProperty('azure.workload.identity/use');
  });

  test('stands beside others under a name of its own', () => {
    const streams = [DatasetStream.s3('s3://acme/train', { region: 'us-east-1' }), DatasetStream.s3('s3://acme/val', { name: 'VALIDATION', region: 'us-east-1' })];
    const { worker } = train({ serviceAccount, streams });
    expect(envOf(worker)).toMatchObject({ DATASET_URI: 's3://acme/train', VALIDATION_URI: 's3://acme/val' });
    expect(worker.env.filter(({ name }: any) => name === 'AWS_REGION')).toHaveLength(1);
  });
});

describe('a stream is refused', () => {
  test('without an identity', () => {
    expect(errorsOf(() => train({ streams: [DatasetStream.s3('s3://acme/laion')] }))).toEqual([
      'train/stream-identity | streams[0]: expected an `identity` or a `serviceAccount` of the job, or `credentials`, that may read s3://acme/laion, found none | set one of them, or `anonymous: true` on the stream if it is public',
    ]);
  });

  test('with an address or a name that is none', () => {
    expect(errorsOf(() => train({ serviceAccount, streams: [DatasetStream.s3('acme/laion', { name: '1', endpointUrl: 'https://user:pw@minio' })] }))).toEqual([
      'props/source-uri | streams[0].uri: expected `s3://bucket/prefix`, found "acme/laion" | start with s3:// and the bucket, without spaces',
      "props/source-uri | streams[0].endpointUrl: expected an http or https URL without user name or password, found another address | use an address such as 'https://minio.example.com'",
      "api/env-name | streams[0].name: expected letters, digits and `_`, no digit first, found \"1\" | use a name such as 'TRAIN'",
    ]);
  });

  test('where another value stands under the same name', () => {
    expect(errorsOf(() => train({
      serviceAccount, envValues: { AWS_REGION: EnvValue.fromValue('x') },
      streams: [DatasetStream.s3('s3://acme/a', { region: 'us-east-1' }), DatasetStream.s3('s3://acme/b')],
    }))).toEqual([
      'silent/env-twice | streams[0]: expected one value for each variable, found AWS_REGION, set by `env` or `envValues` | give each stream a `name` of its own, and leave the variable out of `env`',
      'silent/env-twice | streams[1]: expected one value for each variable, found DATASET_URI, s3://acme/a | give each stream a `name` of its own, and leave the variable out of `env`',
    ]);
  });
});
