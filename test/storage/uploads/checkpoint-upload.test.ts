import { Chart, Duration, Size } from 'cdk8s';
import { PersistentVolumeClaim, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { CheckpointUpload, CheckpointVolume, DistributedTrainingJobProps, Engine, KubernetesVersion, S3UploadProps, StorageClaim } from '../../../lib';
import { AWS_CLI_IMAGE } from '../../../lib/storage/datasets/sources/s3';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { named, Surroundings } from '../../support/manifests';
import { DISK, SHARED, train, Trained } from '../../support/training';

const URI = 's3://acme-checkpoints/resnet';
const PLACE = { size: Size.gibibytes(500), path: '/checkpoints' };
const account = (chart: Chart) => ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer');
const RANK = { name: 'PET_NODE_RANK', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } } };

type Layout = (upload: CheckpointUpload, chart: Chart) => CheckpointVolume;
const perWorker: Layout = upload => CheckpointVolume.perWorker({ ...PLACE, tier: DISK, upload });

function uploading(
  layout: Layout, props: S3UploadProps = {}, job: Partial<DistributedTrainingJobProps> = {}, around: Surroundings = {}, uri = URI,
): Trained {
  return train(chart => ({
    engine: Engine.statefulSet(), serviceAccount: account(chart), checkpoints: layout(CheckpointUpload.s3(uri, props), chart), ...job,
  }), around);
}

const sidecarOf = ({ pod }: Trained): any => named('checkpoint-upload', pod.initContainers);

describe('the copy of the checkpoints', () => {
  test('is made by a container beside the worker, which only reads them', () => {
    const { pod, worker } = uploading(perWorker);
    const sidecar = sidecarOf({ pod } as Trained);
    expect(sidecar).toMatchObject({
      image: AWS_CLI_IMAGE,
      restartPolicy: 'Always',
      resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
      volumeMounts: [{ name: 'checkpoints', mountPath: '/checkpoints', readOnly: true }],
    });
    expect(worker.volumeMounts).toContainEqual({ name: 'checkpoints', mountPath: '/checkpoints' });
    expect(sidecar).toMatchSnapshot();
  });

  test('is written with all that was asked for', () => {
    const trained = uploading((upload, chart) => CheckpointVolume.existing({
      claim: PersistentVolumeClaim.fromClaimName(chart, 'claim', 'team'), path: '/ckpt', upload,
    }), { region: 'eu-west-1', endpointUrl: 'https://minio', interval: Duration.minutes(1), image: 'ghcr.io/acme/aws:1', exclude: ['$(x)*.log'] });
    expect(sidecarOf(trained)).toMatchSnapshot();
  });

  const layouts: [string, Layout, number, string[], any][] = [
    ['a claim for each worker', perWorker, 4, [`${URI}/rank-$(PET_NODE_RANK)`, '300', 'each', 'each'], {}],
    ['one claim with a directory for each', upload => CheckpointVolume.shared({ ...PLACE, tier: SHARED, upload }), 4,
      [`${URI}/rank-$(PET_NODE_RANK)`, '300', 'each', 'each'], { subPathExpr: 'rank-$(PET_NODE_RANK)' }],
    ['one directory for all', upload => CheckpointVolume.shared({ ...PLACE, tier: SHARED, directoryPerWorker: false, upload }), 4,
      [URI, '300', '0', '$(PET_NODE_RANK)'], {}],
    ['a claim of the app for one', (upload, chart) => CheckpointVolume.onClaim({
      claim: new StorageClaim(chart, 'claim', { tier: DISK, size: PLACE.size }), path: '/checkpoints', upload,
    }), 1, [URI, '300', '0', '$(PET_NODE_RANK)'], {}],
  ];
  test.each(layouts)('goes where it belongs with %s', (_, layout, workers, args, mount) => {
    const sidecar = sidecarOf(uploading(layout, {}, { workers }));
    expect(sidecar.args.slice(0, 5)).toEqual(['/checkpoints', ...args]);
    expect(sidecar.volumeMounts).toEqual([{ name: 'checkpoints', mountPath: '/checkpoints', readOnly: true, ...mount }]);
    expect(sidecar.env).toEqual([RANK, { name: 'HOME', value: '/tmp' }]);
  });

  test('finds its rank in an Indexed Job, and in the first release that has sidecars', () => {
    const shared: Layout = upload => CheckpointVolume.shared({ ...PLACE, tier: SHARED, upload });
    const trained = uploading(shared, {}, { engine: Engine.indexedJob() }, { target: KubernetesVersion.V1_29 });
    expect(sidecarOf(trained).env[0].valueFrom.fieldRef.fieldPath).toBe("metadata.labels['batch.kubernetes.io/job-completion-index']");
    expect(trained.pod.restartPolicy).toBe('Never');
  });

  test('has credentials that the worker does not see', () => {
    const trained = train(chart => ({
      checkpoints: perWorker(CheckpointUpload.s3(URI, { credentials: Secret.fromSecretName(chart, 'secret', 'keys') }), chart), engine: Engine.statefulSet(),
    }));
    expect(sidecarOf(trained).envFrom).toEqual([{ secretRef: { name: 'keys' } }]);
    expect(trained.worker.envFrom).toBeUndefined();
  });

  test('never deletes, and leaves out what is being written', () => {
    const { args, command } = sidecarOf(uploading(perWorker, { exclude: ['*.log'] }));
    expect(JSON.stringify([command, args])).not.toContain('--delete');
    expect(args).toEqual(expect.arrayContaining(['--exclude=*.tmp', '--exclude=*.part', '--exclude=*.log']));
    expect(args.some((arg: string) => arg.includes('include='))).toBe(false);
  });

  test('leaves jobs without it as they were', () => {
    expect(train({ checkpoints: CheckpointVolume.perWorker({ ...PLACE, tier: DISK }) }).pod.initContainers).toBeUndefined();
  });
});

