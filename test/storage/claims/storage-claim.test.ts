import { Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  AwsEbs, AwsEfs, DistributedTrainingJob, IStorageTier, KubernetesVersion, Mount, NfsCsi, StorageClaim, StorageClaimProps,
} from '../../../lib';
import { errorOf, errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, Surroundings, the } from '../../support/manifests';
import { DISK, MINIMUM, SHARED, train } from '../../support/training';

const size = Size.gibibytes(500);
const IO2: IStorageTier = { className: 'io2', backend: AwsEbs.io2({ iops: 1000 }) };

function claimOf(props: Partial<StorageClaimProps> = {}, surroundings: Surroundings = {}): any {
  const chart = chartIn(surroundings);
  new StorageClaim(chart, 'registry', { tier: SHARED, size, ...props });
  return the('PersistentVolumeClaim', manifestsOf(chart));
}

describe('the claim', () => {
  test('has a file system that many nodes can write to, where the driver gives one', () => {
    expect(claimOf().spec).toEqual({
      accessModes: ['ReadWriteMany'],
      resources: { requests: { storage: '500Gi' } },
      storageClassName: 'shared',
      volumeMode: 'Filesystem',
    });
  });

  test.each([
    [KubernetesVersion.V1_28, 'ReadWriteOnce'], [KubernetesVersion.V1_29, 'ReadWriteOncePod'],
  ])('is for one pod on a disk, as Kubernetes %s can say it: %s', (target, mode) => {
    expect(claimOf({ tier: DISK }, { target }).spec.accessModes).toEqual([mode]);
  });

  test('is a raw device when asked', () => {
    const { spec } = claimOf({ tier: DISK, block: true });
    expect([spec.volumeMode, spec.accessModes]).toEqual(['Block', ['ReadWriteOncePod']]);
  });

  test('is a raw device for many nodes where the volume type has it', () => {
    const { spec } = claimOf({ tier: IO2, block: true, accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY });
    expect([spec.volumeMode, spec.accessModes]).toEqual(['Block', ['ReadWriteMany']]);
  });

  test('names its VolumeAttributesClass', () => {
    expect(claimOf({ tier: DISK, attributesClass: 'faster' }, { target: KubernetesVersion.V1_34 }).spec.volumeAttributesClassName).toBe('faster');
  });

  test('has the name that it is given, else one of its own', () => {
    expect(claimOf({ name: 'models' }).metadata.name).toBe('models');
    expect(claimOf().metadata.name).toMatch(/^vision-registry-c8[0-9a-f]{6}$/);
  });
});

describe('a copy of a claim', () => {
  const copyOf = (props: Partial<StorageClaimProps>, source: Partial<StorageClaimProps> = {}): any => {
    const chart = chartIn();
    const one = new StorageClaim(chart, 'one', { tier: DISK, size, name: 'one', ...source });
    new StorageClaim(chart, 'two', { tier: DISK, name: 'two', content: one.cloneSource, ...props });
    return manifestsOf(chart).find(({ metadata }) => metadata.name === 'two');
  };

  test('carries the size and names its source by dataSourceRef, never dataSource', () => {
    const { spec } = copyOf({});
    expect(spec.dataSourceRef).toEqual({ kind: 'PersistentVolumeClaim', name: 'one' });
    expect(spec).not.toHaveProperty('dataSource');
    expect(spec.resources.requests.storage).toBe('500Gi');
  });

  test.each<[string, Partial<StorageClaimProps>, string[]]>([
    ['smaller', { size: Size.gibibytes(100) }, [
      'chain/content-size | size: expected at least 500Gi, the size of the content, found 100Gi | use Size.gibibytes(500), or leave `size` out',
    ]],
    ['on another driver', { tier: { className: 'nfs', backend: NfsCsi.share({ server: 'nfs.example.com', share: '/export' }) } }, [
      'chain/content-driver | tier: expected a class of ebs.csi.aws.com, which made the content: no other driver can read it, found nfs.csi.k8s.io | use disk, or another tier of the same driver',
    ]],
    ['a raw device of a file system', { block: true }, [
      'chain/content-volume-mode | block: expected false, as the content has it, found true | set `block` to false',
    ]],
  ])('is refused when it is %s', (_, props, lines) => {
    expect(errorsOf(() => copyOf(props))).toEqual(lines);
  });

  test('is refused where the driver cannot clone', () => {
    const efs: IStorageTier = { className: 'efs', backend: AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }) };
    expect(errorsOf(() => copyOf({ tier: efs }, { tier: efs }))).toEqual([
      'chain/clone-unsupported | content: expected a driver that can clone a claim, found efs.csi.aws.com | copy the data with a job, or use a driver that can: AwsEbs, AzureBlob, AzureDisk, AzureFiles, RookCeph.fileSystem(), RookCeph.blockPool(), GcpPersistentDisk, Longhorn, NfsCsi, TopoLvm',
    ]);
  });
});

describe('in a pod', () => {
  test('it is mounted at a path', () => {
    const { worker, pod } = train(chart => ({ volumes: [new StorageClaim(chart, 'registry', { tier: SHARED, size, name: 'models' }).at('/registry')] }));
    expect(pod.volumes).toContainEqual({ name: 'registry', persistentVolumeClaim: { claimName: 'models' } });
    expect(worker.volumeMounts).toContainEqual({ name: 'registry', mountPath: '/registry' });
  });

  test('a raw device is at a path of its own kind', () => {
    const { worker } = train(chart => ({
      workers: 1, volumes: [new StorageClaim(chart, 'raw', { tier: DISK, size, block: true }).device('/dev/xvdb')],
    }));
    expect(worker.volumeDevices).toEqual([{ name: 'raw', devicePath: '/dev/xvdb' }]);
    expect(JSON.stringify(worker.volumeMounts)).not.toContain('xvdb');
  });
});

