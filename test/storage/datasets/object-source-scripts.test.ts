import { Duration, Size } from 'cdk8s';
import { Secret, ServiceAccount } from 'cdk8s-plus-27';
import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatasetLoaderProps, DatasetSource, SharedDataset } from '../../../lib';
import { errorsOf } from '../../support/findings';
import { chartIn, envOf, manifestsOf, the } from '../../support/manifests';
import { Outcome, Sandbox } from '../../support/shell';
import { SHARED } from '../../support/training';

const BLOB = 'https://acme.blob.core.windows.net/datasets/imagenet';
const ODD = ['two words', "it's", '$HOME', '$(HOME)', '$$', '-x', 'ä'];

let sandbox: Sandbox;
beforeEach(() => { sandbox = new Sandbox(); });
afterEach(() => sandbox.remove());

function podOf(source: DatasetSource, loader?: DatasetLoaderProps): any {
  const chart = chartIn();
  const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'reader');
  new SharedDataset(chart, 'cifar10', { tier: SHARED, size: Size.gibibytes(1), source, loader: loader ?? { serviceAccount, image: 'x:1' } });
  return the('Job', manifestsOf(chart)).spec.template;
}

const containerOf = (source: DatasetSource, loader?: DatasetLoaderProps): any => podOf(source, loader).spec.containers[0];
const load = (source: DatasetSource): Promise<Outcome> => sandbox.run(containerOf(source), '/dataset');
const markers = (): string[] => sandbox.names().filter(name => name.startsWith('.complete.') && !name.endsWith('.parts'));

const TOOLS = {
  azcopy: (revision?: string) => DatasetSource.azureBlob(BLOB, { revision }),
  rclone: (revision?: string) => DatasetSource.rclone('ceph:datasets/imagenet', { settings: { type: 's3' }, revision }),
};

describe.each(Object.entries(TOOLS))('the loader with %s', (program, source) => {
  test('writes the marker when all is there, and then does nothing', async () => {
    sandbox.stub(program, `echo data > '${sandbox.volume}/file'`);
    expect(await load(source())).toMatchObject({ status: 0, stdout: `${sandbox.volume} is complete\n` });
    expect(sandbox.names()).toEqual([containerOf(source()).args[0], 'file']);
    expect((await load(source())).status).toBe(0);
    expect(sandbox.callsOf(program)).toHaveLength(1);
  });

  test('leaves no marker when it fails or is killed, and completes when it is run again', async () => {
    sandbox.stub(program, 'case $n in 1) exit 3 ;; 2) kill -9 $PPID ;; esac');
    expect((await load(source())).status).toBe(3);
    expect(markers()).toEqual([]);
    expect((await load(source())).status).toBeNull();
    expect(markers()).toEqual([]);
    expect((await load(source())).status).toBe(0);
    expect(sandbox.names()).toEqual([containerOf(source()).args[0]]);
  });

  test('loads again for another revision', async () => {
    sandbox.stub(program);
    for (const revision of ['v1', 'v2', 'v1']) {
      expect((await load(source(revision))).status).toBe(0);
      expect(markers()).toEqual([containerOf(source(revision)).args[0]]);
    }
    expect(sandbox.callsOf(program)).toHaveLength(3);
  });
});

describe('azcopy', () => {
  test('gets source and target, and the patterns as they are', async () => {
    sandbox.stub('azcopy');
    await load(DatasetSource.azureBlob(BLOB, { include: ODD }));
    expect(sandbox.callsOf('azcopy')).toEqual([[
      'sync', BLOB, sandbox.volume, '--recursive=true', '--delete-destination=false', '--output-level=essential', `--include-pattern=${ODD.join(';')}`,
    ]]);
  });

  test('finds files of another revision older than any it could copy, and its own as they are', async () => {
    const [old, own] = [join(sandbox.volume, 'old'), join(sandbox.volume, 'own')];
    writeFileSync(old, 'of another revision');
    utimesSync(old, new Date(), new Date());
    sandbox.stub('azcopy', `[ "$n" -ne 1 ] || { echo new > '${own}'; exit 1; }`);
    await load(TOOLS.azcopy());
    expect(statSync(old).mtime.getUTCFullYear()).toBeLessThan(1981);
    expect((await load(TOOLS.azcopy())).status).toBe(0);
    expect(statSync(own).mtime.getUTCFullYear()).toBeGreaterThan(2000);
  });

  test('uses the workload identity of a service account, with the label that gives the pod a token', () => {
    const { metadata, spec } = podOf(TOOLS.azcopy());
    expect(metadata.labels['azure.workload.identity/use']).toBe('true');
    expect(envOf(spec.containers[0])).toMatchObject({ AZCOPY_AUTO_LOGIN_TYPE: 'WORKLOAD', AZCOPY_BUFFER_GB: '0.5' });
    expect(spec.serviceAccountName).toBe('reader');
  });

  test('uses what a Secret says where that is given', () => {
    const credentials = Secret.fromSecretName(chartIn(), 's', 'azure');
    const { metadata, spec } = podOf(TOOLS.azcopy(), { credentials, image: 'x:1' });
    expect(metadata.labels).not.toHaveProperty('azure.workload.identity/use');
    expect(envOf(spec.containers[0])).not.toHaveProperty('AZCOPY_AUTO_LOGIN_TYPE');
    expect(spec.containers[0].envFrom).toEqual([{ secretRef: { name: 'azure' } }]);
  });

  test('has no image of its own', () => {
    expect(errorsOf(() => podOf(DatasetSource.azureBlob(BLOB, { anonymous: true }), {}))).toEqual([
      'train/loader-image | loader.image: expected an image with azcopy, from 10.25, found none | build one and name it: there is no public one',
    ]);
  });

  test.each(['http://acme.blob.core.windows.net/c', 'https://acme.blob.core.windows.net/', 'https://example.com/c', 'az://c'])('does not take %s', url => {
    expect(errorsOf(() => podOf(DatasetSource.azureBlob(url)))).toEqual([
      'props/source-uri | source.url: expected `https://account.blob.core.windows.net/container/directory`, without a signature, found '
      + `${JSON.stringify(url)} | name the container, and give the access by a service account or a Secret`,
    ]);
  });
});

