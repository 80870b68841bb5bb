import { Duration, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Accelerator, CheckpointVolume, DistributedTrainingJob, DistributedTrainingJobProps, Engine, Framework, PerWorkerCheckpointProps,
} from '../../lib';
import { errorOf, errorsOf } from '../support/findings';
import { chartIn, manifestsOf } from '../support/manifests';
import { CHECKPOINTS, DISK, refused, SHARED } from '../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const SIZE = { size: Size.gibibytes(500), path: '/checkpoints' };
const A62 = 'a'.repeat(62);
const NAME = 'use a name such as `resnet-50`, or leave it out';

function perWorker(props: Partial<PerWorkerCheckpointProps>): Props {
  return { checkpoints: CheckpointVolume.perWorker({ tier: DISK, ...SIZE, ...props }), engine: Engine.statefulSet() };
}

describe('a job is refused for', () => {
  test.each<[string, Props, string]>([
    ['no workers', { workers: 0 },
      'train/workers | workers: expected a whole number from 1 to 100000 (Indexed Job), found 0 | set `workers` to the number of pods that train together'],
    ['half a worker', { workers: 1.5 },
      'train/workers | workers: expected a whole number from 1 to 100000 (Indexed Job), found 1.5 | set `workers` to the number of pods that train together'],
    ['more workers than the API takes', { workers: 100_001 },
      'train/workers | workers: expected a whole number from 1 to 100000 (Indexed Job), found 100001 | set `workers` to the number of pods that train together'],
    ['no workers in a StatefulSet', { workers: 0, engine: Engine.statefulSet() },
      'train/workers | workers: expected a whole number from 1, found 0 | set `workers` to the number of pods that train together'],
    ['a number of workers that is none', { workers: NaN, restarts: 3 },
      'train/workers | workers: expected a whole number from 1 to 100000 (Indexed Job), found NaN | set `workers` to the number of pods that train together'],
    ['a name with capitals', { name: 'Train' },
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 61 characters: Indexed Job puts more behind it, up to 63, found "Train" (5) | ${NAME}`],
    ['an empty name', { name: '' },
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 61 characters: Indexed Job puts more behind it, up to 63, found "" (0) | ${NAME}`],
    ['a name that begins with a digit', { name: '7b' },
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 61 characters: Indexed Job puts more behind it, up to 63, found "7b" (2) | ${NAME}`],
    ['a name that leaves no room for the last index', { name: A62, workers: 8 },
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 61 characters: Indexed Job puts more behind it, up to 63, found "${A62}" (62) | ${NAME}`],
    ['a name that leaves no room for a hash', { name: A62.slice(9), engine: Engine.statefulSet() },
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most 52 characters: StatefulSet puts more behind it, up to 63, found "${A62.slice(9)}" (53) | ${NAME}`],
    ['no memory', { memory: Size.gibibytes(0) },
      'api/quantity | memory: expected a size above 0, found 0 | set `memory`, as Size.gibibytes(64)'],
    ['no shared memory', { sharedMemory: Size.gibibytes(0) },
      'api/quantity | sharedMemory: expected a size above 0, found 0 | set `sharedMemory`, as Size.gibibytes(64)'],
    ['shared memory that takes all memory', { sharedMemory: Size.gibibytes(64) },
      "train/shared-memory | sharedMemory: expected less than `memory`: what is written to /dev/shm counts to the worker's memory, found 64Gi of 64Gi | lower `sharedMemory`, for example to 16Gi, or raise `memory`"],
    ['a claim for each worker of a Job', { checkpoints: CHECKPOINTS.perWorker(), engine: Engine.indexedJob() },
      'train/engine-cannot | checkpoints: expected an engine that has a claim for each worker: Engine.statefulSet() or Engine.leaderWorkerSet(), found Engine.indexedJob() | use one of them, or one claim for all with CheckpointVolume.shared()'],
    ['a limit of restarts where the StatefulSet was chosen', { checkpoints: CHECKPOINTS.perWorker(), restarts: 3 },
      'train/engine-cannot | restarts: expected an engine that has a limit of restarts: Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob(), found Engine.statefulSet(), chosen for the claims of each worker | leave `restarts` out, or use one of them with CheckpointVolume.shared()'],
    ['a limit of restarts of a StatefulSet', { engine: Engine.statefulSet(), restarts: 3 },
      'train/engine-cannot | restarts: expected an engine that has a limit of restarts: Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob(), found Engine.statefulSet() | leave `restarts` out, or use one of them'],
    ['a deadline of a StatefulSet', { engine: Engine.statefulSet(), deadline: Duration.hours(1) },
      'train/engine-cannot | deadline: expected an engine that has a deadline: Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob(), found Engine.statefulSet() | leave `deadline` out, or use one of them'],
    ['a time after the end of a StatefulSet', { engine: Engine.statefulSet(), ttlAfterFinished: Duration.hours(1) },
      'train/engine-cannot | ttlAfterFinished: expected an engine that has an end, and so a time after it: Engine.indexedJob(), Engine.jobSet(), Engine.trainJob() or Engine.pytorchJob(), found Engine.statefulSet() | leave `ttlAfterFinished` out, or use one of them'],
    ['no time to end', { terminationGracePeriod: Duration.seconds(0) },
      'api/seconds | terminationGracePeriod: expected whole seconds from 1 to 2147483647, found 0 s | set `terminationGracePeriod`, as Duration.seconds(120)'],
    ['a fraction of a second', { terminationGracePeriod: Duration.millis(1500) },
      'api/seconds | terminationGracePeriod: expected whole seconds from 1 to 2147483647, found 1.5 s | set `terminationGracePeriod`, as Duration.seconds(120)'],
    ['a deadline beyond what the API can count', { deadline: Duration.days(100_000) },
      'api/seconds | deadline: expected whole seconds from 1 to 2147483647, found 8640000000 s | set `deadline`, as Duration.seconds(120)'],
    ['a deadline of nothing', { deadline: Duration.seconds(0) },
      'api/seconds | deadline: expected whole seconds from 1 to 2147483647, found 0 s | set `deadline`, as Duration.seconds(120)'],
    ['a fraction of a second after the end', { ttlAfterFinished: Duration.millis(1) },
      'api/seconds | ttlAfterFinished: expected whole seconds from 0 to 2147483647, found 0.001 s | set `ttlAfterFinished`, as Duration.seconds(120)'],
    ['fewer restarts than none', { restarts: -1 },
      'train/restarts | restarts: expected a whole number from 0, found -1 | set `restarts` to the incidents that the job shall survive'],
    ['half a restart', { restarts: 1.5 },
      'train/restarts | restarts: expected a whole number from 0, found 1.5 | set `restarts` to the incidents that the job shall survive'],
    ['more failed pods than the API can count', { restarts: 2 ** 30 },
      'train/restarts | restarts: expected at most 536870911 with 4 workers, found 1073741824 | set `restarts` to the incidents that the job shall survive'],
    ['a claim template with a bad name', perWorker({ name: 'Check_Points' }),
      'api/name | checkpoints.name: expected lower case letters, digits and `-`, at most 63 characters, found "Check_Points" | use a name such as `checkpoints`'],
    ['a claim template that would take the place of /dev/shm', perWorker({ name: 'shared-memory' }),
      'silent/volume-name | checkpoints.name: expected a name of its own: a claim takes the place of a volume of the same name, found "shared-memory", the volume at /dev/shm | use a name such as `checkpoints`'],
    ['a claim of no size', perWorker({ size: Size.gibibytes(0) }),
      'api/quantity | checkpoints.size: expected a size above 0, found 0 | set `size`, as Size.gibibytes(500)'],
    ['a shared claim of no size', { checkpoints: CheckpointVolume.shared({ tier: SHARED, ...SIZE, size: Size.mebibytes(0) }) },
      'api/quantity | checkpoints.size: expected a size above 0, found 0 | set `size`, as Size.gibibytes(500)'],
    ['a shared claim on a disk of one node', { checkpoints: CheckpointVolume.shared({ tier: DISK, ...SIZE }) },
      'chain/access-mode | checkpoints.tier: expected a driver that gives many nodes one file system (ReadWriteMany): the workers may run on many nodes, found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod | use a driver that does: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi; or CheckpointVolume.perWorker()'],
    ['too few processes', { framework: Framework.pytorch({ processesPerWorker: 0 }) },
      'train/framework-option | framework.processesPerWorker: expected a whole number from 1 to 1024, found 0 | set `processesPerWorker` within the range, or leave it out'],
    ['a port that is none', { framework: Framework.pytorch({ port: 65536 }) },
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 65536 | set `port` within the range, or leave it out'],
    ['half a restart of torchrun', { framework: Framework.pytorch({ maxRestarts: 1.5 }) },
      'train/framework-option | framework.maxRestarts: expected a whole number from 0 to 1000000, found 1.5 | set `maxRestarts` within the range, or leave it out'],
    ['no devices', { accelerator: Accelerator.nvidia(0) },
      'api/extended-resource | accelerator.count: expected a whole number from 1: devices cannot be divided, found 0 | use the number of devices of one worker, or leave `accelerator` out'],
    ['half a device', { accelerator: Accelerator.nvidia(0.5) },
      'api/extended-resource | accelerator.count: expected a whole number from 1: devices cannot be divided, found 0.5 | use the number of devices of one worker, or leave `accelerator` out'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test.each(['gpu', 'kubernetes.io/gpu', 'x.kubernetes.io/gpu', 'requests.nvidia.com/gpu', 'a..b/gpu', 'nvidia.com/', '/gpu', 'a/b/c', 'nvidia.com/-gpu'])(
    'devices that no plugin can register: %s', name => {
      expect(errorsOf(refused({ accelerator: Accelerator.extendedResource(name, 1) }))).toEqual([
        `api/extended-resource | accelerator.resourceName: expected a name with the domain of the device plugin, as \`nvidia.com/gpu\`, found "${name}" | take the name from \`status.allocatable\` of a node`,
      ]);
    });

  test('a size that the tier of the claims cannot have', () => {
    const errors = errorsOf(refused(perWorker({ size: Size.tebibytes(65) })));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^driver\/.* \| checkpoints\.size: expected .*64Ti.*, found 65Ti/);
  });

  test('everything that is wrong at once, in one text', () => {
    const error = errorOf(refused({
      workers: 1.5,
      image: '',
      memory: Size.gibibytes(8),
      sharedMemory: Size.gibibytes(16),
      accelerator: Accelerator.nvidia(0.5),
      framework: Framework.pytorch({ port: 0 }),
      checkpoints: CheckpointVolume.shared({ tier: DISK, ...SIZE, path: 'checkpoints' }),
      env: { RANK: '0' },
    }));
    expect(error.name).toBe('ValidationError');
    expect(error.message).toMatchInlineSnapshot(`
      "8 problems
      vision/train (DistributedTrainingJob)
        error train/workers
          workers: expected a whole number from 1 to 100000 (Indexed Job), found 1.5
          fix: set \`workers\` to the number of pods that train together
        error train/shared-memory
          sharedMemory: expected less than \`memory\`: what is written to /dev/shm counts to the worker's memory, found 16Gi of 8Gi
          fix: lower \`sharedMemory\`, for example to 2Gi, or raise \`memory\`
          see: https://kubernetes.io/docs/concepts/storage/volumes/#emptydir
        error api/extended-resource
          accelerator.count: expected a whole number from 1: devices cannot be divided, found 0.5
          fix: use the number of devices of one worker, or leave \`accelerator\` out
          see: https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/
        error train/framework-option
          framework.port: expected a whole number from 1 to 65535, found 0
          fix: set \`port\` within the range, or leave it out
          see: https://docs.pytorch.org/docs/stable/elastic/run.html
        error chain/access-mode
          checkpoints.tier: expected a driver that gives many nodes one file system (ReadWriteMany): the workers may run on many nodes, found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod
          fix: use a driver that does: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi; or CheckpointVolume.perWorker()
          see: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
        error api/image
          image: expected a reference without spaces, found ""
          fix: use an image such as \`ghcr.io/acme/train:1.4.2\`
          see: https://kubernetes.io/docs/concepts/containers/images/#image-names
        error train/reserved-env
          env.RANK: expected no \`RANK\`: torchrun sets it for each process and ignores what the pod sets, found a value for RANK
          fix: leave \`RANK\` out
          see: https://docs.pytorch.org/docs/stable/elastic/run.html#environment-variables
        error api/mount-path
          checkpoints.path: expected an absolute path below \`/\`, without \`:\` and \`..\`, found "checkpoints"
          fix: use a path such as \`/data\`
          see: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1"
    `);
  });
});

describe('a job that is refused', () => {
  test('is not in the output', () => {
    // GIVEN
    const chart = chartIn();
    // WHEN
    expect(() => new DistributedTrainingJob(chart, 'train', { image: 'x:1', command: [], workers: 0, memory: Size.gibibytes(1) })).toThrow('2 problems');
    // THEN
    expect(manifestsOf(chart)).toEqual([]);
  });
});
