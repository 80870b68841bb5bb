import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, Engine, KubernetesVersion, Placement } from '../../../lib';
import { errorsIn } from '../../support/checker';
import { errorsOf } from '../../support/findings';
import { chartIn, manifestsOf, the } from '../../support/manifests';
import { ENGINES, MINIMUM, refused, train } from '../../support/training';

const OWN = { labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'train' } } };
const PACKED = {
  podAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { ...OWN, topologyKey: 'topology.kubernetes.io/zone' } }],
  },
};

describe('pods that are not placed by hand', () => {
  test.each(ENGINES.map(engine => [engine.name, engine] as const))('are packed by zone in a %s, and run elsewhere where they must', (_, engine) => {
    expect(train({ engine }).pod.affinity).toEqual(PACKED);
  });

  test('look for the labels that they have themselves', () => {
    const { workload } = train();
    expect(workload.spec.template.metadata.labels).toMatchObject(OWN.labelSelector.matchLabels);
  });

  test('go anywhere when there is but one', () => {
    expect(train({ workers: 1 }).pod).not.toHaveProperty('affinity');
  });
});

describe('pods that are packed', () => {
  test('wait for room in one place where that is required', () => {
    expect(train({ placement: Placement.packed({ topologyKey: 'topology.k8s.aws/network-node-layer-2', required: true }) }).pod.affinity).toEqual({
      podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ ...OWN, topologyKey: 'topology.k8s.aws/network-node-layer-2' }] },
    });
  });

  test('are kept from the nodes of their like', () => {
    const { affinity } = train({ placement: Placement.packed({ oneWorkerPerNode: true }) }).pod;
    expect(affinity).toEqual({
      ...PACKED,
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{
          labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'train', 'app.kubernetes.io/component': 'worker' } }, topologyKey: 'kubernetes.io/hostname',
        }],
      },
    });
  });

  test('are so as well when there is but one and it was asked for', () => {
    expect(train({ workers: 1, placement: Placement.packed() }).pod.affinity).toEqual(PACKED);
  });

  test.each([
    [Placement.packed()], [Placement.packed({ required: true, oneWorkerPerNode: true })], [Placement.anywhere()],
  ])('are what the rules accept', placement => {
    for (const target of [KubernetesVersion.V1_27, KubernetesVersion.V1_36]) {
      for (const engine of ENGINES) expect(errorsIn(train({ placement, engine }, { target }).manifests, { target })).toEqual([]);
    }
  });
});

test('pods anywhere have no affinity', () => {
  expect(train({ placement: Placement.anywhere() }).pod).not.toHaveProperty('affinity');
});

describe('a place for one job alone', () => {
  const exclusive = Placement.exclusive('cloud.google.com/gke-nodepool');

  test('is said to the controller of the JobSet', () => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, engine: Engine.jobSet(), placement: exclusive });
    const jobSet = the('JobSet', manifestsOf(chart));
    expect(jobSet.metadata.annotations).toEqual({ 'alpha.jobset.sigs.k8s.io/exclusive-topology': 'cloud.google.com/gke-nodepool' });
    expect(jobSet.spec.replicatedJobs[0].template.spec.template.spec).not.toHaveProperty('affinity');
  });

  test('is no annotation of other JobSets', () => {
    const chart = chartIn();
    new DistributedTrainingJob(chart, 'train', { ...MINIMUM, engine: Engine.jobSet() });
    expect(the('JobSet', manifestsOf(chart)).metadata).not.toHaveProperty('annotations');
  });

  test.each(ENGINES.map(engine => [engine.name, engine] as const))('is refused to a %s', (_, engine) => {
    expect(errorsOf(refused({ engine, placement: exclusive }))).toEqual([
      `train/engine-cannot | placement: expected an engine that keeps places for one job: Engine.jobSet(), found ${engine._spec.factory}`
      + ' | use it, or `Placement.packed({ topologyKey, required: true })`',
    ]);
  });
});

describe('a placement is refused for', () => {
  test('a label that no node can have', () => {
    const expected = 'expected a key: an optional domain and `/`, then at most 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends';
    expect(errorsOf(refused({ placement: Placement.packed({ topologyKey: '' }) }))).toEqual([
      `api/label | placement.topologyKey: ${expected}, found "" | correct the key`,
    ]);
    expect(errorsOf(refused({ engine: Engine.jobSet(), placement: Placement.exclusive('a b') }))).toEqual([
      `api/label | placement.topologyKey: ${expected}, found "a b" | correct the key`,
    ]);
  });

  test('workers on one node and on nodes of their own', () => {
    expect(errorsOf(refused({ placement: Placement.packed({ topologyKey: 'kubernetes.io/hostname', oneWorkerPerNode: true }) }))).toEqual([
      'train/placement | placement.oneWorkerPerNode: expected a `topologyKey` of places with several nodes: workers cannot be near each other on one node'
      + ' and on nodes of their own, found kubernetes.io/hostname | leave one of them out',
    ]);
  });

  test('being none', () => {
    const props: any = { placement: 'packed' };
    expect(errorsOf(refused(props))).toEqual([
      'props/type | placement: expected a Placement, found "packed" | set `placement`, as Placement.packed()',
    ]);
  });
});
