import { describe, expect, test } from 'vitest';
import { DistributedTrainingJobProps, Engine, Framework, KubernetesVersion } from '../../lib';
import { rulesIn } from '../support/checker';
import { emit, TARGETS } from '../support/engines';
import { errorsOf } from '../support/findings';
import { refused } from '../support/training';

type Props = Partial<DistributedTrainingJobProps>;

/** Python starts the script itself, so that its code is the worker's. */
const framework = Framework.jax();
const DISRUPTED = [{ type: 'DisruptionTarget', status: 'True' }];
const ENDS = { action: 'FailJob', onExitCodes: { containerName: 'worker', operator: 'In', values: [3, 42] } };

describe.each(TARGETS)('exit codes that no restart mends, for %s,', target => {
  test('fail an Indexed Job, and a drained node still does not', () => {
    const { manifests, workload } = emit({ framework, failOnExitCodes: [42, 3] }, { target });
    expect(workload.spec.podFailurePolicy.rules).toEqual([{ action: 'Ignore', onPodConditions: DISRUPTED }, ENDS]);
    expect(rulesIn(manifests, { target })).toEqual([]);
  });

  test('fail a JobSet by what its Job says, before a drained node starts it again', () => {
    const { manifests, workload: { spec } } = emit({ framework, failOnExitCodes: [42, 3], engine: Engine.jobSet() }, { target });
    expect(spec.replicatedJobs[0].template.spec.podFailurePolicy.rules).toEqual([{ action: 'FailJob', onPodConditions: DISRUPTED }, ENDS]);
    expect(spec.failurePolicy.rules.map(({ name, action }: any) => [name, action])).toEqual([
      ['exitCode', 'FailJobSet'], ['disruption', 'RestartJobSetAndIgnoreMaxRestarts'],
    ]);
    expect(rulesIn(manifests, { target })).toEqual([]);
  });
});

test('the message that a Job fails with is what tells an exit code from a drained node', () => {
  const { spec } = emit({ framework, failOnExitCodes: [3], engine: Engine.jobSet() }).workload;
  const [rule] = spec.failurePolicy.rules;
  const [pattern] = rule.onJobFailureMessagePatterns;
  expect(rule.onJobFailureReasons).toEqual(['PodFailurePolicy']);
  // as the Job controller of Kubernetes writes them
  expect('Container worker for pod ml-training/train-worker-0-1-x7k2p failed with exit code 3 matching FailJob rule at index 1').toMatch(pattern);
  expect('Pod ml-training/train-worker-0-1-x7k2p has condition DisruptionTarget matching FailJob rule at index 0').not.toMatch(pattern);
});

test('no code is looked for unless asked for', () => {
  expect(emit({ framework }).workload.spec.podFailurePolicy.rules).toEqual([{ action: 'Ignore', onPodConditions: DISRUPTED }]);
  const { rules } = emit({ framework, engine: Engine.jobSet() }, { target: KubernetesVersion.V1_36 }).workload.spec.failurePolicy;
  expect(rules.map(({ name }: any) => name)).toEqual(['disruption']);
});

describe('a job is refused', () => {
  const CODES = 'train/exit-codes | failOnExitCodes: expected exit codes from 1 to 255, each once';
  const FIX = '| list the codes that the script ends with where no restart will help, as [3], or leave it out';

  test.each<[string, Props, string]>([
    ['for a code that is a success', { failOnExitCodes: [0, 3] }, `${CODES}, found [0] ${FIX}`],
    ['for codes that no process ends with', { failOnExitCodes: [256, 1.5] }, `${CODES}, found [256,1.5] ${FIX}`],
    ['for a code that is there twice', { failOnExitCodes: [3, 3] }, `${CODES}, found [3] ${FIX}`],
    ['for no code', { failOnExitCodes: [] }, `${CODES}, found [] ${FIX}`],
    ['for one without a list', { failOnExitCodes: 3 as any },
      'props/type | failOnExitCodes: expected a list of numbers, found 3 | set `failOnExitCodes`, as [3]'],
    ['where torchrun ends with 1 whatever the script says', { failOnExitCodes: [3], framework: Framework.pytorch() },
      'train/exit-codes | failOnExitCodes: expected a framework whose launcher ends with the exit code of the script, found Framework.pytorch(), whose launcher ends with 1, whatever the script says | leave `failOnExitCodes` out, or start the script without a launcher'],
    ['where a worker starts again whatever it ends with', { failOnExitCodes: [3], engine: Engine.leaderWorkerSet() },
      'train/engine-cannot | failOnExitCodes: expected an engine that has an end by exit codes: Engine.indexedJob(), Engine.jobSet() or Engine.trainJob(), found Engine.leaderWorkerSet() | leave `failOnExitCodes` out, or use one of them'],
  ])('%s', (_, props, line) => {
    expect(errorsOf(refused({ framework, ...props }))).toEqual([line]);
  });
});
