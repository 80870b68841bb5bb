import { Size, Yaml } from 'cdk8s';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatasetSource, Nfs, NodeCache, NodeCacheProps, SharedDataset } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, named, the } from '../../support/manifests';
import { Outcome, Sandbox } from '../../support/shell';
import { SHARED, train } from '../../support/training';

const PLACE = { hostPath: '/mnt/nvme/', acceptNodeLocalAndUnrestricted: true, nodeSelector: { 'nvidia.com/gpu.present': 'true' } };
const SOURCE = DatasetSource.http([{ url: 'https://example.com/data.tar' }]);

function cached(props: Partial<NodeCacheProps> = {}, source: DatasetSource | undefined = SOURCE) {
  const chart = chartIn();
  const dataset = new SharedDataset(chart, 'imagenet', { tier: SHARED, size: Size.gibibytes(100), source });
  const cache = new NodeCache(chart, 'cache', { dataset, ...PLACE, ...props });
  const daemon = the('DaemonSet', manifestsOf(chart));
  return { dataset, cache, daemon, pod: daemon.spec.template.spec };
}

describe('a cache on nodes', () => {
  const { dataset, cache, daemon, pod } = cached();
  const copy = named('copy', pod.initContainers);

  test('is a DaemonSet on the chosen nodes, those with tainted GPUs among them', () => {
    expect(daemon.spec.selector.matchLabels).toEqual(daemon.spec.template.metadata.labels);
    expect(pod.nodeSelector).toEqual({ 'nvidia.com/gpu.present': 'true' });
    expect(pod.tolerations).toContainEqual({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' });
    expect(daemon.spec.updateStrategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '25%' } });
  });

  test('waits for the loader, copies, and then only keeps its place', () => {
    expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['wait-for-imagenet', 'copy']);
    expect(pod.containers).toHaveLength(1);
    expect(pod.containers[0]).toMatchObject({ image: 'registry.k8s.io/pause:3.10', command: ['/pause'], resources: { limits: { memory: '16Mi' } } });
    expect(pod.containers[0].volumeMounts).toBeUndefined();
  });

  test('takes images in fixed versions, with what the scripts need', () => {
    for (const { image } of pod.initContainers) expect(image).toBe('docker.io/library/busybox:1.37.0');
  });

  test('needs the disk to be there, and reads the dataset only', () => {
    expect(named('disk', pod.volumes).hostPath).toEqual({ path: '/mnt/nvme/', type: 'Directory' });
    expect(copy.volumeMounts).toEqual([
      { name: 'imagenet', mountPath: '/source', readOnly: true }, { name: 'disk', mountPath: '/cache' }, { name: 'scratch', mountPath: '/node-space', readOnly: true },
    ]);
    expect(copy.resources).toEqual({ limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '512Mi' } });
  });

  test('is read-only for those who read, who wait until their node has all of it', () => {
    const reading = train({ datasets: [cache.at('/data')] });
    const volume = named('cache', reading.pod.volumes);
    expect(volume.hostPath).toEqual({ path: expect.stringMatching(new RegExp(`^/mnt/nvme/${dataset.claimName}-[0-9a-f]{8}$`)), type: 'Directory' });
    expect(volume.hostPath.path).toBe(`/mnt/nvme/${copy.args[3]}`);
    expect(reading.worker.volumeMounts).toContainEqual({ name: 'cache', mountPath: '/data', readOnly: true });
    expect(named('wait-for-cache', reading.pod.initContainers).command.at(-1)).toBe('/data/.copied');
  });

  test('keeps another revision in another directory', () => {
    const other = cached({}, DatasetSource.http([{ url: 'https://example.com/data.tar' }], { revision: 'v2' }));
    expect(named('copy', other.pod.initContainers).args[3]).not.toBe(copy.args[3]);
  });

  test('is written as it was', () => {
    expect(Yaml.stringify(daemon)).toMatchSnapshot();
  });
});

