import { Chart, Size } from 'cdk8s';
import { Cpu, EnvValue, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { CheckpointUpload, CheckpointVolume, CloudIdentity, DatasetSource, Engine, KubernetesVersion, PodVolume, SharedDataset, StorageClaim, WorkerContainer } from '../../../lib';
import { errorsIn } from '../../support/checker';
import { errorsOf, lineOf, warningsOn } from '../../support/findings';
import { chartIn, named } from '../../support/manifests';
import { DISK, ENGINES, GPUS, refused, SHARED, train } from '../../support/training';

const FETCH: WorkerContainer = { name: 'fetch', image: 'busybox:1.37', command: ['fetch'], memory: Size.mebibytes(64) };
const MONITOR: WorkerContainer = { name: 'monitor', image: 'ghcr.io/acme/monitor:2.1', command: ['monitor'], args: ['--port=9400'], memory: Size.mebibytes(256) };

/** A dataset that a loader fills. */
function loaded(chart: Chart): SharedDataset {
  const account = ServiceAccount.fromServiceAccountName(chart, 'reader', 'reader');
  return new SharedDataset(chart, 'imagenet', {
    tier: SHARED, size: Size.gibibytes(100), source: DatasetSource.s3('s3://acme/imagenet'), loader: { serviceAccount: account },
  });
}

describe('containers before and beside the one that trains', () => {
  test.each(ENGINES.map(engine => [engine.name, engine] as const))('are restricted and get no accelerator in a %s', (_, engine) => {
    const sidecars = [{ ...MONITOR, cpu: Cpu.millis(100) }];
    const { pod, manifests } = train({ engine, accelerator: GPUS, initContainers: [FETCH], sidecars });
    expect(pod.initContainers).toEqual([
      {
        name: 'fetch', image: 'busybox:1.37', imagePullPolicy: 'IfNotPresent', command: ['fetch'],
        env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }],
        resources: { limits: { memory: '64Mi' }, requests: { memory: '64Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
      {
        name: 'monitor', image: 'ghcr.io/acme/monitor:2.1', imagePullPolicy: 'IfNotPresent', command: ['monitor'], args: ['--port=9400'],
        env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' }],
        resources: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
        restartPolicy: 'Always',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ]);
    expect(pod.containers).toHaveLength(1);
    expect(errorsIn(manifests)).toEqual([]);
  });

  test('begin when the datasets are there, and sidecars after the others', () => {
    const { pod } = train(chart => ({
      datasets: [loaded(chart).at('/data')],
      sidecars: [MONITOR], initContainers: [FETCH],
      checkpoints: CheckpointVolume.perWorker({ tier: DISK, size: Size.gibibytes(500), path: '/checkpoints', upload: CheckpointUpload.s3('s3://acme/resnet') }),
      identity: CloudIdentity.awsIrsa('arn:aws:iam::123456789012:role/trainer'),
    }));
    expect((pod.initContainers as { name: string }[]).map(({ name }) => name)).toEqual([
      // the last is stopped first, and has the whole grace period for its last copy
      'wait-for-imagenet', 'fetch', 'monitor', 'checkpoint-upload',
    ]);
  });

  test('see the GPUs of the node only where they ask for it', () => {
    const { env } = named('monitor', train({ sidecars: [{ ...MONITOR, env: { NVIDIA_VISIBLE_DEVICES: 'all', LEVEL: 'info' } }] }).pod.initContainers);
    expect(env).toEqual([{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' }, { name: 'LEVEL', value: 'info' }]);
  });

  test('have variables from Secrets', () => {
    const { pod } = train(chart => ({
      sidecars: [{ ...MONITOR, envValues: { TOKEN: EnvValue.fromSecretValue({ secret: Secret.fromSecretName(chart, 'hub', 'hub'), key: 'token' }) } }],
    }));
    expect(named('TOKEN', named('monitor', pod.initContainers).env).valueFrom).toEqual({ secretKeyRef: { name: 'hub', key: 'token' } });
  });

  test('share volumes with the worker, whose disk counts once', () => {
    const spool = PodVolume.scratch({ sizeLimit: Size.gibibytes(10) });
    const own = PodVolume.scratch({ sizeLimit: Size.gibibytes(5) });
    const { pod, worker, manifests } = train({
      volumes: [spool.at('/spool')], sidecars: [{ ...MONITOR, mounts: [spool.at('/in', { readOnly: true }), own.at('/own')] }],
    });
    expect(named('monitor', pod.initContainers).volumeMounts).toEqual([
      { name: 'scratch', mountPath: '/in', readOnly: true }, { name: 'scratch-2', mountPath: '/own' },
    ]);
    expect(named('scratch', worker.volumeMounts)).toEqual({ name: 'scratch', mountPath: '/spool' });
    expect((worker.volumeMounts as { name: string }[]).map(({ name }) => name)).toEqual(['shared-memory', 'scratch']);
    expect(worker.resources.requests['ephemeral-storage']).toBe('15Gi');
    expect(errorsIn(manifests)).toEqual([]);
  });

  test('wait for datasets of their own by the image of the worker, which has a shell', () => {
    const { pod } = train(chart => ({ sidecars: [{ ...MONITOR, mounts: [loaded(chart).at('/d')] }] }));
    expect(named('wait-for-imagenet', pod.initContainers).image).toBe('ghcr.io/acme/train:1.4.2');
    expect(named('monitor', pod.initContainers).volumeMounts).toEqual([{ name: 'imagenet', mountPath: '/d', readOnly: true }]);
  });

  test('wait once for what the worker waits for too', () => {
    const { pod } = train(chart => {
      const dataset = loaded(chart);
      return { datasets: [dataset.at('/data')], sidecars: [{ ...MONITOR, mounts: [dataset.at('/d')] }] };
    });
    expect((pod.initContainers as { name: string }[]).map(({ name }) => name)).toEqual(['wait-for-imagenet', 'monitor']);
    expect(named('wait-for-imagenet', pod.initContainers).volumeMounts[0].mountPath).toBe('/data');
  });

  test('get raw devices', () => {
    const { pod } = train(chart => ({
      workers: 1, initContainers: [{ ...FETCH, mounts: [new StorageClaim(chart, 'raw', { tier: DISK, size: Size.gibibytes(1), block: true }).device('/dev/xvdb')] }],
    }));
    const [{ name }] = (pod.volumes as { name: string }[]).filter(volume => volume.name !== 'shared-memory');
    expect(named('fetch', pod.initContainers).volumeDevices).toEqual([{ name, devicePath: '/dev/xvdb' }]);
    expect(named('fetch', pod.initContainers)).not.toHaveProperty('volumeMounts');
  });

  test('are none of the pod without them', () => {
    expect(train().pod).not.toHaveProperty('initContainers');
  });

  test('need pinned images', () => {
    expect(warningsOn(train({ initContainers: [{ ...FETCH, image: 'busybox' }] }).job).map(lineOf)).toEqual([
      'train/image-not-pinned | initContainers[0].image: expected a digest or a version: nodes may run different builds of a tag that moves, found "busybox"'
      + ' | pin the image by `@sha256:…` or by a version',
    ]);
  });
});

describe('containers beside are refused for', () => {
  const TAKEN = 'a name that no other container of the pod has';

  test.each<[string, Parameters<typeof refused>[0], string]>([
    ['a name that cannot be', { sidecars: [{ ...MONITOR, name: 'My Monitor' }] },
      'api/name | sidecars[0].name: expected lower case letters, digits and `-`, at most 63 characters, found "My Monitor" | use a name such as `fetch`'],
    ['the name of the one that trains', { sidecars: [{ ...MONITOR, name: 'worker' }] },
      `train/container-name | sidecars[0].name: expected ${TAKEN}, found "worker", as the container that trains | use a name such as \`fetch\``],
    ['the name of the copy', { sidecars: [{ ...MONITOR, name: 'checkpoint-upload' }] },
      `train/container-name | sidecars[0].name: expected ${TAKEN}, found "checkpoint-upload", as the copy of the checkpoints | use a name such as \`fetch\``],
    ['the name of another', { initContainers: [FETCH], sidecars: [{ ...MONITOR, name: 'fetch' }] },
      `train/container-name | sidecars[0].name: expected ${TAKEN}, found "fetch", as \`initContainers[0]\` | use a name such as \`fetch\``],
    ['the name of a gate', { initContainers: [{ ...FETCH, name: 'wait-for-data' }] },
      'train/container-name | initContainers[0].name: expected a name without `wait-for-` before it: the job names containers of its own so, found "wait-for-data" | use a name such as `fetch`'],
    ['the name of what an operator adds', { engine: Engine.pytorchJob(), workers: 1, sidecars: [{ ...MONITOR, name: 'init-pytorch' }] },
      `train/container-name | sidecars[0].name: expected ${TAKEN}, found "init-pytorch", as a container that the operator adds | use a name such as \`fetch\``],
    ['an image that is none', { initContainers: [{ ...FETCH, image: 'a b:1' }] },
      'api/image | initContainers[0].image: expected a reference without spaces, found "a b:1" | use an image such as `ghcr.io/acme/train:1.4.2`'],
    ['no command', { initContainers: [{ ...FETCH, command: [] }] },
      "train/command | initContainers[0].command: expected a program and its arguments, found [] | set `command`, as ['sh', '-c', 'true']"],
    ['no memory', { initContainers: [{ ...FETCH, memory: Size.mebibytes(0) }] },
      'api/quantity | initContainers[0].memory: expected a size above 0, found 0 | set `memory`, as Size.mebibytes(64)'],
    ['a secret', { sidecars: [{ ...MONITOR, env: { HF_TOKEN: 'x' } }] },
      'sec/literal-secret | sidecars[0].env.HF_TOKEN: expected no secret: manifests are read by many, found a value for HF_TOKEN'
      + ' | put it into a Secret and refer to it in `envValues`, as EnvValue.fromSecretValue(), or use a service account'],
    ['a variable that cannot be', { sidecars: [{ ...MONITOR, env: { '1': 'x' } }] },
      "api/env-name | sidecars[0].env['1']: expected letters, digits, `_`, `-` and `.`, neither a digit nor `..` first, found \"1\" | rename the variable"],
    ['a variable of two values', { sidecars: [{ ...MONITOR, env: { A: 'x' }, envValues: { A: EnvValue.fromValue('y') } }] },
      'silent/env-twice | sidecars[0].envValues.A: expected one value for each variable, found A in `env` too | remove one of them'],
    ['a path that cannot be', { sidecars: [{ ...MONITOR, mounts: [PodVolume.scratch().at('data')] }] },
      'api/mount-path | sidecars[0].mounts[0].path: expected an absolute path below `/`, without `:` and `..`, found "data" | use a path such as `/data`'],
    ['a path that is taken', { sidecars: [{ ...MONITOR, mounts: [PodVolume.scratch().at('/a'), PodVolume.scratch().at('/a/')] }] },
      'api/mount-path | sidecars[0].mounts[1].path: expected a path of its own, found /a/, where `mounts[0]` is | mount it elsewhere, or leave it out'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused(props))).toEqual([line]);
  });

  test('an old Kubernetes, where a sidecar would keep a Job from its end', () => {
    const sidecars = [MONITOR];
    expect(errorsOf(() => train({ sidecars }, { target: KubernetesVersion.V1_28 }))).toEqual([
      'api/since | sidecars: expected Kubernetes 1.29 or newer, whose sidecars end after the worker and let a Job complete, found target 1.28'
      + ' | raise the `target` of the app, or leave `sidecars` out',
    ]);
    expect(errorsIn(train({ sidecars }, { target: KubernetesVersion.V1_29 }).manifests, { target: KubernetesVersion.V1_29 })).toEqual([]);
    const target = KubernetesVersion.V1_27;
    expect(errorsIn(train({ initContainers: [FETCH] }, { target }).manifests, { target })).toEqual([]);
  });

  test('a volume that the target does not have', () => {
    const mounts = [PodVolume.image('ghcr.io/acme/model:1').at('/model')];
    expect(errorsOf(() => train({ sidecars: [{ ...MONITOR, mounts }] }, { target: KubernetesVersion.V1_33 }))).toEqual([
      'api/since | sidecars[0].mounts[0].image: expected Kubernetes 1.35 or newer, which has such volumes, found target 1.33'
      + ' | raise the `target` of the app, or use another volume',
    ]);
  });

  test('a dataset of another namespace', () => {
    const other = chartIn({ namespace: 'other' });
    const dataset = new SharedDataset(other, 'd', { tier: SHARED, size: Size.gibibytes(1) });
    const [line] = errorsOf(() => train({ sidecars: [{ ...MONITOR, mounts: [dataset.at('/d')] }] }));
    expect(line).toContain('chain/namespace | sidecars[0].mounts[0]: expected namespace other');
  });
});

describe('containers without checked types are refused for', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['one that is no list', { sidecars: MONITOR },
      ["props/type | sidecars: expected a list, each of it a container, found a plain object | set `sidecars`, as [{ name: 'fetch', image: 'busybox:1.37', command: ['sh', '-c', 'true'], memory: Size.mebibytes(64) }]"]],
    ['a text', { initContainers: ['busybox'] },
      ["props/type | initContainers[0]: expected a container, found \"busybox\" | set `initContainers[0]`, as { name: 'fetch', image: 'busybox:1.37', command: ['sh', '-c', 'true'], memory: Size.mebibytes(64) }"]],
    ['all that is in it', { sidecars: [{ name: 7, image: 'a:1', command: 'run', args: 'x', memory: '1Gi', cpu: 2, env: { A: 1 }, envValues: { A: 'x' }, mounts: ['/a'] }] }, [
      "props/type | sidecars[0].name: expected a text, found 7 | set `name`, as 'fetch'",
      "props/type | sidecars[0].command: expected a list of texts, found \"run\" | set `command`, as ['sh', '-c', 'true']",
      "props/type | sidecars[0].args: expected a list of texts, found \"x\" | set `args`, as ['--verbose']",
      'props/type | sidecars[0].memory: expected a Size, found "1Gi" | set `memory`, as Size.mebibytes(64)',
      'props/type | sidecars[0].cpu: expected a Cpu, found 2 | set `cpu`, as Cpu.millis(100)',
      "props/type | sidecars[0].env.A: expected a text, found 1 | write it as a text: '1'",
      "props/type | sidecars[0].envValues: expected EnvValues by their names, found a plain object | set `envValues`, as { TOKEN: EnvValue.fromSecretValue({ secret, key: 'token' }) }",
      "props/type | sidecars[0].mounts: expected a list, each of it a volume at a path, found [\"/a\"] | set `mounts`, as [spool.at('/spool')]",
    ]],
  ])('%s', (_, props, lines) => {
    expect(errorsOf(refused(props))).toEqual(lines);
  });
});
