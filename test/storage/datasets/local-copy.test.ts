import { Size } from 'cdk8s';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AwsEbs, DatasetSource, Durability, IStorageTier, LocalVolumes, SharedDataset, TopoLvm } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { named } from '../../support/manifests';
import { Outcome, Sandbox } from '../../support/shell';
import { SHARED, train } from '../../support/training';

const SIZE = Size.gibibytes(100);
const SCRATCH: IStorageTier = { className: 'scratch', backend: AwsEbs.gp3(), durability: Durability.SCRATCH };
const SOURCE = DatasetSource.http([{ url: 'https://example.com/data.tar' }]);

const trained = (options = { sizeLimit: SIZE } as { sizeLimit?: Size; tier?: IStorageTier }, source?: DatasetSource) =>
  train(chart => ({ datasets: [new SharedDataset(chart, 'imagenet', { tier: SHARED, size: SIZE, source }).copiedTo('/data', options)] }));

describe('a copy on the disk of the node', () => {
  const { pod, worker } = trained();
  const copy = named('copy-imagenet-copy', pod.initContainers);

  test('is made before training starts, by the image of the job, without its GPUs', () => {
    expect(copy.image).toBe(worker.image);
    expect(copy.env).toEqual([{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }]);
    expect(copy.args).toEqual(['/cdk8s-ml/source', '/data', '.copied']);
  });

  test('reads the dataset, which the training does not even see', () => {
    expect(copy.volumeMounts).toEqual([{ name: 'imagenet', mountPath: '/cdk8s-ml/source', readOnly: true }, { name: 'imagenet-copy', mountPath: '/data' }]);
    expect(worker.volumeMounts).toContainEqual({ name: 'imagenet-copy', mountPath: '/data', readOnly: true });
    expect(worker.volumeMounts.map(({ name }: any) => name)).not.toContain('imagenet');
    expect(named('imagenet', pod.volumes).persistentVolumeClaim.readOnly).toBe(true);
  });

  test('has a limit, and the pod asks for as much', () => {
    expect(named('imagenet-copy', pod.volumes).emptyDir).toEqual({ sizeLimit: '100Gi' });
    expect(worker.resources.requests['ephemeral-storage']).toBe('100Gi');
  });

  test('waits for the loader first', () => {
    const names = trained({ sizeLimit: SIZE }, SOURCE).pod.initContainers.map(({ name }: any) => name);
    expect(names).toEqual(['wait-for-imagenet', 'copy-imagenet-copy']);
  });
});

test('a copy on a volume of a tier asks for no space of the node', () => {
  const { pod, worker } = trained({ sizeLimit: SIZE, tier: SCRATCH });
  expect(named('imagenet-copy', pod.volumes).ephemeral.volumeClaimTemplate.spec).toMatchObject({
    accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } }, storageClassName: 'scratch',
  });
  expect(worker.resources.requests).not.toHaveProperty('ephemeral-storage');
});

test.each([
  ['TopoLVM', TopoLvm.deviceClass({ deviceClass: 'nvme' })], ['disks made by hand', LocalVolumes.preProvisioned()], ['a directory', LocalVolumes.localPath()],
])('a copy on %s is on a claim of each pod, on the disk of its node', (_, backend) => {
  const { pod, worker } = trained({ sizeLimit: SIZE, tier: { className: 'nvme', backend, durability: Durability.SCRATCH } });
  const volume = named('imagenet-copy', pod.volumes);
  expect(Object.keys(volume).sort()).toEqual(['ephemeral', 'name']);
  expect(volume.ephemeral.volumeClaimTemplate.spec).toEqual({
    accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '100Gi' } }, storageClassName: 'nvme', volumeMode: 'Filesystem',
  });
  expect(named('copy-imagenet-copy', pod.initContainers).volumeMounts).toContainEqual({ name: 'imagenet-copy', mountPath: '/data' });
  expect(worker.volumeMounts).toContainEqual({ name: 'imagenet-copy', mountPath: '/data', readOnly: true });
});

describe('a copy is refused', () => {
  test('without a limit, where the size of the dataset says nothing', () => {
    expect(errorsOf(() => trained({}))).toEqual([
      'props/required | sizeLimit: expected a limit: a pod that asks for no disk is placed where it does not fit, and evicted, found none, and a size of 100Gi that holds nobody to it | set `sizeLimit` above what the dataset takes, as Size.gibibytes(200)',
    ]);
  });

  test('with a limit of nothing', () => {
    expect(errorsOf(() => trained({ sizeLimit: Size.gibibytes(0) }))).toEqual([
      'api/quantity | sizeLimit: expected a size above 0, found 0 | set `sizeLimit`, as Size.gibibytes(200)',
    ]);
  });
});

describe('the script that copies', () => {
  let sandbox: Sandbox;
  let from: string;
  let to: string;
  beforeEach(() => {
    sandbox = new Sandbox();
    [from, to] = [join(sandbox.volume, 'from'), join(sandbox.volume, 'to')];
    mkdirSync(from);
    mkdirSync(to);
  });
  afterEach(() => sandbox.remove());

  const run = (): Promise<Outcome> => {
    const copy = named('copy-imagenet-copy', trained().pod.initContainers);
    return sandbox.run({ ...copy, args: [from, to, copy.args[2]] }, '/none');
  };

  test('copies directories, hidden files and links, and writes the marker', async () => {
    mkdirSync(join(from, 'train set'));
    writeFileSync(join(from, 'train set', 'a *'), 'a');
    writeFileSync(join(from, '.index'), 'index');
    symlinkSync('.index', join(from, 'link'));
    const { status, stdout } = await run();
    expect(status).toBe(0);
    expect(stdout).toMatch(/ is complete, copied in \d+ s\n$/);
    expect(sandbox.names().filter(name => name.startsWith('to/'))).toEqual(['to/.copied', 'to/.index', 'to/link', 'to/train set', 'to/train set/a *']);
    expect(sandbox.read('to/link')).toBe('index');
  });

  test('copies an empty dataset, and leaves what belongs to the file system', async () => {
    mkdirSync(join(from, 'lost+found'));
    mkdirSync(join(from, '.snapshot'));
    expect((await run()).status).toBe(0);
    expect(sandbox.names().filter(name => name.startsWith('to/'))).toEqual(['to/.copied']);
  });

  test('does nothing when the copy is complete', async () => {
    writeFileSync(join(from, 'a'), 'first');
    await run();
    writeFileSync(join(from, 'a'), 'second');
    expect((await run()).stdout).toBe(`${to} is complete\n`);
    expect(sandbox.read('to/a')).toBe('first');
  });

  test('leaves no marker when it fails, and writes over what a broken copy left', async () => {
    writeFileSync(join(from, 'a'), 'whole', { mode: 0o444 });
    writeFileSync(join(to, 'a'), 'wh', { mode: 0o444 });
    chmodSync(join(to, 'a'), 0o444);
    sandbox.stub('cp', '[ "$n" -ne 1 ] || exit 1; exec /bin/cp "$@"');
    expect((await run()).status).toBe(1);
    expect(sandbox.has('to/.copied')).toBe(false);
    expect((await run()).status).toBe(0);
    expect(sandbox.read('to/a')).toBe('whole');
  });

  test('fails where the source is not there', async () => {
    rmSync(from, { recursive: true });
    const { status } = await run();
    expect(status).not.toBe(0);
    expect(sandbox.has('to/.copied')).toBe(false);
  });
});
