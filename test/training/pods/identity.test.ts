import { Chart, Size } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { CheckpointUpload, CheckpointVolume, CloudIdentity, DatasetStream, DistributedTrainingJob, Engine } from '../../../lib';
import { errorsIn } from '../../support/checker';
import { errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { ENGINES, MINIMUM, refused, SHARED, train } from '../../support/training';

const AWS = CloudIdentity.awsIrsa('arn:aws:iam::123456789012:role/teams/trainer');
const GCP = CloudIdentity.gcpWorkloadIdentity('trainer@acme-ml.iam.gserviceaccount.com');
const AZURE = CloudIdentity.azureWorkloadIdentity('00000000-1111-2222-3333-444444444444');

describe('an identity in a cloud', () => {
  test.each<[string, CloudIdentity, Record<string, string>]>([
    ['AWS', AWS, { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/teams/trainer' }],
    ['Google Cloud', GCP, { 'iam.gke.io/gcp-service-account': 'trainer@acme-ml.iam.gserviceaccount.com' }],
    ['Azure', AZURE, { 'azure.workload.identity/client-id': '00000000-1111-2222-3333-444444444444' }],
  ])('of %s is an account of the job, which its pods have', (_, identity, annotations) => {
    for (const engine of ENGINES) {
      const { manifests, pod } = train({ identity, engine });
      expect(the('ServiceAccount', manifests)).toEqual({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'train', namespace: 'ml-training', labels: { 'app.kubernetes.io/name': 'train' }, annotations },
        automountServiceAccountToken: false,
      });
      expect(pod).toMatchObject({ serviceAccountName: 'train', automountServiceAccountToken: false });
      expect(errorsIn(manifests, { assumeComplete: true }).map(({ ruleId }) => ruleId)).toEqual([]);
    }
  });

  test('of Azure labels the pods, and no other does', () => {
    const labels = (identity: CloudIdentity): object => train({ identity }).workload.spec.template.metadata.labels as object;
    expect(labels(AZURE)).toHaveProperty(['azure.workload.identity/use'], 'true');
    expect(labels(AWS)).not.toHaveProperty(['azure.workload.identity/use']);
    expect(labels(GCP)).not.toHaveProperty(['azure.workload.identity/use']);
  });

  test('is the account of a JobSet too', () => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, name: 'train', engine: Engine.jobSet(), identity: AWS });
    expect(the('JobSet', manifestsOf(chart)).spec.replicatedJobs[0].template.spec.template.spec.serviceAccountName).toBe('train');
  });

  test('is none without one: no account is made', () => {
    expect(train().manifests.map(({ kind }) => kind)).not.toContain('ServiceAccount');
  });

  test.each<[string, CloudIdentity, string]>([
    ['a role by its name', CloudIdentity.awsIrsa('trainer'),
      'api/cloud-identity | identity.roleArn: expected the ARN of a role, found "trainer" | use one such as `arn:aws:iam::123456789012:role/trainer`'],
    ['a user', CloudIdentity.awsIrsa('arn:aws:iam::123456789012:user/me'),
      'api/cloud-identity | identity.roleArn: expected the ARN of a role, found "arn:aws:iam::123456789012:user/me" | use one such as `arn:aws:iam::123456789012:role/trainer`'],
    ['an address of a person', CloudIdentity.gcpWorkloadIdentity('me@acme.com'),
      'api/cloud-identity | identity.serviceAccountEmail: expected the address of a service account of Google Cloud, found "me@acme.com" | use one such as `trainer@acme-ml.iam.gserviceaccount.com`'],
    ['the name of an application', CloudIdentity.azureWorkloadIdentity('trainer'),
      'api/cloud-identity | identity.clientId: expected the client id of an application or a managed identity, a UUID, found "trainer" | use one such as `00000000-1111-2222-3333-444444444444`'],
  ])('is refused as %s', (_, identity, line) => {
    expect(errorsOf(refused({ identity }))).toEqual([line]);
  });

  test('takes roles of every partition of AWS and addresses of every kind', () => {
    for (const identity of [
      CloudIdentity.awsIrsa('arn:aws-us-gov:iam::123456789012:role/a'), CloudIdentity.awsIrsa('arn:aws-cn:iam::123456789012:role/a+b=c'),
      CloudIdentity.gcpWorkloadIdentity('trainer@acme-ml.example.com.iam.gserviceaccount.com'),
      CloudIdentity.gcpWorkloadIdentity('123456-compute@developer.gserviceaccount.com'),
    ]) expect(errorsOf(refused({ identity }))).toEqual([]);
  });

  test('is one: not beside an account of the user', () => {
    expect(errorsOf(() => train(chart => ({ identity: AWS, serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer') })))).toEqual([
      'train/two-identities | identity: expected `identity`, for which the job makes an account, or `serviceAccount`: pods have one, found both'
      + ' | leave one of them out; for an account of your own, annotate that one',
    ]);
  });

  test('is not its text', () => {
    const props: any = { identity: 'arn:aws:iam::123456789012:role/trainer' };
    expect(errorsOf(refused(props))).toEqual([
      'props/type | identity: expected a CloudIdentity, found "arn:aws:iam::123456789012:role/trainer"'
      + " | set `identity`, as CloudIdentity.awsIrsa('arn:aws:iam::123456789012:role/trainer')",
    ]);
  });
});

describe('what needs rights in a cloud', () => {
  test('has them by an identity: streams, whose labels the pods get', () => {
    const stream = DatasetStream.azureBlob('abfss://data@acme.dfs.core.windows.net/train');
    expect(train({ identity: AZURE, streams: [stream] }).workload.spec.template.metadata.labels).toHaveProperty(['azure.workload.identity/use'], 'true');
    expect(errorsOf(refused({ identity: AWS, streams: [DatasetStream.s3('s3://acme/train')] }))).toEqual([]);
    expect(errorsOf(refused({ streams: [DatasetStream.s3('s3://acme/train')] }))).toEqual([
      'train/stream-identity | streams[0]: expected an `identity` or a `serviceAccount` of the job, or `credentials`, that may read s3://acme/train, found none'
      + ' | set one of them, or `anonymous: true` on the stream if it is public',
    ]);
  });

  test('has them by an identity: copies of checkpoints', () => {
    const checkpoints = CheckpointVolume.shared({
      tier: SHARED, size: Size.gibibytes(500), path: '/checkpoints', upload: CheckpointUpload.s3('s3://acme-checkpoints/resnet'),
    });
    expect(errorsOf(refused({ checkpoints, identity: AWS }))).toEqual([]);
    expect(errorsOf(refused({ checkpoints }))).toEqual([
      'train/upload-identity | checkpoints.upload: expected an `identity` or a `serviceAccount` of the job, or `credentials` of the upload, that may write to'
      + ' s3://acme-checkpoints/resnet, found none | set one of them',
    ]);
  });
});

describe('credentials of registries', () => {
  test('are named in the pods, each once', () => {
    const { pod, manifests } = train(chart => {
      const [hub, own] = ['hub', 'own'].map(name => Secret.fromSecretName(chart, name, name));
      return { imagePullSecrets: [hub, own, hub] };
    });
    expect(pod.imagePullSecrets).toEqual([{ name: 'hub' }, { name: 'own' }]);
    expect(errorsIn(manifests)).toEqual([]);
    expect(train().pod).not.toHaveProperty('imagePullSecrets');
  });

  test('are in the namespace of the job', () => {
    const lines = errorsOf(() => train(chart => {
      const other = new Chart(chart.node.root, 'other', { namespace: 'platform' });
      return { imagePullSecrets: [new Secret(other, 'hub', { metadata: { name: 'hub' } })] };
    }));
    expect(lines).toEqual([
      'chain/namespace | imagePullSecrets[0]: expected namespace platform, where hub is: objects of two namespaces never meet, found namespace ml-training'
      + ' | give both charts the same `namespace`',
    ]);
  });

  test('are Secrets, not names', () => {
    const props: any = { imagePullSecrets: ['hub'] };
    expect(errorsOf(refused(props))).toEqual([
      "props/type | imagePullSecrets[0]: expected a Secret, found \"hub\" | set `imagePullSecrets[0]`, as Secret.fromSecretName(chart, 'registry', 'registry')",
    ]);
  });
});
