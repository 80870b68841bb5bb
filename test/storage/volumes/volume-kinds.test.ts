import { Size } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { AwsEbs, Durability, HostPathType, IStorageTier, KubernetesVersion, PodVolume } from '../../../lib';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn } from '../../support/manifests';
import { DISK, MINIMUM, SHARED, refused, train } from '../../support/training';

const SCRATCH: IStorageTier = { className: 'scratch', backend: AwsEbs.gp3(), durability: Durability.SCRATCH };

/** The volume that a job gets from one mount. */
function volumeOf(volume: PodVolume, target?: KubernetesVersion): any {
  return train({ volumes: [volume.at('/there')] }, { target }).pod.volumes.at(-1);
}

describe('in memory', () => {
  test('it has a limit', () => {
    expect(volumeOf(PodVolume.memory({ sizeLimit: Size.gibibytes(8) }))).toEqual({ name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } });
  });

  test('and /dev/shm must leave memory to the training, all volumes counted', () => {
    const volumes = [PodVolume.memory({ sizeLimit: Size.gibibytes(30) }).at('/a'), PodVolume.memory({ sizeLimit: Size.gibibytes(30) }).at('/b')];
    expect(errorsOf(refused({ memory: Size.gibibytes(64), volumes }))).toEqual([
      'train/memory-volumes | volumes: expected volumes in memory that leave some of `memory` to the training, found 76Gi of 64Gi, /dev/shm among them | '
      + 'raise `memory`, or lower `sizeLimit` of the volumes or `sharedMemory`',
    ]);
    expect(errorsOf(refused({ memory: Size.gibibytes(128), volumes }))).toEqual([]);
  });

  test('mounted twice it counts once', () => {
    const memory = PodVolume.memory({ sizeLimit: Size.gibibytes(30) });
    expect(errorsOf(refused({ memory: Size.gibibytes(64), volumes: [memory.at('/a'), memory.at('/b')] }))).toEqual([]);
  });
});

describe('scratch on the disk of the node', () => {
  test('with a limit is asked of the node', () => {
    const { worker } = train({ volumes: [PodVolume.scratch({ sizeLimit: Size.gibibytes(200) }).at('/a'), PodVolume.scratch({ sizeLimit: Size.gibibytes(100) }).at('/b')] });
    expect(worker.resources.requests['ephemeral-storage']).toBe('300Gi');
    expect(worker.resources.limits).not.toHaveProperty('ephemeral-storage');
  });

  test('without a limit asks for nothing', () => {
    expect(train({ volumes: [PodVolume.scratch().at('/a')] }).worker.resources.requests).not.toHaveProperty('ephemeral-storage');
  });
});

describe('ephemeral', () => {
  test('it is a claim of each pod', () => {
    expect(volumeOf(PodVolume.ephemeral({ tier: SCRATCH, size: Size.gibibytes(200) }))).toEqual({
      name: 'ephemeral',
      ephemeral: {
        volumeClaimTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '200Gi' } }, storageClassName: 'scratch', volumeMode: 'Filesystem' },
        },
      },
    });
  });

  test('a tier that keeps its volumes makes a warning: each pod would leave one behind', () => {
    const { job } = train({ volumes: [PodVolume.ephemeral({ tier: { ...SCRATCH, durability: Durability.PRECIOUS }, size: Size.gibibytes(200) }).at('/a')] });
    expect(warningsOn(job).map(lineOf)).toEqual([
      'keep/ephemeral-retained | volumes[0].ephemeral.tier: expected a tier that deletes: each pod leaves its volume behind, to be paid for, '
      + 'found scratch, which keeps its volumes | use a tier with `durability: Durability.SCRATCH`',
    ]);
  });

  test('its size is held against the tier', () => {
    expect(errorsOf(refused({ volumes: [PodVolume.ephemeral({ tier: DISK, size: Size.gibibytes(0) }).at('/a')] })))
      .toEqual(['api/quantity | volumes[0].size: expected a size above 0, found 0 | set `size`, as Size.gibibytes(500)']);
    expect(volumeOf(PodVolume.ephemeral({ tier: SHARED, size: Size.gibibytes(1) })).ephemeral.volumeClaimTemplate.spec.accessModes).toEqual(['ReadWriteMany']);
  });
});

