import { describe, expect, test } from 'vitest';
import { podOf, refusals } from './pods';

const ENV = 'spec.containers[0].env[0]';

function refused(valueFrom: object, minor = 36, spec: object = {}): string[] {
  return refusals(podOf({ env: [{ name: 'X', valueFrom }] }, spec), minor).map(one => one.replace(`${ENV}.valueFrom`, ''));
}

test.each([
  ['RANK', true, true], ['my.env-name', true, true], ['1ST', false, true], ['MY VAR', false, true], ['..X', false, true], ['.', false, true],
  ['A=B', false, false], ['É', false, false], ['A\tB', false, false],
])('the name %j is taken before 1.32: %s, and since: %s', (name, before, since) => {
  expect(refusals(podOf({ env: [{ name }] }), 31).length === 0).toBe(before);
  expect(refusals(podOf({ env: [{ name }] }), 32).length === 0).toBe(since);
});

describe('fields of the pod', () => {
  test.each(['metadata.name', 'status.podIPs', 'spec.host', "metadata.labels['app.kubernetes.io/name']", "metadata.annotations['Owner']"])(
    '%s is taken', fieldPath => expect(refused({ fieldRef: { fieldPath } })).toEqual([]),
  );

  test.each(['metadata.labels', 'status.phase', 'spec.restartPolicy', "spec.nodeName['a']", "metadata.labels[app]"])('%s is refused', fieldPath => {
    expect(refused({ fieldRef: { fieldPath } })).toEqual(['api/field-ref .fieldRef.fieldPath']);
  });

  test('keys are those of labels', () => {
    expect(refused({ fieldRef: { fieldPath: "metadata.labels['no key']" } })).toEqual(['api/field-ref .fieldRef']);
  });

  test('all addresses of the node are known since 1.29', () => {
    expect(refused({ fieldRef: { fieldPath: 'status.hostIPs' } }, 28)).toHaveLength(1);
    expect(refused({ fieldRef: { fieldPath: 'status.hostIPs' } }, 29)).toEqual([]);
  });
});

test.each([
  ['limits.cpu', '1', true], ['limits.cpu', '1m', true], ['limits.cpu', '1000m', true], ['limits.cpu', '0.001', true], ['limits.cpu', '2', false],
  ['limits.memory', '1Mi', true], ['limits.memory', '1024Ki', true], ['limits.memory', '1000', true], ['limits.memory', '1024', false],
  ['limits.memory', '1e6', false], ['limits.memory', '10Gi', false], ['limits.memory', '0', true], ['requests.hugepages-2Mi', '1Mi', true],
])('%s may be divided by %s: %s', (resource, divisor, taken) => {
  expect(refused({ resourceFieldRef: { resource, divisor } })).toEqual(taken ? [] : ['api/resource-field-ref .resourceFieldRef.divisor']);
});

test.each([
  [{ secretKeyRef: { name: 's', key: '' } }, ['api/env-key .secretKeyRef.key']],
  [{ secretKeyRef: { name: 's', key: '..data' } }, ['api/env-key .secretKeyRef.key']],
  [{ configMapKeyRef: { name: 'My_Map', key: 'k' } }, ['api/object-name .configMapKeyRef.name']],
  [{ configMapKeyRef: { key: 'k' } }, ['api/object-name .configMapKeyRef.name']],
  [{}, ['api/env-source ']],
  [{ secretKeyRef: { name: 's', key: 'k' }, configMapKeyRef: { name: 's', key: 'k' } }, ['api/env-source ']],
])('%j is refused', (valueFrom, paths) => expect(refused(valueFrom)).toEqual(paths));

test('whole objects: one source each, said of the list', () => {
  const envFrom = [{ secretRef: { name: 's' } }, {}, { secretRef: { name: 's' }, configMapRef: { name: 'c' } }];
  expect(refusals(podOf({ envFrom }))).toEqual(['api/env-source spec.containers[0].envFrom', 'api/env-source spec.containers[0].envFrom']);
});

test('files of variables are in an emptyDir, since 1.35', () => {
  const fileKeyRef = { volumeName: 'run', path: 'run.env', key: 'ID' };
  expect(refused({ fileKeyRef }, 36, { volumes: [{ name: 'run', emptyDir: {} }] })).toEqual([]);
  expect(refused({ fileKeyRef }, 36, { volumes: [{ name: 'run', configMap: { name: 'run' } }] })).toEqual(['api/env-file .fileKeyRef.volumeName']);
  expect(refused({ fileKeyRef: { ...fileKeyRef, path: '../run.env' } }, 36, { volumes: [{ name: 'run', emptyDir: {} }] }))
    .toEqual(['api/env-file .fileKeyRef.path']);
  expect(refused({ fileKeyRef }, 34)).toContain('api/env-source ');
});
