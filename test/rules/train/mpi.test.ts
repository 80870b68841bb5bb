import { describe, expect, test } from 'vitest';
import { findingsIn, linesOf } from '../../support/checker';

function mpiJob(launcher: any, worker: any = {}, spec: any = {}, apiVersion = 'kubeflow.org/v2beta1'): any {
  const role = (replicas: number, name: string, container: any): any => (
    { replicas, template: { spec: { containers: [{ name, image: 'ghcr.io/acme/horovod:1.0.0', ...container }] } } }
  );
  return {
    apiVersion, kind: 'MPIJob', metadata: { name: 'train', namespace: 'ml' },
    spec: { slotsPerWorker: 2, ...spec, mpiReplicaSpecs: { Launcher: role(1, 'launcher', launcher), Worker: role(4, 'worker', worker) } },
  };
}

function found(object: any, rule: string): string[] {
  return linesOf(findingsIn([object]), `train/${rule}`).map(line => line.split(' | ').slice(1).join(' | '));
}

describe('processes of an MPIJob', () => {
  test.each<[string, string[], any, string[]]>([
    ['as many as slots', ['mpirun', '-np', '8', 'python', 'train.py'], {}, []],
    ['fewer', ['mpirun', '-np', '4', 'python', 'train.py'], {}, []],
    ['more', ['mpirun', '-np', '16', 'python', 'train.py'], {}, ['at most 8 processes, for 4 hosts with 2 slots each | mpirun of 16']],
    ['more than workers, and one slot each', ['mpirun', '-n', '8', 'python', 'train.py'], { slotsPerWorker: undefined },
      ['at most 4 processes, for 4 hosts with 1 slot each | mpirun of 8']],
    ['of Horovod', ['horovodrun', '-np', '16', 'python', 'train.py'], {}, ['at most 8 processes, for 4 hosts with 2 slots each | horovodrun of 16']],
    ['with the launcher as one of the hosts', ['mpirun', '-np', '10', 'python', 'train.py'], { runLauncherAsWorker: true }, []],
    ['more, and that is meant', ['mpirun', '--oversubscribe', '-np', '16', 'python', 'train.py'], {}, []],
    ['more, on hosts of its own', ['mpirun', '-np', '16', '--hostfile', '/hosts', 'python', 'train.py'], {}, []],
    ['filled in later', ['mpirun', '-np', '$(SIZE)', 'python', 'train.py'], {}, []],
    ['of the program that is started', ['mpirun', 'bash', '/run.sh', '-n', '99'], {}, []],
  ])('%s', (_, command, spec, expected) => {
    expect(found(mpiJob({ command }, {}, spec), 'world-size')).toEqual(expected);
  });

  test('are too many for Open MPI, and share slots elsewhere', () => {
    const severities = (mpiImplementation: string): string[] => findingsIn([mpiJob({ command: ['mpirun', '-np', '16', 'x'] }, {}, { mpiImplementation })])
      .filter(({ ruleId }) => ruleId === 'train/world-size').map(({ severity }) => severity);
    expect(severities('OpenMPI')).toEqual(['error']);
    expect(severities('MPICH')).toEqual(['warning']);
  });
});

describe('workers of an MPIJob', () => {
  const launcher = { command: ['mpirun', '-np', '8', 'python', 'train.py'] };

  test.each<[string, any, string[]]>([
    ['without a command', {}, []],
    ['with sshd', { command: ['/usr/sbin/sshd', '-De'] }, []],
    ['with sshd beside others', { command: ['bash', '-c', '/usr/sbin/sshd -De & python train.py'] }, []],
    ['with arguments of their image', { args: ['python', 'train.py'] }, []],
    ['with something else', { command: ['sleep', 'infinity'] }, []],
    ['that start horovodrun', { command: ['horovodrun', '-np', '8', 'python', 'train.py'] },
      ['sshd in the workers, by which the launcher starts the processes | horovodrun in each of 4 workers, and no sshd']],
    ['that train', { command: ['python', 'train.py'] },
      ['sshd in the workers, by which the launcher starts the processes | python in each of 4 workers, and no sshd']],
  ])('%s', (_, worker, expected) => {
    expect(found(mpiJob(launcher, worker), 'launcher-in-every-pod')).toEqual(expected);
  });

  test('need no sshd in v1', () => {
    expect(found(mpiJob(launcher, { command: ['python', 'train.py'] }, {}, 'kubeflow.org/v1'), 'launcher-in-every-pod')).toEqual([]);
  });
});
