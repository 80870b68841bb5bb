import { Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  Accelerator, AwsEfs, CheckpointVolume, ClaimRetention, DistributedTrainingJob, DistributedTrainingJobProps, Durability, Engine, Framework,
  KubernetesVersion, SharedDataset, StatefulSetUpdate,
} from '../../lib';
import { lineOf, warningsOn } from '../support/findings';
import { chartIn, type Manifest, manifestsOf, the } from '../support/manifests';
import { EVERY_PAIR, type Pair } from '../support/rendezvous/catalogue';
import { resolvePods, type ResolvedPod } from '../support/rendezvous/pods';
import { proveRendezvous } from '../support/rendezvous/proof';
import { DISK, MINIMUM } from '../support/training';

const V1_33 = KubernetesVersion.V1_33;

function emitted(props: Partial<DistributedTrainingJobProps>, namespace?: string): Manifest[] {
  const chart = chartIn({ target: V1_33, namespace });
  new DistributedTrainingJob(chart, 'train', { ...MINIMUM, name: 'train', ...props });
  return manifestsOf(chart);
}

const pairs = (wanted: (pair: Pair) => boolean = () => true) => EVERY_PAIR.filter(wanted).map(pair => [pair.name, pair] as const);
const propsOf = (pair: Pair, workers = 4) => ({ ...pair.props({ workers, processes: 2 }), workers });
const podsOf = (manifests: readonly Manifest[]): ResolvedPod[] => resolvePods(manifests, { target: V1_33 });

describe('E32: a StatefulSet has a selector, which its pods have', () => {
  test.each(pairs(({ engine }) => engine === 'statefulSet'))('%s', (_, pair) => {
    for (const { spec } of emitted(propsOf(pair)).filter(({ kind }) => kind === 'StatefulSet')) {
      expect(Object.keys(spec.selector.matchLabels as object).length).toBeGreaterThan(0);
      expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    }
  });
});

test('E33: a training ends, unless a claim for each worker needs a workload that does not, or the user asks for one', () => {
  for (const { framework } of EVERY_PAIR.map(pair => propsOf(pair))) {
    expect(emitted({ framework }).map(({ kind }) => kind)).not.toContain('StatefulSet');
  }
  const chart = chartIn();
  const checkpoints = CheckpointVolume.perWorker({ tier: DISK, size: Size.gibibytes(1), path: '/checkpoints' });
  expect(warningsOn(new DistributedTrainingJob(chart, 'train', { ...MINIMUM, checkpoints })).map(lineOf).join()).toContain('train/never-completes');
});

describe('E34, E36, E38: every process knows its rank, how many there are, and a name that leads to its peers', () => {
  test.each(pairs())('%s', (_, pair) => {
    for (const workers of [3, 5]) {
      const { ranks, problems } = proveRendezvous(emitted(propsOf(pair, workers)), { target: V1_33 });
      expect(problems).toEqual([]);
      expect(new Set(ranks.map(({ worldSize }) => worldSize)).size).toBe(1);
    }
  });

  test.each(pairs())('no rank is a name (%s)', (_, pair) => {
    for (const { container } of podsOf(emitted(propsOf(pair)))) {
      for (const [name, value] of Object.entries(container.env)) {
        if (/RANK$|_INDEX$|PROCESS_ID$/.test(name)) expect(value).toMatch(/^\d+$/);
      }
    }
  });
});

test('E35: mpirun runs in a launcher, and the workers wait for it', () => {
  const pods = podsOf(emitted({ framework: Framework.horovod() }));
  expect(pods.filter(({ container }) => container.argv[0] === 'mpirun').map(({ role }) => role)).toEqual(['launcher']);
  expect(pods.filter(({ role }) => role === 'worker')).toHaveLength(4);
});

