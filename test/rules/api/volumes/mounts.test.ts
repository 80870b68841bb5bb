import { expect, test } from 'vitest';
import { KubernetesVersion } from '../../../../lib';
import { findingsIn, linesOf } from '../../../support/checker';

type Container = Record<string, any>;

const RAW = { accessModes: ['ReadWriteOnce'], volumeMode: 'Block', resources: { requests: { storage: '1Gi' } } };
const VOLUMES = [
  { name: 'data', persistentVolumeClaim: { claimName: 'imagenet' } },
  { name: 'raw', ephemeral: { volumeClaimTemplate: { spec: RAW } } },
  { name: 'shm', emptyDir: { medium: 'Memory' } },
];

function podOf(container: Container, volumes: any[] = VOLUMES): any {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'trainer', namespace: 'ml' },
    spec: { containers: [{ name: 'trainer', image: 'registry.example.com/trainer:1.4', ...container }], volumes },
  };
}

/** `rule path`, of the rules about mounts. */
function refusedIn(container: Container, target = KubernetesVersion.V1_36): string[] {
  return findingsIn([podOf(container)], { target })
    .filter(({ ruleId }) => /^api\/(volume-mount|mount|sub|recursive|volume-device)/.test(ruleId))
    .map(({ ruleId, path }) => `${ruleId.slice(4)} ${path.slice('spec.containers[0].'.length)}`);
}

const mount = (more: Container): Container => ({ volumeMounts: [{ name: 'data', mountPath: '/data', ...more }] });

test.each<[string, Container, string[]]>([
  ['a plain mount', mount({}), []],
  ['a relative path, which the kubelet takes from the root', mount({ mountPath: 'data' }), []],
  ['an unknown volume', mount({ name: 'dataset' }), ['volume-mount volumeMounts[0].name']],
  ['no path', mount({ mountPath: '' }), ['mount-path volumeMounts[0].mountPath']],
  ['one path twice', { volumeMounts: [{ name: 'data', mountPath: '/a' }, { name: 'shm', mountPath: '/a' }] }, ['mount-path volumeMounts[1].mountPath']],
  ['both subpaths', mount({ subPath: 'a', subPathExpr: '$(B)' }), ['sub-path volumeMounts[0].subPathExpr']],
  ['an absolute subpath', mount({ subPath: '/a' }), ['sub-path volumeMounts[0].subPath']],
  ['a subpath of dots that climbs nowhere', mount({ subPath: '..a/b..' }), []],
  ['propagation without privilege', mount({ mountPropagation: 'Bidirectional' }), ['mount-propagation volumeMounts[0].mountPropagation']],
  ['propagation with privilege', { ...mount({ mountPropagation: 'Bidirectional' }), securityContext: { privileged: true } }, []],
  ['recursive, not read-only', mount({ recursiveReadOnly: 'IfPossible' }), ['recursive-read-only volumeMounts[0].recursiveReadOnly']],
  ['recursive and propagated', mount({ recursiveReadOnly: 'Enabled', readOnly: true, mountPropagation: 'HostToContainer' }), ['recursive-read-only volumeMounts[0].recursiveReadOnly']],
  ['recursive, but not', mount({ recursiveReadOnly: 'Disabled' }), []],
  ['a device', { volumeDevices: [{ name: 'raw', devicePath: '/dev/xvda' }] }, []],
  ['a device that is no claim', { volumeDevices: [{ name: 'shm', devicePath: '/dev/xvda' }] }, ['volume-device volumeDevices[0].name']],
  ['a device that is mounted too', { ...mount({}), volumeDevices: [{ name: 'data', devicePath: '/dev/xvda' }] }, ['volume-device volumeDevices[0].name']],
  ['a device where something is mounted', { ...mount({}), volumeDevices: [{ name: 'raw', devicePath: '/data' }] }, ['volume-device volumeDevices[0].devicePath']],
  ['a device twice', { volumeDevices: [{ name: 'raw', devicePath: '/dev/a' }, { name: 'raw', devicePath: '/dev/b' }] }, ['volume-device volumeDevices[1].name']],
])('%s', (_, container, expected) => {
  expect(refusedIn(container)).toEqual(expected);
});

test('recursive read-only mounts are looked at since 1.31', () => {
  expect(refusedIn(mount({ recursiveReadOnly: 'Enabled' }), KubernetesVersion.V1_30)).toEqual([]);
  expect(refusedIn(mount({ recursiveReadOnly: 'Enabled' }), KubernetesVersion.V1_31)).toHaveLength(1);
});

test('a misspelt name comes with the nearest one', () => {
  const [finding] = findingsIn([podOf(mount({ name: 'dta' }))]).filter(({ ruleId }) => ruleId === 'api/volume-mount');
  expect(finding).toMatchObject({
    message: 'spec.containers[0].volumeMounts[0].name: expected a volume of the pod, found "dta"', fix: 'use "data"',
  });
});

function statefulSet(): any {
  return {
    apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'ps', namespace: 'ml' },
    spec: {
      serviceName: 'ps', selector: { matchLabels: { app: 'ps' } },
      template: {
        metadata: { labels: { app: 'ps' } },
        spec: {
          containers: [{ name: 'ps', image: 'registry.example.com/ps:1.4', volumeMounts: [{ name: 'state', mountPath: '/state' }, { name: 'logs', mountPath: '/logs' }] }],
          volumes: [{ name: 'state', hostPath: {} }],
        },
      },
      volumeClaimTemplates: [{ metadata: { name: 'state' }, spec: { accessModes: ['RWO'], resources: { requests: { storage: '1Gi' } } } }],
    },
  };
}

test('claim templates are volumes, and take the place of those of their name', () => {
  const findings = findingsIn([statefulSet()]).filter(({ ruleId }) => ruleId.startsWith('api/'));
  expect(findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([
    'api/volume-mount spec.template.spec.containers[0].volumeMounts[1].name',
    'api/access-modes spec.volumeClaimTemplates[0].spec.accessModes',
  ]);
});

test('before 1.34 the server looks at none of it, and the controller fails', () => {
  const ids = findingsIn([statefulSet()], { target: KubernetesVersion.V1_33 }).map(({ ruleId }) => ruleId);
  expect(ids).toEqual(expect.arrayContaining(['silent/volume-mount', 'silent/access-modes']));
  expect(ids.filter(id => id.startsWith('api/'))).toEqual([]);
});

test('thousands of volumes and mounts take no more than linear time', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => i);
  const volumes = many.map(i => ({ name: `v-${i}`, emptyDir: {} }));
  const volumeMounts = many.map(i => ({ name: `w-${i}`, mountPath: `/m/${i % 10_000}` }));
  const started = performance.now();
  const findings = findingsIn([podOf({ volumeMounts }, volumes)]);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect(linesOf(findings, 'api/volume-mount')).toHaveLength(20_000);
  expect(linesOf(findings, 'api/mount-path')).toHaveLength(10_000);
});
