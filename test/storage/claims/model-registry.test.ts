import { Size } from 'cdk8s';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AzureBlob, Durability, IStorageTier, ModelRegistry } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, named, the } from '../../support/manifests';
import { Outcome, Sandbox } from '../../support/shell';
import { DISK, SHARED, train } from '../../support/training';

const SIZE = Size.gibibytes(500);
const registryOf = (tier: IStorageTier = SHARED): ModelRegistry => new ModelRegistry(chartIn(), 'models', { tier, size: SIZE });

describe('a registry', () => {
  test('is a claim that many nodes write, and that stays when its release goes', () => {
    const chart = chartIn();
    const registry = new ModelRegistry(chart, 'models', { tier: SHARED, size: SIZE });
    const claim = the('PersistentVolumeClaim', manifestsOf(chart));
    expect(claim.spec).toEqual({
      accessModes: ['ReadWriteMany'], resources: { requests: { storage: '500Gi' } }, storageClassName: 'shared', volumeMode: 'Filesystem',
    });
    expect(claim.metadata.annotations['helm.sh/resource-policy']).toBe('keep');
    expect(registry).toMatchObject({ claimName: claim.metadata.name, tier: SHARED, size: SIZE, block: false });
    expect(registry.durability).toBe(Durability.PRECIOUS);
    expect(registry.cloneSource._ref).toEqual({ kind: 'PersistentVolumeClaim', name: registry.claimName });
  });

  test('is written by those who train and only read by those who serve', () => {
    const registry = registryOf();
    const writing = train({ volumes: [registry.at('/registry')] });
    expect(named('models', writing.pod.volumes).persistentVolumeClaim).toEqual({ claimName: registry.claimName });
    expect(writing.worker.volumeMounts).toContainEqual({ name: 'models', mountPath: '/registry' });
    const serving = train({ volumes: [registry.readOnlyAt('/models')] });
    expect(named('models', serving.pod.volumes).persistentVolumeClaim).toEqual({ claimName: registry.claimName, readOnly: true });
    expect(serving.worker.volumeMounts).toContainEqual({ name: 'models', mountPath: '/models', readOnly: true });
  });

  test('has a directory for each version', () => {
    expect(registryOf().pathOf('resnet50', 'v1.2')).toBe('resnet50/v1.2');
  });
});

describe('a registry is refused', () => {
  test('on a disk of one node', () => {
    expect(errorsOf(() => registryOf(DISK))).toEqual([
      'chain/access-mode | tier: expected a driver that gives many nodes one file system (ReadWriteMany): models are written on one node and served on others, found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod | use a driver that does: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi',
    ]);
  });

  test('in a bucket, where nothing gets its name in one step', () => {
    expect(errorsOf(() => registryOf({ className: 'blobs', backend: AzureBlob.container() }))).toEqual([
      'chain/object-store-write | tier: expected a file system: a version gets its name when it is complete, which a mounted bucket cannot, found blob.csi.azure.com | write to a file system, and copy to the bucket what is finished',
    ]);
  });

  test('on a tier that deletes', () => {
    expect(errorsOf(() => registryOf({ ...SHARED, durability: Durability.SCRATCH }))[0]).toMatch(/^keep\/tier-deletes \| tier: /);
  });

  test.each(['', '..', '.hidden', 'a/b', 'a b', '-x', 'a'.repeat(128)])('a version called %j', version => {
    expect(errorsOf(() => registryOf().pathOf('resnet50', version))).toEqual([
      'props/model-path | version: expected one directory: letters, digits, `.`, `_` and `-`, a letter or digit first, at most 127 characters, '
      + `found ${JSON.stringify(version)} | use a version such as \`v1.2\``,
    ]);
  });

  test('a command with paths that lead elsewhere', () => {
    const props = { source: 'best.pt', registry: '/a/../b', model: '../x', version: 'v1' };
    expect(errorsOf(() => registryOf().publishCommand(props)).map(line => line.split(':')[0])).toEqual([
      'api/mount-path | source', 'api/mount-path | registry', 'props/model-path | model',
    ]);
  });
});

