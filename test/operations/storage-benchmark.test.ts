import { Duration, Size, Yaml } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  AwsEbs, AzureBlob, BenchmarkPattern, Durability, IStorageTier, KubernetesVersion, StorageBenchmark, StorageBenchmarkProps,
} from '../../lib';
import { errorsOf } from '../support/findings';
import { chartIn, manifestsOf, Surroundings, the } from '../support/manifests';
import { DISK, SHARED } from '../support/training';

const IMAGE = 'ghcr.io/acme/fio:3.39';
const SIZE = Size.gibibytes(100);

function benchmark(props: Partial<StorageBenchmarkProps> = {}, surroundings: Surroundings = {}) {
  const chart = chartIn(surroundings);
  const made = new StorageBenchmark(chart, 'fast', { tier: DISK, size: SIZE, image: IMAGE, ...props });
  const manifests = manifestsOf(chart);
  const job = the('Job', manifests);
  const pod = job.spec.template.spec;
  const [fio] = pod.containers;
  const options: Record<string, string> = Object.fromEntries(fio.args.map((arg: string) => arg.replace(/^--/, '').split('=')));
  return { made, manifests, job, pod, fio, options, claim: the('PersistentVolumeClaim', manifests) };
}

/** What plain JavaScript can pass. */
type Untyped = Partial<Record<keyof StorageBenchmarkProps, unknown>>;

const refused = (props: Untyped): string[] => errorsOf(() => benchmark(props as Partial<StorageBenchmarkProps>));

describe('a benchmark', () => {
  const { made, manifests, job, pod, fio, claim } = benchmark();

  test('is a claim of its tier, and one run on it', () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(['Job', 'PersistentVolumeClaim']);
    expect(claim.spec).toEqual({
      accessModes: ['ReadWriteOncePod'], resources: { requests: { storage: '100Gi' } }, storageClassName: 'disk', volumeMode: 'Filesystem',
    });
    expect(pod.volumes).toEqual([{ name: 'claim', persistentVolumeClaim: { claimName: claim.metadata.name } }]);
    expect(fio.volumeMounts).toEqual([{ name: 'claim', mountPath: '/benchmark' }]);
    expect(job.spec).toMatchObject({ backoffLimit: 0, completions: 1, parallelism: 1 });
    expect(pod.restartPolicy).toBe('Never');
    expect(made.jobName).toBe(job.metadata.name);
  });

  test('leaves a claim that nobody needs to keep', () => {
    expect(made.claim.durability).toBe(Durability.SCRATCH);
    expect(claim.metadata.annotations).toBeUndefined();
  });

  test('runs fio itself, without a shell, as a user without rights', () => {
    expect(fio).toMatchObject({ image: IMAGE, command: ['fio'] });
    expect(fio.args.every((arg: string) => arg.startsWith('--'))).toBe(true);
    expect(fio.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } });
    expect(fio.resources).toEqual({ limits: { memory: '1Gi' }, requests: { cpu: '2', memory: '1Gi' } });
  });

  test('is written as it was', () => {
    expect(Yaml.stringify(...manifests)).toMatchSnapshot();
  });
});

test.each([
  [BenchmarkPattern.SEQUENTIAL_READ, 'read', String(2 ** 20), '16'],
  [BenchmarkPattern.SEQUENTIAL_WRITE, 'write', String(2 ** 20), '16'],
  [BenchmarkPattern.RANDOM_READ, 'randread', '4096', '64'],
  [BenchmarkPattern.RANDOM_WRITE, 'randwrite', '4096', '64'],
])('%s has the blocks and the queue that show what storage can do', (pattern, rw, bs, iodepth) => {
  expect(benchmark({ pattern }).options).toMatchObject({ rw, bs, iodepth, numjobs: '4', runtime: '60' });
});

