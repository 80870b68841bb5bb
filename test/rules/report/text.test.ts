import { describe, expect, test } from 'vitest';
import { ReportFormat, Severity } from '../../../lib';
import { render } from '../../../lib/rules/report';
import { finding, MIXED, reportOf } from '../../support/reports';

const TRAIN = ['# resnet', 'apiVersion: apps/v1', 'kind: StatefulSet', 'metadata: { name: resnet, namespace: ml }', 'spec:', '  serviceName: resnet', ''].join('\n');
const textOf = (file: string): string | undefined => file === 'train.yaml' ? TRAIN : undefined;

describe('the text of a report', () => {
  test('shows each finding under its object, where a file is at hand with the lines around it', () => {
    expect(render(MIXED, ReportFormat.TEXT, { textOf })).toMatchInlineSnapshot(`
      "StatefulSet ml/resnet
        error api/selector at train.yaml:5
          spec.selector: expected a selector, found none
            3 | kind: StatefulSet
            4 | metadata: { name: resnet, namespace: ml }
          > 5 | spec:
            6 |   serviceName: resnet
          fix: add the labels of the template
          see: https://kubernetes.io/docs/selector
        unresolved chain/service-missing at train.yaml:6: spec.serviceName: expected a Service "resnet", found none
      StorageClass fast
        warning keep/delete-policy at storage.yaml:2
          reclaimPolicy: expected Retain, found "Delete"
          fix: retain it
          see: https://kubernetes.io/docs/selector

      suppressed
        train/image-not-pinned on StatefulSet ml/resnet (train.yaml:7): a demo (until 2027-01-31)

      1 error, 1 warning, 1 unresolved and 1 suppressed in 2 objects, for Kubernetes 1.36
      "
    `);
  });

  test('shows the worst of an object first', () => {
    const text = render(reportOf([finding({ severity: Severity.WARNING, ruleId: 'sec/a' }), finding({ ruleId: 'api/b' })]), ReportFormat.TEXT);
    expect(text.match(/(?:sec|api)\/./g)).toEqual(['api/b', 'sec/a']);
  });

  test('shows in full what is only good to know where there is nothing worse', () => {
    const lines = render(reportOf([finding({ severity: Severity.INFO })]), ReportFormat.TEXT).split('\n');
    expect(lines.slice(1, 5)).toEqual([
      '  info api/selector at train.yaml:5', '    spec.selector: expected a selector, found none', '    fix: add the labels of the template',
      '    see: https://kubernetes.io/docs/selector',
    ]);
  });

  test('heads a document that is no object by its file', () => {
    const none = { kind: '', name: '', namespace: '', apiVersion: '', path: '' };
    expect(render(reportOf([finding(none)]), ReportFormat.TEXT)).toMatch(/^train\.yaml\n {2}error api\/selector at train\.yaml:5\n/);
    expect(render(reportOf([finding({ ...none, file: undefined })]), ReportFormat.TEXT)).toMatch(/^object\n/);
  });

  test('says so where nothing was found', () => {
    expect(render(reportOf([]), ReportFormat.TEXT)).toBe('no findings in 2 objects, for Kubernetes 1.36\n');
  });

  test('names constructs by their path, with the object that they made', () => {
    const ofConstruct = finding({ constructPath: 'vision/train/Resource', file: undefined, line: undefined });
    expect(render(reportOf([ofConstruct]), ReportFormat.TEXT).split('\n').slice(0, 2))
      .toEqual(['vision/train/Resource (StatefulSet ml/resnet)', '  error api/selector']);
  });

  test('keeps objects of one name in two files apart', () => {
    const lines = render(reportOf([finding(), finding({ file: 'other.yaml' }), finding()]), ReportFormat.TEXT).split('\n');
    expect(lines.filter(line => !line.startsWith(' '.repeat(4)) && line !== '').slice(0, -1)).toEqual([
      'StatefulSet ml/resnet', '  error api/selector at train.yaml:5', '  error api/selector at train.yaml:5',
      'StatefulSet ml/resnet', '  error api/selector at other.yaml:5',
    ]);
  });

  test('says what a rule has to say beyond what was expected and found', () => {
    const text = render(reportOf([finding({ message: 'pods and selector differ' })]), ReportFormat.TEXT);
    expect(text).toContain('    pods and selector differ\n    spec.selector: expected a selector, found none\n');
  });

  test('shows what would move the cursor of a terminal', () => {
    const text = render(reportOf([finding({ name: 'a\u001b[31mb', found: '"\u202etxt"\n"two"' })]), ReportFormat.TEXT);
    expect(text).toContain('StatefulSet ml/a\\u001b[31mb');
    expect(text).toContain('found "\\u202etxt"\n    "two"');
  });

  test('has colours only when asked', () => {
    expect(render(reportOf([finding({ severity: Severity.WARNING })]), ReportFormat.TEXT, { colours: true }).split('\n').slice(0, 2))
      .toEqual(['\u001b[1mStatefulSet ml/resnet\u001b[22m', '  \u001b[33mwarning\u001b[39m api/selector\u001b[2m at train.yaml:5\u001b[22m']);
    expect(MIXED.render(ReportFormat.TEXT)).not.toContain('\u001b');
  });
});

describe('the lines around a finding', () => {
  function frameOf(text: string, line: number): string[] {
    return render(reportOf([finding({ line })]), ReportFormat.TEXT, { textOf: () => text }).split('\n')
      .filter(one => /^ {4}(>| ) +\d+ \||^ {4}rendered/.test(one)).map(one => one.slice(4));
  }

  test('are fewer at the ends of the file', () => {
    expect(frameOf('a\nb\nc\n', 1)).toEqual(['> 1 | a', '  2 | b']);
    expect(frameOf('a\nb\nc\n', 3)).toEqual(['  1 | a', '  2 | b', '> 3 | c']);
  });

  test('are none where the line is none of the file', () => {
    expect(frameOf('a\n', 0)).toEqual([]);
    expect(frameOf('a\n', 9)).toEqual([]);
  });

  test('are numbered below each other, without trailing spaces and carriage returns', () => {
    expect(frameOf(`${'a\r\n'.repeat(8)}\r\n\tb\r\n`, 9)).toEqual(['   7 | a', '   8 | a', '>  9 |', '  10 |   b']);
  });

  test('are shortened where a line holds a whole file', () => {
    expect(frameOf('x'.repeat(1e6), 1)).toEqual([`> 1 | ${'x'.repeat(140)}…`]);
  });

  test('name the template that Helm has rendered', () => {
    const text = '---\n# Source: chart/templates/a.yaml\na: 1\n---\n# Source: chart/templates/b.yaml\nb: 1\n';
    expect(frameOf(text, 3)[0]).toBe('rendered from chart/templates/a.yaml');
    expect(frameOf(text, 6)[0]).toBe('rendered from chart/templates/b.yaml');
  });
});