describe('the command that publishes', () => {
  let sandbox: Sandbox;
  const at = (name: string): string => join(sandbox.volume, name);
  const inRegistry = (): string[] => sandbox.names().filter(name => name.startsWith('registry/'));
  beforeEach(() => {
    sandbox = new Sandbox();
    for (const name of ['registry', 'out']) mkdirSync(at(name));
    writeFileSync(at('out/best.pt'), 'weights');
  });
  afterEach(() => sandbox.remove());

  const publish = (source: string, version = 'v1.2'): Promise<Outcome> => {
    const command = registryOf().publishCommand({ source: '/source', registry: '/registry', model: 'resnet50', version });
    const args = command.slice(4).map(text => text === '/source' ? at(source) : text === '/registry' ? at('registry') : text);
    return sandbox.run({ command: command.slice(0, 4), args }, '/none');
  };

  test('puts a file, or all of a directory, below model and version', async () => {
    expect(await publish('out/best.pt')).toMatchObject({ status: 0, stdout: `published ${at('registry')}/resnet50/v1.2\n` });
    expect(inRegistry()).toEqual(['registry/resnet50', 'registry/resnet50/v1.2', 'registry/resnet50/v1.2/best.pt']);
    writeFileSync(at('out/config.json'), '{}');
    expect((await publish('out', 'v1.3')).status).toBe(0);
    expect(inRegistry().slice(3)).toEqual(['registry/resnet50/v1.3', 'registry/resnet50/v1.3/best.pt', 'registry/resnet50/v1.3/config.json']);
  });

  test('ends well when it is run again', async () => {
    await publish('out/best.pt');
    expect(await publish('out/best.pt')).toMatchObject({ status: 0, stdout: `${at('registry')}/resnet50/v1.2 was published before\n` });
    expect(inRegistry()).toHaveLength(3);
  });

  test('never changes a version', async () => {
    await publish('out/best.pt');
    writeFileSync(at('out/best.pt'), 'other weights');
    expect(await publish('out/best.pt')).toMatchObject({ status: 1, stderr: `${at('registry')}/resnet50/v1.2 holds another model: publish under a new version\n` });
    expect(sandbox.read('registry/resnet50/v1.2/best.pt')).toBe('weights');
    expect(inRegistry()).toHaveLength(3);
  });

  test('publishes nothing where training left nothing', async () => {
    expect(await publish('out/none.pt')).toMatchObject({ status: 1, stderr: `there is no ${at('out/none.pt')}\n` });
    expect(inRegistry()).toEqual([]);
  });

  test('shows nothing of a copy that breaks off, and leaves nothing behind', async () => {
    sandbox.stub('cp', '/bin/cp "$@"; exit 28');
    expect((await publish('out/best.pt')).status).toBe(28);
    expect(inRegistry()).toEqual([]);
  });

  test('shows nothing under its name before all is there', async () => {
    sandbox.stub('cp', `ls '${at('registry')}' >&2; exec /bin/cp "$@"`);
    const { stderr } = await publish('out/best.pt');
    expect(stderr).not.toMatch(/resnet50/);
  });

  test('lets one of two win who publish at once', async () => {
    mkdirSync(at('mine'));
    writeFileSync(at('mine/best.pt'), 'mine');
    const outcomes = await Promise.all([publish('out'), publish('mine')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([0, 1]);
    expect(inRegistry()).toEqual(['registry/resnet50', 'registry/resnet50/v1.2', 'registry/resnet50/v1.2/best.pt']);
  });

  test('fails where the registry is read-only', async () => {
    sandbox.stub('mktemp', 'exit 1');
    expect((await publish('out/best.pt')).status).not.toBe(0);
    chmodSync(at('registry'), 0o755);
    expect(inRegistry()).toEqual([]);
  });
});