test('each option reaches fio, the pod or the job', () => {
  const { options, fio, pod, job } = benchmark({
    duration: Duration.minutes(10), blockSize: Size.kibibytes(128), queueDepth: 32, processes: 8, dataSize: Size.gibibytes(80),
    cpu: Cpu.millis(3500), memory: Size.gibibytes(4), nodeSelector: { gpu: 'h100' }, tolerations: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
    ttlAfterFinished: Duration.days(1),
  });
  expect(options).toMatchObject({ bs: '131072', iodepth: '32', numjobs: '8', runtime: '600', size: String(10 * 2 ** 30) });
  expect(fio.resources).toEqual({ limits: { memory: '4Gi' }, requests: { cpu: '3500m', memory: '4Gi' } });
  expect(pod.nodeSelector).toEqual({ gpu: 'h100' });
  expect(pod.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
  expect(job.spec.ttlSecondsAfterFinished).toBe(86_400);
});

describe('the claim', () => {
  test.each<[string, IStorageTier, KubernetesVersion, string]>([
    ['a disk', DISK, KubernetesVersion.V1_33, 'ReadWriteOncePod'],
    ['a disk before 1.29', DISK, KubernetesVersion.V1_28, 'ReadWriteOnce'],
    ['a shared file system', SHARED, KubernetesVersion.V1_33, 'ReadWriteMany'],
  ])('of %s has the mode that others of the tier have', (_, tier, target, mode) => {
    expect(benchmark({ tier }, { target }).claim.spec.accessModes).toEqual([mode]);
  });

  test('may be of a tier that deletes', () => {
    expect(errorsOf(() => benchmark({ tier: { ...DISK, durability: Durability.SCRATCH } }))).toEqual([]);
  });
});

describe('a job cannot change', () => {
  test('so another load, image or place is another job on the same claim', () => {
    const one = benchmark();
    const others = [
      { pattern: BenchmarkPattern.RANDOM_READ }, { image: `${IMAGE}-1` }, { nodeSelector: { gpu: 'h100' } }, { duration: Duration.seconds(61) },
    ].map(props => benchmark(props));
    expect(new Set([one, ...others].map(({ made }) => made.jobName)).size).toBe(5);
    expect(new Set([one, ...others].map(({ claim }) => claim.metadata.name)).size).toBe(1);
    expect(benchmark().made.jobName).toBe(one.made.jobName);
  });

  test('and its name fits the label of its pod, whatever the id', () => {
    const chart = chartIn();
    const { jobName } = new StorageBenchmark(chart, 'a'.repeat(100), { tier: DISK, size: SIZE, image: IMAGE });
    expect(jobName.length).toBeLessThanOrEqual(63);
    expect(jobName).toMatch(/-[0-9a-f]{8}$/);
  });
});

describe('the files', () => {
  const totalOf = (size: Size): number => {
    const { options } = benchmark({ size });
    return Number(options.size) * Number(options.numjobs) / 2 ** 30;
  };

  test('take half of the claim, and not more than it takes to see what it gives', () => {
    expect([2, 10, 32, 100, 4096].map(gib => totalOf(Size.gibibytes(gib)))).toEqual([1, 5, 16, 16, 16]);
  });

  test('hold whole blocks', () => {
    const { options } = benchmark({ processes: 3, blockSize: Size.mebibytes(3) });
    expect(Number(options.size) % Number(options.bs)).toBe(0);
  });
});

describe('refused is', () => {
  test.each<[string, Untyped, string[]]>([
    ['no image', { image: undefined }, ['props/required | image: expected an image with fio, built with libaio, found none | build one and name it: there is no official one']],
    ['an empty image', { image: ' ' }, ['props/required | image: expected an image with fio, built with libaio, found none | build one and name it: there is no official one']],
    ['a claim of nothing', { size: Size.gibibytes(0) }, ['api/quantity | size: expected a size above 0, found 0 | set `size`, as Size.gibibytes(500)']],
    ['a claim of 1 GiB', { size: Size.gibibytes(1) }, ['props/benchmark | size: expected 2Gi or more: less is measured in caches, found 1Gi | raise `size`; half of it holds the data']],
    ['a claim that could do', { size: Size.mebibytes(1500) }, [
      'props/benchmark | size: expected 2Gi or more: less is measured in caches, found 1500Mi | raise `size`; half of it holds the data, unless `dataSize` is set',
    ]],
    ['little data', { dataSize: Size.mebibytes(100) }, ['props/benchmark | dataSize: expected 1Gi or more: less is measured in caches, found 100Mi | raise `dataSize`, or leave it out']],
    ['data that does not fit', { dataSize: Size.gibibytes(81) }, ['props/benchmark | dataSize: expected at most 80 % of `size`: a file system needs room of its own, found 81Gi of 100Gi | lower `dataSize`, or raise `size`']],
    ['a moment', { duration: Duration.seconds(9) }, ['props/benchmark | duration: expected whole seconds from 10 to 86400, found 9 s | set `duration`, as Duration.seconds(60)']],
    ['part of a second', { duration: Duration.millis(10_500) }, ['props/benchmark | duration: expected whole seconds from 10 to 86400, found 10.5 s | set `duration`, as Duration.seconds(60)']],
    ['two days', { duration: Duration.days(2) }, ['props/benchmark | duration: expected whole seconds from 10 to 86400, found 172800 s | set `duration`, as Duration.seconds(60)']],
    ['another pattern', { pattern: 'trim' }, ['props/benchmark | pattern: expected one of read, write, randread, randwrite, found "trim" | use a value of BenchmarkPattern']],
    ['a block that is none', { blockSize: Size.kibibytes(5) }, ['props/benchmark | blockSize: expected a multiple of 4Ki: direct I/O takes whole blocks of the disk, found 5Ki | set `blockSize`, as Size.mebibytes(1)']],
    ['no queue', { queueDepth: 0 }, ['props/benchmark | queueDepth: expected a whole number from 1 to 1024, found 0 | set `queueDepth`, or leave it out']],
    ['half a process', { processes: 0.5 }, ['props/benchmark | processes: expected a whole number from 1 to 64, found 0.5 | set `processes`, or leave it out']],
    ['more in flight than memory holds', { queueDepth: 256 }, [
      'props/benchmark | memory: expected 2Gi or more: `blockSize` x `queueDepth` x `processes` are in flight, 1Gi, found 1Gi | raise `memory`, or lower one of them',
    ]],
    ['memory of nothing', { memory: Size.gibibytes(0) }, ['api/quantity | memory: expected a size above 0, found 0 | set `memory`, or leave it out']],
    ['part of a second afterwards', { ttlAfterFinished: Duration.millis(500) }, ['api/seconds | ttlAfterFinished: expected whole seconds from 0 to 2147483647, found 0.5 s | set `ttlAfterFinished`, as Duration.days(1)']],
    ['a size that the disk has not', { tier: { className: 'st1', backend: AwsEbs.st1() } }, [
      'driver/size-under-min | size: expected at least 125Gi (st1), found 100Gi | use Size.gibibytes(125), or another volume type',
    ]],
    ['a bucket', { tier: { className: 'blobs', backend: AzureBlob.container() } }, [
      'chain/object-store-write | tier: expected a file system: fio writes its files in places, which a mounted bucket cannot, found blob.csi.azure.com | write to a file system, and copy to the bucket what is finished',
    ]],
  ])('%s', (_, props, lines) => {
    expect(refused(props)).toEqual(lines);
    expect(lines).toHaveLength(1);
  });

  test('all of it at once', () => {
    const rules = refused({ image: '', duration: Duration.seconds(1), queueDepth: -1, nodeSelector: { 'a b': 'c' } }).map(line => line.split(':')[0]);
    expect(rules).toEqual(['props/required | image', 'props/benchmark | duration', 'props/benchmark | queueDepth', "api/label | nodeSelector['a b']"]);
  });
});
