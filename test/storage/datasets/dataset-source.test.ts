import { Size, Yaml } from 'cdk8s';
import { Cpu, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { DatasetLoaderProps, DatasetSource, KubernetesVersion, SharedDataset } from '../../../lib';
import { said } from '../../support/findings';
import { chartIn, envOf, Manifest, manifestsOf, Surroundings, the } from '../../support/manifests';
import { SHARED } from '../../support/training';

const SHA = 'a'.repeat(64);
const REVISION = '9c7c5d4e';

/** The loader of a dataset that has this source. */
function load(source: DatasetSource, loader: DatasetLoaderProps = {}, surroundings: Surroundings = {}): Manifest {
  const chart = chartIn(surroundings);
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'reader');
  new SharedDataset(chart, 'cifar10', {
    tier: SHARED, size: Size.gibibytes(100), source, loader: { serviceAccount, image: loader.image, ...loader },
  });
  return the('Job', manifestsOf(chart));
}

const podOf = (job: Manifest): any => job.spec.template.spec;
const containerOf = (job: Manifest): any => podOf(job).containers[0];
const argsOf = (source: DatasetSource): string[] => (containerOf(load(source, { image: 'x:1' })).args as string[]).slice(2);
const markerOf = (source: DatasetSource, loader?: DatasetLoaderProps): string => containerOf(load(source, { image: 'x:1', ...loader })).args[0] as string;

const SOURCES: Record<string, () => DatasetSource> = {
  's3': () => DatasetSource.s3('s3://acme-datasets/cifar10', { region: 'us-east-1', include: ['train/*', 'val/*'] }),
  'gcs': () => DatasetSource.gcs('gs://acme-datasets/cifar10', { exclude: '.*\\.tmp$' }),
  'http': () => DatasetSource.http([
    { url: 'https://example.com/data/train.tar?token=1#top', sha256: SHA }, { url: 'https://example.com/v/', path: 'val/val.tar' },
  ]),
  'Hugging Face': () => DatasetSource.huggingFace('uoft-cs/cifar10', { revision: REVISION, include: ['*.parquet'] }),
};

describe.each(Object.entries(SOURCES))('the loader of %s', (_, source) => {
  const job = load(source(), { image: 'ghcr.io/acme/loader:1' });

  test('is one pod, and never two at a time', () => {
    expect(job.spec).toMatchObject({ completions: 1, parallelism: 1, podReplacementPolicy: 'Failed', backoffLimit: 6 });
    expect(job.spec).not.toHaveProperty('completionMode');
    expect(podOf(job).restartPolicy).toBe('Never');
  });

  test('writes to the claim, as the user that the readers are', () => {
    expect(podOf(job).volumes).toEqual([{ name: 'dataset', persistentVolumeClaim: { claimName: expect.stringMatching(/^vision-cifar10-/) } }]);
    expect(containerOf(job).volumeMounts).toEqual([{ name: 'dataset', mountPath: '/dataset' }]);
    expect(podOf(job).securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true });
  });

  test('has a script in which Kubernetes finds no variable', () => {
    const [, , script] = containerOf(job).command as string[];
    expect(script).not.toMatch(/(^|[^$])(\$\$)*\$\(/);
  });

  test('is what it is', () => {
    expect(Yaml.stringify(job)).toMatchSnapshot();
  });
});

describe('the loader', () => {
  const s3 = SOURCES.s3;

  test('has the identity, the keys and the resources that are asked for', () => {
    const job = load(s3(), {
      serviceAccount: undefined,
      credentials: Secret.fromSecretName(chartIn(), 'secret', 'aws-keys'),
      image: 'ghcr.io/acme/aws:1',
      cpu: Cpu.millis(500),
      memory: Size.gibibytes(8),
      retries: 0,
      runAsUser: 0,
      runAsGroup: 50,
    });
    expect(podOf(job)).not.toHaveProperty('serviceAccountName');
    expect(containerOf(job)).toMatchObject({
      image: 'ghcr.io/acme/aws:1',
      envFrom: [{ secretRef: { name: 'aws-keys' } }],
      resources: { limits: { memory: '8Gi' }, requests: { cpu: '500m', memory: '8Gi' } },
    });
    expect(podOf(job).securityContext).toMatchObject({ runAsUser: 0, runAsGroup: 50, runAsNonRoot: false });
    expect(job.spec.backoffLimit).toBe(0);
  });

  test('gets 2 GiB and a CPU where nothing is asked for', () => {
    expect(containerOf(load(s3())).resources).toEqual({ limits: { memory: '2Gi' }, requests: { cpu: '1', memory: '2Gi' } });
    expect(podOf(load(s3())).serviceAccountName).toBe('reader');
  });

  test('leaves a field of 1.29 out before', () => {
    expect(load(s3(), {}, { target: KubernetesVersion.V1_28 }).spec).not.toHaveProperty('podReplacementPolicy');
  });

  test('has an image of its own in a version that never moves', () => {
    for (const source of [SOURCES.s3(), SOURCES.gcs(), SOURCES.http()]) {
      expect(containerOf(load(source)).image).toMatch(/^[a-z.]+\/.+:\d+\.\d+\.\d+(-slim)?$/);
    }
  });
});

