import { Chart, Size } from 'cdk8s';
import { Deployment, PersistentVolumeClaim, Pod, StatefulSet, Service, Volume } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsEbs, AwsEfs, ModelRegistry, Nfs, SharedDataset, StorageClaim, StorageTier } from '../../../lib';
import { chartIn, manifestsOf, the } from '../../support/manifests';

/** What a workload of cdk8s-plus mounts: a claim of ours by its name. */
function volumeOf(chart: Chart, id: string, claimName: string, readOnly = false): Volume {
  return Volume.fromPersistentVolumeClaim(chart, `${id}-volume`, PersistentVolumeClaim.fromClaimName(chart, `${id}-claim`, claimName), { readOnly });
}

function registryIn(chart: Chart): ModelRegistry {
  const shared = new StorageTier(chart, 'shared', { backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) });
  return new ModelRegistry(chart, 'registry', { tier: shared, size: Size.gibibytes(500) });
}

describe('claims of the library in workloads of cdk8s-plus', () => {
  test('five replicas serve the models of a registry, read-only, with a cache in memory', () => {
    const chart = chartIn();
    const registry = registryIn(chart);
    const serving = new Deployment(chart, 'serving', { replicas: 5 });
    const server = serving.addContainer({ image: 'ghcr.io/acme/server:2.1.0', portNumber: 8080 });
    server.mount('/models', volumeOf(chart, 'models', registry.claimName, true), { readOnly: true });
    server.mount('/cache', Volume.fromEmptyDir(chart, 'cache', 'cache', { sizeLimit: Size.gibibytes(4) }));

    const { replicas, template: { spec: pod } } = the('Deployment', manifestsOf(chart)).spec;
    const [models] = pod.volumes.filter((volume: any) => volume.persistentVolumeClaim);
    expect(replicas).toBe(5);
    expect(models.persistentVolumeClaim).toEqual({ claimName: registry.claimName, readOnly: true });
    expect(pod.containers[0].volumeMounts).toContainEqual({ mountPath: '/models', name: models.name, readOnly: true });
  });

  test('a single server reads models that lie on an NFS server', () => {
    const chart = chartIn();
    const models = SharedDataset.onFileSystem(chart, 'models', { fileSystem: Nfs.existing('10.0.0.5', '/export/models'), size: Size.tebibytes(1) });
    new Pod(chart, 'server').addContainer({ image: 'ghcr.io/acme/server:2.1.0' })
      .mount('/models', volumeOf(chart, 'models', models.claimName, true), { readOnly: true });

    const manifests = manifestsOf(chart);
    expect(the('Pod', manifests).spec.volumes[0].persistentVolumeClaim).toEqual({ claimName: models.claimName, readOnly: true });
    expect(the('PersistentVolumeClaim', manifests).spec.accessModes).toEqual(['ReadOnlyMany']);
  });

  test('a vector database has a disk of its own', () => {
    const chart = chartIn();
    const disk = new StorageTier(chart, 'disk', { backend: AwsEbs.gp3() });
    const claim = new StorageClaim(chart, 'vectors', { tier: disk, size: Size.gibibytes(100) });
    const database = new StatefulSet(chart, 'database', { replicas: 1, service: new Service(chart, 'service', { ports: [{ port: 6333 }] }) });
    database.addContainer({ image: 'ghcr.io/acme/vectors:1.12.0', portNumber: 6333 }).mount('/data', volumeOf(chart, 'data', claim.claimName));

    const manifests = manifestsOf(chart);
    expect(the('StatefulSet', manifests).spec.template.spec.volumes[0].persistentVolumeClaim.claimName).toBe(claim.claimName);
    expect(the('PersistentVolumeClaim', manifests).spec.accessModes).toEqual(['ReadWriteOncePod']);
  });
});
