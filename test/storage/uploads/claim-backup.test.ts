import { Chart, Duration, Size } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { CheckpointVolume, ClaimBackup, ClaimBackupProps, DistributedTrainingJob, IClaim, KubernetesVersion, StorageClaim } from '../../../lib';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { DISK, MINIMUM, SHARED } from '../../support/training';

const size = Size.gibibytes(500);
const shared = (chart: Chart): IClaim => new StorageClaim(chart, 'models', { tier: SHARED, size, name: 'models' });

function backup(props: Partial<ClaimBackupProps> = {}, chart: Chart = chartIn(), id = 'nightly'): ClaimBackup {
  return new ClaimBackup(chart, id, {
    claim: props.claim ?? shared(chart), schedule: '0 2 * * *', to: 's3://acme-backup/models',
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, `account of ${id}`, 'writer'), ...props,
  });
}

const cronJobOf = (one: ClaimBackup): any => the('CronJob', manifestsOf(Chart.of(one)));

describe('a backup', () => {
  test('runs alone, at a time that is said in full, and ends', () => {
    const { spec } = cronJobOf(backup());
    expect(spec).toMatchObject({
      schedule: '0 2 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 3600, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 3,
    });
    expect(spec.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 43200, backoffLimit: 2, template: { spec: { restartPolicy: 'Never' } } });
  });

  test('only reads the claim, writes to one prefix and deletes nothing', () => {
    const pod = cronJobOf(backup()).spec.jobTemplate.spec.template.spec;
    expect(pod.volumes).toEqual([{ name: 'claim', persistentVolumeClaim: { claimName: 'models', readOnly: true } }]);
    expect(pod.containers[0].volumeMounts).toEqual([{ name: 'claim', mountPath: '/claim', readOnly: true }]);
    expect(pod.containers[0].args.slice(0, 4)).toEqual(['s3', 'sync', '/claim', 's3://acme-backup/models']);
    expect(JSON.stringify(pod)).not.toMatch(/--delete|date/);
  });

  test('is written as it always was', () => expect(cronJobOf(backup())).toMatchSnapshot());

  test('is written with all that was asked for', () => {
    const chart = chartIn();
    expect(cronJobOf(backup({
      timeZone: 'Europe/Berlin', to: 's3://acme-backup/models/', region: 'eu-central-1', endpointUrl: 'https://minio', exclude: ['*.log'], serviceAccount: undefined,
      credentials: Secret.fromSecretName(chart, 'secret', 'keys'), image: 'ghcr.io/acme/aws:1', deadline: Duration.hours(2), retries: 0, runAsUser: 2000, runAsGroup: 3000,
    }, chart))).toMatchSnapshot();
  });

  test('has a name that leaves room for the time of a run', () => {
    const one = backup({}, chartIn(), 'a-rather-long-name-for-a-backup-of-all-models-of-the-team');
    expect(one.cronJobName.length).toBeLessThanOrEqual(52);
    expect(cronJobOf(one).metadata.name).toBe(one.cronJobName);
    expect(one.to).toBe('s3://acme-backup/models');
  });

  test('of a claim of an unknown class is warned of', () => {
    const chart = chartIn();
    const one = backup({ claim: StorageClaim.existing(chart, 'old', { claimName: 'old' }) }, chart);
    expect(warningsOn(one).map(lineOf)).toEqual([
      'chain/access-mode-unknown | claim: expected a claim that many nodes can mount, whose `tier` is known, found old, of an unknown class | name the `tier` of the claim, so that it can be checked',
    ]);
    expect(warningsOn(backup())).toEqual([]);
  });
});

