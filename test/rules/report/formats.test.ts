import { describe, expect, test } from 'vitest';
import { KubernetesVersion, ReportFormat, Severity } from '../../../lib';
import { CheckReport } from '../../../lib/rules/check-report';
import { render, type FailOn } from '../../../lib/rules/report';
import { TOOL } from '../../../lib/rules/report/tool';
import { finding, MIXED, reportOf } from '../../support/reports';
import manifest from '../../../package.json' with { type: 'json' };

test('the tool is this package', () => {
  expect(TOOL).toEqual({ name: manifest.name, version: manifest.version, url: manifest.repository.url.replace(/\.git$/, '') });
});

describe('the JSON of a report', () => {
  test('has all data, the fields of a finding in one order', () => {
    const data = JSON.parse(render(MIXED, ReportFormat.JSON));
    expect(data).toMatchObject({
      version: 1, tool: { name: 'cdk8s-ml' }, target: '1.36', objects: 2,
      summary: { errors: 1, warnings: 1, infos: 0, unresolved: 1, suppressed: 1 },
    });
    expect(data.findings).toEqual(MIXED.findings.map(({ namespace, ...rest }) => namespace ? { namespace, ...rest } : rest));
    expect(data.suppressed).toEqual(MIXED.suppressed);
    expect(Object.keys(data.findings[0])).toEqual([
      'ruleId', 'severity', 'outcome', 'apiVersion', 'kind', 'namespace', 'name', 'path', 'message', 'expected', 'found', 'fix', 'link', 'file', 'line',
    ]);
  });
});

test('the JSON of a document that is no object says nothing of an object', () => {
  const [one] = JSON.parse(render(reportOf([finding({ apiVersion: '', kind: '', namespace: '', name: '' })]), ReportFormat.JSON)).findings;
  expect(Object.keys(one).slice(0, 4)).toEqual(['ruleId', 'severity', 'outcome', 'path']);
});

describe('the annotations for GitHub', () => {
  test('are a command for each finding, and a summary', () => {
    expect(render(MIXED, ReportFormat.GITHUB)).toMatchInlineSnapshot(`
      "::error file=train.yaml,line=5,title=api/selector::StatefulSet ml/resnet: spec.selector: expected a selector, found none%0Afix: add the labels of the template%0Asee: https://kubernetes.io/docs/selector
      ::warning file=storage.yaml,line=2,title=keep/delete-policy::StorageClass fast: reclaimPolicy: expected Retain, found "Delete"%0Afix: retain it%0Asee: https://kubernetes.io/docs/selector
      ::notice file=train.yaml,line=6,title=chain/service-missing (unresolved)::StatefulSet ml/resnet: spec.serviceName: expected a Service "resnet", found none%0Afix: add the labels of the template%0Asee: https://kubernetes.io/docs/selector
      1 error, 1 warning, 1 unresolved and 1 suppressed in 2 objects, for Kubernetes 1.36
      "
    `);
  });

  test('escape what would end a command or a property of it', () => {
    const odd = finding({ file: 'a,b:c%.yaml', message: '100 %\r\n::error::x', link: undefined, constructPath: 'a/b', line: undefined });
    expect(render(reportOf([odd]), ReportFormat.GITHUB).split('\n')[0]).toBe([
      '::error file=a%2Cb%3Ac%25.yaml,title=api/selector',
      'StatefulSet ml/resnet (a/b): 100 %25%0D%0A',
      'error',
      'x%0Afix: add the labels of the template',
    ].join('::'));
  });

  test('name no file where there is none', () => {
    const text = render(reportOf([finding({ file: undefined, line: undefined })]), ReportFormat.GITHUB);
    expect(text).toMatch(/^::error title=api\/selector::/);
    expect(render(reportOf([finding({ file: '<stdin>' })]), ReportFormat.GITHUB)).toMatch(/^::error title=api\/selector::/);
  });
});

describe('the JUnit report', () => {
  test('has a suite for each file, and a test for each finding', () => {
    expect(render(MIXED, ReportFormat.JUNIT)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="cdk8s-ml" tests="5" failures="1" errors="0" skipped="2">
        <testsuite name="cdk8s-ml" tests="1" failures="0" errors="0" skipped="0">
          <testcase classname="cdk8s-ml" name="2 objects for Kubernetes 1.36"/>
        </testsuite>
        <testsuite name="train.yaml" tests="3" failures="1" errors="0" skipped="2">
          <testcase classname="StatefulSet ml/resnet" name="api/selector spec.selector" file="train.yaml" line="5">
            <failure type="api/selector" message="spec.selector: expected a selector, found none">error at train.yaml:5
      spec.selector: expected a selector, found none
      fix: add the labels of the template
      see: https://kubernetes.io/docs/selector</failure>
          </testcase>
          <testcase classname="StatefulSet ml/resnet" name="chain/service-missing spec.serviceName" file="train.yaml" line="6">
            <skipped message="unresolved: spec.serviceName: expected a Service &quot;resnet&quot;, found none"/>
          </testcase>
          <testcase classname="StatefulSet ml/resnet" name="train/image-not-pinned spec.template" file="train.yaml" line="7">
            <skipped message="suppressed until 2027-01-31: a demo"/>
          </testcase>
        </testsuite>
        <testsuite name="storage.yaml" tests="1" failures="0" errors="0" skipped="0">
          <testcase classname="StorageClass fast" name="keep/delete-policy reclaimPolicy" file="storage.yaml" line="2">
            <system-out>warning at storage.yaml:2
      reclaimPolicy: expected Retain, found "Delete"
      fix: retain it
      see: https://kubernetes.io/docs/selector</system-out>
          </testcase>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test('fails from the threshold on', () => {
    const failures = (failOn?: FailOn): unknown => /failures="(\d)"/.exec(render(MIXED, ReportFormat.JUNIT, { failOn }))?.[1];
    expect([failures(), failures(Severity.ERROR), failures(Severity.WARNING), failures('never')]).toEqual(['1', '1', '2', '0']);
  });

  test('has an error for what cannot be read, from every threshold on', () => {
    const xml = render(reportOf([finding({ ruleId: 'out/unreadable' })]), ReportFormat.JUNIT, { failOn: 'never' });
    expect(xml).toContain('<testsuite name="train.yaml" tests="1" failures="0" errors="1" skipped="0">');
    expect(xml).toContain('<error type="out/unreadable" message=');
  });

  test('is well-formed whatever the manifests hold', () => {
    const odd = finding({ message: '<a b="c">&\'\u0000\u001b\ud800\uffff\t]]>\n', name: '"<\n>\'', found: 'x' });
    const xml = render(reportOf([odd]), ReportFormat.JUNIT);
    expect(xml).toContain('message="&lt;a b=&quot;c&quot;&gt;&amp;&apos;\ufffd\ufffd\ufffd\ufffd&#9;]]&gt;&#10;"');
    expect(xml).toContain('classname="StatefulSet ml/&quot;&lt;&#10;&gt;&apos;"');
    expect(xml).toContain('&lt;a b="c"&gt;&amp;\'\ufffd\ufffd\ufffd\ufffd\t]]&gt;\n');
  });
});

test('kinds whose shape is not known are counted', () => {
  const report = new CheckReport(KubernetesVersion.V1_36, 4, [], [], 2);
  expect(JSON.parse(render(report, ReportFormat.JSON))).toMatchObject({ objects: 4, unknownKinds: 2 });
  expect(render(report, ReportFormat.TEXT)).toBe('no findings in 4 objects, for Kubernetes 1.36\n2 objects of kinds whose shape is not known here\n');
});
