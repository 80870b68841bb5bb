import { describe, expect, test } from 'vitest';
import { KubernetesVersion, Outcome } from '../../../../lib';
import { findingsIn } from '../../../support/checker';

type Source = Record<string, any>;

/** Paths of what the API server refuses of a volume, without `spec.volumes[0].`. */
function refusedIn(source: Source, target = KubernetesVersion.V1_36, name = 'data'): string[] {
  const pod = {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'trainer', namespace: 'ml' },
    spec: { containers: [{ name: 'trainer', image: 'registry.example.com/trainer:1.4' }], volumes: [{ name, ...source }] },
  };
  return pathsOf([pod], target).map(path => path.replace(/^spec\.volumes\[0\]\.?/, ''));
}

function pathsOf(objects: any[], target = KubernetesVersion.V1_36): string[] {
  return findingsIn(objects, { target })
    .filter(({ ruleId, outcome }) => ruleId.startsWith('api/') && outcome === Outcome.VIOLATED).map(({ path }) => path);
}

function volumeOf(spec: Source): any {
  return {
    apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'imagenet' },
    spec: { capacity: { storage: '1Ti' }, accessModes: ['ReadOnlyMany'], ...spec },
  };
}

const ISCSI = { targetPortal: '10.0.0.5', iqn: 'iqn.2024-01.com.example:disk-1', lun: 0 };
const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

describe('a volume of a pod', () => {
  test.each<[string, Source, string[]]>([
    ['hostPath', { hostPath: { path: '/mnt/nvme', type: '' } }, []],
    ['hostPath that climbs', { hostPath: { path: '/mnt/../etc' } }, ['hostPath.path']],
    ['hostPath with dots in a name', { hostPath: { path: '/mnt/a..b' } }, []],
    ['hostPath without a path, whose type nobody looks at', { hostPath: { type: 'Folder' } }, ['hostPath.path']],
    ['nfs without anything', { nfs: {} }, ['nfs.server', 'nfs.path']],
    ['nfs with a relative path', { nfs: { server: 'a', path: 'b' } }, ['nfs.path']],
    ['iscsi', { iscsi: ISCSI }, []],
    ['iscsi with a eui target', { iscsi: { ...ISCSI, iqn: 'eui.0123456789abcdef' } }, []],
    ['iscsi with a short naa target', { iscsi: { ...ISCSI, iqn: 'naa.0123' } }, ['iscsi.iqn']],
    ['iscsi with CHAP and no Secret', { iscsi: { ...ISCSI, chapAuthSession: true } }, ['iscsi.secretRef']],
    ['iscsi beyond the last LUN', { iscsi: { ...ISCSI, lun: 256 } }, ['iscsi.lun']],
    ['fc with both ways to a device', { fc: { targetWWNs: ['1'], wwids: ['2'], lun: 1 } }, ['fc.targetWWNs']],
    ['fc with no way to one', { fc: {} }, ['fc.targetWWNs']],
    ['azureDisk, which is a blob where nothing else is said', { azureDisk: { diskName: 'd', diskURI: '/subscriptions/1' } }, ['azureDisk.diskURI']],
    ['azureDisk that is managed', { azureDisk: { diskName: 'd', diskURI: '/subscriptions/1', kind: 'Managed' } }, []],
    ['flocker with both names', { flocker: { datasetName: 'a', datasetUUID: 'b' } }, ['flocker']],
    ['quobyte without ports', { quobyte: { registry: 'a:1,b', volume: 'v' } }, ['quobyte.registry']],
    ['quobyte at an IPv6 address', { quobyte: { registry: '[2001:db8::1]:7861', volume: 'v' } }, []],
    ['flexVolume with a reserved option', { flexVolume: { driver: 'a/b', options: { 'x.k8s.io/y': '1', 'xk8s.io/y': '1' } } }, ['flexVolume.options[x.k8s.io/y]']],
    ['gitRepo into an absolute folder', { gitRepo: { repository: 'r', directory: '/a' } }, ['gitRepo.directory']],
    ['csi with a Secret without name', { csi: { driver: 'A.example.com', nodePublishSecretRef: {} } }, ['csi.nodePublishSecretRef.name']],
    ['csi with too long a driver', { csi: { driver: 'a'.repeat(64) } }, ['csi.driver']],
    ['configMap with a wide mode', { configMap: { name: 'c', defaultMode: 512 } }, ['configMap.defaultMode']],
    ['secret with a hidden file', { secret: { secretName: 's', items: [{ key: 'k', path: '..data' }] } }, ['secret.items[0].path']],
    ['downwardAPI', { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: "metadata.labels['app.kubernetes.io/name']" } }] } }, []],
    ['downwardAPI with a bad key', { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: "metadata.labels['a b']" } }] } }, ['downwardAPI.items[0].fieldRef']],
    [
      'downwardAPI in mebibytes, and in half ones',
      { downwardAPI: { items: ['1Mi', '512Ki'].map(divisor => ({ path: divisor, resourceFieldRef: { containerName: 'trainer', resource: 'limits.memory', divisor } })) } },
      ['downwardAPI.items[1].resourceFieldRef.divisor'],
    ],
    [
      'projected with a file twice',
      { projected: { sources: [{ secret: { name: 'a', items: [{ key: 'k', path: 'x' }] } }, { configMap: { name: 'b', items: [{ key: 'k', path: 'x' }] } }] } },
      ['projected'],
    ],
    ['projected from what clusters do not turn on, which is dropped', { projected: { sources: [{ clusterTrustBundle: { path: '..' } }] } }, []],
    ['ephemeral without a template', { ephemeral: {} }, ['ephemeral.volumeClaimTemplate']],
    ['ephemeral with labels', { ephemeral: { volumeClaimTemplate: { metadata: { labels: { a: 'b' } }, spec: CLAIM } } }, []],
    ['ephemeral with a bad label', { ephemeral: { volumeClaimTemplate: { metadata: { labels: { a: 'b c' } }, spec: CLAIM } } }, ['ephemeral.volumeClaimTemplate.metadata.labels']],
    ['two sources, of which the server keeps the first of its own order', { persistentVolumeClaim: { claimName: '' }, emptyDir: {} }, ['persistentVolumeClaim']],
  ])('%s', (_, source, expected) => {
    expect(refusedIn(source)).toEqual(expected);
  });

  test('a claim that is made for an ephemeral volume of the pod belongs to that volume', () => {
    const volumes = [
      { name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: CLAIM } } },
      { name: 'data', persistentVolumeClaim: { claimName: 'trainer-scratch' } },
    ];
    const spec = { containers: [{ name: 'trainer', image: 'registry.example.com/trainer:1.4' }], volumes };
    expect(pathsOf([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'trainer' }, spec }])).toEqual(['spec.volumes[1].persistentVolumeClaim.claimName']);
    expect(pathsOf([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'other' }, spec }])).toEqual([]);
  });

  test('the image of a template may be filled in later', () => {
    const spec = { restartPolicy: 'Never', containers: [{ name: 'c', image: 'registry.example.com/trainer:1.4' }], volumes: [{ name: 'model', image: {} }] };
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'train' }, spec: { template: { spec } } };
    expect(pathsOf([job])).toEqual([]);
    expect(refusedIn({ image: {} })).toEqual(['image.reference']);
  });

  test('a volume of an image is dropped before 1.35, and with it whatever is wrong with it', () => {
    expect(refusedIn({ image: { pullPolicy: 'Sometimes' } }, KubernetesVersion.V1_35)).toEqual(['image.reference', 'image.pullPolicy']);
    expect(refusedIn({ image: { pullPolicy: 'Sometimes' } }, KubernetesVersion.V1_34, 'Not A Name')).toEqual([]);
  });
});

