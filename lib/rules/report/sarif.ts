import { createHash } from 'node:crypto';
import { Finding, Outcome, Severity } from '../../findings/finding';
import { objectOf } from '../../findings/text';
import type { CheckReport } from '../check-report';
import type { SuppressedFinding } from '../suppression';
import { UNREADABLE } from '../source/rules';
import { ruleOf } from './catalogue';
import { isOpenable } from './files';
import { TOOL } from './tool';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'note',
};
const ROOT = '%SRCROOT%';
const DRIVE = /^[a-z]:\//i;

/**
 * A log of the Static Analysis Results Interchange Format, as code scanning takes it.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: CheckReport): string {
  const all: Result[] = [...report.findings.map(finding => ({ finding })), ...report.suppressed.map(by => ({ finding: by.finding, by }))];
  const ids = [...new Set(all.map(({ finding }) => finding.ruleId))].sort();
  const fingerprints = new Fingerprints();
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: TOOL.name,
          semanticVersion: TOOL.version,
          informationUri: TOOL.url,
          rules: ids.map(id => descriptorOf(id, all)),
        },
      },
      // what could not be read was not checked
      invocations: [{ executionSuccessful: all.every(({ finding }) => finding.ruleId !== UNREADABLE.id) }],
      columnKind: 'utf16CodeUnits',
      properties: { target: report.target, objects: report.objects, unknownKinds: report.unknownKinds },
      results: all.map(result => resultOf(result, ids.indexOf(result.finding.ruleId), fingerprints)),
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

interface Result {
  readonly finding: Finding;
  readonly by?: SuppressedFinding;
}

function descriptorOf(id: string, results: readonly Result[]): object {
  const rule = ruleOf(id);
  const [first] = results.filter(({ finding }) => finding.ruleId === id).map(({ finding }) => finding);
  const title = rule?.title ?? first.expected;
  const why = rule?.why ?? first.message;
  const fix = rule?.fix ?? first.fix;
  const link = rule?.link ?? first.link;
  return {
    id,
    name: id.split(/[/-]/).map(word => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\nFix: ${fix}`, markdown: `${why}\n\n**Fix:** ${fix}${link ? `\n\n[Where the rule comes from](${link})` : ''}` },
    ...link && { helpUri: link },
    defaultConfiguration: { level: LEVELS[rule?.severity ?? first.severity] },
    properties: { tags: ['kubernetes', id.split('/')[0]] },
  };
}

function resultOf({ finding, by }: Result, ruleIndex: number, fingerprints: Fingerprints): object {
  const isOpen = finding.outcome === Outcome.UNRESOLVED;
  return {
    ruleId: finding.ruleId,
    ruleIndex,
    level: isOpen ? 'note' : LEVELS[finding.severity],
    message: { text: `${finding.message}. Fix: ${finding.fix}` },
    locations: [locationOf(finding)],
    partialFingerprints: { 'cdk8sMlFinding/v1': fingerprints.of(finding) },
    ...by && { suppressions: [{ kind: 'external', status: 'accepted', justification: by.until ? `${by.reason} (until ${by.until})` : by.reason }] },
    properties: {
      outcome: finding.outcome, severity: finding.severity, path: finding.path, expected: finding.expected, found: finding.found,
    },
  };
}

function locationOf(finding: Finding): object {
  const { file, line, constructPath, constructType } = finding;
  const object = objectOf(finding);
  const logical = [
    ...constructPath === undefined ? [] : [{ fullyQualifiedName: constructPath || '(app)', kind: constructType ?? 'construct' }],
    ...object === '' ? [] : [{ name: finding.name || finding.kind, fullyQualifiedName: pathIn(object, finding.path), kind: finding.kind || 'object' }],
  ];
  return {
    ...isOpenable(file) && {
      physicalLocation: {
        artifactLocation: artifactOf(file),
        ...line !== undefined && { region: { startLine: line } },
      },
    },
    ...logical.length > 0 && { logicalLocations: logical },
  };
}

function pathIn(object: string, path: string): string {
  return path === '' ? object : `${object}: ${path}`;
}

/** A file of the checkout is named from its root, one elsewhere by its whole path. */
function artifactOf(file: string): object {
  const path = file.replaceAll('\\', '/');
  if (path.startsWith('/')) return { uri: `file://${encoded(path)}` };
  if (DRIVE.test(path)) return { uri: `file:///${path.slice(0, 2)}${encoded(path.slice(2))}` };
  return { uri: encoded(path), uriBaseId: ROOT };
}

function encoded(path: string): string {
  // half of a surrogate pair has no place in a URI, and is lost on the way through UTF-8
  return Buffer.from(path).toString().split('/').map(encodeURIComponent).join('/');
}

/** What stays the same when lines move: the rule, the object and the place in it; the second of two that are alike is another. */
class Fingerprints {
  private readonly times = new Map<string, number>();

  public of({ ruleId, apiVersion, kind, namespace, name, constructPath, file, path }: Finding): string {
    const identity = JSON.stringify([ruleId, apiVersion, kind, namespace, name, name ? undefined : constructPath ?? file, path]);
    const time = (this.times.get(identity) ?? 0) + 1;
    this.times.set(identity, time);
    return createHash('sha256').update(`${identity}${time}`).digest('hex').slice(0, 32);
  }
}
