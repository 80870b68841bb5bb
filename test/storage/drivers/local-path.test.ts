import { expect, test } from 'vitest';
import { LocalVolumes } from '../../../lib/storage/drivers/clusters/local';
import { type Case, withoutSource } from './sources';
import { classOf, errorsOf, untyped, warningsOf } from './tier-of';

test('every option of local-path is carried', () => {
  const props = {
    nodePath: '/opt/local-path',
    pathPattern: '{{ .PVC.Namespace }}/{{ .PVC.Name }}/{{ .PVName }}',
    nodeAffinityKey: 'kubernetes.io/hostname',
    userPattern: '1000',
    groupPattern: '1000',
    permPattern: '0750',
  };
  expect(classOf(LocalVolumes.localPath(props)).parameters).toEqual(props);
  expect(classOf(LocalVolumes.localPath({ pathPattern: 'shared', allowUnsafePathPattern: true })).parameters).toEqual({
    pathPattern: 'shared', allowUnsafePathPattern: 'true',
  });
  expect(errorsOf(LocalVolumes.localPath({ pathPattern: '{{.PVC.Namespace}}/{{.PVC.Name}}' }))).toEqual([]);
});

test('nodes can be known by another label', () => {
  const backend = LocalVolumes.localPath({ nodeAffinityKey: 'example.com/host' });
  expect(errorsOf(backend, { allowedTopologies: { 'example.com/host': ['a'] } })).toEqual([]);
  expect(errorsOf(backend, { allowedTopologies: { 'kubernetes.io/hostname': ['a'] } })).toEqual([
    'driver/topology-key | allowedTopologies: expected a topology key of rancher.io/local-path: example.com/host, found kubernetes.io/hostname | use example.com/host',
  ]);
});

test('a path that all nodes have belongs to none', () => {
  const backend = LocalVolumes.localPath({ sharedFileSystem: true });
  expect(classOf(backend).volumeBindingMode).toBe('Immediate');
  expect(backend._driver.filesystemModes).toEqual(['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany']);
  expect(LocalVolumes.localPath()._driver.filesystemModes).toEqual(['ReadWriteOnce']);
});

const REFUSED: Case[] = [
  ['a relative path', LocalVolumes.localPath({ nodePath: 'data' }), {}, [
    'driver/local-path | backend.nodePath: expected an absolute path below /, found "data" | use a value such as /opt/local-path',
  ]],
  ['a pattern without the claim', LocalVolumes.localPath({ pathPattern: '{{ .PVC.Name }}' }), {}, [
    'driver/local-path-pattern | backend.pathPattern: expected a pattern that begins with {{ .PVC.Namespace }}/{{ .PVC.Name }}: the provisioner refuses others, for claims could share a directory, found "{{ .PVC.Name }}" | begin `pathPattern` with {{ .PVC.Namespace }}/{{ .PVC.Name }}',
  ]],
  ['a pattern that only begins like the claim', LocalVolumes.localPath({ pathPattern: '{{ .PVC.Namespace }}/{{ .PVC.Name }}-x' }), {}, [
    'driver/local-path-pattern | backend.pathPattern: expected a pattern that begins with {{ .PVC.Namespace }}/{{ .PVC.Name }}: the provisioner refuses others, for claims could share a directory, found "{{ .PVC.Namespace }}/{{ .PVC.Name }}-x" | begin `pathPattern` with {{ .PVC.Namespace }}/{{ .PVC.Name }}',
  ]],
  ['an odd label', LocalVolumes.localPath({ nodeAffinityKey: 'a b' }), {}, [
    'driver/local-path | backend.nodeAffinityKey: expected the key of a label of nodes, found "a b" | use a value such as kubernetes.io/hostname',
  ]],
  ['a text for a switch', LocalVolumes.localPath(untyped({ allowUnsafePathPattern: 'true' })), {}, [
    'driver/value | backend.allowUnsafePathPattern: expected true or false, not a text: drivers take other spellings for false, found "true" | set `allowUnsafePathPattern` to true or false',
  ]],
];

test.each(REFUSED)('%s is refused', (_, backend, props, lines) => {
  expect(errorsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});

const WARNED: Case[] = [
  ['a pattern that claims can share', LocalVolumes.localPath({ pathPattern: 'shared', allowUnsafePathPattern: true }), {}, [
    'driver/local-path-unsafe | backend.allowUnsafePathPattern: expected false: with any pattern two claims can share a directory, and the one that goes takes the data of both, found true, with shared | begin `pathPattern` with {{ .PVC.Namespace }}/{{ .PVC.Name }} and leave `allowUnsafePathPattern` out',
  ]],
];

test.each(WARNED)('%s is warned of', (_, backend, props, lines) => {
  expect(warningsOf(backend, props)).toEqual(lines);
  expect(withoutSource(backend, props)).toEqual([]);
});
