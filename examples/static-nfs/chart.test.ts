import { MlApp } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { StaticNfsChart } from './chart';

const manifests: any[] = new StaticNfsChart(new MlApp(), 'static-nfs').toJson();
const find = (kind: string) => manifests.find(manifest => manifest.kind === kind);
const [volume, claim] = [find('PersistentVolume'), find('PersistentVolumeClaim')];

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('volume and claim are tied to each other, and no class comes between them', () => {
  expect(volume.spec.claimRef).toEqual({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: claim.metadata.name, namespace: 'ml-training' });
  expect(claim.spec.volumeName).toBe(volume.metadata.name);
  expect([volume.spec.storageClassName, claim.spec.storageClassName]).toEqual(['', '']);
});

test('the mount waits for the server, and nobody writes', () => {
  expect(volume.spec.mountOptions).toContain('hard');
  expect([volume.spec.accessModes, claim.spec.accessModes]).toEqual([['ReadOnlyMany'], ['ReadOnlyMany']]);
  const { containers: [worker], volumes } = find('Job').spec.template.spec;
  expect(volumes).toContainEqual({ name: 'imagenet', persistentVolumeClaim: { claimName: claim.metadata.name, readOnly: true } });
  expect(worker.volumeMounts).toContainEqual({ name: 'imagenet', mountPath: '/data', readOnly: true });
});

test('what has no source stays when its release goes', () => {
  expect(volume.spec.persistentVolumeReclaimPolicy).toBe('Retain');
  for (const { metadata } of [volume, claim]) expect(metadata.annotations['helm.sh/resource-policy']).toBe('keep');
});