describe('projected', () => {
  test('ConfigMaps, Secrets and a token are in one read-only directory', () => {
    const { pod, worker } = train(chart => ({
      volumes: [PodVolume.projected({
        configMaps: [ConfigMap.fromConfigMapName(chart, 'config', 'settings')],
        secrets: [Secret.fromSecretName(chart, 'secret', 'keys')],
        tokenAudience: 'vault',
      }).at('/etc/train')],
    }));
    expect(pod.volumes.at(-1)).toEqual({
      name: 'projected',
      projected: {
        sources: [
          { configMap: { name: 'settings' } }, { secret: { name: 'keys' } },
          { serviceAccountToken: { audience: 'vault', expirationSeconds: 3600, path: 'token' } },
        ],
      },
    });
    expect(worker.volumeMounts.at(-1).readOnly).toBe(true);
  });

  test('with nothing in it, it is refused', () => {
    expect(errorsOf(refused({ volumes: [PodVolume.projected({}).at('/a')] }))).toEqual([
      'silent/volume-source | volumes[0].projected: expected one ConfigMap, Secret or token or more, found none | name what the volume shall hold',
    ]);
  });
});

describe('an image', () => {
  test('is a read-only volume from Kubernetes 1.35', () => {
    expect(volumeOf(PodVolume.image('ghcr.io/acme/model:1.0'), KubernetesVersion.V1_35))
      .toEqual({ name: 'image', image: { pullPolicy: 'IfNotPresent', reference: 'ghcr.io/acme/model:1.0' } });
  });

  test('is refused before', () => {
    expect(errorsOf(() => volumeOf(PodVolume.image('ghcr.io/acme/model:1.0'), KubernetesVersion.V1_34))).toEqual([
      'api/since | volumes[0].image: expected Kubernetes 1.35 or newer, which has such volumes, found target 1.34 | raise the `target` of the app, or use another volume',
    ]);
  });

  test('without a reference is refused', () => {
    expect(errorsOf(() => volumeOf(PodVolume.image(' '), KubernetesVersion.V1_36))).toEqual([
      'api/image | volumes[0].image: expected a reference without spaces, found " " | use an image such as `ghcr.io/acme/model:1.4.2`',
    ]);
  });
});

describe('a directory of the node', () => {
  test('is there once its risks are accepted by name, and must exist', () => {
    expect(volumeOf(PodVolume.hostPath('/mnt/nvme', { acceptNodeLocalAndUnrestricted: true })))
      .toEqual({ name: 'host-path', hostPath: { path: '/mnt/nvme', type: 'Directory' } });
    expect(volumeOf(PodVolume.hostPath('/x', { acceptNodeLocalAndUnrestricted: true, pathType: HostPathType.DIRECTORY_OR_CREATE })).hostPath.type).toBe('DirectoryOrCreate');
  });

  test('is refused while they are not', () => {
    expect(errorsOf(refused({ volumes: [PodVolume.hostPath('mnt', { acceptNodeLocalAndUnrestricted: false }).at('/a')] }))).toEqual([
      'sec/host-path | volumes[0].acceptNodeLocalAndUnrestricted: expected true: the data stays on one node, and a namespace with the baseline standard refuses the pod, found false | '
      + 'use LocalDisks or PodVolume.scratch(), or set it to true',
      'api/host-path | volumes[0].hostPath: expected an absolute path without `..`, found "mnt" | name a directory of the node, as /mnt/nvme',
    ]);
  });

  test('does not come in by the wire form either', () => {
    expect(errorsOf(refused({ volumes: [PodVolume.fromWire({ hostPath: { path: '/mnt' } }).at('/a')] }))).toEqual([
      'sec/host-path | volumes[0].hostPath: expected a volume that the scheduler knows: a hostPath is another directory on every node, found {"path":"/mnt"} | '
      + 'use LocalDisks or PodVolume.scratch(), or accept the risk with PodVolume.hostPath()',
    ]);
  });
});

test('NFS in the pod itself makes a warning', () => {
  const { job } = train({ ...MINIMUM, volumes: [PodVolume.fromWire({ nfs: { server: '10.0.0.5', path: '/export' } }).at('/a')] });
  expect(warningsOn(job).map(({ ruleId, fix }) => [ruleId, fix])).toEqual([
    ['sec/inline-nfs', 'use SharedDataset.onFileSystem() with Nfs.existing()'],
    ['sec/pod-standard', 'label the namespace with pod-security.kubernetes.io/enforce: baseline, or do without'],
  ]);
  expect(chartIn()).toBeDefined();
});
