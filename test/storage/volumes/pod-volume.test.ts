import { Size } from 'cdk8s';
import { ConfigMap, PersistentVolumeClaim, Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { Mount, PodVolume } from '../../../lib';
import { chartIn, named } from '../../support/manifests';
import { train } from '../../support/training';

/** The volume and the mount that a mount becomes in a pod. */
function inPod(mount: Mount): { volume: any; mount: any } {
  const { pod, worker } = train({ volumes: [mount] });
  const { name, ...volume } = pod.volumes[1];
  return { volume, mount: { ...named(name as string, worker.volumeMounts), name: undefined } };
}

describe('a volume of a pod', () => {
  const chart = chartIn();

  test('is a claim', () => {
    const claim = { volume: { persistentVolumeClaim: { claimName: 'registry' } }, mount: { mountPath: '/registry' } };
    expect(inPod(PodVolume.fromClaimName('registry').at('/registry'))).toEqual(claim);
    expect(inPod(PodVolume.fromClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', 'registry')).at('/registry'))).toEqual(claim);
  });

  test('is a ConfigMap or a Secret, read-only', () => {
    expect(inPod(PodVolume.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'map', 'hyper')).at('/etc/hyper'))).toEqual({
      volume: { configMap: { name: 'hyper' } }, mount: { mountPath: '/etc/hyper', readOnly: true },
    });
    expect(inPod(PodVolume.fromSecret(Secret.fromSecretName(chart, 'secret', 'keys')).at('/keys'))).toEqual({
      volume: { secret: { secretName: 'keys' } }, mount: { mountPath: '/keys', readOnly: true },
    });
  });

  test('is scratch space, with a limit or without', () => {
    expect(inPod(PodVolume.scratch().at('/tmp'))).toEqual({ volume: { emptyDir: {} }, mount: { mountPath: '/tmp' } });
    expect(inPod(PodVolume.scratch({ sizeLimit: Size.gibibytes(10) }).at('/tmp')).volume).toEqual({ emptyDir: { sizeLimit: '10Gi' } });
  });

  test('is whatever the API has', () => {
    const source = { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: 'aws' } } };
    expect(inPod(PodVolume.fromWire(source).at('/secrets'))).toEqual({ volume: source, mount: { mountPath: '/secrets' } });
  });
});

describe('a mount', () => {
  test('is writable or not as the user says', () => {
    expect(inPod(PodVolume.fromClaimName('a').at('/a', { readOnly: true })).mount.readOnly).toBe(true);
    expect(inPod(PodVolume.fromSecret(Secret.fromSecretName(chartIn(), 's', 'keys')).at('/a', { readOnly: false })).mount).not.toHaveProperty('readOnly');
  });

  test('is of a directory of the volume as the user says', () => {
    expect(inPod(PodVolume.fromClaimName('a').at('/a', { subPath: 'models/v1' })).mount).toEqual({ mountPath: '/a', subPath: 'models/v1' });
  });

  test('shares one volume with other mounts of it', () => {
    const volume = PodVolume.fromClaimName('registry');
    const { pod, worker } = train({ volumes: [volume.at('/in', { readOnly: true }), volume.at('/out', { subPath: 'out' })] });
    expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual(['shared-memory', 'registry']);
    expect(worker.volumeMounts.slice(1)).toEqual([
      { name: 'registry', mountPath: '/in', readOnly: true }, { name: 'registry', mountPath: '/out', subPath: 'out' },
    ]);
  });

  test('says where it is and whether it can be written', () => {
    const mount = PodVolume.scratch().at('/tmp', { readOnly: true });
    expect([mount.path, mount.readOnly]).toEqual(['/tmp', true]);
    expect(PodVolume.scratch().at('/tmp').readOnly).toBe(false);
  });
});
