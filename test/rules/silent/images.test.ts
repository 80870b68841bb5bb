import { describe, expect, test } from 'vitest';
import { findingsIn, linesOf } from '../../support/checker';

const SHA256 = 'a'.repeat(64);

function pod(image: string, more: any = {}): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'eval', namespace: 'ml' }, spec: { containers: [{ name: 'eval', image }], ...more } };
}

function job(image: string): any {
  const { spec } = pod(image);
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'eval', namespace: 'ml' }, spec: { template: { spec: { restartPolicy: 'Never', ...spec } } } };
}

function found(object: any): string[] {
  return linesOf(findingsIn([object]), 'silent/image-name');
}

test.each([
  'nginx', 'nginx:1.25', 'library/nginx', 'acme/train:1.4.2', 'localhost/train', 'localhost:5000/train:dev', '10.0.0.5:5000/a/b/c:1',
  'ghcr.io/acme/train__base.v2:1', 'Registry.Example.com/acme/train:1', 'Registry/acme:1', '[fd00::1]:5000/train:1', 'a--b/c:X_y.Z-1',
  `ghcr.io/acme/train@sha256:${SHA256}`, `ghcr.io/acme/train:1@sha512:${SHA256}${SHA256}`, '123456789012.dkr.ecr.eu-west-1.amazonaws.com/ml/train:7',
])('%s is a name', image => {
  expect(found(pod(image))).toEqual([]);
});

describe('names that nobody can read', () => {
  test.each([
    ['NGINX:1.25', 'a repository in small letters'],
    ['acme/Train:1', 'a repository in small letters'],
    ['{{ .Values.image }}', 'the name of an image'],
    ['ghcr.io/acme/train:${TAG}', 'the name of an image'],
    ['$(IMAGE)', 'the name of an image'],
    ['ghcr.io/acme/train:<version>', 'the name of an image'],
    ['acme/my train:1', 'the name of an image, without spaces'],
    ['acme/train:', 'a tag of at most 128 letters, digits, _, . and -'],
    [`acme/train:${'1'.repeat(129)}`, 'a tag of at most 128 letters, digits, _, . and -'],
    ['acme/train@sha256:abc', 'a digest behind the @: sha256: and 64 digits of 0-9 and a-f'],
    [`acme/train@sha256:${SHA256.toUpperCase()}`, 'a digest behind the @: sha256: and 64 digits of 0-9 and a-f'],
    [`acme/train@${SHA256}`, 'a digest behind the @: sha256: and 64 digits of 0-9 and a-f'],
    [SHA256, 'the name of an image, not its id'],
    ['https://ghcr.io/acme/train:1', 'registry/repository:tag'],
    ['/acme/train', 'registry/repository:tag'],
    ['acme//train', 'registry/repository:tag'],
    ['-train', 'registry/repository:tag'],
    ['acme/train-', 'registry/repository:tag'],
    [`acme/${'t'.repeat(256)}`, 'a repository of at most 255 characters'],
  ])('%s', (image, expected) => {
    expect(found(pod(image)).map(line => line.split(' | ').slice(0, 2))).toEqual([['spec.containers[0].image', expected]]);
    expect(found(job(image)).map(line => line.split(' | ')[0])).toEqual(['spec.template.spec.containers[0].image']);
  });

  test('spaces around it are told once, by whoever refuses them', () => {
    expect(found(pod(' nginx'))).toEqual([]);
    expect(found(job(' nginx'))).toEqual(['spec.template.spec.containers[0].image | the name of an image, without spaces | " nginx"']);
  });

  test('init containers and image volumes have images too', () => {
    expect(found(pod('nginx', { initContainers: [{ name: 'wait', image: 'A' }], volumes: [{ name: 'model', image: { reference: 'B' } }] }))).toEqual([
      'spec.initContainers[0].image | a repository in small letters | "A"', 'spec.volumes[0].image.reference | a repository in small letters | "B"',
    ]);
  });

  test('a runtime may leave the image to its jobs', () => {
    const spec = { containers: [{ name: 'node' }] };
    const template = { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: { spec } } } }] } };
    const runtime = { apiVersion: 'trainer.kubeflow.org/v1alpha1', kind: 'ClusterTrainingRuntime', metadata: { name: 'torch' }, spec: { template } };
    expect(found(runtime)).toEqual([]);
  });
});
