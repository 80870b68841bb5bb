import { Yaml } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { DistributedTrainingJob, KubernetesVersion, Outcome } from '../../lib';
import { findingsIn, linesOf } from '../support/checker';
import { chartIn, type Manifest, manifestsOf } from '../support/manifests';
import { EVERY_PAIR, type Pair } from '../support/rendezvous/catalogue';
import { proveRendezvous } from '../support/rendezvous/proof';
import { MINIMUM } from '../support/training';

const { V1_27, V1_30, V1_33, V1_36 } = KubernetesVersion;
const CASES = EVERY_PAIR.flatMap(pair => [V1_27, V1_30, V1_33, V1_36].map(target => [pair.name, target, pair] as const));

function emitted(pair: Pair, target: KubernetesVersion): Manifest[] {
  const chart = chartIn({ target });
  new DistributedTrainingJob(chart, 'train', { ...MINIMUM, ...pair.props({ workers: 4, processes: 2 }), name: 'train' });
  return manifestsOf(chart);
}

describe.each(CASES)('%s of %s', (_, target, pair) => {
  test('is', () => {
    expect(Yaml.stringify(...emitted(pair, target))).toMatchSnapshot();
  });

  test('meets', () => {
    const { ranks, problems } = proveRendezvous(emitted(pair, target), { target });
    expect(problems).toEqual([]);
    expect(ranks.length).toBeGreaterThanOrEqual(4);
  });

  test('breaks no rule', () => {
    const findings = findingsIn(emitted(pair, target), { target, assumeComplete: true });
    // who asks for a StatefulSet without a claim for each worker is told that it never ends
    const told = pair.engine === 'statefulSet' ? ['train/never-completes'] : [];
    const broken = findings.filter(({ outcome, ruleId }) => outcome === Outcome.VIOLATED && !told.includes(ruleId));
    expect(linesOf(broken)).toEqual([]);
  });
});
