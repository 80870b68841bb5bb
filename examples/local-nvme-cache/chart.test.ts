import { MlApp } from 'cdk8s-ml';
import { expect, test } from 'vitest';
import { LocalNvmeChart } from './chart';

const manifests: any[] = new LocalNvmeChart(new MlApp(), 'local-nvme-cache').toJson();
const podOf = (kind: string, container: string) => manifests
  .filter(manifest => manifest.kind === kind)
  .map(({ spec }) => spec.template.spec)
  .find(({ initContainers }) => initContainers?.some(({ name }: any) => name === container));

test('the manifests are what they were', () => {
  expect(manifests).toMatchSnapshot();
});

test('each detector copies the dataset to the disk of its node, and asks for the space', () => {
  const pod = podOf('Job', 'copy-coco-copy');
  expect(pod.volumes).toContainEqual({ name: 'coco-copy', emptyDir: { sizeLimit: '60Gi' } });
  expect(pod.containers[0].resources.requests['ephemeral-storage']).toBe('60Gi');
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'coco-copy', mountPath: '/data', readOnly: true });
});

test('all segmenters of a node read one copy, where there is one', () => {
  const [cache, pod] = [podOf('DaemonSet', 'copy'), podOf('Job', 'wait-for-cache')];
  expect(pod.nodeSelector).toEqual(cache.nodeSelector);
  expect(pod.volumes.find(({ name }: any) => name === 'cache').hostPath.path).toMatch(/^\/mnt\/nvme\//);
  expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'cache', mountPath: '/data', readOnly: true });
});

test('both wait for the loader', () => {
  for (const pod of [podOf('Job', 'copy-coco-copy'), podOf('DaemonSet', 'copy')]) expect(pod.initContainers[0].name).toBe('wait-for-coco');
});