test('a cache of a dataset on NFS reads its claim, and only reads', () => {
  const chart = chartIn();
  const dataset = SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: Nfs.existing('10.0.0.5', '/export'), size: Size.gibibytes(100) });
  new NodeCache(chart, 'cache', { dataset, ...PLACE });
  const pod = the('DaemonSet', manifestsOf(chart)).spec.template.spec;
  expect(named('imagenet', pod.volumes)).toEqual({ name: 'imagenet', persistentVolumeClaim: { claimName: dataset.claimName, readOnly: true } });
  expect(named('copy', pod.initContainers).volumeMounts[0]).toEqual({ name: 'imagenet', mountPath: '/source', readOnly: true });
  // nothing loads it, so nothing is waited for
  expect(pod.initContainers).toHaveLength(1);
});

test('a cache takes what else the nodes are tainted with, and another image and user', () => {
  const { pod } = cached({ tolerations: [{ key: 'dedicated', value: 'ml', effect: 'NoExecute' }], image: 'ghcr.io/acme/tools:2.1', runAsUser: 1000 });
  expect(pod.tolerations).toContainEqual({ key: 'dedicated', operator: 'Equal', value: 'ml', effect: 'NoExecute' });
  expect(named('copy', pod.initContainers).image).toBe('ghcr.io/acme/tools:2.1');
  expect(pod.securityContext).toMatchObject({ runAsUser: 1000, runAsNonRoot: true });
});

test('a cache is refused for each thing that cannot work', () => {
  expect(errorsOf(() => cached({
    acceptNodeLocalAndUnrestricted: false, hostPath: '/mnt/../etc', nodeSelector: {}, memory: Size.gibibytes(0), runAsUser: -1,
  }))).toEqual([
    'sec/host-path | acceptNodeLocalAndUnrestricted: expected true: the copy stays on one node, and a namespace with the baseline standard refuses the pods, found false | use copiedTo() of the dataset, or set it to true',
    'api/host-path | hostPath: expected an absolute path below `/`, without `..`, found "/mnt/../etc" | name where the disk is mounted, as /mnt/nvme',
    "props/required | nodeSelector: expected a label of the nodes that have the disk, found none, so every node | name it, as { 'nvidia.com/gpu.present': 'true' }",
    'api/quantity | memory: expected a size above 0, found 0 | set `memory`, or leave it out',
    'api/user-id | runAsUser: expected a whole number from 0 to 2147483647, found -1 | set `runAsUser`, or leave it out',
  ]);
});

describe('the script of a cache', () => {
  let sandbox: Sandbox;
  const at = (name: string): string => join(sandbox.volume, name);
  beforeEach(() => {
    sandbox = new Sandbox();
    for (const name of ['disk', 'space', 'from']) mkdirSync(at(name));
    writeFileSync(join(at('from'), 'a'), 'a');
  });
  afterEach(() => sandbox.remove());

  const run = (ownDisk = true): Promise<Outcome> => {
    const copy = named('copy', cached({ ownDisk }).pod.initContainers);
    return sandbox.run({ ...copy, args: [at('disk'), copy.args[1] && at('space'), at('from'), 'imagenet', '.copied'] }, '/none');
  };

  test('copies into a directory of its own, and then does nothing', async () => {
    sandbox.stub('stat', 'echo "$n"');
    expect((await run()).status).toBe(0);
    expect(sandbox.names().filter(name => name.startsWith('disk/'))).toEqual(['disk/imagenet', 'disk/imagenet/.copied', 'disk/imagenet/a']);
    expect((await run()).stdout).toBe(`${at('disk')}/imagenet is complete\n`);
  });

  test('does not fill the root disk where the fast one is not mounted', async () => {
    const { status, stderr } = await run();
    expect(status).toBe(1);
    expect(stderr).toBe('no disk of its own is mounted at the hostPath of this cache\n');
    expect(sandbox.names().filter(name => name.startsWith('disk/'))).toEqual([]);
  });

  test('takes any directory where that is wanted', async () => {
    expect((await run(false)).status).toBe(0);
    expect(sandbox.has('disk/imagenet/.copied')).toBe(true);
  });
});
