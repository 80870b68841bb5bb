import { describe, expect, test } from 'vitest';
import { Outcome } from '../../../lib';
import { findingsIn } from '../../support/checker';

function object(apiVersion: string, kind: string, spec: any, name = 'resnet'): any {
  return { apiVersion, kind, metadata: { name, namespace: 'ml-training' }, spec };
}

/** `path | expected | found` of the rules of a family: `mpi`, `velero`. */
function lines(manifest: any, family: string): string[] {
  return findingsIn([manifest]).filter(({ ruleId }) => ruleId.startsWith(`silent/${family}`)).map(({ path, expected, found }) => `${path} | ${expected} | ${found}`);
}

const pods = (name: string): any => ({ spec: { containers: [{ name, image: 'ghcr.io/acme/train:1.4.2' }] } });
const LAUNCHER = { replicas: 1, template: pods('launcher') };
const WORKER = { replicas: 4, template: pods('worker') };

describe('an MPIJob', () => {
  const mpiJob = (spec: any, name?: string): any => object('kubeflow.org/v2beta1', 'MPIJob', { mpiReplicaSpecs: { Launcher: LAUNCHER, Worker: WORKER }, ...spec }, name);

  test.each<[string, any, string[]]>([
    ['that is right', mpiJob({}), []],
    ['of a launcher alone', mpiJob({ mpiReplicaSpecs: { Launcher: LAUNCHER } }), []],
    ['with two launchers', mpiJob({ mpiReplicaSpecs: { Launcher: { ...LAUNCHER, replicas: 2 } } }), ['spec.mpiReplicaSpecs[Launcher].replicas | 1 | 2']],
    ['with no workers', mpiJob({ mpiReplicaSpecs: { Launcher: LAUNCHER, Worker: { ...WORKER, replicas: 0 } } }), ['spec.mpiReplicaSpecs[Worker].replicas | at least 1 | 0']],
    ['that restarts always', mpiJob({ mpiReplicaSpecs: { Launcher: { ...LAUNCHER, restartPolicy: 'Always' } } }),
      ['spec.mpiReplicaSpecs[Launcher].restartPolicy | Never or OnFailure | "Always"']],
    ['with a limit below zero', mpiJob({ runPolicy: { backoffLimit: -1 } }), ['spec.runPolicy.backoffLimit | at least 0 | -1']],
    ['with names that have just room', mpiJob({}, 'a'.repeat(54)), []],
    ['with names that have none', mpiJob({}, 'a'.repeat(55)), [`metadata.name | names of workers without dots, of at most 63 characters | "${'a'.repeat(55)}-worker-3"`]],
  ])('%s', (_, manifest, expected) => expect(lines(manifest, 'mpi')).toEqual(expected));
});

describe('a PyTorchJob', () => {
  const pytorchJob = (spec: any, replicas: any): any => object('kubeflow.org/v1', 'PyTorchJob', { ...spec, pytorchReplicaSpecs: replicas });
  const MASTER = { replicas: 1, template: pods('pytorch') };

  test.each<[string, any, string[]]>([
    ['that is right', pytorchJob({}, { Master: MASTER, Worker: { ...MASTER, replicas: 3 } }), []],
    ['with a role that is none', pytorchJob({}, { Master: MASTER, worker: MASTER }), ['spec.pytorchReplicaSpecs[worker] | Master or Worker | "worker"']],
    ['that is elastic without workers', pytorchJob({ elasticPolicy: { minReplicas: 1 } }, { Master: MASTER }),
      ['spec.pytorchReplicaSpecs[Worker] | workers beside an elasticPolicy | none']],
    ['with no workers', pytorchJob({}, { Worker: { ...MASTER, replicas: 0 } }), ['spec.pytorchReplicaSpecs[Worker].replicas | at least 1 | 0']],
    ['whose container has no image', pytorchJob({}, { Master: { replicas: 1, template: { spec: { containers: [{ name: 'pytorch' }] } } } }),
      ['spec.pytorchReplicaSpecs[Master].template.spec.containers[0].image | an image | none']],
  ])('%s', (_, manifest, expected) => expect(lines(manifest, 'pytorch')).toEqual(expected));
});

