import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { ValidationError } from '../../lib';
import { Problem, ProblemCollector, under } from '../../lib/findings/collector';
import { errorOf, warningsOn } from '../support/findings';
import { chartIn } from '../support/manifests';

const PROBLEM: Problem = { ruleId: 'api/name', path: 'name', expected: 'a', found: 'b', fix: 'c' };
/** What the collector adds to every problem. */
const SAID = { outcome: 'violated', message: 'name: expected a, found b' };

describe('a collector of problems', () => {
  test('throws one error with all of them, in their order', () => {
    const problems = new ProblemCollector(new Construct(chartIn(), 'tier'), 'StorageTier');
    problems.error(PROBLEM);
    problems.error({ ...PROBLEM, path: 'size' });
    const { findings } = errorOf(() => problems.throwIfAny());
    expect(findings).toEqual([
      { ...PROBLEM, ...SAID, severity: 'error', constructPath: 'vision/tier', constructType: 'StorageTier' },
      { ...PROBLEM, ...SAID, path: 'size', message: 'size: expected a, found b', severity: 'error', constructPath: 'vision/tier', constructType: 'StorageTier' },
    ]);
  });

  test('throws nothing for warnings, and leaves them on the construct', () => {
    const construct = new Construct(chartIn(), 'tier');
    const problems = new ProblemCollector(construct, 'StorageTier');
    problems.warn(PROBLEM);
    expect(() => problems.throwIfAny()).not.toThrow(ValidationError);
    expect(warningsOn(construct)).toEqual([{ ...PROBLEM, ...SAID, severity: 'warning', constructPath: 'vision/tier', constructType: 'StorageTier' }]);
  });

  test('is told where a part of the props stands', () => {
    const heard: string[] = [];
    const sink = under('a', under('b', { error: ({ path }) => heard.push(`error ${path}`), warn: ({ path }) => heard.push(`warn ${path}`) }));
    sink.error(PROBLEM);
    sink.warn(PROBLEM);
    expect(heard).toEqual(['error b.a.name', 'warn b.a.name']);
  });
});