describe('rclone', () => {
  test('compares checksums, and gets the patterns as they are', async () => {
    sandbox.stub('rclone');
    await load(DatasetSource.rclone('ceph:data/$(HOME) *', { settings: { type: 's3' }, include: ODD }));
    expect(sandbox.callsOf('rclone')).toEqual([['copy', 'ceph:data/$(HOME) *', sandbox.volume, '--checksum', ...ODD.map(pattern => `--include=${pattern}`)]]);
  });

  test('has the remote from a Secret, as a file', () => {
    const config = Secret.fromSecretName(chartIn(), 's', 'rclone');
    const { spec } = podOf(DatasetSource.rclone('ceph:data', { config }), {});
    const [container] = spec.containers;
    expect(container.image).toMatch(/^docker\.io\/rclone\/rclone:\d+\.\d+\.\d+$/);
    expect(envOf(container).RCLONE_CONFIG).toBe('/etc/rclone/rclone.conf');
    expect(container.volumeMounts).toContainEqual({ name: 'rclone', mountPath: '/etc/rclone', readOnly: true });
    expect(spec.volumes).toContainEqual({ name: 'rclone', secret: { secretName: 'rclone' } });
  });

  test('has the remote from settings, with the secrets in the environment of a Secret', () => {
    const credentials = Secret.fromSecretName(chartIn(), 's', 'ceph');
    const settings = { type: 's3', provider: 'Ceph', endpoint: 'https://rgw.example.com' };
    const container = containerOf(DatasetSource.rclone('ceph:data', { settings }), { credentials });
    expect(envOf(container)).toMatchObject({
      RCLONE_CONFIG: '/tmp/rclone.conf', RCLONE_CONFIG_CEPH_TYPE: 's3', RCLONE_CONFIG_CEPH_PROVIDER: 'Ceph', RCLONE_CONFIG_CEPH_ENDPOINT: 'https://rgw.example.com',
    });
    expect(container.envFrom).toEqual([{ secretRef: { name: 'ceph' } }]);
  });

  test('is refused without a remote, with an odd setting, and without anything that says what the remote is', () => {
    expect(errorsOf(() => podOf(DatasetSource.rclone(':s3,env_auth=true:data', { settings: { type: 's3', Type: 'x' } })))).toEqual([
      'props/source-uri | source.path: expected `remote:directory`, with the name of a remote: letters, digits and `_`, found ":s3,env_auth=true:data" | name the remote, and say what it is in `config` or `settings`',
      'props/rclone | source.settings.Type: expected the name of a setting: lower case letters, digits and `_`, found "Type" | take the name from the page of the storage in rclone\'s documents',
    ]);
    expect(errorsOf(() => podOf(DatasetSource.rclone('ceph:data', {})))).toEqual([
      "props/rclone | source.settings: expected a Secret in `config`, or the `type` of the remote `ceph`, found neither | set `config`, or `settings` such as { type: 's3', provider: 'AWS', env_auth: 'true' }",
    ]);
  });
});

test('a finished loader is deleted after a while, where that is wanted', () => {
  const chart = chartIn();
  const props = { tier: SHARED, size: Size.gibibytes(1), source: DatasetSource.http([{ url: 'https://example.com/data.tar' }]) };
  new SharedDataset(chart, 'cifar10', { ...props, loader: { ttlAfterFinished: Duration.days(1) } });
  expect(the('Job', manifestsOf(chart)).spec.ttlSecondsAfterFinished).toBe(86400);
});
