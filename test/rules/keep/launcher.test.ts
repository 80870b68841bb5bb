import { expect, test } from 'vitest';
import { rulesIn } from '../../support/checker';

const RULE = 'keep/checkpoints-die-with-pod';

/** An MPIJob whose launcher starts `command`. */
function mpiJob(command: string[], spec: Record<string, unknown> = {}): any {
  const pod = (name: string, words: string[]): any => ({ template: { spec: { containers: [{ name, image: 'ghcr.io/acme/train:1.0.0', command: words }] } } });
  return {
    apiVersion: 'kubeflow.org/v2beta1',
    kind: 'MPIJob',
    metadata: { name: 'resnet', namespace: 'ml-training' },
    spec: { ...spec, mpiReplicaSpecs: { Launcher: { replicas: 1, ...pod('launcher', command) }, Worker: { replicas: 2, ...pod('worker', ['/usr/sbin/sshd', '-De']) } } },
  };
}

const MPIRUN = ['mpirun', '-np', '2', 'python', 'train.py', '--checkpoint-dir=/checkpoints'];

test('a launcher of an MPIJob needs no volume for the checkpoints of the processes that it starts in the workers', () => {
  expect(rulesIn([mpiJob(MPIRUN)])).not.toContain(RULE);
});

test('it does where it trains itself', () => {
  expect(rulesIn([mpiJob(MPIRUN, { runLauncherAsWorker: true })])).toContain(RULE);
  expect(rulesIn([mpiJob(['python', 'train.py', '--checkpoint-dir=/checkpoints'])])).toContain(RULE);
});
