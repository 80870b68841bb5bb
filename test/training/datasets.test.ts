import { Chart, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsEfs, DatasetSource, PodVolume, SharedDataset } from '../../lib';
import { named } from '../support/manifests';
import { SHARED, train } from '../support/training';

const there = (chart: Chart, id = 'imagenet'): SharedDataset => SharedDataset.onFileSystem(chart, id, {
  fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(2),
});
const loaded = (chart: Chart, id = 'imagenet'): SharedDataset => new SharedDataset(chart, id, {
  tier: SHARED,
  size: Size.tebibytes(2),
  source: DatasetSource.http([{ url: 'https://example.com/data.tar' }]),
});

describe('a dataset in a job', () => {
  test('is read-only at the volume and at the mount', () => {
    const { pod, worker } = train(chart => ({ datasets: [there(chart).at('/data')] }));
    expect(named('imagenet', pod.volumes).persistentVolumeClaim.readOnly).toBe(true);
    expect(named('imagenet', worker.volumeMounts)).toEqual({ name: 'imagenet', mountPath: '/data', readOnly: true });
  });

  test('is one volume, wherever it is mounted', () => {
    const { pod, worker } = train(chart => {
      const dataset = there(chart);
      return { datasets: [dataset.at('/data'), dataset.at('/more')] };
    });
    expect(pod.volumes.map((volume: { name: string }) => volume.name)).toEqual(['shared-memory', 'imagenet']);
    expect(worker.volumeMounts.map((mount: { mountPath: string }) => mount.mountPath)).toEqual(['/dev/shm', '/data', '/more']);
  });
});

describe('workers wait', () => {
  test('for a dataset that a loader fills, by its marker', () => {
    const { manifests, pod } = train(chart => ({ datasets: [loaded(chart).at('/data')] }));
    const loader = manifests.find(({ metadata }) => /-load-/.test(metadata.name as string))!;
    const [marker] = loader.spec.template.spec.containers[0].args as string[];
    expect(pod.initContainers).toEqual([{
      name: 'wait-for-imagenet',
      image: 'ghcr.io/acme/train:1.4.2',
      imagePullPolicy: 'IfNotPresent',
      command: ['/bin/sh', '-c', 'until [ -e "$1" ]; do echo "waiting for $1"; sleep 10; done', 'gate', `/data/${marker}`],
      env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }],
      resources: { limits: { memory: '64Mi' }, requests: { cpu: '10m', memory: '64Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      volumeMounts: [{ name: 'imagenet', mountPath: '/data', readOnly: true }],
    }]);
  });

  test('for nothing where the content is there', () => {
    expect(train(chart => ({ datasets: [there(chart).at('/data')] })).pod).not.toHaveProperty('initContainers');
  });

  test('once for a dataset that is mounted twice', () => {
    const { pod } = train(chart => {
      const dataset = loaded(chart);
      return { datasets: [dataset.at('/data'), dataset.at('/more')] };
    });
    expect(pod.initContainers).toHaveLength(1);
  });

  test('for each of several, in order, and not for other volumes', () => {
    const { pod } = train(chart => ({
      datasets: [there(chart, 'there').at('/there'), loaded(chart, 'b').at('/b'), loaded(chart, 'a').at('/a')],
      volumes: [PodVolume.fromSecret(Secret.fromSecretName(chart, 'secret', 'keys')).at('/keys')],
    }));
    expect(pod.initContainers.map(({ name }: { name: string }) => name)).toEqual(['wait-for-b', 'wait-for-a']);
  });

  test('for each of two whose long names begin alike', () => {
    const id = 'common-crawl-'.repeat(6);
    const { pod } = train(chart => {
      const inner = new Chart(chart, 'inner', { namespace: 'ml-training' });
      return { datasets: [loaded(chart, id).at('/a'), loaded(inner, id).at('/b')] };
    });
    const gates = pod.initContainers as { name: string; command: string[] }[];
    expect(new Set(gates.map(({ name }) => name)).size).toBe(2);
    expect(gates.every(({ name }) => name.length <= 63)).toBe(true);
    expect(gates.map(({ command }) => command[4].slice(0, 3))).toEqual(['/a/', '/b/']);
  });
});
