import { Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CheckpointUpload, CheckpointVolume, ClaimBackup, Engine, StorageClaim } from '../../../lib';
import { chartIn, manifestsOf, named, the } from '../../support/manifests';
import { Outcome, Sandbox } from '../../support/shell';
import { SHARED, train } from '../../support/training';

const ENDED = { status: 0, stdout: '', stderr: '' };
const TERM = 'kill -TERM $PPID';

let sandbox: Sandbox;
beforeEach(() => { sandbox = new Sandbox(); });
afterEach(() => sandbox.remove());

function sidecar(directoryPerWorker: boolean): any {
  const { pod } = train(chart => ({
    engine: Engine.statefulSet(),
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer'),
    checkpoints: CheckpointVolume.shared({
      tier: SHARED, size: Size.gibibytes(1), path: '/ckpt', directoryPerWorker, upload: CheckpointUpload.s3('s3://acme/resnet', { exclude: ["it's $(HOME)*"] }),
    }),
  }));
  return named('checkpoint-upload', pod.initContainers);
}

/** Runs the sidecar of worker 3, or of another, with another interval. */
function upload({ every = 300, directoryPerWorker = true, rank = '3' } = {}): Promise<Outcome> {
  const container = sidecar(directoryPerWorker);
  container.args[2] = String(every);
  return sandbox.run(container, '/ckpt', { PET_NODE_RANK: rank });
}

test('the checkpoints are copied again and again', async () => {
  sandbox.stub('aws', `[ $n -lt 3 ] || ${TERM}`);
  expect(await upload({ every: 1 })).toMatchObject(ENDED);
  const call = [
    's3', 'sync', sandbox.volume, 's3://acme/resnet/rank-3', '--only-show-errors',
    ...['*.tmp', '*.tmp/*', '*.part', '*.part/*', 'lost+found/*', "it's $(HOME)*"].map(pattern => `--exclude=${pattern}`),
  ];
  expect(sandbox.callsOf('aws')).toEqual([call, call, call, call]);
});

test('SIGTERM during a copy lets it end, and copies once more', async () => {
  sandbox.stub('aws', `[ $n -gt 1 ] || { ${TERM}; sleep 0.2; echo whole > '${sandbox.volume}/first'; }`);
  expect(await upload()).toMatchObject(ENDED);
  expect(sandbox.callsOf('aws')).toHaveLength(2);
  expect(sandbox.read('first')).toBe('whole\n');
});

test('SIGTERM between two copies copies once more, and does not wait for the interval', async () => {
  sandbox.stub('aws', `[ $n -gt 1 ] || { (sleep 0.2; ${TERM}) & }`);
  expect(await upload()).toMatchObject(ENDED);
  expect(sandbox.callsOf('aws')).toHaveLength(2);
});

test('a copy that fails is tried again, and the last one too leaves the pod a good end', async () => {
  sandbox.stub('aws', `[ $n -lt 2 ] || ${TERM}; exit 1`);
  const { status, stderr } = await upload({ every: 1 });
  expect(status).toBe(0);
  expect(stderr).toBe('the copy to s3://acme/resnet/rank-3 failed and is tried again with the next\n'.repeat(3));
  expect(sandbox.callsOf('aws')).toHaveLength(3);
});

test('one directory for all is copied by worker 0', async () => {
  sandbox.stub('aws', TERM);
  expect(await upload({ directoryPerWorker: false, rank: '0' })).toMatchObject(ENDED);
  expect(sandbox.callsOf('aws').map(call => call[3])).toEqual(['s3://acme/resnet', 's3://acme/resnet']);
});

test('and by no other', async () => {
  sandbox.stub('aws');
  // the shell's own sleep ends it
  sandbox.stub('sleep', TERM);
  expect(await upload({ directoryPerWorker: false, rank: '1' })).toMatchObject(ENDED);
  expect(sandbox.callsOf('aws')).toEqual([]);
});

test('a backup copies the claim, and fails as the copy does', async () => {
  const chart = chartIn();
  const claim = new StorageClaim(chart, 'models', { tier: SHARED, size: Size.gibibytes(1) });
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'writer');
  new ClaimBackup(chart, 'nightly', { claim, schedule: '@daily', to: 's3://acme/models/', serviceAccount, exclude: ['$(HOME)'] });
  const container = the('CronJob', manifestsOf(chart)).spec.jobTemplate.spec.template.spec.containers[0];
  sandbox.stub('aws', '[ $n = 1 ] || exit 2');
  expect(await sandbox.run(container, '/claim')).toMatchObject(ENDED);
  expect((await sandbox.run(container, '/claim')).status).toBe(2);
  expect(sandbox.callsOf('aws')[0]).toEqual([
    's3', 'sync', sandbox.volume, 's3://acme/models', '--only-show-errors', '--exclude=*.tmp', '--exclude=*.tmp/*', '--exclude=*.part', '--exclude=*.part/*',
    '--exclude=lost+found/*', '--exclude=$(HOME)',
  ]);
});