describe('E37: workers start together and are found before they are ready', () => {
  test.each(pairs())('%s', (_, pair) => {
    const manifests = emitted(propsOf(pair));
    for (const { kind, spec } of manifests) {
      if (kind === 'Service') expect(spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
      if (kind === 'StatefulSet') expect(spec.podManagementPolicy).toBe('Parallel');
      if (kind === 'JobSet') expect(spec.network.publishNotReadyAddresses).toBe(true);
    }
    for (const { spec } of podsOf(manifests)) expect(spec.containers[0]).not.toHaveProperty('readinessProbe');
  });
});

describe('E39: no namespace and no cluster domain in an address', () => {
  test.each(pairs())('%s', (_, pair) => {
    const names = (namespace: string) => JSON.stringify(emitted(propsOf(pair), namespace).map(({ spec }) => spec));
    expect(names('research')).toBe(names('ml-training'));
    expect(names('research')).not.toContain('svc.cluster');
  });
});

test('E40: a parameter server has its chief, its workers and no accelerator, and shares the checkpoints of all', () => {
  const framework = Framework.tensorflowParameterServer({ parameterServers: 3 });
  const pods = podsOf(emitted({ framework, accelerator: Accelerator.nvidia(8) }));
  const count = (role: string) => pods.filter(pod => pod.role === role).length;
  expect({ chief: count('chief'), worker: count('worker'), ps: count('ps') }).toEqual({ chief: 1, worker: 4, ps: 3 });
  for (const { spec, role } of pods) {
    expect('nvidia.com/gpu' in spec.containers[0].resources.limits).toBe(role === 'worker');
  }
  const checkpoints = CheckpointVolume.perWorker({ tier: DISK, size: Size.gibibytes(1), path: '/checkpoints' });
  expect(() => emitted({ framework, checkpoints })).toThrow('train/checkpoints-apart');
});

test('E41: a dataset is one claim that all workers read', () => {
  const chart = chartIn();
  const imagenet = SharedDataset.onFileSystem(chart, 'imagenet', { fileSystem: AwsEfs.existing('fs-0123456789abcdef0'), size: Size.tebibytes(2) });
  new DistributedTrainingJob(chart, 'train', { ...MINIMUM, engine: Engine.statefulSet(), datasets: [imagenet.at('/data')] });
  expect(the('StatefulSet', manifestsOf(chart)).spec).not.toHaveProperty('volumeClaimTemplates');
});

describe('E42: accelerators are asked for and limited alike, tolerated, with memory, and near each other', () => {
  test.each(pairs())('%s', (_, pair) => {
    const pods = podsOf(emitted({ ...propsOf(pair), accelerator: Accelerator.nvidia(2) }));
    const training = pods.filter(({ spec }) => 'nvidia.com/gpu' in spec.containers[0].resources.limits);
    expect(training.length).toBeGreaterThanOrEqual(4);
    for (const { spec } of training) {
      const { limits, requests } = spec.containers[0].resources;
      expect(requests).toMatchObject({ 'nvidia.com/gpu': limits['nvidia.com/gpu'], 'memory': limits.memory });
      expect(spec.tolerations).toContainEqual({ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' });
      expect(spec.affinity).toHaveProperty('podAffinity');
    }
  });
});

test('E43: an image that moves leaves a warning', () => {
  const warned = (image: string) => warningsOn(new DistributedTrainingJob(chartIn(), 'train', { ...MINIMUM, image })).map(({ ruleId }) => ruleId);
  expect(warned('ghcr.io/acme/train:latest')).toContain('train/image-not-pinned');
  expect(warned('ghcr.io/acme/train:1.4.2')).toEqual([]);
});

describe('E44: nothing is installed at the start, and no shell stands before the script where none is needed', () => {
  test.each(pairs())('%s', (_, pair) => {
    const manifests = JSON.stringify(emitted(propsOf(pair)));
    expect(manifests).not.toMatch(/pip install|"sh"|\/bin\/sh/);
  });
});

test('E45: a change takes no running group apart, and a canary says what it would do', () => {
  expect(the('StatefulSet', emitted({ engine: Engine.statefulSet() })).spec.updateStrategy).toEqual({ type: 'OnDelete' });
  const engine = Engine.statefulSet({ update: StatefulSetUpdate.rolling({ partition: 2 }) });
  const warnings = warningsOn(new DistributedTrainingJob(chartIn(), 'train', { ...MINIMUM, engine })).map(({ ruleId }) => ruleId);
  expect(warnings).toContain('train/rolling-update');
});

test('E47, E49: what becomes of the claims of workers that go is said', () => {
  const retention = (more: object) => the('StatefulSet', emitted({
    engine: Engine.statefulSet(),
    checkpoints: CheckpointVolume.perWorker({ tier: DISK, size: Size.gibibytes(1), path: '/checkpoints', ...more }),
  })).spec.persistentVolumeClaimRetentionPolicy;
  expect(retention({})).toEqual({ whenDeleted: 'Retain', whenScaled: 'Retain' });
  expect(retention({ durability: Durability.SCRATCH })).toEqual({ whenDeleted: 'Delete', whenScaled: 'Delete' });
  expect(retention({ whenScaled: ClaimRetention.DELETE })).toEqual({ whenDeleted: 'Retain', whenScaled: 'Delete' });
});
