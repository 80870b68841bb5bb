import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  AwsEbs, AwsEfs, AzureDisk, CheckpointVolume, DistributedTrainingJob, Durability, GcpPersistentDisk, IStorageTier, LocalVolumes, Nfs,
  Platform, PlatformTiers, ReclaimPolicy, RookCeph, SharedDataset, StorageBackend, StorageClaim, StorageDriver, StorageDriverProps,
  StorageTier, VolumeBindingMode,
} from '../../lib';
import { errorsOf, warningsOn } from '../support/findings';
import { chartIn, manifestsOf, the } from '../support/manifests';
import { MINIMUM } from '../support/training';

const size = Size.tebibytes(1);

/** The class that a backend leads to. */
function classOf(backend: StorageBackend, props: object = {}): any {
  const chart = chartIn();
  new StorageTier(chart, 'tier', { backend, ...props });
  return the('StorageClass', manifestsOf(chart));
}

/** What a tier is refused for, by rule. */
function rulesOf(build: () => unknown): string[] {
  return errorsOf(build).map(line => line.split(' | ')[0]);
}

const tier = (backend: StorageBackend): IStorageTier => new StorageTier(chartIn(), 'tier', { name: 'tier', backend });

test('E15: checkpoints on hard disks are warned of', () => {
  const job = (backend: StorageBackend) => new DistributedTrainingJob(chartIn(), 'train', {
    ...MINIMUM, checkpoints: CheckpointVolume.perWorker({ tier: tier(backend), size, path: '/c' }),
  });
  const rules = (backend: StorageBackend) => warningsOn(job(backend)).map(({ ruleId }) => ruleId);
  for (const slow of [AwsEbs.st1(), AwsEbs.sc1(), GcpPersistentDisk.standard(), AzureDisk.standardHdd()]) expect(rules(slow)).toContain('train/slow-checkpoints');
  for (const fast of [AwsEbs.gp3(), GcpPersistentDisk.balanced(), AzureDisk.premiumSsd()]) expect(rules(fast)).not.toContain('train/slow-checkpoints');
});

test('E16: throughput on io2 is refused, whoever passes it', () => {
  const props = { iops: 16000, throughput: 4000 };
  expect(rulesOf(() => tier(AwsEbs.io2(props)))).toEqual(['driver/throughput-not-settable']);
});

test('E17: io2 takes 256,000 IOPS, where the claim is large enough', () => {
  expect(classOf(AwsEbs.io2({ iops: 256_000 })).parameters.iops).toBe('256000');
  expect(rulesOf(() => tier(AwsEbs.io2({ iops: 256_001 })))).toEqual(['driver/iops-over-limit']);
  expect(rulesOf(() => new StorageClaim(chartIn(), 'claim', { tier: tier(AwsEbs.io2({ iops: 64_000 })), size: Size.gibibytes(63) }))).toEqual(['driver/iops-ratio']);
});

test('E18: gp3 at 16,000 IOPS is refused to a claim under 32 GiB', () => {
  const fast = tier(AwsEbs.gp3({ iops: 16_000, throughput: 1_000 }));
  expect(rulesOf(() => new StorageClaim(chartIn(), 'claim', { tier: fast, size: Size.gibibytes(31) }))).toEqual(['driver/iops-ratio']);
  expect(rulesOf(() => new StorageClaim(chartIn(), 'claim', { tier: fast, size: Size.gibibytes(32) }))).toEqual([]);
});

describe('E19: a zonal disk', () => {
  test.each([
    ['EBS', AwsEbs.gp3()], ['Persistent Disk', GcpPersistentDisk.ssd()], ['Azure Disk', AzureDisk.premiumSsd()], ['local', LocalVolumes.preProvisioned()],
  ])('of %s is made where its pod is', (_, backend) => {
    expect(classOf(backend).volumeBindingMode).toBe('WaitForFirstConsumer');
  });

  test('is made at once only when that is said, and with a warning', () => {
    const said = new StorageTier(chartIn(), 'tier', { backend: AwsEbs.gp3(), bindingMode: VolumeBindingMode.IMMEDIATE });
    expect(warningsOn(said).map(({ ruleId }) => ruleId)).toEqual(['driver/immediate-zonal']);
  });
});

test('E20: checkpoints on a class that deletes are refused until they are said to be reproducible', () => {
  const cache = new StorageTier(chartIn(), 'cache', { backend: AwsEbs.gp3(), reclaimPolicy: ReclaimPolicy.DELETE });
  const job = (durability?: Durability) => () => new DistributedTrainingJob(chartIn(), 'train', {
    ...MINIMUM, checkpoints: CheckpointVolume.perWorker({ tier: cache, size, path: '/c', durability }),
  });
  expect(rulesOf(job())).toEqual(['keep/tier-deletes']);
  expect(rulesOf(job(Durability.REPRODUCIBLE))).toEqual([]);
});

