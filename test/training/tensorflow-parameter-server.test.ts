import { Size } from 'cdk8s';
import { Cpu, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import {
  Accelerator, AwsEfs, CheckpointUpload, CheckpointVolume, DistributedTrainingJob, DistributedTrainingJobProps, Engine, Framework,
  KubernetesVersion, PodVolume, SharedDataset, StorageClaim, TensorflowParameterServerProps,
} from '../../lib';
import { errorsOf, warningsOn } from '../support/findings';
import { pairsOf, run } from '../support/frameworks';
import { chartIn, manifestsOf, named, the } from '../support/manifests';
import { CHECKPOINTS, DISK, MINIMUM, refused, SHARED } from '../support/training';

type Props = Partial<DistributedTrainingJobProps>;

const framework = Framework.tensorflowParameterServer({ parameterServers: 2, evaluator: true });
const options = (props: Partial<TensorflowParameterServerProps>): Props => ({
  framework: Framework.tensorflowParameterServer({ parameterServers: 2, ...props }),
});

describe.each(pairsOf(framework))('parameter servers on %s of %s', (id, target, engine) => {
  const props = { framework, engine, workers: 3, accelerator: Accelerator.nvidia(1), checkpoints: CHECKPOINTS.shared() };
  const { pods, manifests, broken, job } = run(props, target);
  const tasks = pods.map(({ container }) => JSON.parse(container.env.TF_CONFIG));
  const placesOf = (role: string) => pods.filter(pod => pod.role === role);

  test('has a pod for each task of each role', () => {
    expect(tasks.map(({ task }) => `${task.type} ${task.index}`)).toEqual(['chief 0', 'worker 0', 'worker 1', 'worker 2', 'ps 0', 'ps 1', 'evaluator 0']);
    expect(pods.map(({ role }) => role)).toEqual(tasks.map(({ task }) => task.type));
  });

  test('tells all tasks of one cluster, which the evaluator is no part of', () => {
    expect(new Set(tasks.map(({ cluster }) => JSON.stringify(cluster))).size).toBe(1);
    expect(Object.keys(tasks[0].cluster)).toEqual(['chief', 'worker', 'ps']);
  });

  test('tells names that lead to the task of that index', () => {
    const { cluster } = tasks[0];
    for (const role of ['chief', 'worker', 'ps']) {
      expect(cluster[role]).toHaveLength(placesOf(role).length);
      placesOf(role).forEach(({ dnsNames, container }, i) => {
        expect(dnsNames.map(name => `${name}:2222`)).toContain(cluster[role][i]);
        expect(container.ports).toEqual([{ name: 'rendezvous', containerPort: 2222 }]);
      });
    }
    expect(`${job.masterAddress}:2222`).toBe(cluster.chief[0]);
  });

  test('runs the same script everywhere, in a container called as the role', () => {
    for (const { role, container } of pods) {
      expect(container.name).toBe(role);
      expect(container.argv).toEqual(['python', 'train.py', '--epochs=90']);
    }
  });

  test('lets the chief hear of workers and servers that are gone', () => {
    const hearing = pods.filter(({ container }) => container.env.GRPC_FAIL_FAST === 'use_caller').map(({ role }) => role);
    expect(hearing).toEqual(['worker', 'worker', 'worker', 'ps', 'ps']);
  });

  test('gives accelerators to those that compute, and hides them from the others', () => {
    const using = pods.filter(({ spec }) => spec.containers[0].resources.limits['nvidia.com/gpu'] === '1').map(({ role }) => role);
    expect(using).toEqual(['worker', 'worker', 'worker', 'evaluator']);
    const blind = pods.filter(({ container }) => container.env.NVIDIA_VISIBLE_DEVICES === 'void').map(({ role }) => role);
    expect(blind).toEqual(['chief', 'ps', 'ps']);
  });

  test('mounts one directory of checkpoints everywhere: the command that names it is the same', () => {
    const mounts = pods.flatMap(pod => pod.mounts.filter(({ mountPath }) => mountPath === '/checkpoints').map(mount => ({ role: pod.role, ...mount })));
    expect(mounts.map(({ role, subPath, source }) => `${role} ${subPath} ${source.persistentVolumeClaim.claimName}`)).toEqual(
      pods.map(({ role }) => `${role} undefined train-checkpoints`));
  });

  test('breaks no rule', () => {
    // the user said that it be a StatefulSet
    expect(broken.filter(rule => id !== 'statefulSet' || rule !== 'train/never-completes')).toEqual([]);
  });

  test('is what it was', () => {
    expect(manifests).toMatchSnapshot();
  });
});

describe('parameter servers', () => {
  test('run on a JobSet where no engine is asked for, without a warning', () => {
    const { job } = run({ framework, workers: 2 });
    expect(job.engine.name).toBe('JobSet');
    expect(warningsOn(job)).toEqual([]);
  });

  test('on a JobSet: the chief decides, workers are replaced alone, the others take all along', () => {
    const { spec } = the('JobSet', run({ framework, workers: 3, restarts: 2 }).manifests);
    expect(spec.successPolicy).toEqual({ operator: 'All', targetReplicatedJobs: ['chief'] });
    const jobs = (spec.replicatedJobs as any[]).map(({ name, template }) => ({ name, ...template.spec }));
    expect(jobs.map(({ name, backoffLimit, podFailurePolicy }) => [name, backoffLimit, podFailurePolicy.rules[0].action])).toEqual([
      ['chief', 0, 'FailJob'], ['worker', 6, 'Ignore'], ['ps', 0, 'FailJob'], ['evaluator', 2, 'Ignore'],
    ]);
    expect(jobs.map(({ successPolicy }) => successPolicy)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('on StatefulSets: one for each role behind one Service', () => {
    const { manifests, job } = run({ framework, engine: Engine.statefulSet(), workers: 3 });
    const sets = manifests.filter(({ kind }) => kind === 'StatefulSet');
    expect(sets.map(({ metadata, spec }) => [metadata.name, spec.replicas, spec.serviceName])).toEqual([
      ['train-chief', 1, 'train'], ['train-worker', 3, 'train'], ['train-ps', 2, 'train'], ['train-evaluator', 1, 'train'],
    ]);
    for (const { spec } of sets) expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    expect(new Set(sets.map(({ spec }) => JSON.stringify(spec.selector.matchLabels))).size).toBe(4);
    expect(the('Service', manifests).spec.selector).toEqual({ 'app.kubernetes.io/name': 'train' });
    expect(job.node.children.map(({ node }) => node.id)).toEqual(['Service', 'Resource', 'Resource-worker', 'Resource-ps', 'Resource-evaluator']);
  });

  test('leave the evaluator out where none is asked for', () => {
    const { pods } = run({ ...options({}), workers: 1 });
    expect(pods.map(({ role }) => role)).toEqual(['chief', 'worker', 'ps', 'ps']);
  });

  test.each([[Engine.jobSet(), 43], [Engine.statefulSet(), 42]])('fit into the names that %s makes', (engine, most) => {
    const props = { framework, engine, workers: 100, name: 'n'.repeat(most + 1) };
    expect(errorsOf(refused(props))).toEqual([
      `api/derived-name | name: expected lower case letters, digits and \`-\`, a letter first, at most ${most} characters: ${engine.name} puts more behind it, up to 63, found "${props.name}" (${most + 1}) | use a name such as \`resnet-50\`, or leave it out`,
    ]);
    expect(errorsOf(refused({ ...props, name: 'n'.repeat(most) }))).toEqual([]);
  });

  test('fit into them with a name that is made', () => {
    const chart = chartIn();
    const job = new DistributedTrainingJob(chart, 'a-very-long-name-of-a-recommender-with-many-embeddings', { ...MINIMUM, framework, workers: 100 });
    expect(job.jobName.length).toBeLessThanOrEqual(43);
    expect(manifestsOf(chart)).toHaveLength(1);
  });

  test('take resources and nodes of their own', () => {
    const own = options({
      serverMemory: Size.gibibytes(32), serverCpu: Cpu.units(8), chiefMemory: Size.gibibytes(4), chiefCpu: Cpu.units(2), serverNodeSelector: { pool: 'cpu' },
    });
    const { pods } = run({ ...own, workers: 1, cpu: Cpu.units(16), nodeSelector: { pool: 'gpu' } });
    const found = pods.map(({ role, spec }) => {
      const { requests, limits } = spec.containers[0].resources;
      return [role, requests.cpu, requests.memory, limits.memory, spec.nodeSelector.pool];
    });
    expect(found).toEqual([
      ['chief', '2', '4Gi', '4Gi', 'cpu'], ['worker', '16', '64Gi', '64Gi', 'gpu'], ['ps', '8', '32Gi', '32Gi', 'cpu'], ['ps', '8', '32Gi', '32Gi', 'cpu'],
    ]);
  });

  test('have the memory and the nodes of the job where nothing else is said, and `/dev/shm` where data is loaded', () => {
    const { pods } = run({ ...options({}), workers: 1, nodeSelector: { pool: 'gpu' } });
    expect(pods.map(({ spec }) => [spec.containers[0].resources.limits.memory, spec.nodeSelector.pool])).toEqual(pods.map(() => ['64Gi', 'gpu']));
    expect(pods.filter(({ mounts }) => mounts.some(({ mountPath }) => mountPath === '/dev/shm')).map(({ role }) => role)).toEqual(['worker']);
  });

  test('read no data; the others do', () => {
    const chart = chartIn();
    const dataset = SharedDataset.onFileSystem(chart, 'clicks', { fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(1) });
    const { pods } = run({ framework, workers: 1, datasets: [dataset.at('/data')] });
    expect(pods.filter(({ mounts }) => mounts.some(({ mountPath }) => mountPath === '/data')).map(({ role }) => role)).toEqual(['chief', 'worker', 'evaluator']);
  });

  test('have their checkpoints copied by the chief alone', () => {
    const { pods } = run({
      framework, workers: 2,
      checkpoints: CheckpointVolume.shared({
        tier: SHARED, size: Size.gibibytes(500), path: '/checkpoints',
        upload: CheckpointUpload.s3('s3://models/clicks', { region: 'eu-west-1' }),
      }),
      serviceAccount: ServiceAccount.fromServiceAccountName(chartIn(), 'trainer', 'trainer'),
    });
    expect(pods.filter(({ spec }) => (spec.initContainers ?? []).some(({ name }: any) => name === 'checkpoint-upload')).map(({ role }) => role)).toEqual(['chief']);
  });

  test.each<[string, Props, string]>([
    ['a claim for each worker', { framework, checkpoints: CHECKPOINTS.perWorker() },
      'train/checkpoints-apart | checkpoints: expected one directory that the chief and the parameter servers share: each server writes the variables that it holds, found a claim for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`'],
    ['a claim for each worker of StatefulSets', { framework, checkpoints: CHECKPOINTS.perWorker(), engine: Engine.statefulSet() },
      'train/checkpoints-apart | checkpoints: expected one directory that the chief and the parameter servers share: each server writes the variables that it holds, found a claim for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`'],
    ['a directory for each worker', {
      framework, checkpoints: CheckpointVolume.shared({ tier: SHARED, size: Size.gibibytes(1), path: '/checkpoints', directoryPerWorker: true }),
    },
    'train/checkpoints-apart | checkpoints: expected one directory that the chief and the parameter servers share: each server writes the variables that it holds, found a directory for each worker | use CheckpointVolume.shared() or CheckpointVolume.existing(), without `directoryPerWorker`'],
    ['an engine of one role', { framework, engine: Engine.indexedJob() },
      'train/engine-cannot | engine: expected an engine that runs TensorFlow with parameter servers: Engine.statefulSet() or Engine.jobSet(), found Engine.indexedJob() | use Engine.statefulSet() or Engine.jobSet(), or another framework'],
    ['no parameter server', options({ parameterServers: 0 }),
      'train/framework-option | framework.parameterServers: expected a whole number from 1 to 10000, found 0 | set `parameterServers` to the number of pods that hold the variables'],
    ['no number of them', options({ parameterServers: undefined }),
      'train/framework-option | framework.parameterServers: expected a whole number from 1 to 10000, found none | set `parameterServers` to the number of pods that hold the variables'],
    ['a port that is none', options({ port: 1.5 }),
      'train/framework-option | framework.port: expected a whole number from 1 to 65535, found 1.5 | set `port` within the range, or leave it out'],
    ['memory of nothing', options({ serverMemory: Size.gibibytes(0) }),
      'api/quantity | framework.serverMemory: expected a size above 0, found 0 | set `serverMemory`, as Size.gibibytes(16)'],
    ['memory of another type', options({ chiefMemory: '16Gi' as any }),
      'props/type | framework.chiefMemory: expected a Size, found "16Gi" | set `chiefMemory`, as Size.gibibytes(16)'],
    ['CPU of another type', options({ chiefCpu: 4 as any }),
      'props/type | framework.chiefCpu: expected a Cpu, found 4 | set `chiefCpu`, as Cpu.units(4)'],
    ['an evaluator of another type', options({ evaluator: 'yes' as any }),
      'props/type | framework.evaluator: expected true or false, found "yes" | set `evaluator`, as true'],
    ['labels of another type', options({ serverNodeSelector: { pool: 1 } as any }),
      "props/type | framework.serverNodeSelector.pool: expected a text, found 1 | write it as a text: '1'"],
    ['a variable that the job sets', { framework, env: { GRPC_FAIL_FAST: 'false' } },
      'train/reserved-env | env.GRPC_FAIL_FAST: expected no `GRPC_FAIL_FAST`: the job sets it, so that the chief hears of tasks that are gone, found a value for GRPC_FAIL_FAST | leave `GRPC_FAIL_FAST` out'],
    ['more tasks than one variable can name', { framework, workers: 990 },
      'train/workers | workers: expected at most 989: TF_CONFIG names every task, and Linux starts no process with a variable over 128 KiB, found 990 | use fewer workers with more devices each, or a shorter `name`'],
    ['volumes in memory that leave the chief none', { ...options({ chiefMemory: Size.gibibytes(4) }), volumes: [PodVolume.memory({ sizeLimit: Size.gibibytes(8) }).at('/cache')] },
      'train/memory-volumes | framework.chiefMemory: expected more than the volumes in memory take, which the chief mounts too, found 8Gi of 4Gi | raise `chiefMemory`, or lower `sizeLimit` of the volumes'],
    ['checkpoints on a disk of one node, though there is one worker', { ...options({}), workers: 1, checkpoints: CheckpointVolume.shared({ tier: DISK, size: Size.gibibytes(1), path: '/checkpoints' }) },
      'chain/access-mode | checkpoints.tier: expected a driver that gives many nodes one file system (ReadWriteMany): the workers may run on many nodes, found ebs.csi.aws.com, which gives ReadWriteOnce, ReadWriteOncePod | use a driver that does: AwsEfs, AwsFsxLustre, AzureBlob, AzureFiles, RookCeph.fileSystem(), GcpFilestore, JuiceFs, Longhorn, NfsCsi; or CheckpointVolume.perWorker()'],
    ['a claim of one pod, though there is one worker', { ...options({}), workers: 1, volumes: [new StorageClaim(chartIn(), 'cache', { tier: DISK, size: Size.gibibytes(1) }).at('/cache')] },
      'chain/access-mode | volumes[0]: expected a claim that 2 pods can use at once (ReadWriteMany or ReadOnlyMany), found ReadWriteOncePod: all but one worker would wait for ever | use a tier on a shared file system, or CheckpointVolume.perWorker() for a claim of each worker'],
  ])('refuse %s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test('are told with StatefulSets of 1.27 by a shell that takes the index from the name', () => {
    const { manifests } = run({ ...options({}), engine: Engine.statefulSet(), workers: 1 }, KubernetesVersion.V1_27);
    const ps = manifests.find(({ metadata }) => metadata.name === 'train-ps')!.spec.template.spec.containers[0];
    expect(named('GRPC_FAIL_FAST', ps.env).value).toBe('use_caller');
    expect([...ps.command, ...ps.args]).toMatchInlineSnapshot(`
      [
        "/bin/sh",
        "-c",
        "export TASK_INDEX="\${HOSTNAME##*-}"; export TF_CONFIG='{"cluster":{"chief":["train-chief-0.train:2222"],"worker":["train-worker-0.train:2222"],"ps":["train-ps-0.train:2222","train-ps-1.train:2222"]},"task":{"type":"ps","index":'"$TASK_INDEX"'}}'; exec "$@"",
        "sh",
        "python",
        "train.py",
        "--epochs=90",
      ]
    `);
  });
});