describe('refused is', () => {
  const refusals: [string, () => unknown, string][] = [
    ['a target without sidecars', () => uploading(perWorker, {}, {}, { target: KubernetesVersion.V1_28 }),
      'api/since | checkpoints.upload: expected Kubernetes 1.29 or newer, whose sidecars end after the worker and let a Job complete, found target 1.28 | raise the `target` of the app, or leave `upload` out and copy the claim with a ClaimBackup'],
    ['a copy that nobody may make', () => uploading(perWorker, {}, { serviceAccount: undefined }),
      `train/upload-identity | checkpoints.upload: expected an \`identity\` or a \`serviceAccount\` of the job, or \`credentials\` of the upload, that may write to ${URI}, found none | set one of them`],
    ['another address', () => uploading(perWorker, {}, {}, {}, 'acme/resnet'),
      'props/source-uri | checkpoints.upload.uri: expected `s3://bucket/prefix`, found "acme/resnet" | start with s3:// and the bucket, without spaces'],
    ['a secret in it', () => uploading(perWorker, {}, {}, {}, 's3://key:password@acme/resnet'),
      'sec/literal-secret | checkpoints.upload.uri: expected no secret: manifests are read by many, found a password in a URL | give access by `serviceAccount`, or by a Secret in `credentials`'],
    ['an endpoint that is none', () => uploading(perWorker, { endpointUrl: 'minio' }),
      "props/source-uri | checkpoints.upload.endpointUrl: expected an http or https URL without user name or password, found another address | use an address such as 'https://minio.example.com'"],
    ['a copy every nine seconds', () => uploading(perWorker, { interval: Duration.seconds(9) }),
      'train/upload-interval | checkpoints.upload.interval: expected whole seconds from 10: each copy lists the whole prefix, found 9 s | set `interval`, as Duration.minutes(5), or leave it out'],
  ];
  test.each(refusals)('%s', (_, build, error) => expect(errorsOf(build)).toEqual([error]));

  test('not a copy every ten seconds', () => {
    expect(sidecarOf(uploading(perWorker, { interval: Duration.seconds(10) })).args[2]).toBe('10');
  });
});

test('a short grace period is warned of, a longer one is not', () => {
  const warnings = (seconds: number) => warningsOn(uploading(perWorker, {}, { terminationGracePeriod: Duration.seconds(seconds) }).job)
    .filter(({ ruleId }) => ruleId === 'train/upload-grace').map(lineOf);
  expect(warnings(29)).toEqual([
    "train/upload-grace | terminationGracePeriod: expected at least 30 s: the worker's last checkpoint and its copy share it, found 29 s | raise `terminationGracePeriod` to the time of both",
  ]);
  expect(warnings(30)).toEqual([]);
});