describe('a provisioner that is gone', () => {
  const define = (provisioner: string) => () => StorageDriver.define({
    title: 'old', provisioner, kind: 'block', filesystemModes: ['ReadWriteOnce'],
  } as unknown as StorageDriverProps).volumes();

  test.each([
    ['kubernetes.io/aws-ebs', 'ebs.csi.aws.com'], ['kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'], ['kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  ])('E21: %s is refused, and its successor named: %s', (provisioner, successor) => {
    const [line] = errorsOf(() => tier(define(provisioner)())).filter(one => one.includes(provisioner));
    expect(line).toContain(successor);
  });

  test('E22: kubernetes.io/host-path is refused, and what development clusters have is named', () => {
    const [line] = errorsOf(() => tier(define('kubernetes.io/host-path')())).filter(one => one.includes('kubernetes.io/host-path'));
    expect(line).toContain('rancher.io/local-path');
  });
});

test('E23: Azure disks are named by skuName, and are not cached where they cannot be', () => {
  const { parameters } = classOf(AzureDisk.premiumSsdV2({ iops: 16_000 }));
  expect(parameters).toMatchObject({ skuName: 'PremiumV2_LRS', cachingMode: 'None' });
  expect(Object.keys(parameters)).not.toEqual(expect.arrayContaining(['storageaccounttype', 'kind']));
});

test('E24: two zones are paid for only where they are asked for', () => {
  expect(classOf(GcpPersistentDisk.ssd()).parameters).not.toHaveProperty('replication-type');
  expect(classOf(GcpPersistentDisk.ssd({ regional: true })).parameters['replication-type']).toBe('regional-pd');
  const { fast } = new PlatformTiers(chartIn(), 'tiers', { platform: Platform.gcp() });
  expect(fast.backend.parameters).toMatchObject({ type: 'hyperdisk-balanced' });
  expect(fast.backend.parameters).not.toHaveProperty('replication-type');
});

test('E25: a class of Rook has the secrets that growing needs, and says what its images are', () => {
  const { parameters, allowVolumeExpansion } = classOf(RookCeph.blockPool({ pool: 'replicapool' }));
  expect(allowVolumeExpansion).toBe(true);
  expect(parameters).toMatchObject({
    'imageFormat': '2',
    'csi.storage.k8s.io/controller-expand-secret-name': expect.any(String),
    'csi.storage.k8s.io/controller-expand-secret-namespace': expect.any(String),
  });
});

test('E26: a directory of EFS belongs to somebody, and its permissions are a text', () => {
  const { parameters } = classOf(AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' }));
  expect(parameters).toMatchObject({ directoryPerms: '700', gidRangeStart: '50000', gidRangeEnd: '60000' });
});

test('E27: st1 is refused under 125 GiB, and an archive of hard disks is told for what it is', () => {
  expect(rulesOf(() => new StorageClaim(chartIn(), 'claim', { tier: tier(AwsEbs.st1()), size: Size.gibibytes(124) }))).toEqual(['driver/size-under-min']);
  const tiers = new PlatformTiers(chartIn(), 'tiers', { platform: Platform.aws() });
  expect(warningsOn(tiers).find(({ path }) => path === 'archive')?.fix).toContain('bucket');
});

test('E28: a dataset for many nodes on a disk is refused', () => {
  expect(rulesOf(() => new SharedDataset(chartIn(), 'imagenet', { tier: tier(AwsEbs.gp3()), size }))).toContain('chain/access-mode');
});

test('E29: a second default class is refused', () => {
  const chart = chartIn();
  new StorageTier(chart, 'one', { backend: AwsEbs.gp3(), isDefault: true, name: 'one' });
  expect(errorsOf(() => new StorageTier(chart, 'two', { backend: AwsEbs.gp3(), isDefault: true }))).toEqual([
    'silent/two-default-classes | isDefault: expected one default class in a cluster: of several, claims without a class get the newest, '
    + 'found one (vision/one) as well | leave `isDefault` out of one of them',
  ]);
});

test('E31: nobody is told IOPS or throughput that a driver does not let one choose', () => {
  expect(classOf(AwsEfs.accessPoints({ fileSystemId: 'fs-0123456789abcdef0' })).parameters).not.toHaveProperty('iops');
  const iops: object = { iops: 500 };
  for (const backend of [AwsEbs.st1(iops), AzureDisk.premiumSsd(iops), GcpPersistentDisk.ssd(iops)]) {
    expect(rulesOf(() => tier(backend))).toEqual(['driver/iops-not-settable']);
  }
});

test('E49: claims of workers that are gone stay, and that is written; whoever wants fresh ones says so', () => {
  const policyOf = (durability?: Durability) => {
    const chart = chartIn();
    const fast = new StorageTier(chart, 'fast', { backend: AwsEbs.gp3() });
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, checkpoints: CheckpointVolume.perWorker({ tier: fast, size, path: '/c', durability }) });
    return the('StatefulSet', manifestsOf(chart)).spec.persistentVolumeClaimRetentionPolicy;
  };
  expect(policyOf()).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(policyOf(Durability.REPRODUCIBLE)).toEqual({ whenDeleted: 'Delete', whenScaled: 'Delete' });
});

test('E73: a volume that is kept is bound to its claim by name, so that the same claim finds it again', () => {
  const chart = chartIn();
  const data = SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: Nfs.existing('10.0.0.5', '/export'), size });
  const { spec } = the('PersistentVolume', manifestsOf(chart));
  expect(spec.persistentVolumeReclaimPolicy).toBe('Retain');
  expect(spec.claimRef).toEqual({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: data.claimName, namespace: 'ml-training' });
});
