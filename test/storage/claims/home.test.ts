import { App, Chart, Size, Testing } from 'cdk8s';
import { ConfigMap, PersistentVolumeClaim, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  AwsEfs, CheckpointUpload, CheckpointVolume, ClaimBackup, DatasetSource, DatasetStream, DistributedTrainingJob,
  DistributedTrainingJobProps, ModelRegistry, NodeCache, PodVolume, SharedDataset, StorageClaim, StorageTier,
} from '../../../lib';

function charts(there: string | undefined = 'there', here: string | undefined = 'here') {
  const app = new App();
  return { there: new Chart(app, 'there-chart', { namespace: there }), here: new Chart(app, 'here-chart', { namespace: here }) };
}

const tierIn = (chart: Chart) => new StorageTier(chart, 'tier', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
const size = Size.gibibytes(10);
const upload = (credentials: Secret) => CheckpointUpload.s3('s3://acme/checkpoints', { region: 'eu-west-1', credentials });

function job(chart: Chart, props: Partial<DistributedTrainingJobProps>) {
  return new DistributedTrainingJob(chart, 'job', {
    image: 'ghcr.io/acme/train:1', command: ['train.py'], workers: 1, memory: Size.gibibytes(8), ...props,
  });
}

const references: [string, string, (there: Chart, here: Chart) => void][] = [
  ['a claim', 'volumes[0]', (there, here) => job(here, { volumes: [new StorageClaim(there, 'claim', { tier: tierIn(there), size }).at('/data')] })],
  ['a registry to write', 'volumes[0]', (there, here) => job(here, { volumes: [new ModelRegistry(there, 'models', { tier: tierIn(there), size }).at('/models')] })],
  ['a registry to read', 'volumes[0]', (there, here) => job(here, { volumes: [new ModelRegistry(there, 'models', { tier: tierIn(there), size }).readOnlyAt('/models')] })],
  ['a dataset', 'datasets[0]', (there, here) => job(here, { datasets: [new SharedDataset(there, 'data', { tier: tierIn(there), size }).at('/data')] })],
  ['a copy of a dataset', 'datasets[0]', (there, here) => job(here, { datasets: [new SharedDataset(there, 'data', { tier: tierIn(there), size }).copiedTo('/data', { sizeLimit: size })] })],
  ['a ConfigMap', 'volumes[0]', (there, here) => job(here, { volumes: [PodVolume.fromConfigMap(new ConfigMap(there, 'map')).at('/map')] })],
  ['a Secret', 'volumes[0]', (there, here) => job(here, { volumes: [PodVolume.fromSecret(new Secret(there, 'secret')).at('/secret')] })],
  ['a projected Secret', 'volumes[0]', (there, here) => job(here, { volumes: [PodVolume.projected({ secrets: [new Secret(there, 'secret')] }).at('/secret')] })],
  ['an account', 'serviceAccount', (there, here) => job(here, { serviceAccount: new ServiceAccount(there, 'account') })],
  ['credentials of a stream', 'streams[0].credentials', (there, here) => job(here, { streams: [DatasetStream.s3('s3://acme/data', { region: 'eu-west-1', credentials: new Secret(there, 'keys') })] })],
  ['checkpoints on a claim', 'checkpoints.claim', (there, here) => job(here, {
    checkpoints: CheckpointVolume.onClaim({ claim: new StorageClaim(there, 'claim', { tier: tierIn(there), size }), path: '/checkpoints' }),
  })],
  ['credentials of an upload', 'checkpoints.upload.credentials', (there, here) => job(here, {
    checkpoints: CheckpointVolume.shared({ tier: tierIn(here), size, path: '/checkpoints', upload: upload(new Secret(there, 'keys')) }),
  })],
  ['the account of a loader', 'loader.serviceAccount', (there, here) => new SharedDataset(here, 'data', {
    tier: tierIn(here), size, source: DatasetSource.s3('s3://acme/data', { region: 'eu-west-1' }), loader: { serviceAccount: new ServiceAccount(there, 'account') },
  })],
  ['the token of a source', 'source', (there, here) => new SharedDataset(here, 'data', {
    tier: tierIn(here), size, source: DatasetSource.huggingFace('acme/data', { revision: 'a'.repeat(40), token: new Secret(there, 'token') }), loader: { image: 'ghcr.io/acme/hf:1' },
  })],
  ['the dataset of a cache', 'dataset', (there, here) => new NodeCache(here, 'cache', {
    dataset: new SharedDataset(there, 'data', { tier: tierIn(there), size }), hostPath: '/mnt/nvme', acceptNodeLocalAndUnrestricted: true, nodeSelector: { disk: 'nvme' },
  })],
  ['the keys of a backup', 'credentials', (there, here) => new ClaimBackup(here, 'backup', {
    claim: new StorageClaim(here, 'claim', { tier: tierIn(here), size }), schedule: '0 3 * * *', to: 's3://acme/backup', region: 'eu-west-1', credentials: new Secret(there, 'keys'),
  })],
];

describe('what a pod refers to is in its own namespace', () => {
  test.each(references)('%s', (_, path, build) => {
    const apart = charts();
    expect(() => build(apart.there, apart.here)).toThrow(expect.objectContaining({
      findings: expect.arrayContaining([expect.objectContaining({ ruleId: 'chain/namespace', severity: 'error', path })]),
    }));
    const half = charts('there', undefined);
    expect(() => build(half.there, half.here)).toThrow('chain/namespace');
    const together = charts('one', 'one');
    expect(() => build(together.there, together.here)).not.toThrow();
  });

  test('the message', () => {
    const { there, here } = charts();
    expect(() => job(here, { volumes: [PodVolume.fromSecret(new Secret(there, 'secret', { metadata: { name: 'keys' } })).at('/secret')] })).toThrow([
      '1 problem',
      'here-chart/job (DistributedTrainingJob)',
      '  error chain/namespace',
      '    volumes[0]: expected namespace there, where `keys` is: objects of two namespaces never meet, found namespace here',
      '    fix: give both charts the same `namespace`',
      '    see: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
    ].join('\n'));
  });

  test('what is in the cluster already may be named from anywhere', () => {
    const { there, here } = charts();
    job(here, {
      serviceAccount: ServiceAccount.fromServiceAccountName(there, 'account', 'trainer'),
      volumes: [PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName(there, 'corpus', 'corpus')).at('/corpus')],
    });
    expect(Testing.synth(here)).toHaveLength(2);
  });

  test('the namespace of a resource counts more than that of its chart', () => {
    const { there, here } = charts();
    const account = new ServiceAccount(there, 'account', { metadata: { namespace: 'here' } });
    expect(() => job(here, { serviceAccount: account })).not.toThrow();
  });
});
