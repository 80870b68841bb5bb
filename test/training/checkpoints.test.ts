import { Size } from 'cdk8s';
import { keepAnnotations } from '../../lib/storage/tiers/durability';
import { describe, expect, test } from 'vitest';
import { CheckpointVolume, ClaimRetention, Durability, Engine, KubernetesVersion, LocalVolumes } from '../../lib';
import { envOf, named, the } from '../support/manifests';
import { CHECKPOINTS, DISK, ENGINES, SHARED, train } from '../support/training';

const SIZE = { size: Size.gibibytes(500), path: '/checkpoints' };

describe('a claim for each worker', () => {
  const { workload, pod, worker } = train({ checkpoints: CHECKPOINTS.perWorker() });

  test('is a template with all that the API server would add, so that nothing drifts', () => {
    expect(workload.spec.volumeClaimTemplates).toEqual([{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'checkpoints' },
      spec: {
        accessModes: ['ReadWriteOncePod'],
        resources: { requests: { storage: '500Gi' } },
        storageClassName: 'disk',
        volumeMode: 'Filesystem',
      },
    }]);
  });

  test('is mounted by the name of its template', () => {
    expect(named('checkpoints', worker.volumeMounts)).toEqual({ name: 'checkpoints', mountPath: '/checkpoints' });
    expect(pod.volumes.map((volume: { name: string }) => volume.name)).toEqual(['shared-memory']);
  });

  test('stays when the StatefulSet goes or shrinks', () => {
    expect(workload.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  });

  test('goes when it is told to', () => {
    const checkpoints = CheckpointVolume.perWorker({
      tier: DISK, ...SIZE, whenDeleted: ClaimRetention.DELETE, whenScaled: ClaimRetention.DELETE,
    });
    expect(train({ checkpoints }).workload.spec.persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Delete' });
  });

  test('has the name that it is given', () => {
    const checkpoints = CheckpointVolume.perWorker({ tier: DISK, ...SIZE, name: 'ckpt' });
    const { workload: other, worker: container, job } = train({ workers: 2, checkpoints });
    expect(other.spec.volumeClaimTemplates[0].metadata.name).toBe('ckpt');
    expect(named('ckpt', container.volumeMounts).mountPath).toBe('/checkpoints');
    expect(job.checkpointClaims).toEqual(['ckpt-train-0', 'ckpt-train-1']);
  });

  test.each(Object.values(KubernetesVersion))('is for one pod alone where the target can say so (%s)', target => {
    const { spec } = train({ checkpoints: CHECKPOINTS.perWorker() }, { target }).workload.spec.volumeClaimTemplates[0];
    expect(spec.accessModes).toEqual([['1.27', '1.28'].includes(target) ? 'ReadWriteOnce' : 'ReadWriteOncePod']);
  });

  test('is for one node where the driver cannot hold others off', () => {
    const tier = { className: 'nvme', backend: LocalVolumes.preProvisioned() };
    const { spec } = train({ checkpoints: CheckpointVolume.perWorker({ tier, ...SIZE }) }).workload.spec.volumeClaimTemplates[0];
    expect(spec.accessModes).toEqual(['ReadWriteOnce']);
  });
});

describe.each(ENGINES.map(engine => [engine.name, engine] as const))('one claim for all workers of a %s', (_, engine) => {
  const { manifests, pod, worker } = train({ engine, checkpoints: CHECKPOINTS.shared() });

  test('can be written from many nodes', () => {
    expect(the('PersistentVolumeClaim', manifests)).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'train-checkpoints', namespace: 'ml-training', annotations: keepAnnotations(Durability.PRECIOUS) },
      spec: {
        accessModes: ['ReadWriteMany'],
        resources: { requests: { storage: '500Gi' } },
        storageClassName: 'shared',
        volumeMode: 'Filesystem',
      },
    });
    expect(named('checkpoints', pod.volumes)).toEqual({ name: 'checkpoints', persistentVolumeClaim: { claimName: 'train-checkpoints' } });
  });

  test('shows each worker a directory of its own', () => {
    expect(named('checkpoints', worker.volumeMounts)).toEqual({
      name: 'checkpoints', mountPath: '/checkpoints', subPathExpr: 'rank-$(PET_NODE_RANK)',
    });
    expect(envOf(worker)).toHaveProperty('PET_NODE_RANK');
  });

  test('shows all of them the whole of it when told to', () => {
    const checkpoints = CheckpointVolume.shared({ tier: SHARED, ...SIZE, directoryPerWorker: false });
    expect(named('checkpoints', train({ engine, checkpoints }).worker.volumeMounts)).toEqual({ name: 'checkpoints', mountPath: '/checkpoints' });
  });
});

describe('one claim for the only worker', () => {
  const checkpoints = CheckpointVolume.shared({ tier: DISK, ...SIZE });

  test.each([['1.27', 'ReadWriteOnce'], ['1.33', 'ReadWriteOncePod']])('may be on a disk of its node (%s)', (target, mode) => {
    const { job, manifests } = train({ workers: 1, checkpoints }, { target: target as KubernetesVersion });
    expect(job.engine.name).toBe('Indexed Job');
    expect(the('PersistentVolumeClaim', manifests).spec).toMatchObject({ accessModes: [mode], storageClassName: 'disk' });
  });
});

describe('a directory for each worker before Kubernetes 1.28', () => {
  test('is named after the pod in a StatefulSet, whose rank only the shell knows', () => {
    const { worker } = train({ engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.shared() }, { target: KubernetesVersion.V1_27 });
    expect(named('checkpoints', worker.volumeMounts).subPathExpr).toBe('$(CDK8S_ML_POD_NAME)');
    expect(envOf(worker).CDK8S_ML_POD_NAME).toEqual({ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } });
  });

  test('does not depend on what the user calls POD_NAME', () => {
    const { worker } = train({
      engine: Engine.statefulSet(), checkpoints: CHECKPOINTS.shared(), env: { POD_NAME: 'same-for-all' },
    }, { target: KubernetesVersion.V1_27 });
    const names = (worker.env as { name: string }[]).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(named('checkpoints', worker.volumeMounts).subPathExpr).not.toContain('$(POD_NAME)');
  });

  test('is named after the rank in an Indexed Job, whose pods have random names', () => {
    const { worker } = train({ engine: Engine.indexedJob(), checkpoints: CHECKPOINTS.shared() }, { target: KubernetesVersion.V1_27 });
    expect(named('checkpoints', worker.volumeMounts).subPathExpr).toBe('rank-$(PET_NODE_RANK)');
  });
});

describe('a claim that exists', () => {
  test('is mounted with a directory for each worker', () => {
    const { pod, worker } = train(chart => ({ checkpoints: CHECKPOINTS.existing(chart) }));
    expect(named('checkpoints', pod.volumes).persistentVolumeClaim).toEqual({ claimName: 'team-checkpoints' });
    expect(named('checkpoints', worker.volumeMounts).subPathExpr).toBe('rank-$(PET_NODE_RANK)');
  });
});
