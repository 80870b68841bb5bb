import { ManifestChecker, MlApp, Outcome } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { HorovodChart } from './chart';

const manifests: any[] = new HorovodChart(new MlApp(), 'horovod-mpijob').toJson();
const { spec } = manifests.find(({ kind }) => kind === 'MPIJob');
const [launcher] = spec.mpiReplicaSpecs.Launcher.template.spec.containers;
const [worker] = spec.mpiReplicaSpecs.Worker.template.spec.containers;

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('it makes the objects of the scenario and no others', () => {
  expect(manifests.map(({ kind }) => kind).sort()).toEqual(
    ['MPIJob', 'PersistentVolume', 'PersistentVolumeClaim', 'PersistentVolumeClaim', 'StorageClass']);
});

test('no rule is violated', () => {
  const violated = new ManifestChecker().check(manifests).findings.filter(({ outcome }) => outcome === Outcome.VIOLATED);
  expect(violated).toEqual([]);
});

test('one launcher starts all processes, and the workers wait for it', () => {
  expect([...launcher.command, ...launcher.args].slice(0, 3)).toEqual(['mpirun', '-np', '32']);
  expect([spec.mpiReplicaSpecs.Launcher.replicas, spec.mpiReplicaSpecs.Worker.replicas, spec.slotsPerWorker]).toEqual([1, 4, 8]);
  expect(worker.command[0]).toBe('/usr/sbin/sshd');
});

test('the variables of the job reach the processes', () => {
  for (const name of ['HOROVOD_FUSION_THRESHOLD', 'NCCL_DEBUG']) {
    expect(launcher.args[launcher.args.indexOf(name) - 1]).toBe('-x');
    expect(launcher.env.map((variable: any) => variable.name)).toContain(name);
  }
});
