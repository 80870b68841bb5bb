import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { Finding, ReportFormat } from '../../../lib';
import { CheckReport } from '../../../lib/rules/check-report';
import { render } from '../../../lib/rules/report';
import { ROOMS } from '../../../lib/rules/rooms';
import { finding, MIXED, reportOf } from '../../support/reports';
import { SARIF_SCHEMA } from '../../support/sarif-schema';

const ajv = new Ajv({ strict: true, allErrors: true });
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('uri-reference', (text: string) => /^[!-~]+$/.test(text) && !/[\\^`{|}<>"]/.test(text) && URL.canParse(text, 'https://example.com/'));
const isSarif = ajv.compile(SARIF_SCHEMA);

/** The only run of the log, which is held against the schema. */
function runOf(report: CheckReport): any {
  const log = JSON.parse(render(report, ReportFormat.SARIF));
  isSarif(log);
  expect(isSarif.errors ?? []).toEqual([]);
  return log.runs[0];
}

function resultsOf(...findings: Finding[]): any[] {
  return runOf(reportOf(findings)).results;
}

describe('the SARIF log', () => {
  test('has results where nothing was found, too', () => {
    expect(runOf(reportOf([])).results).toEqual([]);
  });

  test('has a result for each finding, and the suppressed ones with their reason', () => {
    const { results } = runOf(MIXED);
    expect(results.map(({ ruleId, level, suppressions }: any) => [ruleId, level, suppressions])).toEqual([
      ['api/selector', 'error', undefined],
      ['keep/delete-policy', 'warning', undefined],
      ['chain/service-missing', 'note', undefined],
      ['train/image-not-pinned', 'error', [{ kind: 'external', status: 'accepted', justification: 'a demo (until 2027-01-31)' }]],
    ]);
    expect(results[2].properties.outcome).toBe('unresolved');
  });

  test('says where: the line of the file, the object and the construct', () => {
    const [{ locations, message }] = resultsOf(finding({ constructPath: 'vision/train', constructType: 'DistributedTrainingJob' }));
    expect(message.text).toBe('spec.selector: expected a selector, found none. Fix: add the labels of the template');
    expect(locations).toEqual([{
      physicalLocation: { artifactLocation: { uri: 'train.yaml', uriBaseId: '%SRCROOT%' }, region: { startLine: 5 } },
      logicalLocations: [
        { fullyQualifiedName: 'vision/train', kind: 'DistributedTrainingJob' },
        { name: 'resnet', fullyQualifiedName: 'StatefulSet ml/resnet: spec.selector', kind: 'StatefulSet' },
      ],
    }]);
  });

  test.each([
    ['a b/#1?.yaml', { uri: 'a%20b/%231%3F.yaml', uriBaseId: '%SRCROOT%' }],
    ['/tmp/ü.yaml', { uri: 'file:///tmp/%C3%BC.yaml' }],
    ['C:\\work\\a.yaml', { uri: 'file:///C:/work/a.yaml' }],
    ['\ud800.yaml', { uri: '%EF%BF%BD.yaml', uriBaseId: '%SRCROOT%' }],
  ])('names the file %s by a URI', (file, expected) => {
    expect(resultsOf(finding({ file }))[0].locations[0].physicalLocation.artifactLocation).toEqual(expected);
  });

  test('names no file for the standard input, which no viewer can open', () => {
    const [{ locations: [location] }] = resultsOf(finding({ file: '<stdin>' }));
    expect(location.physicalLocation).toBeUndefined();
    expect(location.logicalLocations).toHaveLength(1);
  });

  test('says whether everything could be read', () => {
    expect(runOf(MIXED).invocations).toEqual([{ executionSuccessful: true }]);
    expect(runOf(reportOf([finding({ ruleId: 'out/unreadable' })])).invocations).toEqual([{ executionSuccessful: false }]);
  });

  test('needs no file, no line and no object', () => {
    const none = { file: undefined, line: undefined, kind: undefined, name: undefined, namespace: undefined };
    const [{ locations }] = resultsOf(finding(none));
    expect(locations).toEqual([{}]);
    expect(resultsOf(finding({ line: undefined }))[0].locations[0].physicalLocation.region).toBeUndefined();
  });

  test('describes each rule once, as the catalogue does', () => {
    const others = [finding({ path: 'spec' }), finding({ ruleId: 'silent/selector' }), finding({ ruleId: 'x/y', link: undefined })];
    const { tool, results } = runOf(reportOf([finding(), ...others]));
    const rule = ROOMS.flatMap(({ rules }) => rules).find(({ id }) => id === 'api/selector')!;
    expect(tool.driver.rules.map(({ id }: any) => id)).toEqual(['api/selector', 'silent/selector', 'x/y']);
    expect(tool.driver.rules[0]).toMatchObject({
      name: 'ApiSelector', shortDescription: { text: rule.title }, fullDescription: { text: rule.why }, helpUri: rule.link,
      help: { text: `${rule.why}\nFix: ${rule.fix}` }, defaultConfiguration: { level: 'error' }, properties: { tags: ['kubernetes', 'api'] },
    });
    // a part that the server does not look into: known by the rule of the server
    expect(tool.driver.rules[1].shortDescription.text).toBe(rule.title);
    // a rule that nobody knows is described by what it found
    expect(tool.driver.rules[2]).toMatchObject({ shortDescription: { text: 'a selector' }, help: { text: expect.stringContaining('found none') } });
    expect(results.map(({ ruleIndex }: any) => ruleIndex)).toEqual([0, 0, 1, 2]);
  });

  test('knows a finding again when lines move, files are renamed or its text changes', () => {
    const printOf = (other: Partial<Finding>): unknown => resultsOf(finding(other))[0].partialFingerprints['cdk8sMlFinding/v1'];
    expect(printOf({ line: 99, file: 'other.yaml', message: 'm', found: 'x', fix: 'y' })).toBe(printOf({}));
    const differs: Partial<Finding>[] = [{ ruleId: 'api/other' }, { name: 'b' }, { namespace: 'b' }, { kind: 'Job' }, { path: 'spec' }];
    expect(new Set([{}, ...differs].map(printOf)).size).toBe(differs.length + 1);
  });

  test('tells findings apart that are alike', () => {
    const [first, second] = resultsOf(finding(), finding()).map(({ partialFingerprints }) => partialFingerprints['cdk8sMlFinding/v1']);
    expect(first).not.toBe(second);
  });
});
