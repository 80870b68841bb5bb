import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { describe, expect, test } from 'vitest';
import { CloudIdentity, DistributedTrainingJob, DistributedTrainingJobProps, Outcome, Placement, WorkerProbe } from '../../../lib';
import { findingsIn, linesOf } from '../../support/checker';
import { chartIn, type Manifest, manifestsOf, templatesIn } from '../../support/manifests';
import { EVERY_PAIR, type Pair } from '../../support/rendezvous/catalogue';
import { MINIMUM } from '../../support/training';

const ROLE = 'app.kubernetes.io/component';
/** Roles whose pods compute: they get the job's accelerators. */
const TRAINS = ['worker', 'evaluator'];

/** What a pair emits, when it is asked for all that pods can carry, or for nothing of it. */
function emitted(pair: Pair, isAsked = true): { manifests: Manifest[]; templates: any[] } {
  const chart = chartIn();
  const asked: Partial<DistributedTrainingJobProps> = {
    placement: Placement.packed({ required: true, oneWorkerPerNode: true }),
    priorityClass: 'research',
    identity: CloudIdentity.azureWorkloadIdentity('00000000-1111-2222-3333-444444444444'),
    imagePullSecrets: [Secret.fromSecretName(chart, 'hub', 'hub')],
    initContainers: [{ name: 'fetch', image: 'busybox:1.37', command: ['fetch'], memory: Size.mebibytes(64) }],
    sidecars: [{ name: 'monitor', image: 'ghcr.io/acme/monitor:2.1', command: ['monitor'], memory: Size.mebibytes(64) }],
    liveness: WorkerProbe.command(['cat', '/tmp/alive'], { initialDelay: Duration.minutes(15) }),
    readiness: WorkerProbe.tcp(9400),
  };
  new DistributedTrainingJob(chart, 'train', { ...MINIMUM, ...pair.props({ workers: 4, processes: 2 }), name: 'train', ...isAsked && asked });
  const manifests = manifestsOf(chart);
  return { manifests, templates: templatesIn(manifests) };
}

describe.each(EVERY_PAIR.map(pair => [pair.name, pair] as const))('%s', (_, pair) => {
  test('carries what the pods of all roles are given', () => {
    const { templates } = emitted(pair);
    expect(templates.length).toBeGreaterThan(0);
    for (const { metadata, spec } of templates) {
      expect(metadata.annotations).toMatchObject({ 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false', 'karpenter.sh/do-not-disrupt': 'true' });
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/name': 'train', 'azure.workload.identity/use': 'true' });
      expect(spec).toMatchObject({ priorityClassName: 'research', serviceAccountName: 'train', imagePullSecrets: [{ name: 'hub' }] });
      expect(spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels).toEqual({ 'app.kubernetes.io/name': 'train' });
    }
  });

  test('carries what the pods that train are given, and gives it to no other', () => {
    const { templates } = emitted(pair);
    expect(templates.map(({ metadata }) => metadata.labels[ROLE])).toContain(TRAINS[0]);
    for (const { metadata, spec } of templates) {
      const trains = TRAINS.includes(metadata.labels[ROLE]);
      const [{ livenessProbe, readinessProbe }] = spec.containers;
      expect([livenessProbe, readinessProbe].map(probe => probe !== undefined)).toEqual([trains, trains]);
      expect(((spec.initContainers ?? []) as { name: string }[]).map(({ name }) => name)).toEqual(trains ? ['fetch', 'monitor'] : []);
      expect(spec.affinity.podAntiAffinity !== undefined).toBe(trains);
    }
  });

  test('breaks no rule by it', () => {
    const violated = (manifests: Manifest[]): string[] => (
      linesOf(findingsIn(manifests).filter(({ outcome }) => outcome === Outcome.VIOLATED))
    );
    expect(violated(emitted(pair).manifests)).toEqual(violated(emitted(pair, false).manifests));
  });
});
