import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, KubernetesVersion } from '../../../lib';
import { chartIn, type Manifest, manifestsOf } from '../../support/manifests';
import { EVERY_PAIR, type Pair } from '../../support/rendezvous/catalogue';
import { resolvePods } from '../../support/rendezvous/pods';
import { proveRendezvous } from '../../support/rendezvous/proof';
import { MINIMUM } from '../../support/training';

const COMMAND = ['train.py', '--note=two words', "it's", '$HOME'];
const RUNS = 40;

interface Case {
  readonly workers: number;
  readonly processes: number;
  readonly target: KubernetesVersion;
  readonly name: string;
  /** Whether the name is made as long as it can be. */
  readonly longest: boolean;
  readonly namespace: string;
}

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,18}[a-z0-9])?$/);
const aCase: fc.Arbitrary<Case> = fc.record({
  workers: fc.integer({ min: 1, max: 16 }),
  processes: fc.integer({ min: 1, max: 8 }),
  target: fc.constantFrom(...Object.values(KubernetesVersion)),
  name: label,
  longest: fc.boolean(),
  namespace: fc.oneof(fc.constant('default'), label),
});

/** Names that one might take for part of the other. */
const NAMES = fc.constantFrom(['train', 'trainer'], ['train', 'train-eval'], ['train-2', 'train'], ['a', 'b']);

/** What a pair makes of a case. */
function emitted(pair: Pair, request: Case): { manifests: Manifest[]; masterAddress: string } {
  const { workers, processes, target, name, longest, namespace } = request;
  const { framework, engine } = pair.props({ workers, processes });
  const length = engine._spec.maxNameLength(framework._spec.roles(workers, pair.engine));
  const chart = chartIn({ target, namespace });
  const job = new DistributedTrainingJob(chart, 'train', {
    ...MINIMUM, framework, engine, workers, command: COMMAND, name: longest ? name.padEnd(length, '0') : name,
  });
  return { manifests: manifestsOf(chart), masterAddress: job.masterAddress };
}

/** Pods that train, and the processes in each. */
function sizeOf({ framework }: Pair, { workers, processes }: Case): { pods: number; each: number } {
  if (framework === 'tensorflowParameterServer') return { pods: 1 + workers + processes, each: 1 };
  return { pods: workers, each: ['pytorchPlain', 'tensorflow', 'jax'].includes(framework) ? 1 : processes };
}

describe.each(EVERY_PAIR.map(pair => [pair.name, pair] as const))('%s', (_, pair) => {
  test('is one world of all ranks, which meet at a name that can be found', () => {
    fc.assert(fc.property(aCase, request => {
      const { manifests, masterAddress } = emitted(pair, request);
      const { ranks, problems } = proveRendezvous(manifests, { target: request.target });
      const { pods, each } = sizeOf(pair, request);

      expect(problems).toEqual([]);
      expect(new Set(ranks.map(({ pod }) => pod)).size).toBe(pods);
      expect(ranks.map(({ rank }) => rank).sort((a, b) => a - b)).toEqual(Array.from({ length: pods }, (_, i) => i * each));
      for (const { worldSize, processes, resolvesTo, command } of ranks) {
        expect({ worldSize, processes }).toEqual({ worldSize: pods * each, processes: each });
        expect(resolvesTo).toBeDefined();
        expect(command.slice(-COMMAND.length)).toEqual(COMMAND);
      }
      const first = resolvePods(manifests, { target: request.target }).find(({ dnsNames }) => dnsNames.includes(masterAddress));
      expect(first).toBeDefined();
      // mpirun dials each worker, elsewhere all dial the first
      const dialled = pair.engine === 'mpiJob' ? [ranks.find(({ rank }) => rank === 0)!.resolvesTo] : ranks.map(({ resolvesTo }) => resolvesTo);
      expect(new Set(dialled)).toEqual(new Set([first!.name]));
    }), { numRuns: RUNS });
  });
});

test('two jobs in one namespace are two worlds', () => {
  const pairs = fc.tuple(fc.constantFrom(...EVERY_PAIR), fc.constantFrom(...EVERY_PAIR));
  fc.assert(fc.property(pairs, NAMES, aCase, aCase, ([one, other], [name, otherName], request, otherRequest) => {
    const { target, namespace } = request;
    const first = emitted(one, { ...request, name, longest: false }).manifests;
    const second = emitted(other, { ...otherRequest, name: otherName, longest: false, target, namespace }).manifests;
    const alone = [first, second].flatMap(manifests => proveRendezvous(manifests, { target }).ranks);
    const { ranks, problems } = proveRendezvous([...first, ...second], { target });
    expect(problems).toEqual([]);
    expect(ranks).toHaveLength(alone.length);
    expect(ranks).toEqual(expect.arrayContaining(alone));
  }), { numRuns: 100 });
});