describe('it is refused', () => {
  test.each<[string, Partial<StorageClaimProps>, Surroundings, string[]]>([
    ['without a size', { size: undefined }, {}, [
      'props/required | size: expected a size: the API demands one of every claim, found none | set `size`, as Size.gibibytes(500)',
    ]],
    ['for many nodes on a disk', { tier: DISK, accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }, {}, [
      'chain/access-mode | accessMode: expected a mode that ebs.csi.aws.com gives a file system: ReadWriteOnce, ReadWriteOncePod, found ReadWriteMany | use one of them, or a driver that gives it: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi',
    ]],
    ['as a device of a file server', { block: true }, {}, [
      'chain/access-mode | block: expected a file system: efs.csi.aws.com has no raw devices, found block: true | leave `block` out, or use a driver that has them: AwsEbs, AzureDisk, RookCeph.blockPool(), GcpPersistentDisk, Longhorn, TopoLvm',
    ]],
    ['for one pod before Kubernetes can say so', { tier: DISK, accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD }, { target: KubernetesVersion.V1_28 }, [
      'api/since | accessMode: expected Kubernetes 1.29 or newer for ReadWriteOncePod, found target 1.28 | use READ_WRITE_ONCE, or raise the `target` of the app',
    ]],
    ['with attributes before Kubernetes has them', { tier: DISK, attributesClass: 'faster' }, { target: KubernetesVersion.V1_33 }, [
      'api/since | attributesClass: expected Kubernetes 1.34 or newer for a VolumeAttributesClass, found target 1.33 | leave `attributesClass` out, or raise the `target` of the app',
    ]],
    ['with attributes of a driver that has none', { attributesClass: 'faster' }, { target: KubernetesVersion.V1_34 }, [
      'chain/attributes-unsupported | attributesClass: expected a driver whose volumes can change their attributes, found efs.csi.aws.com | leave `attributesClass` out',
    ]],
    ['with a name that no claim can have', { name: 'My Models' }, {}, [
      'api/name | name: expected lower case letters, digits, `-` and `.`, at most 253 characters, found "My Models" | use a name such as `registry`',
    ]],
  ])('%s', (_, props, surroundings, lines) => {
    expect(errorsOf(() => claimOf(props, surroundings))).toEqual(lines);
  });

  test('with everything that is wrong in one error', () => {
    const { findings } = errorOf(() => claimOf({ tier: DISK, size: Size.gibibytes(0), name: 'A', accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }));
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['api/quantity', 'chain/access-mode', 'api/name']);
  });
});

describe('a claim that exists', () => {
  test('is not emitted', () => {
    const chart: Chart = chartIn();
    StorageClaim.existing(chart, 'claim', { claimName: 'team', tier: DISK, size });
    expect(manifestsOf(chart)).toEqual([]);
  });

  test('can be mounted, as what it is', () => {
    const { pod, worker } = train(chart => ({
      volumes: [
        StorageClaim.existing(chart, 'files', { claimName: 'team' }).at('/team'),
        StorageClaim.existing(chart, 'raw', { claimName: 'disk', block: true }).device('/dev/xvdb'),
      ],
    }));
    expect(pod.volumes.slice(-2)).toEqual([
      { name: 'files', persistentVolumeClaim: { claimName: 'team' } }, { name: 'raw', persistentVolumeClaim: { claimName: 'disk' } },
    ]);
    expect(worker.volumeMounts).toContainEqual({ name: 'files', mountPath: '/team' });
    expect(worker.volumeDevices).toEqual([{ name: 'raw', devicePath: '/dev/xvdb' }]);
  });

  test('can be copied, with its size', () => {
    const chart = chartIn();
    const existing = StorageClaim.existing(chart, 'claim', { claimName: 'team', tier: DISK, size });
    new StorageClaim(chart, 'copy', { tier: DISK, content: existing.cloneSource });
    const { spec } = the('PersistentVolumeClaim', manifestsOf(chart));
    expect(spec.dataSourceRef).toEqual({ kind: 'PersistentVolumeClaim', name: 'team' });
    expect(spec.resources.requests.storage).toBe('500Gi');
  });
});

describe('a job is refused', () => {
  const job = (workers: number, mount: (claim: StorageClaim) => Mount, block = false) => () => {
    const chart = chartIn();
    const claim = new StorageClaim(chart, 'claim', { tier: DISK, size, block });
    return new DistributedTrainingJob(chart, 'train', { ...MINIMUM, workers, volumes: [mount(claim)] });
  };

  test('when several workers mount a claim of one pod', () => {
    expect(errorsOf(job(4, claim => claim.at('/a')))).toEqual([
      'chain/access-mode | volumes[0]: expected a claim that 4 workers can use at once (ReadWriteMany or ReadOnlyMany), '
      + 'found ReadWriteOncePod: all but one worker would wait for ever | '
      + 'use a tier on a shared file system, or CheckpointVolume.perWorker() for a claim of each worker',
    ]);
    expect(errorsOf(job(1, claim => claim.at('/a')))).toEqual([]);
  });

  test('when a raw device is mounted as files, or files as a device', () => {
    expect(errorsOf(job(1, claim => claim.at('/a'), true))).toEqual([
      "chain/volume-mode | volumes[0]: expected `device()`: the claim is a raw device, found `at()` | use device('/dev/xvdb'), or change `block` of the claim",
    ]);
    expect(errorsOf(job(1, claim => claim.device('/dev/xvdb')))).toEqual([
      "chain/volume-mode | volumes[0]: expected `at()`: the claim has a file system, found `device()` | use at('/data'), or change `block` of the claim",
    ]);
  });
});
