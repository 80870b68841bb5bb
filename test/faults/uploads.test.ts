import { Size } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { expect, test } from 'vitest';
import { CheckpointUpload, CheckpointVolume, ClaimBackup, Engine, KubernetesVersion, StorageClaim } from '../../lib';
import { errorsOf } from '../support/findings';
import { chartIn, manifestsOf, named, the } from '../support/manifests';
import { SHARED, train, Trained } from '../support/training';

const size = Size.gibibytes(500);

function uploading(target = KubernetesVersion.V1_33): Trained {
  return train(chart => ({
    engine: Engine.indexedJob(),
    serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'trainer'),
    checkpoints: CheckpointVolume.shared({ tier: SHARED, size, path: '/checkpoints', upload: CheckpointUpload.s3('s3://acme/resnet') }),
  }), { target });
}

test('E54: the last checkpoint is written by the trainer, and copied after it by another container with the tool in it', () => {
  const { pod, worker } = uploading();
  expect(worker.lifecycle).toBeUndefined();
  expect(pod.terminationGracePeriodSeconds).toBe(120);
  expect(named('checkpoint-upload', pod.initContainers).image).toContain('aws-cli');
});

test('E68: a backup of each night copies what has changed, alone, in a time zone, with an end, an identity and a namespace', () => {
  const chart = chartIn();
  const claim = new StorageClaim(chart, 'models', { tier: SHARED, size });
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'writer');
  expect(errorsOf(() => new ClaimBackup(chart, 'nobody', { claim, schedule: '@daily', to: 's3://acme/models' })).map(line => line.split(' ')[0])).toEqual(['train/upload-identity']);
  new ClaimBackup(chart, 'nightly', { claim, schedule: '0 2 * * *', to: 's3://acme/models', serviceAccount });
  const { metadata, spec } = the('CronJob', manifestsOf(chart).filter(({ metadata: { name } }) => !name.includes('nobody')));
  const { activeDeadlineSeconds, template } = spec.jobTemplate.spec;
  expect(metadata.namespace).toBe('ml-training');
  expect(spec).toMatchObject({ timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 3600 });
  expect(activeDeadlineSeconds).toBe(43200);
  expect(template.spec.serviceAccountName).toBe('writer');
  expect(template.spec.containers[0].args).toContain('s3://acme/models');
});

test('E69: the container beside the worker needs no tool that its image has not, waits between copies and lets a Job complete', () => {
  const { pod, workload } = uploading();
  const sidecar = named('checkpoint-upload', pod.initContainers);
  expect(workload.kind).toBe('Job');
  expect(pod.containers).toHaveLength(1);
  expect(sidecar.restartPolicy).toBe('Always');
  expect(sidecar.command[2]).not.toContain('inotify');
  expect(sidecar.command[2]).toContain('sleep');
  expect(errorsOf(() => uploading(KubernetesVersion.V1_28)).map(line => line.split(' ')[0])).toEqual(['api/since']);
});