describe('refused is', () => {
  const INSTEAD = 'take snapshots of it, or copy checkpoints with `upload` of their CheckpointVolume';
  const refusals: [string, (chart: Chart) => Partial<ClaimBackupProps>, string][] = [
    ['a disk of one node', chart => ({ claim: new StorageClaim(chart, 'data', { tier: DISK, size, name: 'data' }) }),
      `chain/access-mode | claim: expected a claim that many nodes can mount (ReadWriteMany): the copy runs in a pod of its own, found data, of ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod | ${INSTEAD}`],
    ['a claim of one worker', chart => ({
      claim: new DistributedTrainingJob(chart, 'train', { ...MINIMUM, name: 'train', checkpoints: CheckpointVolume.perWorker({ tier: SHARED, size, path: '/c' }) }).checkpoints[0],
    }), `chain/access-mode | claim: expected a claim that many nodes can mount (ReadWriteMany): the copy runs in a pod of its own, found checkpoints-train-0, of efs.csi.aws.com, with ReadWriteOncePod | ${INSTEAD}`],
    ['a raw device', chart => ({ claim: new StorageClaim(chart, 'raw', { tier: DISK, size, block: true, name: 'raw' }) }),
      'chain/raw-device | claim: expected a file system, found raw, a raw device | take snapshots of it'],
    ['a claim of another namespace', chart => ({ claim: shared(new Chart(chart.node.root, 'other', { namespace: 'research' })) }),
      'chain/namespace | claim: expected namespace research, where the claim models is: objects of two namespaces never meet, found namespace ml-training | give both charts the same `namespace`'],
    ['a copy that nobody may make', () => ({ serviceAccount: undefined }),
      'train/upload-identity | serviceAccount: expected a `serviceAccount` or `credentials` that may write to s3://acme-backup/models, found neither | set one of them'],
    ['another address', () => ({ to: '/backup' }),
      'props/source-uri | to: expected `s3://bucket/prefix`, found "/backup" | start with s3:// and the bucket, without spaces'],
    ['a time zone in the schedule', () => ({ schedule: 'TZ=Europe/Berlin 0 2 * * *' }),
      "props/schedule | schedule: expected a schedule without a time zone, found \"TZ=Europe/Berlin 0 2 * * *\" | say it with `timeZone`, as 'Europe/Berlin'"],
    ['an hour that no day has', () => ({ schedule: '0 24 * * *' }),
      "props/schedule | schedule: expected values of the hour from 0 to 23, `*`, ranges, lists and steps of them, found \"0 24 * * *\" | use a schedule such as '0 2 * * *', every night at two"],
    ['a schedule of six fields', () => ({ schedule: '0 0 2 * * *' }),
      "props/schedule | schedule: expected minute, hour, day of the month, month and day of the week, or one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, found \"0 0 2 * * *\" | use a schedule such as '0 2 * * *', every night at two"],
    ['a time zone that is none', () => ({ timeZone: 'Mars/Olympus' }),
      "api/time-zone | timeZone: expected a name of the time zone database, found \"Mars/Olympus\" | use a name such as 'Europe/Berlin'"],
    ['a deadline of no time', () => ({ deadline: Duration.seconds(0) }),
      'api/seconds | deadline: expected whole seconds from 1 to 2147483647, found 0 | correct `deadline`, or leave it out'],
    ['half a retry', () => ({ retries: 0.5 }),
      'props/retries | retries: expected a whole number from 0 to 2147483647, found 0.5 | correct `retries`, or leave it out'],
    ['a user below none', () => ({ runAsUser: -1 }),
      'api/user-id | runAsUser: expected a whole number from 0 to 2147483647, found -1 | correct `runAsUser`, or leave it out'],
  ];
  test.each(refusals)('%s', (_, props, error) => {
    const chart = chartIn();
    const given = props(chart);
    expect(errorsOf(() => backup(given, chart))).toEqual([error]);
  });
});

describe('a schedule', () => {
  const taken = ['0 2 * * *', '*/15 0-6,22-23 1,15 jan-mar MON-FRI', '5/15 * ? * 0', '@daily', ' 0  2\t* * sun', '59 23 31 12 6'];
  const refused = [
    '', '* * * *', '60 * * * *', '-1 * * * *', '0 24 * * *', '0 0 0 * *', '0 0 32 * *', '0 0 * 13 *', '0 0 * * 7', '5-1 * * * *', '*/0 * * * *', '1,,2 * * * *', '* * * * fryday',
    '@noon', ' @hourly ', '@every 1h', 'CRON_TZ=UTC 0 2 * * *', '1.5 * * * *', '0 0 jan * *', '*-5 * * * *', '1-2-3 * * * *', 'nan * * * *',
  ];
  test.each(taken)('%j is taken', schedule => expect(errorsOf(() => backup({ schedule }))).toEqual([]));
  test.each(refused)('%j is refused', schedule => {
    expect(errorsOf(() => backup({ schedule })).map(line => line.split(' ')[0])).toEqual(['props/schedule']);
  });

  test.each(['UTC', 'Etc/UTC', 'America/Argentina/Buenos_Aires'])('in %s is taken', timeZone => expect(cronJobOf(backup({ timeZone })).spec.timeZone).toBe(timeZone));
  test.each(['', 'Local', '../UTC', '/UTC', 'Europe/Nowhere'])('in %j is refused', timeZone => expect(errorsOf(() => backup({ timeZone }))).toHaveLength(1));
});

test('a backup runs on every release that there is', () => {
  expect(cronJobOf(backup({}, chartIn({ target: KubernetesVersion.V1_27 }))).apiVersion).toBe('batch/v1');
});
