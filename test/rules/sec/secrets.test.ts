import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../support/checker';

const KEY = 'AKIAIOSFODNN7EXAMPLE';

/** `path: what it is`, for each finding. */
function found(...bundle: any[]): string[] {
  return findingsIn(bundle).filter(({ ruleId }) => ruleId === 'sec/literal-secret').map(({ path, found: what }) => `${path}: ${what}`);
}

function pod(container: any, volumes?: any[]): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'ml' }, spec: { containers: [{ name: 'c', image: 'i', ...container }], ...volumes && { volumes } } };
}

function cluster(apiVersion: string, kind: string, rest: any): any {
  return { apiVersion, kind, metadata: { name: 'x' }, ...rest };
}

const volume = (spec: any): any => cluster('v1', 'PersistentVolume', { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteMany'], ...spec } });

describe('where secrets do not belong', () => {
  test.each<[string, any, string[]]>([
    ['a variable by its value', pod({ env: [{ name: 'ID', value: KEY }] }), ['spec.containers[0].env[0].value: an AWS access key']],
    ['a variable by its name', pod({ env: [{ name: 'WANDB_API_KEY', value: 'abc' }] }), ['spec.containers[0].env[0].value: a value for WANDB_API_KEY']],
    ['an argument', pod({ args: ['--url', 'postgres://ml:hunter2@db/ml'] }), ['spec.containers[0].args[1]: a password in a URL']],
    ['a script', pod({ command: ['sh', '-c', `export AWS_KEY=${KEY}; train`] }), ['spec.containers[0].command[2]: an AWS access key']],
    ['an inline volume', pod({}, [{ name: 'v', csi: { driver: 'd', volumeAttributes: { accountKey: 'c2VjcmV0c2VjcmV0' } } }]), ['spec.volumes[0].csi.volumeAttributes[accountKey]: a value for accountKey']],
    ['a ConfigMap', cluster('v1', 'ConfigMap', { data: { 'DB_PASSWORD': 'hunter2', 'key.pem': '-----BEGIN RSA PRIVATE KEY-----' } }), ['data[DB_PASSWORD]: a value for DB_PASSWORD', 'data[key.pem]: a private key']],
    ['a StorageClass', cluster('storage.k8s.io/v1', 'StorageClass', { provisioner: 'x.example.com', parameters: { secretKey: 'wJalrXUtnFEMI' } }), ['parameters[secretKey]: a value for secretKey']],
    ['a PersistentVolume', volume({ csi: { driver: 'd', volumeHandle: 'h', volumeAttributes: { 'access-key': 'wJalrXUtnFEMI' } } }), ['spec.csi.volumeAttributes[access-key]: a value for access-key']],
    ['options of a mount', volume({ mountOptions: ['vers=3.0', 'password=hunter2'], nfs: { server: 's', path: '/' } }), ['spec.mountOptions[1]: a password']],
  ])('%s', (_, manifest, expected) => {
    expect(found(manifest)).toEqual(expected);
  });
});

describe('what is none', () => {
  test.each<[string, any]>([
    ['a reference', pod({ env: [{ name: 'WANDB_API_KEY', valueFrom: { secretKeyRef: { name: 'w', key: 'k' } } }] })],
    ['another variable', pod({ env: [{ name: 'URL', value: 'postgres://ml:$(DB_PASS)@db/ml' }] })],
    ['an empty value', pod({ env: [{ name: 'DB_PASSWORD', value: '' }] })],
    ['a word that ends in TOKEN', pod({ env: [{ name: 'EOS_TOKEN', value: '</s>' }] })],
    ['names of Secrets in a class', cluster('storage.k8s.io/v1', 'StorageClass', {
      provisioner: 'x.example.com', parameters: { 'csi.storage.k8s.io/node-publish-secret-name': '${pvc.name}', 'secretName': 'azure-account', 'storageAccount': 'acme' },
    })],
    ['a Secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'ml' }, stringData: { AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) } }],
  ])('%s', (_, manifest) => {
    expect(found(manifest)).toEqual([]);
  });
});

test('the secret is never told', () => {
  const findings = findingsIn([pod({ env: [{ name: 'ID', value: KEY }], args: [`--password=${KEY}`] })]);
  expect(JSON.stringify(findings.filter(({ ruleId }) => ruleId.startsWith('sec/')))).not.toContain(KEY);
});

test('a megabyte of text is read at once', () => {
  const started = performance.now();
  const data = { a: 'http://'.repeat(70_000), b: '?token=&'.repeat(70_000), c: 'AKIA'.repeat(120_000), d: '-----BEGIN '.repeat(50_000) };
  expect(found(cluster('v1', 'ConfigMap', { data }))).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2_000);
});