describe('a TrainJob that sets what its runtime sets', () => {
  const trainJob = (runtimeRef: any, command?: string[]): any =>
    object('trainer.kubeflow.org/v1alpha1', 'TrainJob', { runtimeRef, trainer: { command, env: [{ name: 'PET_NODE_RANK', value: '0' }] } });
  const runtime = (policy: any): any => ({
    ...object('trainer.kubeflow.org/v1alpha1', 'TrainingRuntime', { mlPolicy: policy, template: { spec: {} } }, 'ours'),
  });
  const outcomes = (...manifests: any[]): Outcome[] => findingsIn(manifests).filter(({ ruleId }) => ruleId === 'silent/train-job-env').map(({ outcome }) => outcome);
  const OURS = { kind: 'TrainingRuntime', name: 'ours' };

  test.each<[string, any[], Outcome[]]>([
    ['of PyTorch', [trainJob(OURS), runtime({ torch: {} })], [Outcome.VIOLATED]],
    ['of MPI', [trainJob(OURS), runtime({ mpi: {} })], []],
    ['that nobody knows', [trainJob(OURS)], [Outcome.UNRESOLVED]],
    ['that comes with the operator', [trainJob({ name: 'torch-distributed' })], [Outcome.VIOLATED]],
    ['of torchtune, which is told by arguments', [trainJob({ name: 'torchtune-llama3.2-1b' }, ['tune', 'run'])], []],
  ])('%s', (_, manifests, expected) => expect(outcomes(...manifests)).toEqual(expected));
});

describe('Velero', () => {
  const backup = (spec: any): any => object('velero.io/v1', 'Backup', spec);
  const schedule = (spec: any): any => object('velero.io/v1', 'Schedule', spec);
  const restore = (spec: any): any => object('velero.io/v1', 'Restore', spec);

  test.each<[string, any, string[]]>([
    ['a backup of everything', backup({}), []],
    ['a backup by two kinds of selector', backup({ labelSelector: { matchLabels: { app: 'a' } }, orLabelSelectors: [{ matchLabels: { app: 'b' } }] }),
      ['spec.orLabelSelectors | either labelSelector or orLabelSelectors | both']],
    ['a backup of what it leaves out', backup({ includedNamespaces: ['a', 'b'], excludedNamespaces: ['b'] }), ['spec.excludedNamespaces[0] | what is not in includedNamespaces | "b"']],
    ['a backup of all and some', backup({ includedNamespaces: ['*', 'b'] }), ['spec.includedNamespaces | * alone, or names alone | ["*","b"]']],
    ['a backup of nothing', backup({ excludedResources: ['*'] }), ['spec.excludedResources[0] | names: a backup without anything is none | "*"']],
    ['a schedule by name', schedule({ schedule: '@daily', template: {} }), []],
    ['a schedule without one', schedule({ schedule: '', template: {} }), ['spec.schedule | a schedule | ""']],
    ['a schedule of a backup that is wrong', schedule({ schedule: '0 2 * * *', template: { excludedNamespaces: ['*'] } }),
      ['spec.template.excludedNamespaces[0] | names: a backup without anything is none | "*"']],
    ['a restore of the last backup of a schedule', restore({ scheduleName: 'nightly', existingResourcePolicy: 'update' }), []],
    ['a restore of nothing', restore({}), ['spec.backupName | either backupName or scheduleName | neither']],
    ['a restore of nodes', restore({ backupName: 'a', includedResources: ['pods', 'nodes'] }), ['spec.includedResources[1] | resources that Velero restores | "nodes"']],
  ])('%s', (_, manifest, expected) => expect(lines(manifest, 'velero')).toEqual(expected));
});
