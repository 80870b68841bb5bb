import { Finding, Outcome, Severity } from '../../findings/finding';
import { countOf, objectOf, placeOf } from '../../findings/text';
import type { CheckReport } from '../check-report';
import type { SuppressedFinding } from '../suppression';
import { UNREADABLE } from '../source/rules';
import type { RenderOptions } from './options';
import { TOOL } from './tool';

/** One test of a suite, already as XML. */
interface Test {
  readonly suite: string;
  readonly xml: string;
  readonly result: 'passed' | 'failed' | 'error' | 'skipped';
}

/** The suite of objects that were read from no file. */
const NO_FILE = 'manifests';

/**
 * A suite for each file, and a test for each finding: it fails at the threshold or above, and is skipped where it is unresolved
 * or suppressed; what cannot be read is an error, since nothing was tested. One more test stands for all objects, so that there is
 * a suite where nothing is wrong.
 */
export function renderJunit(report: CheckReport, { failOn = Severity.ERROR }: RenderOptions = {}): string {
  const failures = new Set(failOn === 'never' ? [] : report.violations(failOn));
  const tests = [
    objectsTest(report),
    ...report.findings.map(finding => findingTest(finding, failures.has(finding))),
    ...report.suppressed.map(suppressedTest),
  ];
  const suites = new Map<string, Test[]>();
  for (const test of tests) {
    const suite = suites.get(test.suite);
    if (suite) suite.push(test); else suites.set(test.suite, [test]);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${TOOL.name}" ${countsOf(tests)}>`,
    ...[...suites].flatMap(([name, ofSuite]) => [
      `  <testsuite name="${attribute(name)}" ${countsOf(ofSuite)}>`,
      ...ofSuite.map(({ xml }) => xml),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function countsOf(tests: readonly Test[]): string {
  const count = (result: Test['result']): number => tests.filter(test => test.result === result).length;
  return `tests="${tests.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function objectsTest({ objects, target }: CheckReport): Test {
  const name = `${countOf(objects, 'object')} for Kubernetes ${target}`;
  return { suite: TOOL.name, xml: `    <testcase classname="${TOOL.name}" name="${attribute(name)}"/>`, result: 'passed' };
}

function findingTest(finding: Finding, failed: boolean): Test {
  const isOpen = finding.outcome === Outcome.UNRESOLVED;
  const text = content(detailsOf(finding));
  const message = attribute(finding.message);
  const judged = `type="${attribute(finding.ruleId)}" message="${message}">${text}`;
  if (finding.ruleId === UNREADABLE.id) return testOf(finding, `<error ${judged}</error>`, 'error');
  if (failed) return testOf(finding, `<failure ${judged}</failure>`, 'failed');
  if (isOpen) return testOf(finding, `<skipped message="unresolved: ${message}"/>`, 'skipped');
  return testOf(finding, `<system-out>${text}</system-out>`, 'passed');
}

function suppressedTest({ finding, reason, until }: SuppressedFinding): Test {
  const why = `suppressed${until ? ` until ${until}` : ''}: ${reason}`;
  return testOf(finding, `<skipped message="${attribute(why)}"/>`, 'skipped');
}

function testOf(finding: Finding, body: string, result: Test['result']): Test {
  const className = finding.constructPath || objectOf(finding) || finding.file || TOOL.name;
  const name = [finding.ruleId, finding.path].filter(part => part !== '').join(' ');
  const position = [
    finding.file === undefined ? '' : ` file="${attribute(finding.file)}"`,
    finding.line === undefined ? '' : ` line="${finding.line}"`,
  ].join('');
  const xml = `    <testcase classname="${attribute(className)}" name="${attribute(name)}"${position}>\n      ${body}\n    </testcase>`;
  return { suite: finding.file ?? NO_FILE, xml, result };
}

function detailsOf(finding: Finding): string {
  const place = placeOf(finding);
  return [
    `${finding.severity}${place && ` at ${place}`}`,
    finding.message,
    `fix: ${finding.fix}`,
    ...finding.link ? [`see: ${finding.link}`] : [],
  ].join('\n');
}

/** What XML 1.0 has no way to write, or discourages. */
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ['\'', '&apos;'], ['\n', '&#10;'], ['\r', '&#13;'], ['\t', '&#9;'],
]);

function content(text: string): string {
  return writable(text).replace(/[&<>\r]/g, one => ENTITIES.get(one) ?? one);
}

function attribute(text: string): string {
  return writable(text).replace(/[&<>"'\n\r\t]/g, one => ENTITIES.get(one) ?? one);
}

/** Half of a surrogate pair cannot be written either: that is lost on the way through UTF-8. */
function writable(text: string): string {
  return Buffer.from(text).toString().replace(FORBIDDEN, '\ufffd');
}