describe('the name of the loader', () => {
  const nameOf = (source: DatasetSource, loader?: DatasetLoaderProps, surroundings?: Surroundings): string =>
    load(source, loader, surroundings).metadata.name as string;

  test('is the same for the same spec', () => {
    expect(nameOf(SOURCES.s3())).toBe(nameOf(SOURCES.s3()));
  });

  test('changes with everything in it, since a Job cannot change', () => {
    const names = [
      nameOf(SOURCES.s3()),
      nameOf(SOURCES.s3(), { image: 'x:1' }),
      nameOf(SOURCES.s3(), { memory: Size.gibibytes(4) }),
      nameOf(SOURCES.s3(), { retries: 7 }),
      nameOf(SOURCES.s3(), {}, { target: KubernetesVersion.V1_27 }),
      nameOf(DatasetSource.s3('s3://acme-datasets/cifar100')),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the marker', () => {
  test('is the same however the dataset is loaded', () => {
    const s3 = (region?: string): DatasetSource => DatasetSource.s3('s3://acme/a', { region, include: ['x'] });
    const marker = markerOf(s3());
    expect(marker).toMatch(/^\.complete\.vision-cifar10-[0-9a-f]{8}\.[0-9a-f]{8}$/);
    expect(markerOf(s3(), { image: 'y:2' })).toBe(marker);
    expect(markerOf(s3(), { memory: Size.gibibytes(4), retries: 1, runAsUser: 5 })).toBe(marker);
    expect(markerOf(s3('eu-west-1'))).toBe(marker);
  });

  test('is another for every other content', () => {
    const file = { url: 'https://example.com/a' };
    const markers = [
      DatasetSource.s3('s3://acme/a'),
      DatasetSource.s3('s3://acme/b'),
      DatasetSource.s3('s3://acme/a', { revision: '2' }),
      DatasetSource.s3('s3://acme/a', { include: ['x'] }),
      DatasetSource.s3('s3://acme/a', { endpointUrl: 'https://minio' }),
      DatasetSource.gcs('gs://acme/a'),
      DatasetSource.gcs('gs://acme/a', { exclude: 'x' }),
      DatasetSource.gcs('gs://acme/a', { revision: '2' }),
      DatasetSource.http([file]),
      DatasetSource.http([{ ...file, sha256: SHA }]),
      DatasetSource.http([{ ...file, path: 'b' }]),
      DatasetSource.http([file], { revision: '2' }),
      DatasetSource.http([file, { url: 'https://example.com/b' }]),
      DatasetSource.huggingFace('a/b', { revision: '1' }),
      DatasetSource.huggingFace('a/b', { revision: '2' }),
      DatasetSource.huggingFace('a/b', { revision: '1', include: ['x'] }),
    ].map(source => markerOf(source));
    expect(new Set(markers).size).toBe(markers.length);
  });

  test('is another for every dataset, so that several can live in one file system', () => {
    const markers = ['a', 'b'].map(id => new SharedDataset(chartIn(), id, {
      tier: SHARED, size: Size.gibibytes(1), source: SOURCES.http(),
    }).at('/data')._spec.gate?.marker);
    expect(new Set(markers).size).toBe(2);
  });
});

describe('a source tells its tool', () => {
  test('what to copy from S3', () => {
    expect(argsOf(DatasetSource.s3('s3://a/b'))).toEqual(['s3://a/b']);
    expect(argsOf(DatasetSource.s3('s3://a/b', { region: 'eu-west-1', endpointUrl: 'https://minio:9000', anonymous: true, include: ['*.tar', '-x'] }))).toEqual([
      's3://a/b', '--region', 'eu-west-1', '--endpoint-url', 'https://minio:9000', '--no-sign-request', '--exclude=*', '--include=*.tar', '--include=-x',
    ]);
  });

  test('what to copy from Cloud Storage', () => {
    expect(argsOf(DatasetSource.gcs('gs://a/b', { exclude: '-x' }))).toEqual(['gs://a/b', '--exclude=-x']);
    expect(envOf(containerOf(load(DatasetSource.gcs('gs://a/b', { anonymous: true }))))).toHaveProperty('CLOUDSDK_AUTH_DISABLE_CREDENTIALS', 'true');
    expect(envOf(containerOf(load(DatasetSource.gcs('gs://a/b'))))).toEqual({ HOME: '/tmp', CLOUDSDK_CONFIG: '/tmp/gcloud' });
  });

  test('what to copy from web servers, and where to', () => {
    expect(argsOf(SOURCES.http())).toEqual([
      'https://example.com/data/train.tar?token=1#top', 'train.tar', SHA, 'https://example.com/v/', 'val/val.tar', '',
    ]);
  });

  test('what to copy from the Hugging Face hub', () => {
    expect(argsOf(DatasetSource.huggingFace('a/b', { revision: 'v1', include: ['*.a', '*.b'] }))).toEqual([
      'a/b', '--repo-type', 'dataset', '--revision', 'v1', '--include=*.a', '--include=*.b',
    ]);
  });

  test('who it is at the Hugging Face hub', () => {
    const source = DatasetSource.huggingFace('a/b', { revision: 'v1', token: Secret.fromSecretName(chartIn(), 's', 'hub') });
    expect(envOf(containerOf(load(source, { image: 'x:1' }))).HF_TOKEN).toEqual({ secretKeyRef: { name: 'hub', key: 'HF_TOKEN' } });
  });

  test('literally, though Kubernetes would read $( as a variable', () => {
    expect(argsOf(DatasetSource.s3('s3://a/$(HOME)$$(X)'))).toEqual(['s3://a/$$(HOME)$$$$(X)']);
  });
});

describe('a source says what it is', () => {
  test.each(Object.entries({
    's3://a/b': DatasetSource.s3('s3://a/b'),
    'gs://a/b': DatasetSource.gcs('gs://a/b'),
    'https://example.com/a': DatasetSource.http([{ url: 'https://example.com/a' }]),
    '2 files by HTTP': SOURCES.http(),
    'hf://datasets/a/b@v1': DatasetSource.huggingFace('a/b', { revision: 'v1' }),
  }))('%s', (description, source) => {
    expect(source.description).toBe(description);
  });
});

describe('a source is refused for', () => {
  const url = 'https://example.com/a';
  const BRANCH = 'a commit, or a tag that never moves: a branch would be another dataset tomorrow';

  test.each<[DatasetSource, ...string[]]>([
    [DatasetSource.s3('gs://a'), 'props/source-uri | uri: expected `s3://bucket/prefix`, found "gs://a" | start with s3:// and the bucket, without spaces'],
    [DatasetSource.s3('s3://'), 'props/source-uri | uri: expected `s3://bucket/prefix`, found "s3://" | start with s3:// and the bucket, without spaces'],
    [DatasetSource.gcs('gs://a b'), 'props/source-uri | uri: expected `gs://bucket/prefix`, found "gs://a b" | start with gs:// and the bucket, without spaces'],
    [DatasetSource.http([]), "props/http-file | files: expected one file or more, found none | name them, as [{ url: 'https://example.com/data.tar' }]"],
    ...['ftp://a/b', 'https://user:pw@a/b', 'https://a', 'https://a/b c'].map((bad): [DatasetSource, string] => [DatasetSource.http([{ url: bad, path: 'x' }]),
      `props/http-file | files[0].url: expected an http or https URL with a path, without user name or password, found "${bad}" | correct the URL; credentials go into a Secret`]),
    [DatasetSource.http([{ url: 'https://a/b/' }]),
      "props/http-file | files[0].path: expected a `path`: the URL ends in no file name, found none | say where to store it, as path: 'train.tar'"],
    ...['/a', '../a', 'a/../b', 'a/', './a', 'a//b'].map((path): [DatasetSource, string] => [DatasetSource.http([{ url, path }]),
      `props/http-file | files[0].path: expected the path of a file below the dataset, without \`.\` and \`..\`, found "${path}" | use a relative path, as 'train/part-0.tar'`]),
    [DatasetSource.http([{ url }, { url: 'https://example.com/b/a' }]),
      'props/http-file | files[1].path: expected a path of its own, found "a", where files[0] goes | set `path` of one of them'],
    [DatasetSource.http([{ url, sha256: 'abc' }]), 'props/http-file | files[0].sha256: expected 64 hexadecimal digits, found "abc" | take the output of sha256sum'],
    [DatasetSource.huggingFace('cifar10', { revision: 'v1' }),
      'props/hugging-face | repository: expected `owner/name`, found "cifar10" | take the name from the page of the dataset'],
    ...['', ' ', 'main', 'master', '-x'].map((revision): [DatasetSource, string] => [DatasetSource.huggingFace('a/b', { revision }),
      `props/hugging-face | revision: expected ${BRANCH}, found ${JSON.stringify(revision)} | take the commit from the history of the dataset`]),
  ])('%#', (source, ...lines) => {
    expect(said(sink => source._spec.check(sink))).toEqual({ errors: lines, warnings: [] });
  });

  test('nothing when it is right', () => {
    for (const source of Object.values(SOURCES)) expect(said(sink => source()._spec.check(sink)).errors).toEqual([]);
    expect(said(sink => DatasetSource.s3('s3://bucket')._spec.check(sink)).errors).toEqual([]);
    expect(said(sink => DatasetSource.http([{ url, sha256: 'A'.repeat(64) }])._spec.check(sink)).errors).toEqual([]);
  });
});
