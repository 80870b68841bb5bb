import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Finding, Outcome, Severity, ValidationError } from '../../lib';
import { countOf, renderFindings } from '../../lib/findings/text';

const FINDING: Finding = {
  ruleId: 'api/name',
  severity: Severity.ERROR,
  outcome: Outcome.VIOLATED,
  message: 'name: expected a name, found "A B"',
  constructPath: 'vision/fast',
  constructType: 'StorageTier',
  path: 'name',
  expected: 'a name',
  found: '"A B"',
  fix: 'use a name such as `fast`',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
};

describe('the text of findings', () => {
  test('says where, what was expected, what was found, what to do and where to read on', () => {
    expect(renderFindings([FINDING])).toBe([
      'vision/fast (StorageTier)',
      '  error api/name',
      '    name: expected a name, found "A B"',
      '    fix: use a name such as `fast`',
      '    see: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
    ].join('\n'));
  });

  test('names a construct once, in the order in which constructs were found', () => {
    const titles = renderFindings([FINDING, { ...FINDING, constructPath: 'b' }, { ...FINDING, ruleId: 'api/other', link: undefined }])
      .split('\n').filter(line => !line.startsWith('    '));
    expect(titles).toEqual(['vision/fast (StorageTier)', '  error api/name', '  error api/other', 'b (StorageTier)', '  error api/name']);
  });

  test('names an app, and constructs of an unknown class', () => {
    expect(renderFindings([{ ...FINDING, constructPath: '', constructType: 'MlApp' }])).toMatch(/^\(app\) \(MlApp\)\n/);
    const warning = { ...FINDING, constructType: undefined, severity: Severity.WARNING };
    expect(renderFindings([warning])).toMatch(/^vision\/fast\n {2}warning api\/name\n/);
  });

  test('counts', () => {
    expect([0, 1, 2].map(n => countOf(n, 'problem'))).toEqual(['0 problems', '1 problem', '2 problems']);
  });
});

describe('a ValidationError', () => {
  test('carries the findings as data and as text', () => {
    const error = new ValidationError([FINDING], 'nothing was written');
    expect(error.findings).toEqual([FINDING]);
    expect(error.message.split('\n').slice(0, 2)).toEqual(['1 problem, nothing was written', 'vision/fast (StorageTier)']);
    expect(error.name).toBe('ValidationError');
    expect(error).toBeInstanceOf(Error);
  });

  test('is not printed twice: Node writes the enumerable properties of an uncaught error below its message', () => {
    const error = new ValidationError([FINDING]);
    expect(Object.keys(error)).not.toContain('findings');
    expect(inspect(error)).not.toContain('ruleId');
    expect('findings' in error).toBe(true);
  });
});