describe('a PersistentVolume', () => {
  test.each<[string, Source, string[]]>([
    ['of nothing', {}, ['spec']],
    ['of two', { nfs: { server: 'a', path: '/b' }, csi: {} }, ['spec.csi']],
    ['a flexVolume is taken beside another', { nfs: { server: 'a', path: '/b' }, flexVolume: { driver: 'a/b' } }, []],
    ['local, with no node', { local: { path: '/mnt/nvme' } }, ['spec.nodeAffinity']],
    ['local, with an empty affinity', { local: { path: '/mnt/nvme' }, nodeAffinity: {} }, ['spec.nodeAffinity.required']],
    ['csi without its names', { csi: {} }, ['spec.csi.driver', 'spec.csi.volumeHandle']],
    ['csi with half a Secret', { csi: { driver: 'd', volumeHandle: 'h', nodeExpandSecretRef: { name: 'a' } } }, ['spec.csi.nodeExpandSecretRef.namespace']],
    ['csi with half of the one Secret that nobody looks at', { csi: { driver: 'd', volumeHandle: 'h', nodeStageSecretRef: { name: 'a' } } }, []],
    ['cinder with half a Secret', { cinder: { volumeID: 'v', secretRef: { name: 's' } } }, ['spec.cinder.secretRef.namespace']],
    ['the root of a node, to be emptied', { hostPath: { path: '/mnt/..//' }, persistentVolumeReclaimPolicy: 'Recycle' }, ['spec.persistentVolumeReclaimPolicy', 'spec.hostPath.path']],
  ])('%s', (_, spec, expected) => {
    expect(pathsOf([volumeOf(spec)])).toEqual(expected);
  });
});

test('a volume without its handle is mended by the id that its driver knows', () => {
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'a' }, spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], csi: { driver: 'ebs.csi.aws.com' } } };
  expect(findingsIn([volume]).find(({ ruleId }) => ruleId === 'api/csi-volume')?.fix).toMatch(/^set the id of the volume at its driver/);
});
